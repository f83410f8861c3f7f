//! Events (活动) of a learning week or outside one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::edition::Edition;
use super::institution::Institution;
use super::rules::{self, Broken, Portrait, Rules, Schedule};
use super::shared::Common;
use super::shared::{Attendance, Change, Consent, Contact, Mode, Picture, Session, Status, Weekly};
use super::topic::Topic;
use super::unit::Unit;
use super::value::{Fee, Ref};
use super::venue::Venue;
use crate::diag::catalogue as say;

/// An event.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The learning week it belongs to.
    #[serde(default)]
    #[schemars(title = "所属的活动周")]
    pub edition: Option<Ref<Edition>>,
    /// Topics.
    #[serde(default)]
    #[schemars(title = "主题")]
    pub topics: Vec<Ref<Topic>>,
    /// For whom; empty means for everybody.
    #[serde(default)]
    #[schemars(title = "面向的人群，不写就是人人可来")]
    pub audiences: Vec<Ref<Audience>>,
    /// The unit that organises it.
    #[serde(default)]
    #[schemars(title = "主办单位")]
    pub unit: Option<Ref<Unit>>,
    /// The institution that organises it.
    #[serde(default)]
    #[schemars(title = "承办机构")]
    pub institution: Option<Ref<Institution>>,
    /// The venue; may be absent when online.
    #[serde(default)]
    #[schemars(title = "场地（线上活动可不写）")]
    pub venue: Option<Ref<Venue>>,
    /// On site, online or both.
    #[serde(default)]
    #[schemars(title = "onsite 线下、online 线上、mixed 线上线下结合", example = &"onsite")]
    pub mode: Mode,
    /// Fee in yuan; 0 is free of charge.
    #[serde(default)]
    #[schemars(title = "费用（元），0 是免费", example = 0)]
    pub fee: Option<Fee>,
    /// Number of places.
    #[serde(default)]
    #[schemars(title = "名额", example = 60)]
    pub capacity: Option<u32>,
    /// How to book.
    #[serde(default)]
    #[schemars(title = "怎么预约，电话在先")]
    pub booking: Option<Contact>,
    /// Whether it takes place.
    #[serde(default)]
    #[schemars(title = "状态：scheduled 正常、moved 改期或地点有变、full 满员、cancelled 取消", example = &"moved")]
    pub status: Status,
    /// Why it was moved or cancelled.
    #[serde(default)]
    #[schemars(title = "改动的原因", example = &"因雨改到室内")]
    pub reason: Option<String>,
    /// Dated sessions; or a weekly pattern.
    #[serde(default)]
    #[schemars(title = "逐次写的时间（和 weekly 二选一）")]
    pub sessions: Vec<Session>,
    /// Weekly pattern; or dated sessions.
    #[serde(default)]
    #[schemars(title = "每周固定的时间（和 sessions 二选一）")]
    pub weekly: Option<Weekly>,
    /// How many came, session by session.
    #[serde(default)]
    #[schemars(title = "各场到了多少人，办完一场登记一条")]
    pub attendance: Vec<Attendance>,
    /// What was changed since it was published.
    #[serde(default)]
    #[schemars(title = "发布以后改了什么，一次一条")]
    pub changes: Vec<Change>,
    /// Consent of those whom the pictures show. If it lapses, the pictures are withheld.
    #[serde(default)]
    #[schemars(title = "照片里的人的授权；有孩子时必须写，到期照片不再发布")]
    pub consent: Option<Consent>,
    /// The gallery.
    #[serde(default)]
    #[schemars(title = "相册")]
    pub gallery: Vec<Picture>,
}

impl Event {
    /// Its schedule.
    fn schedule(&self) -> Schedule<'_> {
        Schedule {
            status: self.status,
            reason: self.reason.as_deref(),
            run: None,
            sessions: &self.sessions,
            weekly: self.weekly.as_ref(),
        }
    }

    /// Whether it takes place; if it says nothing itself, what all of its sessions say.
    pub fn state(&self) -> Status {
        self.schedule().state()
    }
}

impl Rules for Event {
    const NEEDS: &'static [&'static str] = &["venue", "sessions"];

    fn rules(&self, _: &Common, broken: &mut Broken) {
        if self.sessions.is_empty() && self.weekly.is_none() {
            broken.push((Vec::new(), say::no_schedule()));
        }
        rules::venue(self.mode, self.venue.as_ref(), broken);
        rules::schedule(&[], &self.schedule(), broken);
        rules::count("capacity", self.capacity, rules::CROWD, broken);
        rules::consent(self.consent.as_ref(), broken);
        rules::attendance(&[], &self.attendance, broken);
    }

    fn schedules(&self) -> Vec<Schedule<'_>> {
        vec![self.schedule()]
    }

    fn changes(&self) -> &[Change] {
        &self.changes
    }

    fn portrait(&self) -> Portrait<'_> {
        self.consent.as_ref().map_or(Portrait::Nobody, |consent| Portrait::Person(Some(consent)))
    }

    fn gallery(&self) -> &[Picture] {
        &self.gallery
    }
}
