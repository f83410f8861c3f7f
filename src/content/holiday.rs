//! Yearly tables of public holidays (节假日) and of the working days that make up for them (调休).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::value::{Day, Year, not_empty};
use crate::diag::catalogue as say;

/// The public holidays of one year.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    /// The year.
    #[schemars(title = "年份", example = 2026)]
    pub year: Year,
    /// Where they were published.
    #[schemars(title = "出自哪里：哪个机关的哪份通知，哪天公布", example = &"国务院办公厅关于部分节假日安排的通知（示例）")]
    pub source: String,
    /// The holidays.
    #[serde(deserialize_with = "not_empty")]
    #[schemars(title = "各个节日", length(min = 1))]
    pub holidays: Vec<Holiday>,
}

/// A public holiday.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Its name.
    #[schemars(title = "名称", example = &"国庆节")]
    pub title: String,
    /// First day off.
    #[schemars(title = "放假的头一天", example = &"2026-10-01")]
    pub from: Day,
    /// Last day off.
    #[schemars(title = "放假的最后一天", example = &"2026-10-07")]
    pub to: Day,
    /// Working days that make up for it.
    #[serde(default)]
    #[schemars(title = "调休上班的日子", example = ["2026-10-10"])]
    pub work: Vec<Day>,
}

impl Rules for Holidays {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        for (nth, holiday) in self.holidays.iter().enumerate() {
            if holiday.to < holiday.from {
                broken.push((at!["holidays", nth, "to"], say::end_before_start()));
            } else if ![holiday.from, holiday.to].iter().any(|day| day.0.year() == self.year.0) {
                broken.push((at!["holidays", nth, "from"], say::holiday_of_another_year(self.year.0)));
            }
        }
    }
}
