//! Entries, and what they refer to.

use jiff::ToSpan as _;
use jiff::civil::{DateTime, Weekday};

use super::values::bad_mixed_ref;
use super::{Part, clip, hinted, plain};
use crate::diag::{Code, Mistake};

/// A record without an id; the proposal comes from its title.
pub fn missing_id(proposal: Option<&str>) -> Mistake {
    hinted(
        Code::MissingId,
        "这条记录没有 id",
        proposal.map_or_else(|| "加一行 id: 编号".to_owned(), |proposal| format!("可以写 id: {proposal}")),
    )
}

/// A Markdown file whose `id` differs from its stem.
pub fn id_mismatch(id: &str, stem: &str) -> Mistake {
    hinted(Code::IdMismatch, format!("id 写的是“{id}”，文件名却是“{stem}”"), "删掉 id 这一行，或者改文件名")
}

/// A word for what is not known yet, in place of a reference.
pub fn undecided_ref(kind: &str, text: &str) -> Mistake {
    hinted(Code::BadId, format!("“{}”不是{kind}的编号", clip(text)), "没有或还没有定，就删掉它，定了再加")
}

/// A place on the net in place of a venue.
pub fn online_venue(text: &str) -> Mistake {
    let hint = "在线上办的，写 mode: online，删掉 venue；怎么进入写在正文里";
    hinted(Code::BadId, format!("“{}”不是场地的编号", clip(text)), hint)
}

/// An id used twice in a kind.
pub fn duplicate_id(kind: &str, id: &str) -> Mistake {
    hinted(Code::DuplicateId, format!("{kind}里已经有编号“{id}”"), "换一个编号")
}

/// Two pages or files with the same address.
pub fn address_twice(address: &str) -> Mistake {
    hinted(Code::AddressTwice, format!("网址 {address} 被两样东西占用"), "改掉其中一个的编号或文件名")
}

/// What a reference that does not hold was probably meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefMeant {
    /// Nothing that can be told. These entries there are: id and title, and how many more.
    Any(Vec<(String, String)>, usize),
    /// Another form of an id that exists, or several in one.
    Id(String),
    /// The titles of entries, with their ids.
    Title(Vec<(String, String)>),
    /// Something near: an id, perhaps with its title.
    Near(String, Option<String>),
    /// Several ids of which only some exist: the parts as they were written, the first without an entry, and what there is.
    Parts(Vec<String>, String, Box<RefMeant>),
}

impl RefMeant {
    /// The ids, if it is certain which are meant.
    pub fn ids(&self) -> Option<Vec<String>> {
        match self {
            Self::Id(ids) => Some(ids.split(", ").map(str::to_owned).collect()),
            Self::Title(found) => match found.as_slice() {
                [(id, _)] => Some(vec![id.clone()]),
                _ => None,
            },
            Self::Any(..) | Self::Near(..) | Self::Parts(..) => None,
        }
    }

    fn hint(&self, kind: &str) -> String {
        let named = |(id, title): &(String, String)| {
            if title.is_empty() { id.clone() } else { format!("{id}（{}）", clip(title)) }
        };
        match self {
            Self::Any(known, _) if known.is_empty() => format!("还没有{kind}，先建一个"),
            Self::Any(known, more) => {
                let shown = known.iter().map(named).collect::<Vec<_>>().join("、");
                let more = if *more > 0 { format!("，还有 {more} 个") } else { String::new() };
                format!("可以填：{shown}{more}")
            }
            Self::Id(id) => format!("请写 {id}"),
            Self::Title(found) => match found.as_slice() {
                [(id, title)] => format!("“{}”的编号是 {id}", clip(title)),
                found => format!(
                    "叫这个名字的有：{}",
                    found.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join("、")
                ),
            },
            Self::Near(id, Some(title)) => format!("是不是“{}”？它的编号是 {id}", clip(title)),
            Self::Near(id, None) => format!("是不是“{id}”？"),
            Self::Parts(parts, unknown, known) => {
                let parts = parts.iter().map(|part| clip(part)).collect::<Vec<_>>().join(", ");
                let known = known.hint(kind);
                format!("几个编号之间用半角逗号分开：{parts}；“{}”不是{kind}的编号，{known}", clip(unknown))
            }
        }
    }
}

