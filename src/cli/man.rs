//! `docbao man`.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Command};

use super::{Failure, language};
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
    pub(super) fn run(&self, root: Command) -> Result<(), Failure> {
        let mut root = root.disable_help_subcommand(true);
        root.build();
        let root = language::described(language::localized(root));
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

/// The headings of manual pages.
const HEADINGS: [&str; 7] =
    ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SUBCOMMANDS", "EXTRA", "VERSION"];

fn page(command: Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    let lines = page.lines().map(|line| match line.strip_prefix(".SH ") {
        Some(heading) if HEADINGS.contains(&heading) => {
            format!(".SH \"{}\"\n", language::known(heading))
        }
        _ => format!("{line}\n"),
    });
    Ok(if language::is_translated() { lines.collect() } else { page.into_owned() }.into_bytes())
}
