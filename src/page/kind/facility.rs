//! Open facilities and digital platforms: when and how residents can use them.

use crate::content::Kind;
use crate::content::facility::{Facility, Platform};
use crate::content::field::Field;
use crate::content::shared::Measure;
use crate::page::facts::{Facts, Keys};
use crate::page::format::Format;
use crate::page::shown::{Shown, Subject};
use crate::page::view::{Badge, Text};

impl Shown for Facility {
    const CARD: Keys = &["address", "hours", "fee"];
    const ROW: Keys = &["address", "hours"];
    const PROMINENT: Keys = &["hours", "holiday-hours", "address", "contact"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(facility: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        facts.openings("hours", &facility.hours);
        facts.maybe("holiday-hours", facility.holidays.as_deref());
        facts.text("address", &facility.address);
        facts.contact("contact", facility.contact.as_ref());
        if let Some(fee) = facility.fee {
            facts.told("fee", |format| format.fee(fee, None));
        }
        facts.maybe("conditions", facility.conditions.as_deref());
        facts.count("seats", facility.seats, Measure::Seat);
        facts.choices("access", &facility.access);
        facts.to("unit", Field::Unit);
        facts.to("institution", Field::Institution);
        facts.to("region", Field::Region);
    }

    fn badges(&self, format: &Format<'_>) -> Vec<Badge> {
        vec![Badge { tone: "plain", text: format.choice(self.sort) }]
    }
}

impl Shown for Platform {
    const CARD: Keys = &["offers", "fee"];
    const ROW: Keys = &["offers"];
    const PROMINENT: Keys = &["url", "contact"];
    const RELATED: &'static [Kind] = &[Kind::News];

    fn facts(platform: &Subject<'_, Self>, facts: &mut Facts<'_>) {
        let url = platform.url.as_str();
        facts.with("url", |_| vec![Text { text: url.to_owned(), address: None, url: Some(url.to_owned()) }]);
        facts.text("offers", &platform.offers);
        if let Some(fee) = platform.fee {
            facts.told("fee", |format| format.fee(fee, None));
        }
        facts.contact("contact", platform.contact.as_ref());
        facts.to("organiser", Field::Unit);
        facts.to("region", Field::Region);
    }
}
