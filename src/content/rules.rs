//! Rules within one entry that types cannot express. Each kind has its own; rules that several kinds share are here.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::choice::Choice as _;
use super::shared::{
    Common, Comparator, Consent, Hours, Mode, Opening, Picture, Session, Status, Target, Weekday, Weekly,
};
use super::value::Ref;
use super::venue::Venue;
use super::walk::{Path, Step};
use crate::diag::Mistake;
use crate::diag::catalogue as say;

/// Maximum number of sessions of one weekly pattern.
pub const SESSION_LIMIT: usize = 1000;

/// Mistakes found by rules, each with the path to its field.
pub type Broken = Vec<(Path, Mistake)>;

/// The rules of a kind.
pub trait Rules {
    /// Paths of fields that the rules require although the type does not (`target.value`). `new` writes them and the
    /// handbook marks them as required.
    const NEEDS: &'static [&'static str] = &[];

    /// Adds the mistakes in an entry that its types accept.
    fn rules(&self, common: &Common, broken: &mut Broken) {
        let _ = (common, broken);
    }

    /// The person that its pictures show.
    fn portrait(&self) -> Portrait<'_> {
        Portrait::Nobody
    }

    /// Its gallery.
    fn gallery(&self) -> &[Picture] {
        &[]
    }

    /// Its schedules, one for each run.
    fn schedules(&self) -> Vec<Schedule<'_>> {
        Vec::new()
    }
}

/// The person that the pictures of an entry show.
#[derive(Clone, Copy, Debug)]
pub enum Portrait<'a> {
    /// Nobody in particular; no consent is needed.
    Nobody,
    /// A person, with the consent if there is one.
    Person(Option<&'a Consent>),
}

/// A schedule of an entry, in either notation.
#[derive(Clone, Copy, Debug)]
pub struct Schedule<'a> {
    /// Whether it takes place.
    pub status: Status,
    /// The place among the runs that it was written in; none if it is the entry's own.
    pub run: Option<usize>,
    /// Dated sessions.
    pub sessions: &'a [Session],
    /// A weekly pattern.
    pub weekly: Option<&'a Weekly>,
}

/// Builds a path: `at!["runs", 0, "weekly"]`.
macro_rules! at {
    ($($step:expr),* $(,)?) => { vec![$($crate::content::walk::Step::from($step)),*] };
}
pub(crate) use at;

