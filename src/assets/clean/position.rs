//! Whether bytes that are published as they are tell where a photo or a film was taken: EXIF, XMP, and what phones write into films. Found
//! by its own marks, in whatever it is packed.

/// Most entries of a directory that are read.
const ENTRY_LIMIT: usize = 200;
/// Tags of EXIF 2.3: the directory of positions, and in it latitude and longitude.
const POSITIONS: usize = 0x8825;
const LATITUDE: usize = 2;
const LONGITUDE: usize = 4;

/// Whether anything in the bytes tells a position.
pub fn is_told(bytes: &[u8]) -> bool {
    let found = |mark: &'static [u8]| memchr::memmem::find_iter(bytes, mark);
    // The head of the TIFF inside of EXIF, in both orders of bytes, with its directory behind it.
    found(b"II*\0\x08\0\0\0").any(|at| exif(&bytes[at..], true))
        || found(b"MM\0*\0\0\0\x08").any(|at| exif(&bytes[at..], false))
        || found(b"GPSLatitude").any(|at| has_digit(&bytes[at + 11..]))
        || found(b"\xa9xyz").any(|at| matches!(bytes.get(at + 8..at + 10), Some([b'+' | b'-', b'0'..=b'9'])))
        || found(b"location.ISO6709").next().is_some()
}

/// Whether a number follows within an XMP value: `="31,13.8N"`, `>31,13.8N`.
fn has_digit(rest: &[u8]) -> bool {
    rest.iter().take(4).any(u8::is_ascii_digit)
}

/// Whether the first directory has positions that are no empty ones.
fn exif(tiff: &[u8], is_little: bool) -> bool {
    let number = |at: usize, width: usize| -> Option<usize> {
        let bytes = tiff.get(at..at.checked_add(width)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if is_little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    };
    let entries = |directory: usize| {
        let count = number(directory, 2).unwrap_or(0).min(ENTRY_LIMIT);
        (0..count).filter_map(move |nth| {
            let at = directory + 2 + nth * 12;
            Some((number(at, 2)?, number(at + 8, 4)?))
        })
    };
    let positions = entries(8).find(|(tag, _)| *tag == POSITIONS).map(|(_, at)| at);
    positions.is_some_and(|at| {
        // Degrees, minutes and seconds; phones that know no position write zeros.
        entries(at).any(|(tag, value)| {
            matches!(tag, LATITUDE | LONGITUDE) && tiff.get(value..value + 24).is_some_and(is_somewhere)
        })
    })
}

fn is_somewhere(fractions: &[u8]) -> bool {
    fractions.chunks_exact(8).any(|fraction| fraction[..4] != [0; 4])
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// EXIF that says where, as a phone writes it.
    pub fn exif_with_position(latitude: u32) -> Vec<u8> {
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
        };
        let first = [&1_u16.to_le_bytes()[..], &entry(0x8825, 4, 1, 26), &[0; 4]].concat();
        let gps = [&1_u16.to_le_bytes()[..], &entry(2, 5, 3, 44), &[0; 4]].concat();
        let degrees: Vec<u8> = [latitude, 1, 0, 1, 0, 1].iter().flat_map(|number| number.to_le_bytes()).collect();
        [b"II*\0\x08\0\0\0".as_slice(), &first, &gps, &degrees].concat()
    }

    #[test]
    fn a_position_is_found_wherever_it_lies() {
        let check = |bytes: &[u8], is: bool| assert_eq!(is_told(&[b"%PDF-1.7 ", bytes].concat()), is, "{bytes:?}");
        check(&[b"Exif\0\0".as_slice(), &exif_with_position(31)].concat(), true);
        check(&exif_with_position(0), false);
        check(&exif_with_position(31)[..50], false);
        check(b"II*\0\x08\0\0\0\xff\xff", false);
        check(b"<exif:GPSLatitude>31,13.8N</exif:GPSLatitude>", true);
        check(b"exif:GPSLatitude=\"31,13.8N\"", true);
        check(b"GPSLatitudeRef", false);
        check(b"\xa9xyz\0\x12\x15\xc7+31.2304+121.4737/", true);
        check(b"\xa9xyz", false);
    }
}
