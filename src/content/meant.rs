//! What a malformed value was probably meant to be, so that a message can say what to write.
//!
//! A guess is made only where a reader would make the same one, and it is always valid in the format.

use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use super::value::{Clock, Day, FilePath, Focus, Moment, Number, Span, Url};
use crate::diag::catalogue::Meant;
use crate::reading::numeral;

/// Quotation marks of word processors and of other scripts, and the ASCII ones.
const QUOTES: [char; 14] = ['“', '”', '‘', '’', '„', '‟', '＂', '＇', '「', '」', '『', '』', '"', '\''];

/// Words for a part of the day: before noon, at noon, after noon.
const PARTS: [(&str, Part); 16] = [
    ("凌晨", Part::Before),
    ("清晨", Part::Before),
    ("早上", Part::Before),
    ("早晨", Part::Before),
    ("上午", Part::Before),
    ("中午", Part::Noon),
    ("下午", Part::After),
    ("傍晚", Part::After),
    ("晚上", Part::After),
    ("夜里", Part::After),
    ("早", Part::Before),
    ("晚", Part::After),
    ("AM", Part::Before),
    ("PM", Part::After),
    ("am", Part::Before),
    ("pm", Part::After),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Before,
    Noon,
    After,
}

/// What stands between the two ends of a period. A hyphen does too, but it also stands inside dates.
const BETWEEN: [&str; 8] = ["至", "到", "~", "——", "—", "–", "―", "--"];

/// What a text in `format` was meant to be.
pub fn meant(format: &str, text: &str) -> Meant {
    if matches!(format, "date" | "moment" | "span") && is_lunar(text) {
        return Meant::Lunar;
    }
    let text = plain(text);
    match format {
        // A day is no period of two times: 2026-12-10.
        "time" if day(&text).is_some() => Meant::Nothing,
        "time" => {
            let text = text
                .split_once('(')
                .filter(|(time, _)| !time.trim().is_empty())
                .map_or(&*text, |(time, _)| time.trim());
            pair(text, true, clock).unwrap_or_else(|| one(clock(text)))
        }
        "date" => {
            let text = without_ends(&text);
            pair(text, false, day).unwrap_or_else(|| dated(text, one(day(text))))
        }
        "moment" => moment(&text),
        "span" => one(span(&text)),
        "focus" => one(focus(&text)),
        "url" => one(url(&text)),
        _ => Meant::Nothing,
    }
}

/// The text without a word for the beginning or the end of a period: 2026年12月1日起, 12月29日前.
fn without_ends(text: &str) -> &str {
    let ends = ["起", "止", "前", "以前", "之前", "后", "以后", "开始", "截止", "结束", "开班", "开课"];
    let bare = ends.iter().filter_map(|end| text.strip_suffix(end)).min_by_key(|rest| rest.len());
    bare.map_or(text, str::trim_end)
}

fn one(value: Option<String>) -> Meant {
    value.map_or(Meant::Nothing, Meant::Value)
}

/// Whether a day is one of the lunar calendar: 农历八月初一, 正月十五, and 八月十五, which has no 日. 9月初 is the beginning of a month.
fn is_lunar(text: &str) -> bool {
    let words = ["农历", "阴历", "旧历", "夏历", "正月", "冬月", "腊月", "月廿", "闰"];
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let numerals = |text: &str| !text.is_empty() && text.chars().all(numeral);
    let is_bare = text.trim().split_once('月').is_some_and(|(month, day)| numerals(month) && numerals(day));
    let is_first_ten = || text.split_once("月初").is_some_and(|(_, day)| day.starts_with(numeral));
    is_bare || is_first_ten() || words.iter().any(|word| text.contains(word))
}

/// The text in half-width characters, with Han numerals as digits, without quotes around it.
fn plain(text: &str) -> String {
    let narrow: String = text.nfkc().map(|c| if c == '。' { '.' } else { c }).collect();
    arabic(narrow.trim().trim_matches(QUOTES).trim())
}

