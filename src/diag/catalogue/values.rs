//! Fields and their values.

use super::{Meant, clip, hinted, near_hint, plain};
use crate::diag::{Code, Mistake};

/// A value that should be fields.
pub fn not_a_map() -> Mistake {
    hinted(Code::NotAMap, "这里应当写字段", "写成“字段: 值”，每行一个")
}

/// An unknown field; `kinds` have one with this name.
pub fn unknown_key(key: &str, near: Option<&str>, kinds: &[&str], known: &[&str]) -> Mistake {
    let all = match known.len() {
        ..=8 => format!("这里可以写：{}", known.join("、")),
        _ => "能写的字段见 content/README.md".to_owned(),
    };
    let all = match kinds {
        [] => all,
        [first, second, third, _, ..] => format!("{first}、{second}、{third}等有这个字段，这里没有；{all}"),
        _ => format!("{}有这个字段，这里没有；{all}", kinds.join("、")),
    };
    Mistake {
        code: Code::UnknownKey,
        message: format!("没有“{}”这个字段", clip(key)),
        hint: near_hint(near, Some(&all)),
    }
}

/// A field written twice.
pub fn duplicate_key(key: &str) -> Mistake {
    hinted(Code::DuplicateKey, format!("字段“{}”写了两次", clip(key)), "只留一个")
}

/// Evidence that names neither a duty nor an indicator.
pub fn evidence_of_nothing() -> Mistake {
    hinted(Code::MissingField, "台账材料没有写它证明什么", "加上 duties 或 indicators，写职责或指标的编号")
}

/// Evidence that is said to be there, without anything that could be looked at.
pub fn evidence_without_proof() -> Mistake {
    let hint = "写 file、document、page、url 或 kept（存放在哪里）中的一样；还没有材料就写 state: owed";
    hinted(Code::MissingField, "材料写着已归档或已报送，却没有写它在哪里", hint)
}

/// A file of the ledger whose hash is not the one that was written.
pub fn changed_file(name: &str, now: &str) -> Mistake {
    hinted(
        Code::ChangedFile,
        format!("文件“{name}”和登记时不一样了"),
        format!("核对以后，是这个文件就写 sha256: {now}"),
    )
}

/// A file of the ledger without a hash.
pub fn unsealed_file(name: &str, now: &str) -> Mistake {
    hinted(Code::UnsealedFile, format!("文件“{name}”没有登记 sha256"), format!("加上 sha256: {now}"))
}

/// A public notice that begins before applications end.
pub fn notice_before_applications_end() -> Mistake {
    hinted(Code::EndBeforeStart, "申报还没有结束，公示就开始了", "检查申报和公示的日期")
}

/// A list that is announced while one can still object.
pub fn announced_before_notice_ends() -> Mistake {
    hinted(Code::EndBeforeStart, "公示还没有结束，名单就公布了", "公布的日期要晚于公示的最后一天")
}

/// An entry of another kind than what is selected.
pub fn other_selection(label: &str, folder: &str) -> Mistake {
    hinted(Code::BadMixedRef, format!("评的是{label}，这里写的是别的"), format!("写成 {folder}/编号"))
}

/// Somebody who is proposed and was a star before.
pub fn earlier_winner(name: &str) -> Mistake {
    hinted(
        Code::EarlierWinner,
        format!("“{name}”已经是百姓学习之星，不能再评"),
        "从名单里去掉；只是同名的，写 namesake: true",
    )
}

/// A missing required field; `title` explains it.
pub fn missing_field(key: &str, title: &str) -> Mistake {
    let about = if title.is_empty() { String::new() } else { format!("（{title}）") };
    hinted(Code::MissingField, format!("缺少字段“{key}”{about}"), format!("加上 {key}: …"))
}

/// The types that a schema can require.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    Bool,
    /// A list.
    List,
    /// Fields.
    Map,
}

