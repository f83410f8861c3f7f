//! Tables for spreadsheets: comma-separated values as office programs in China open them.

/// A table: a head, and rows of as many cells.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Names of the columns.
    pub head: Vec<String>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// As RFC 4180 has it, in UTF-8 with a byte order mark, without which office programs take the text for GBK. A cell that a program would
    /// take for a formula begins with an apostrophe, so that nothing in it runs.
    pub fn csv(&self) -> String {
        let mut text = String::from('\u{feff}');
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(|cell| quoted(&inert(cell))).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text
    }
}

/// A cell in which nothing runs. A number with its sign stays one.
pub fn inert(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_can_run_nothing_and_holds_any_text() {
        let sheet = Sheet {
            head: vec!["单位".into(), "数值".into()],
            rows: vec![vec!["=1+1".into(), "-2.5".into()], vec!["甲,\"乙\"\n丙".into(), "@x".into()]],
        };
        assert_eq!(sheet.csv(), "\u{feff}单位,数值\r\n'=1+1,-2.5\r\n\"甲,\"\"乙\"\"\n丙\",'@x\r\n");
    }
}
