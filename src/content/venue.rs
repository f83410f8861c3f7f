//! Venues and open facilities (场地、开放设施).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::institution::Institution;
use super::region::Region;
use super::rules::{self, Broken, Rules};
use super::shared::Common;
use super::shared::{Access, Contact, Opening};
use super::value::Ref;

/// A place where people learn.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// Where it is.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
    /// The institution it belongs to.
    #[serde(default)]
    #[schemars(title = "所属机构")]
    pub institution: Option<Ref<Institution>>,
    /// Street address.
    #[schemars(title = "地址", example = &"文化路 1 号二楼")]
    pub address: String,
    /// How to get there.
    #[serde(default)]
    #[schemars(title = "怎么去", example = &"乘 1 路公交到文化路站")]
    pub route: Option<String>,
    /// Seats.
    #[serde(default)]
    #[schemars(title = "座位数", example = 40)]
    pub seats: Option<u32>,
    /// How many sessions it can hold at once.
    #[serde(default)]
    #[schemars(title = "有几间教室，能同时办几场；不写就是一间", example = 3)]
    pub rooms: Option<u32>,
    /// Opening hours.
    #[serde(default)]
    #[schemars(title = "开放时间")]
    pub hours: Vec<Opening>,
    /// Accessibility.
    #[serde(default)]
    #[schemars(title = "无障碍设施：step-free 无台阶、lift 电梯、toilet 无障碍卫生间、wheelchair 轮椅、glasses 老花镜、hearing 助听、tactile 盲道或盲文、baby-room 母婴室", example = ["step-free", "lift"])]
    pub access: Vec<Access>,
    /// Contact.
    #[serde(default)]
    #[schemars(title = "联系方式")]
    pub contact: Option<Contact>,
}

impl Rules for Venue {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::openings("hours", &self.hours, broken);
        rules::count("seats", self.seats, rules::CROWD, broken);
        rules::count("rooms", self.rooms, (1, 1000), broken);
    }
}
