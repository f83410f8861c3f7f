//! Numbers of persons: identity, bank card, mobile telephone.

use std::ops::Range;

use super::digits::{self, Gap, Group};
use super::label::{self, Label};
use super::name;
use super::{Found, Sort};

/// Fewest and most digits of a number that is looked at.
const LENGTHS: Range<usize> = 11..20;
/// Words in Latin letters after which a mobile number may follow without a space.
const PHONE_WORDS: [&str; 14] = [
    "tel", "phone", "mobile", "mobi", "mob", "cell", "sms", "wx", "vx", "wechat", "weixin", "whatsapp", "shouji",
    "dianhua",
];
/// Units of measure and currencies: a number before them is an amount.
const UNITS: [&str; 22] = [
    "元", "万", "亿", "人", "次", "册", "米", "吨", "平方", "公里", "千", "字", "条", "份", "度", "点", "％", "%",
    "㎡", "美元", "欧元", "km",
];

/// Adds the numbers of persons among the groups of digits of a text.
pub(super) fn find(text: &str, groups: &[Group], found: &mut Vec<Found>) {
    let mut start = 0;
    while start < groups.len() {
        let length = groups[start + 1..].iter().take_while(|group| group.gap != Gap::Break).count() + 1;
        let cluster = &groups[start..start + length];
        start += length;
        if cluster.iter().map(|group| group.count).sum::<usize>() >= LENGTHS.start {
            of_cluster(text, cluster, found);
        }
    }
}

fn of_cluster(text: &str, cluster: &[Group], found: &mut Vec<Found>) {
    let mut first = 0;
    while first < cluster.len() {
        // The longest first: an identity number may begin like a mobile number.
        let mut ends = Vec::new();
        let mut total = 0;
        for (last, group) in cluster.iter().enumerate().skip(first) {
            total += group.count;
            if LENGTHS.contains(&total) && is_plausible(cluster, first, last) {
                ends.push(last);
            } else if total >= LENGTHS.end {
                break;
            }
        }
        let best = ends.into_iter().rev().find_map(|last| {
            let piece = Piece::new(text, cluster, first, last);
            piece.judge().map(|found| (found, last))
        });
        match best {
            Some((one, last)) => {
                found.push(one);
                first = last + 1;
            }
            None => first += 1,
        }
    }
}

/// Whether groups may be one number: a few of them, or digits one by one that nothing else of the kind follows. It spares long rows of
/// numbers a closer look at every part.
fn is_plausible(cluster: &[Group], first: usize, last: usize) -> bool {
    let single = |group: Option<&Group>| group.is_some_and(|group| group.count == 1);
    last - first < 6
        || (cluster[first..=last].iter().all(|group| group.count == 1)
            && !single(first.checked_sub(1).and_then(|at| cluster.get(at)))
            && !single(cluster.get(last + 1)))
}

/// Groups of digits that may be one number.
struct Piece<'a> {
    text: &'a str,
    /// The groups around it that may belong to the same number.
    cluster: &'a [Group],
    first: usize,
    last: usize,
    /// The digits in ASCII.
    digits: String,
    range: Range<usize>,
}

impl<'a> Piece<'a> {
    fn new(text: &'a str, cluster: &'a [Group], first: usize, last: usize) -> Self {
        let range = cluster[first].start..cluster[last].end;
        Self { text, cluster, first, last, digits: digits::ascii(text, range.clone()), range }
    }

    fn judge(&self) -> Option<Found> {
        if self.gaps().any(|gap| matches!(gap, Gap::Slash | Gap::Comma)) {
            // Slashes and commas part numbers, but for the three parts of an identity number, or of a telephone that is called one.
            return match self.sizes()[..] {
                [6, 8, 3 | 4] => self.identity(),
                [3, 4, 4] | [3, 8] if self.label() == Label::Private => self.mobile(),
                _ => None,
            };
        }
        self.identity().or_else(|| self.card()).or_else(|| self.old_identity()).or_else(|| self.mobile())
    }

    fn found(&self, sort: Sort, value: &str) -> Found {
        Found { range: self.range.clone(), sort, value: value.to_owned() }
    }

    fn sizes(&self) -> Vec<usize> {
        self.cluster[self.first..=self.last].iter().map(|group| group.count).collect()
    }

    /// The gaps inside the number.
    fn gaps(&self) -> impl Iterator<Item = Gap> {
        self.cluster[self.first + 1..=self.last].iter().map(|group| group.gap)
    }

    /// The gap to the group before the number, if that may belong to it.
    fn gap_before(&self) -> Option<Gap> {
        (self.first > 0).then(|| self.cluster[self.first].gap)
    }

    /// The gap to the group after the number, if that may belong to it.
    fn gap_after(&self) -> Option<Gap> {
        self.cluster.get(self.last + 1).map(|group| group.gap)
    }

