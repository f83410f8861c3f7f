//! The text form of calendars (RFC 5545, 3.1): content lines, escaped and folded.

/// Octets of a line, at most, without its end.
const LIMIT: usize = 75;

/// Content lines, each ending in CRLF.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// Adds a line: a name, perhaps with parameters, and a value in its final form.
    pub fn line(&mut self, name: &str, value: &str) {
        fold(&mut self.0, &format!("{name}:{value}"));
    }

    /// Adds a line whose value is a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escape(text));
    }

    /// Adds finished lines.
    pub fn lines(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    /// The lines.
    pub fn finish(self) -> String {
        self.0
    }
}

/// A text as a value (RFC 5545, 3.3.11). What some readers take for the end of a line is one, other control characters are dropped.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.trim().chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Adds a line, folded between characters so that none of its parts is longer than [`LIMIT`] octets.
fn fold(lines: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LIMIT {
            lines.push_str("\r\n ");
            length = 1;
        }
        lines.push(c);
        length += c.len_utf8();
    }
    lines.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str) -> String {
        let mut lines = Lines::default();
        lines.text(name, text);
        let made = lines.finish();
        assert!(made.ends_with("\r\n"));
        for line in made.trim_end_matches("\r\n").split("\r\n") {
            assert!(line.len() <= LIMIT && !line.contains(['\r', '\n']), "{} {line}", line.len());
        }
        made.replace("\r\n ", "").trim_end().to_owned()
    }

    #[test]
    fn a_line_is_folded_between_characters_at_75_octets() {
        for text in ["学".repeat(500), format!("a{}", "学".repeat(500)), "𠀀é".repeat(200), "a".repeat(75)] {
            assert_eq!(check("SUMMARY", &text), format!("SUMMARY:{text}"));
        }
        let mut full = String::new();
        fold(&mut full, &"a".repeat(75));
        assert_eq!(full.matches("\r\n").count(), 1, "75 octets need no second line");
    }

    #[test]
    fn marks_are_escaped_and_no_character_breaks_a_line() {
        assert_eq!(check("DESCRIPTION", "甲;乙,丙\\丁\n戊"), "DESCRIPTION:甲\\;乙\\,丙\\\\丁\\n戊");
        assert_eq!(
            check("SUMMARY", "甲\r\n乙\u{b}\u{85}\u{2028}丙\0\tBEGIN:VALARM"),
            "SUMMARY:甲\\n乙\\n丙 BEGIN:VALARM"
        );
    }
}
