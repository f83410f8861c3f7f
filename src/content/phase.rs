//! Phases and deadlines of the work (工作阶段、时限), on the page of their document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::document::Document;
use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::value::{Ref, Span};
use crate::diag::catalogue as say;

choice! {
    /// Whether it is a period of work or a deadline.
    pub enum PhaseSort("phase-sort") {
        /// 阶段.
        Phase = "phase",
        /// 时限.
        Deadline = "deadline",
    }
}

/// A phase or a deadline.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Phase or deadline.
    #[schemars(title = "phase 阶段、deadline 时限", example = &"phase")]
    pub sort: PhaseSort,
    /// The document that sets it.
    #[schemars(title = "规定它的公文")]
    pub document: Ref<Document>,
    /// Its beginning.
    #[serde(default)]
    #[schemars(title = "从何时起，如 2023、2022-H1、2023-02、2023-07-10", example = &"2023-02")]
    pub from: Option<Span>,
    /// Its end; open if absent. A deadline must have it.
    #[serde(default)]
    #[schemars(title = "到何时止；不写就是没有截止", example = &"2023-08")]
    pub to: Option<Span>,
}

impl Rules for Phase {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        if self.sort == PhaseSort::Deadline && self.to.is_none() {
            broken.push((at!["sort"], say::missing_field("to", "")));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to.last() < from.first()
        {
            broken.push((at!["to"], say::end_before_start()));
        }
    }
}
