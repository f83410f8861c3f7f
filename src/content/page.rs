//! Free pages (自由页面), such as 关于本站 or a guide.

use super::rules::Rules;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A free page. It has only the common fields and a body.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FreePage {}

impl Rules for FreePage {}