impl From<&'static str> for Step {
    fn from(key: &'static str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

fn join(base: &[Step], rest: Path) -> Path {
    base.iter().copied().chain(rest).collect()
}

/// Rules for the common fields.
pub fn common(common: &Common, broken: &mut Broken) {
    if let (Some(publish), Some(expires)) = (common.publish, common.expires)
        && expires < publish
    {
        broken.push((at!["expires"], say::end_before_start()));
    }
    if let (Some(date), Some(updated)) = (common.date, common.updated)
        && updated < date
    {
        broken.push((at!["updated"], say::end_before_start()));
    }
}

/// Rules for a consent.
pub fn consent(consent: Option<&Consent>, broken: &mut Broken) {
    if let Some(Consent { under_14: true, guardian, .. }) = consent
        && guardian.as_ref().is_none_or(|guardian| guardian.trim().is_empty())
    {
        broken.push((at!["consent"], say::missing_guardian()));
    }
    if let Some(Consent { date, expires: Some(expires), .. }) = consent
        && expires < date
    {
        broken.push((at!["consent", "expires"], say::end_before_start()));
    }
}

/// Every picture must have a description or be marked as decorative.
pub fn pictures(head: Option<&Picture>, gallery: &[Picture], broken: &mut Broken) {
    let head = head.map(|picture| (at!["picture"], picture));
    let gallery = gallery.iter().enumerate().map(|(nth, picture)| (at!["gallery", nth], picture));
    for (path, picture) in head.into_iter().chain(gallery) {
        let described = picture.alt.as_ref().is_some_and(|alt| !alt.trim().is_empty());
        match (described, picture.decorative) {
            (false, false) => broken.push((path, say::picture_alt())),
            (true, true) => broken.push((join(&path, at!["decorative"]), say::picture_decorative())),
            (true, false) | (false, true) => {}
        }
    }
}

/// A changed status must have a reason.
pub fn status(base: &[Step], status: Status, reason: Option<&str>, broken: &mut Broken) {
    match status {
        Status::Moved | Status::Cancelled if reason.is_none_or(|reason| reason.trim().is_empty()) => {
            broken.push((join(base, at!["status"]), say::missing_reason()));
        }
        Status::Moved | Status::Cancelled | Status::Scheduled | Status::Full => {}
    }
}

/// What takes place on site should have a venue.
pub fn venue(mode: Mode, venue: Option<&Ref<Venue>>, broken: &mut Broken) {
    if mode != Mode::Online && venue.is_none() {
        broken.push((Path::new(), say::missing_venue()));
    }
}

/// Rules for opening hours.
pub fn openings(field: &'static str, openings: &[Opening], broken: &mut Broken) {
    for (at, opening) in openings.iter().enumerate() {
        hours(&[field.into(), at.into(), "time".into()], opening.time, broken);
    }
}

fn hours(base: &[Step], hours: Hours, broken: &mut Broken) {
    if hours.end <= hours.start {
        broken.push((join(base, at!["end"]), say::end_before_start()));
    }
}

/// Rules for a schedule in either notation.
pub fn schedule(base: &[Step], sessions: &[Session], weekly: Option<&Weekly>, broken: &mut Broken) {
    for (at, session) in sessions.iter().enumerate() {
        session_order(&join(base, at!["sessions", at]), session, broken);
    }
    let Some(weekly) = weekly else { return };
    let base = join(base, at!["weekly"]);
    if !sessions.is_empty() {
        broken.push((base.clone(), say::two_schedules()));
    }
    hours(&join(&base, at!["time"]), weekly.time, broken);
    for (at, session) in weekly.extra.iter().enumerate() {
        session_order(&join(&base, at!["extra", at]), session, broken);
    }
    if weekly.to < weekly.from {
        return broken.push((join(&base, at!["to"]), say::end_before_start()));
    }
    for (at, day) in weekly.except.iter().enumerate() {
        if !weekly.meets(day.0) {
            broken.push((join(&base, at!["except", at]), say::except_outside(&day.to_string())));
        }
    }
    match weekly.dates().take(SESSION_LIMIT + 1).count() {
        0 if weekly.extra.is_empty() => broken.push((base, say::empty_weekly())),
        count if count > SESSION_LIMIT => broken.push((join(&base, at!["to"]), say::too_many_sessions(SESSION_LIMIT))),
        _ => {}
    }
}

fn session_order(base: &[Step], session: &Session, broken: &mut Broken) {
    if session.end <= session.start {
        broken.push((join(base, at!["end"]), say::end_before_start()));
    }
}

/// Rules for a target.
pub fn target(target: &Target, broken: &mut Broken) {
    let mut need = |missing: bool, field: &'static str| {
        if missing {
            broken.push((at!["target"], say::incomplete_target(field)));
        }
    };
    match target.comparator {
        Comparator::AtLeast | Comparator::AtMost | Comparator::About => need(target.value.is_none(), "value"),
        Comparator::Range => {
            need(target.value.is_none(), "value");
            need(target.to.is_none(), "to");
        }
        Comparator::Qualitative => need(target.qualifier.is_none(), "qualifier"),
        Comparator::All | Comparator::Increasing => {}
    }
    if let (Some(value), Some(to)) = (target.value, target.to)
        && to < value
    {
        broken.push((at!["target", "to"], say::end_before_start()));
    }
}

impl Weekday {
    /// The day of the week of a date.
    pub fn of(date: Date) -> Self {
        let monday_first = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        Self::ALL[monday_first]
    }
}

impl Weekly {
    /// Whether the pattern includes a day, ignoring exceptions.
    pub fn meets(&self, day: Date) -> bool {
        self.from.0 <= day && day <= self.to.0 && self.days.contains(&Weekday::of(day))
    }

    /// The days of the pattern, ignoring exceptions and extra sessions.
    pub fn dates(&self) -> impl Iterator<Item = Date> {
        let all = self.from.0.series(1.day()).take_while(|day| *day <= self.to.0);
        all.filter(|day| self.days.contains(&Weekday::of(*day)) && !self.except.iter().any(|except| except.0 == *day))
    }
}
