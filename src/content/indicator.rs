//! Indicators (指标): one target that many duties may share, with measured values by year.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::region::Region;
use super::rules::{self, Broken, Rules};
use super::shared::Common;
use super::shared::{Measured, Target};
use super::unit::Unit;
use super::value::Ref;

/// An indicator.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is to be reached.
    #[schemars(title = "目标值")]
    pub target: Target,
    /// Who answers for it.
    #[serde(default)]
    #[schemars(title = "责任单位")]
    pub holders: Vec<Ref<Unit>>,
    /// Where it holds.
    #[schemars(title = "适用的区域")]
    pub region: Ref<Region>,
    /// Measured values by year.
    #[serde(default)]
    #[schemars(title = "历年实测值")]
    pub measured: Vec<Measured>,
}

impl Rules for Indicator {
    const NEEDS: &'static [&'static str] = &["target.value"];

    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::target(&self.target, broken);
    }
}
