//! Duties (职责) that a notice gives a unit.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::choice::choice;
use super::rules::{Broken, Rules};
use super::shared::Common;
use super::shared::Indicators;
use super::topic::Topic;
use super::unit::Unit;
use super::value::Ref;
use crate::diag::catalogue as say;

choice! {
    /// Whether a duty belongs to one unit or to all units.
    #[derive(Default)]
    pub enum DutyScope("duty-scope") {
        /// 共同职责.
        Shared = "shared",
        /// 单位职责.
        #[default]
        Unit = "unit",
    }

    /// The role of a unit in a duty.
    pub enum DutyRole("duty-role") {
        /// 牵头.
        Lead = "lead",
        /// 配合.
        Assist = "assist",
        /// 主管.
        Supervise = "supervise",
        /// 承办.
        Undertake = "undertake",
    }
}

/// A duty, shown on its unit's page and in the list of duties. It must have `sources`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The unit, or the class of units.
    #[schemars(title = "哪个单位的职责")]
    pub unit: Ref<Unit>,
    /// Whether it belongs to one unit or to all.
    #[serde(default)]
    #[schemars(title = "shared 共同职责、unit 本单位职责", example = &"unit")]
    pub scope: DutyScope,
    /// The unit's role.
    #[serde(default)]
    #[schemars(title = "角色：lead 牵头、assist 配合、supervise 主管、undertake 承办", example = &"lead")]
    pub role: Option<DutyRole>,
    /// For whom.
    #[serde(default)]
    #[schemars(title = "面向的人群")]
    pub audiences: Vec<Ref<Audience>>,
    /// Topics.
    #[serde(default)]
    #[schemars(title = "涉及的主题")]
    pub topics: Vec<Ref<Topic>>,
    /// Why it is laid on this unit, if the notice does not say so.
    #[serde(default)]
    #[schemars(title = "公文没有点名、由编者推定时，写推定的理由", example = &"公文只列了任务，没有写由哪个单位负责")]
    pub inferred: Option<String>,
    /// Indicators that measure it.
    #[serde(default)]
    #[schemars(title = "对应的指标")]
    pub indicators: Indicators,
}

impl Rules for Duty {
    const NEEDS: &'static [&'static str] = &["sources"];

    fn rules(&self, common: &Common, broken: &mut Broken) {
        if common.sources.is_empty() {
            broken.push((Vec::new(), say::missing_source()));
        }
    }
}
