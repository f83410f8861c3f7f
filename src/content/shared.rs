//! Fields that several kinds share: sources, consent, status, schedules, targets, contact, pictures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::choice::choice;
use super::document::Document;
use super::evidence::Evidence;
use super::indicator::Indicator;
use super::phone::Phone;
use super::spot::{PictureUse, Spot};
use super::teacher::Teacher;
use super::unit::Unit;
use super::value::{Clock, Day, FilePath, Focus, Id, Moment, Number, Ref, Year};
use super::venue::Venue;

/// Fields that entries of every kind may have.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// The id. Required in a list of records; for a Markdown file it is the file's stem.
    #[serde(default)]
    #[schemars(title = "编号（也是网址），小写字母、数字和连字符；Markdown 文件以文件名为准，可不写")]
    pub id: Option<Id>,
    /// Title or name, as shown.
    #[schemars(title = "标题或名称", example = &"标题")]
    pub title: String,
    /// One or two sentences for cards, feeds and search engines. Without it the beginning of the body is used.
    #[serde(default)]
    #[schemars(title = "一两句话的摘要，显示在列表里；不写就取正文开头")]
    pub summary: Option<String>,
    /// Position in lists: smaller numbers first; entries without it come last.
    #[serde(default)]
    #[schemars(title = "排序号，小的在前", example = 10)]
    pub order: Option<i32>,
    /// The day of publication or of the event described.
    #[serde(default)]
    #[schemars(title = "日期", example = &"2026-11-01")]
    pub date: Option<Day>,
    /// The day of the last change that matters to residents.
    #[serde(default)]
    #[schemars(title = "最近更新的日期", example = &"2026-11-10")]
    pub updated: Option<Day>,
    /// First day on which the entry is published.
    #[serde(default)]
    #[schemars(title = "从这一天起发布", example = &"2026-11-01")]
    pub publish: Option<Day>,
    /// Last day on which the entry is published.
    #[serde(default)]
    #[schemars(title = "发布到这一天为止（含当天）", example = &"2027-11-01")]
    pub expires: Option<Day>,
    /// Why the entry was withdrawn. Its page is removed, and references to it become plain text.
    #[serde(default)]
    #[schemars(title = "撤下的原因；写了就不再发布", example = &"应本人要求撤下")]
    pub withdrawn: Option<String>,
    /// Whether it is a draft: never published, and no published entry may refer to it.
    #[serde(default)]
    #[schemars(title = "草稿，不发布", example = true)]
    pub draft: bool,
    /// Whether it is made up, to show how the portal looks. The program then prints the mark of samples behind its title, wherever it is shown.
    #[serde(default)]
    #[schemars(title = "虚构的示例；标题后面处处由程序加上（示例），标题里不用写", example = true)]
    pub sample: bool,
    /// Former ids, whose addresses redirect here. The first one is used in the calendar UID.
    #[serde(default)]
    #[schemars(title = "从前用过的编号，旧网址会转到这里", example = ["jiu-bianhao"])]
    pub formerly: Vec<Id>,
    /// The picture for cards and the head of the page.
    #[serde(default)]
    #[schemars(title = "题图")]
    pub picture: Option<Picture>,
    /// Files to download.
    #[serde(default)]
    #[schemars(title = "附件")]
    pub attachments: Vec<Attachment>,
    /// Sources of the facts.
    #[serde(default)]
    #[schemars(title = "出处：哪份公文的哪一条")]
    pub sources: Vec<Citation>,
    /// Further notes on the facts, such as an error in the source.
    #[serde(default)]
    #[schemars(title = "说明，例如原文的缺漏", example = ["原文此处有脱字"])]
    pub notes: Vec<String>,
    /// Private data that may be published all the same, and clashes that are meant.
    #[serde(default)]
    #[schemars(title = "经同意的例外：可以公开的一处个人信息，或确要这样安排的一处时间、场地")]
    pub allow: Vec<Allow>,
    /// The body in Markdown, for a list of records; in a Markdown file it follows the front matter.
    #[serde(default)]
    #[schemars(title = "正文（Markdown），只用于 YAML 清单；Markdown 文件的正文写在下面")]
    pub body: Option<String>,
}

/// An exception: one value of private data, or one clash, with who allowed it, when and why.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// The value, in full or with asterisks as the message shows it; or the clash, as the message calls it.
    #[schemars(title = "哪一处，照检查说的写，可以带星号", example = &"138****1234")]
    pub what: String,
    /// Who allowed it.
    #[schemars(title = "谁同意的", example = &"本人（示例）")]
    pub by: String,
    /// When.
    #[schemars(title = "哪天同意的", example = &"2026-01-10")]
    pub date: Day,
    /// Why.
    #[schemars(title = "为什么", example = &"志愿服务的联系手机，本人愿意公开")]
    pub reason: String,
}