/// A value of another type than the schema asks for.
pub fn wrong_type(expected: Expected, written: &str) -> Mistake {
    let (message, hint) = match expected {
        Expected::Text => ("这里要写文字", format!("给它加上双引号：\"{}\"", clip(written))),
        Expected::Number => ("这里要写数字", "只写半角数字，例如 12 或 0.5".to_owned()),
        Expected::Whole => ("这里要写整数", "只写半角数字，例如 12".to_owned()),
        Expected::Bool => ("这里只能写 true（是）或 false（否）", "写 true 或 false，不加引号".to_owned()),
        Expected::List => ("这里要写清单", "每项一行，以“- ”开头；或写成 [甲, 乙]".to_owned()),
        Expected::Map => ("这里要写字段", "写成“字段: 值”，每行一个，缩进两格".to_owned()),
    };
    hinted(Code::WrongType, message, hint)
}

/// A number with something else; `number` is the number in it.
pub fn not_whole(number: &str) -> Mistake {
    hinted(Code::WrongType, "这里要写整数", format!("只写数字：{number}"))
}

/// A word instead of `true` or `false`.
pub fn not_a_truth(written: &str, meant: bool) -> Mistake {
    let hint = format!("“{}”请写 {meant}，不加引号", clip(written));
    hinted(Code::WrongType, "这里只能写 true（是）或 false（否）", hint)
}

/// A field left empty.
pub fn empty_value(key: &str) -> Mistake {
    let what = if key.is_empty() { "这里".to_owned() } else { format!("字段“{}”", clip(key)) };
    hinted(Code::WrongType, format!("{what}没有写值"), "写上值，或者删掉这一行")
}

/// A text where a list is required; `items` are its parts as the list should have them.
pub fn text_for_list(key: &str, items: &[String]) -> Mistake {
    if items.is_empty() || items.iter().any(|item| item.chars().count() > 40) || items.len() > 12 {
        return wrong_type(Expected::List, "");
    }
    hinted(Code::WrongType, "这里要写清单", format!("写成 {key}: [{}]", items.join(", ")))
}

/// Fields where a list of fields is required.
pub fn fields_for_list(key: &str) -> Mistake {
    let hint = format!("放进方括号，写成 {key}: [{{…}}]；分行写的，第一个字段前面加“- ”，其余的和它对齐");
    hinted(Code::WrongType, "这里要写清单", hint)
}

/// A text where fields are required; `line` is what to write.
pub fn text_for_fields(line: &str) -> Mistake {
    hinted(Code::NotAMap, "这里应当写字段", format!("写成 {line}"))
}

/// A target in words that nobody can turn into fields.
pub fn target_as_text() -> Mistake {
    let line = "target: {comparator: at-least, value: 70, measure: percent}";
    hinted(Code::NotAMap, "这里应当写字段", format!("分开写比较方式、数值和单位，例如 {line}"))
}

/// A list or fields where a text is required, as written on one line; `line` is what to write.
pub fn structure_for_text(line: Option<&str>) -> Mistake {
    let hint = match line {
        Some(line) => format!("放进引号，写成 {line}"),
        None => "只写一段文字；有冒号或方括号时放进双引号".to_owned(),
    };
    hinted(Code::WrongType, "这里要写文字", hint)
}

/// A list or fields in place of a body.
pub fn body_as_structure() -> Mistake {
    hinted(Code::WrongType, "这里要写文字", "写成 body: |，正文从下一行起，每行比 body 多缩进两格")
}

/// A list where a single value is required; `line` is what to write.
pub fn list_for_one(line: &str) -> Mistake {
    hinted(Code::WrongType, "这里只能写一个", format!("不加方括号，写成 {line}"))
}

/// A full-width comma between fields.
pub fn wide_comma() -> Mistake {
    hinted(Code::FullWidthColon, "字段之间用了中文逗号", "换成半角逗号加一个空格")
}

/// A text of which YAML takes the end for a comment; `line` is what to write.
pub fn text_cut(line: &str) -> Mistake {
    hinted(
        Code::TextCut,
        "“#”和后面的字会被当作说明，不会发布",
        format!("放进引号，写成 {line}；若真是说明，# 后面空一格"),
    )
}

