//! Renderers of diagnostics: text for people, and formats for code hosts and tools.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use serde_json::{Value, json};

use super::{Code, Diagnostic, Severity};
use crate::privacy;
use crate::source::Place;

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with excerpts and colours, for a terminal.
    Colour,
    /// Text with excerpts, for a terminal or a log.
    Text,
    /// JSON, one object per line.
    Json,
    /// GitHub workflow commands.
    Github,
    /// GitLab code quality report.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
}

/// Renders all diagnostics. The result ends with a newline, or is empty if there are none.
pub fn render(diagnostics: &[Diagnostic], format: Format) -> String {
    match format {
        Format::Colour => text(diagnostics, &Renderer::styled()),
        Format::Text => text(diagnostics, &Renderer::plain()),
        Format::Json => lines(diagnostics, |diagnostic| json_object(diagnostic).to_string()),
        Format::Github => lines(diagnostics, github),
        Format::Gitlab => pretty(&Value::Array(diagnostics.iter().map(gitlab).collect())),
        Format::Sarif => pretty(&sarif(diagnostics)),
    }
}

fn lines(diagnostics: &[Diagnostic], line: impl Fn(&Diagnostic) -> String) -> String {
    diagnostics.iter().map(|diagnostic| line(diagnostic) + "\n").collect()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn text(diagnostics: &[Diagnostic], renderer: &Renderer) -> String {
    let renderer = renderer.clone().decor_style(DecorStyle::Ascii);
    lines(diagnostics, |diagnostic| renderer.render(&groups(diagnostic)) + "\n")
}

fn groups(diagnostic: &Diagnostic) -> Vec<Group<'_>> {
    let mistake = &diagnostic.mistake;
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR.with_name("错误"),
        Severity::Warning => Level::WARNING.with_name("警告"),
        Severity::Note => Level::NOTE.with_name("提示"),
    };
    let title = level.primary_title(mistake.message.as_str()).id(mistake.code.name());
    let mut first = match &diagnostic.place {
        Some(place) => shown(title, place),
        None => Group::with_title(title),
    };
    if let Some(hint) = &mistake.hint {
        first = first.element(Level::HELP.with_name("建议").message(hint.as_str()));
    }
    let mut groups = vec![first];
    groups.extend(
        diagnostic
            .related
            .iter()
            .map(|(place, label)| shown(Level::NOTE.with_name("相关").secondary_title(label.as_str()), place)),
    );
    groups
}

/// Longest line that is shown, in bytes: many mistakes on one endless line would cost its square.
const LONGEST_LINE: usize = 20_000;

/// A title with its place. A file without text has a place but no excerpt, and so has an endless line.
fn shown<'a>(title: Title<'a>, place: &'a Place) -> Group<'a> {
    let path = privacy::masked(&place.source.path);
    let line = line_of(place);
    if place.source.text.is_empty() {
        title.element(Origin::path(path))
    } else if line.len() > LONGEST_LINE {
        let (line, column) = place.line_column();
        title.element(Origin::path(path).line(line).char_column(column))
    } else {
        title.element(snippet(place, line))
    }
}

/// The line in which a place begins.
fn line_of(place: &Place) -> Range<usize> {
    let text = &place.source.text;
    let start = text[..place.range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[place.range.start..].find('\n').map_or(text.len(), |newline| place.range.start + newline);
    start..end
}

/// The excerpt: the line of the place, with carets. A place over several lines shows the first. Private data is hidden.
fn snippet(place: &Place, Range { start, end }: Range<usize>) -> Snippet<'_, Annotation<'_>> {
    let (line, _) = place.line_column();
    let span = place.range.start - start..place.range.end.min(end).max(place.range.start) - start;
    Snippet::source(privacy::masked(&place.source.text[start..end]))
        .path(privacy::masked(&place.source.path))
        .line_start(line)
        .annotation(AnnotationKind::Primary.span(span))
}

fn location(place: &Place) -> Value {
    let (line, column) = place.line_column();
    let (end_line, end_column) = place.end_line_column();
    json!({"file": privacy::masked(&place.source.path), "line": line, "column": column, "end_line": end_line, "end_column": end_column})
}

/// The JSON form of a diagnostic: `code`, `severity`, `message`, `hint`, `place` and `related`.
pub fn json_object(diagnostic: &Diagnostic) -> Value {
    let related: Vec<Value> =
        diagnostic.related.iter().map(|(place, label)| json!({"place": location(place), "label": label})).collect();
    json!({
        "code": diagnostic.mistake.code.name(),
        "severity": severity_name(diagnostic.severity()),
        "message": diagnostic.mistake.message,
        "hint": diagnostic.mistake.hint,
        "place": diagnostic.place.as_ref().map(location),
        "related": related,
    })
}

/// Message and hint in one.
fn full_message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.mistake.hint {
        Some(hint) => format!("{}。{hint}", diagnostic.mistake.message),
        None => diagnostic.mistake.message.clone(),
    }
}

