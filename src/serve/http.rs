//! Answers browsers: looks a path up among the artifacts, never on the disk, and only for pages opened on this machine.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::percent_decode_str;
use tokio::sync::watch as latest;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::partial;
use super::snapshot::{Displayed, Snapshot};
use crate::artifact::Artifact;
use crate::diag::Diagnostic;
use crate::diag::format::{Format, render};
use crate::markdown::escape;

/// What every answer says of itself.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    // Browsers ask each time, and are told if they have it.
    (header::CACHE_CONTROL, "no-cache"),
];

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// How soon a browser asks again once the server was gone.
const RETRY: Duration = Duration::from_secs(1);

/// What an answer is made of.
#[derive(Clone)]
struct Door {
    shown: latest::Receiver<Arc<Displayed>>,
    port: u16,
}

/// Answers everything.
pub(super) fn router(shown: latest::Receiver<Arc<Displayed>>, port: u16) -> Router {
    Router::new().fallback(answer).with_state(Door { shown, port })
}

async fn answer(State(door): State<Door>, request: Request) -> Response {
    // What is asked for is made first, and waited for apart: no other answer waits with it.
    let made = tokio::task::spawn_blocking(move || route(&door, &request)).await;
    let mut response = made.unwrap_or_else(|_| reply(StatusCode::INTERNAL_SERVER_ERROR, TEXT, ""));
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn route(door: &Door, request: &Request) -> Response {
    if !is_local(request, door.port) {
        return reply(StatusCode::MISDIRECTED_REQUEST, TEXT, "");
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let refused = reply(StatusCode::METHOD_NOT_ALLOWED, TEXT, "");
        return ([(header::ALLOW, "GET, HEAD")], refused).into_response();
    }
    let shown = Arc::clone(&door.shown.borrow());
    let path = decode(request.uri().path());
    match path.strip_prefix("/.shuyuan/") {
        Some("reload.js") => reply(StatusCode::OK, "text/javascript; charset=utf-8", include_str!("reload.js")),
        Some("overlay.css") => reply(StatusCode::OK, "text/css; charset=utf-8", include_str!("overlay.css")),
        Some("mistakes") => reply(StatusCode::OK, TEXT, shown.mistakes.clone()),
        Some("events") => events(door, Seen::new(request.uri().query().unwrap_or_default(), &shown)),
        Some(_) => reply(StatusCode::NOT_FOUND, TEXT, ""),
        None => page(&shown, &path, request),
    }
}

/// A page of another site may have its own name point at this machine: only names that always mean this machine are answered.
fn is_local(request: &Request, port: u16) -> bool {
    let ours = |host: &str| {
        ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
            host.eq_ignore_ascii_case(&format!("{name}:{port}")) || (port == 80 && host.eq_ignore_ascii_case(name))
        })
    };
    let mut named = request.headers().get_all(header::HOST).iter();
    let one = named.next().and_then(|host| host.to_str().ok()).is_some_and(ours) && named.next().is_none();
    one && request.uri().authority().is_none_or(|authority| ours(authority.as_str()))
}

fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

