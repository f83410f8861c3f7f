//! Building standards (建设标准) for each tier, compared with the figures of institutions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::Document;
use super::institution::Tier;
use super::rules::{self, Broken, Rules};
use super::shared::Common;
use super::shared::Target;
use super::value::Ref;

/// One item of a standard.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// The document that sets it.
    #[schemars(title = "规定它的公文")]
    pub document: Ref<Document>,
    /// The tier it applies to.
    #[schemars(title = "适用的层级：university 社区大学、college 社区学院、school 社区学校、point 学习点", example = &"school")]
    pub tier: Tier,
    /// The heading under which the notice has it.
    #[serde(default)]
    #[schemars(title = "属于哪一组", example = &"场地和设备")]
    pub group: Option<String>,
    /// Items of the same notice that say something else.
    #[serde(default)]
    #[schemars(title = "同一份公文里说法不一致的条目")]
    pub conflicts: Vec<Ref<Standard>>,
    /// The target.
    #[schemars(title = "要求")]
    pub target: Target,
}

impl Rules for Standard {
    const NEEDS: &'static [&'static str] = &["target.value"];

    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::target(&self.target, broken);
    }
}
