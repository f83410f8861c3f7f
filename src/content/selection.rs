//! Selections (评选): how stars, brands, organisations and awards of a year are chosen, from application to public notice to the list.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Kind;
use super::choice::choice;
use super::region::Region;
use super::rules::{Broken, Rules, at};
use super::shared::{Common, Contact, Level, Window};
use super::unit::Unit;
use super::value::{Day, MixedRef, Ref, Year};
use crate::diag::catalogue as say;

choice! {
    /// What is selected.
    pub enum SelectionSort("selection-sort") {
        /// 百姓学习之星.
        Stars = "stars",
        /// 终身学习品牌项目.
        Brands = "brands",
        /// 学习型组织.
        Organisations = "organisations",
        /// 先进单位、先进个人、示范区…
        Awards = "awards",
    }
}

impl SelectionSort {
    /// The kind of what is selected.
    pub fn kind(self) -> Kind {
        match self {
            Self::Stars => Kind::Star,
            Self::Brands => Kind::Brand,
            Self::Organisations => Kind::Organisation,
            Self::Awards => Kind::Award,
        }
    }
}

/// A selection. Its stage follows from its days: the public notice closes by itself.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// What is selected.
    #[schemars(title = "评选什么：stars 百姓学习之星、brands 品牌项目、organisations 学习型组织、awards 表彰", example = &"stars")]
    pub sort: SelectionSort,
    /// The year.
    #[schemars(title = "年份", example = 2026)]
    pub year: Year,
    /// The level.
    #[schemars(title = "级别：national 国家、province 省、city 市、district 区县、town 镇街", example = &"district")]
    pub level: Level,
    /// Where.
    #[schemars(title = "评选的区域")]
    pub region: Ref<Region>,
    /// Who selects.
    #[serde(default)]
    #[schemars(title = "组织评选的单位")]
    pub unit: Option<Ref<Unit>>,
    /// When one can apply.
    #[serde(default)]
    #[schemars(title = "申报从哪天到哪天（含当天）")]
    pub apply: Option<Window>,
    /// How to apply.
    #[serde(default)]
    #[schemars(title = "怎么申报；申报表放进 attachments")]
    pub contact: Option<Contact>,
    /// The public notice.
    #[serde(default)]
    #[schemars(title = "公示：从哪天到哪天，向谁提意见；过了日子自动结束")]
    pub notice: Option<PublicNotice>,
    /// The day on which the list is announced.
    #[serde(default)]
    #[schemars(title = "公布名单的日期", example = &"2026-11-20")]
    pub announced: Option<Day>,
    /// Who is proposed, and after the notice selected.
    #[serde(default)]
    #[schemars(title = "公示和公布的名单；只在公示期内和公布以后显示")]
    pub list: Vec<Candidate>,
}

/// A public notice (公示).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicNotice {
    /// First day.
    #[schemars(title = "公示开始的日期", example = &"2026-11-02")]
    pub from: Day,
    /// Last day.
    #[schemars(title = "公示结束的日期（含当天）", example = &"2026-11-08")]
    pub to: Day,
    /// Where to object.
    #[schemars(title = "向谁、到哪里提意见")]
    pub objections: Contact,
}

/// Somebody or something that is proposed.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The name of a person, a project or an organisation.
    #[schemars(title = "姓名或名称", example = &"某某（示例）")]
    pub name: String,
    /// Workplace or community.
    #[serde(default)]
    #[schemars(title = "工作单位或所在社区", example = &"某社区")]
    pub from: Option<String>,
    /// The entry of the selected.
    #[serde(default)]
    #[schemars(title = "评上以后在本站的一项，如 stars/wang")]
    pub entry: Option<MixedRef>,
    /// Whether this is another person than an earlier star of that name.
    #[serde(default)]
    #[schemars(title = "和以前的学习之星只是同名，不是同一个人", example = true)]
    pub namesake: bool,
}

impl Rules for Selection {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        let closes = self.apply.and_then(|window| window.to);
        if let Some(Window { from: Some(from), to: Some(to) }) = self.apply
            && to < from
        {
            broken.push((at!["apply", "to"], say::end_before_start()));
        }
        if let Some(notice) = &self.notice {
            if notice.to < notice.from {
                broken.push((at!["notice", "to"], say::end_before_start()));
            } else if closes.is_some_and(|closes| notice.from <= closes) {
                broken.push((at!["notice", "from"], say::notice_before_applications_end()));
            }
            if self.announced.is_some_and(|day| day <= notice.to) {
                broken.push((at!["announced"], say::announced_before_notice_ends()));
            }
        }
        for (nth, candidate) in self.list.iter().enumerate() {
            if candidate.entry.as_ref().is_some_and(|entry| entry.kind != self.sort.kind()) {
                broken.push((
                    at!["list", nth, "entry"],
                    say::other_selection(self.sort.kind().label(), self.sort.kind().folder()),
                ));
            }
            if self.list[..nth].iter().any(|other| other.name == candidate.name && other.from == candidate.from) {
                broken.push((at!["list", nth, "name"], say::repeated()));
            }
        }
    }
}
