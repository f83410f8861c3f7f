//! Files that are written within a text as `data:` addresses, as styles and pages have them.

use base64::Engine as _;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// Letters of base64, with `=` at the end or not, and bits to spare in the last letter or none.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent).with_decode_allow_trailing_bits(true),
);
const MARK: &[u8] = b";base64,";

/// The files in a text, as far as they can be read.
pub fn parts(text: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    memchr::memmem::find_iter(text, MARK).filter_map(|at| {
        let rest = &text[at + MARK.len()..];
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        // Long addresses are broken into lines, in styles behind a backslash.
        let is_part = |byte: &u8| is_letter(byte) || byte.is_ascii_whitespace() || *byte == b'\\';
        let length = rest.iter().take_while(|byte| is_part(byte)).count();
        let letters: Vec<u8> = rest[..length].iter().copied().filter(|byte| is_letter(byte)).collect();
        LENIENT.decode(letters).ok().filter(|file| !file.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_an_address_is_read_however_it_is_broken() {
        let check = |text: &str| assert_eq!(parts(text.as_bytes()).collect::<Vec<_>>(), [b"abcdef"], "{text}");
        check("a{background:url(data:image/png;base64,YWJjZGVm)}");
        check("\"data:image/png;base64,YWJj\\\n  ZGVm\"");
        check("data:;base64,YWJjZGVm");
        assert_eq!(parts(b"data:;base64,!").count(), 0);
    }
}