/// Quotation marks of a word processor around a value; `line` is what to write, `shown` what keeps the marks.
pub fn wide_quotes(line: &str, shown: Option<&str>) -> Mistake {
    let more = shown.map_or_else(String::new, |shown| format!("；引号也要显示的，写成 {shown}"));
    hinted(Code::FullWidthQuotes, "值的两头是中文引号，会原样显示", format!("写成 {line}{more}"))
}

/// A word that is not one of the choices, each with its meaning; `meant` are the words meant.
pub fn not_a_choice(word: &str, choices: &[(&str, Option<&str>)], meant: &[&str], near: Option<&str>) -> Mistake {
    let shown = choices.iter().map(|(word, meaning)| meaning.map_or((*word).to_owned(), |m| format!("{word} {m}")));
    let shown = shown.collect::<Vec<_>>().join("、");
    let hint = match (meant, near) {
        ([one], _) => format!("“{}”写作 {one}；可选：{shown}", clip(word)),
        ([_, ..], _) => format!("分开写：[{}]；可选：{shown}", meant.join(", ")),
        ([], Some(near)) => format!("是不是“{near}”？可选：{shown}"),
        ([], None) => format!("可选：{shown}"),
    };
    hinted(Code::NotAChoice, format!("“{}”不在可选的词里", clip(word)), hint)
}

/// A field that belongs inside another; `name` is its name.
pub fn misplaced_key(key: &str, name: &str, inside: &str) -> Mistake {
    hinted(Code::UnknownKey, format!("这里没有“{}”这个字段", clip(key)), format!("“{name}”要写在 {inside} 里面"))
}

/// A number in quotes.
pub fn quoted_number(key: &str, number: &str) -> Mistake {
    hinted(Code::BadNumber, "数字不能加引号", format!("写成 {key}: {number}"))
}

/// Full-width or other foreign spaces where YAML needs ordinary ones.
pub fn wide_space() -> Mistake {
    hinted(Code::FullWidthSpace, "缩进里有全角空格", "换成半角空格")
}

/// A text that is not an id.
pub fn bad_id(text: &str, proposal: Option<&str>) -> Mistake {
    if text.contains(['，', '、']) {
        return hinted(Code::BadId, format!("“{}”不能作编号", clip(text)), "几个编号之间用半角逗号分开");
    }
    hinted(
        Code::BadId,
        format!("“{}”不能作编号", clip(text)),
        proposal.map_or_else(|| "只用小写字母、数字和连字符".to_owned(), |proposal| format!("可以写 {proposal}")),
    )
}

/// A reserved id.
pub fn reserved_id(text: &str) -> Mistake {
    hinted(Code::ReservedId, format!("编号“{text}”系统已占用，请换一个"), "Markdown 文件改文件名，清单里改 id")
}

/// A text that is not `kind/id`.
pub fn bad_mixed_ref(text: &str) -> Mistake {
    hinted(Code::BadMixedRef, format!("“{}”不是“类别/编号”", clip(text)), "例如 courses/taiji")
}

/// Whether a text begins with a quotation mark of a word processor.
fn is_wide_quoted(text: &str) -> bool {
    text.starts_with(['“', '”', '‘', '’', '＂'])
}

/// A text that is not a date.
pub fn bad_date(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["from", "to"], "写成 2026-11-09 的样子");
    let hint = if is_wide_quoted(text) { format!("{hint}，不用加引号") } else { hint };
    hinted(Code::BadDate, format!("“{}”不是日期", clip(text)), hint)
}

/// A date that does not exist.
pub fn no_such_day(text: &str) -> Mistake {
    hinted(Code::NoSuchDay, format!("日历上没有“{}”", clip(text)), "检查月份和日期")
}

/// A text that is not a time of day.
pub fn bad_time(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("\"", ["start", "end"], "写成 \"09:00\" 的样子，用半角冒号和半角引号");
    let hint = if is_wide_quoted(text) { format!("{hint}，用半角引号") } else { hint };
    hinted(Code::BadTime, format!("“{}”不是时间", clip(text)), hint)
}

