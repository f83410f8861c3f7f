//! The site's settings, `content/site.yaml`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Kind;
use super::choice::choice;
use super::phone::Phone;
use super::region::Region;
use super::shared::Allow;
use super::value::{FilePath, Id, MixedRef, Ref, Url, Year};

/// The settings of one portal.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The portal's name.
    #[schemars(title = "站点名称", example = &"某区社区教育")]
    pub title: String,
    /// What it is, in a sentence.
    #[schemars(title = "一句话介绍", example = &"居民身边的终身学习门户")]
    pub description: String,
    /// The id in Atom's `tag:` URIs; must not change once published.
    #[schemars(title = "站点编号，用于订阅源；发布后不要再改", example = &"mou-qu")]
    pub id: Id,
    /// The year in which the id was first used, required by `tag:` URIs (RFC 4151).
    #[schemars(title = "开站年份", example = 2026)]
    pub since: Year,
    /// The address of the portal's root, for sitemap, canonical URLs and feeds.
    #[serde(default)]
    #[schemars(title = "网站地址，末尾带斜杠；站点地图和订阅源需要", example = &"https://example.org/")]
    pub base_url: Option<Url>,
    /// IANA time zone.
    #[serde(default = "default_time_zone")]
    #[schemars(title = "时区", example = &"Asia/Shanghai")]
    pub time_zone: String,
    /// Language of the interface; selects the theme's word file.
    #[serde(default = "default_language")]
    #[schemars(title = "界面语言", example = &"zh-CN")]
    pub language: String,
    /// The theme under `themes/`.
    #[serde(default = "default_theme")]
    #[schemars(title = "主题（themes 下的文件夹名）", example = &"default")]
    pub theme: Id,
    /// A line shown above every page, for example that the site is a demonstration.
    #[serde(default)]
    #[schemars(title = "每页顶部的提示", example = &"本站为演示站")]
    pub banner: Option<String>,
    /// The picture for links shared on other sites.
    #[serde(default)]
    #[schemars(title = "分享时的图片")]
    pub picture: Option<FilePath>,
    /// The region that the portal speaks for: the way to a street begins there, and so does the home page.
    #[serde(default)]
    #[schemars(title = "本站属于哪个区域；写上它，“附近”和首页就从这里开始", example = &"muye")]
    pub home_region: Option<Ref<Region>>,
    /// The menu, in order.
    #[serde(default)]
    #[schemars(title = "主菜单")]
    pub menu: Vec<MenuEntry>,
    /// The home page's blocks, in order.
    #[serde(default)]
    #[schemars(title = "首页的板块，按次序")]
    pub home: Vec<HomeBlock>,
    /// The footer.
    #[serde(default)]
    #[schemars(title = "页脚")]
    pub footer: Footer,
    /// File name extensions that may be offered as attachments.
    #[serde(default = "default_attachments")]
    #[schemars(title = "允许作附件的文件类型", example = ["pdf", "docx"])]
    pub attachments: Vec<String>,
    /// Files under `content/static/` of active types (HTML, SVG, scripts) that may be published.
    #[serde(default)]
    #[schemars(title = "static 里允许发布的网页、脚本类文件", example = ["verify.html"])]
    pub active_files: Vec<String>,
    /// Mobile numbers of offices, which fields for telephones may hold.
    #[serde(default)]
    #[schemars(title = "对外公开的手机号，只能用在 phone 里和 contact 内容块里", example = ["13800000000"])]
    pub public_phones: Vec<String>,
    /// Private data in the settings, the theme or `static` that may be published all the same.
    #[serde(default)]
    #[schemars(title = "设置、主题和 static 里个人信息的例外")]
    pub allow: Vec<Allow>,
    /// Minutes that teachers need from one venue to another. Without it, the way is not counted.
    #[serde(default)]
    #[schemars(title = "教师从一个场地赶到另一个场地要几分钟，不写就不算", example = 30)]
    pub travel_minutes: Option<u16>,
    /// Weights of search results.
    #[serde(default)]
    #[schemars(title = "搜索结果的次序：各项的分数相加，分数大的在前；同分的，离今天近的在前")]
    pub search: Search,
    /// The catalogue of courses.
    #[serde(default)]
    #[schemars(title = "课程目录：按哪些条件找课")]
    pub catalogue: CatalogueSettings,
    /// Limits.
    #[serde(default)]
    #[schemars(title = "大小限制")]
    pub limits: Limits,
}

