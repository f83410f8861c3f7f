//! The mistake in a value that its schema refuses, with what was probably meant.

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use super::syntax::quote;
use super::tree::{Node, Value};
use crate::content::everyday::{self, Choice};
use crate::content::meant::{self, meant};
use crate::content::value::{Malformed, NoFee, Number, check_id};
use crate::diag::catalogue::{self as say, Expected, Meant};
use crate::diag::{Mistake, nearest};

/// Where a value stands.
pub struct Place<'a> {
    /// The name of its field.
    pub key: &'a str,
    /// The field that holds the map it is in; empty at the top.
    pub owner: &'a str,
    /// The map it is in.
    pub map: Option<&'a Node>,
}

/// The mistake in a text that does not match its format.
pub fn malformed(cause: &Malformed, text: &str, format: &str, place: &Place<'_>) -> Mistake {
    let meaning = || meant(format, text);
    match cause {
        // What refers to a clause names none; a proposal would not exist.
        Malformed::Id(_) if place.key == "clause" => say::bad_id(text, None),
        Malformed::Id(proposal) => say::bad_id(text, proposal.as_deref()),
        Malformed::Reserved => say::reserved_id(text),
        Malformed::MixedRef => say::bad_mixed_ref(text),
        Malformed::Date => say::bad_date(text, &meaning()),
        Malformed::NoSuchDay => say::no_such_day(text),
        // If a date precedes it, only the time is malformed.
        Malformed::Time if format == "moment" => {
            say::bad_time_of_day(text.rsplit(' ').next().unwrap_or(text), &meaning())
        }
        Malformed::Time => say::bad_time(text, &meaning()),
        Malformed::Moment => say::bad_moment(text, &meaning()),
        Malformed::Span => say::bad_span(text, &meaning()),
        Malformed::Number => say::bad_number(text, None),
        Malformed::Year => say::bad_year(text),
        Malformed::Fee(cause) => fee(*cause),
        Malformed::Phone(stray) => say::bad_phone(stray.as_deref()),
        Malformed::Path => path(text, place),
        Malformed::Url => say::bad_url(text, &meaning()),
        Malformed::Focus => say::bad_focus(text, &meaning()),
        Malformed::Aspect => say::bad_aspect(text),
    }
}

/// A file from elsewhere: it belongs into the content folder, and the line to write depends on what holds it.
fn path(text: &str, place: &Place<'_>) -> Mistake {
    if text.is_empty() {
        return say::bad_path(text);
    }
    // A picture belongs among pictures, whichever field holds it; a document of the ledger among files.
    let is_picture = ["jpg", "jpeg", "png", "gif", "webp"].iter().any(|end| text.to_lowercase().ends_with(end));
    let folder = if place.owner.is_empty() && !is_picture { "files" } else { folder(place.owner) };
    let file = meant::local(text, folder);
    let line = match place.owner {
        "" => format!("{}: {file}", place.key),
        owner => {
            let about = if folder == "files" { "title" } else { "alt" };
            let written = place.map.and_then(|map| map.get(about)).and_then(Node::text);
            say::fields_of_file(owner, &file, about, written)
        }
    };
    say::foreign_file(text, folder, &line)
}

/// The folder for the files of a field.
fn folder(field: &str) -> &'static str {
    if field == "attachments" { "files" } else { "pictures" }
}

