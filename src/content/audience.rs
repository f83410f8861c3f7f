//! Audiences (重点人群).

use super::rules::Rules;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An audience; its page lists what is meant for it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {}

impl Rules for Audience {}
