//! The `docbao` program; all of it is in [`docbao::cli`].

use std::process::ExitCode;

use docbao::voice::memory::Counted;

#[global_allocator]
static MEMORY: Counted = Counted;

fn main() -> ExitCode {
    docbao::cli::run()
}
