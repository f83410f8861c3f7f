//! Indicators (指标): a target that several duties may share, with measured values by year.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::honour::{AwardClass, OrganisationClass};
use super::region::Region;
use super::rules::{self, Broken, Rules, at};
use super::shared::Common;
use super::shared::{Comparator, Level, Measure, Measured, Target};
use super::unit::Unit;
use super::value::{Ref, Year, not_empty};
use crate::diag::catalogue as say;

/// An indicator.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// The target.
    #[schemars(title = "目标值")]
    pub target: Target,
    /// The units responsible for it.
    #[serde(default)]
    #[schemars(title = "责任单位")]
    pub holders: Vec<Ref<Unit>>,
    /// Why these units are responsible, if the notice does not say so.
    #[serde(default)]
    #[schemars(title = "责任单位不是公文写明、由编者推定时，写推定的理由", example = &"公文只写了目标，没有写由哪个单位负责")]
    pub inferred: Option<String>,
    /// The region it applies to.
    #[schemars(title = "适用的区域")]
    pub region: Ref<Region>,
    /// The honours that answer it.
    #[serde(default)]
    #[schemars(title = "用名单回答：数示范区、示范校，或算学习型组织的比例")]
    pub answered: Option<Answer>,
    /// Measured values by year.
    #[serde(default)]
    #[schemars(title = "历年实测值")]
    pub measured: Vec<Measured>,
    /// Values that the portal computes from who came to courses and events.
    #[serde(default)]
    #[schemars(title = "由程序用登记的到场人次算出的数值；measured 里写了的年份以写的为准")]
    pub computed: Option<Computed>,
}

/// How values are computed from participation.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Computed {
    /// Whose participation; everybody's if absent.
    #[serde(default)]
    #[schemars(title = "算哪类人群的人次，不写就是全部到场的人")]
    pub audience: Option<Ref<Audience>>,
    /// Whether the share is counted in visits. Whoever comes twice makes two visits, so that without this nothing is compared with a target in
    /// persons.
    #[serde(default)]
    #[schemars(
        title = "统计口径按人次算的写 true；不写就只列出人次，不和比例目标比较，因为人次不是人数",
        example = true
    )]
    pub by_visits: bool,
    /// The population of each year.
    #[serde(deserialize_with = "not_empty")]
    #[schemars(title = "各年的人口，写明出处", length(min = 1))]
    pub population: Vec<Population>,
}

/// How many people a region had in a year.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// The year.
    #[schemars(title = "年份", example = 2026)]
    pub year: Year,
    /// How many people.
    #[schemars(title = "这类人群（没有写 audience 就是全部居民）的人数", example = 12000)]
    pub people: u32,
    /// Where the number comes from.
    #[schemars(title = "人口数的出处", example = &"2026 年统计年鉴（示例）")]
    pub source: String,
    /// The unit whose region it is; that of the indicator if absent.
    #[serde(default)]
    #[schemars(title = "哪个责任单位（如某镇）的人口，不写就是指标适用的区域")]
    pub unit: Option<Ref<Unit>>,
}

/// The honours that answer an indicator: awards or learning organisations of a class.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The class of awards.
    #[serde(default)]
    #[schemars(title = "哪一类表彰：zone 示范区、pilot 实验区、school 示范校、point 示范教学点…", example = &"pilot")]
    pub award: Option<AwardClass>,
    /// Or the class of learning organisations.
    #[serde(default)]
    #[schemars(title = "或者哪一类学习型组织：community 社区、office 机关…（和 award 二选一）")]
    pub organisation: Option<OrganisationClass>,
    /// The level of the awards; of organisations the lowest level that counts.
    #[schemars(title = "哪一级的表彰；学习型组织是哪一级及以上", example = &"province")]
    pub level: Level,
    /// How many bodies there are.
    #[serde(default)]
    #[schemars(title = "这类组织一共有多少个，用来算比例；不写就数本站收录的社区、镇街、机关")]
    pub of: Option<u32>,
}

impl Rules for Indicator {
    const NEEDS: &'static [&'static str] = &["target.value"];

    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::target(&self.target, broken);
        if let Some(answer) = &self.answered {
            if answer.award.is_some() == answer.organisation.is_some() {
                broken.push((at!["answered"], say::missing_field("award", "")));
            }
            if answer.of == Some(0) {
                broken.push((at!["answered", "of"], say::counts_none()));
            }
        }
        // Only a share can fall below zero: that by which something grew.
        let counts = self.target.measure.is_some_and(|measure| measure != Measure::Percent);
        for (at, measured) in self.measured.iter().enumerate() {
            if counts && measured.value.is_negative() {
                broken.push((at!["measured", at, "value"], say::negative()));
            }
            if measured.of.is_some_and(|of| of.0 <= Decimal::ZERO) {
                broken.push((at!["measured", at, "of"], say::counts_none()));
            }
            // Growth may come to more than the whole.
            let is_growth = matches!(self.target.comparator, Comparator::Increasing | Comparator::Decreasing);
            let over = match measured.of {
                Some(of) => of.0 > Decimal::ZERO && measured.value > of,
                None => measured.value.0 > Decimal::ONE_HUNDRED,
            };
            if !counts && self.target.measure.is_some() && !is_growth && over {
                broken.push((at!["measured", at, "value"], say::over_the_whole()));
            }
        }
        let population = self.computed.iter().flat_map(|computed| computed.population.iter().enumerate());
        for (at, _) in population.filter(|(_, population)| population.people == 0) {
            broken.push((at!["computed", "population", at, "people"], say::counts_none()));
        }
    }
}
