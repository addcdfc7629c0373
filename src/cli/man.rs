//! `docbao man`.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};

use super::{Cli, Failure};
use crate::files::AtomicFile;
use crate::model::error::Error;

/// Write the manual pages: docbao.1, and one for each command, into a folder.
///
/// Without a folder, the page of docbao itself is printed: docbao man | man -l -
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  docbao man ~/.local/share/man/man1\n  docbao man | man -l -")]
pub(super) struct Man {
    /// The folder; it is made if it is not there.
    folder: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut root = Cli::command().disable_help_subcommand(true);
        root.build();
        let Some(folder) = &self.folder else {
            io::stdout().lock().write_all(&page(root)?)?;
            return Ok(());
        };
        let failed = |cause| Error::write(folder.clone(), cause);
        fs::create_dir_all(folder).map_err(failed)?;
        let mut commands = vec![root];
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands().cloned());
            let name = command.get_display_name().unwrap_or(command.get_name());
            let mut file = AtomicFile::create(&folder.join(format!("{name}.1")))?;
            file.write_all(&page(command)?).map_err(|cause| file.error(cause))?;
            file.finish()?;
        }
        Ok(())
    }
}

fn page(command: Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}
