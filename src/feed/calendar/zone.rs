//! The time zone as calendars carry it: the changes of clocks in the years of the sessions, one by one.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Dst, Offset, TimeZone, TimeZoneTransition};
use jiff::{SignedDuration, Timestamp};

use super::text::Lines;

/// The VTIMEZONE of a zone that goes by `name`, for times from `first` to `last`.
pub fn component(zone: &TimeZone, name: &str, first: Date, last: Date) -> String {
    let begin = instant(zone, first.checked_sub(1.day()).unwrap_or(first));
    let end = instant(zone, last.checked_add(2.days()).unwrap_or(last));
    let mut lines = Lines::default();
    lines.line("BEGIN", "VTIMEZONE");
    lines.line("TZID", name);
    match zone.preceding(begin).next() {
        Some(transition) => observance(&mut lines, zone, &transition),
        None => {
            let info = zone.to_offset_info(begin);
            part(
                &mut lines,
                info.dst(),
                DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
                [info.offset(); 2],
                info.abbreviation(),
            );
        }
    }
    let changes = zone.following(begin).take_while(|transition| transition.timestamp() <= end);
    changes.for_each(|transition| observance(&mut lines, zone, &transition));
    lines.line("END", "VTIMEZONE");
    lines.finish()
}

fn instant(zone: &TimeZone, day: Date) -> Timestamp {
    zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What holds from a change of clocks on. It begins at the time that clocks show when they are changed.
fn observance(lines: &mut Lines, zone: &TimeZone, transition: &TimeZoneTransition<'_>) {
    let at = transition.timestamp();
    let before = zone.to_offset(at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(at));
    part(lines, transition.dst(), before.to_datetime(at), [before, transition.offset()], transition.abbreviation());
}

fn part(lines: &mut Lines, dst: Dst, from: DateTime, [before, after]: [Offset; 2], name: &str) {
    let sort = if dst.is_dst() { "DAYLIGHT" } else { "STANDARD" };
    lines.line("BEGIN", sort);
    lines.line("DTSTART", &local(from));
    lines.line("TZOFFSETFROM", &offset(before));
    lines.line("TZOFFSETTO", &offset(after));
    lines.text("TZNAME", name);
    lines.line("END", sort);
}

/// A local time: `20261109T090000`.
pub fn local(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, rest) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let text = format!("{sign}{:02}{:02}", rest / 3600, rest / 60 % 60);
    if rest % 60 == 0 { text } else { format!("{text}{:02}", rest % 60) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(name: &str, years: (i16, i16), expected: &[&str]) {
        let zone = TimeZone::get(name).expect("zone");
        let made = component(&zone, name, date(years.0, 1, 1), date(years.1, 12, 31));
        let starts: Vec<String> = made
            .split("BEGIN:")
            .skip(2)
            .map(|part| {
                let value = |name: &str| part.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
                let sort = part.lines().next().unwrap_or_default();
                format!("{sort} {} {}{}", value("DTSTART:"), value("TZOFFSETFROM:"), value("TZOFFSETTO:"))
            })
            .collect();
        assert_eq!(starts, expected, "{made}");
    }

    #[test]
    fn a_zone_has_the_changes_of_the_years_that_are_needed() {
        check("Asia/Shanghai", (2026, 2027), &["STANDARD 19910915T020000 +0900+0800"]);
        check(
            "Europe/Berlin",
            (2026, 2026),
            &[
                "STANDARD 20251026T030000 +0200+0100",
                "DAYLIGHT 20260329T020000 +0100+0200",
                "STANDARD 20261025T030000 +0200+0100",
            ],
        );
        check("Etc/UTC", (2026, 2026), &["STANDARD 19700101T000000 +0000+0000"]);
    }
}
