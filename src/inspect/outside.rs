//! What became of links to other sites: what is gone is found, what nobody could confirm is told as such.

use std::collections::BTreeMap;
use std::sync::Arc;

use memchr::memmem;
use url::Url;

use super::Inspection;
use super::links::Outside;
use super::online::{Answer, Certificate, Gone, Unsure, asked};
use super::report::Finding;
use super::rules::Severity;
use crate::diag::inspect as say;
use crate::portal::Portal;
use crate::source::{Place, Source};

const RULE: &str = "outside-link";

pub(super) fn check(inspection: &mut Inspection<'_>, links: &Outside, answers: &BTreeMap<Url, Answer>) {
    let answer = |href: &str| match asked(href) {
        Some(url) => answers.get(&url).cloned().unwrap_or(Answer::Unsure(Unsure::Untried)),
        None => Answer::Gone(Gone::Malformed),
    };
    let links = links.iter().map(|(href, page)| (href, page, answer(href)));
    let mut open: Vec<(&String, &String, Answer)> = links.filter(|(_, _, answer)| *answer != Answer::There).collect();
    open.sort_by_key(|(href, ..)| *href);
    let written = if open.is_empty() { BTreeMap::new() } else { written(inspection.portal) };
    for (href, page, answer) in open {
        let key = asked(href).map_or_else(|| href.clone(), String::from);
        let places = written.get(&key).cloned().unwrap_or_else(|| vec![page.clone()]);
        for place in places {
            match &answer {
                Answer::There => {}
                Answer::Gone(gone) => inspection.found(RULE, place, &say::outside(href, &why_gone(gone)), 0),
                Answer::Unsure(unsure) => {
                    let message = say::unsure(href, &why_unsure(*unsure));
                    inspection.unsure.push(Finding { place, message, severity: Severity::Note });
                }
            }
        }
    }
}

fn why_gone(gone: &Gone) -> String {
    match gone {
        Gone::Status(status) => say::gone(*status),
        Gone::Unknown => say::NO_SUCH_HOST.to_owned(),
        Gone::Malformed => say::NO_ADDRESS.to_owned(),
    }
}

fn why_unsure(unsure: Unsure) -> String {
    let words = match unsure {
        Unsure::Status(status) => return say::refused(status),
        Unsure::Slow => say::SLOW,
        Unsure::Unreached => say::UNREACHED,
        Unsure::Insecure(Certificate::Lapsed) => say::CERTIFICATE_LAPSED,
        Unsure::Insecure(Certificate::Foreign) => say::CERTIFICATE_FOREIGN,
        Unsure::Insecure(Certificate::Unknown) => say::CERTIFICATE_UNKNOWN,
        Unsure::Insecure(Certificate::Other) => say::INSECURE,
        Unsure::Garbled => say::GARBLED,
        Unsure::Endless => say::ENDLESS,
        Unsure::Elsewhere => say::ELSEWHERE,
        Unsure::Inner => say::INNER,
        Unsure::Offline => say::OFFLINE,
        Unsure::Untried => say::UNTRIED,
    };
    words.to_owned()
}

/// Where each address is written in the content, as file, line and column.
fn written(portal: &Portal) -> BTreeMap<String, Vec<String>> {
    let mut sources: BTreeMap<&str, &Arc<Source>> = BTreeMap::new();
    let origins = portal.items().filter(|(_, item)| item.is_public()).map(|(_, item)| &item.entry.origin);
    for origin in origins.chain([&portal.settings.origin]) {
        sources.insert(&origin.source.path, &origin.source);
    }
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources.into_values() {
        for at in memmem::find_iter(source.text.as_bytes(), b"://") {
            let Some(begin) = scheme(&source.text[..at]) else { continue };
            let text = address(&source.text[begin..]);
            if let Some(url) = asked(text) {
                let (line, column) = Place::new(source, begin..begin + text.len()).line_column();
                places.entry(url.into()).or_default().push(format!("{}:{line}:{column}", source.path));
            }
        }
    }
    places
}

/// Where the scheme of the web at the end of a text begins.
fn scheme(text: &str) -> Option<usize> {
    let ends = |word: &str| {
        text.len().checked_sub(word.len()).filter(|at| text.as_bytes()[*at..].eq_ignore_ascii_case(word.as_bytes()))
    };
    ends("https").or_else(|| ends("http"))
}

/// The address at the beginning of a text: up to what ends one in prose, Markdown and YAML.
fn address(text: &str) -> &str {
    let ends = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\'' | '<' | '>' | ')' | ']' | '}' | '`' | '，' | '。' | '；' | '、' | '）' | '》' | '”'
            )
    };
    let text = &text[..text.find(ends).unwrap_or(text.len())];
    text.trim_end_matches([',', '.', ';', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_it_ends_in_prose_and_in_yaml() {
        for (text, expected) in [
            ("https://a.example/b.html。下", "https://a.example/b.html"),
            ("https://a.example/b?c=1#d) 下", "https://a.example/b?c=1#d"),
            ("http://a.example/。", "http://a.example/"),
            ("https://a.example, 下", "https://a.example"),
            ("https://a.example/课程}", "https://a.example/课程"),
            ("https://a.example", "https://a.example"),
        ] {
            assert_eq!(address(text), expected);
        }
        assert_eq!((scheme("见https"), scheme("HTTP"), scheme("ftp"), scheme("p")), (Some(3), Some(0), None, None));
    }
}
