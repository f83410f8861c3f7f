//! Renders views with Tera. Template errors become diagnostics at their lines.

mod phrase;

use blake3::Hash;
use serde::Serialize;
use tera::{ErrorKind, Kwargs, ReportError, State, Tera, Value};

use crate::address::Href;
use crate::content::site::Site;
use crate::diag::catalogue as say;
use crate::diag::{Diagnostic, Findings, Reported, nearest};
use crate::page::context::Context;
use crate::page::format::phones;
use crate::page::view::{Link, Text};
use crate::page::{Page, listed_kinds, overview_way};
use crate::portal::location;
use crate::source::Place;
use crate::theme::Theme;

/// The templates of a theme, with the site and its words.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    /// Of all that a page is made from beside its view: templates, words, and the site.
    common: Option<Hash>,
}

/// `site` in templates.
#[derive(Serialize)]
struct SiteView<'a> {
    #[serde(flatten)]
    site: &'a Site,
    /// The numbers of the footer's telephone.
    phones: Vec<Text>,
    /// All lists, for the footer.
    lists: Vec<Link>,
    /// The page that explains calendars, if there are any.
    calendars: Option<Href>,
    /// The working year of offices, if there is one.
    work_year: Option<Href>,
    /// The page that leads to all ledgers, if there are any.
    ledgers: Option<Href>,
    /// Where the regions stand, or the only one of which that is told.
    overview: Option<Href>,
    /// How many came to everything, if anybody was counted.
    participation: Option<Href>,
    /// The page that leads to all bundles, if there are any.
    bundles: Option<Href>,
    /// The page that leads to all honours, if there are any.
    honours: Option<Href>,
    /// The reconciliation, if there is anything to reconcile.
    reconciliation: Option<Href>,
}

impl Renderer {
    /// Parses the templates.
    ///
    /// # Errors
    /// Every template's syntax is reported, and templates that are not there.
    pub fn new(theme: &Theme, context: &Context<'_>, findings: &mut Findings) -> Result<Self, Reported> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html", ".xml"]);
        tera.register_filter("phrases", phrases);
        tera.register_filter("kept", kept);
        let texts = || theme.templates().map(|(name, source)| (name, source.text.as_str()));
        if let Err(error) = tera.add_raw_templates(texts()) {
            let mut reported = None;
            for (name, text) in texts() {
                // Alone a template lacks its parents and components: only its syntax is of interest.
                if let Err(error) = Tera::new().add_raw_template(name, text)
                    && matches!(error.kind(), ErrorKind::SyntaxError(_))
                {
                    reported = Some(findings.report(diagnose(theme, &error, name)));
                }
            }
            return Err(reported.unwrap_or_else(|| findings.report(diagnose(theme, &error, "base.html"))));
        }
        let lists = listed_kinds(context.portal)
            .into_iter()
            .map(|kind| Link { title: context.format.kind(kind), address: Some(location::list(kind)) });
        let site = &context.portal.settings.site;
        let calendars = (!context.portal.calendars.all().is_empty()).then(|| Href::new(location::CALENDARS_PAGE));
        let phones = site.footer.phone.iter().flat_map(phones).collect();
        let work_year = context.made(location::WORK_YEAR);
        let ledgers = context.made(location::LEDGERS);
        let reconciliation = context.made(location::RECONCILIATION);
        let participation = context.made(location::PARTICIPATION);
        let honours = context.made(location::HONOURS);
        let bundles = context.made(location::BUNDLES);
        let overview = overview_way(context);
        let lists = lists.collect();
        let site = SiteView {
            site,
            phones,
            lists,
            calendars,
            work_year,
            ledgers,
            overview,
            participation,
            bundles,
            honours,
            reconciliation,
        };
        let words = theme.words.groups();
        let common = hash(&(texts().collect::<Vec<_>>(), &site, words));
        let globals = tera.global_context();
        globals.insert_value("site", Value::from_serializable(&site));
        globals.insert_value("words", Value::from_serializable(words));
        Ok(Self { tera, common })
    }

    /// A hash of all that a page is made from: pages of equal hashes have the same HTML. `None` if it cannot be told.
    pub fn hash(&self, page: &Page) -> Option<Hash> {
        hash(&(self.common?.as_bytes(), page.template, &page.frame, &page.view))
    }

    /// The HTML of a page of the portal that it was made for, and of the same theme.
    ///
    /// # Errors
    /// The template's mistake on this page.
    pub fn render(&self, theme: &Theme, page: &Page) -> Result<String, Diagnostic> {
        let mut context = tera::Context::new();
        context.insert_value("page", Value::from_serializable(&page.frame));
        context.insert_value("view", Value::from_serializable(&page.view));
        self.tera.render(page.template, &context).map_err(|error| diagnose(theme, &error, page.frame.address.as_str()))
    }
}

/// A hash of a value by its `MessagePack`, which names every field, so that no two values look alike.
fn hash(value: &impl Serialize) -> Option<Hash> {
    rmp_serde::to_vec_named(value).ok().map(|bytes| blake3::hash(&bytes))
}

/// The filter for headings: a text that is broken between words only.
fn phrases(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&phrase::html(text))
}

/// The filter for titles in running text: a mark at the end is not broken.
fn kept(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&phrase::kept(text))
}

/// A template's error at its place; `on` is the template or the page that met it.
fn diagnose(theme: &Theme, error: &tera::Error, on: &str) -> Diagnostic {
    let missing = |name: &str| say::missing_template(name, nearest(name, theme.templates().map(|(name, _)| name)));
    let at = |report: &ReportError, mistake| match theme.text(&format!("templates/{}", report.filename())) {
        Some(source) => Diagnostic::new(mistake, Place::new(source, report.span().range.clone())),
        None => Diagnostic::global(mistake),
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => at(report, say::template_syntax()),
        ErrorKind::RenderingError(report) => at(report, say::template_render(on)),
        ErrorKind::MissingParent { current, parent } => match theme.text(&format!("templates/{current}")) {
            Some(source) => {
                let start = source.text.find(parent.as_str()).unwrap_or(0);
                Diagnostic::new(missing(parent), Place::new(source, start..start + parent.len()))
            }
            None => Diagnostic::global(missing(parent)),
        },
        ErrorKind::TemplateNotFound(name) | ErrorKind::ComponentNotFound(name) => Diagnostic::global(missing(name)),
        _ => match theme.text(&format!("templates/{on}")) {
            Some(source) => Diagnostic::new(say::template_syntax(), Place::file(source)),
            None => Diagnostic::global(say::template_render(on)),
        },
    }
}
