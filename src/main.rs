//! The `shuyuan` program. All code is in the library.

use std::process::ExitCode;

/// Making pages allocates many small values on all cores; the allocators of most C libraries are slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    shuyuan::cli::run().into()
}