    /// What the words before say of the number. A word that another number or a name follows is about that: `工号 103 张三`.
    fn label(&self) -> Label {
        let said = label::said(self.text, self.range.start);
        let is_own = || match self.gap_before() {
            None | Some(Gap::Break | Gap::Comma) => true,
            Some(Gap::Space) => self.first == self.last,
            Some(Gap::None | Gap::Hyphen | Gap::Dot | Gap::Slash) => false,
        };
        let is_spent = matches!(said.label, Label::Other | Label::Organisation)
            && is_own()
            && (said.between.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
                || label::ends_in_name(&said.between));
        if is_spent { Label::None } else { said.label }
    }

    /// What a reader sees before the number.
    fn before(&self) -> impl Iterator<Item = char> {
        self.text[..self.range.start].chars().rev().filter(|c| !digits::is_unseen(*c) && !digits::is_mark(*c))
    }

    /// What a reader sees after byte `at`.
    fn after(&self, at: usize) -> impl Iterator<Item = char> {
        self.text[at..].chars().filter(|c| !digits::is_unseen(*c) && !digits::is_mark(*c))
    }

    /// An identity number of 18 places (GB 11643): region, day of birth, order, check digit.
    fn identity(&self) -> Option<Found> {
        let (mut value, mut end) = (self.digits.clone(), self.range.end);
        if value.len() == 17 {
            let rest = &self.text[end..];
            let skipped = rest.trim_start_matches(|c: char| {
                digits::is_unseen(c) || digits::is_mark(c) || digits::is_space(c) || digits::is_hyphen(c)
            });
            let mark = skipped.chars().next().filter(|c| digits::is_check_mark(*c))?;
            if rest.len() - skipped.len() > 8 {
                return None;
            }
            end += rest.len() - skipped.len() + mark.len_utf8();
            value.push('X');
        }
        if value.len() != 18 || self.goes_on(end) || !is_region(&value) || !is_day(&value[6..14]) || self.is_fraction()
        {
            return None;
        }
        let label = self.label();
        if label == Label::Organisation || !(checks(&value) || (label != Label::Other && self.is_rounded())) {
            return None;
        }
        Some(Found { range: self.range.start..end, sort: Sort::Identity, value })
    }

    /// Whether it stands behind a decimal point: 0.346281197201011416. What stands behind another digit is an item of a list.
    fn is_fraction(&self) -> bool {
        let before = self.first.checked_sub(1).map(|at| &self.cluster[at]);
        self.gap_before() == Some(Gap::Dot)
            && before.is_some_and(|group| digits::ascii(self.text, group.start..group.end) == "0")
    }

    /// Whether a code goes on after byte `at`. A name may follow: `370102199003074519zhang.jpg`.
    fn goes_on(&self, at: usize) -> bool {
        let word: String = self.after(at).take_while(char::is_ascii_alphanumeric).take(12).collect();
        let is_inside = self.before().next().is_some_and(|c| c.is_ascii_alphabetic());
        !word.is_empty() && (is_inside || word.len() < 2 || word.bytes().any(|byte| byte.is_ascii_digit()))
    }

    /// Whether a spreadsheet kept the first 15 places of an identity number, which tell the place and day of birth.
    fn is_rounded(&self) -> bool {
        self.first == self.last && self.digits.ends_with("000") && &self.digits[6..10] <= "2020"
    }

    /// An identity number of 15 places, as issued until 1999: region, day of birth with two digits of the year, order.
    fn old_identity(&self) -> Option<Found> {
        let day = || format!("19{}", &self.digits[6..12]);
        if self.digits.len() != 15 || self.is_code() || self.in_address() || !is_region(&self.digits) || !is_day(&day())
        {
            return None;
        }
        let fits = match self.label() {
            Label::Private => true,
            Label::Organisation | Label::Other => false,
            // Whoever has such a number was an adult before 1999.
            Label::None => self.alone() && &self.digits[6..8] >= "15",
        };
        fits.then(|| self.found(Sort::Identity, &self.digits))
    }

    /// A bank card: 16 to 19 digits with Luhn's check digit (ISO/IEC 7812), of an issuer that exists.
    fn card(&self) -> Option<Found> {
        let length = self.digits.len();
        if !(15..=19).contains(&length) || self.is_code() || self.in_address() || !luhn(&self.digits) {
            return None;
        }
        let label = self.label();
        if matches!(label, Label::Other | Label::Organisation) {
            return None;
        }
        let labelled = label == Label::Private && length >= 16;
        let sizes = self.sizes();
        let (last, head) = sizes.split_last()?;
        let plain = head.is_empty()
            || (head.iter().all(|size| *size == 4) && *last <= 4)
            || matches!(sizes[..], [6, _] | [4, 6, 5] | [4, 4, 8] | [8, 8])
            || sizes.iter().all(|size| *size == 1);
        if (labelled || (is_issuer(&self.digits) && plain)) && self.alone() {
            return Some(self.found(Sort::Card, &self.digits));
        }
        None
    }

