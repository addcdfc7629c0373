//! The `docbao` program; all of it is in [`docbao::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    docbao::cli::run()
}