/// A reference to an entry that does not exist.
pub fn dangling_ref(kind: &str, id: &str, meant: &RefMeant, elsewhere: usize) -> Mistake {
    let more = if elsewhere == 0 { String::new() } else { format!("（另有 {elsewhere} 处也引用了它）") };
    hinted(Code::DanglingRef, format!("找不到编号“{}”的{kind}{more}", clip(id)), meant.hint(kind))
}

/// A reference that is not an id.
pub fn not_an_id(kind: &str, text: &str, meant: &RefMeant) -> Mistake {
    let hint = match meant {
        RefMeant::Id(ids) if ids.contains(", ") => format!("几个编号之间用半角逗号分开：{ids}"),
        meant => meant.hint(kind),
    };
    hinted(Code::BadId, format!("“{}”不是{kind}的编号", clip(text)), hint)
}

/// A reference that is not `kind/id`.
pub fn not_a_mixed_ref(text: &str, meant: &RefMeant) -> Mistake {
    match meant {
        RefMeant::Any(..) => bad_mixed_ref(text),
        meant => hinted(Code::BadMixedRef, format!("“{}”不是“类别/编号”", clip(text)), meant.hint("")),
    }
}

/// A reference to a draft.
pub fn draft_ref(kind: &str, id: &str) -> Mistake {
    hinted(Code::DraftRef, format!("{kind}“{id}”还是草稿"), "先去掉它的 draft: true，或者删掉这里的引用")
}

/// A reference by a former id.
pub fn former_ref(id: &str, now: &str) -> Mistake {
    hinted(Code::FormerRef, format!("“{id}”是旧编号"), format!("改成 {now}"))
}

/// Why something is not published today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// Published from this day on.
    NotYet(String),
    /// Published until this day.
    Expired(String),
    /// Withdrawn.
    Withdrawn,
}

/// A reference to something not published today.
pub fn hidden_ref(kind: &str, id: &str, why: &Hidden) -> Mistake {
    plain(Code::HiddenRef, format!("{kind}“{id}”{}，这里只显示文字", hidden(why)))
}

pub(super) fn hidden(why: &Hidden) -> String {
    match why {
        Hidden::NotYet(day) => format!("到 {day} 才发布"),
        Hidden::Expired(day) => format!("{day} 之后已不再发布"),
        Hidden::Withdrawn => "已撤下".to_owned(),
    }
}

/// What the preview says at the address of an entry that is not published; `why` unless it is a draft.
pub fn not_published(title: &str, why: Option<&Hidden>) -> String {
    match why {
        Some(why) => format!("“{title}”{}。", hidden(why)),
        None => format!("“{title}”是草稿（draft: true），不发布。要预览草稿，用 shuyuan serve --drafts。"),
    }
}

/// References that could not be checked, because files of the kind could not be read.
pub fn unchecked(kind: &str, count: usize) -> Mistake {
    hinted(
        Code::Unchecked,
        format!("有 {count} 处对{kind}的引用暂时无法检查，因为有的{kind}文件读不出来"),
        "先修好读不出来的文件",
    )
}

/// A clause that its document does not have.
pub fn unknown_clause(clause: &str, document: &str, meant: &RefMeant) -> Mistake {
    let message = format!("公文“{document}”里找不到编号“{}”的条款", clip(clause));
    hinted(Code::UnknownClause, message, meant.hint("条款"))
}

/// A line of a yearly list that answers a line which the unit's plan for the year before does not have.
pub fn unknown_line(line: &str, unit: &str, year: i16, near: Option<&str>, is_there: bool) -> Mistake {
    let message = format!("“{unit}”{year} 年的行动计划里没有“{}”这一条", clip(line));
    let hint = match near {
        Some(near) => format!("是不是“{near}”？"),
        None if is_there => "照抄那份计划里一条的名称，或者删掉 fulfils".to_owned(),
        None => format!("本站没有收录它 {year} 年的行动计划：先补上那份计划，或者删掉 fulfils"),
    };
    hinted(Code::UnknownLine, message, hint)
}

/// A cycle of parents.
pub fn cycle(id: &str) -> Mistake {
    hinted(Code::Cycle, format!("“{id}”经过上级又绕回了自己"), "改掉其中一个 parent")
}

/// A child whose level is not below its parent's.
pub fn wrong_level(parent: &str) -> Mistake {
    hinted(Code::WrongLevel, format!("级别必须低于上级“{parent}”"), "改级别，或者改 parent")
}