    /// A mobile telephone number: 11 digits from 13 on, with or without the country's code or a leading zero.
    fn mobile(&self) -> Option<Found> {
        let mut sizes = self.sizes();
        let mut bare = self.digits.as_str();
        for code in ["0086", "86", "0"] {
            if bare.len() == 11 + code.len() && bare.starts_with(code) {
                bare = &bare[code.len()..];
                sizes[0] -= code.len();
                sizes.retain(|size| *size > 0);
            }
        }
        if bare.len() != 11 || !matches!(bare.as_bytes()[..2], [b'1', b'3'..=b'9']) {
            return None;
        }
        if self.is_code() || self.in_address() || self.is_amount() {
            return None;
        }
        let label = self.label();
        if matches!(label, Label::Other | Label::Organisation)
            || (!self.is_mobile_shape(&sizes) && label != Label::Private)
        {
            return None;
        }
        // Numbers below each other are a column.
        let written = &self.text[self.range.clone()];
        if label != Label::Private && written.matches('\n').count() > 1 {
            return None;
        }
        // 豫ICP备13812345678号: the number of a paper.
        let rest = self.text[self.range.end..].trim_start_matches(digits::is_space);
        if label != Label::Private && rest.strip_prefix('号').is_some_and(|rest| !rest.starts_with('码')) {
            return None;
        }
        // A segment that nobody was given is a telephone only where the text says so.
        let grouped = sizes.len() > 1;
        if !is_segment(bare) && !grouped && label != Label::Private {
            return None;
        }
        Some(self.found(Sort::Mobile, bare))
    }

    /// Whether groups of these sizes look like a mobile number.
    fn is_mobile_shape(&self, sizes: &[usize]) -> bool {
        let single = sizes.len() == 1;
        let usual = matches!(sizes, [3, 4, 4] | [3, 8] | [7, 4] | [3, 3, 5] | [4, 4, 3] | [4, 3, 4])
            || sizes.iter().all(|size| *size == 1)
            || self.is_in_pairs(sizes);
        let dotted = self.gaps().any(|gap| gap == Gap::Dot);
        let even = !dotted || (matches!(sizes, [3, 4, 4]) && self.gaps().all(|gap| gap == Gap::Dot));
        let beside = |gap: Option<Gap>, group: Option<&Group>| match (gap, group) {
            (None | Some(Gap::None | Gap::Slash | Gap::Comma | Gap::Break), _) | (_, None) => true,
            (Some(Gap::Dot), _) => false,
            // A table of numbers, whose groups are of one size.
            (Some(Gap::Space), Some(group)) => single || group.count != 4,
            // A date, a serial number or another telephone may be joined by a hyphen; a part of a longer code is of another size.
            (Some(Gap::Hyphen), Some(group)) => single && matches!(group.count, 1..=3 | 8 | 11),
        };
        let before = beside(self.gap_before(), self.first.checked_sub(1).map(|at| &self.cluster[at]));
        let after = beside(self.gap_after(), self.cluster.get(self.last + 1));
        (single || usual) && even && before && after
    }

    /// Whether a number is split as it is dictated, `138 12 34 56 78`, and no other number stands beside it: counts would be written so too.
    fn is_in_pairs(&self, sizes: &[usize]) -> bool {
        let dictated = matches!(
            sizes,
            [3, 2, 2, 2, 2] | [3, 2, 2, 4] | [3, 4, 2, 2] | [3, 3, 3, 2] | [3, 2, 3, 3] | [3, 2, 4, 2] | [5, 2, 2, 2]
        );
        let is_alone = |gap: Option<Gap>| matches!(gap, None | Some(Gap::Slash | Gap::Comma | Gap::Break));
        let mut gaps = self.gaps();
        let first = gaps.next();
        dictated
            && gaps.all(|gap| Some(gap) == first)
            && is_alone(self.gap_before())
            && is_alone(self.gap_after())
            && is_segment(&self.digits)
            && !self.text[self.range.clone()].contains('\n')
    }

    /// Whether no group that may belong to the number stands beside it.
    fn alone(&self) -> bool {
        let free = |gap: Option<Gap>| match gap {
            None | Some(Gap::Slash | Gap::Comma | Gap::Break) => true,
            Some(Gap::Space) => self.first == self.last,
            Some(Gap::Hyphen | Gap::Dot | Gap::None) => false,
        };
        free(self.gap_before()) && free(self.gap_after())
    }