/// A day with a text that is not a time of day.
pub fn bad_time_of_day(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["start", "end"], "写成 2026-11-09 09:00 的样子，用半角冒号");
    hinted(Code::BadTime, format!("“{}”不是时间", clip(text)), hint)
}

/// A text that is not a day and a time.
pub fn bad_moment(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["start", "end"], "写成 2026-11-09 09:00 的样子");
    hinted(Code::BadMoment, format!("“{}”不是日期加时间", clip(text)), hint)
}

/// A text that is not a period.
pub fn bad_span(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["from", "to"], "写成 2026、2026-H1、2026-03 或 2026-03-15");
    hinted(Code::BadSpan, format!("“{}”不是时段", clip(text)), hint)
}

/// A text that is not a number; `number` is the number in it.
pub fn bad_number(text: &str, number: Option<&str>) -> Mistake {
    let hint = number.map_or_else(|| "只写半角数字，例如 12 或 0.5".to_owned(), |number| format!("只写数字：{number}"));
    hinted(Code::BadNumber, format!("“{}”不是数字", clip(text)), hint)
}

/// Cells of a spreadsheet in a text; `row` is the first row as that of a table with so many `columns`.
pub fn pasted_cells(row: &str, columns: usize) -> Mistake {
    let rule = "| --- ".repeat(columns.min(20));
    let hint = format!("做成表格：这一行写“{}”，下一行写“{rule}|”", clip(row));
    hinted(Code::DoubtfulMark, "像是从表格程序粘贴来的，在页面上会连成一段", hint)
}

/// A number in a notation of programs or spreadsheets; `value` is what it would be read as.
pub fn unusual_number(text: &str, value: &str) -> Mistake {
    hinted(
        Code::BadNumber,
        format!("“{}”会被读成 {value}", clip(text)),
        format!("用普通的数字写：{value}；意思不是 {value} 的，写成要写的数"),
    )
}

/// Words in a fee; `amount` is the fee, `note` the field for words if there is one.
pub fn fee_in_words(text: &str, key: &str, amount: &str, note: Option<&str>) -> Mistake {
    let rest = note.map_or_else(|| "，其余写进正文".to_owned(), |note| format!("，其余写进 {note}"));
    let hint = match amount {
        "0" => format!("免费写 0{rest}：{key}: 0"),
        amount => format!("只写数字{rest}：{key}: {amount}"),
    };
    hinted(Code::BadNumber, format!("“{}”不是数字", clip(text)), hint)
}

/// A fee that is no number and holds none that is meant: 面议, 自理.
pub fn unknown_fee(text: &str, key: &str, note: &str) -> Mistake {
    let hint = format!("{key} 只写数字：免费写 0，收费写多少元；“{}”写进 {note}，还没有定的，等定了再发布", clip(text));
    hinted(Code::BadNumber, format!("“{}”不是数字", clip(text)), hint)
}

/// Several amounts in a fee; `least` is the lowest of them.
pub fn several_fees(text: &str, key: &str, least: &str, note: Option<&str>) -> Mistake {
    let rest = note.map_or_else(|| "其余写进正文".to_owned(), |note| format!("全部写法放进 {note}"));
    let hint = format!("只能写一个数：写最低的，{rest}：{key}: {least}");
    hinted(Code::BadNumber, format!("“{}”不是一个数字", clip(text)), hint)
}

/// A number where any number is meant: 不限.
pub fn no_limit(text: &str) -> Mistake {
    hinted(Code::WrongType, "这里要写整数", format!("“{}”不用写：删掉这一行", clip(text)))
}

/// Several numbers where one is asked for.
pub fn several_numbers(largest: &str) -> Mistake {
    hinted(Code::WrongType, "这里只能写一个整数", format!("写最多的：{largest}"))
}

/// A field in other words that is written already.
pub fn written_key(key: &str, name: &str) -> Mistake {
    hinted(
        Code::UnknownKey,
        format!("“{}”就是 {name}，这里已经写了 {name}", clip(key)),
        format!("把内容并到 {name} 里，删掉这一行"),
    )
}

