//! Committees and leading groups (领导小组、指导委员会): a roster in official order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::region::Region;
use super::rules::Rules;
use super::unit::Unit;
use super::value::Ref;

choice! {
    /// The role of a seat.
    pub enum SeatRole("seat-role") {
        /// 组长、主任.
        Head = "head",
        /// 召集人.
        Convener = "convener",
        /// 副组长、副主任.
        Deputy = "deputy",
        /// 成员、委员.
        Member = "member",
    }
}

/// A committee; seats keep the order of the notice.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// Where it is responsible.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
    /// The unit that hosts its office.
    #[serde(default)]
    #[schemars(title = "办公室设在哪个单位")]
    pub host: Option<Ref<Unit>>,
    /// Who heads the office, and its arrangements.
    #[serde(default)]
    #[schemars(title = "办公室的负责人和分工", example = &"办公室主任由教育局局长兼任")]
    pub office: Option<String>,
    /// Seats, in official order; empty where the notice names nobody.
    #[serde(default)]
    #[schemars(title = "席位，按公文的次序")]
    pub seats: Vec<Seat>,
}

/// A seat on a committee.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The person, as the notice writes the name.
    #[schemars(title = "姓名", example = &"某某（示例）")]
    pub person: String,
    /// The post, as the notice writes it.
    #[schemars(title = "职务", example = &"区教育局局长")]
    pub post: String,
    /// The role.
    #[schemars(title = "角色：head 组长或主任、convener 召集人、deputy 副职、member 成员", example = &"member")]
    pub role: SeatRole,
    /// The word that the notice uses for the role.
    #[serde(default)]
    #[schemars(title = "公文里的称呼", example = &"委员")]
    pub label: Option<String>,
    /// The units that the seat represents; a person with two posts represents both.
    #[serde(default)]
    #[schemars(title = "代表的单位，一人兼两职就写两个")]
    pub units: Vec<Ref<Unit>>,
}

impl Rules for Committee {}
