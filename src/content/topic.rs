//! Topics of courses and events (课程主题).

use super::rules::Rules;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A topic; its page lists the entries that refer to it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {}

impl Rules for Topic {}
