//! Teachers and volunteers (师资库、志愿者).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::institution::Institution;
use super::region::Region;
use super::rules::{self, Broken, Portrait, Rules};
use super::shared::Common;
use super::shared::Consent;
use super::topic::Topic;
use super::value::Ref;

choice! {
    /// How a teacher serves.
    pub enum TeacherSort("teacher-sort") {
        /// 专职.
        Full = "full",
        /// 兼职.
        Part = "part",
        /// 志愿者.
        Volunteer = "volunteer",
        /// 专家.
        Expert = "expert",
    }
}

/// A teacher: the public fields are name, workplace and speciality.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Teacher {
    /// How the teacher serves.
    #[schemars(title = "full 专职、part 兼职、volunteer 志愿者、expert 专家", example = &"part")]
    pub sort: TeacherSort,
    /// Workplace.
    #[serde(default)]
    #[schemars(title = "工作单位", example = &"某社区学校")]
    pub workplace: Option<String>,
    /// What is taught.
    #[schemars(title = "服务专业", example = &"书法")]
    pub speciality: String,
    /// Topics.
    #[serde(default)]
    #[schemars(title = "教授的主题")]
    pub topics: Vec<Ref<Topic>>,
    /// Institution.
    #[serde(default)]
    #[schemars(title = "所在机构")]
    pub institution: Option<Ref<Institution>>,
    /// Region.
    #[serde(default)]
    #[schemars(title = "所在区域")]
    pub region: Option<Ref<Region>>,
    /// Volunteer hours in the last year.
    #[serde(default)]
    #[schemars(title = "上一年的志愿服务小时数", example = 24)]
    pub hours: Option<u32>,
    /// Consent to the portrait.
    #[serde(default)]
    #[schemars(title = "照片的授权；没有就不发布照片")]
    pub consent: Option<Consent>,
}

impl Rules for Teacher {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::consent(self.consent.as_ref(), broken);
        // A year has no more hours.
        rules::count("hours", self.hours, (0, 8784), broken);
    }

    fn portrait(&self) -> Portrait<'_> {
        Portrait::Person(self.consent.as_ref())
    }
}