/// A text with commas that YAML divides into fields; `line` is what to write.
pub fn comma_in_text(rest: &str, line: &str) -> Mistake {
    hinted(
        Code::UnknownKey,
        format!("逗号后面的“{}”会被当作字段", clip(rest)),
        format!("有逗号的文字放进双引号，写成 {line}"),
    )
}

/// The beginning of a session without its end; `line` is what to write but for that end.
pub fn without_end(line: &str) -> Mistake {
    hinted(Code::NotAMap, "这里应当写字段", format!("还要写结束：{line}，… 换成结束的时间"))
}

/// Days of every second week and the like, of which only the days of the week can be written.
pub fn not_every_week(line: &str) -> Mistake {
    hinted(
        Code::WrongType,
        "这里要写清单",
        format!("写成 {line}；不是每周都上的，把不上的日子写进 except，或者改用 sessions 逐次写"),
    )
}

/// A value outside the schema's bounds.
pub fn out_of_range(least: Option<i64>, most: Option<i64>) -> Mistake {
    let message = match (least, most) {
        (Some(least), Some(most)) => format!("这里只能写 {least} 到 {most}"),
        (Some(least), None) => format!("这里不能小于 {least}"),
        (None, Some(most)) => format!("这里不能大于 {most}"),
        (None, None) => "数值超出了范围".to_owned(),
    };
    plain(Code::OutOfRange, message)
}

/// More places left than there are.
pub fn more_left_than_places(left: u32, capacity: u32) -> Mistake {
    hinted(
        Code::OutOfRange,
        format!("一共 {capacity} 个名额，不会还剩 {left} 个"),
        "改 places 的 left，或者改 capacity",
    )
}

/// Days of holidays that are listed in one warning.
const HOLIDAYS_LISTED: usize = 12;

/// Sessions of a class run on holidays: the day of each, and the holiday's name.
pub fn class_on_holiday(days: &[(String, &str)], is_weekly: bool) -> Mistake {
    let shown = &days[..days.len().min(HOLIDAYS_LISTED)];
    let more = if shown.len() < days.len() { "等" } else { "" };
    let told: Vec<String> = shown.iter().map(|(day, title)| format!("{day}（{}）", clip(title))).collect();
    let only: Vec<&str> = shown.iter().map(|(day, _)| day.as_str()).collect();
    hinted(
        Code::OnHoliday,
        format!("这个班有 {} 次课在放假的日子：{}{more}", days.len(), told.join("、")),
        if is_weekly {
            format!("把这几天也写进 except，如 except: [{}]；补课或照常上课的，写进 extra", only.join(", "))
        } else {
            "改到别的日子；假期里照常上的，改用 weekly，写进 extra".to_owned()
        },
    )
}

/// A holiday in the table of another year.
pub fn holiday_of_another_year(year: i16) -> Mistake {
    hinted(Code::OutOfRange, format!("这个节日不在 {year} 年"), "检查日期；别的年份另写一条")
}

/// Places that were counted `weeks` weeks ago.
pub fn old_count(day: &str, weeks: i32) -> Mistake {
    hinted(
        Code::OldCount,
        format!("剩余名额是 {day} 数的，已经过了 {weeks} 周"),
        "重新数一次，改 places 的 left 和 on；不再数的，删掉 places",
    )
}

/// A number below zero that counts something.
pub fn negative() -> Mistake {
    hinted(Code::OutOfRange, "这里不能是负数", "去掉减号，或者删掉这一行")
}

/// A number of zero where it says nothing.
pub fn counts_none() -> Mistake {
    hinted(Code::OutOfRange, "这里不能是 0", "写 1 或更大的数，或者删掉这一行")
}

/// A class of units that contains itself.
pub fn class_in_itself(id: &str) -> Mistake {
    hinted(Code::Cycle, format!("“{}”这一类单位又包括了它自己", clip(id)), "从 members 里去掉绕回来的那一个")
}

/// How often something comes again that is no recurring task.
pub fn only_recurring() -> Mistake {
    hinted(Code::OutOfRange, "只有 sort: recurring 才写 every", "把 sort 改成 recurring，或者删掉 every")
}

