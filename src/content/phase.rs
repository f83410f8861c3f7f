//! Phases and deadlines of the work (工作阶段、时限), on the page of their document.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::document::Document;
use super::duty::Duty;
use super::rules::{Broken, Rules, at};
use super::shared::Common;
use super::unit::Unit;
use super::value::{Day, Ref, Span};
use crate::diag::catalogue as say;

choice! {
    /// Whether it is a period of work or a deadline.
    pub enum PhaseSort("phase-sort") {
        /// 阶段.
        Phase = "phase",
        /// 时限.
        Deadline = "deadline",
        /// 常年工作.
        Recurring = "recurring",
    }

    /// How often a task comes again.
    pub enum Every("every") {
        /// Each year.
        Year = "year",
        /// Each month.
        Month = "month",
    }

    /// What units hand in every year, for the year that follows.
    pub enum Collected("collected") {
        /// 资源清单.
        Resources = "resources",
        /// 行动计划.
        Plans = "plans",
    }
}

/// A phase or a deadline.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Phase, deadline or recurring task.
    #[schemars(title = "phase 阶段、deadline 时限、recurring 年年月月都要做的", example = &"phase")]
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
    /// How often a recurring task comes again.
    #[serde(default)]
    #[schemars(title = "多久一次：year 每年、month 每月（sort 为 recurring 时写）", example = &"year")]
    pub every: Option<Every>,
    /// The month of a yearly task.
    #[serde(default)]
    #[schemars(title = "每年在几月，1 到 12；不写就是年底", example = 12)]
    pub month: Option<i8>,
    /// The day of the month by which it is due; the last one if absent.
    #[serde(default)]
    #[schemars(title = "最迟在几号；不写就是月底", example = 25)]
    pub day: Option<i8>,
    /// What units hand in by then, for the year that follows.
    #[serde(default)]
    #[schemars(title = "每年到期要交的下一年度材料：resources 资源清单、plans 行动计划（every: year 时写），按年汇编", example = ["resources", "plans"])]
    pub collects: Vec<Collected>,
    /// The units that hand it in; those on the committee's roster if absent.
    #[serde(default)]
    #[schemars(title = "哪些单位要交，可以写一类单位；不写就是领导小组名单上的单位")]
    pub units: Vec<Ref<Unit>>,
    /// The duties that a recurring task carries out: whoever is charged with one of them has to submit it each time.
    #[serde(default)]
    #[schemars(
        title = "要各单位报送的任务写：它落实哪几项职责。负有这些职责的单位都要报，每年有一张报送情况表（sort 为 recurring 时写）"
    )]
    pub duties: Vec<Ref<Duty>>,
    /// Whether news that name a unit are submitted by it.
    #[serde(default)]
    #[schemars(
        title = "写明单位（units）的动态也算该单位报送，如信息报送；不写就只算台账里已报送（reported）的材料",
        example = true
    )]
    pub news: bool,
    /// The day on which a deadline was met.
    #[serde(default)]
    #[schemars(title = "哪天完成的（时限做到了就写）", example = &"2026-10-20")]
    pub done: Option<Day>,
}

impl Rules for Phase {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        if self.sort == PhaseSort::Deadline && self.to.is_none() {
            broken.push((at!["sort"], say::missing_field("to", "")));
        }
        let recurs = self.sort == PhaseSort::Recurring;
        match self.every {
            None if recurs => broken.push((at!["sort"], say::missing_field("every", ""))),
            Some(_) if !recurs => broken.push((at!["every"], say::only_recurring())),
            _ => {}
        }
        if !self.collects.is_empty() && self.every != Some(Every::Year) {
            broken.push((at!["collects"], say::only_yearly()));
        }
        if !self.units.is_empty() && self.collects.is_empty() {
            broken.push((at!["units"], say::missing_field("collects", "")));
        }
        if !self.duties.is_empty() && !recurs {
            broken.push((at!["duties"], say::only_recurring()));
        }
        if self.news && self.duties.is_empty() {
            broken.push((at!["news"], say::missing_field("duties", "")));
        }
        for (field, value, most) in [("month", self.month, 12), ("day", self.day, 31)] {
            if value.is_some_and(|value| !(1..=most).contains(&value)) {
                broken.push((at![field], say::above_the_most(most)));
            }
        }
        // 2024 is a leap year. Every month has a last day, so that a day alone may be any.
        if let (Some(month @ 1..=12), Some(day @ 1..=31)) = (self.month, self.day)
            && Date::new(2024, month, day).is_err()
        {
            broken.push((at!["day"], say::no_such_day(&format!("{month:02}-{day:02}"))));
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to.last() < from.first()
        {
            broken.push((at!["to"], say::end_before_start()));
        }
    }
}