/// A picture of an entry.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The file.
    #[schemars(title = "图片文件", example = &"/pictures/example.jpg")]
    pub file: FilePath,
    /// Description for those who cannot see the picture.
    #[serde(default)]
    #[schemars(title = "图片说明，读屏软件会念出来；必填，除非只作装饰", example = &"学员在练习")]
    pub alt: Option<String>,
    /// Whether it is decoration and needs no description.
    #[serde(default)]
    #[schemars(title = "只作装饰，不用说明", example = true)]
    pub decorative: bool,
    /// The point that is kept when the picture is cropped.
    #[serde(default)]
    #[schemars(title = "裁切时要保留的位置：从左、从上数的百分比", example = &"60% 30%")]
    pub focus: Option<Focus>,
    /// Who made it.
    #[serde(default)]
    #[schemars(title = "作者或来源", example = &"宣传组")]
    pub credit: Option<String>,
}

impl Picture {
    /// How it is shown in a spot.
    pub fn shot(&self, spot: Spot) -> Shot {
        Shot { usage: spot.usage(), focus: self.focus.unwrap_or(Focus::CENTRE) }
    }

    /// The text alternative; empty for decoration.
    pub fn alt(&self) -> &str {
        self.alt.as_deref().unwrap_or_default()
    }
}

/// How a picture is shown. Sizes, crop and formats depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shot {
    /// The use.
    pub usage: PictureUse,
    /// The point that is kept when the picture is cropped.
    pub focus: Focus,
}

/// A file to download.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The file.
    #[schemars(title = "文件", example = &"/files/example.pdf")]
    pub file: FilePath,
    /// Its title.
    #[schemars(title = "显示的名称", example = &"报名表")]
    pub title: String,
}

/// The source of a fact: a document, and optionally a clause in it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The document.
    #[schemars(title = "公文")]
    pub document: Ref<Document>,
    /// The id of one of its clauses.
    #[serde(default)]
    #[schemars(title = "条款的编号", example = &"c1")]
    pub clause: Option<Id>,
}

/// The consent of a portrayed person. Without a valid consent the picture is not published.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Where the picture may appear.
    #[schemars(title = "同意的范围：web 网站、print 印刷、media 媒体", example = ["web"])]
    pub scope: Vec<ConsentScope>,
    /// The day it was given.
    #[schemars(title = "签署日期", example = &"2026-01-10")]
    pub date: Day,
    /// The last day on which it is valid.
    #[serde(default)]
    #[schemars(title = "有效到哪天", example = &"2028-01-09")]
    pub expires: Option<Day>,
    /// Whether the person is under fourteen.
    #[serde(default)]
    #[schemars(title = "未满十四周岁", example = true)]
    pub under_14: bool,
    /// The guardian who agreed for a person under fourteen.
    #[serde(default)]
    #[schemars(title = "监护人姓名（未满十四周岁必填）", example = &"监护人（示例）")]
    pub guardian: Option<String>,
}

