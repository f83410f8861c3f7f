//! Films in Matroska and `WebM` (RFC 9559): tags, attachments, names, programs and dates are overwritten in place by elements that mean nothing.

/// Elements whose children are looked at. Ids are unique, so that the tree can be read as one sequence.
const OPENED: [u32; 5] = [0x1853_8067, 0x1f43_b675, 0x1549_a966, 0x1654_ae6b, 0xae];
/// Of those, the ones that may be without a length: a recording that goes on, and a part of it.
const ENDLESS: [u32; 2] = [OPENED[0], OPENED[1]];
/// `Tags`, `Attachments`, `DateUTC`, and the sums over what is changed.
const DROPPED: [u32; 4] = [0x1254_c367, 0x1941_a469, 0x4461, 0xbf];
/// Texts that become empty: title, programs, names of files and of tracks; and what `Void` holds.
const BLANKED: [u32; 8] = [0x7ba9, 0x4d80, 0x5741, 0x7384, 0x3c_83ab, 0x3e_83bb, 0x536e, 0xec];
const VOID: u8 = 0xec;

/// The film without what it says about its making, in as many bytes; `None` if it is broken.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let (id, id_length) = number(bytes, at, 4)?;
        let (size, size_length) = number(bytes, at + id_length, 8)?;
        let id = u32::try_from(id).ok()?;
        let payload = at + id_length + size_length;
        let size = size & !(1 << (7 * size_length));
        let is_endless = size == (1 << (7 * size_length)) - 1;
        if OPENED.contains(&id) && (!is_endless || ENDLESS.contains(&id)) {
            at = payload;
            continue;
        }
        let end = usize::try_from(size).ok().and_then(|size| payload.checked_add(size)).filter(|_| !is_endless)?;
        let is_told = DROPPED.contains(&id) || BLANKED.contains(&id);
        if end > bytes.len() {
            // A recording that was cut still plays.
            return (!is_told).then_some(out);
        }
        if DROPPED.contains(&id) {
            void(&mut out[at..end], id_length + size_length)?;
        } else if BLANKED.contains(&id) {
            out[payload..end].fill(0);
        }
        at = end;
    }
    Some(out)
}

/// A number whose first bit that is set says how many bytes it has, with that bit; and how many there are.
fn number(bytes: &[u8], at: usize, most: usize) -> Option<(u64, usize)> {
    let length = bytes.get(at)?.leading_zeros() as usize + 1;
    let bytes = bytes.get(at..at + length).filter(|_| length <= most)?;
    Some((bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), length))
}

/// Makes an element one that means nothing; `head` is the length of its id and size.
fn void(element: &mut [u8], head: usize) -> Option<()> {
    let width = (head - 1).min(8);
    let size = (element.len() - 1 - width) as u64 | 1 << (7 * width);
    element.fill(0);
    *element.first_mut()? = VOID;
    element.get_mut(1..=width)?.copy_from_slice(&size.to_be_bytes()[8 - width..]);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
        let size = (body.len() as u64 | 1 << 28).to_be_bytes();
        [id, &size[4..], body].concat()
    }

    #[test]
    fn tags_and_names_go_and_blocks_stay() {
        let info =
            [element(&[0x7b, 0xa9], b"WHO"), element(&[0x44, 0x61], &[7; 8]), element(&[0x2a, 0xd7, 0xb1], &[1])];
        let track = element(&[0xae], &[element(&[0xd7], &[1]), element(&[0x53, 0x6e], b"WHO")].concat());
        let parts = [
            element(&[0x15, 0x49, 0xa9, 0x66], &[element(&[0xbf], &[9; 4]), info.concat()].concat()),
            element(&[0x16, 0x54, 0xae, 0x6b], &track),
            element(&[0x12, 0x54, 0xc3, 0x67], &b"WHO".repeat(90)),
            element(&[0x19, 0x41, 0xa4, 0x69], b"WHO"),
            element(&[0xec], b"WHO"),
            element(&[0x1f, 0x43, 0xb6, 0x75], &element(&[0xa3], b"block")),
        ];
        let head = element(&[0x1a, 0x45, 0xdf, 0xa3], b"webm");
        let whole = [head.clone(), element(&[0x18, 0x53, 0x80, 0x67], &parts.concat())].concat();
        // A recording without lengths.
        let live = [
            head,
            b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff".to_vec(),
            parts[..5].concat(),
            b"\x1f\x43\xb6\x75\xff".to_vec(),
            element(&[0xa3], b"block"),
        ]
        .concat();
        for told in [whole, live] {
            let cleaned = clean(&told).expect("a film");
            assert_eq!(cleaned.len(), told.len());
            assert!(
                memchr::memmem::find(&cleaned, b"WHO").is_none() && memchr::memmem::find(&cleaned, &[7; 8]).is_none()
            );
            assert!(cleaned.ends_with(b"block") && memchr::memmem::find(&cleaned, b"webm").is_some());
            assert_eq!(clean(&cleaned), Some(cleaned.clone()));
            assert!(clean(&told[..told.len() - 2]).is_some());
        }
        assert_eq!(clean(&element(&[0x12, 0x54, 0xc3, 0x67], b"WHO")[..9]), None);
        assert_eq!(clean(&[0x1a, 0x45, 0xdf, 0xa3, 0xff]), None);
        assert_eq!(clean(&[0]), None);
    }
}
