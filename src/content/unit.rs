//! Member units (成员单位) and classes of units such as 各乡镇（街道）.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::region::Region;
use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::shared::Contact;
use super::value::Ref;
use crate::diag::catalogue as say;

choice! {
    /// What a unit is.
    pub enum UnitSort("unit-sort") {
        /// 党委部门.
        Party = "party",
        /// 政府部门.
        Government = "government",
        /// 群团组织.
        Mass = "mass",
        /// 镇街.
        Town = "town",
        /// 学校和事业单位.
        Institution = "institution",
        /// 垂直管理和其他单位.
        Other = "other",
        /// 一类单位的统称.
        Class = "class",
    }
}

/// A unit, or class of units, to which a notice gives duties or a seat.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// What it is.
    #[schemars(title = "性质：party 党委部门、government 政府部门、mass 群团、town 镇街、institution 学校和事业单位、other 其他、class 一类单位的统称", example = &"government")]
    pub sort: UnitSort,
    /// The region it is responsible for.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
    /// Other names that notices use for it.
    #[serde(default)]
    #[schemars(title = "公文里的其他叫法", example = ["教育部门"])]
    pub aliases: Vec<String>,
    /// The units that a class stands for.
    #[serde(default)]
    #[schemars(title = "统称所包括的单位（sort 为 class 时写）")]
    pub members: Vec<Ref<Unit>>,
    /// Office contact.
    #[serde(default)]
    #[schemars(title = "办公室联系方式")]
    pub contact: Option<Contact>,
}

impl Rules for Unit {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        if self.sort != UnitSort::Class && !self.members.is_empty() {
            broken.push((at!["members"], say::not_a_class()));
        }
    }
}