/// Members of a unit that is not a class.
pub fn not_a_class() -> Mistake {
    hinted(Code::NotAClass, "只有统称才能列出 members", "把 sort 改成 class，或者删掉 members")
}

/// An end before its start.
pub fn end_before_start() -> Mistake {
    hinted(Code::EndBeforeStart, "结束早于开始", "检查两个时间的先后")
}

/// As [`end_before_start`], of two times. What ends at 2:00 may have been meant to end at 14:00.
pub fn end_of_day_before_start(start: DateTime, end: DateTime) -> Mistake {
    let is_later = |later: &DateTime| start != end && start.date() == later.date() && *later > start;
    let later = end.checked_add(12.hours()).ok().filter(is_later);
    match later {
        Some(later) => {
            let hint = format!("下午的时间加上 12 小时，写成 {}；或检查两个时间的先后", later.strftime("%H:%M"));
            hinted(Code::EndBeforeStart, "结束早于开始", hint)
        }
        None if start == end => hinted(Code::EndBeforeStart, "结束和开始是同一个时间", "写上结束的时间"),
        None => end_before_start(),
    }
}

/// A session of more than a day; its beginning, and its last day.
pub fn long_session(start: &str, last: &str) -> Mistake {
    hinted(
        Code::LongSession,
        format!("这一场从 {start} 开始，到 {last} 才结束，超过了 24 小时"),
        format!("检查 end 的日期；连续多天的（如展览），end 写头一天的结束时间，再加上 until: {last}"),
    )
}

/// A session that begins at night, `start` as written; the same hour in the afternoon is `later`.
pub fn at_night(start: &str, later: &str) -> Mistake {
    hinted(Code::AtNight, format!("{start} 是夜里"), format!("下午的写 {later}；真是夜里办的，不用改"))
}

/// A session on more days in a row than `days`.
pub fn long_run(days: i32) -> Mistake {
    hinted(Code::LongSession, format!("这一场连着超过了 {days} 天"), "检查 until 的年份")
}

/// A session of several days whose `end` is on neither the first nor the last.
pub fn end_with_until(first: &str) -> Mistake {
    hinted(Code::LongSession, "写了 until，end 却在另外一天", format!("end 写头一天的结束时间，日期是 {first}"))
}

/// An edition whose year is not that of its days.
pub fn year_of_edition(year: i16, from: &str) -> Mistake {
    hinted(
        Code::EditionYear,
        format!("年份是 {year}，日期却从 {from} 开始"),
        format!("year 写 {}，或者改 from 和 to", from.split('-').next().unwrap_or_default()),
    )
}

/// A session outside the edition that its event belongs to.
pub fn outside_edition(day: &str, edition: &str, from: &str, to: &str) -> Mistake {
    hinted(
        Code::OutsideEdition,
        format!("{day} 不在“{}”的日期里（{from} 到 {to}）", clip(edition)),
        "改这一场的时间；不属于活动周的，删掉 edition；因故改到周外的，写 moved_from: 原定的开始时间",
    )
}

/// The days of the edition.
pub const EDITION_HERE: &str = "活动周的日期写在这里";
/// An event outside the regions of the edition that it belongs to.
pub fn outside_region(region: &str, edition: &str) -> Mistake {
    hinted(
        Code::OutsideRegion,
        format!("这场活动在{}，不在“{}”的区域里", clip(region), clip(edition)),
        "把这个区域加进活动周的 regions；不属于这一届的，删掉 edition",
    )
}

/// The regions of the edition.
pub const REGIONS_HERE: &str = "活动周的区域写在这里";
/// Another session at the same time.
pub const OTHER_SESSION_HERE: &str = "另一场写在这里";
/// The seats of a venue.
pub const SEATS_HERE: &str = "场地的座位数写在这里";
/// Where a holiday is written.
pub const HOLIDAY_HERE: &str = "放假的日子写在这里";

/// The opening hours of a venue.
pub const HOURS_HERE: &str = "场地的开放时间写在这里";
/// A session that takes place elsewhere than usual.
pub const SESSION_THERE: &str = "换到这个场地的一场写在这里";
/// The first session of a run.
pub const FIRST_SESSION_HERE: &str = "第一次课写在这里";

