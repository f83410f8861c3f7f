//! Sheets of a workbook (ECMA-376, part 1, 18.3): texts in cells, texts that cells share, and numbers.

use std::collections::HashMap;

use super::table::Table;
use super::xml::{self, Token};
use super::{Reader, plain};
use crate::diag::catalogue::Part;
use crate::privacy;

/// Texts that cells share, and which of them some cell shows.
#[derive(Debug, Default)]
pub(super) struct Strings {
    all: Vec<String>,
    used: Vec<bool>,
}

impl Strings {
    pub fn read(text: &str, reader: &mut Reader) -> Self {
        let mut all = Vec::new();
        let mut current = String::new();
        let mut inside = false;
        xml::each(text, reader, |token, _| match token {
            Token::Open(tag) if tag.name == "t" => inside = true,
            Token::Close("t") => inside = false,
            Token::Close("si") => all.push(std::mem::take(&mut current)),
            Token::Text(text) if inside => current.push_str(text),
            _ => {}
        });
        let used = vec![false; all.len()];
        Self { all, used }
    }

    fn get(&mut self, nth: usize) -> Option<String> {
        *self.used.get_mut(nth)? = true;
        self.all.get(nth).cloned()
    }

    /// Texts that no cell shows are still in the file.
    pub fn rest(&self, reader: &mut Reader) {
        for (text, _) in self.all.iter().zip(&self.used).filter(|(_, used)| !**used) {
            reader.text(&Part::Hidden, text);
        }
    }
}

/// The titles of the sheets by the id of their relation.
pub(super) fn titles(workbook: &str) -> HashMap<String, String> {
    let mut titles = HashMap::new();
    xml::tags(workbook, |tag| {
        if tag.name == "sheet"
            && let (Some(id), Some(title)) = (tag.attribute("id"), tag.attribute("name"))
        {
            titles.insert(id, title);
        }
    });
    titles
}

/// The titles of the sheets by the name of their part.
pub(super) fn located(relations: &str, titles: &HashMap<String, String>) -> HashMap<String, String> {
    let mut located = HashMap::new();
    xml::tags(relations, |tag| {
        let target = tag.attribute("Target").unwrap_or_default();
        if let Some(title) = tag.attribute("Id").and_then(|id| titles.get(&id)) {
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            located.insert(part, title.clone());
        }
    });
    located
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    name: String,
    sort: String,
    text: String,
}

pub(super) fn read(title: &str, text: &str, strings: &mut Strings, reader: &mut Reader) {
    let mut table = Table::default();
    let mut cell = Cell::default();
    let mut inside = false;
    let mut aside: Option<String> = None;
    xml::each(text, reader, |token, reader| match token {
        Token::Open(tag) if is_aside(tag.name) => aside = Some(String::new()),
        Token::Close(name) if is_aside(name) => {
            let part = match name {
                _ if name.ends_with("Header") => Part::Header,
                _ if name.ends_with("Footer") => Part::Footer,
                _ => Part::Hidden,
            };
            reader.text(&part, &without_codes(&aside.take().unwrap_or_default()));
        }
        Token::Text(text) if aside.is_some() => aside.iter_mut().for_each(|aside| aside.push_str(text)),
        Token::Open(tag) if tag.name == "row" => {
            table.row += 1;
            table.column = 0;
        }
        Token::Open(tag) if tag.name == "c" => {
            let sort = tag.attribute("t").unwrap_or_default();
            cell = Cell { name: tag.attribute("r").unwrap_or_default(), sort, text: String::new() };
            table.column = column(&cell.name).unwrap_or(table.column + 1);
        }
        Token::Open(tag) if matches!(tag.name, "v" | "t") => inside = true,
        Token::Close("v" | "t") => inside = false,
        Token::Text(text) if inside => cell.text.push_str(text),
        Token::Close("c") => {
            let shown = match cell.sort.as_str() {
                "s" => cell.text.trim().parse().ok().and_then(|nth| strings.get(nth)).unwrap_or_default(),
                "b" | "e" => return,
                _ => plain::whole_number(&cell.text).unwrap_or_else(|| std::mem::take(&mut cell.text)),
            };
            let row = table.row.saturating_sub(1);
            let is_birth = table.heading(row, table.column).is_some_and(privacy::is_birth_heading);
            let shown = if is_birth && cell.sort.is_empty() { day(&shown).unwrap_or(shown) } else { shown };
            let labelled = table.cell(row, table.column, &shown);
            let part = Part::Cell(title.to_owned(), cell.name.clone());
            reader.text(&part, labelled.as_deref().unwrap_or(&shown));
        }
        Token::Open(tag) => xml::attributes(&tag, reader),
        Token::Close(_) | Token::Text(_) => {}
    });
}

/// Whether an element holds text beside the values of cells: formulas, choices of a cell, and what is printed on each page.
fn is_aside(name: &str) -> bool {
    matches!(name, "f" | "formula1" | "formula2" | "formula")
        || ["Header", "Footer"]
            .iter()
            .any(|of| name.strip_suffix(of).is_some_and(|pages| matches!(pages, "odd" | "even" | "first")))
}

/// A header without its codes, which are a letter behind `&`: `&L138`.
fn without_codes(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(if c == '&' { chars.next().map_or(c, |_| ' ') } else { c });
    }
    plain
}

/// The day that a spreadsheet keeps as a number: days since 30 December 1899 (ECMA-376, part 1, 18.17.4.1). Smaller numbers are years.
fn day(number: &str) -> Option<String> {
    let days = number.trim().parse::<f64>().ok().filter(|days| (2_101.0..60_000.0).contains(days))?;
    let first = jiff::civil::date(1899, 12, 30);
    #[allow(clippy::cast_possible_truncation, reason = "it is within bounds")]
    let days = jiff::Span::new().try_days(days as i64).ok()?;
    Some(first.checked_add(days).ok()?.to_string())
}

/// The number of a column from its letters: `B7` is in column 2.
fn column(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).take(4);
    letters.fold(None, |sum, letter| Some(sum.unwrap_or(0) * 26 + usize::from(letter - b'A') + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_day() {
        assert_eq!(day("18324").as_deref(), Some("1950-03-02"));
        assert_eq!(day("18324.5").as_deref(), Some("1950-03-02"));
        assert_eq!(day("1950"), None);
        assert_eq!(day("13812345678"), None);
        assert_eq!(day("甲"), None);
    }
}
