//! What is open to everybody: facilities (图书馆、文化馆、体育馆、学校操场…) and digital platforms.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::institution::Institution;
use super::region::Region;
use super::rules::{self, Broken, Rules};
use super::shared::Common;
use super::shared::{Access, Contact, Opening};
use super::unit::Unit;
use super::value::{Fee, Ref, Url};

choice! {
    /// What a facility is.
    pub enum FacilitySort("facility-sort") {
        /// 图书馆.
        Library = "library",
        /// 博物馆、纪念馆.
        Museum = "museum",
        /// 文化馆.
        Culture = "culture",
        /// 体育馆、健身场地.
        Gym = "gym",
        /// 学校的操场、教室.
        School = "school",
        /// 公园、广场.
        Park = "park",
        /// Anything else.
        Other = "other",
    }
}

/// An open facility.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Facility {
    /// What it is.
    #[schemars(title = "library 图书馆、museum 博物馆、culture 文化馆、gym 体育场馆、school 学校场地、park 公园广场、other 其他", example = &"library")]
    pub sort: FacilitySort,
    /// Where it is.
    #[schemars(title = "所在区域")]
    pub region: Ref<Region>,
    /// The unit that keeps it open.
    #[serde(default)]
    #[schemars(title = "负责开放的单位")]
    pub unit: Option<Ref<Unit>>,
    /// The institution it belongs to.
    #[serde(default)]
    #[schemars(title = "所属机构")]
    pub institution: Option<Ref<Institution>>,
    /// Street address.
    #[schemars(title = "地址", example = &"文化路 1 号")]
    pub address: String,
    /// Opening hours.
    #[serde(default)]
    #[schemars(title = "平日的开放时间")]
    pub hours: Vec<Opening>,
    /// When it is open on public holidays.
    #[serde(default)]
    #[schemars(title = "节假日怎么开放", example = &"春节初一闭馆，其他节假日照常")]
    pub holidays: Option<String>,
    /// Fee in yuan; 0 is free of charge.
    #[serde(default)]
    #[schemars(title = "费用（元），0 是免费", example = 0)]
    pub fee: Option<Fee>,
    /// Who may use it, and how.
    #[serde(default)]
    #[schemars(title = "怎么用：要不要证件、预约", example = &"凭身份证登记入校")]
    pub conditions: Option<String>,
    /// Seats.
    #[serde(default)]
    #[schemars(title = "座位数", example = 40)]
    pub seats: Option<u32>,
    /// Accessibility.
    #[serde(default)]
    #[schemars(title = "无障碍设施，写法和场地的 access 一样", example = ["step-free", "lift"])]
    pub access: Vec<Access>,
    /// Contact.
    #[serde(default)]
    #[schemars(title = "联系方式")]
    pub contact: Option<Contact>,
}

/// A digital platform.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Its address.
    #[schemars(title = "网址", example = &"https://example.org/")]
    pub url: Url,
    /// What it offers.
    #[schemars(title = "上面有什么", example = &"视频课、电子书、学分查询")]
    pub offers: String,
    /// The region for which it is.
    #[schemars(title = "服务的区域")]
    pub region: Ref<Region>,
    /// The unit that runs it.
    #[serde(default)]
    #[schemars(title = "主办单位")]
    pub unit: Option<Ref<Unit>>,
    /// Fee in yuan; 0 is free of charge.
    #[serde(default)]
    #[schemars(title = "费用（元），0 是免费", example = 0)]
    pub fee: Option<Fee>,
    /// How to get help.
    #[serde(default)]
    #[schemars(title = "不会用时找谁")]
    pub contact: Option<Contact>,
}

impl Rules for Facility {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        rules::openings("hours", &self.hours, broken);
        rules::count("seats", self.seats, rules::CROWD, broken);
    }
}

impl Rules for Platform {}
