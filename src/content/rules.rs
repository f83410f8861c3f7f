//! Rules within one entry that types cannot express. Each kind has its own; rules that several kinds share are here.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;
use serde::Serialize;

use super::choice::Choice as _;
use super::shared::{
    Attendance, Change, Common, Comparator, Consent, Hours, Measure, Mode, Opening, Picture, Run, Session, Status,
    Target, Weekday, Weekly, Window,
};
use super::value::{Clock, Number, Ref};
use super::venue::Venue;
use super::walk::{Path, Step, texts};
use super::{Kind, alt};
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

    /// What was changed of it since it was published.
    fn changes(&self) -> &[Change] {
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

/// All days from the first to the last.
pub fn each_day(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(move |day| *day <= last)
}

/// A schedule of an entry, in either notation.
#[derive(Clone, Copy, Debug)]
pub struct Schedule<'a> {
    /// Whether it takes place.
    pub status: Status,
    /// Why it was moved or cancelled.
    pub reason: Option<&'a str>,
    /// The place among the runs that it was written in; none if it is the entry's own.
    pub run: Option<usize>,
    /// Dated sessions.
    pub sessions: &'a [Session],
    /// A weekly pattern.
    pub weekly: Option<&'a Weekly>,
}

impl Schedule<'_> {
    /// Whether a session takes place: as it says itself, else as the whole. One that says where or when it was to be was moved.
    pub fn status_of(&self, session: &Session) -> Status {
        let is_moved = session.moved_from.is_some() || session.venue_from.is_some();
        session.status.unwrap_or(if is_moved && self.status == Status::Scheduled { Status::Moved } else { self.status })
    }

    /// Whether it takes place as a whole: as it says itself; if that is nothing, as all of its sessions say.
    pub fn state(&self) -> Status {
        let mut each = self.sessions.iter().map(|session| self.status_of(session));
        match each.next() {
            Some(first)
                if self.status == Status::Scheduled && self.weekly.is_none() && each.all(|one| one == first) =>
            {
                first
            }
            _ => self.status,
        }
    }
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

/// Rules for how many came: of those who came, no more can belong to an audience than came.
pub fn attendance(base: &[Step], all: &[Attendance], broken: &mut Broken) {
    for (nth, Attendance { total, groups, .. }) in all.iter().enumerate() {
        let over = groups.iter().enumerate().filter(|(_, group)| group.people > *total);
        for (group, _) in over {
            broken.push((join(base, at!["attendance", nth, "groups", group, "people"]), say::more_than_came(*total)));
        }
        if *total > CROWD.1 {
            broken.push((
                join(base, at!["attendance", nth, "total"]),
                say::out_of_range(Some(0), Some(i64::from(CROWD.1))),
            ));
        }
    }
}

/// Rules for the common fields.
pub fn common(common: &Common, broken: &mut Broken) {
    let summary = common.summary.as_deref().unwrap_or_default();
    if summary.contains("**") || summary.contains("](") || summary.to_ascii_lowercase().contains("<br") {
        broken.push((at!["summary"], say::summary_markup()));
    }
    if let (Some(publish), Some(expires)) = (common.publish, common.expires)
        && expires < publish
    {
        broken.push((at!["expires"], say::end_before_start()));
    }
    if let (Some(date), Some(expires)) = (common.date, common.expires)
        && expires < date
    {
        broken.push((at!["expires"], say::end_before_start()));
    }
    if let (Some(date), Some(updated)) = (common.date, common.updated)
        && updated < date
    {
        broken.push((at!["updated"], say::end_before_start()));
    }
}

/// Characters of a title, at most.
const TITLE: usize = 60;

