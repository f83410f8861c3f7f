//! The `shuyuan` program. All code is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    shuyuan::cli::run().into()
}
