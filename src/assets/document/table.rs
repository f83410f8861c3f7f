//! Tables: a cell is read with the heading of its column, which may say what a number is.

use std::collections::HashMap;

use crate::privacy;

/// Rows in which headings are looked for.
const HEAD: usize = 6;
/// Most columns whose headings are kept.
const WIDTH: usize = 1_000;
/// Fewest digits in boxes that are read as a number.
const NUMBER: usize = 11;

/// The headings of a table that is read row by row.
#[derive(Debug, Default)]
pub(super) struct Table {
    headings: HashMap<usize, String>,
    /// The heading that was read last, with its row: in a form what it names stands beside it.
    beside: Option<(usize, String)>,
    /// Digits in cells of their own that follow each other in a row, as in the boxes of a form.
    boxes: (usize, String),
    /// The current row and column, from zero.
    pub row: usize,
    pub column: usize,
}

impl Table {
    /// The text of a cell as it is to be read: with the heading beside it or above it, or with the digits of the cells before it.
    pub fn cell(&mut self, row: usize, column: usize, text: &str) -> Option<String> {
        if privacy::is_heading(text) {
            self.beside = Some((row, text.trim().to_owned()));
            if row < HEAD && column < WIDTH {
                self.headings.insert(column, text.trim().to_owned());
            }
            return None;
        }
        if let Some(number) = self.in_boxes(row, text) {
            return Some(number);
        }
        self.heading(row, column).map(|heading| format!("{heading}：{text}"))
    }

    /// What a cell is called beside it or above it.
    pub fn heading(&self, row: usize, column: usize) -> Option<&str> {
        let beside = self.beside.as_ref().filter(|(there, _)| *there == row).map(|(_, heading)| heading);
        beside.or_else(|| self.headings.get(&column)).map(String::as_str)
    }

    fn in_boxes(&mut self, row: usize, text: &str) -> Option<String> {
        let text = text.trim();
        if text.len() != 1 || !text.starts_with(|c: char| c.is_ascii_digit() || c == 'X') || self.boxes.0 != row {
            self.boxes = (row, String::new());
        }
        if text.len() == 1 {
            self.boxes.1.push_str(text);
        }
        (self.boxes.1.len() >= NUMBER).then(|| self.boxes.1.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_with_what_stands_beside_it_or_above_it() {
        let mut table = Table::default();
        let said = |table: &mut Table, row, column, text| table.cell(row, column, text);
        assert_eq!(said(&mut table, 0, 0, "姓名"), None);
        assert_eq!(said(&mut table, 0, 1, "住址"), None);
        assert_eq!(said(&mut table, 1, 1, "文化路12号").as_deref(), Some("住址：文化路12号"));
        assert_eq!(said(&mut table, 9, 2, "出生日期"), None);
        assert_eq!(said(&mut table, 9, 3, "1950-03-02").as_deref(), Some("出生日期：1950-03-02"));
        assert_eq!(said(&mut table, 10, 3, "1950-03-02"), None);
    }

    #[test]
    fn digits_in_boxes_are_one_number() {
        let mut table = Table::default();
        let read: Vec<Option<String>> =
            "13812345678".chars().enumerate().map(|(column, c)| table.cell(0, column, &c.to_string())).collect();
        assert_eq!(read.last().cloned().flatten().as_deref(), Some("13812345678"));
        assert!(read[..10].iter().all(Option::is_none));
        assert_eq!(table.cell(1, 0, "9"), None);
    }
}
