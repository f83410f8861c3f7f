//! What units hand in every year for office programs: the same rows as CSV and as XLSX.

use super::sheet::Sheet;
use super::xlsx;
use crate::content::choice::Choice;
use crate::content::phase::Collected;
use crate::content::yearly::Line;
use crate::page::bundle;
use crate::page::context::Context;
use crate::page::kind::yearly;
use crate::portal::bundle::{Bundle, Submission};
use crate::portal::comparison::{Compared, compare, list, plan};
use crate::portal::{ItemId, Portal, location};

/// The ends of the files of a bundle.
const ENDS: [&str; 2] = ["csv", "xlsx"];

/// The addresses of all files.
pub(super) fn addresses(portal: &Portal) -> impl Iterator<Item = String> {
    portal.bundles().all().iter().flat_map(|bundle| ENDS.map(|end| address(portal, bundle, end)))
}

fn address(portal: &Portal, bundle: &Bundle, end: &str) -> String {
    location::of_bundle_sheet(portal.item(bundle.document).id(), bundle.year, end)
}

/// All files, by address.
pub(super) fn files(context: &Context<'_>) -> Vec<(String, Vec<u8>)> {
    let portal = context.portal;
    let file = |bundle: &Bundle| {
        let sheet = sheet(context, bundle);
        let name = context.format.word("bundle.title");
        let bytes = [sheet.csv().into_bytes(), xlsx::workbook(&name, &sheet)];
        ENDS.into_iter().zip(bytes).map(|(end, bytes)| (address(portal, bundle, end), bytes)).collect::<Vec<_>>()
    };
    portal.bundles().all().iter().flat_map(file).collect()
}

/// A row for each line of a list, of a plan, and of the plan of the year before; and one for whatever is lacking. Who handed in nothing stands
/// first.
fn sheet(context: &Context<'_>, bundle: &Bundle) -> Sheet {
    let head = context.format.heads([
        "unit",
        "status",
        "material",
        "submitted",
        "sort",
        "item",
        "detail",
        "conditions",
        "fee",
        "period",
        "compared",
        "answered",
    ]);
    let rows = bundle.submissions.iter().flat_map(|submission| rows(context, bundle, submission));
    Sheet { head, rows: rows.collect() }
}

fn rows(context: &Context<'_>, bundle: &Bundle, submission: &Submission) -> Vec<Vec<String>> {
    let (portal, format) = (context.portal, &context.format);
    let badges = bundle::badges(context, bundle, submission).into_iter().map(|badge| badge.text);
    let begin = [
        portal.item(submission.unit).title().to_owned(),
        badges.collect::<Vec<_>>().join(format.words.get("text.joiner")),
    ];
    let row = |rest: [String; 10]| begin.iter().cloned().chain(rest).collect::<Vec<String>>();
    let mut rows = Vec::new();
    for id in &submission.lists {
        rows.extend(
            list(portal, *id).iter().map(|line| row(of_line(context, bundle, Collected::Resources, *id, line))),
        );
    }
    for id in &submission.plans {
        rows.extend(plan(portal, *id).iter().map(|line| row(of_line(context, bundle, Collected::Plans, *id, line))));
    }
    let note = |text: String| {
        let mut cells: [String; 10] = Default::default();
        cells[0] = text;
        cells
    };
    rows.extend(bundle::lacking(context, bundle, submission).into_iter().map(|text| row(note(text))));
    if let Some(compared) = compare(portal, submission) {
        let before: Vec<&str> = submission.before.iter().map(|id| portal.item(*id).title()).collect();
        let title = format.words.fill("bundle.against", "plan", &before.join(format.words.get("text.joiner")));
        rows.extend(compared.iter().map(|line| row(of_comparison(context, &title, line))));
    } else if !submission.is_empty() {
        rows.push(row(note(bundle::incomparable(context, submission))));
    }
    rows
}

fn of_line<S: Choice>(
    context: &Context<'_>,
    bundle: &Bundle,
    part: Collected,
    id: ItemId,
    line: &Line<S>,
) -> [String; 10] {
    let [sort, item, detail, conditions, fee, period] = yearly::said(&context.format, line);
    let title = context.portal.item(id).title().to_owned();
    let day = bundle::handed_in(context, bundle, part, id);
    [title, day, sort, item, detail, conditions, fee, period, String::new(), String::new()]
}

fn of_comparison(context: &Context<'_>, title: &str, line: &Compared<'_>) -> [String; 10] {
    let mut cells: [String; 10] = Default::default();
    title.clone_into(&mut cells[0]);
    if let Some(planned) = line.planned {
        let said = yearly::said(&context.format, planned);
        cells[2..8].clone_from_slice(&said);
    }
    cells[8] = bundle::outcome(context, line.outcome);
    cells[9] = bundle::answers(context, line).join(context.format.words.get("text.joiner"));
    cells
}
