//! Venues and open facilities (场地、开放设施).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::institution::Institution;
use super::region::Region;
use super::rules::{self, Broken, Rules, at};
use super::shared::Common;
use super::shared::{Access, Contact, Opening};
use super::value::{Number, Ref};
use crate::diag::catalogue as say;

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
    /// Where on the earth.
    #[serde(default)]
    #[schemars(title = "经纬度（WGS-84），写进日历，手机可以导航过去")]
    pub geo: Option<Geo>,
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

/// A point on the earth, in degrees.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Geo {
    /// Latitude, north of the equator.
    #[schemars(title = "纬度，北纬为正，-90 到 90", example = 35.3)]
    pub lat: Number,
    /// Longitude, east of Greenwich.
    #[schemars(title = "经度，东经为正，-180 到 180", example = 113.9)]
    pub lon: Number,
}

impl Rules for Venue {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        if let Some(Geo { lat, lon }) = self.geo {
            for (field, value, most) in [("lat", lat, 90), ("lon", lon, 180)] {
                if value.0.abs() > most.into() {
                    broken.push((at!["geo", field], say::out_of_range(Some(-most), Some(most))));
                }
            }
        }
        rules::openings("hours", &self.hours, broken);
        rules::count("seats", self.seats, rules::CROWD, broken);
        rules::count("rooms", self.rooms, (1, 1000), broken);
    }
}