/// The text without the quotation marks around it, if there are any.
pub fn unquoted(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(QUOTES)?.strip_suffix(QUOTES)?;
    (!inner.is_empty() && !inner.contains(QUOTES)).then_some(inner)
}

/// Replaces runs of Han numerals: 二〇二六 → 2026, 二十三 → 23.
fn arabic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if numeral::is_numeral(c) {
            run.push(c);
            continue;
        }
        out.push_str(&number_of(&run));
        run.clear();
        out.push(c);
    }
    out.pop();
    out
}

/// A year or a room may be written place by place.
fn number_of(run: &str) -> String {
    numeral::places(run).or_else(|| Some(numeral::counted(run)?.to_string())).unwrap_or_else(|| run.to_owned())
}

/// Both ends of a period.
fn pair(text: &str, hyphen: bool, read: fn(&str) -> Option<String>) -> Option<Meant> {
    let hyphen = hyphen.then_some("-");
    let (start, end) = BETWEEN.into_iter().chain(hyphen).find_map(|between| text.split_once(between))?;
    let (start, end) = (start.trim(), end.trim());
    let first = read(start)?;
    let mut last = read(end)?;
    // 2:00-3:30 pm: so does the one behind, unless the period would then run backwards.
    let behind = ["pm", "PM", "am", "AM"].iter().find(|word| end.ends_with(**word));
    if let Some(word) = behind.filter(|_| !PARTS.iter().any(|(word, _)| start.contains(word)))
        && let Some(with) = read(&format!("{start} {word}")).filter(|with| *with < last)
    {
        return Some(Meant::Pair(with, last));
    }
    // 下午2点到4点: the part of the day holds for both.
    if let Some((word, _)) = PARTS.iter().find(|(word, _)| start.starts_with(word))
        && !PARTS.iter().any(|(word, _)| end.contains(word))
    {
        last = read(&format!("{word}{end}"))?;
    }
    Some(Meant::Pair(first, last))
}