/// A title fits on a card. That of a document is what its issuer gave it.
pub fn title(kind: Kind, title: &str, broken: &mut Broken) {
    let length = title.trim().chars().count();
    if length > TITLE && kind != Kind::Document {
        broken.push((at!["title"], say::long_title(length, TITLE)));
    }
    let bold = title.len() > 4 && title.starts_with("**") && title.ends_with("**");
    let tag = title
        .split('<')
        .skip(1)
        .any(|rest| rest.contains('>') && rest.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()));
    // Signs that other programs read: a space, and the end of a line.
    let code = ["&nbsp;", "&amp;", "&lt;", "&gt;", "&quot;", "&#", "\\n"].iter().any(|code| title.contains(code));
    let link = title.contains("](") || title.trim().contains('\n');
    if bold || tag || code || link {
        broken.push((at!["title"], say::title_markup()));
    } else if let Some(sign) = torn(title) {
        broken.push((at!["title"], say::torn_title(sign)));
    }
}

/// The sign at which a title seems to have been torn: one of a pair without the other, or a comma at the end.
fn torn(title: &str) -> Option<char> {
    const PAIRS: [(&str, &str); 6] =
        [("“", "”"), ("《", "》"), ("「", "」"), ("【［[", "】］]"), ("（(", "）)"), ("〈", "〉")];
    if let Some(last) = title.trim_end().chars().next_back().filter(|last| "，、；,;".contains(*last)) {
        return Some(last);
    }
    let count = |signs: &str| title.matches(|c: char| signs.contains(c)).count();
    let unpaired = PAIRS.iter().find(|(opening, closing)| count(opening) != count(closing));
    let sign =
        unpaired.and_then(|(opening, closing)| title.chars().find(|c| opening.contains(*c) || closing.contains(*c)));
    sign.or_else(|| (count("\"") % 2 == 1).then_some('"'))
}

/// Texts in which there is something to read.
pub fn blanks<T: Serialize>(value: &T, broken: &mut Broken) {
    texts(value, &mut |path, text| {
        // A description of a picture has a rule of its own, and a body may be empty.
        if is_blank(text)
            && let Some(Step::Key(key)) = path.iter().rfind(|step| matches!(step, Step::Key(_)))
            && !["alt", "body"].contains(key)
        {
            broken.push((path.to_vec(), say::blank_text(key)));
        }
    });
}

/// Whether nothing of a text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(
                c,
                '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            )
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}')
            || matches!(c, '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
    })
}

/// A number of persons, seats or hours: at least 1, where 0 means nothing, and at most `most`.
pub fn count(field: &'static str, count: Option<u32>, (least, most): (u32, u32), broken: &mut Broken) {
    count_at(&[], field, count, (least, most), broken);
}

/// As [`count`], below a path.
pub fn count_at(
    base: &[Step],
    field: &'static str,
    count: Option<u32>,
    (least, most): (u32, u32),
    broken: &mut Broken,
) {
    let Some(count) = count else { return };
    if count < least {
        broken.push((join(base, at![field]), say::counts_none()));
    } else if count > most {
        broken.push((join(base, at![field]), say::out_of_range(Some(least.into()), Some(most.into()))));
    }
}

/// Persons or seats: at least one, at most a stadium.
pub const CROWD: (u32, u32) = (1, 100_000);

/// Enrolment closes after it opens, and no more places are left than there are.
pub fn enrolment(base: &[Step], run: &Run, broken: &mut Broken) {
    if let Some(Window { from: Some(from), to: Some(to) }) = run.enrol
        && to < from
    {
        broken.push((join(base, at!["enrol", "to"]), say::end_before_start()));
    }
    if let (Some(capacity), Some(places)) = (run.capacity, run.places)
        && places.left > capacity
    {
        broken.push((join(base, at!["places", "left"]), say::more_left_than_places(places.left, capacity)));
    }
}

/// Days of the week that are written twice.
fn days_twice(base: &[Step], days: &[Weekday], broken: &mut Broken) {
    for (nth, day) in days.iter().enumerate() {
        if days[..nth].contains(day) {
            broken.push((join(base, at!["days", nth]), say::repeated()));
        }
    }
}

