//! Topics of courses and events (课程主题).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A topic; its page gathers what carries it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {}