    /// Whether Latin letters make it a part of a code, such as `DD-13812345678` or a hash.
    fn is_code(&self) -> bool {
        let behind: String = self.after(self.range.end).take_while(|c| is_of_name(*c)).take(name::REACH).collect();
        if behind.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_word_of_person(&behind) {
            return true;
        }
        let before: Vec<char> = self.before().take_while(|c| is_of_name(*c)).take(name::REACH).collect();
        let before: String = before.into_iter().rev().collect();
        let word = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let hyphened = word.strip_suffix(digits::is_hyphen).unwrap_or(word);
        let is_part = word.len() == before.len() && hyphened.ends_with(|c: char| c.is_ascii_alphabetic());
        is_part && !is_word_of_person(hyphened)
    }

    /// Whether it is a part of a web address, other than the value of a parameter that is named as a telephone.
    fn in_address(&self) -> bool {
        let ends = |c: char| !c.is_ascii_graphic() || matches!(c, '"' | '<' | '>' | '(' | ')' | '\'' | '|');
        let before: String = self.text[..self.range.start].chars().rev().take(300).take_while(|c| !ends(*c)).collect();
        let before: String = before.chars().rev().collect::<String>().to_lowercase();
        if !before.contains("://") && !before.starts_with("www.") && !before.starts_with("//") {
            return false;
        }
        let name = before.trim_end_matches(['=', ':', '/']);
        !PHONE_WORDS.iter().any(|word| name.ends_with(word))
    }

    /// Whether it is an amount: of money, or of what is measured.
    fn is_amount(&self) -> bool {
        let before = self.before().find(|c| !digits::is_space(*c));
        let rest = self.text[self.range.end..].trim_start_matches(digits::is_space);
        before.is_some_and(|c| matches!(c, '¥' | '￥' | '$' | '€' | '〔' | '第'))
            || UNITS.iter().any(|unit| rest.starts_with(unit))
    }
}

/// Whether a character may stand in a name in Latin letters.
fn is_of_name(c: char) -> bool {
    c.is_ascii_alphabetic() || digits::is_hyphen(c)
}

/// Whether letters beside a number say that it is a telephone, or whose: `tel`, `zhang-san`.
fn is_word_of_person(letters: &str) -> bool {
    let word = |word: &str| PHONE_WORDS.contains(&word.to_ascii_lowercase().as_str());
    letters.split(digits::is_hyphen).next_back().is_some_and(word)
        || letters.split(digits::is_hyphen).next().is_some_and(word)
        || name::is_name(letters)
}

/// Whether a number begins with the code of a region: a province that exists, and a city.
fn is_region(number: &str) -> bool {
    let province = matches!(
        &number[..2],
        "11" | "12"
            | "13"
            | "14"
            | "15"
            | "21"
            | "22"
            | "23"
            | "31"
            | "32"
            | "33"
            | "34"
            | "35"
            | "36"
            | "37"
            | "41"
            | "42"
            | "43"
            | "44"
            | "45"
            | "46"
            | "50"
            | "51"
            | "52"
            | "53"
            | "54"
            | "61"
            | "62"
            | "63"
            | "64"
            | "65"
            | "71"
            | "81"
            | "82"
            | "83"
    );
    province && (&number[2..4] != "00" || number.starts_with('8') || number.starts_with('7'))
}

/// Whether eight digits are a day on which a living person can be born.
fn is_day(day: &str) -> bool {
    let part = |range: Range<usize>| day[range].parse::<u16>().unwrap_or_default();
    super::birth::is_birth(part(0..4), part(4..6), part(6..8))
}

/// The check digit of GB 11643: ISO 7064, MOD 11-2.
fn checks(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = number.chars().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    number.chars().nth(17) == "10X98765432".chars().nth((sum % 11) as usize)
}

/// Luhn's check digit (ISO/IEC 7812-1).
fn luhn(number: &str) -> bool {
    let digits = number.chars().rev().filter_map(|c| c.to_digit(10)).enumerate();
    let sum: u32 = digits
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10) && number.bytes().any(|byte| byte != b'0')
}

/// Whether cards of this length with this beginning are issued: `UnionPay`, Visa, Mastercard, JCB, American Express.
fn is_issuer(number: &str) -> bool {
    let head: u32 = number[..4].parse().unwrap_or_default();
    match number.len() {
        15 => matches!(head / 100, 34 | 37),
        16 => matches!(head, 6200..=6299 | 4000..=4999 | 5100..=5599 | 2221..=2720 | 3528..=3589),
        17..=19 => matches!(head, 6200..=6299),
        _ => false,
    }
}

/// Whether the segment of a mobile number was given to an operator (2026).
fn is_segment(number: &str) -> bool {
    let [_, second, third, ..] = number.as_bytes() else { return false };
    match second {
        b'3' | b'8' => true,
        b'4' => !matches!(third, b'2' | b'3'),
        b'6' => matches!(third, b'2' | b'5' | b'6' | b'7'),
        b'7' => *third != b'9',
        b'5' | b'9' => *third != b'4',
        _ => false,
    }
}
