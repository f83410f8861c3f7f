//! Warnings of which there may be hundreds.

use super::catalogue as say;
use super::{Code, Diagnostic, Findings};

/// Warnings of one code, of which the first are placed and the rest are counted. Hundreds at once have one cause, and placing one takes as long
/// as reading its file.
#[derive(Debug, Default)]
pub struct Few {
    reported: usize,
}

impl Few {
    /// Warnings that are placed.
    const PLACED: usize = 100;

    /// Reports a warning, or counts it.
    pub fn report(&mut self, findings: &mut Findings, diagnostic: impl FnOnce() -> Diagnostic) {
        self.reported += 1;
        if self.reported <= Self::PLACED {
            findings.report(diagnostic());
        }
    }

    /// Says how many more there are.
    pub fn finish(self, code: Code, findings: &mut Findings) {
        if self.reported > Self::PLACED {
            findings.report(Diagnostic::global(say::and_more(code, self.reported - Self::PLACED)));
        }
    }
}