/// A time of day: `9.30`, `1030`, 上午9点, 下午2点半, 9点一刻.
fn clock(text: &str) -> Option<String> {
    let mut rest = text.trim().trim_matches(QUOTES).trim();
    let mut part = None;
    for (word, meaning) in PARTS {
        if let Some(inner) = rest.strip_prefix(word).or_else(|| rest.strip_suffix(word)) {
            (rest, part) = (inner.trim(), Some(meaning));
            break;
        }
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (hour, after) = rest.split_at(digits);
    let (hour, minute) = match (digits, after) {
        (1 | 2, "") if part.is_some() => (hour.parse().ok()?, 0),
        (3 | 4, "") => (hour[..digits - 2].parse().ok()?, hour[digits - 2..].parse().ok()?),
        (1 | 2, after) => (hour.parse().ok()?, minute(after)?),
        _ => return None,
    };
    let hour: i8 = match part {
        Some(Part::After) if hour < 12 => hour + 12,
        Some(Part::Noon) if hour < 3 => hour + 12,
        Some(Part::Before) if hour == 12 => 0,
        // 晚上12点 is the end of the day.
        Some(Part::After) if hour == 12 && text.contains('晚') => 24,
        // 2点 without a part of the day is in the afternoon: nothing is held at night.
        None if (1..5).contains(&hour) && !rest.starts_with('0') => hour + 12,
        _ => hour,
    };
    let shown = format!("{hour:02}:{minute:02}");
    Clock::from_str(&shown).is_ok().then_some(shown)
}

/// The minutes, from the mark between hours and minutes on.
fn minute(after: &str) -> Option<i8> {
    let mark = after.chars().next()?;
    let rest = after[mark.len_utf8()..].trim();
    if "点时hH".contains(mark) {
        match rest {
            "" | "整" | "正" | "钟" => return Some(0),
            "半" => return Some(30),
            "1刻" | "1刻钟" => return Some(15),
            "3刻" | "3刻钟" => return Some(45),
            _ => {}
        }
    } else if !":.-;,·、 ".contains(mark) {
        return None;
    }
    // Seconds say nothing that residents need.
    let rest = rest.strip_suffix(":00").filter(|rest| !rest.is_empty()).unwrap_or(rest);
    let digits = rest.strip_suffix('分').unwrap_or(rest);
    let whole = digits.len() == 2 || (digits.len() == 1 && rest.ends_with('分'));
    (whole && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

/// The runs of digits in a date, if only marks of a date stand between them.
fn runs(text: &str) -> Option<Vec<&str>> {
    let text = without_weekday(text);
    let marks = |c: char| "-/.,、年月日号 _\\—–".contains(c);
    if !text.chars().all(|c| c.is_ascii_digit() || marks(c)) {
        return None;
    }
    Some(text.split(marks).filter(|run| !run.is_empty()).collect())
}

/// The text without 周二, 星期二 or a bracket behind it.
fn without_weekday(text: &str) -> &str {
    let text = text.split('(').next().unwrap_or(text).trim();
    let end = ["周", "星期", "礼拜"].iter().filter_map(|word| text.find(word)).min();
    end.map_or(text, |end| text[..end].trim())
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = match year.len() {
        4 => year.parse().ok()?,
        2 => 2000 + year.parse::<i16>().ok()?,
        _ => return None,
    };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day: `2026.9.1`, `2026/9/1 0:00:00`, 2026年9月1日, `20260901`, `46266`.
fn day(text: &str) -> Option<String> {
    let is_time = |rest: &str| rest.contains(':') && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let text = text.split_once([' ', 'T']).filter(|(_, rest)| is_time(rest)).map_or(text, |(day, _)| day);
    let runs = runs(text)?;
    let date = match runs.as_slice() {
        // The year may stand last; which of the others is the day is told where only one can be a month.
        [first, second, year] if year.len() == 4 && first.len() <= 2 => {
            let is_month = |part: &str| part.parse::<u8>().is_ok_and(|number| number <= 12);
            match (is_month(first), is_month(second)) {
                (true, true) if first != second => return None,
                (true, _) => civil(year, first, second)?,
                (false, _) => civil(year, second, first)?,
            }
        }
        [year, month, day] => civil(year, month, day)?,
        // Spreadsheets count days from the end of 1899; these are the years 2000 to 2099.
        [whole] if whole.len() == 5 && *whole == text => {
            let days: i64 = whole.parse().ok().filter(|days| (36_526..73_051).contains(days))?;
            Date::constant(1899, 12, 30).checked_add(days.days()).ok()?
        }
        [whole] if whole.len() == 8 => civil(&whole[..4], &whole[4..6], &whole[6..])?,
        _ => return None,
    };
    Some(Day(date).to_string())
}

/// What is said of a day that has no value: the year may be all that is missing.
fn dated(text: &str, found: Meant) -> Meant {
    match (found, month_and_day(text)) {
        (Meant::Nothing, Some(day)) => Meant::NoYear(day),
        (Meant::Nothing, None) => month(text).map_or(Meant::Nothing, Meant::NoDay),
        (found, _) => found,
    }
}

/// A month with its year, `2026-09`.
fn month(text: &str) -> Option<String> {
    let runs = runs(text)?;
    let [year, month] = runs.as_slice() else { return None };
    civil(year, month, "1").filter(|_| year.len() == 4).map(|_| format!("{year}-{month:0>2}"))
}

/// Month and day where no year is written: `09-01`.
fn month_and_day(text: &str) -> Option<String> {
    let runs = runs(text)?;
    let [month, day] = runs.as_slice() else { return None };
    // 2024 is a leap year.
    let date = (month.len() <= 2 && day.len() <= 2).then(|| civil("2024", month, day))??;
    Some(format!("{:02}-{:02}", date.month(), date.day()))
}

/// A day with a time, or with two.
fn moment(text: &str) -> Meant {
    // Programs write the zone, which is that of the portal.
    let text = ["+08:00", "+0800", "+08"].iter().find_map(|zone| text.strip_suffix(zone)).unwrap_or(text);
    if let Some(moment) = serial(text) {
        return Meant::Value(moment);
    }
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace() || matches!(c, '日' | '号' | 'T' | ')' | ','));
    let mut parts: Vec<(&str, &str)> = ends
        .map(|(at, c)| text.split_at(at + c.len_utf8()))
        .map(|(day, rest)| (day.trim_end_matches(['T', ',']), rest))
        .collect();
    parts.extend(PARTS.iter().filter_map(|(word, _)| text.find(word)).map(|at| text.split_at(at)));
    for (date, rest) in parts {
        let rest = rest.trim();
        let times = match (clock(rest), pair(rest, true, clock)) {
            (Some(time), _) => vec![time],
            (None, Some(Meant::Pair(start, end))) => vec![start, end],
            (None, _) => continue,
        };
        let known = day(date);
        let Some(day) = known.clone().or_else(|| month_and_day(date)) else { continue };
        let full = |time: &String| format!("{day} {time}");
        return match times.as_slice() {
            [start, end] if known.is_some() => Meant::Pair(full(start), full(end)),
            [start, ..] if known.is_none() => Meant::NoYear(full(start)),
            [time, ..] => one(Some(full(time)).filter(|text| Moment::from_str(text).is_ok())),
            [] => Meant::Nothing,
        };
    }
    match (day(text), clock(text)) {
        (Some(day), _) => Meant::NoTime(day),
        (None, Some(time)) => Meant::NoDate(time),
        (None, None) => Meant::Nothing,
    }
}

/// A day and a time as spreadsheets count them: 46366.375.
fn serial(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.').filter(|(whole, _)| whole.len() == 5)?;
    let fraction: f64 = format!("0.{part}").parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()))?;
    let day = day(whole)?;
    // Spreadsheets round to the second.
    let minutes = (1..1440).find(|minute| (f64::from(*minute) / 1440.0 - fraction).abs() < 0.000_01)?;
    Some(format!("{day} {:02}:{:02}", minutes / 60, minutes % 60))
}

/// A stretch of the calendar: 2026年, 2026年上半年, 2026年9月.
fn span(text: &str) -> Option<String> {
    let half = [("上半年", "H1"), ("下半年", "H2"), ("H1", "H1"), ("H2", "H2"), ("h1", "H1"), ("h2", "H2")];
    if let Some((year, half)) = half.iter().find_map(|(word, half)| Some((text.strip_suffix(word)?, half))) {
        let runs = runs(year)?;
        let [year] = runs.as_slice() else { return None };
        return checked(format!("{year}-{half}"));
    }
    let runs = runs(text)?;
    match runs.as_slice() {
        [year] if year.len() == 4 => checked((*year).to_owned()),
        [year, month] if year.len() == 4 => checked(format!("{year}-{month:0>2}")),
        _ => day(text),
    }
}

fn checked(span: String) -> Option<String> {
    span.parse::<Span>().is_ok().then_some(span)
}

/// Two percentages, however they are written.
fn focus(text: &str) -> Option<String> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [x, y] = numbers.as_slice() else { return None };
    let focus = format!("{x}% {y}%");
    focus.parse::<Focus>().is_ok().then_some(focus)
}

