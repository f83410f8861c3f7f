//! What a page says of itself to machines: JSON-LD in the words of schema.org.
//!
//! It says nothing that the page does not show. Addresses in it are absolute, so that without a base address it has none.

mod course;
mod event;
mod party;
mod things;

use serde::Serialize;

use super::context::Context;
use super::pages::PageRole;
use super::view::Link;
use crate::address::Href;
use crate::content::Own;
use crate::content::spot::Spot;
use crate::content::unit::UnitSort;
use crate::portal::location::SEARCH;
use crate::portal::{Item, ItemId};
use things::{Crumb, Crumbs, EntryPoint, Named, SearchAction, Thing, WebSite};

/// What a page is about.
pub struct Subject<'a> {
    /// The page's role.
    pub role: PageRole,
    /// The title on the page.
    pub heading: &'a str,
    /// Its own description; may be empty.
    pub description: &'a str,
    /// The way from the home page, without the page itself.
    pub crumbs: &'a [Link],
}

#[derive(Serialize)]
struct Document {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node>,
}

/// A thing that a page is about.
#[derive(Serialize)]
#[serde(untagged)]
enum Node {
    Site(Box<Thing<WebSite>>),
    Happening(Box<Thing<things::Happening>>),
    Course(Box<Thing<things::Course>>),
    School(Box<Thing<things::School>>),
    Place(Box<Thing<things::Place>>),
    Person(Box<Thing<things::Person>>),
    Crumbs(Thing<Crumbs>),
}

/// The data of a page as the text of a `script` element, in which no `<` can end it; none if there is nothing to say.
pub fn of_page(context: &Context<'_>, subject: &Subject<'_>) -> Option<String> {
    let maker = Maker { context, base: context.portal.base_url() };
    let about = match subject.role {
        PageRole::Home => Some(Node::Site(Box::new(maker.site()))),
        PageRole::Article(id) => maker.entry(id, subject.description),
        PageRole::Column | PageRole::Other => None,
    };
    let graph: Vec<Node> = about.into_iter().chain(maker.crumbs(subject).map(Node::Crumbs)).collect();
    if graph.is_empty() {
        return None;
    }
    let text = serde_json::to_string(&Document { context: "https://schema.org", graph }).ok()?;
    Some(text.replace('<', "\\u003c"))
}

/// Makes things of entries.
struct Maker<'a> {
    context: &'a Context<'a>,
    base: Option<&'a str>,
}

impl Maker<'_> {
    fn entry(&self, id: ItemId, description: &str) -> Option<Node> {
        let item = self.context.portal.item(id);
        Some(match &item.entry.own {
            Own::Event(event) => {
                let own = self.event(id, event);
                Node::Happening(Box::new(self.thing(item, "Event", description, own)))
            }
            Own::Edition(edition) => {
                let own = self.edition(item, edition);
                Node::Happening(Box::new(self.thing(item, "EventSeries", description, own)))
            }
            Own::Course(course) => {
                Node::Course(Box::new(self.thing(item, "Course", description, self.course(id, course)?)))
            }
            Own::Institution(institution) => {
                let own = self.institution(item, institution);
                Node::School(Box::new(self.thing(item, "EducationalOrganization", description, own)))
            }
            Own::Venue(venue) => Node::Place(Box::new(self.thing(item, "Place", description, self.venue(item, venue)))),
            Own::Teacher(teacher) => {
                Node::Person(Box::new(self.thing(item, "Person", description, self.teacher(item, teacher))))
            }
            Own::Star(star) => Node::Person(Box::new(self.thing(item, "Person", description, self.star(star)))),
            _ => return None,
        })
    }

    /// An entry as the subject of its page.
    fn thing<T>(&self, item: &Item, kind: &'static str, description: &str, own: T) -> Thing<T> {
        let url = self.url(item);
        let picture = self.context.resources.picture(item, Spot::Head(item.kind()));
        Thing {
            kind,
            id: url.clone(),
            name: Some(item.title().to_owned()),
            url,
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
            image: picture.zip(self.base).map(|(picture, base)| picture.address.absolute(base)),
            own,
        }
    }

    /// An entry that another one refers to. The address that identifies it is also that of its page.
    fn named(&self, id: ItemId) -> Named {
        let item = self.context.portal.item(id);
        let kind = match &item.entry.own {
            Own::Institution(_) => "EducationalOrganization",
            Own::Unit(unit) => match unit.sort {
                UnitSort::Party | UnitSort::Government | UnitSort::Town => "GovernmentOrganization",
                UnitSort::Mass | UnitSort::Institution | UnitSort::Other | UnitSort::Class => "Organization",
            },
            Own::Teacher(_) | Own::Star(_) => "Person",
            Own::Edition(_) => "EventSeries",
            Own::Venue(_) | Own::Region(_) => "Place",
            Own::Audience(_) => "Audience",
            _ => "Thing",
        };
        Thing { id: self.url(item), ..Named::told(kind, item.title()) }
    }

    fn url(&self, item: &Item) -> Option<String> {
        self.base.filter(|_| item.is_public()).map(|base| item.address.absolute(base))
    }

    fn site(&self) -> Thing<WebSite> {
        let site = &self.context.portal.settings.site;
        let search = |base: &str| SearchAction {
            kind: "SearchAction",
            target: EntryPoint {
                kind: "EntryPoint",
                url_template: format!("{}?q={{search_term_string}}", Href::new(SEARCH).absolute(base)),
            },
            query_input: "required name=search_term_string",
        };
        let url = self.base.map(str::to_owned);
        Thing {
            kind: "WebSite",
            id: url.clone(),
            name: Some(site.title.clone()),
            url,
            description: Some(site.description.clone()),
            image: None,
            own: WebSite {
                in_language: site.language.clone(),
                publisher: site.footer.organiser.as_ref().map(|name| Named::told("Organization", name)),
                potential_action: self.base.map(search),
            },
        }
    }

    /// The way to a page; its own entry needs no address.
    fn crumbs(&self, subject: &Subject<'_>) -> Option<Thing<Crumbs>> {
        let base = self.base?;
        if !matches!(subject.role, PageRole::Column | PageRole::Article(_)) {
            return None;
        }
        let above = subject
            .crumbs
            .iter()
            .map(|crumb| (crumb.title.clone(), crumb.address.as_ref().map(|address| address.absolute(base))));
        // A step without an address would break the list.
        let above = above.filter(|(_, address)| address.is_some());
        let all = above.chain([(subject.heading.to_owned(), None)]).zip(1..);
        let crumb = |((name, item), position)| Crumb { kind: "ListItem", position, name, item };
        let own = Crumbs { item_list_element: all.map(crumb).collect() };
        Some(Thing { kind: "BreadcrumbList", id: None, name: None, url: None, description: None, image: None, own })
    }
}
