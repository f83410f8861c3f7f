//! Text of documents in RTF, as office programs still write them under the name of a document.

use super::{Reader, plain};
use crate::diag::catalogue::Part;

/// Destinations that hold no text: fonts, colours, styles, pictures, embedded data.
const SKIPPED: [&str; 8] =
    ["fonttbl", "colortbl", "stylesheet", "pict", "objdata", "themedata", "datastore", "colorschememapping"];

pub(super) fn read(bytes: &[u8], reader: &mut Reader) {
    let text = text(bytes);
    reader.text(&Part::Text, &text);
}

/// The text between the control words (Rich Text Format 1.9.1). Bytes are in GB 18030, as Chinese programs write them.
fn text(bytes: &[u8]) -> String {
    let (mut text, mut pending) = (String::new(), Vec::new());
    let (mut depth, mut skipped) = (0_usize, None);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => depth += 1,
            b'}' => {
                if skipped == Some(depth) {
                    skipped = None;
                }
                depth = depth.saturating_sub(1);
            }
            b'\\' => {
                let control = Control::read(&bytes[at..]);
                at += control.length;
                match control.word {
                    _ if skipped.is_some() => {}
                    word if SKIPPED.contains(&word) => skipped = Some(depth),
                    "'" => pending.extend(control.number.and_then(|byte| u8::try_from(byte).ok())),
                    "u" => {
                        flush(&mut pending, &mut text);
                        let code =
                            control.number.map(|code| u32::try_from(code.rem_euclid(0x1_0000)).unwrap_or_default());
                        text.extend(code.and_then(char::from_u32));
                        at += fallback(&bytes[at..]);
                    }
                    word @ ("par" | "line" | "row" | "cell" | "tab" | "sect" | "page" | "title" | "subject"
                    | "header" | "footer" | "footnote" | "annotation") => {
                        flush(&mut pending, &mut text);
                        text.push(if matches!(word, "cell" | "tab") { '\t' } else { '\n' });
                    }
                    word @ ("{" | "}" | "\\") => pending.extend(word.bytes()),
                    "~" => pending.push(b' '),
                    "_" => pending.push(b'-'),
                    _ => {}
                }
            }
            b'\r' | b'\n' => {}
            byte if skipped.is_none() => pending.push(*byte),
            _ => {}
        }
    }
    flush(&mut pending, &mut text);
    text
}

/// A control word or sign after its backslash.
struct Control<'b> {
    word: &'b str,
    number: Option<i64>,
    /// The bytes that it takes.
    length: usize,
}

impl<'b> Control<'b> {
    fn read(bytes: &'b [u8]) -> Self {
        let letters = bytes.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = |length: usize| std::str::from_utf8(&bytes[..length]).unwrap_or_default();
        if letters == 0 {
            let length = bytes.len().min(1);
            if bytes.first() != Some(&b'\'') {
                return Self { word: word(length), number: None, length };
            }
            let hex = bytes.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
            let number = hex.and_then(|hex| i64::from_str_radix(hex, 16).ok());
            return Self { word: word(1), number, length: if number.is_some() { 3 } else { 1 } };
        }
        let sign = usize::from(bytes.get(letters) == Some(&b'-'));
        let digits = bytes[letters + sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let end = if digits > 0 { letters + sign + digits } else { letters };
        let number = std::str::from_utf8(&bytes[letters..end]).ok().and_then(|number| number.parse().ok());
        Self { word: word(letters), number, length: end + usize::from(bytes.get(end) == Some(&b' ')) }
    }
}

/// The length of what old programs show instead of a character.
fn fallback(bytes: &[u8]) -> usize {
    match bytes {
        [b'\\', b'\'', _, _, ..] => 4,
        [b'\\' | b'{' | b'}', ..] | [] => 0,
        _ => 1,
    }
}

fn flush(pending: &mut Vec<u8>, text: &mut String) {
    text.push_str(&plain::decoded(pending));
    pending.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_across_control_words() {
        let check = |rich: &[u8], said: &str| assert_eq!(text(rich), said, "{}", String::from_utf8_lossy(rich));
        check(br"{\rtf1\ansi{\fonttbl{\f0 Song 123;}}\f0\fs24 138\b 1234\b0 5678\par end}", "13812345678\nend");
        check(br"{\rtf1 \u30005?\u35805?\'b5\'e7 \{1\}}", "\u{7535}\u{8bdd}\u{7535} {1}");
        check(br"{\rtf1 {\pict 0102ff}a\u-10179\'3f", "a");
        check(b"{\\rtf1\\", "");
    }
}
