//! Mails, and pages saved as one: texts and files that stand in them in letters of ASCII.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::{Reader, plain};
use crate::diag::catalogue::{Part, Unread};
use crate::source::boundary_before;

/// Mails inside of mails that are read.
const DEPTH: usize = 3;
/// Bytes of an encoded word: RFC 2047 allows 75, programs write longer ones.
const LONGEST_WORD: usize = 1000;

/// How a part is written.
#[derive(Clone, Copy)]
enum Way {
    Base64,
    QuotedPrintable,
}

/// Reads what the parts of a mail hold, and its encoded words. Other text is none of ours.
pub(super) fn read(text: &str, reader: &mut Reader) {
    if reader.depth == DEPTH {
        return reader.unread(Unread::Unknown);
    }
    reader.depth += 1;
    let mut way = None;
    let mut body: Option<String> = None;
    for line in text.lines().chain(["--"]) {
        match &mut body {
            Some(found) if line.starts_with("--") => {
                part(way, found, reader);
                (way, body) = (None, None);
            }
            Some(found) => {
                found.push_str(line);
                found.push('\n');
            }
            None if line.is_empty() && way.is_some() => body = Some(String::new()),
            None => way = way_of(line).or(way),
        }
    }
    words(text, reader);
    reader.depth -= 1;
}

/// How the part is written whose head holds a line.
fn way_of(line: &str) -> Option<Way> {
    const HEAD: &str = "content-transfer-encoding:";
    let value =
        line.get(..HEAD.len()).filter(|head| head.eq_ignore_ascii_case(HEAD)).map(|_| line[HEAD.len()..].trim())?;
    match value {
        _ if value.eq_ignore_ascii_case("base64") => Some(Way::Base64),
        _ if value.eq_ignore_ascii_case("quoted-printable") => Some(Way::QuotedPrintable),
        _ => None,
    }
}

fn part(way: Option<Way>, body: &str, reader: &mut Reader) {
    let bytes = match way {
        Some(Way::Base64) => base64(body),
        Some(Way::QuotedPrintable) => Some(quoted(body, false)),
        None => return,
    };
    match bytes {
        Some(bytes) => reader.file("", &bytes),
        None => reader.unread(Unread::Broken),
    }
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').collect();
    STANDARD_NO_PAD.decode(letters).ok()
}

/// `=E5=BC=A0`; in an encoded word a low line is a space.
fn quoted(text: &str, is_word: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let hex = || std::str::from_utf8(more.get(..2)?).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
        rest = match (first, hex()) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                &more[2..]
            }
            (b'=', None) if more.starts_with(b"\n") => &more[1..],
            (b'_', _) if is_word => {
                bytes.push(b' ');
                more
            }
            (byte, _) => {
                bytes.push(*byte);
                more
            }
        };
    }
    bytes
}

/// Words of the head, such as the subject: `=?utf-8?B?5byg5LiJ?=`. What goes on in the next is joined.
fn words(text: &str, reader: &mut Reader) {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        if !rest[..start].trim().is_empty() {
            bytes.push(b'\n');
        }
        rest = &rest[start + 2..];
        if let Some((word, length)) = word(&rest[..boundary_before(rest, LONGEST_WORD)]) {
            bytes.extend(word);
            rest = &rest[length..];
        }
    }
    if !bytes.is_empty() {
        reader.text(&Part::Text, &plain::decoded(&bytes));
    }
}

/// What an encoded word stands for, and where it ends. It begins with its charset.
fn word(text: &str) -> Option<(Vec<u8>, usize)> {
    let (charset, rest) = text.split_once('?')?;
    let (way, rest) = rest.split_once('?')?;
    let (data, _) = rest.split_once("?=")?;
    let bytes = match way {
        "B" | "b" => base64(data)?,
        "Q" | "q" => quoted(data, true),
        _ => return None,
    };
    Some((bytes, charset.len() + way.len() + data.len() + 4))
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, read};

    fn values(mail: &str) -> (Vec<String>, bool) {
        let Reading { found, unread, .. } = read("eml", mail.as_bytes());
        (found.into_iter().map(|(_, found)| found.value).collect(), unread.is_some())
    }

    #[test]
    fn what_a_mail_holds_is_read_however_it_is_written() {
        // The number is 13812345678.
        let body = "Subject: a\nContent-Transfer-Encoding: base64\n\n55S16K+dIDEzODEyMzQ1\nNjc4Cg==\n--x--\n";
        assert_eq!(values(body).0.len(), 1, "{body}");
        let quoted = "Content-Transfer-Encoding: quoted-printable\n\n=E7=94=B5=E8=AF=9D 1381234=\n5678\n";
        assert_eq!(values(quoted).0.len(), 1, "{quoted}");
        let subject =
            "Subject: =?utf-8?B?MTM4MTIzNA==?=\n =?UTF-8?Q?5678?=\nContent-Transfer-Encoding: base64\n\nYQ==\n";
        assert_eq!(values(subject).0.len(), 1, "{subject}");
        let clean =
            "Content-Transfer-Encoding: base64\n\nMDUzMi04NTMyMTIzNA==\n--x\nContent-Transfer-Encoding: 7bit\n\na\n";
        assert_eq!(values(clean), (Vec::new(), false));
        let broken = "Content-Transfer-Encoding: base64\n\n%%%%\n";
        assert_eq!(values(broken), (Vec::new(), true));
    }
}
