//! Resource lists (资源清单) and action plans (年度行动计划), which a unit submits every December. One type, two kinds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::region::Region;
use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::unit::Unit;
use super::value::{Fee, Ref, Span, Year, not_empty};
use crate::diag::catalogue as say;

choice! {
    /// The type of a line in a resource list.
    pub enum ResourceSort("resource-sort") {
        /// 场地.
        Venue = "venue",
        /// 课程.
        Course = "course",
        /// 师资.
        Teacher = "teacher",
        /// 设备.
        Equipment = "equipment",
    }

    /// The type of a line in an action plan.
    pub enum ActionSort("action-sort") {
        /// 培训.
        Training = "training",
        /// 活动.
        Activity = "activity",
        /// 建设.
        Building = "building",
        /// 制度.
        Rule = "rule",
    }
}

/// A unit's list for one year, with lines of the type `S`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Yearly<S> {
    /// The unit that submits it.
    #[schemars(title = "提交的单位")]
    pub unit: Ref<Unit>,
    /// Where.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
    /// The year it is for.
    #[schemars(title = "年度", example = 2027)]
    pub year: Year,
    /// Its lines.
    #[serde(deserialize_with = "not_empty", bound(deserialize = "S: Deserialize<'de>"))]
    #[schemars(title = "条目", length(min = 1))]
    pub lines: Vec<Line<S>>,
}

/// A line of a yearly list.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line<S> {
    /// What it is.
    #[schemars(title = "类型")]
    pub sort: S,
    /// Its name.
    #[schemars(title = "名称", example = &"多功能教室")]
    pub title: String,
    /// Details.
    #[serde(default)]
    #[schemars(title = "说明", example = &"可坐 40 人，有投影")]
    pub detail: Option<String>,
    /// Conditions of use.
    #[serde(default)]
    #[schemars(title = "使用条件", example = &"提前三天预约")]
    pub conditions: Option<String>,
    /// Fee in yuan.
    #[serde(default)]
    #[schemars(title = "费用（元），0 是免费", example = 0)]
    pub fee: Option<Fee>,
    /// From when.
    #[serde(default)]
    #[schemars(title = "从何时起，如 2027、2027-H1、2027-03", example = &"2027-03")]
    pub from: Option<Span>,
    /// Until when.
    #[serde(default)]
    #[schemars(title = "到何时止", example = &"2027-11")]
    pub to: Option<Span>,
    /// The line of the unit's action plan for the year before that it answers, by its title.
    #[serde(default)]
    #[schemars(title = "兑现了本单位上一年行动计划里的哪一条，照抄那一条的名称；名称一样的不用写", example = &"添置投影")]
    pub fulfils: Option<String>,
}

/// A resource list.
pub type ResourceList = Yearly<ResourceSort>;
/// An action plan.
pub type ActionPlan = Yearly<ActionSort>;

impl<S> Rules for Yearly<S> {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        for (at, line) in self.lines.iter().enumerate() {
            if let (Some(from), Some(to)) = (line.from, line.to)
                && to.last() < from.first()
            {
                broken.push((at!["lines", at, "to"], say::end_before_start()));
            }
        }
    }
}