/// An address without its scheme, or with one in other letters.
fn url(text: &str) -> Option<String> {
    let text = text.trim_end_matches(['。', '，', '、', '；', '.', ',', ';']);
    let text = &if text.matches("://").count() == 1 { text.replace("// ", "//") } else { text.to_owned() };
    let lower = text.to_lowercase();
    // http//a.cn, https:/a.cn
    let torn = ["https", "http"].iter().find_map(|scheme| {
        let rest = lower.strip_prefix(scheme)?;
        let address = rest.trim_start_matches([':', '/']);
        (address.len() < rest.len() && !rest.starts_with("://")).then(|| format!("{scheme}://{address}"))
    });
    if let Some(guess) = torn {
        return (guess.is_ascii() && guess.contains('.') && guess.parse::<Url>().is_ok()).then_some(guess);
    }
    let bare = ["https://", "http://"]
        .iter()
        .find(|scheme| lower.starts_with(**scheme))
        .map(|scheme| format!("{scheme}{}", &text[scheme.len()..]));
    let scheme = if text.contains('@') { "mailto:" } else { "https://" };
    let guess = bare.unwrap_or_else(|| format!("{scheme}{text}"));
    (text.is_ascii() && text.contains('.') && !text.contains('\\') && guess.parse::<Url>().is_ok()).then_some(guess)
}

