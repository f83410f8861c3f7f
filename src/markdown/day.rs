//! Days in a text that cannot be meant: `11月31日`, `2026年12月1日（周三）`, `XX月XX日`.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use crate::content::pasted;
use crate::diag::Mistake;
use crate::diag::catalogue as say;

type Found = Vec<(Range<usize>, Mistake)>;

/// Days that the calendar does not have, or has on another day of the week.
pub(super) fn days(text: &str, found: &mut Found) {
    for (at, sign) in text.match_indices(['日', '号']) {
        let Some((start, year, month, day)) = written(&text[..at]) else { continue };
        let end = at + sign.len();
        // 2024 is a leap year.
        let Ok(date) = Date::new(year.unwrap_or(2024), month, day) else {
            if (1..=12).contains(&month) && (1..=31).contains(&day) {
                found.push((start..end, say::no_day_in_text(&text[start..end])));
            }
            continue;
        };
        if year.is_some()
            && let Some((weekday, length)) = weekday(&text[end..])
            && weekday != date.weekday()
        {
            found.push((start..end + length, say::other_weekday(&text[start..end], date.weekday())));
        }
    }
}

/// The day with which a text ends, and where it begins: 2026年12月1, 12月1.
fn written(text: &str) -> Option<(usize, Option<i16>, i8, i8)> {
    let (rest, day) = number(text, 2)?;
    let (rest, month) = number(rest.strip_suffix('月')?, 2)?;
    let year = rest.strip_suffix('年').and_then(|rest| number(rest, 4)).filter(|(_, year)| *year >= 1900);
    let start = year.map_or(rest, |(rest, _)| rest).len();
    Some((start, year.map(|(_, year)| year), i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

/// The number of at most so many digits with which a text ends, and what stands before it.
fn number(text: &str, most: usize) -> Option<(&str, i16)> {
    let text = text.trim_end_matches(' ');
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &text[rest.len()..];
    let number = digits.parse().ok().filter(|_| digits.len() <= most)?;
    Some((rest.trim_end_matches(' '), number))
}

/// The day of the week with which a text begins, in brackets or not, and its length.
fn weekday(text: &str) -> Option<(Weekday, usize)> {
    let inner = text.trim_start_matches([' ', '（', '(', '，']);
    let rest = pasted::WEEK.iter().find_map(|word| inner.strip_prefix(word))?;
    let c = rest.chars().next()?;
    let weekday = match c {
        '一' => Weekday::Monday,
        '二' => Weekday::Tuesday,
        '三' => Weekday::Wednesday,
        '四' => Weekday::Thursday,
        '五' => Weekday::Friday,
        '六' => Weekday::Saturday,
        '日' | '天' => Weekday::Sunday,
        _ => return None,
    };
    // From one day to another: 周一至周五.
    let after = &rest[c.len_utf8()..];
    let goes_on = after.starts_with(['至', '到', '、', '—', '-', '～', '~']);
    (!goes_on).then(|| (weekday, text.len() - after.len()))
}

/// What was left for later: `XX月XX日`, words such as TODO.
pub(super) fn unfinished(text: &str, found: &mut Found) {
    let is_blank = |c: &char| matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×');
    let blank = text.match_indices(['月', '日']).find_map(|(at, sign)| {
        let length: usize = text[..at].chars().rev().take_while(is_blank).map(char::len_utf8).sum();
        (length > 0).then(|| at - length..at + sign.len())
    });
    let word = || pasted::UNFINISHED.iter().find_map(|word| text.find(word).map(|at| at..at + word.len()));
    if let Some(range) = blank.or_else(word) {
        let mistake = say::unfinished(&text[range.clone()]);
        found.push((range, mistake));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(find: fn(&str, &mut Found), text: &str, places: &[&str]) {
        let mut found = Found::new();
        find(text, &mut found);
        assert_eq!(found.into_iter().map(|(range, _)| &text[range]).collect::<Vec<_>>(), places, "{text}");
    }

    #[test]
    fn days_that_do_not_exist_or_fall_on_another_day_of_the_week_are_found() {
        check(days, "定于11月31日、2026年2月29日举行", &["11月31日", "2026年2月29日"]);
        check(days, "2026年12月1日（周三）开课", &["2026年12月1日（周三"]);
        check(days, "2026 年 12 月 1 日星期三", &["2026 年 12 月 1 日星期三"]);
        for text in [
            "2026年12月1日（周二）",
            "2月29日",
            "12月1日（周三）",
            "2026年11月30日（周一至周五）",
            "13月45日",
            "今日、节日，10 号线",
            "2024年2月29日",
        ] {
            check(days, text, &[]);
        }
    }

    #[test]
    fn what_was_left_for_later_is_found() {
        check(unfinished, "时间：XX月XX日", &["XX月"]);
        check(unfinished, "×日举行", &["×日"]);
        check(unfinished, "TODO 写完", &["TODO"]);
        for text in ["12月1日", "XX街道", "月日", "A×B", "每月一次"] {
            check(unfinished, text, &[]);
        }
    }
}
