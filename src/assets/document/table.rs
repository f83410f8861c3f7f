//! Tables: a cell is read with the heading of its column, which may say what a number is.

use std::collections::HashMap;

use crate::privacy;

/// Rows in which headings are looked for.
const HEAD: usize = 6;
/// Most columns whose headings are kept.
const WIDTH: usize = 1_000;

/// The headings of a table that is read row by row.
#[derive(Debug, Default)]
pub(super) struct Table {
    headings: HashMap<usize, String>,
    /// The current row and column, from zero.
    pub row: usize,
    pub column: usize,
}

impl Table {
    /// The text of a cell as it is to be read: with the heading of its column.
    pub fn cell(&mut self, row: usize, column: usize, text: &str) -> Option<String> {
        if row < HEAD && column < WIDTH && privacy::is_heading(text) {
            self.headings.insert(column, text.trim().to_owned());
            return None;
        }
        self.headings.get(&column).map(|heading| format!("{heading}：{text}"))
    }
}
