//! Awards (先进单位、先进个人…) and learning organisations (学习型组织): one type, two kinds, listed by year.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::region::Region;
use super::rules::Rules;
use super::shared::Level;
use super::unit::Unit;
use super::value::{Ref, Year};

choice! {
    /// What an award is given for.
    pub enum AwardClass("award-class") {
        /// 先进单位.
        Unit = "unit",
        /// 先进个人.
        Person = "person",
        /// 优秀教师.
        Teacher = "teacher",
        /// 优秀成果.
        Outcome = "outcome",
        /// 示范区.
        Zone = "zone",
        /// 实验区.
        Pilot = "pilot",
        /// 示范校.
        School = "school",
        /// 示范教学点.
        Point = "point",
    }

    /// What a learning organisation is.
    pub enum OrganisationClass("organisation-class") {
        /// 学习型家庭.
        Family = "family",
        /// 学习型企业.
        Enterprise = "enterprise",
        /// 学习型单位.
        Unit = "unit",
        /// 学习型团体.
        Group = "group",
        /// 学习型机关.
        Office = "office",
        /// 学习型党组织.
        Party = "party",
        /// 学习型社区.
        Community = "community",
        /// 学习型街道.
        Street = "street",
        /// 学习型乡镇.
        Township = "township",
        /// 学习型城区.
        City = "city",
        /// 学习型楼院.
        Courtyard = "courtyard",
        /// 学习型楼栋.
        Building = "building",
    }
}

/// An honour of the class `C`, with the year it was given.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Honour<C> {
    /// What it is given for.
    #[schemars(title = "类别")]
    pub class: C,
    /// The year.
    #[schemars(title = "年份", example = 2026)]
    pub year: Year,
    /// The level.
    #[schemars(title = "级别：national 国家、province 省、city 市、district 区县、town 镇街", example = &"district")]
    pub level: Level,
    /// Who holds it, if the title does not say so.
    #[serde(default)]
    #[schemars(title = "获得者（标题没有说明时写）", example = &"某社区学校")]
    pub holder: Option<String>,
    /// The unit that holds or nominated it.
    #[serde(default)]
    #[schemars(title = "获得或推荐的单位")]
    pub unit: Option<Ref<Unit>>,
    /// Where.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
}

/// An award.
pub type Award = Honour<AwardClass>;
/// A learning organisation.
pub type Organisation = Honour<OrganisationClass>;

impl<C> Rules for Honour<C> {}