/// The number in a text with a unit, grouping commas or full-width digits: `约50元` → `50`, 12万 → `120000`, 七成 → `70`. Nothing where two
/// numbers stand, or a part of something (千分之一).
pub fn number(text: &str) -> Option<String> {
    let text = plain(text);
    // A comma parts thousands; before other digits it stands for the decimal point.
    let is_group = |rest: &str| rest.bytes().take_while(u8::is_ascii_digit).count() == 3;
    let text = text.replace(',', if text.split(',').skip(1).all(is_group) { "" } else { "." });
    let mut numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| !part.is_empty());
    let first = numbers.next()?;
    let after = text.split_once(first)?.1.trim_start();
    let digits = first.trim_matches('.');
    if numbers.next().is_some() || text.contains(&format!("-{digits}")) || text.contains("分之") {
        return None;
    }
    let number: Number = digits.parse().ok()?;
    let times = after.chars().map_while(|c| match c {
        '成' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    });
    let times: Vec<u32> = times.collect();
    if times.is_empty() {
        return Some(digits.to_owned());
    }
    let whole = times.into_iter().try_fold(number.0, |number, times| number.checked_mul(times.into()))?;
    Some(whole.normalize().to_string()).filter(|text| text.parse::<Number>().is_ok())
}

/// All numbers of a text, as they stand in it: 20-30元 → 20 and 30.
pub fn numbers(text: &str) -> Vec<String> {
    let text = plain(text).replace(',', "");
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|part| part.trim_matches('.'));
    parts.filter(|part| part.parse::<Number>().is_ok()).map(str::to_owned).collect()
}