/// A text or list where fields are required.
pub fn for_fields(properties: &Map<String, Json>, node: &Node, key: &str, item: bool) -> Mistake {
    let Some(text) = node.text().filter(|text| !text.is_empty() && !text.contains('\n')) else {
        return say::not_a_map();
    };
    let has = |names: &[&str]| names.iter().all(|name| properties.contains_key(*name));
    if has(&["file"]) {
        return file_as_text(text, key, properties);
    }
    let lead = if item { "- ".to_owned() } else { format!("{key}: ") };
    if has(&["start", "end"]) {
        return match (meant("time", text), meant("moment", text)) {
            (Meant::Pair(start, end), _) => {
                say::text_for_fields(&format!("{lead}{{start: \"{start}\", end: \"{end}\"}}"))
            }
            (_, Meant::Pair(start, end)) => say::text_for_fields(&format!("{lead}{{start: {start}, end: {end}}}")),
            (Meant::Value(start), _) if !item => say::without_end(&format!("{lead}{{start: \"{start}\", end: \"…\"}}")),
            (_, Meant::Value(start)) => say::without_end(&format!("{lead}{{start: {start}, end: …}}")),
            (_, Meant::NoTime(day)) => say::without_end(&format!("{lead}{{start: {day} 09:00, end: …}}")),
            _ => say::not_a_map(),
        };
    }
    if has(&["comparator"]) {
        let in_words = || format!("{{comparator: qualitative, qualifier: {}}}", quote(text));
        let target = meant::target(text).or_else(|| meant::number(text).is_none().then(in_words));
        return target.map_or_else(say::target_as_text, |target| say::text_for_fields(&format!("{lead}{target}")));
    }
    if has(&["phone"]) {
        let field = if text.contains(|c: char| c.is_ascii_digit()) { "phone" } else { "note" };
        return say::text_for_fields(&format!("{lead}{{{field}: {}}}", quote(text)));
    }
    say::not_a_map()
}

fn file_as_text(text: &str, key: &str, properties: &Map<String, Json>) -> Mistake {
    let folder = folder(key);
    let about = if properties.contains_key("alt") { "alt" } else { "title" };
    let local = text.contains('/') && !text.contains(['\\', ':']);
    let file = if local { text.to_owned() } else { meant::local(text, folder) };
    let line = say::fields_of_file(key, &file, about, None);
    say::file_as_text((!local).then_some(folder), &line)
}

/// A single value or fields where a list is required.
pub fn for_list(items: Option<&Json>, choices: Option<&[Choice<'_>]>, node: &Node, key: &str) -> Mistake {
    let properties = items.and_then(|items| items.get("properties")).and_then(Json::as_object);
    let Some(text) = node.text().filter(|text| !text.is_empty()) else {
        let has_fields = properties.is_some() && matches!(node.value, Value::Map(_));
        return if has_fields { say::fields_for_list(key) } else { say::wrong_type(Expected::List, "") };
    };
    if let Some(properties) = properties {
        let is_file = properties.contains_key("file");
        if let Some(line) = opening_hours(text, key, properties) {
            return say::text_for_fields(&line);
        }
        return if is_file { file_as_text(text, key, properties) } else { say::wrong_type(Expected::List, "") };
    }
    let items: Vec<String> = match choices {
        Some(choices) if words(text, choices).is_empty() => {
            let within = everyday::within(text, choices);
            if within.is_empty() {
                return say::wrong_type(Expected::List, "");
            }
            return say::not_every_week(&format!("{key}: [{}]", within.join(", ")));
        }
        Some(choices) => words(text, choices).into_iter().map(str::to_owned).collect(),
        None => {
            let format = items.and_then(|items| items.get("format")).and_then(Json::as_str).unwrap_or_default();
            meant::parts(text).into_iter().map(|part| item(part, format)).collect()
        }
    };
    say::text_for_list(key, &items)
}

/// Opening hours in one text, 周一至周五 9:00-17:00, as they are written in fields.
fn opening_hours(text: &str, key: &str, properties: &Map<String, Json>) -> Option<String> {
    if !["days", "time"].iter().all(|name| properties.contains_key(*name)) {
        return None;
    }
    let at = text.find(|c: char| c.is_ascii_digit()).into_iter().chain(text.find(['上', '下', '早'])).min()?;
    let days = words(text[..at].trim().trim_end_matches(['：', ':', '，', ',']), &WEEK);
    let Meant::Pair(start, end) = meant("time", &text[at..]) else { return None };
    let days = Some(days).filter(|days| !days.is_empty())?.join(", ");
    Some(format!("{key}: [{{days: [{days}], time: {{start: \"{start}\", end: \"{end}\"}}}}]"))
}

/// The days of the week as content writes them.
const WEEK: [Choice<'static>; 7] =
    [("mon", None), ("tue", None), ("wed", None), ("thu", None), ("fri", None), ("sat", None), ("sun", None)];

fn item(part: &str, format: &str) -> String {
    match meant(format, part) {
        Meant::Value(value) => value,
        _ if check_id(part).is_ok() => part.to_owned(),
        _ => super::syntax::quote_if_needed(part),
    }
}

/// The words of content that the parts of a text mean, if all of them are told; also of 周一至周五.
fn words<'a>(text: &str, choices: &[Choice<'a>]) -> Vec<&'a str> {
    let word = |part: &str| {
        let known = choices.iter().find(|(word, _)| *word == part).map(|(word, _)| *word);
        known.or_else(|| everyday::choice(part, choices))
    };
    let place = |part: &str| word(part.trim()).and_then(|word| choices.iter().position(|(known, _)| *known == word));
    let range = |part: &str| {
        let (first, last) = ["至", "到", "-", "—", "~", "～"].iter().find_map(|between| part.split_once(between))?;
        let words = choices.get(place(first)?..=place(last)?)?;
        Some(words.iter().map(|(word, _)| *word).collect())
    };
    let each = |part: &str| {
        everyday::days(part, choices).or_else(|| range(part)).or_else(|| word(part).map(|word| vec![word]))
    };
    let parts = meant::parts(text).into_iter().map(each).collect::<Option<Vec<Vec<&str>>>>();
    parts.unwrap_or_default().concat()
}

