//! The wording of every mistake: what is wrong, and what to write instead. All messages about content are here.

mod bodies;
mod entries;
mod files;
mod private;
mod published;
mod site;
mod values;
mod yaml;

use super::{Code, Mistake};

pub use bodies::*;
pub use entries::*;
pub use files::*;
pub use private::*;
pub use published::*;
pub use site::*;
pub use values::*;
pub use yaml::*;

fn plain(code: Code, message: impl Into<String>) -> Mistake {
    Mistake { code, message: message.into(), hint: None }
}

fn hinted(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Mistake {
    Mistake { code, message: message.into(), hint: Some(hint.into()) }
}

/// What a malformed value was probably meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Nothing that can be told.
    Nothing,
    /// A value.
    Value(String),
    /// A beginning and an end in one value.
    Pair(String, String),
    /// A month and a day, `09-01`, perhaps with a time: the year is missing.
    NoYear(String),
    /// A day of the lunar calendar.
    Lunar,
    /// A day: the time is missing.
    NoTime(String),
    /// A time of day where a day and a time are asked for.
    NoDate(String),
    /// A month, `2026-09`: the day is missing.
    NoDay(String),
}

impl Meant {
    /// What to write. `mark` stands around each value; `keys` are the fields of beginning and end.
    fn hint(&self, mark: &str, keys: [&str; 2], otherwise: &str) -> String {
        let [start, end] = keys;
        match self {
            Self::Nothing => otherwise.to_owned(),
            Self::Value(value) => format!("请写 {mark}{value}{mark}"),
            Self::Pair(first, last) => {
                format!("开始和结束分开写：{start}: {mark}{first}{mark}，{end}: {mark}{last}{mark}")
            }
            Self::NoYear(rest) => format!("没有写年份：请写成 2026-{rest} 的样子，年份换成实际的"),
            Self::Lunar => "农历的日子每年不同：查出公历的日期，写成 2026-11-09 的样子".to_owned(),
            Self::NoTime(day) => format!("还要写时刻，例如 {day} 09:00"),
            Self::NoDate(time) => format!("日期和时间写在一起，例如 2026-11-09 {time}，日期换成实际的"),
            Self::NoDay(month) => format!("还要写哪一天，例如 {month}-01"),
        }
    }
}

/// The hint “did you mean `near`”, or `otherwise` if there is no near match.
fn near_hint(near: Option<&str>, otherwise: Option<&str>) -> Option<String> {
    near.map(|near| format!("是不是“{near}”？")).or_else(|| otherwise.map(str::to_owned))
}

/// Shortens quoted content, so that a message stays on one line.
fn clip(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 && line.len() == text.trim_end().len() {
        return line.to_owned();
    }
    line.chars().take(40).chain(['…']).collect()
}

// Labels of related places.

/// The first of two occurrences.
pub const FIRST_HERE: &str = "第一次写在这里";
/// A place that contains the same reference.
pub const REFERRED_HERE: &str = "这里也引用了它";
/// The other page or file with the same address.
pub const ALSO_HERE: &str = "这里要用同一个网址";
/// Another place that a mistake in a script involves.
pub const INVOLVED_HERE: &str = "和这里有关";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_wrote_is_shown_on_one_short_line() {
        assert_eq!(clip("短"), "短");
        assert_eq!(clip("第一行\n第二行"), "第一行…");
        assert_eq!(clip(&"长".repeat(60)).chars().count(), 41);
    }
}