/// Rules for a consent.
pub fn consent(consent: Option<&Consent>, broken: &mut Broken) {
    if let Some(Consent { under_14: true, guardian, .. }) = consent
        && guardian.is_none()
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
        let described = picture.alt.as_ref().is_some_and(|alt| !is_blank(alt));
        if described && alt::is_file_name(picture.alt(), picture.file.as_str()) {
            broken.push((join(&path, at!["alt"]), say::alt_file_name(picture.alt())));
        }
        match (described, picture.decorative) {
            (false, false) => broken.push((path, say::picture_alt())),
            (true, true) => broken.push((join(&path, at!["decorative"]), say::picture_decorative())),
            (true, false) | (false, true) => {}
        }
    }
}

/// As [`status`], of one session of a schedule, which gives its reason if the session has none.
fn session_status(base: &[Step], session: &Session, schedule: &Schedule<'_>, broken: &mut Broken) {
    let own = session.reason.as_deref();
    match schedule.status_of(session) {
        // That it was moved may be told by where or when it was to be.
        Status::Moved if session.status.is_none() => {}
        status if own.is_some() || session.status.is_some() => {
            let given = if status == Status::Scheduled { own } else { own.or(schedule.reason) };
            self::status(base, status, given, broken);
        }
        _ => {}
    }
}