choice! {
    /// Where a portrait may appear.
    pub enum ConsentScope("scope") {
        /// On this portal.
        Web = "web",
        /// In print.
        Print = "print",
        /// In other media.
        Media = "media",
    }

    /// Level of an honour.
    pub enum Level("level") {
        /// 国家级.
        National = "national",
        /// 省级.
        Province = "province",
        /// 市级.
        City = "city",
        /// 区县级.
        District = "district",
        /// 镇街级.
        Town = "town",
    }

    /// Whether something takes place as announced.
    #[derive(Default)]
    pub enum Status("status") {
        /// As announced.
        #[default]
        Scheduled = "scheduled",
        /// Moved to another time or place.
        Moved = "moved",
        /// No places left.
        Full = "full",
        /// Called off.
        Cancelled = "cancelled",
    }

    /// Where people take part.
    #[derive(Default)]
    pub enum Mode("mode") {
        /// On site.
        #[default]
        Onsite = "onsite",
        /// Online.
        Online = "online",
        /// Both.
        Mixed = "mixed",
    }

    /// Accessibility of a place.
    pub enum Access("access") {
        /// Step-free entrance.
        StepFree = "step-free",
        /// Lift.
        Lift = "lift",
        /// Accessible toilet.
        Toilet = "toilet",
        /// Wheelchairs to lend.
        Wheelchair = "wheelchair",
        /// Reading glasses.
        Glasses = "glasses",
        /// Hearing loop or sound amplification.
        Hearing = "hearing",
        /// Braille or tactile paving.
        Tactile = "tactile",
        /// Mother-and-baby room.
        BabyRoom = "baby-room",
    }

    /// A day of the week.
    pub enum Weekday("weekday") {
        /// 星期一.
        Mon = "mon",
        /// 星期二.
        Tue = "tue",
        /// 星期三.
        Wed = "wed",
        /// 星期四.
        Thu = "thu",
        /// 星期五.
        Fri = "fri",
        /// 星期六.
        Sat = "sat",
        /// 星期日.
        Sun = "sun",
    }

    /// How a measured value compares with the target value.
    pub enum Comparator("comparator") {
        /// At least the value.
        AtLeast = "at-least",
        /// At most the value.
        AtMost = "at-most",
        /// About the value (左右).
        About = "about",
        /// All of them (全部、全覆盖).
        All = "all",
        /// Increasing each period (逐年).
        Increasing = "increasing",
        /// Decreasing each period (逐年下降).
        Decreasing = "decreasing",
        /// Between the value and `to`.
        Range = "range",
        /// Something that is there or done, or not.
        Yes = "yes",
        /// In words only.
        Qualitative = "qualitative",
    }

    /// Unit of measure of a target.
    pub enum Measure("measure") {
        /// Per cent.
        Percent = "percent",
        /// Yuan.
        Yuan = "yuan",
        /// Square metres.
        SquareMetre = "square-metre",
        /// Persons.
        Person = "person",
        /// Person-times: who comes twice counts twice.
        Visit = "visit",
        /// Times.
        Times = "times",
        /// Hours.
        Hour = "hour",
        /// Pieces (个、所、处).
        Piece = "piece",
        /// Volumes of books.
        Volume = "volume",
        /// Titles of periodicals.
        Title = "title",
        /// Computers.
        Computer = "computer",
        /// Papers.
        Paper = "paper",
        /// Seats.
        Seat = "seat",
    }

    /// The period a target counts over.
    pub enum Period("period") {
        /// Each year.
        Year = "year",
        /// Each month.
        Month = "month",
        /// Once, by a date.
        Once = "once",
    }
}

/// A target: comparator, number, unit of measure and period.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// How the value compares.
    #[schemars(title = "比较：at-least 不少于、at-most 不超过、about 左右、all 全部、increasing 逐年提高、decreasing 逐年下降、range 区间、yes 有没有、做没做、qualitative 没有数字要求", example = &"at-least")]
    pub comparator: Comparator,
    /// The number; absent for `all`, `increasing` without a floor, and `qualitative`.
    #[serde(default)]
    #[schemars(title = "数值", example = 50)]
    pub value: Option<Number>,
    /// The upper end of a range.
    #[serde(default)]
    #[schemars(title = "区间的上限", example = 80)]
    pub to: Option<Number>,
    /// How far a value may be from one that is only about right, in the same unit.
    #[serde(default)]
    #[schemars(title = "“左右”允许相差多少，单位相同；不写就不判断是否达到", example = 5)]
    pub tolerance: Option<Number>,
    /// Unit of measure.
    #[serde(default)]
    #[schemars(title = "计量单位：percent 百分比、yuan 元、square-metre 平方米、person 人、visit 人次、times 次、hour 小时、piece 个或所、volume 册、title 种、computer 台、paper 篇、seat 座", example = &"percent")]
    pub measure: Option<Measure>,
    /// The number of residents that the value refers to: 10000 is 每万人.
    #[serde(default)]
    #[schemars(title = "按多少人口计，1 是人均、10000 是每万人", example = 10000)]
    pub per: Option<u32>,
    /// The period it counts over.
    #[serde(default)]
    #[schemars(title = "周期：year 每年、month 每月、once 一次性", example = &"year")]
    pub period: Option<Period>,
    /// The day by which it is due.
    #[serde(default)]
    #[schemars(title = "完成期限，如 2022、2022-H1、2023-07-10", example = &"2022")]
    pub by: Option<super::value::Span>,
    /// A qualification in words.
    #[serde(default)]
    #[schemars(title = "数字说不清的限定", example = &"其中专职不少于六成")]
    pub qualifier: Option<String>,
}