/// What is handed in for the year that follows, without a task that comes every year.
pub fn only_yearly() -> Mistake {
    hinted(
        Code::OutOfRange,
        "只有每年一次的常年工作才写 collects",
        "写上 sort: recurring 和 every: year，或者删掉 collects",
    )
}

/// A month or a day that no year or month has.
pub fn above_the_most(most: i8) -> Mistake {
    hinted(Code::OutOfRange, format!("这里只能写 1 到 {most}"), "改成对的数字，或者删掉这一行")
}

/// A value where an item is only there or not, or the other way round.
pub fn value_and_answer() -> Mistake {
    hinted(Code::OutOfRange, "value 和 has 只能写一个", "数值写 value；有没有、做没做写 has")
}

/// A share of more than the whole.
pub fn over_the_whole() -> Mistake {
    hinted(Code::OutOfRange, "比例不能超过 100%", "检查数值；写了总数 of 的，也检查总数")
}

/// A second value for the same year.
pub fn year_twice(year: &str) -> Mistake {
    hinted(Code::YearTwice, format!("{year} 年的数值写了两次"), "只留下对的那一个；是另一个单位的，写上 unit")
}

/// A second population for the same year.
pub fn population_twice(year: &str) -> Mistake {
    hinted(Code::YearTwice, format!("{year} 年的人口写了两次"), "一年只留一条")
}

/// A second value of an institution for the same item of a standard and the same year.
pub fn fact_twice(standard: &str) -> Mistake {
    let message = format!("“{}”同一年的数值写了两次", clip(standard));
    hinted(Code::YearTwice, message, "只留下对的那一个；是另一年的，写上 year")
}

/// A value of a unit that does not hold the indicator; with the titles of those that do.
pub fn holds_nothing(unit: &str, holders: &[&str]) -> Mistake {
    let known: Vec<String> = holders.iter().take(3).map(|title| format!("“{}”", clip(title))).collect();
    let more = if holders.len() > known.len() { "等" } else { "" };
    hinted(
        Code::HoldsNothing,
        format!("“{}”不是这个指标的责任单位", clip(unit)),
        format!("责任单位是{}{more}；确实由它负责的，加进 holders", known.join("、")),
    )
}

/// More people of an audience than came.
pub fn more_than_came(total: u32) -> Mistake {
    hinted(Code::OutOfRange, format!("比到场的 {total} 人还多"), "检查 total 和这一类的人数")
}

/// People were counted on a day on which nothing took place.
pub fn nothing_took_place(day: &str) -> Mistake {
    hinted(Code::Headcount, format!("{day} 没有场次，却登记了到场人数"), "改成上课、办活动的那一天，或者删掉这一条")
}

/// People were counted more often than something took place.
pub fn counted_twice(day: &str) -> Mistake {
    hinted(Code::Headcount, format!("{day} 的到场人数登记得比场次多"), "同一场只登记一条")
}

/// A text in which nothing can be seen.
pub fn blank_text(key: &str) -> Mistake {
    hinted(Code::BlankText, format!("字段“{key}”里什么也看不见"), "写上文字；用不着就删掉这一行")
}

/// A title of more characters than `limit`.
pub fn long_title(length: usize, limit: usize) -> Mistake {
    hinted(Code::LongTitle, format!("标题有 {length} 个字，超过了 {limit} 个"), "写短些，其余的话放进 summary")
}

/// A description of a picture that is the name of a file.
pub fn alt_file_name(alt: &str) -> Mistake {
    // 图片 and its like are no names, but say no more.
    let is_word = !alt.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '-'));
    let what = if is_word && !alt.is_ascii() { "没有说图里是什么" } else { "是文件名" };
    hinted(Code::AltFileName, format!("图片说明“{}”{what}", clip(alt)), "写图里是什么，例如“学员在写春联”")
}

