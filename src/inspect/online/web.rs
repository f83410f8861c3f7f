//! One question to a host, and what its answer means.

use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::http::Response;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error};
use url::Url;

use super::guard::{Guard, Inner, Names};
use super::{Answer, Certificate, Gone, Unsure};

/// What hosts read of who asks.
const USER_AGENT: &str = concat!("shuyuan/", env!("CARGO_PKG_VERSION"), " (inspect --online)");

/// The web.
pub(super) struct Web {
    /// Asks for what is written in the portal, wherever that is.
    written: Agent,
    /// Asks for what others lead on to, in the public network only.
    onward: Agent,
    has_found: Arc<AtomicBool>,
}

/// What came of a question.
pub(super) enum Reply {
    /// An answer.
    Answer(Answer),
    /// Another address.
    Onward(Url),
}

/// Whether an address is one of the web.
pub(super) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

impl Web {
    pub fn new(names: Names) -> Self {
        let has_found = Arc::<AtomicBool>::default();
        let agent = |is_open| {
            let config = Agent::config_builder()
                .http_status_as_error(false)
                .max_redirects(0)
                // A proxy would look up names in our place, out of sight of the guard.
                .proxy(None)
                .user_agent(USER_AGENT)
                .max_idle_connections_per_host(1)
                .build();
            let guard = Guard { names, is_open, has_found: Arc::clone(&has_found) };
            Agent::with_parts(config, DefaultConnector::default(), guard)
        };
        Self { written: agent(true), onward: agent(false), has_found }
    }

    /// Whether any name could be looked up.
    pub fn knows_names(&self) -> bool {
        self.has_found.load(Ordering::Relaxed)
    }

    /// Asks for the head of a page, and for the page where the head is refused: many hosts know no questions for heads, and answer them that there is
    /// nothing. Of a page no more than its head is read. `is_written` says whether the portal itself names the host.
    pub fn ask(&self, url: &Url, is_written: bool, wait: Duration) -> Reply {
        let agent = if is_written { &self.written } else { &self.onward };
        let head = agent.head(url.as_str()).config().timeout_global(Some(wait)).build().call();
        let needs_page = match &head {
            Ok(response) => response.status().as_u16() >= 400 && !matches!(response.status().as_u16(), 401 | 429),
            Err(error) => {
                matches!(reason(error), Answer::Unsure(Unsure::Garbled | Unsure::Unreached)) && !is_refused(error)
            }
        };
        let response =
            if needs_page { agent.get(url.as_str()).config().timeout_global(Some(wait)).build().call() } else { head };
        match response {
            Ok(response) => meaning(url, &response),
            Err(error) => Reply::Answer(reason(&error)),
        }
    }
}

fn meaning(url: &Url, response: &Response<Body>) -> Reply {
    let answer = match response.status().as_u16() {
        200..=299 | 304 => Answer::There,
        300..=399 => return onward(url, response),
        status @ (404 | 410) => Answer::Gone(Gone::Status(status)),
        status => Answer::Unsure(Unsure::Status(status)),
    };
    Reply::Answer(answer)
}

/// Where a page leads on to. Hosts write non-ASCII addresses as they are, in UTF-8.
fn onward(url: &Url, response: &Response<Body>) -> Reply {
    let Some(location) = response.headers().get("location") else {
        return Reply::Answer(Answer::Unsure(Unsure::Status(response.status().as_u16())));
    };
    let next = url.join(String::from_utf8_lossy(location.as_bytes()).trim()).ok();
    match next.and_then(|next| super::asked(next.as_str())) {
        Some(next) => Reply::Onward(next),
        None => Reply::Answer(Answer::Unsure(Unsure::Elsewhere)),
    }
}

fn is_refused(error: &Error) -> bool {
    matches!(error, Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused)
}

/// What a question that failed says of the page.
fn reason(error: &Error) -> Answer {
    let unsure = match error {
        Error::HostNotFound => return Answer::Gone(Gone::Unknown),
        Error::Timeout(_) => Unsure::Slow,
        Error::Other(other) if other.is::<Inner>() => Unsure::Inner,
        Error::Tls(_) | Error::Rustls(_) => Unsure::Insecure(certificate(&error.to_string())),
        Error::Io(io) if matches!(io.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => Unsure::Slow,
        // The library hands on what rustls says as a fault of input.
        Error::Io(io) if io.kind() == ErrorKind::InvalidData => Unsure::Insecure(certificate(&io.to_string())),
        Error::Io(_) | Error::ConnectionFailed => Unsure::Unreached,
        _ => Unsure::Garbled,
    };
    Answer::Unsure(unsure)
}

/// What rustls says of a certificate, by the names of its errors.
fn certificate(error: &str) -> Certificate {
    let says = |word: &str| error.contains(word);
    if says("Expired") || says("expired") || says("NotValidYet") {
        Certificate::Lapsed
    } else if says("NotValidForName") || says("not valid for name") {
        Certificate::Foreign
    } else if says("UnknownIssuer") {
        Certificate::Unknown
    } else {
        Certificate::Other
    }
}
