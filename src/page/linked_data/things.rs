//! The types of schema.org that pages use, with the properties that they use of them.

use serde::Serialize;

/// A thing: what every thing has, and what its type adds. What is not known is left out.
#[derive(Serialize)]
pub(super) struct Thing<T> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// The URL of its page, which identifies it.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    #[serde(flatten)]
    pub own: T,
}

/// A thing of which only the name and the page are told.
pub(super) type Named = Thing<Nothing>;

/// Nothing beside what every thing has.
#[derive(Serialize)]
pub(super) struct Nothing {}

impl Named {
    /// Something that has no page.
    pub fn told(kind: &'static str, name: &str) -> Self {
        let name = Some(name.to_owned());
        Self { kind, id: None, name, url: None, description: None, image: None, own: Nothing {} }
    }

    /// With what its type adds.
    pub fn with<T>(self, own: T) -> Thing<T> {
        let Self { kind, id, name, url, description, image, own: Nothing {} } = self;
        Thing { kind, id, name, url, description, image, own }
    }
}

/// `Event`, `CourseInstance` and `EventSeries`.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Happening {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_attendance_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub course_mode: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course_workload: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course_schedule: Option<Schedule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_schedule: Option<Schedule>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instructor: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub location: Vec<Thing<Place>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizer: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offers: Option<Offer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_accessible_for_free: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_attendee_capacity: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub super_event: Option<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sub_event: Vec<Thing<Happening>>,
}

/// `Course`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Course {
    pub provider: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub educational_level: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Named>,
    pub offers: Offer,
    pub is_accessible_for_free: bool,
    pub in_language: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub has_course_instance: Vec<Thing<Happening>>,
}

/// `Schedule`: what repeats.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schedule {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    /// A duration of ISO 8601: from one time to the next.
    pub repeat_frequency: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_day: Vec<&'static str>,
    pub start_date: String,
    pub end_date: String,
    pub start_time: String,
    pub end_time: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except_date: Vec<String>,
    #[serde(rename = "scheduleTimezone")]
    pub zone: String,
}

/// `Offer`: what it costs.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Offer {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub price: String,
    pub price_currency: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Google's word for a course's offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'static str>,
}

/// `Place` and `VirtualLocation`.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<PostalAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opening_hours_specification: Vec<Opening>,
}

/// `EducationalOrganization`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct School {
    #[serde(flatten)]
    pub place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_organization: Option<Named>,
}

/// `Person`.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub works_for: Option<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub knows_about: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award: Option<String>,
}

/// `PostalAddress`.
#[derive(Serialize)]
pub(super) struct PostalAddress {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    #[serde(rename = "streetAddress", skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    #[serde(rename = "addressLocality", skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    #[serde(rename = "addressRegion", skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(rename = "addressCountry")]
    pub country: &'static str,
}

/// `OpeningHoursSpecification`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opening {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub day_of_week: Vec<&'static str>,
    pub opens: String,
    pub closes: String,
}

/// `WebSite`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebSite {
    pub in_language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub potential_action: Option<SearchAction>,
}

/// `SearchAction`.
#[derive(Serialize)]
pub(super) struct SearchAction {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub target: EntryPoint,
    #[serde(rename = "query-input")]
    pub query_input: &'static str,
}

/// `EntryPoint`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EntryPoint {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub url_template: String,
}

/// `BreadcrumbList`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Crumbs {
    pub item_list_element: Vec<Crumb>,
}

/// `ListItem`.
#[derive(Serialize)]
pub(super) struct Crumb {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub position: usize,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}