/// How to make an exception for a clash.
fn unless(hint: &str, name: &str) -> String {
    format!("{hint}；确要这样的，在 allow 里写 what: {name}")
}

/// A venue with two sessions at a time.
pub fn venue_twice(venue: &str, other: &str, when: &str, name: &str) -> Mistake {
    hinted(
        Code::VenueTwice,
        format!("{when} 场地“{}”已经安排了“{}”", clip(venue), clip(other)),
        unless("改时间或场地；能同时办几场的，在场地里写 rooms: 间数", name),
    )
}

/// A teacher with two sessions at a time.
pub fn teacher_twice(teacher: &str, other: &str, when: &str, name: &str) -> Mistake {
    hinted(
        Code::TeacherTwice,
        format!("{when} 教师“{}”还有“{}”", clip(teacher), clip(other)),
        unless("改时间，或者改 teachers", name),
    )
}

/// A teacher who has to be at another venue a few minutes later.
pub fn teacher_too_far(teacher: &str, other: &str, minutes: i64, when: &str, name: &str) -> Mistake {
    hinted(
        Code::TeacherTwice,
        format!("{when} 教师“{}”从“{}”的场地赶过来，中间只有 {minutes} 分钟", clip(teacher), clip(other)),
        unless("改时间，或者改 teachers", name),
    )
}