fn reply(status: StatusCode, kind: &str, body: impl Into<Body>) -> Response {
    (status, [(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

/// What is at a path, or what stands for what is not.
fn page(shown: &Displayed, path: &str, request: &Request) -> Response {
    let Some(snapshot) = &shown.snapshot else {
        let page = overlay(&shown.mistakes);
        return reply(StatusCode::SERVICE_UNAVAILABLE, HTML, with_script(page.as_bytes(), "", ""));
    };
    let (status, artifact) = match find(snapshot, path) {
        Ok(found) => found,
        Err(mistake) => {
            let text = mistakes(&mistake);
            let page = overlay(&text);
            let version = snapshot.version(text.as_bytes());
            return reply(StatusCode::SERVICE_UNAVAILABLE, HTML, with_script(page.as_bytes(), &version, ""));
        }
    };
    let Some(artifact) = artifact else { return reply(status, TEXT, "") };
    let kind = content_type(&artifact.path);
    let body = if kind == HTML {
        let mut missing = addresses(snapshot, path).filter(|_| status == StatusCode::NOT_FOUND);
        let page = match missing.find_map(|address| snapshot.not_published(&address)) {
            Some(why) => Cow::Owned(with_note(&artifact.bytes, &why)),
            None => Cow::Borrowed(&artifact.bytes[..]),
        };
        with_script(&page, &snapshot.version(&artifact.bytes), snapshot.style()).into()
    } else {
        Bytes::from_owner(Arc::clone(&artifact.bytes))
    };
    if status == StatusCode::OK {
        return partial::reply(request.method(), request.headers(), &kind, body);
    }
    reply(status, &kind, body)
}

/// The artifact at a path, or the page that says that there is none. Under the path of the base address everything is there a second time,
/// for `404.html` links there.
fn find(snapshot: &Snapshot, path: &str) -> Result<(StatusCode, Option<Artifact>), Diagnostic> {
    for address in addresses(snapshot, path) {
        if let Some(artifact) = snapshot.get(&address)? {
            return Ok((StatusCode::OK, Some(artifact)));
        }
    }
    Ok((StatusCode::NOT_FOUND, snapshot.get("404.html")?))
}

/// A mistake as text.
fn mistakes(mistake: &Diagnostic) -> String {
    render(std::slice::from_ref(mistake), Format::Text)
}

/// A page of nothing but mistakes.
fn overlay(mistakes: &str) -> String {
    include_str!("overlay.html").replace("{mistakes}", &escape(mistakes))
}

/// The addresses that a path may mean.
fn addresses(snapshot: &Snapshot, path: &str) -> impl Iterator<Item = String> {
    let base = decode(snapshot.base_path());
    let addresses = [path.strip_prefix('/'), path.strip_prefix(&*base)].map(|address| {
        let address = address?;
        let folder = address.is_empty() || address.ends_with('/');
        Some(format!("{address}{}", if folder { "index.html" } else { "" }))
    });
    addresses.into_iter().flatten()
}

/// The page with a paragraph at the beginning of what it says.
fn with_note(html: &[u8], note: &str) -> Vec<u8> {
    let main = memchr::memmem::find(html, b"<main").and_then(|at| Some(at + memchr::memchr(b'>', &html[at..])? + 1));
    let at = main.unwrap_or(html.len());
    [&html[..at], format!("<p><strong>{}</strong></p>", escape(note)).as_bytes(), &html[at..]].concat()
}

/// The page with the script before its end, told which version this is.
fn with_script(html: &[u8], version: &str, style: &str) -> Vec<u8> {
    let style = escape(style);
    let script =
        format!("<script src=\"/.shuyuan/reload.js\" data-version=\"{version}\" data-style=\"{style}\"></script>\n");
    let at = memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len());
    [&html[..at], script.as_bytes(), &html[at..]].concat()
}

/// The media type by the extension. Everything that the portal writes as text is UTF-8.
fn content_type(path: &str) -> Cow<'static, str> {
    let kind = mime_guess::from_path(path).first_raw().unwrap_or("application/octet-stream");
    let is_text = kind.starts_with("text/") || ["xml", "json", "javascript"].iter().any(|end| kind.ends_with(end));
    if is_text { format!("{kind}; charset=utf-8").into() } else { kind.into() }
}

/// What one browser has on its screen.
#[derive(Debug)]
struct Seen {
    path: String,
    version: String,
    style: String,
}

/// What a browser is to do.
#[derive(Debug, PartialEq, Eq)]
enum News {
    /// Show these mistakes over the page.
    Mistakes(String),
    /// Load the page again.
    Page,
    /// Take this stylesheet instead.
    Style(String),
    /// Nothing but to show no mistakes.
    Fine,
}

impl Seen {
    /// What a browser says of itself; of what it does not say it has the latest.
    fn new(query: &str, shown: &Displayed) -> Self {
        let said = |name: &str| {
            let mut fields = query.split('&').filter_map(|field| field.split_once('='));
            fields.find(|(key, _)| *key == name).map(|(_, value)| decode(&value.replace('+', " ")).into_owned())
        };
        let path = decode(&said("path").unwrap_or_default()).into_owned();
        let (version, style) = latest_of(shown, &path);
        Self { version: said("version").unwrap_or(version), style: said("style").unwrap_or(style), path }
    }

    /// What it is to do, so that it shows the latest.
    fn catch_up(&mut self, shown: &Displayed) -> News {
        if !shown.mistakes.is_empty() {
            return News::Mistakes(shown.mistakes.clone());
        }
        let (version, style) = latest_of(shown, &self.path);
        if self.version != version {
            (self.version, self.style) = (version, style);
            News::Page
        } else if self.style != style {
            self.style.clone_from(&style);
            News::Style(style)
        } else {
            News::Fine
        }
    }
}

/// The version of what is at a path now, and the stylesheet.
fn latest_of(shown: &Displayed, path: &str) -> (String, String) {
    let Some(snapshot) = &shown.snapshot else { return Default::default() };
    let version = match find(snapshot, path) {
        Ok((_, artifact)) => artifact.map(|artifact| snapshot.version(&artifact.bytes)).unwrap_or_default(),
        Err(mistake) => snapshot.version(mistakes(&mistake).as_bytes()),
    };
    (version, snapshot.style().to_owned())
}

fn events(door: &Door, mut seen: Seen) -> Response {
    let events = WatchStream::new(door.shown.clone()).map(move |shown| {
        // Browsers pass over an event without data, and the protocol has no word for a carriage return.
        let (name, data) = match seen.catch_up(&shown) {
            News::Mistakes(text) => ("mistakes", text.replace('\r', "")),
            News::Page => ("page", seen.version.clone()),
            News::Style(address) => ("style", address),
            News::Fine => ("fine", seen.version.clone()),
        };
        Ok::<_, Infallible>(Event::default().retry(RETRY).event(name).data(data))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_comes_before_the_end_of_the_page() {
        let page = with_script(b"<body>a</body></html>", "1", "theme/\"a\".css");
        let script =
            "<script src=\"/.shuyuan/reload.js\" data-version=\"1\" data-style=\"theme/&quot;a&quot;.css\"></script>\n";
        assert_eq!(String::from_utf8(page).unwrap(), format!("<body>a{script}</body></html>"));
        assert!(with_script(b"a", "", "").starts_with(b"a<script"));
    }

    #[test]
    fn texts_are_said_to_be_utf_8() {
        assert_eq!(content_type("a/b.HTML"), HTML);
        for (path, kind) in [
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.svg", "image/svg+xml; charset=utf-8"),
            ("a.webmanifest", "application/manifest+json; charset=utf-8"),
            ("a.woff2", "font/woff2"),
            ("a.pdf", "application/pdf"),
            ("a.b/c", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), kind);
        }
    }

    #[test]
    fn what_a_browser_says_of_itself_is_decoded() {
        let query = "path=%2Fa%2520b%2F%25E8%25AF%25BE.html&version=12&style=theme%2Fa+b.css";
        let seen = Seen::new(query, &Displayed::default());
        assert_eq!(
            (seen.path.as_str(), seen.version.as_str(), seen.style.as_str()),
            ("/a b/课.html", "12", "theme/a b.css")
        );
    }
}
