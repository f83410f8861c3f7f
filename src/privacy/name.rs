//! Names of persons in pinyin, as names of files have them: `zhang-san-13812345678.jpg`.

/// Most letters and hyphens that are looked at.
pub(super) const REACH: usize = 30;

/// The hundred surnames that most people have, as they are read.
const SURNAMES: &str = " wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang han feng deng \
                        cao peng zeng xiao tian dong yuan pan jiang cai yu du ye cheng su wei lv lyu ding ren shen yao lu fu zhong jin cui tan liao \
                        fan shi jia xia fang zou xiong bai meng qin qiu hou yin xue yan duan lei long shi tao he gu mao hao gong shao wan qian qu \
                        kong ";
const INITIALS: [&str; 23] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
    "w",
];
/// The longest first.
const FINALS: [&str; 33] = [
    "iang", "iong", "uang", "ang", "eng", "ong", "iao", "ian", "ing", "uai", "uan", "ai", "ei", "ao", "ou", "an", "en",
    "er", "ia", "ie", "iu", "in", "ua", "uo", "ui", "un", "ue", "a", "o", "e", "i", "u", "v",
];
/// What is no name, although it reads like one: papers, pictures, things.
const OTHERS: [&str; 26] = [
    "dingdan", "liushui", "yundan", "zhaopian", "tupian", "shipin", "luyin", "luxiang", "jietu", "tubiao", "wenjian",
    "wenhao", "weihao", "xuehao", "gonghao", "haoma", "fapiao", "shebei", "zhengshu", "shangpin", "line", "mange",
    "yanhao", "fangan", "shujuku", "liebiao",
];

/// Whether letters are a surname with a name of one or two characters behind it, or a long surname alone. Codes are in capitals.
pub(super) fn is_name(letters: &str) -> bool {
    let is_hyphen = |c: char| !c.is_ascii_alphabetic();
    let small = letters.to_ascii_lowercase();
    let together: String = small.chars().filter(char::is_ascii_alphabetic).collect();
    let parts: Vec<&str> = small.split(is_hyphen).filter(|part| !part.is_empty()).collect();
    if letters.bytes().all(|byte| !byte.is_ascii_lowercase()) || OTHERS.iter().any(|other| together.starts_with(other))
    {
        return false;
    }
    match parts[..] {
        [first] => (first.len() >= 4 && is_surname(first)) || is_full(first),
        [first, rest] => is_surname(first) && (1..=2).contains(&count(rest)),
        [first, second, third] => is_surname(first) && count(second) == 1 && count(third) == 1,
        _ => false,
    }
}

fn is_surname(part: &str) -> bool {
    SURNAMES.split(' ').any(|known| known == part && !known.is_empty())
}

/// Whether letters without a hyphen are a surname and what follows it.
fn is_full(letters: &str) -> bool {
    let surnames = SURNAMES.split(' ').filter(|name| !name.is_empty());
    surnames.filter_map(|name| letters.strip_prefix(name)).any(|rest| (1..=2).contains(&count(rest)))
}

/// How many syllables letters are, at least; 0 if they are none.
fn count(letters: &str) -> usize {
    // Each place that a row of syllables reaches, with their number.
    let mut reached = vec![None; letters.len() + 1];
    reached[0] = Some(0);
    for at in 0..letters.len() {
        let Some(number) = reached[at] else { continue };
        for length in syllables(&letters[at..]) {
            let there: &mut Option<usize> = &mut reached[at + length];
            *there = Some(there.map_or(number + 1, |known| known.min(number + 1)));
        }
    }
    reached[letters.len()].unwrap_or(0)
}

/// The lengths of the syllables with which letters begin.
fn syllables(letters: &str) -> impl Iterator<Item = usize> {
    let initial = INITIALS.iter().find(|initial| letters.starts_with(**initial)).map_or(0, |initial| initial.len());
    let rest = &letters[initial..];
    FINALS.iter().filter(move |last| rest.starts_with(**last)).map(move |last| initial + last.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words_for_things() {
        for name in ["zhang-san", "zhangsan", "ZhangSan", "li_si", "wang", "wang-xiao-ming", "chen-xiaoming"] {
            assert!(is_name(name), "{name}");
        }
        for other in
            ["DD", "IMG", "ZHANG", "img", "photo", "dingdan", "ding-dan", "zhaopian", "sha", "order", "li", "wxid"]
        {
            assert!(!is_name(other), "{other}");
        }
    }
}
