//! Numbers in Chinese numerals: counted, with tens and hundreds, or place by place, as years and rooms are written.

/// The digit that a numeral stands for, other than a ten or more.
pub fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// What a numeral multiplies the one before it by.
fn unit(c: char) -> Option<u32> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// Whether a character is a numeral below a hundred.
pub fn is_below_hundred(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '廿')
}

/// Whether a character is a numeral.
pub fn is_numeral(c: char) -> bool {
    is_below_hundred(c) || unit(c).is_some()
}

/// Numerals place by place, in ASCII: `〇五` is `05`.
pub fn places(numerals: &str) -> Option<String> {
    let digits: Option<String> = numerals.chars().map(|c| char::from_digit(digit(c)?, 10)).collect();
    digits.filter(|digits| !digits.is_empty())
}

/// A number that is counted, below ten thousand: one digit, or with tens, hundreds and thousands, of which each is smaller than the one
/// before it. The last may stand without its unit, as in 120 read shortly.
pub fn counted(numerals: &str) -> Option<u32> {
    let rest = numerals.strip_prefix('廿');
    let mut total = if rest.is_some() { 20 } else { 0 };
    let (mut number, mut last, mut skipped) = (None, if rest.is_some() { 10 } else { 10_000 }, false);
    for c in rest.unwrap_or(numerals).chars() {
        let Some(unit) = unit(c) else {
            let digit = digit(c).filter(|_| number.is_none())?;
            (number, skipped) = if digit == 0 { (None, true) } else { (Some(digit), skipped) };
            continue;
        };
        let times = number.take().or((unit == 10 && total == 0).then_some(1))?;
        if unit >= last {
            return None;
        }
        total += times * unit;
        (last, skipped) = (unit, false);
    }
    let is_short = !skipped && last < 10_000;
    total += number.unwrap_or(0) * if is_short { last / 10 } else { 1 };
    let is_zero = numerals.chars().eq(['零']) || numerals.chars().eq(['〇']);
    (total > 0 && !(skipped && number.is_none()) || is_zero).then_some(total)
}

/// A number that is counted, or else place by place.
pub fn value(numerals: &str) -> Option<u32> {
    counted(numerals).or_else(|| places(numerals)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_told_from_what_is_read_place_by_place() {
        for (written, number) in [
            ("一", Some(1)),
            ("零", Some(0)),
            ("两", Some(2)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十", Some(20)),
            ("九十九", Some(99)),
            ("廿三", Some(23)),
            ("廿", Some(20)),
            ("一百", Some(100)),
            ("两百", Some(200)),
            ("一百二", Some(120)),
            ("一百二十", Some(120)),
            ("一百零五", Some(105)),
            ("一百一十一", Some(111)),
            ("一千五百", Some(1500)),
            ("一千零五十", Some(1050)),
            ("", None),
            ("一二", None),
            ("二〇二六", None),
            ("十十", None),
            ("十百", None),
            ("百", None),
            ("一十百", None),
            ("二十零", None),
            ("甲", None),
        ] {
            assert_eq!(counted(written), number, "{written}");
        }
        assert_eq!(places("二〇二六").as_deref(), Some("2026"));
        assert_eq!(places("五零一").as_deref(), Some("501"));
        assert_eq!(places("十一"), None);
        assert_eq!(places(""), None);
    }
}
