//! What the commands on a project share: loading it and printing diagnostics.

use std::io::IsTerminal;

use camino::Utf8PathBuf;

use super::terminal::err;
use super::{Exit, ProjectArgs};
use crate::assets::picture::cache::Cache;
use crate::diag::fault::Fault;
use crate::diag::format::{Format, render};
use crate::diag::{Diagnostic, Severity};
use crate::load::TOPS;
use crate::portal::link::{BuildDay, Drafts, Options};

/// The folder of what the program remembers between builds.
const CACHE: &str = ".shuyuan";

impl ProjectArgs {
    /// The options of the pipeline.
    pub(super) fn options(&self) -> Options {
        Options {
            day: self.today.map_or_else(|| BuildDay::At(jiff::Timestamp::now()), BuildDay::Fixed),
            drafts: if self.drafts { Drafts::Shown } else { Drafts::Hidden },
            base_url: self.base_url.clone(),
        }
    }

    /// Where encoded pictures are kept.
    ///
    /// # Errors
    /// [`Fault::CacheElsewhere`] if the way to it is a symlink, which may lead out of the project.
    pub(super) fn cache(&self) -> Result<Cache, Fault> {
        let folder = self.root.join(CACHE);
        for path in [&folder, &folder.join("pictures")] {
            if path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
                return Err(Fault::CacheElsewhere { path: path.clone().into() });
            }
        }
        Ok(Cache::new(folder.join("pictures")))
    }

    /// The folder of what the program remembers.
    pub(super) fn memory(&self) -> Utf8PathBuf {
        self.root.join(CACHE)
    }

    /// Folders that the output must not be mixed with: what is read, the program's own, and those of git.
    pub(super) fn apart(&self) -> Vec<Utf8PathBuf> {
        TOPS.into_iter().chain([CACHE, "src", ".git"]).map(|name| self.root.join(name)).collect()
    }

    /// The default output folder.
    pub(super) fn default_out(&self) -> Utf8PathBuf {
        self.root.join("site")
    }

    /// The exit code for these diagnostics.
    pub(super) fn exit(&self, diagnostics: &[Diagnostic]) -> Exit {
        let worst = diagnostics.iter().map(Diagnostic::severity).min();
        match worst {
            Some(Severity::Error) => Exit::Mistakes,
            Some(Severity::Warning) if self.strict => Exit::Mistakes,
            Some(Severity::Warning | Severity::Note) | None => Exit::Fine,
        }
    }
}

/// Prints diagnostics for people on stderr.
pub(super) fn print(diagnostics: &[Diagnostic]) -> Result<(), Fault> {
    err(render(diagnostics, format_for(&std::io::stderr())))
}

/// The coloured format on a terminal, plain text otherwise.
pub(super) fn format_for(stream: &impl IsTerminal) -> Format {
    if stream.is_terminal() { Format::Colour } else { Format::Text }
}

/// The number of diagnostics of each severity, in words; empty if there are none.
pub(super) fn tally(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
    let words = [(Severity::Error, "个错误"), (Severity::Warning, "个警告"), (Severity::Note, "个提示")];
    let parts = words.into_iter().map(|(severity, word)| (count(severity), word)).filter(|(count, _)| *count > 0);
    parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join("，")
}
