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

/// A cell in which nothing runs. A negative number stays one.
pub fn inert(cell: &str) -> String {
    // Some programs drop what cannot be seen before they look at the first mark.
    let shown =
        cell.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}'));
    let is_formula =
        cell.starts_with(['\t', '\r', '\n']) || shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula && !is_negative_number(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Whether a text is `-2.5` or its like: neither `-inf` nor a telephone number abroad.
fn is_negative_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.strip_prefix('-').unwrap_or_default();
    let (whole, rest) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    digits(whole) && rest.is_none_or(digits)
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

    #[test]
    fn whatever_a_program_may_take_for_a_formula_is_inert() {
        for cell in [
            "=1+1",
            "+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{feff}=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "-inf",
            "+8613800000000",
            "-",
            "-1.",
            "-0x1",
            "-1e5",
        ] {
            assert_eq!(inert(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "-2.5", "-3", "0", "一=二", "a@b.example", "1-2", "甲－乙", "\u{a0}甲"] {
            assert_eq!(inert(cell), cell, "{cell:?}");
        }
    }
}