/// An item of the menu: a list or an entry.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// Its text.
    #[schemars(title = "文字", example = &"课程")]
    pub title: String,
    /// The list of a kind.
    #[serde(default)]
    #[schemars(title = "指向一个类别的列表，如 courses（和 to 二选一）", example = &"courses")]
    pub list: Option<Kind>,
    /// An entry, as `kind/id`.
    #[serde(default)]
    #[schemars(title = "指向一项内容，如 pages/about（和 list 二选一）")]
    pub to: Option<MixedRef>,
}

/// A block of the home page.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HomeBlock {
    /// What the block shows.
    #[schemars(title = "板块：hero 头图、now 今天和明天、week 活动周、upcoming 近期课程和活动、near 按住处找、enrol 怎么报名、list 某类列表、topics 主题、audiences 人群、regions 区域、figures 数字、standing 走到哪一步、page 一页正文", example = &"list")]
    pub block: BlockSort,
    /// Its heading, if not the default.
    #[serde(default)]
    #[schemars(title = "标题", example = &"新闻")]
    pub title: Option<String>,
    /// The kind of a list.
    #[serde(default)]
    #[schemars(title = "list 板块的类别", example = &"news")]
    pub list: Option<Kind>,
    /// The page of a `page` block, or the region of a `regions` block.
    #[serde(default)]
    #[schemars(title = "page 板块的页面、regions 板块的上级区域、enrol 板块的详细说明页、hero 板块的活动周或页面")]
    pub to: Option<MixedRef>,
    /// Number of entries.
    #[serde(default = "default_count", deserialize_with = "read_count")]
    #[schemars(title = "显示几条", example = 6, range(min = 1, max = 24))]
    pub count: usize,
}

choice! {
    /// What a block of the home page shows.
    pub enum BlockSort("block") {
        /// A greeting with the portal's description.
        Hero = "hero",
        /// The current or latest learning week.
        Week = "week",
        /// What is on today and tomorrow.
        Now = "now",
        /// Sessions of courses and events that come next.
        Upcoming = "upcoming",
        /// The way to a street: the regions to choose from.
        Near = "near",
        /// How to enrol: by telephone first.
        Enrol = "enrol",
        /// The first entries of a kind.
        List = "list",
        /// Topics.
        Topics = "topics",
        /// Audiences.
        Audiences = "audiences",
        /// Regions.
        Regions = "regions",
        /// How many entries of each kind.
        Figures = "figures",
        /// Where the regions stand: their figures in numbers.
        Standing = "standing",
        /// The body of a free page.
        Page = "page",
    }
}

/// The footer.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Footer {
    /// 主办.
    #[serde(default)]
    #[schemars(title = "主办单位", example = &"某区教育局")]
    pub organiser: Option<String>,
    /// 承办.
    #[serde(default)]
    #[schemars(title = "承办单位", example = &"某区社区学院")]
    pub operator: Option<String>,
    /// ICP 备案号.
    #[serde(default)]
    #[schemars(title = "ICP 备案号", example = &"某ICP备00000000号")]
    pub icp: Option<String>,
    /// 公安备案号.
    #[serde(default)]
    #[schemars(title = "公安备案号", example = &"某公网安备00000000000000号")]
    pub police: Option<String>,
    /// 网站标识码.
    #[serde(default)]
    #[schemars(title = "政府网站标识码", example = &"0000000000")]
    pub site_code: Option<String>,
    /// Telephone.
    #[serde(default)]
    #[schemars(title = "联系电话", example = &"0000-0000000")]
    pub phone: Option<Phone>,
    /// Address.
    #[serde(default)]
    #[schemars(title = "地址", example = &"文化路 1 号")]
    pub address: Option<String>,
    /// Where mistakes of the site are reported.
    #[serde(default)]
    #[schemars(title = "网站找错的入口：网址，或 mailto: 加邮箱", example = &"mailto:zhaocuo@example.org")]
    pub feedback: Option<Url>,
}