/// One dated session.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// When it begins.
    #[schemars(title = "开始", example = &"2026-11-02 09:00")]
    pub start: Moment,
    /// When it ends.
    #[schemars(title = "结束", example = &"2026-11-02 11:00")]
    pub end: Moment,
    /// The last day of a session that takes place on several days in a row, such as an exhibition: `start` and `end` are then those of its
    /// first day.
    #[serde(default)]
    #[schemars(title = "连续多天的（如展览）写最后一天，start 和 end 写头一天的起止", example = &"2026-11-08")]
    pub until: Option<Day>,
    /// Where, if not at the usual venue.
    #[serde(default)]
    #[schemars(title = "这一次的场地（和平常不同时写）")]
    pub venue: Option<Ref<Venue>>,
    /// Its topic.
    #[serde(default)]
    #[schemars(title = "这一次的内容", example = &"第一讲")]
    pub title: Option<String>,
    /// Whether this session takes place, if not as the whole.
    #[serde(default)]
    #[schemars(title = "只是这一次的状态：moved 改期或地点有变、full 满员、cancelled 取消", example = &"cancelled")]
    pub status: Option<Status>,
    /// Why this session was moved or cancelled.
    #[serde(default)]
    #[schemars(title = "这一次改动的原因", example = &"教师外出")]
    pub reason: Option<String>,
    /// When it was to begin, if it has been moved: the session is still the same one.
    #[serde(default)]
    #[schemars(title = "改期的场次：原定的开始时间", example = &"2026-11-01 09:00")]
    pub moved_from: Option<Moment>,
    /// Where it was to be, if it has been moved.
    #[serde(default)]
    #[schemars(title = "换了地点的场次：原定的场地")]
    pub venue_from: Option<Ref<Venue>>,
}

/// What was changed of something that had been published, in words.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The day of the change.
    #[schemars(title = "哪天改的", example = &"2026-11-05")]
    pub date: Day,
    /// What is different now.
    #[schemars(title = "改了什么，用一句话告诉居民", example = &"改到二楼多功能厅，时间不变")]
    pub text: String,
}

/// A weekly pattern, which is expanded into dated sessions.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weekly {
    /// Days of the week.
    #[schemars(title = "星期几：mon tue wed thu fri sat sun", example = ["tue", "thu"])]
    pub days: Vec<Weekday>,
    /// First day of the pattern.
    #[schemars(title = "从哪天起", example = &"2026-09-01")]
    pub from: Day,
    /// Last day of the pattern.
    #[schemars(title = "到哪天止", example = &"2026-12-31")]
    pub to: Day,
    /// Beginning and end of each session.
    #[schemars(title = "每次的起止时间")]
    pub time: Hours,
    /// Days left out.
    #[serde(default)]
    #[schemars(title = "不上课的日期", example = ["2026-10-01"])]
    pub except: Vec<Day>,
    /// Further sessions outside the pattern.
    #[serde(default)]
    #[schemars(title = "另外加的场次")]
    pub extra: Vec<Session>,
}

/// Start and end time on one day.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Beginning.
    #[schemars(title = "开始", example = &"09:00")]
    pub start: Clock,
    /// End.
    #[schemars(title = "结束", example = &"11:00")]
    pub end: Clock,
}

/// When a place is open.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Days of the week.
    #[schemars(title = "星期几：mon tue wed thu fri sat sun", example = ["mon", "tue"])]
    pub days: Vec<Weekday>,
    /// From when to when.
    #[schemars(title = "起止时间")]
    pub time: Hours,
}

/// How to enrol or book, the telephone first.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Office telephone.
    #[serde(default)]
    #[schemars(title = "办公电话，几个之间用顿号隔开，分机写“转802”", example = &"0000-0000000")]
    pub phone: Option<Phone>,
    /// Whom to ask for.
    #[serde(default)]
    #[schemars(title = "联系人", example = &"教务处")]
    pub person: Option<String>,
    /// Where to go.
    #[serde(default)]
    #[schemars(title = "到哪里办理", example = &"一楼服务台")]
    pub place: Option<String>,
    /// External address.
    #[serde(default)]
    #[schemars(title = "网上报名地址", example = &"https://example.org/")]
    pub url: Option<super::value::Url>,
    /// Anything else to know.
    #[serde(default)]
    #[schemars(title = "其他说明", example = &"带身份证，本人或家人都可代报")]
    pub note: Option<String>,
}

