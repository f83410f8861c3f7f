//! Indicators (指标): a target that several duties may share, with measured values by year.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::region::Region;
use super::rules::{self, Broken, Rules, at};
use super::shared::Common;
use super::shared::{Comparator, Measure, Measured, Target};
use super::unit::Unit;
use super::value::Ref;
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
    /// Measured values by year.
    #[serde(default)]
    #[schemars(title = "历年实测值")]
    pub measured: Vec<Measured>,
}

impl Rules for Indicator {
    const NEEDS: &'static [&'static str] = &["target.value"];

    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::target(&self.target, broken);
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
    }
}
