//! What the last build of a project was made of, and what it said: a build of the same files by the same program finds its output there
//! and says the same. The record may be deleted, cut or spoilt at any time; that costs only time.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::build::Told;
use crate::load::fingerprint::Fingerprint;
use crate::load::regular::read_regular;
use crate::load::{Inputs, Stamp};
use crate::portal::link::{BuildDay, Drafts, Options};

/// The last build, whose told result is owned where it is read.
#[derive(Serialize, Deserialize)]
struct Record<T> {
    /// Of what it was made, and how.
    key: String,
    /// For which day, in which time zone.
    day: Date,
    zone: String,
    /// What its output was then.
    output: String,
    told: T,
}

/// A build whose parts are known but that was not made yet.
pub(super) struct Again {
    file: Utf8PathBuf,
    out: Utf8PathBuf,
    key: String,
    day: BuildDay,
}

impl Again {
    /// A build of these files to `out`; `how` is all else that decides what it says. `None` if it cannot be told whether the files stay the
    /// same.
    pub fn new(cache: &Utf8Path, out: &Utf8Path, inputs: &Inputs, options: &Options, how: &str) -> Option<Self> {
        let Options { day, drafts, base_url } = options;
        let fixed = if let BuildDay::Fixed(day) = day { day.to_string() } else { String::new() };
        let parts = [
            program()?,
            inputs.hash()?.to_hex().to_string(),
            fixed,
            (*drafts == Drafts::Shown).to_string(),
            base_url.clone().unwrap_or_default(),
            out.to_string(),
            how.to_owned(),
        ];
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
        }
        let key = hasher.finalize().to_hex().to_string();
        Some(Self { file: cache.join("built"), out: out.to_owned(), key, day: *day })
    }

    /// What the last build said, if this one is the same and its output is as it left it.
    pub fn told(&self) -> Option<Told> {
        let text = String::from_utf8(read_regular(self.file.as_std_path()).ok()?).ok()?;
        let (sum, json) = text.split_once('\n')?;
        if sum != checksum(json) {
            return None;
        }
        let record: Record<Told> = serde_json::from_str(json).ok()?;
        let zone = TimeZone::get(&record.zone).ok()?;
        let same = record.key == self.key && record.day == self.day.date(&zone) && record.output == self.output()?;
        same.then_some(record.told)
    }

    /// Remembers a build for this day. That it cannot be written costs only time.
    pub fn keep(&self, day: Date, zone: &TimeZone, told: &Told) {
        let (Some(zone), Some(output)) = (zone.iana_name().map(str::to_owned), self.output()) else { return };
        let record = Record { key: self.key.clone(), day, zone, output, told };
        let Ok(json) = serde_json::to_string(&record) else { return };
        let part = self.file.with_extension(std::process::id().to_string());
        let folder = self.file.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder
            .and_then(|()| fs::write(&part, format!("{}\n{json}", checksum(&json))))
            .and_then(|()| fs::rename(&part, &self.file));
        if written.is_err() {
            let _ = fs::remove_file(&part);
        }
    }

    fn output(&self) -> Option<String> {
        let live = self.out.canonicalize_utf8().ok()?;
        Some(Fingerprint::of_folder(&live).to_hex())
    }
}

/// What tells this program from every other; `None` if that cannot be found out.
pub(super) fn program() -> Option<String> {
    let file = std::env::current_exe().and_then(fs::metadata).ok()?;
    Some(format!("{} {:?}", env!("CARGO_PKG_VERSION"), Stamp::of(&file)))
}

fn checksum(json: &str) -> String {
    blake3::hash(json.as_bytes()).to_hex().to_string()
}
