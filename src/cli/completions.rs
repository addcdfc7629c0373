//! `docbao completions`.

use std::io;

use clap::{Args, Command};
use clap_complete::Shell;

use super::{Failure, language};

/// Print the completions of a shell: with them, the Tab key completes commands and options.
///
/// For example: docbao completions bash > ~/.local/share/bash-completion/completions/docbao
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao completions bash > ~/.local/share/bash-completion/completions/docbao\n  docbao completions fish > ~/.config/fish/completions/docbao.fish"
)]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, root: Command) -> Result<(), Failure> {
        let mut script = Vec::new();
        let mut root = language::with_texts(root);
        clap_complete::generate(self.shell, &mut root, "docbao", &mut script);
        io::Write::write_all(&mut io::stdout().lock(), &script)?;
        Ok(())
    }
}
