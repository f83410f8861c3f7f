//! The school network (办学网络): institutions with tier and parent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::region::Region;
use super::rules::{self, Broken, Rules, at};
use super::shared::Common;
use super::shared::{Access, Contact, Opening};
use super::standard::Standard;
use super::unit::Unit;
use super::value::{Number, Ref, Year};
use crate::diag::catalogue as say;

choice! {
    /// Tier in the network, from the top.
    pub enum Tier("tier") {
        /// 社区大学、市级中心.
        University = "university",
        /// 社区（教育）学院.
        College = "college",
        /// 社区（教育）学校、分院.
        School = "school",
        /// 学习点、教学点、学习中心、学习站.
        Point = "point",
    }
}

/// An institution of the network.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Its tier.
    #[schemars(title = "层级：university 社区大学、college 社区学院、school 社区学校、point 学习点", example = &"school")]
    pub tier: Tier,
    /// What the tier is called locally.
    #[serde(default)]
    #[schemars(title = "当地对这一层级的叫法", example = &"学习中心")]
    pub tier_name: Option<String>,
    /// The parent institution, of a higher tier.
    #[serde(default)]
    #[schemars(title = "上一级机构")]
    pub parent: Option<Ref<Institution>>,
    /// Where it is.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
    /// The unit that runs it.
    #[serde(default)]
    #[schemars(title = "主办单位")]
    pub unit: Option<Ref<Unit>>,
    /// Street address.
    #[serde(default)]
    #[schemars(title = "地址", example = &"文化路 1 号")]
    pub address: Option<String>,
    /// Opening hours.
    #[serde(default)]
    #[schemars(title = "开放时间")]
    pub hours: Vec<Opening>,
    /// Contact.
    #[serde(default)]
    #[schemars(title = "联系方式")]
    pub contact: Option<Contact>,
    /// Accessibility.
    #[serde(default)]
    #[schemars(title = "无障碍设施：step-free 无台阶、lift 电梯、toilet 无障碍卫生间、wheelchair 轮椅、glasses 老花镜、hearing 助听、tactile 盲道或盲文、baby-room 母婴室", example = ["step-free"])]
    pub access: Vec<Access>,
    /// Figures that standards ask for.
    #[serde(default)]
    #[schemars(title = "对照建设标准的实际数值")]
    pub facts: Vec<InstitutionFact>,
}

/// An institution's value for one item of a standard.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstitutionFact {
    /// The item of the standard.
    #[schemars(title = "建设标准的条目")]
    pub standard: Ref<Standard>,
    /// The value, in the standard's unit of measure; for a target per population the whole number.
    #[serde(default)]
    #[schemars(title = "实际数值，单位与标准相同；按人口计的写总数", example = 520)]
    pub value: Option<Number>,
    /// Whether it is there or done, for an item that asks for that.
    #[serde(default)]
    #[schemars(title = "有没有、做没做（是非项写 true 或 false）", example = true)]
    pub has: Option<bool>,
    /// What shows it.
    #[serde(default)]
    #[schemars(title = "依据", example = &"房产证和平面图")]
    pub evidence: Option<String>,
    /// The year of the value.
    #[serde(default)]
    #[schemars(title = "统计年份", example = 2026)]
    pub year: Option<Year>,
}

impl Rules for Institution {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::openings("hours", &self.hours, broken);
        for (at, fact) in self.facts.iter().enumerate() {
            if fact.value.is_some_and(Number::is_negative) {
                broken.push((at!["facts", at, "value"], say::negative()));
            }
            match (fact.value, fact.has) {
                (None, None) => broken.push((at!["facts", at], say::missing_field("value", ""))),
                (Some(_), Some(_)) => broken.push((at!["facts", at, "has"], say::value_and_answer())),
                _ => {}
            }
        }
    }
}