/// A class run: one occasion on which a course is held.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Name of the run.
    #[schemars(title = "班次名称", example = &"2026 年秋季班")]
    pub title: String,
    /// Whether it takes place.
    #[serde(default)]
    #[schemars(title = "状态：scheduled 正常、moved 改期或地点有变、full 满员、cancelled 取消", example = &"full")]
    pub status: Status,
    /// Why it was moved or cancelled.
    #[serde(default)]
    #[schemars(title = "改动的原因", example = &"场地检修")]
    pub reason: Option<String>,
    /// Teachers, if not the course's.
    #[serde(default)]
    #[schemars(title = "任课教师（和课程的不同时写）")]
    pub teachers: Vec<Ref<Teacher>>,
    /// Venue, if not the course's.
    #[serde(default)]
    #[schemars(title = "场地（和课程的不同时写）")]
    pub venue: Option<Ref<Venue>>,
    /// Number of places.
    #[serde(default)]
    #[schemars(title = "名额", example = 30)]
    pub capacity: Option<u32>,
    /// When enrolment is open. Without it, until the day of the first session.
    #[serde(default)]
    #[schemars(title = "报名从哪天到哪天，不写就是到开班那天为止都可以报名")]
    pub enrol: Option<Window>,
    /// Places left, where somebody counted them.
    #[serde(default)]
    #[schemars(title = "还剩几个名额，哪天数的")]
    pub places: Option<Places>,
    /// How many came, session by session.
    #[serde(default)]
    #[schemars(title = "各次课到了多少人，上完一次登记一条")]
    pub attendance: Vec<Attendance>,
    /// Dated sessions; or a weekly pattern.
    #[serde(default)]
    #[schemars(title = "逐次写的时间（和 weekly 二选一）")]
    pub sessions: Vec<Session>,
    /// Weekly pattern; or dated sessions.
    #[serde(default)]
    #[schemars(title = "每周固定的时间（和 sessions 二选一）")]
    pub weekly: Option<Weekly>,
}

/// How many came to one session: numbers only, never names.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// The day.
    #[schemars(title = "哪一天的到场人数", example = &"2026-10-20")]
    pub date: Day,
    /// How many came.
    #[schemars(title = "到了多少人", example = 32)]
    pub total: u32,
    /// How many of them belong to which audience.
    #[serde(default)]
    #[schemars(title = "其中各类人群多少人；只写人数，不写姓名；一个人可以算进几类")]
    pub groups: Vec<Headcount>,
}

/// How many of those who came belong to an audience.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Headcount {
    /// The audience.
    #[schemars(title = "人群")]
    pub audience: Ref<Audience>,
    /// How many.
    #[schemars(title = "多少人", example = 12)]
    pub people: u32,
}

/// The days on which enrolment is open.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// First day.
    #[serde(default)]
    #[schemars(title = "报名开始的日期", example = &"2026-10-12")]
    pub from: Option<Day>,
    /// Last day.
    #[serde(default)]
    #[schemars(title = "报名截止的日期（含当天），不写就是到开班那天", example = &"2026-10-30")]
    pub to: Option<Day>,
}

/// How many places are left, as counted on a day.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Places left; 0 is none.
    #[schemars(title = "还剩几个名额，0 就是报满了", example = 6)]
    pub left: u32,
    /// The day on which they were counted.
    #[schemars(title = "哪天数的", example = &"2026-10-20")]
    pub on: Day,
}

/// A measured value of an indicator, with its evidence.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The year it was measured for.
    #[schemars(title = "年份", example = 2023)]
    pub year: Year,
    /// The value.
    #[schemars(title = "数值", example = 52)]
    pub value: Number,
    /// What the value is a part of: people for a target per population, the whole for a share.
    #[serde(default)]
    #[schemars(title = "这个数值占的总数：按人口计的写人口，比例写总数；数值已经算好就不写", example = 1000)]
    pub of: Option<Number>,
    /// The unit it was measured for; all responsible units together if absent.
    #[serde(default)]
    #[schemars(title = "哪个单位的数值")]
    pub unit: Option<Ref<Unit>>,
    /// What shows it.
    #[schemars(title = "依据", example = &"年度统计表")]
    pub evidence: String,
    /// Whether it is made up: the program then marks it wherever it is shown.
    #[serde(default)]
    #[schemars(title = "虚构的示例数值；显示时由程序加上（示例）", example = true)]
    pub sample: bool,
    /// Evidence in the ledger that shows it.
    #[serde(default)]
    #[schemars(title = "台账里的材料")]
    pub items: Vec<Ref<Evidence>>,
}

/// References to indicators, as duties have them.
pub type Indicators = Vec<Ref<Indicator>>;
