//! Values in the words of the interface: days, times, fees, numbers.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::view::{Badge, DayView, Text};
use crate::content::Kind;
use crate::content::choice::Choice;
use crate::content::institution::InstitutionFact;
use crate::content::phase::{Every, Phase};
use crate::content::phone::Phone;
use crate::content::sample;
use crate::content::shared::{Comparator, Contact, Hours, Measure, Opening, Period, Status, Target, Weekday};
use crate::content::value::{Fee, Number, Span};
use crate::portal::measure::Value;
use crate::portal::overview::Overview;
use crate::portal::schedule::Dated;
use crate::portal::verdict::{Tally, Verdict};
use crate::theme::Words;

/// The words of the interface, and the site's time zone.
#[derive(Clone, Copy)]
pub struct Format<'a> {
    /// The words.
    pub words: &'a Words,
    /// The time zone.
    pub zone: &'a TimeZone,
}

impl Format<'_> {
    /// A word.
    pub fn word(&self, key: &str) -> String {
        self.words.get(key).to_owned()
    }

    /// The word of an enumeration's value.
    pub fn choice<C: Choice>(&self, value: C) -> String {
        self.words.choice(value).to_owned()
    }

    /// The name of a kind, for residents.
    pub fn kind(&self, kind: Kind) -> String {
        self.words.in_group("kind", kind.folder()).to_owned()
    }

    /// The heads of a table, by the keys of its facts.
    pub fn heads<const N: usize>(&self, keys: [&str; N]) -> Vec<String> {
        keys.map(|key| self.words.in_group("fact", key).to_owned()).into()
    }

    /// A title with the number of its page, so that no two pages of a list have the same; the first page has no number.
    pub fn numbered(&self, title: &str, page: usize) -> String {
        match page {
            1 => title.to_owned(),
            _ => format!("{title} {}", self.words.fill("text.page", "n", &page.to_string())),
        }
    }

    /// A fee in yuan.
    pub fn fee(&self, fee: Fee, note: Option<&str>) -> String {
        let amount =
            if fee.is_free() { self.word("fact.free") } else { format!("{fee} {}", self.word("measure.yuan")) };
        match note {
            Some(note) => format!("{amount}（{note}）"),
            None => amount,
        }
    }

    /// A target: 每年每万人不少于 1 人.
    pub fn target(&self, target: &Target) -> String {
        // That something is to be there goes without saying where it is said how.
        if let (Comparator::Yes, None, Some(how)) = (target.comparator, target.period, &target.qualifier) {
            return how.clone();
        }
        let measure = target.measure.map_or_else(String::new, |measure| self.choice(measure));
        let number = |value: Option<Number>| value.map_or_else(String::new, |v| format!("{v}{measure}"));
        let comparator = self.choice(target.comparator);
        let core = match target.comparator {
            Comparator::AtLeast | Comparator::AtMost | Comparator::About => {
                format!("{comparator} {}", number(target.value))
            }
            Comparator::Range => {
                let from = target.value.map_or_else(String::new, |value| value.to_string());
                format!("{from}–{}", number(target.to))
            }
            Comparator::All
            | Comparator::Increasing
            | Comparator::Decreasing
            | Comparator::Yes
            | Comparator::Qualitative => match target.value {
                Some(_) => format!("{comparator} {}", number(target.value)),
                None => comparator,
            },
        };
        // What grows from year to year is asked each year.
        let grows = matches!(target.comparator, Comparator::Increasing | Comparator::Decreasing);
        let period = target.period.filter(|period| !grows || *period != Period::Year);
        let period = period.map_or_else(String::new, |period| self.choice(period));
        let per = match target.per {
            None => String::new(),
            Some(1) => self.word("text.per-head"),
            Some(100) => self.word("text.per-hundred"),
            Some(1000) => self.word("text.per-thousand"),
            Some(10_000) => self.word("text.per-ten-thousand"),
            Some(100_000) => self.word("text.per-hundred-thousand"),
            Some(per) => self.words.fill("text.per-heads", "n", &per.to_string()),
        };
        let by = target.by.map_or_else(String::new, |by| format!("，{}{}", self.span(by), self.word("text.until")));
        let qualifier = target.qualifier.as_ref().map_or_else(String::new, |qualifier| format!("（{qualifier}）"));
        format!("{period}{per}{core}{by}{qualifier}")
    }

    /// What a value says of a target, in words.
    pub fn verdict(&self, verdict: Verdict) -> String {
        self.words.in_group("verdict", verdict.key()).to_owned()
    }

    /// How many stand how, in short words; those of which there is none are left out.
    pub fn tally(&self, tally: &Tally) -> String {
        let told = |verdict: &Verdict| {
            let count = tally.count(*verdict);
            (count > 0).then(|| format!("{} {count}", self.words.in_group("tally", verdict.key())))
        };
        Verdict::ALL.iter().filter_map(told).collect::<Vec<_>>().join(self.words.get("text.joiner"))
    }

    /// How the figures of a region stand.
    pub fn figures(&self, overview: &Overview) -> String {
        let figures = overview.figures();
        if figures.total() == 0 {
            return self.word("overview.no-figures");
        }
        self.with_samples(&self.tally(&figures), overview.is_sample())
    }

    /// What several things say together; if one that is made up is among them, it says so.
    pub fn with_samples(&self, told: &str, has_samples: bool) -> String {
        if has_samples { self.words.fill("overview.sample", "text", told) } else { told.to_owned() }
    }

    /// A value with its unit of measure, and what it is a part of; one that is made up says so.
    pub fn measured(&self, measured: &Value, measure: Option<Measure>) -> String {
        let told = self.part(measured.value, measured.of, measure);
        if measured.is_sample { sample::marked(&told) } else { told }
    }

    /// A number with its unit of measure, as close as a value of an indicator has it.
    pub fn amount(&self, value: Number, measure: Measure) -> String {
        self.part(value, None, Some(measure))
    }

    /// A number with its unit of measure, and what it is a part of.
    fn part(&self, value: Number, of: Option<Number>, measure: Option<Measure>) -> String {
        let measure = measure.map_or_else(String::new, |measure| self.choice(measure));
        match of {
            Some(of) => self.words.fill("text.part-of", "value", &value.to_string()).replace("{of}", &of.to_string()),
            None => format!("{value}{measure}"),
        }
    }

    /// An institution's value for an item of a standard.
    pub fn fact(&self, fact: &InstitutionFact, target: &Target) -> String {
        match (fact.has, fact.value) {
            (Some(has), _) => self.word(if has { "text.yes" } else { "text.no" }),
            (None, Some(value)) => self.part(value, None, target.measure),
            (None, None) => String::new(),
        }
    }

    /// A number with its unit of measure.
    pub fn count(&self, count: u32, measure: Measure) -> String {
        format!("{count} {}", self.words.choice(measure))
    }

    /// A year.
    pub fn year(&self, year: i16) -> String {
        self.dated("date.year", year, 0, 0)
    }

    /// How to reach somebody, the telephone first.
    pub fn contact(&self, contact: &Contact) -> Vec<Text> {
        let Contact { phone, person, place, url, note } = contact;
        let url = url.as_ref().map(|url| Text { text: url.to_string(), address: None, url: Some(url.to_string()) });
        let others = [person, place].into_iter().flatten().map(Text::plain);
        phone.iter().flat_map(phones).chain(others).chain(url).chain(note.iter().map(Text::plain)).collect()
    }

    /// Opening hours, a line each.
    pub fn openings(&self, openings: &[Opening]) -> Vec<Text> {
        let line = |opening: &Opening| Text::plain(self.weekly(&opening.days, opening.time));
        openings.iter().map(line).collect()
    }

    /// Days of the week with a time: 星期二、星期四 09:00–11:00.
    pub fn weekly(&self, days: &[Weekday], hours: Hours) -> String {
        let days = if Weekday::ALL.iter().all(|day| days.contains(day)) {
            self.word("text.every-day")
        } else {
            let joiner = self.words.get("text.joiner");
            let follows = |pair: &[Weekday]| pair[0] as usize + 1 == pair[1] as usize;
            match days {
                [first, _, .., last] if days.windows(2).all(follows) => {
                    format!("{}{}{}", self.choice(*first), self.words.get("text.range"), self.choice(*last))
                }
                _ => days.iter().map(|day| self.choice(*day)).collect::<Vec<_>>().join(joiner),
            }
        };
        format!("{days} {}–{}", hours.start, hours.end)
    }

    /// A day.
    pub fn day(&self, date: Date) -> DayView {
        DayView {
            iso: date.to_string(),
            text: self.dated("date.day", date.year(), date.month(), date.day()),
            short: self.dated("date.day-of-year", date.year(), date.month(), date.day()),
            weekday: self.weekday(date),
        }
    }

    /// The day of the week.
    pub fn weekday(&self, date: Date) -> String {
        self.choice(Weekday::of(date))
    }

    /// A day, without its year.
    pub fn day_of_year(&self, date: Date) -> String {
        self.dated("date.day-of-year", date.year(), date.month(), date.day())
    }

    /// A day of the year in a sentence.
    pub fn month_day(&self, key: &str, date: Date) -> String {
        self.dated(key, date.year(), date.month(), date.day())
    }

    /// A stretch of the calendar.
    pub fn span(&self, span: Span) -> String {
        match span {
            Span::Year(year) => self.year(year),
            Span::Half(year, half) => {
                let half = if half == 1 { "text.first-half" } else { "text.second-half" };
                format!("{}{}", self.year(year), self.words.get(half))
            }
            Span::Month(year, month) => self.dated("date.month", year, month, 0),
            Span::Day(day) => self.day(day.0).text,
        }
    }

    /// When a phase, a deadline or a recurring task is.
    pub fn phase(&self, phase: &Phase) -> String {
        let period = self.period(phase.from, phase.to);
        let Some(every) = phase.every else { return period };
        let month = phase.month.filter(|_| every == Every::Year).map_or_else(String::new, |month| self.month(month));
        let day = phase.day.map_or_else(String::new, |day| self.words.fill("text.day-of-month", "d", &day.to_string()));
        let turn = format!("{}{month}{day}", self.choice(every));
        if period.is_empty() { turn } else { format!("{turn}（{period}）") }
    }

    /// A month of any year.
    pub fn month(&self, month: i8) -> String {
        self.words.fill("text.month", "m", &month.to_string())
    }

    /// From one stretch to another, either of which may be open; empty if both are.
    pub fn period(&self, from: Option<Span>, to: Option<Span>) -> String {
        match (from, to) {
            (Some(from), Some(to)) if from == to => self.span(from),
            (Some(from), Some(to)) => format!("{}—{}", self.span(from), self.span(to)),
            (Some(from), None) => format!("{}{}", self.span(from), self.words.get("fact.open-end")),
            (None, Some(to)) => format!("{}{}", self.span(to), self.words.get("text.until")),
            (None, None) => String::new(),
        }
    }

    /// The time of a session, with the last day if it is not the first.
    pub fn time(&self, session: &Dated) -> String {
        let clock = |at: DateTime| format!("{:02}:{:02}", at.hour(), at.minute());
        let (first, last) = (session.start.date(), session.last_day());
        let same_year = first.year() == last.year();
        let key = if same_year { "date.day-of-year" } else { "date.day" };
        let last_day = || self.dated(key, last.year(), last.month(), last.day());
        if session.is_all_day() {
            let all_day = self.word("fact.all-day");
            return if first == last { all_day } else { format!("{all_day}–{}", last_day()) };
        }
        let start = clock(session.start);
        let end = if session.is_until_midnight() { "24:00".to_owned() } else { clock(session.end) };
        if first == last {
            return format!("{start}–{end}");
        }
        if session.is_daily {
            let (every_day, until) = (self.words.get("text.every-day"), self.words.get("text.until"));
            return format!("{every_day} {start}–{end}，{}{until}", last_day());
        }
        format!("{start}–{} {end}", last_day())
    }

    /// The badge of a status; none for `Scheduled`.
    pub fn status(&self, status: Status) -> Option<Badge> {
        let tone = match status {
            Status::Scheduled => return None,
            Status::Moved | Status::Full => "warn",
            Status::Cancelled => "bad",
        };
        Some(Badge { tone, text: self.choice(status) })
    }

    /// A moment with its offset (RFC 3339). A time that a change of clocks skips or repeats is read as the zone does.
    pub fn instant(&self, at: DateTime) -> String {
        instant(at, self.zone)
    }

    fn dated(&self, key: &str, year: i16, month: i8, day: i8) -> String {
        let mut text = String::with_capacity(20);
        let mut rest = self.words.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(&match name {
                "y" => year.to_string(),
                "m" => month.to_string(),
                _ => day.to_string(),
            });
            rest = after;
        }
        text + rest
    }
}

fn instant(at: DateTime, zone: &TimeZone) -> String {
    match at.to_zoned(zone.clone()) {
        Ok(zoned) => format!("{}{}", at.strftime("%Y-%m-%dT%H:%M:%S"), zoned.strftime("%:z")),
        Err(_) => at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    }
}

/// The numbers of a telephone, each as a link if it can be called.
pub fn phones(phone: &Phone) -> Vec<Text> {
    phone.lines().into_iter().map(|line| Text { text: line.text, address: None, url: line.tel }).collect()
}

/// A size for people.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", tenths(1024)),
        _ => format!("{} MB", tenths(1_048_576)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_instants_are_written_for_people_and_machines() {
        assert_eq!(size(900), "900 B");
        assert_eq!(size(1_572_864), "1.5 MB");
        let shanghai = TimeZone::get("Asia/Shanghai").expect("zone");
        let at = jiff::civil::date(2026, 11, 9).at(9, 0, 0, 0);
        assert_eq!(instant(at, &shanghai), "2026-11-09T09:00:00+08:00");
    }
}
