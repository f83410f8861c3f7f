//! Courses (课程) and their class runs (开班).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::choice::choice;
use super::institution::Institution;
use super::rules::{self, Broken, Rules, Schedule, at};
use super::shared::Common;
use super::shared::{Change, Contact, Mode, Run};
use super::teacher::Teacher;
use super::topic::Topic;
use super::value::{Fee, Ref, not_empty};
use super::venue::Venue;

choice! {
    /// The level of a course.
    pub enum CourseLevel("course-level") {
        /// 零基础.
        Beginner = "beginner",
        /// 有一些基础.
        Intermediate = "intermediate",
        /// 提高班.
        Advanced = "advanced",
    }
}

/// A course.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// Topics, at least one.
    #[serde(deserialize_with = "not_empty")]
    #[schemars(title = "主题，至少一个", length(min = 1))]
    pub topics: Vec<Ref<Topic>>,
    /// For whom; empty means for everybody.
    #[serde(default)]
    #[schemars(title = "面向的人群，不写就是人人可学")]
    pub audiences: Vec<Ref<Audience>>,
    /// Its level.
    #[serde(default)]
    #[schemars(title = "程度：beginner 零基础、intermediate 有一些基础、advanced 提高班", example = &"beginner")]
    pub level: Option<CourseLevel>,
    /// Teachers.
    #[serde(default)]
    #[schemars(title = "教师")]
    pub teachers: Vec<Ref<Teacher>>,
    /// The institution that offers it.
    #[schemars(title = "开课机构")]
    pub institution: Ref<Institution>,
    /// The usual venue.
    #[serde(default)]
    #[schemars(title = "平常的场地（线上课可不写）")]
    pub venue: Option<Ref<Venue>>,
    /// On site, online or both.
    #[serde(default)]
    #[schemars(title = "onsite 线下、online 线上、mixed 线上线下结合", example = &"onsite")]
    pub mode: Mode,
    /// Fee in yuan; 0 is free of charge.
    #[schemars(title = "学费（元），0 是免费", example = 0)]
    pub fee: Fee,
    /// What the fee covers.
    #[serde(default)]
    #[schemars(title = "费用说明", example = &"材料自备")]
    pub fee_note: Option<String>,
    /// What to bring.
    #[serde(default)]
    #[schemars(title = "要带的东西", example = ["老花镜"])]
    pub materials: Vec<String>,
    /// How to enrol.
    #[serde(default)]
    #[schemars(title = "怎么报名，电话在先")]
    pub enrol: Option<Contact>,
    /// Class runs.
    #[serde(default)]
    #[schemars(title = "开班")]
    pub runs: Vec<Run>,
    /// What was changed since it was published.
    #[serde(default)]
    #[schemars(title = "发布以后改了什么，一次一条")]
    pub changes: Vec<Change>,
}

impl Run {
    /// Its schedule, as that of the `nth` run of its course.
    fn schedule(&self, nth: usize) -> Schedule<'_> {
        Schedule {
            status: self.status,
            reason: self.reason.as_deref(),
            run: Some(nth),
            sessions: &self.sessions,
            weekly: self.weekly.as_ref(),
        }
    }
}

impl Rules for Course {
    fn rules(&self, _: &Common, broken: &mut Broken) {
        if self.runs.iter().any(|run| run.venue.is_none()) {
            rules::venue(self.mode, self.venue.as_ref(), broken);
        }
        for (at, run) in self.runs.iter().enumerate() {
            let base = at!["runs", at];
            rules::schedule(&base, &run.schedule(at), broken);
            rules::count_at(&base, "capacity", run.capacity, rules::CROWD, broken);
            rules::enrolment(&base, run, broken);
            rules::attendance(&base, &run.attendance, broken);
        }
    }

    fn schedules(&self) -> Vec<Schedule<'_>> {
        self.runs.iter().enumerate().map(|(nth, run)| run.schedule(nth)).collect()
    }

    fn changes(&self) -> &[Change] {
        &self.changes
    }
}
