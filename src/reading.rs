//! How Han are read, in pinyin without tones: as part of a word where a list knows the word, else by themselves.
//!
//! `words.txt` and `surnames.txt` say where their readings come from. Where nothing is listed, the first reading of a character counts.

pub mod figure;
pub mod numeral;

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use pinyin::ToPinyin as _;
use unicode_normalization::UnicodeNormalization as _;

/// A character in half width and how it is read; `None` for what is no Han. `ü` is written so.
pub type Read = (char, Option<&'static str>);

/// Words by their first character, the longest first, each with its readings.
type Table = HashMap<char, Vec<(&'static str, &'static str)>>;

static WORDS: LazyLock<Table> = LazyLock::new(|| table(include_str!("reading/words.txt")));
static SURNAMES: LazyLock<Table> = LazyLock::new(|| table(include_str!("reading/surnames.txt")));

/// The readings of characters in words.
static IN_WORDS: LazyLock<HashMap<char, BTreeSet<&str>>> = LazyLock::new(|| {
    let mut readings: HashMap<char, BTreeSet<&str>> = HashMap::new();
    for (word, read) in WORDS.values().flatten() {
        for (c, reading) in word.chars().zip(read.split(' ')) {
            readings.entry(c).or_default().insert(reading);
        }
    }
    readings
});

/// What follows a surname where a title begins with somebody's name.
static ADDRESSED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("reading/surnames.txt").lines();
    lines.filter_map(|line| line.strip_prefix("= ")).flat_map(|words| words.split(' ')).collect()
});

/// How a text is read.
pub fn of_text(text: &str) -> Vec<Read> {
    let text = half_width(text);
    let named = surname(&text).filter(|(name, _)| ADDRESSED.iter().any(|word| text[name.len()..].starts_with(word)));
    read(&text, named)
}

/// How a character is read, by itself and in the words that are listed. Readings that no listed word has are of old books.
pub fn of_character(c: char) -> impl Iterator<Item = &'static str> {
    let usual = c.to_pinyin().map(pinyin::Pinyin::plain);
    usual.into_iter().chain(IN_WORDS.get(&c).into_iter().flatten().copied())
}

/// How the name of a person is read: a surname may have a reading of its own.
pub fn of_person(name: &str) -> Vec<Read> {
    let name = half_width(name);
    read(&name, surname(&name))
}

/// A text in half width, from its first letter, digit or Han on: quotation marks and brackets before it say nothing of its reading. A text
/// without any is whole.
fn half_width(text: &str) -> String {
    let text: String = text.nfkc().collect();
    match text.find(char::is_alphanumeric) {
        Some(first) => text[first..].to_owned(),
        None => text,
    }
}

fn surname(name: &str) -> Option<(&'static str, &'static str)> {
    longest(&SURNAMES, name)
}

fn read(text: &str, first: Option<(&'static str, &'static str)>) -> Vec<Read> {
    let mut all = Vec::new();
    let (mut rest, mut word) = (text, first);
    while let Some(c) = rest.chars().next() {
        match word.or_else(|| longest(&WORDS, rest)) {
            Some((word, readings)) => {
                all.extend(word.chars().zip(readings.split(' ').map(Some)));
                rest = &rest[word.len()..];
            }
            None => {
                all.push((c, c.to_pinyin().map(pinyin::Pinyin::plain)));
                rest = &rest[c.len_utf8()..];
            }
        }
        word = None;
    }
    all
}

fn longest(table: &Table, text: &str) -> Option<(&'static str, &'static str)> {
    let words = table.get(&text.chars().next()?)?;
    words.iter().find(|(word, _)| text.starts_with(word)).copied()
}