/// Weights of search results. The weights that apply to a result are added up.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// All terms are in the title.
    #[schemars(title = "要找的字都在标题里", example = 100)]
    pub title: u16,
    /// The title is exactly the query.
    #[schemars(title = "标题正好就是要找的字", example = 50)]
    pub whole: u16,
    /// All terms are in headings.
    #[schemars(title = "都在小标题里", example = 20)]
    pub heading: u16,
    /// The event or course is not over.
    #[schemars(title = "课程、活动还没结束", example = 10)]
    pub upcoming: u16,
}

impl Default for Search {
    fn default() -> Self {
        Self { title: 100, whole: 50, heading: 20, upcoming: 10 }
    }
}

/// How courses can be narrowed down.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CatalogueSettings {
    /// How many conditions a page combines at most, of which one is a topic. 0 makes no such pages.
    #[serde(deserialize_with = "read_depth")]
    #[schemars(
        title = "一页最多合几个条件（几个条件的，其中一个是主题）；0 不做这样的页面",
        example = 2,
        range(min = 0, max = 3)
    )]
    pub depth: usize,
    /// The conditions, in the order in which they are shown.
    #[schemars(title = "哪些条件，按次序：topic 主题、audience 人群、district 区县、street 镇街、free 免费、weekday 星期几、time 上午下午晚上、online 线上、bookable 正在报名", example = ["topic", "street"])]
    pub facets: Vec<CatalogueFacet>,
}

choice! {
    /// What courses can be narrowed down by. In this order they stand in addresses.
    pub enum CatalogueFacet("by") {
        /// The topic.
        Topic = "topic",
        /// For whom.
        Audience = "audience",
        /// The district.
        District = "district",
        /// The street or town.
        Street = "street",
        /// Free of charge.
        Free = "free",
        /// The day of the week.
        Weekday = "weekday",
        /// The part of the day.
        Time = "time",
        /// Online.
        Online = "online",
        /// Enrolment is open.
        Bookable = "bookable",
    }
}

impl Default for CatalogueSettings {
    fn default() -> Self {
        use CatalogueFacet::{Audience, Bookable, District, Free, Online, Street, Time, Topic, Weekday};
        Self { depth: 2, facets: vec![Bookable, Free, Topic, District, Street, Weekday, Time, Audience, Online] }
    }
}

/// Limits on sizes and counts.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Maximum size of a text file, in KiB.
    #[schemars(title = "文字文件最大多少 KB", example = 2048)]
    pub text_kib: u64,
    /// Maximum size of an attachment, in MiB.
    #[schemars(title = "附件最大多少 MB", example = 50)]
    pub attachment_mib: u64,
    /// Maximum size of a picture file, in MiB.
    #[schemars(title = "图片文件最大多少 MB", example = 40)]
    pub picture_mib: u64,
    /// Memory budget for decoding pictures, in MiB.
    #[schemars(title = "处理图片最多占用多少 MB 内存", example = 256)]
    pub picture_memory_mib: u64,
    /// Maximum number of files under `content/`.
    #[schemars(title = "content 里最多多少个文件", example = 100_000)]
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { text_kib: 4096, attachment_mib: 50, picture_mib: 40, picture_memory_mib: 256, files: 200_000 }
    }
}

fn default_time_zone() -> String {
    "Asia/Shanghai".to_owned()
}

fn default_language() -> String {
    "zh-CN".to_owned()
}

fn default_theme() -> Id {
    "default".parse().unwrap_or_else(|_| unreachable!("a valid id"))
}

fn default_attachments() -> Vec<String> {
    ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "txt", "csv", "zip", "mp3", "mp4", "ics"]
        .map(str::to_owned)
        .to_vec()
}

/// Reads the number of entries in a block: 1 to 24.
fn read_count<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    let count = usize::deserialize(deserializer)?;
    if (1..=24).contains(&count) { Ok(count) } else { Err(serde::de::Error::custom("count")) }
}

/// Reads how many conditions a page combines: 0 to 3.
fn read_depth<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    let depth = usize::deserialize(deserializer)?;
    if depth <= 3 { Ok(depth) } else { Err(serde::de::Error::custom("depth")) }
}

fn default_count() -> usize {
    6
}
