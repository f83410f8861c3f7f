//! What a region tells of a year in figures: funding (经费), surveys (满意度测评), and pools of people who help (志愿者、专家).

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::region::Region;
use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::unit::Unit;
use super::value::{Number, Ref, Year};
use crate::diag::catalogue as say;

choice! {
    /// Who is in a pool.
    pub enum PoolSort("pool-sort") {
        /// 志愿者.
        Volunteers = "volunteers",
        /// 专家.
        Experts = "experts",
        /// 兼职教师.
        Teachers = "teachers",
    }
}

/// How many people live where something is counted, and who says so.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Residents {
    /// How many people.
    #[schemars(title = "人口数", example = 120_000)]
    pub people: u32,
    /// Where the number comes from.
    #[schemars(title = "人口数的出处", example = &"2026 年统计年鉴（示例）")]
    pub source: String,
}

/// The money for a year.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Funding {
    /// The year.
    #[schemars(title = "年份", example = 2026)]
    pub year: Year,
    /// Where.
    #[schemars(title = "哪个区域的经费")]
    pub region: Ref<Region>,
    /// The unit that allocates it.
    #[serde(default)]
    #[schemars(title = "安排经费的单位")]
    pub unit: Option<Ref<Unit>>,
    /// How many people it is for; those of its region if absent.
    #[serde(default)]
    #[schemars(title = "人口和出处；不写就用区域里写的常住人口（当年的，没有就用之前最近一年的）")]
    pub population: Option<Residents>,
    /// Yuan per head that are due.
    #[schemars(title = "标准：人均多少元", example = 2)]
    pub standard: Number,
    /// Yuan that were allocated; absent if nobody has said.
    #[serde(default)]
    #[schemars(title = "实际安排了多少元；还不知道就不写", example = 240_000)]
    pub allocated: Option<Number>,
    /// What shows it.
    #[serde(default)]
    #[schemars(title = "依据", example = &"年度预算")]
    pub evidence: Option<String>,
}

/// A survey.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// The year.
    #[schemars(title = "年份", example = 2026)]
    pub year: Year,
    /// Where.
    #[schemars(title = "在哪个区域测评")]
    pub region: Ref<Region>,
    /// The unit that made it.
    #[serde(default)]
    #[schemars(title = "组织测评的单位")]
    pub unit: Option<Ref<Unit>>,
    /// How many answered.
    #[schemars(title = "收回多少份有效答卷", example = 400)]
    pub answers: u32,
    /// How they were chosen and asked.
    #[schemars(title = "方法：怎么选的人，怎么问的", example = &"各社区按人口随机抽样，入户填写")]
    pub method: String,
    /// Per cent that are satisfied.
    #[schemars(title = "满意的百分比", example = 86)]
    pub score: Number,
    /// Per cent that are wanted.
    #[serde(default)]
    #[schemars(title = "要求达到的百分比，没有要求就不写", example = 80)]
    pub standard: Option<Number>,
}

/// People who help, by number only.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Who they are.
    #[schemars(title = "volunteers 志愿者、experts 专家、teachers 兼职教师", example = &"volunteers")]
    pub sort: PoolSort,
    /// The year.
    #[schemars(title = "年份", example = 2026)]
    pub year: Year,
    /// Where.
    #[schemars(title = "哪个区域的队伍")]
    pub region: Ref<Region>,
    /// The unit that keeps the list.
    #[serde(default)]
    #[schemars(title = "管理名册的单位")]
    pub unit: Option<Ref<Unit>>,
    /// How many they are.
    #[schemars(title = "多少人", example = 36)]
    pub people: u32,
    /// Hours that all of them served in the year.
    #[serde(default)]
    #[schemars(title = "全年服务时长合计（小时）", example = 420)]
    pub hours: Option<Number>,
    /// How many people live there; those of its region if absent.
    #[serde(default)]
    #[schemars(title = "人口和出处，用来算每万人有多少；不写就用区域里写的常住人口")]
    pub population: Option<Residents>,
    /// How many there should be for ten thousand residents.
    #[serde(default)]
    #[schemars(title = "要求每万人有多少", example = 1)]
    pub per_ten_thousand: Option<Number>,
    /// Hours that each should serve in a year.
    #[serde(default)]
    #[schemars(title = "要求每人每年服务多少小时", example = 10)]
    pub hours_each: Option<Number>,
}

impl Rules for Funding {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        self.population.iter().for_each(|population| residents(population, broken));
        not_negative("standard", Some(self.standard), broken);
        not_negative("allocated", self.allocated, broken);
    }
}

impl Rules for Survey {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        if self.answers == 0 {
            broken.push((at!["answers"], say::counts_none()));
        }
        for (field, share) in [("score", Some(self.score)), ("standard", self.standard)] {
            not_negative(field, share, broken);
            if share.is_some_and(|share| share.0 > Decimal::ONE_HUNDRED) {
                broken.push((at![field], say::over_the_whole()));
            }
        }
    }
}

impl Rules for Pool {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        self.population.iter().for_each(|population| residents(population, broken));
        for (field, number) in
            [("hours", self.hours), ("per_ten_thousand", self.per_ten_thousand), ("hours_each", self.hours_each)]
        {
            not_negative(field, number, broken);
        }
    }
}

fn residents(residents: &Residents, broken: &mut Broken) {
    if residents.people == 0 {
        broken.push((at!["population", "people"], say::counts_none()));
    }
}

fn not_negative(field: &'static str, number: Option<Number>, broken: &mut Broken) {
    if number.is_some_and(Number::is_negative) {
        broken.push((at![field], say::negative()));
    }
}