/// A day of the week in Chinese.
pub(super) fn weekday_word(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

/// A session while its venue is closed. `times` says when it is open on that day of the week.
pub fn outside_hours(venue: &str, when: &str, day: Weekday, times: &str, name: &str) -> Mistake {
    let day = weekday_word(day);
    let venue = clip(venue);
    let message = if times.is_empty() {
        format!("{when} 场地“{venue}”不开放：{day}没有开放时间")
    } else {
        format!("{when} 这一场不在场地“{venue}”的开放时间里：{day} {times}")
    };
    hinted(Code::OutsideHours, message, unless("改时间或场地，或者改场地的 hours", name))
}

/// More places than seats.
pub fn over_capacity(capacity: u32, venue: &str, seats: u32, name: &str) -> Mistake {
    hinted(
        Code::OverCapacity,
        format!("名额有 {capacity} 个，场地“{}”只有 {seats} 个座位", clip(venue)),
        unless("改 capacity，或者改场地的 seats", name),
    )
}

/// Enrolment that is open after the first session.
pub fn late_enrolment(begins: &str, name: &str) -> Mistake {
    hinted(
        Code::LateEnrolment,
        format!("{begins} 就开课了，报名却还没有截止"),
        unless("改截止的日期，不写 to 就是到开课那天", name),
    )
}

/// Further warnings of a code, which are not listed.
pub fn and_more(code: Code, count: usize) -> Mistake {
    hinted(code, format!("另有 {count} 处同样的情况没有列出"), "先改列出的这些，再检查一次")
}

/// A day that is years away.
pub fn far_off(day: &str) -> Mistake {
    hinted(Code::FutureDate, format!("{day} 还有三年以上才到"), "检查年份")
}

/// Two sessions of one run between which years lie.
pub fn years_between(first: &str, last: &str) -> Mistake {
    hinted(Code::FutureDate, format!("同一个班的课，一次在 {first}，一次在 {last}，隔了两年以上"), "检查年份")
}

/// A session that is written twice.
pub fn session_twice(start: &str) -> Mistake {
    hinted(Code::Repeated, format!("{start} 这一次前面已经写过"), "删掉重复的一次，或者改成实际的时间")
}

/// Enrolment that opens when the class is over.
pub fn enrolment_after(last: &str) -> Mistake {
    hinted(Code::LateEnrolment, format!("最后一次课在 {last}，报名却在这以后才开始"), "检查 from 的日期")
}

/// A day that has not come, on which something is said to have been published.
pub fn future_date(day: &str) -> Mistake {
    hinted(Code::FutureDate, format!("{day} 还没有到"), format!("检查年份；要到那天才发布的，加一行 publish: {day}"))
}

/// A day that has not come, on which something is said to have been changed.
pub fn future_update(day: &str) -> Mistake {
    hinted(Code::FutureDate, format!("{day} 还没有到"), "写最近一次改动的日期")
}

/// A year or day that has not come, of something that has been.
pub fn future_year(text: &str) -> Mistake {
    hinted(Code::FutureDate, format!("{text} 还没有到"), "检查年份")
}

/// A period that was over before the year of the document that demands something of it.
pub fn before_document(span: &str, title: &str, year: &str) -> Mistake {
    let message = format!("{span} 比公文“{}”还早，公文是 {year} 年的", clip(title));
    hinted(Code::BeforeDocument, message, "检查年份")
}

/// An edition of more days than `days`.
pub fn long_edition(days: i32) -> Mistake {
    hinted(Code::EditionYear, format!("这一届活动周超过了 {days} 天"), "检查 from 和 to 的年份、月份")
}

/// A sample of a unit or institution that is none.
pub fn sample_on_real(other: &str) -> Mistake {
    hinted(
        Code::SampleOnReal,
        format!("这是示例，却挂在真实的“{}”名下", clip(other)),
        "换成一个示例的单位或机构；它若也是示例，在它那里写 sample: true",
    )
}

/// A title that says what the field for it does not.
pub fn sample_in_title() -> Mistake {
    hinted(Code::SampleInTitle, "标题里写着（示例），却没有写 sample: true", "写上 sample: true，去掉标题里的（示例）")
}

/// Something that a list names twice.
pub fn repeated() -> Mistake {
    hinted(Code::Repeated, "这一项前面已经写过", "删掉重复的一个")
}

/// A title with HTML or Markdown.
pub fn title_markup() -> Mistake {
    hinted(Code::TitleMarkup, "标题里有 HTML 或 Markdown 的记号，会原样显示", "标题只写文字")
}

/// A summary with marks of Markdown or HTML.
pub fn summary_markup() -> Mistake {
    hinted(Code::TitleMarkup, "摘要里有 HTML 或 Markdown 的记号，会原样显示", "摘要只写文字")
}

/// A title that was probably torn at this sign.
pub fn torn_title(sign: char) -> Mistake {
    let (message, hint) = if "，、；,;".contains(sign) {
        (format!("标题末尾是“{sign}”"), "补上后面的字，或者删掉它")
    } else {
        (format!("标题里的 {sign} 只有一半"), "补上另一半，或者删掉它")
    };
    hinted(Code::TornTitle, message, hint)
}

/// A reason of nothing.
pub fn stray_reason() -> Mistake {
    hinted(
        Code::StrayReason,
        "写了原因，却没有写状态",
        "取消的加一行 status: cancelled，改期的写 status: moved；没有变动就删掉 reason",
    )
}

/// A text that `new` or `init` wrote to be replaced.
pub fn placeholder(text: &str) -> Mistake {
    hinted(Code::Placeholder, format!("“{}”只是样子，还没有换成真的", clip(text)), "换成真的内容；用不着就删掉这一行")
}

/// A portal that is as `init` made it, with so many texts to be replaced.
pub fn placeholders(count: usize) -> Mistake {
    hinted(
        Code::Placeholder,
        format!("门户里还有 {count} 处新建时自带的示例"),
        "逐步换成你们自己的；换完以后删掉 banner 这一行，剩下的示例会一处一处指出来",
    )
}

/// A schedule in both notations.
pub fn two_schedules() -> Mistake {
    hinted(Code::TwoSchedules, "sessions 和 weekly 只能写一种", "删掉其中一种；另加的场次写在 weekly 的 extra 里")
}

/// No schedule at all.
pub fn no_schedule() -> Mistake {
    hinted(Code::NoSchedule, "活动没有时间", "写 sessions（逐次）或 weekly（每周）")
}

/// A weekly pattern without sessions.
pub fn empty_weekly() -> Mistake {
    hinted(Code::EmptyWeekly, "这个每周安排里没有一次课", "检查 days、from、to 和 except")
}

/// An exception outside the pattern.
pub fn except_outside(day: &str) -> Mistake {
    hinted(Code::ExceptOutside, format!("{day} 本来就没有课"), "检查日期，或者删掉它")
}

/// A weekly pattern with more sessions than `limit`.
pub fn too_many_sessions(limit: usize) -> Mistake {
    hinted(Code::TooManySessions, format!("展开后超过 {limit} 次"), "检查起止日期的年份")
}

/// A changed status without a reason.
pub fn missing_reason() -> Mistake {
    hinted(Code::MissingReason, "改期、地点有变或取消，要写明原因", "加一行 reason: 原因")
}

/// A target without the number its comparator needs.
pub fn incomplete_target(field: &str) -> Mistake {
    hinted(Code::IncompleteTarget, format!("这种比较方式需要“{field}”"), format!("加一行 {field}"))
}

/// A field of a target that its comparator makes nothing of; `of` is the comparator that would.
pub fn idle_in_target(field: &str, of: &str) -> Mistake {
    let message = format!("这种比较方式用不到“{field}”");
    hinted(Code::IncompleteTarget, message, format!("删掉 {field}，或者把 comparator 改成 {of}"))
}

/// A range whose ends are in the wrong order.
pub fn range_reversed(value: &str, to: &str) -> Mistake {
    hinted(Code::OutOfRange, "区间的上限 to 比下限 value 小", format!("下限写在前：value: {to}, to: {value}"))
}

/// News without a date.
pub fn missing_date() -> Mistake {
    hinted(Code::MissingDate, "新闻没有日期", "加一行 date: 2026-11-09")
}

/// A duty without a source.
pub fn missing_source() -> Mistake {
    hinted(Code::MissingSource, "职责没有写出处", "加上 sources，写明公文 document 和条款 clause")
}

/// Something on site without a venue.
pub fn missing_venue() -> Mistake {
    hinted(Code::MissingVenue, "没有写场地", "加一行 venue，或者把 mode 改成 online")
}

/// A portrait without a valid consent.
pub fn picture_withheld(why: Withheld) -> Mistake {
    let why = match why {
        Withheld::NoConsent => "没有授权",
        Withheld::Scope => "授权范围不含网站（web）",
        Withheld::NotYet => "授权还没有生效",
        Withheld::Expired => "授权已过期",
        Withheld::Withdrawn => "本人已撤下",
    };
    plain(Code::PictureWithheld, format!("{why}，照片不发布"))
}

/// A use of a picture that is withheld because of the entry of the person whom it shows.
pub fn picture_withheld_here(why: Withheld) -> Mistake {
    let Mistake { message, .. } = picture_withheld(why);
    hinted(Code::PictureWithheld, format!("这是人物照片：{message}，这里也一样"), "换一张照片，或者补上本人的授权")
}

/// The entry of the person whom a picture shows or a text names.
pub const PERSON_HERE: &str = "这个人写在这里";

/// A text that names a person who was withdrawn.
pub fn withdrawn_name(name: &str) -> Mistake {
    hinted(Code::WithdrawnName, format!("“{}”已经撤下，这里还写着姓名", clip(name)), "改成“某学员”之类，或者删掉这一处")
}

/// A file that names a person who was withdrawn, in a part of its text or in its own name.
pub fn withdrawn_in_file(path: &str, part: Option<&Part>, name: &str) -> Mistake {
    let place = part.map_or_else(|| "文件名".to_owned(), Part::to_string);
    hinted(
        Code::WithdrawnName,
        format!("“{}”已经撤下，{path} 的{place}里还有这个姓名", clip(name)),
        "换成没有这个姓名的文件，或者不再提供它",
    )
}

/// A picture of a child without a consent.
pub fn child_picture() -> Mistake {
    hinted(
        Code::ChildPicture,
        "照片里像是有孩子，却没有写授权",
        "写 consent（under_14: true 和 guardian 监护人），或者换一张认不出孩子的照片",
    )
}

/// Whether the description of a picture tells of children, and not of what is made by or for them.
pub fn names_child(text: &str) -> bool {
    ["小朋友", "孩子", "儿童", "幼儿", "小学生", "宝宝", "婴儿", "少年"].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let after = &text[at + word.len()..];
            let thing = ["画", "作品", "书", "读物", "乐园", "宫", "房", "馆", "节", "用品", "园的", "图"];
            !thing.iter().any(|thing| after.trim_start_matches(['的', '们']).starts_with(thing))
        })
    })
}

/// Why a portrait is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// No consent is written.
    NoConsent,
    /// Its scope does not include the portal.
    Scope,
    /// It begins in the future.
    NotYet,
    /// It has expired.
    Expired,
    /// The person was withdrawn.
    Withdrawn,
}

/// Two star learners with the same name.
pub fn person_twice(name: &str) -> Mistake {
    hinted(Code::PersonTwice, format!("这个地方已有一位“{name}”"), "若是同一个人，只保留一项")
}
