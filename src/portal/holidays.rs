//! Class sessions on public holidays, which most often were not meant: a weekly pattern knows no calendar.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::checks::is_meant;
use super::schedule::Dated;
use super::{Item, Portal};
use crate::content::rules::at;
use crate::content::walk::Path;
use crate::content::{Kind, Own};
use crate::diag::catalogue as say;
use crate::diag::few::Few;
use crate::diag::{Code, Diagnostic, Findings};

/// A holiday, and where it is written.
struct Holiday<'a> {
    from: Date,
    to: Date,
    title: &'a str,
    table: &'a Item,
    path: Path,
}

/// Reports each class run that is not over once, with all its sessions on holidays. Sessions outside a weekly pattern were given their day by
/// somebody; `extra` says that the day is meant.
pub(super) fn run(portal: &Portal, findings: &mut Findings) {
    let holidays = table(portal);
    let mut few = Few::default();
    for (id, item) in portal.items().filter(|(_, item)| item.kind() == Kind::Course && is_meant(item)) {
        let mut met: BTreeMap<usize, Vec<(&Dated, &Holiday<'_>)>> = BTreeMap::new();
        let mut last: BTreeMap<usize, Date> = BTreeMap::new();
        for session in portal.sessions(id).filter(|session| session.takes_place()) {
            last.insert(session.run, session.last_day());
            if let Some(holiday) = on(&holidays, session.start.date()).filter(|_| !session.is_extra()) {
                met.entry(session.run).or_default().push((session, holiday));
            }
        }
        met.retain(|run, _| last.get(run).is_some_and(|last| *last >= portal.today.date()));
        for sessions in met.values() {
            let Some((first, holiday)) = sessions.first() else { continue };
            few.report(findings, || {
                let days = sessions.iter().map(|(session, holiday)| (session.start.date().to_string(), holiday.title));
                let mistake = say::class_on_holiday(&days.collect::<Vec<_>>(), first.is_weekly());
                let related = holiday.table.entry.origin.place(&holiday.path);
                let place = item.entry.origin.place(&first.path(item));
                Diagnostic::new(mistake, place).with_related(related, say::HOLIDAY_HERE)
            });
        }
    }
    few.finish(Code::OnHoliday, findings);
}

/// All holidays, in order.
fn table(portal: &Portal) -> Vec<Holiday<'_>> {
    let mut all = Vec::new();
    for (_, table) in portal.items().filter(|(_, item)| is_meant(item)) {
        let Own::Holidays(own) = &table.entry.own else { continue };
        all.extend(own.holidays.iter().enumerate().map(|(nth, holiday)| Holiday {
            from: holiday.from.0,
            to: holiday.to.0,
            title: &holiday.title,
            table,
            path: at!["holidays", nth, "from"],
        }));
    }
    all.sort_by_key(|holiday| (holiday.from, holiday.to));
    all
}

fn on<'a, 'h>(holidays: &'a [Holiday<'h>], day: Date) -> Option<&'a Holiday<'h>> {
    let after = holidays.partition_point(|holiday| holiday.from <= day);
    // Two holidays may fall together, and the earlier one may be the longer.
    holidays[..after].iter().rev().take(3).find(|holiday| day <= holiday.to)
}