/// A changed status must have a reason, and a reason is of a changed status.
fn status(base: &[Step], status: Status, reason: Option<&str>, broken: &mut Broken) {
    match status {
        Status::Moved | Status::Cancelled if reason.is_none() => {
            broken.push((join(base, at!["status"]), say::missing_reason()));
        }
        Status::Scheduled if reason.is_some_and(|reason| !is_blank(reason)) => {
            broken.push((join(base, at!["reason"]), say::stray_reason()));
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
        days_twice(&[field.into(), at.into()], &opening.days, broken);
    }
}

fn hours(base: &[Step], hours: Hours, broken: &mut Broken) {
    if hours.end <= hours.start {
        let (start, end) = (hours.start.on(Date::ZERO), hours.end.on(Date::ZERO));
        broken.push((join(base, at!["end"]), say::end_of_day_before_start(start, end)));
    }
}

/// Rules for a schedule in either notation.
pub fn schedule(base: &[Step], schedule: &Schedule<'_>, broken: &mut Broken) {
    let Schedule { sessions, weekly, .. } = *schedule;
    status(base, schedule.status, schedule.reason, broken);
    let mut each = |path: Path, session: &Session| {
        self::session(&path, session, broken);
        session_status(&path, session, schedule, broken);
    };
    for (at, session) in sessions.iter().enumerate() {
        each(join(base, at!["sessions", at]), session);
    }
    for (at, session) in weekly.iter().flat_map(|weekly| weekly.extra.iter().enumerate()) {
        each(join(base, at!["weekly", "extra", at]), session);
    }
    let Some(weekly) = weekly else { return };
    let base = join(base, at!["weekly"]);
    if !sessions.is_empty() {
        broken.push((base.clone(), say::two_schedules()));
    }
    hours(&join(&base, at!["time"]), weekly.time, broken);
    let times = (weekly.time.start.on(weekly.from.0), weekly.time.end.on(weekly.from.0));
    at_night(join(&base, at!["time", "start"]), times, &weekly.time.start.to_string(), broken);
    days_twice(&base, &weekly.days, broken);
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

/// The hour before which a session begins at night.
const MORNING: i8 = 5;

/// Hours of what takes a whole day, which begins at night.
const WHOLE_DAY: i64 = 12;

/// A session that begins at night is most often one in the afternoon; `written` ends with the time as it is written.
fn at_night(path: Path, (start, end): (DateTime, DateTime), written: &str, broken: &mut Broken) {
    if start.hour() < MORNING && start.checked_add(WHOLE_DAY.hours()).is_ok_and(|noon| end < noon) {
        let later = format!("{:02}:{:02}", start.hour() + 12, start.minute());
        let day = written.rsplit_once(' ').map_or(String::new(), |(day, _)| format!("{day} "));
        broken.push((path, say::at_night(written, &format!("{day}{later}"))));
    }
}

/// Days that a session may take.
const DAYS: i32 = 366;

/// A session ends after it begins, within a day; one of several days says so.
fn session(base: &[Step], session: &Session, broken: &mut Broken) {
    let (start, end) = (session.start.0, session.end.0);
    if session.end <= session.start {
        return broken.push((join(base, at!["end"]), say::end_of_day_before_start(start, end)));
    }
    at_night(join(base, at!["start"]), (start, end), &session.start.to_string(), broken);
    let day_after = start.checked_add(1.day()).unwrap_or(start);
    let Some(until) = session.until else {
        if end > day_after {
            broken.push((
                join(base, at!["end"]),
                say::long_session(&session.start.to_string(), &session.last_day().to_string()),
            ));
        }
        return;
    };
    if until.0 < start.date() {
        broken.push((join(base, at!["until"]), say::end_before_start()));
    } else if start.date().until(until.0).is_ok_and(|span| span.get_days() > DAYS) {
        broken.push((join(base, at!["until"]), say::long_run(DAYS)));
    } else if session.last_day() != start.date() && session.last_day() != until.0 {
        broken.push((join(base, at!["end"]), say::end_with_until(&start.date().to_string())));
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
        Comparator::All | Comparator::Increasing | Comparator::Decreasing | Comparator::Yes => {}
    }
    for (field, value) in [("value", target.value), ("to", target.to), ("tolerance", target.tolerance)] {
        if value.is_some_and(Number::is_negative) {
            broken.push((at!["target", field], say::negative()));
        }
    }
    if target.per == Some(0) {
        broken.push((at!["target", "per"], say::counts_none()));
    }
    if let (Some(value), Some(to)) = (target.value, target.to)
        && to < value
    {
        broken.push((at!["target", "to"], say::range_reversed(&value.to_string(), &to.to_string())));
    }
    idle(target, broken);
    let grows = matches!(target.comparator, Comparator::Increasing | Comparator::Decreasing);
    for (field, value) in [("value", target.value), ("to", target.to)] {
        let over = value.is_some_and(|value| value.0 > Decimal::ONE_HUNDRED);
        if target.measure == Some(Measure::Percent) && !grows && over {
            broken.push((at!["target", field], say::over_the_whole()));
        }
    }
}

/// Numbers that say nothing beside the comparator: whoever wrote them means something else.
fn idle(target: &Target, broken: &mut Broken) {
    let is = |comparator: Comparator| target.comparator == comparator;
    let is_whole = target.value.is_some_and(|value| value.0 == Decimal::ONE_HUNDRED);
    let needs_none = matches!(
        target.comparator,
        Comparator::All | Comparator::Decreasing | Comparator::Yes | Comparator::Qualitative
    );
    for (field, written, of) in [
        ("value", needs_none && target.value.is_some() && !(is(Comparator::All) && is_whole), Comparator::AtLeast),
        ("to", target.to.is_some() && !is(Comparator::Range), Comparator::Range),
        ("tolerance", target.tolerance.is_some() && !is(Comparator::About), Comparator::About),
    ] {
        if written {
            broken.push((at!["target", field], say::idle_in_target(field, of.key())));
        }
    }
}

impl Session {
    /// The last day as `end` says it: a session until 24:00 ends on that day.
    pub fn last_day(&self) -> Date {
        last_day(self.end.0)
    }

    /// Beginning and end; the end on its last day, if it takes several.
    pub fn times(&self) -> (DateTime, DateTime) {
        let (start, end) = (self.start.0, self.end.0);
        match self.until {
            None => (start, end),
            Some(until) if end.time() == Time::midnight() => (start, Clock::MIDNIGHT.on(until.0)),
            Some(until) => (start, until.0.to_datetime(end.time())),
        }
    }
}

/// The day on which something ends: midnight is the end of the day before it.
pub fn last_day(end: DateTime) -> Date {
    let day = end.date();
    if end.time() == Time::midnight() { day.checked_sub(1.day()).unwrap_or(day) } else { day }
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
        let on = each_day(self.from.0, self.to.0).filter(|day| self.days.contains(&Weekday::of(*day)));
        on.filter(|day| !self.except.iter().any(|except| except.0 == *day))
    }
}