/// A year or a date that cannot be meant.
pub fn bad_year(text: &str) -> Mistake {
    let year: String = text.chars().take_while(char::is_ascii_digit).collect();
    let (message, hint) = match (year.len(), text.len()) {
        (2, 2) => (format!("年份写成了“{year}”"), format!("写全四位：20{year}")),
        (5.., _) if year.starts_with("20") || year.starts_with("19") => {
            (format!("年份“{}”多了数字", clip(text)), format!("写四位年份，例如 {}", &year[..4]))
        }
        _ => (format!("“{}”的年份不在 1900 到 2100 之间", clip(text)), "检查年份的四位数字".to_owned()),
    };
    hinted(Code::OutOfRange, message, hint)
}

/// A fee below zero.
pub fn negative_fee() -> Mistake {
    hinted(Code::OutOfRange, "费用不能是负数", "免费写 0，收费写多少元，例如 50")
}

/// A fee that is too large.
pub fn huge_fee() -> Mistake {
    hinted(Code::OutOfRange, "费用超过了 100000 元", "单位是元；检查是不是多写了 0")
}

/// A fee with more than two decimals.
pub fn fraction_of_a_fen() -> Mistake {
    hinted(Code::OutOfRange, "费用写到了分以下", "单位是元，最多两位小数，例如 12.5")
}

/// A telephone without a number that can be called; `stray` is the piece that looks like one.
pub fn bad_phone(stray: Option<&str>) -> Mistake {
    let message = match stray {
        Some(stray) => format!("“{}”拨不通：不是完整的电话号码", clip(stray)),
        None => "这里没有能拨通的电话号码".to_owned(),
    };
    hinted(
        Code::BadPhone,
        message,
        "写成 0532-85321234、400-123-4567 或 12345，分机写 0532-85321234转802；没有电话就删掉这一行",
    )
}

/// A list with too few items.
pub fn too_few(least: u64) -> Mistake {
    plain(Code::OutOfRange, format!("这个清单至少要有 {least} 项"))
}

/// A text that is not a path.
pub fn bad_path(text: &str) -> Mistake {
    hinted(Code::BadPath, format!("“{}”不是文件路径", clip(text)), "用 / 分隔，例如 photos/a.jpg 或 /pictures/a.jpg")
}

/// A file that is on the editor's computer or on the web; `folder` is where it belongs, `line` what to write then.
pub fn foreign_file(text: &str, folder: &str, line: &str) -> Mistake {
    let hint = format!("把文件复制到 content/{folder}，再写 {line}");
    hinted(Code::BadPath, format!("“{}”不是文件路径", clip(text)), hint)
}

/// A path where the fields of a picture or attachment are required; `folder` is where the file belongs if it is not there.
pub fn file_as_text(folder: Option<&str>, line: &str) -> Mistake {
    let hint = match folder {
        Some(folder) => format!("把文件复制到 content/{folder}，再写 {line}"),
        None => format!("写成 {line}"),
    };
    hinted(Code::NotAMap, "这里要写文件和说明", hint)
}

/// The fields of a picture (`about` is `alt`) or of an attachment (`about` is `title`), as one line; `written` is the
/// text that is there already.
pub fn fields_of_file(field: &str, file: &str, about: &str, written: Option<&str>) -> String {
    let text = written.unwrap_or(if about == "title" { "显示的名称" } else { "图里是什么" });
    let fields = format!("{{file: {file}, {about}: {text}}}");
    match field {
        "attachments" | "gallery" => format!("{field}: [{fields}]"),
        field => format!("{field}: {fields}"),
    }
}

/// A text that is not a focus.
pub fn bad_focus(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["", ""], "写从左、从上数的百分比，例如 60% 30%");
    hinted(Code::BadFocus, format!("“{}”不是裁切时要保留的位置", clip(text)), hint)
}

/// A text that is not an aspect ratio.
pub fn bad_aspect(text: &str) -> Mistake {
    hinted(Code::BadAspect, format!("“{}”不是宽高比", clip(text)), "写宽和高的份数，例如 3:2")
}

/// A text that is not an external URL.
pub fn bad_url(text: &str, meant: &Meant) -> Mistake {
    let hint = meant.hint("", ["", ""], "以 https://、http://、tel: 或 mailto: 开头");
    hinted(Code::BadUrl, format!("“{}”不是网址", clip(text)), hint)
}