fn table(lines: &'static str) -> Table {
    let mut table = Table::new();
    for line in lines.lines().filter(|line| !line.starts_with(['#', '='])) {
        if let (Some((word, readings)), Some(first)) = (line.split_once(' '), line.chars().next()) {
            table.entry(first).or_default().push((word, readings));
        }
    }
    for words in table.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(read: &[Read]) -> String {
        let one = |(c, syllable): &Read| syllable.map_or_else(|| c.to_string(), |syllable| format!(" {syllable} "));
        read.iter().map(one).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_line_of_the_lists_has_a_reading_for_each_character() {
        for (list, least) in [(include_str!("reading/words.txt"), 1000), (include_str!("reading/surnames.txt"), 30)] {
            let lines: Vec<&str> = list.lines().filter(|line| !line.starts_with(['#', '='])).collect();
            assert!(lines.len() > least);
            for line in lines {
                let (word, readings) = line.split_once(' ').expect("a word and its readings");
                assert_eq!(word.chars().count(), readings.split(' ').count(), "{line}");
                assert!(readings.bytes().all(|b| b.is_ascii_lowercase() || b == b' ' || b >= 0x80), "{line}");
            }
        }
    }

    #[test]
    fn words_are_read_as_words() {
        let words = "重庆火锅 chong qing huo guo;长笛入门 chang di ru men;会计实务 kuai ji shi wu;厦门印象 xia men yin xiang;银行服务 yin hang fu wu;\
            长寿之道 chang shou zhi dao;音乐欣赏 yin yue xin shang;行政村 xing zheng cun;重阳敬老 chong yang jing lao;长城 chang cheng;朝阳区 zhao yang qu;\
            乐山大佛 le shan da fo;蚌埠 beng bu;六安瓜片 lu an gua pian;长安街 chang an jie;成都 cheng du;首都 shou du;都市农园 du shi nong yuan;都江堰 du jiang yan;\
            西藏 xi zang;收藏鉴赏 shou cang jian shang;番禺 pan yu;丽水 li shui;台州 tai zhou;长沙 chang sha;长春 chang chun;长乐 chang le;乐清 yue qing;\
            空调维修 kong tiao wei xiu;调解员 tiao jie yuan;调查 diao cha;调色 tiao se;弹唱 tan chang;古筝弹奏 gu zheng tan zou;子弹 zi dan;民乐团 min yue tuan;\
            快乐生活 kuai le sheng huo;声乐 sheng yue;乐器 yue qi;便宜 pian yi;方便 fang bian;重温经典 chong wen jing dian;重点 zhong dian;重新 chong xin;\
            校长 xiao zhang;家长学校 jia zhang xue xiao;家长期望 jia zhang qi wang;成长 cheng zhang;长者食堂 zhang zhe shi tang;行书 xing shu;同行 tong hang;\
            人参 ren shen;参加 can jia;薄荷 bo he;瑜伽 yu jia;佛山 fo shan;着装 zhuo zhuang;睡觉 shui jiao;角色 jue se;主角 zhu jue;出差 chu chai;首饰设计 shou shi she ji;\
            自传 zi zhuan;传统 chuan tong;扎染 za ran;拓片 ta pian;给予 ji yu;处方 chu fang;宿舍 su she;曾经 ceng jing;曾国藩家书 zeng guo fan jia shu;女红 nü gong;\
            绿茶 lü cha;似水年华 si shui nian hua;了解 liao jie;差旅 chai lü;和面 huo mian;和平 he ping;还原 huan yuan;率先 shuai xian;效率 xiao lü;什锦 shi jin";
        let wrong: Vec<String> = words
            .split(';')
            .map(|line| line.trim().split_once(' ').expect("a word and its reading"))
            .filter(|(word, reading)| said(&of_text(word)) != *reading)
            .map(|(word, reading)| format!("{word}: {} instead of {reading}", said(&of_text(word))))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_surname_counts_in_a_name_and_before_a_form_of_address() {
        for (name, reading) in [
            ("单某", "shan mou"),
            ("单志强", "shan zhi qiang"),
            ("解晓东", "xie xiao dong"),
            ("仇英", "qiu ying"),
            ("查良镛", "zha liang yong"),
            ("尉迟恭", "yu chi gong"),
            ("翟俊杰", "zhai jun jie"),
            ("曾老师", "zeng lao shi"),
        ] {
            assert_eq!(said(&of_person(name)), reading, "{name}");
        }
        assert_eq!(said(&of_text("单老师教书法")), "shan lao shi jiao shu fa");
        assert_eq!(said(&of_text("单簧管")), "dan huang guan");
        assert_eq!(said(&of_text("解放")), "jie fang");
    }

    #[test]
    fn marks_before_a_text_are_no_part_of_it_and_width_is_folded() {
        assert_eq!(said(&of_text("《诗经》诵读")), "shi jing 》 song du");
        assert_eq!(said(&of_text("“（【「心」瑜伽")), "xin 」 yu jia");
        assert_eq!(said(&of_text("２０２６ＡＢ班")), "2026AB ban");
        assert_eq!(said(&of_text("！？")), "!?");
        assert!(of_text("").is_empty());
    }
}
