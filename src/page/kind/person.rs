//! People: teachers and star learners; and the teams they learn in.

use super::honour::same_year;
use super::selection::selected_in;
use crate::content::Kind;
use crate::content::field::Field;
use crate::content::shared::Measure;
use crate::content::star::Star;
use crate::content::teacher::Teacher;
use crate::content::team::Team;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{Shown, Subject};
use crate::page::view::Badge;

impl Shown for Teacher {
    const CARD: Keys = &["speciality", "workplace"];
    const ROW: Keys = &["speciality"];
    const RELATED: &'static [Kind] = &[Kind::Course, Kind::News];

    fn facts(teacher: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.text("speciality", &teacher.speciality);
        facts.maybe("workplace", teacher.workplace.as_deref());
        facts.choices("sort", &[teacher.sort]);
        facts.to("institution", Field::Institution);
        facts.to("region", Field::Region);
        facts.to("topics", Field::Topics);
        facts.count("volunteer-hours", teacher.hours, Measure::Hour);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: format.choice(self.sort) }]
    }
}

impl Shown for Star {
    const CARD: Keys = &["year", "level", "region"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(star: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.told("year", |format| format.year(star.year.0));
        facts.choices("level", &[star.level]);
        facts.with("selection", |context| selected_in(context, star.id));
        facts.to("region", Field::Region);
        facts.to("unit", Field::Unit);
        facts.to("topics", Field::Topics);
        facts.with("same-year", |context| same_year(context, star.item));
    }
}

impl Shown for Team {
    const CARD: Keys = &["meets", "venue"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(team: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.text("meets", &team.meets);
        facts.to("venue", Field::Venue);
        facts.contact("contact", team.contact.as_ref());
        facts.count("members", team.members, Measure::Person);
        facts.audiences();
        facts.to("institution", Field::Institution);
        facts.to("region", Field::Region);
        facts.to("topics", Field::Topics);
    }
}
