//! Writing to the user. A stream that its reader closed, as `head` does, is no fault; one that is full is.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use crate::diag::fault::Fault;

/// Writes a text to stdout, with the end of its last line.
pub(super) fn out(text: impl Display) -> Result<(), Fault> {
    written(write(&mut anstream::stdout().lock(), &text.to_string()))
}

/// Writes a text to stderr, with the end of its last line.
pub(super) fn err(text: impl Display) -> Result<(), Fault> {
    written(write(&mut anstream::stderr().lock(), &text.to_string()))
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    stream.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        stream.write_all(b"\n")?;
    }
    // What is held back would fail unnoticed when the program ends.
    stream.flush()
}

/// Nobody reads a closed stream any more: what is done goes on, and its exit code stays.
fn written(result: io::Result<()>) -> Result<(), Fault> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(source) => Err(Fault::Print { source }),
        Ok(()) => Ok(()),
    }
}