/// The text on one line from which YAML made a list or fields: `[秋季]`, `原文: 缺字`.
pub fn as_text<'a>(text: &'a str, node: &Node) -> Option<&'a str> {
    let written = text.get(node.range.clone())?.trim_end();
    let short = !written.is_empty() && !written.contains('\n') && !written.starts_with("- ");
    (short && !matches!(node.value, Value::Scalar(..))).then_some(written)
}

/// The only item of a list, where a single value is required.
pub fn only_item(node: &Node) -> Option<&str> {
    match &node.value {
        Value::List(items) if items.len() == 1 => items[0].text(),
        Value::List(_) | Value::Map(_) | Value::Scalar(..) => None,
    }
}

/// A word that is not one of the choices.
pub fn choice(word: &str, choices: &[Choice<'_>]) -> Mistake {
    let meant = words(word, choices);
    let near = nearest(word, choices.iter().map(|(word, _)| *word));
    match (meant.as_slice(), near) {
        ([_], Some(near)) if word.is_ascii() => say::not_a_choice(word, choices, &[], Some(near)),
        (meant, near) => say::not_a_choice(word, choices, meant, near),
    }
}

/// A text that is not `true` or `false`.
pub fn truth(text: &str) -> Mistake {
    match everyday::truth(text) {
        Some(meant) => say::not_a_truth(text, meant),
        None => say::wrong_type(Expected::Bool, text),
    }
}

/// A text that is not a whole number.
pub fn whole(text: &str, key: &str) -> Mistake {
    if let Some(number) = odd_number(text) {
        return say::not_whole(&number);
    }
    if text.parse::<i64>().is_ok() {
        return say::quoted_number(key, text);
    }
    let even = || serde_yaml::from_str::<Number>(text).ok().filter(|number| number.0.fract().is_zero());
    if let Some(number) = meant::letters_as_digits(text).or_else(|| even().map(|number| number.to_string())) {
        return say::not_whole(&number);
    }
    match meant::number(text).filter(|number| number.parse::<i64>().is_ok()) {
        Some(number) => say::not_whole(&number),
        None if everyday::is_unlimited(text) => say::no_limit(text),
        None => match meant::numbers(text).into_iter().filter_map(|number| number.parse::<i64>().ok()).max() {
            Some(largest) if meant::numbers(text).len() > 1 => say::several_numbers(&largest.to_string()),
            _ => say::wrong_type(Expected::Whole, text),
        },
    }
}

/// The number in one with zeros before it or lines between its digits, which YAML takes for a text.
fn odd_number(text: &str) -> Option<String> {
    let bare = text.replace('_', "");
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let number = bare.trim_start_matches('0');
    let number =
        if number.starts_with(|c: char| c.is_ascii_digit()) { number.to_owned() } else { format!("0{number}") };
    (number.len() < text.len()).then_some(number)
}

/// A number that cannot be meant as a fee.
pub fn fee(cause: NoFee) -> Mistake {
    match cause {
        NoFee::Negative => say::negative_fee(),
        NoFee::Huge => say::huge_fee(),
        NoFee::Fraction => say::fraction_of_a_fen(),
    }
}

/// A text that is not a number; `note` tells whether the field `fee_note` can hold the rest.
pub fn number(text: &str, key: &str, note: bool) -> Mistake {
    if let Some(number) = odd_number(text) {
        return say::bad_number(text, Some(&number));
    }
    if text.parse::<Number>().is_ok() {
        return say::quoted_number(key, text);
    }
    if let Some(number) = meant::letters_as_digits(text) {
        return say::bad_number(text, Some(&number));
    }
    let number = meant::number(text);
    let note = note.then_some("fee_note");
    if key != "fee" {
        return say::bad_number(text, number.as_deref());
    }
    match number {
        Some(number) if meant::is_number_alone(text) => say::bad_number(text, Some(&number)),
        _ if everyday::is_free(text) => say::fee_in_words(text, key, "0", note),
        // Free for some, a price for others: 0 would promise too much.
        _ if everyday::is_free(first_part(text)) => {
            let prices = meant::numbers(text);
            let only_note = text.trim_start_matches(first_part(text)).starts_with(['（', '(']);
            match prices.first().filter(|_| !only_note) {
                Some(price) => say::fee_in_words(text, key, price, note),
                None => say::fee_in_words(text, key, "0", note),
            }
        }
        Some(number) if number != text => say::fee_in_words(text, key, &number, note),
        // 20元（含材料费5元）: the fee stands first.
        None => match meant::number(first_part(text)).filter(|_| first_part(text) != text) {
            Some(number) => say::fee_in_words(text, key, &number, note),
            None => no_fee(text, key, note),
        },
        number => say::bad_number(text, number.as_deref()),
    }
}

/// A fee with several amounts, or with none.
fn no_fee(text: &str, key: &str, note: Option<&str>) -> Mistake {
    if let Some(amount) = meant::amount(text) {
        return say::fee_in_words(text, key, &amount, note);
    }
    let mut numbers: Vec<Number> = meant::numbers(text).iter().filter_map(|number| number.parse().ok()).collect();
    numbers.sort_unstable();
    // 1e40 is no enumeration.
    let is_code = text.contains(|c: char| c.is_ascii_alphabetic());
    // 100+30 is a sum.
    if text.contains(['+', '＋', '加'])
        && let Some(sum) = numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number.0))
        && numbers.len() > 1
    {
        return say::fee_in_words(text, key, &sum.to_string(), note);
    }
    match (numbers.first().filter(|_| !is_code), note) {
        (Some(least), note) => say::several_fees(text, key, &least.to_string(), note),
        (None, Some(note)) if !is_code => say::unknown_fee(text, key, note),
        (None, _) => say::bad_number(text, None),
    }
}

/// A text to its first bracket or comma.
fn first_part(text: &str) -> &str {
    text.split(['（', '(', '，', ',', '；', ';', '。', '、']).next().unwrap_or(text).trim()
}