/// The number before the only 元 or 块 of a text: 一次5元 → 5.
pub fn amount(text: &str) -> Option<String> {
    let text = plain(text);
    let mut units = text.match_indices(['元', '块']);
    let (unit, _) = units.next().filter(|_| units.next().is_none())?;
    let before = &text[..unit];
    let start = before
        .rfind(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    // The last of a range is no amount of its own.
    let is_range = before[..start].ends_with(['-', '~', '—', '–', '至', '到', '+']);
    before[start..].parse::<Number>().ok().filter(|_| !is_range).map(|_| before[start..].to_owned())
}

/// How a target compares, in words and marks before or behind its number.
const COMPARED: [(&str, &str); 24] = [
    (">=", "at-least"),
    ("≥", "at-least"),
    ("不低于", "at-least"),
    ("不少于", "at-least"),
    ("不小于", "at-least"),
    ("至少", "at-least"),
    ("最少", "at-least"),
    ("以上", "at-least"),
    ("达到", "at-least"),
    ("超过", "at-least"),
    (">", "at-least"),
    ("<=", "at-most"),
    ("≤", "at-most"),
    ("不高于", "at-most"),
    ("不大于", "at-most"),
    ("至多", "at-most"),
    ("最多", "at-most"),
    ("以下", "at-most"),
    ("以内", "at-most"),
    ("<", "at-most"),
    ("左右", "about"),
    ("大约", "about"),
    ("约", "about"),
    ("≈", "about"),
];

/// What a target in words is measured in. What others are part of comes later.
const MEASURED: [(&str, &str); 16] = [
    ("%", "percent"),
    ("成", "percent"),
    ("平方米", "square-metre"),
    ("平米", "square-metre"),
    ("人次", "visit"),
    ("小时", "hour"),
    ("元", "yuan"),
    ("人", "person"),
    ("次", "times"),
    ("册", "volume"),
    ("台", "computer"),
    ("篇", "paper"),
    ("座", "seat"),
    ("个", "piece"),
    ("所", "piece"),
    ("处", "piece"),
];

/// The fields of a target that is written as a text: ≥70 %, 70%以上, 每年至少2次, 1.5%—2.5%, 全覆盖.
pub fn target(text: &str) -> Option<String> {
    let text = plain(text);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let found =
        |table: &[(&str, &'static str)]| table.iter().find(|(word, _)| text.contains(word)).map(|(_, key)| *key);
    let measure = found(&MEASURED).map(|measure| format!(", measure: {measure}")).unwrap_or_default();
    let per = if has(&["人均", "每人"]) { ", per: 1" } else { "" };
    let period = if has(&["每年", "全年", "一年"]) { ", period: year" } else { "" };
    let bare = |comparator: &str| Some(format!("{{comparator: {comparator}}}"));
    let ends = BETWEEN.into_iter().chain(["-"]).find_map(|between| text.split_once(between));
    if let Some((Some(value), Some(to))) = ends.map(|(value, to)| (number(value), number(to))) {
        return Some(format!("{{comparator: range, value: {value}, to: {to}{measure}{per}{period}}}"));
    }
    let Some(value) = number(&text) else {
        let (rises, falls) = (["提高", "增长", "增加", "上升"], ["下降", "减少", "降低"]);
        return match () {
            () if has(&["全部", "全覆盖", "所有"]) => bare("all"),
            () if has(&["逐年", "每年"]) && has(&rises) => bare("increasing"),
            () if has(&["逐年", "每年"]) && has(&falls) => bare("decreasing"),
            () => None,
        };
    };
    // 不超过 holds 超过.
    let comparator = if text.contains("不超过") { "at-most" } else { found(&COMPARED)? };
    Some(format!("{{comparator: {comparator}, value: {value}{measure}{per}{period}}}"))
}

/// Whether a number is written as people write one: in digits, perhaps with a sign and a decimal point. YAML also reads `0x10`, `0o17`
/// and `1e3`, which spreadsheets write.
pub fn is_usual_number(text: &str) -> bool {
    text.strip_prefix(['-', '+']).unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The number in which letters stand for the digits that look like them: `1O` → `10`, `l5` → `15`.
pub fn letters_as_digits(text: &str) -> Option<String> {
    let narrow: String = text.nfkc().collect();
    let digit = |c: char| match c {
        'O' | 'o' | 'О' | 'о' => Some('0'),
        'l' | 'I' | '|' => Some('1'),
        c => (c.is_ascii_digit() || c == '.').then_some(c),
    };
    let number: String = narrow.chars().map(digit).collect::<Option<_>>()?;
    let known = narrow.contains(|c: char| c.is_ascii_digit()) && number != narrow && !number.starts_with("00");
    (known && number.parse::<Number>().is_ok()).then_some(number)
}

/// Whether a text is a number and nothing else, in whatever digits.
pub fn is_number_alone(text: &str) -> bool {
    plain(text).chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// The address in the content folder that a picture or file from elsewhere could have: its name, in `folder`.
pub fn local(text: &str, folder: &str) -> String {
    let name = text.trim_matches(QUOTES).split(['?', '#']).next().unwrap_or_default();
    let name = name.trim_end_matches(['/', '\\']).rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let path = format!("/{folder}/{name}");
    let known = name.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && (2..=5).contains(&end.len()));
    if known && FilePath::from_str(&path).is_ok() { path } else { format!("/{folder}/a.jpg") }
}

/// The parts of an enumeration in one text: 周二、周四 → 周二 and 周四.
pub fn parts(text: &str) -> Vec<&str> {
    let text = text.trim().trim_matches(['【', '】', '［', '］', '[', ']', '(', ')', '（', '）']);
    let parts = text.split(['、', '，', ',', '；', ';', '/', ' ', '　', '和']);
    parts
        .map(|part| part.trim().trim_start_matches(['-', '·', '•', '●']).trim_matches(QUOTES))
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: &str, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let said = match meant(format, text) {
                Meant::Nothing => "-".to_owned(),
                Meant::Value(value) => value,
                Meant::Pair(start, end) => format!("{start} > {end}"),
                Meant::NoYear(day) => format!("?-{day}"),
                Meant::Lunar => "lunar".to_owned(),
                Meant::NoTime(day) => format!("{day} ?"),
                Meant::NoDate(time) => format!("? {time}"),
                Meant::NoDay(month) => format!("{month}-?"),
            };
            assert_eq!(said, *expected, "{format} {text}");
        }
    }

    #[test]
    fn a_time_is_understood_in_the_ways_people_write_it() {
        let cases = [
            ("9.30", "09:30"),
            ("1030", "10:30"),
            ("930", "09:30"),
            ("9：30", "09:30"),
            ("“09:00”", "09:00"),
            ("上午9点", "09:00"),
            ("下午2点半", "14:30"),
            ("晚上七点一刻", "19:15"),
            ("9点", "09:00"),
            ("９时３０分", "09:30"),
            ("09:00:00", "09:00"),
            ("2:30 pm", "14:30"),
            ("中午12点", "12:00"),
            ("9:00-11:00", "09:00 > 11:00"),
            ("2:00-3:30 pm", "14:00 > 15:30"),
            ("9:00-2:00 pm", "09:00 > 14:00"),
            ("19:00-20:30（共8次）", "19:00 > 20:30"),
            ("2026-12-10", "-"),
            ("下午2点到4点", "14:00 > 16:00"),
            ("上午9点半至11点", "09:30 > 11:00"),
            ("2点半", "14:30"),
            ("02:00:00", "02:00"),
            ("11:00-1:30", "11:00 > 13:30"),
            ("25:00", "-"),
            ("9:70", "-"),
            ("九点左右", "-"),
            ("", "-"),
        ];
        check("time", &cases);
    }

    #[test]
    fn a_day_is_understood_and_a_year_is_never_invented() {
        let cases = [
            ("2026.9.1", "2026-09-01"),
            ("2026/9/1", "2026-09-01"),
            ("2026年9月1日", "2026-09-01"),
            ("二〇二六年十一月二十三日", "2026-11-23"),
            ("2026-9-1（周二）", "2026-09-01"),
            ("２０２６－０９－０１", "2026-09-01"),
            ("20260901", "2026-09-01"),
            ("9月1日", "?-09-01"),
            ("9.1", "?-09-01"),
            ("2026年12月1日起", "2026-12-01"),
            ("2026-12-01T00:00", "2026-12-01"),
            ("2026年12月", "2026-12-?"),
            ("2026-09-01至2026-12-29", "2026-09-01 > 2026-12-29"),
            ("2026年2月30日", "-"),
            ("明天", "-"),
        ];
        check("date", &cases);
    }

    #[test]
    fn a_day_with_a_time_and_a_stretch_of_the_calendar_are_understood() {
        let cases = [
            ("2026.11.2 9点", "2026-11-02 09:00"),
            ("2026年11月2日上午9点半", "2026-11-02 09:30"),
            ("2026-11-02 9:00-11:00", "2026-11-02 09:00 > 2026-11-02 11:00"),
            ("11月2日 9:00", "?-11-02 09:00"),
            ("2026-11-02", "2026-11-02 ?"),
            ("2026-11-02，09:00", "2026-11-02 09:00"),
            ("46366.375", "2026-12-10 09:00"),
            ("10:30", "? 10:30"),
            ("2026-11-02下午2点", "2026-11-02 14:00"),
            ("2026-11-02T09:00:00+08:00", "2026-11-02 09:00"),
            ("下周二", "-"),
        ];
        check("moment", &cases);
        let cases =
            [("2026年", "2026"), ("2026年上半年", "2026-H1"), ("2026年9月", "2026-09"), ("2026.9.1", "2026-09-01")];
        check("span", &cases);
    }

    #[test]
    fn a_number_is_found_only_where_there_is_one() {
        let cases = [
            ("50元", Some("50")),
            ("约 1,200", Some("1200")),
            ("三十人", Some("30")),
            ("两百元", Some("200")),
            ("一百二十", Some("120")),
            ("一百二", Some("120")),
            ("一百零五", Some("105")),
            ("一千五百元", Some("1500")),
            ("惠及百姓50元", Some("50")),
            ("12万", Some("120000")),
            ("12.5万人", Some("125000")),
            ("２４万元", Some("240000")),
            ("十二万", Some("120000")),
            ("1.2亿", Some("120000000")),
            ("3百万", Some("3000000")),
            ("七成", Some("70")),
            ("每万人1名", Some("1")),
            ("千分之一", None),
            ("12万5千", None),
            ("50-80", None),
            ("12,5", Some("12.5")),
            ("1,2,3", None),
            ("-5", None),
            ("免费", None),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_amount_of_a_fee_is_the_number_before_its_unit() {
        let cases =
            [("一次5元", Some("5")), ("5元一次", Some("5")), ("20-30元", None), ("5元，押金10元", None), ("5", None)];
        for (text, expected) in cases {
            assert_eq!(amount(text).as_deref(), expected, "{text}");
        }
        assert_eq!(numbers("20~30 元"), ["20", "30"]);
    }

    #[test]
    fn a_target_is_understood_as_notices_write_it() {
        for (text, expected) in [
            (">=70%", "{comparator: at-least, value: 70, measure: percent}"),
            ("≥70 %", "{comparator: at-least, value: 70, measure: percent}"),
            ("＞＝７０％", "{comparator: at-least, value: 70, measure: percent}"),
            ("70%以上", "{comparator: at-least, value: 70, measure: percent}"),
            ("七成以上", "{comparator: at-least, value: 70, measure: percent}"),
            ("不低于 2 元", "{comparator: at-least, value: 2, measure: yuan}"),
            ("每年至少召开 2次会议", "{comparator: at-least, value: 2, measure: times, period: year}"),
            ("人均每年不低于1元", "{comparator: at-least, value: 1, measure: yuan, per: 1, period: year}"),
            ("不超过30人次", "{comparator: at-most, value: 30, measure: visit}"),
            ("80%左右", "{comparator: about, value: 80, measure: percent}"),
            ("1.5%—2.5%", "{comparator: range, value: 1.5, to: 2.5, measure: percent}"),
            ("首批注册超过 5 万人次", "{comparator: at-least, value: 50000, measure: visit}"),
            ("全覆盖", "{comparator: all}"),
            ("逐年提高", "{comparator: increasing}"),
            ("70%", "-"),
            ("显著提高", "-"),
        ] {
            assert_eq!(target(text).as_deref().unwrap_or("-"), expected, "{text}");
        }
    }

    #[test]
    fn letters_that_look_like_digits_are_digits_beside_digits() {
        for (text, expected) in
            [("1O", Some("10")), ("l5", Some("15")), ("３Ｏ", Some("30")), ("O", None), ("30", None), ("3人", None)]
        {
            assert_eq!(letters_as_digits(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn days_that_spreadsheets_write_are_understood() {
        let cases =
            [("46266", "2026-09-01"), ("2026/9/1 0:00:00", "2026-09-01"), ("12345", "-"), ("2026-09-01 上午", "-")];
        check("date", &cases);
    }

    #[test]
    fn only_digits_are_a_usual_number() {
        assert!(["0", "-5", "+5", "12.50"].iter().all(|text| is_usual_number(text)));
        assert!(!["0x10", "1e3", "0o17", ".inf", "0b1"].iter().any(|text| is_usual_number(text)));
    }

    #[test]
    fn a_day_of_the_lunar_calendar_is_no_day_of_the_year() {
        check(
            "date",
            &[
                ("2026年农历八月初一", "lunar"),
                ("八月初一", "lunar"),
                ("八月十五", "lunar"),
                ("正月十五", "lunar"),
                ("9月初", "-"),
                ("2026年9月初", "-"),
                ("2026年八月十五日", "2026-08-15"),
            ],
        );
    }
}
