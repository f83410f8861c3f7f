//! Links to other sites, tried over the network. This is the one part of an inspection that asks anybody anything, and only when it is told to.
//!
//! Each address is asked once, and each host one thing at a time. What answers that it is gone is gone; whoever refuses, is slow or cannot be
//! reached has said nothing of the page, which stays unsure.

mod guard;
mod web;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use url::Url;

pub use guard::Names;
use web::Web;

/// How hard links to other sites are tried.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Seconds for a request, from the look-up of the name to the head of the answer.
    pub request_seconds: u64,
    /// Seconds for all of it.
    pub all_seconds: u64,
    /// How many times an address may lead on to another.
    pub redirects: usize,
    /// How many hosts are asked at once.
    pub at_once: usize,
    /// How many times in a row a host may give no answer before the rest of its addresses is left alone.
    pub silent: usize,
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is something.
    There,
    /// There is nothing.
    Gone(Gone),
    /// Nobody knows.
    Unsure(Unsure),
}

/// Why there is nothing at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    /// The host says so, with this status.
    Status(u16),
    /// The host's name is unknown.
    Unknown,
    /// It is no address.
    Malformed,
}

/// Why nobody knows what is at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsure {
    /// The host answers with this status.
    Status(u16),
    /// No answer in time.
    Slow,
    /// The host takes no connection, or breaks it off.
    Unreached,
    /// The connection cannot be made secure.
    Insecure(Certificate),
    /// What comes is no answer of the web.
    Garbled,
    /// It leads on and on.
    Endless,
    /// It leads on to something that is no address of the web.
    Elsewhere,
    /// It leads on to a machine of an inner network.
    Inner,
    /// No name at all could be looked up: this machine may have no network.
    Offline,
    /// There was no time left for it.
    Untried,
}

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// It is too old, or not yet valid.
    Lapsed,
    /// It is not of this host.
    Foreign,
    /// Nobody who signed it is known.
    Unknown,
    /// Something else.
    Other,
}

/// The address that is asked for a link: without anchor, name and password, its host in ASCII. `None` if it is no address of the web.
pub fn asked(href: &str) -> Option<Url> {
    let href = if href.starts_with("//") { format!("https:{href}") } else { href.to_owned() };
    let mut url = Url::parse(href.trim()).ok().filter(web::is_web)?;
    url.set_fragment(None);
    let plain = url.set_username("").and_then(|()| url.set_password(None));
    plain.ok().map(|()| url)
}

/// Asks for every address, and waits for the answers.
pub fn ask(addresses: &BTreeSet<Url>, limits: &Limits, names: Names) -> BTreeMap<Url, Answer> {
    let mut hosts: BTreeMap<String, Vec<Url>> = BTreeMap::new();
    for url in addresses {
        hosts.entry(url.host_str().unwrap_or_default().to_owned()).or_default().push(url.clone());
    }
    // Whoever takes longest begins first.
    let mut queue: Vec<Vec<Url>> = hosts.into_values().collect();
    queue.sort_by_key(Vec::len);
    let asking = Asking {
        web: Web::new(names),
        limits,
        end: Instant::now() + Duration::from_secs(limits.all_seconds),
        turns: Turns::default(),
        queue: Mutex::new(queue),
        answers: Mutex::default(),
    };
    thread::scope(|scope| {
        for _ in 0..limits.at_once.max(1) {
            scope.spawn(|| asking.work());
        }
    });
    let mut answers = asking.answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !asking.web.knows_names() {
        for answer in answers.values_mut().filter(|answer| **answer == Answer::Gone(Gone::Unknown)) {
            *answer = Answer::Unsure(Unsure::Offline);
        }
    }
    answers
}

struct Asking<'a> {
    web: Web,
    limits: &'a Limits,
    end: Instant,
    turns: Turns,
    queue: Mutex<Vec<Vec<Url>>>,
    answers: Mutex<BTreeMap<Url, Answer>>,
}

impl Asking<'_> {
    /// Takes host after host.
    fn work(&self) {
        // In a function of its own, so that the queue is not locked meanwhile.
        let next = || locked(&self.queue).pop();
        while let Some(addresses) = next() {
            // What a host itself said, as far as it holds for all of its addresses.
            let (mut silent, mut known) = (0, None);
            for url in addresses {
                let (answer, is_own) = known.clone().map_or_else(|| self.follow(&url), |known| (known, false));
                if is_own {
                    let is_silent = matches!(answer, Answer::Unsure(Unsure::Slow | Unsure::Unreached));
                    silent = if is_silent { silent + 1 } else { 0 };
                    if silent == self.limits.silent || answer == Answer::Gone(Gone::Unknown) {
                        known = Some(answer.clone());
                    }
                }
                locked(&self.answers).insert(url, answer);
            }
        }
    }

    /// Asks for an address, and for those that it leads on to; also says whether the answer is of the host that is written.
    fn follow(&self, written: &Url) -> (Answer, bool) {
        let mut url = written.clone();
        for _ in 0..=self.limits.redirects {
            let is_own = url.host() == written.host() && url.port_or_known_default() == written.port_or_known_default();
            let left = self.end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return (Answer::Unsure(Unsure::Untried), false);
            }
            let wait = left.min(Duration::from_secs(self.limits.request_seconds));
            let turn = self.turns.of(&url);
            let _turn = locked(&turn);
            match self.web.ask(&url, is_own, wait) {
                web::Reply::Answer(answer) => return (answer, is_own),
                web::Reply::Onward(next) => url = next,
            }
        }
        (Answer::Unsure(Unsure::Endless), false)
    }
}

/// Whose turn it is at each host.
#[derive(Default)]
struct Turns(Mutex<HashMap<String, Arc<Mutex<()>>>>);

impl Turns {
    fn of(&self, url: &Url) -> Arc<Mutex<()>> {
        Arc::clone(locked(&self.0).entry(url.host_str().unwrap_or_default().to_owned()).or_default())
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_asked_as_machines_write_it() {
        for (href, expected) in [
            ("https://a.example/b?c=1#d", Some("https://a.example/b?c=1")),
            ("//a.example", Some("https://a.example/")),
            (
                "http://名:密@书院.example:8080/课程/第 一?问=答",
                Some("http://xn--1jqw86o.example:8080/%E8%AF%BE%E7%A8%8B/%E7%AC%AC%20%E4%B8%80?%E9%97%AE=%E7%AD%94"),
            ),
            ("HTTP://A.example:80/", Some("http://a.example/")),
            ("https://", None),
            ("http://[::1/", None),
            ("https://a b.example/", None),
            ("http://a.example:99999/", None),
            ("ftp://a.example/", None),
        ] {
            assert_eq!(asked(href).as_ref().map(Url::as_str), expected, "{href}");
        }
    }
}
