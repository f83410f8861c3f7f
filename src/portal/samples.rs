//! Texts that `new` and `init` wrote to be replaced, and that are still there.

use super::checks::is_meant;
use super::{Item, Portal};
use crate::content::sample::{BODY, is_example, is_sample, title};
use crate::content::walk::{Path, Step, texts};
use crate::diag::catalogue as say;
use crate::diag::few::Few;
use crate::diag::{Code, Diagnostic, Findings};

/// A text to be replaced: the way to its field, none for a Markdown body.
type Sample = (Option<Path>, String);

/// Reports each text. While the banner of a new portal says that all is sample, what `init` wrote is only counted.
pub(super) fn run(portal: &Portal, findings: &mut Findings) {
    let mut few = Few::default();
    let settings = &portal.settings;
    let mut own: Vec<Sample> = Vec::new();
    texts(&settings.site, &mut |path, text| {
        if is_sample(None, path, text) {
            own.push((Some(path.to_vec()), text.to_owned()));
        }
    });
    let banner = own.iter().position(|(path, _)| path.as_deref().is_some_and(|path| path == [Step::Key("banner")]));
    let mut counted = own.len() - usize::from(banner.is_some());
    if banner.is_none() {
        for (path, text) in &own {
            let place = || settings.origin.place(path.as_deref().unwrap_or_default());
            few.report(findings, || Diagnostic::new(say::placeholder(text), place()));
        }
    }
    for (_, item) in portal.items().filter(|(_, item)| is_meant(item) && !item.entry.common.draft) {
        let is_template = is_template(item);
        let found = of_item(item, is_template);
        if banner.is_some() && !is_template {
            counted += found.len();
            continue;
        }
        for (path, text) in found {
            few.report(findings, || Diagnostic::new(say::placeholder(&text), place(item, path.as_ref())));
        }
    }
    few.finish(Code::Placeholder, findings);
    if banner.is_some() {
        findings.at(settings.origin.place(&[Step::Key("banner")]), say::placeholders(counted));
    }
}

/// Whether an entry is what `new` wrote.
fn is_template(item: &Item) -> bool {
    item.entry.body().trim_start().starts_with(BODY) || item.title() == title(item.kind())
}

fn of_item(item: &Item, is_template: bool) -> Vec<Sample> {
    let kind = item.kind();
    let mut found: Vec<Sample> = Vec::new();
    let mut look = |path: &[Step], text: &str| {
        let is_title = path == [Step::Key("title")] && text == title(kind);
        let is_new = is_template && (is_title || is_example(kind, path, text));
        if is_new || is_sample(Some(kind), path, text) {
            found.push((Some(path.to_vec()), text.to_owned()));
        }
    };
    texts(&item.entry.common, &mut look);
    item.entry.own.texts(&mut look);
    if item.entry.common.body.is_none() {
        let body = item.entry.body().trim();
        if body.starts_with(BODY) || is_sample(Some(kind), &[Step::Key("body")], body) {
            found.push((None, body.lines().next().unwrap_or_default().to_owned()));
        }
    }
    found
}

fn place(item: &Item, path: Option<&Path>) -> crate::source::Place {
    let origin = &item.entry.origin;
    match path {
        Some(path) => origin.place(path),
        None => {
            let body = item.entry.body();
            let start = body.len() - body.trim_start().len();
            let line = body[start..].lines().next().unwrap_or_default();
            origin.body_place(&(start..start + line.len()))
        }
    }
}
