//! Learning teams and clubs (学习团队、社团).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::institution::Institution;
use super::region::Region;
use super::rules::{self, Broken, Rules};
use super::shared::{Common, Contact, Picture};
use super::topic::Topic;
use super::value::Ref;
use super::venue::Venue;

/// A team that meets to learn.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// When it meets, in words.
    #[schemars(title = "什么时候活动", example = &"每周三上午 9 点")]
    pub meets: String,
    /// Where it meets.
    #[serde(default)]
    #[schemars(title = "活动场地")]
    pub venue: Option<Ref<Venue>>,
    /// Where it belongs.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
    /// The institution it belongs to.
    #[serde(default)]
    #[schemars(title = "所属机构")]
    pub institution: Option<Ref<Institution>>,
    /// Members.
    #[serde(default)]
    #[schemars(title = "人数", example = 25)]
    pub members: Option<u32>,
    /// Topics.
    #[serde(default)]
    #[schemars(title = "主题")]
    pub topics: Vec<Ref<Topic>>,
    /// For whom.
    #[serde(default)]
    #[schemars(title = "面向的人群")]
    pub audiences: Vec<Ref<Audience>>,
    /// How to join.
    #[serde(default)]
    #[schemars(title = "怎么加入")]
    pub contact: Option<Contact>,
    /// The gallery.
    #[serde(default)]
    #[schemars(title = "相册")]
    pub gallery: Vec<Picture>,
}

impl Rules for Team {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::count("members", self.members, rules::CROWD, broken);
    }

    fn gallery(&self) -> &[Picture] {
        &self.gallery
    }
}
