//! What pages and tables say of a bundle.

use super::context::Context;
use super::view::{Badge, Link, Text};
use crate::address::Href;
use crate::content::phase::Collected;
use crate::content::sample;
use crate::portal::bundle::{Bundle, Standing, Submission};
use crate::portal::comparison::{Compared, Outcome, list, plan};
use crate::portal::{ItemId, location};

/// The name of a bundle.
pub fn title(context: &Context<'_>, bundle: &Bundle) -> String {
    let (format, document) = (&context.format, context.portal.item(bundle.document));
    format.words.fill("bundle.of", "name", document.title()).replace("{year}", &format.year(bundle.year))
}

/// The first page of a bundle.
pub fn address(context: &Context<'_>, bundle: &Bundle) -> Href {
    Href::new(&location::of_bundle(context.portal.item(bundle.document).id(), bundle.year, 1))
}

/// The bundles of a document, the latest first.
pub fn years(context: &Context<'_>, document: ItemId) -> Vec<Text> {
    let of_year = |bundle: &Bundle| Text {
        text: context.format.year(bundle.year),
        address: Some(address(context, bundle)),
        url: None,
    };
    context.portal.bundles().of(document).map(of_year).collect()
}

/// The latest bundles in which a unit stands, or should.
pub fn of_unit(context: &Context<'_>, unit: ItemId) -> Vec<Link> {
    let link = |bundle: &Bundle| Link { title: title(context, bundle), address: Some(address(context, bundle)) };
    context.portal.bundles().of_unit(unit).map(link).collect()
}

/// How the material of a unit stands, and whether it was asked at all.
pub fn badges(context: &Context<'_>, bundle: &Bundle, submission: &Submission) -> Vec<Badge> {
    let standing = bundle.standing(context.portal, submission);
    let tone = match standing {
        Standing::Missing => "bad",
        Standing::Partly | Standing::Late => "warn",
        Standing::Undated => "plain",
        Standing::InTime => "good",
    };
    let not_asked =
        (!submission.is_asked).then(|| Badge { tone: "plain", text: context.format.word("bundle.not-asked") });
    [Badge { tone, text: self::standing(context, bundle, standing) }].into_iter().chain(not_asked).collect()
}

/// A standing in words; what is not there can still come until the last day is over.
pub fn standing(context: &Context<'_>, bundle: &Bundle, standing: Standing) -> String {
    let is_open = standing == Standing::Missing && !bundle.is_over(&context.portal.today);
    context.format.words.in_group("handed", if is_open { "awaited" } else { standing.key() }).to_owned()
}

/// An outcome in words.
pub fn outcome(context: &Context<'_>, outcome: Outcome) -> String {
    context.format.words.in_group("outcome", outcome.key()).to_owned()
}

/// When a list or plan was handed in, and whether that was late.
pub fn handed_in(context: &Context<'_>, bundle: &Bundle, part: Collected, item: ItemId) -> String {
    let day = context.portal.item(item).entry.common.date.map(|day| context.format.day(day.0).text);
    match (bundle.of_item(context.portal, part, item), day) {
        (standing @ Standing::Late, Some(day)) => format!("{day}（{}）", self::standing(context, bundle, standing)),
        (_, Some(day)) => day,
        (_, None) => context.format.word("handed.undated"),
    }
}

/// What is asked of a unit and was not handed in, in words.
pub fn lacking(context: &Context<'_>, bundle: &Bundle, submission: &Submission) -> Vec<String> {
    let is_over = bundle.is_over(&context.portal.today);
    let key = if is_over { "bundle.lacking" } else { "bundle.lacking-yet" };
    let lacking = bundle.lacking(submission);
    lacking.map(|part| context.format.words.fill(key, "part", &context.format.choice(part))).collect()
}

/// How many lines a unit handed in of what, and what is lacking.
pub fn amounts(context: &Context<'_>, bundle: &Bundle, submission: &Submission) -> Vec<String> {
    let (portal, format) = (context.portal, &context.format);
    let amount = |part: Collected| {
        submission.of(part).iter().map(move |id| {
            let lines = match part {
                Collected::Resources => list(portal, *id).len(),
                Collected::Plans => plan(portal, *id).len(),
            };
            let name = format.choice(part);
            let name = if portal.item(*id).is_sample() { sample::marked(&name) } else { name };
            let told = format.words.fill("bundle.lines", "part", &name).replace("{n}", &lines.to_string());
            told.replace("{day}", &handed_in(context, bundle, part, *id))
        })
    };
    let amounts = [Collected::Resources, Collected::Plans].into_iter().flat_map(amount);
    amounts.chain(lacking(context, bundle, submission)).collect()
}

/// How many lines became what; what there is none of is left out.
pub fn tally(context: &Context<'_>, compared: &[Compared<'_>]) -> String {
    let count = |outcome: Outcome| compared.iter().filter(|line| line.outcome == outcome).count();
    let told = Outcome::ALL.into_iter().filter(|outcome| count(*outcome) > 0);
    let told = told.map(|outcome| format!("{} {}", self::outcome(context, outcome), count(outcome)));
    told.collect::<Vec<_>>().join(context.format.words.get("text.joiner"))
}

/// Why the plan of the year before cannot be compared.
pub fn incomparable(context: &Context<'_>, submission: &Submission) -> String {
    context.format.word(if submission.before.is_empty() { "bundle.no-before" } else { "bundle.no-list" })
}

/// The titles of the lines that answer a planned one, each with its sort.
pub fn answers(context: &Context<'_>, compared: &Compared<'_>) -> Vec<String> {
    let format = &context.format;
    let listed = compared.listed.iter().map(|line| format!("{} {}", format.choice(line.sort), line.title));
    let is_in_plan = compared.outcome == Outcome::Again;
    let again = compared.again.iter().filter(|_| is_in_plan);
    listed.chain(again.map(|line| format!("{} {}", format.choice(line.sort), line.title))).collect()
}
