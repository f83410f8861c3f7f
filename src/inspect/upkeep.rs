//! What the entries themselves tell: consents that lapse, what nobody touched, dates that cannot be true, private data.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Inspection;
use super::rules::RULES;
use crate::content::rules::Portrait;
use crate::diag::{Code, Diagnostic};
use crate::load::history::{Commits, History};
use crate::portal::Item;

/// Codes of findings about private data.
const PRIVATE: [Code; 6] = [
    Code::IdentityNumber,
    Code::BankCard,
    Code::MobileNumber,
    Code::HomeAddress,
    Code::BirthDate,
    Code::ExceptionInForce,
];

pub(super) fn check(inspection: &mut Inspection<'_>) {
    let (portal, today) = (inspection.portal, inspection.today);
    let day = |at: Timestamp| at.to_zoned(portal.settings.zone.clone()).date();
    let beginning = inspection.history.and_then(History::beginning).map(day);
    for (id, item) in portal.items().filter(|(_, item)| item.is_public()) {
        let path = &item.entry.origin.source.path;
        if let Portrait::Person(Some(consent)) = item.entry.own.portrait()
            && let Some(end) = consent.expires
        {
            let left = days(today, end.0);
            if (0..=RULES.consent_days).contains(&left) {
                inspection.found("consent-lapses", place(item), item.title(), left);
            }
        }
        let Some(history) = inspection.history else { continue };
        let commits = history.commits(path);
        let last = commits.map(|commits| day(commits.last)).max(portal.changed(id));
        if let Some(last) = last.filter(|last| days(*last, today) > RULES.untouched_days) {
            inspection.found("untouched", place(item), &last.to_string(), days(last, today));
        }
        if let (Some(date), Some(Commits { first, .. })) = (item.entry.common.date, commits) {
            let late = days(date.0, day(first));
            // Of a file that was there before the history began nobody knows.
            if late > RULES.forged_days && Some(day(first)) != beginning && is_dated(item) {
                inspection.found("forged-date", place(item), &date.to_string(), late);
            }
        }
    }
}

/// Whether the date of an entry says when it was published.
fn is_dated(item: &Item) -> bool {
    RULES.dated.iter().any(|folder| folder == item.kind().folder())
}

/// Reports what the check for private data found.
pub(super) fn private(inspection: &mut Inspection<'_>, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics.iter().filter(|diagnostic| PRIVATE.contains(&diagnostic.mistake.code)) {
        let place = diagnostic.place.as_ref().map_or_else(String::new, |place| {
            let (line, column) = place.line_column();
            format!("{}:{line}:{column}", place.source.path)
        });
        let exception = diagnostic.mistake.code == Code::ExceptionInForce;
        inspection.found_as("private-data", place, &diagnostic.mistake.message, 0, exception);
    }
}

fn place(item: &Item) -> String {
    let start = item.entry.origin.start();
    let (line, column) = start.line_column();
    format!("{}:{line}:{column}", start.source.path)
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