/// A workflow command; data and properties are escaped as GitHub's toolkit does.
fn github(diagnostic: &Diagnostic) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let command = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = diagnostic.place.as_ref().map_or_else(String::new, |place| {
        let (line, column) = place.line_column();
        let (end_line, end_column) = place.end_line_column();
        let file = property(&privacy::masked(&place.source.path));
        format!("file={file},line={line},col={column},endLine={end_line},endColumn={end_column},")
    });
    let code = diagnostic.mistake.code.name();
    format!("::{command} {place}title={code}::{}", data(&full_message(diagnostic)))
}

fn gitlab(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity() {
        Severity::Error => "critical",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let (path, line) = diagnostic
        .place
        .as_ref()
        .map_or(("content/site.yaml".into(), 1), |place| (privacy::masked(&place.source.path), place.line_column().0));
    let identity = format!("{}\n{path}\n{line}\n{}", diagnostic.mistake.code.name(), diagnostic.mistake.message);
    json!({
        "description": full_message(diagnostic),
        "check_name": diagnostic.mistake.code.name(),
        "fingerprint": blake3::hash(identity.as_bytes()).to_hex().as_str(),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    })
}

fn sarif(diagnostics: &[Diagnostic]) -> Value {
    let mut used: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.mistake.code).collect();
    used.sort_unstable();
    used.dedup();
    let rules: Vec<Value> =
        used.iter().map(|code| json!({"id": code.name(), "fullDescription": {"text": code.explanation()}})).collect();
    let results: Vec<Value> = diagnostics.iter().map(sarif_result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "shuyuan", "version": env!("CARGO_PKG_VERSION"), "language": "zh-CN", "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn sarif_result(diagnostic: &Diagnostic) -> Value {
    let physical = |place: &Place| {
        let (line, column) = place.line_column();
        let (end_line, end_column) = place.end_line_column();
        json!({
            "artifactLocation": {"uri": crate::address::encode(&privacy::masked(&place.source.path))},
            "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
        })
    };
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|(place, label)| json!({"physicalLocation": physical(place), "message": {"text": label}}))
        .collect();
    let locations: Vec<Value> =
        diagnostic.place.iter().map(|place| json!({"physicalLocation": physical(place)})).collect();
    json!({
        "ruleId": diagnostic.mistake.code.name(),
        "level": severity_name(diagnostic.severity()),
        "message": {"text": full_message(diagnostic)},
        "locations": locations,
        "relatedLocations": related,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Findings;
    use crate::diag::catalogue as say;
    use crate::source::Source;

    #[test]
    fn a_mistake_on_an_endless_line_has_a_place_and_no_excerpt() {
        for (length, excerpts) in [(100, 1), (LONGEST_LINE, 0)] {
            let text = format!("第一行\n{}![](a.jpg)\n", "字".repeat(length));
            let source = Source::new("content/pages/a.md", &text);
            let at = text.find('!').expect("a picture");
            let mut findings = Findings::default();
            findings.at(Place::new(&source, at..at + 10), say::missing_alt());
            let shown = render(&findings.sorted(), Format::Text);
            assert!(shown.contains(&format!("content/pages/a.md:2:{}", length + 1)), "{shown}");
            assert_eq!(shown.matches("^^^^").count().min(1), excerpts, "{shown}");
        }
    }
}
