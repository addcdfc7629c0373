//! `docbao voices`.

mod install;
mod list;

use std::io::Write;
use std::path::PathBuf;

use clap::builder::ValueHint;
use clap::{Args, Subcommand};
use serde::Serialize;

use self::list::Listed;
use super::json::{Kind, list, print_json};
use super::{Failure, print_fault, stdout};
use crate::cli::language::told;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::voice::install::{Catalogue, VoiceFolder};

/// List the voices, or install, check and remove neural ones.
///
/// Some voices are inside the program. Others, neural voices in Piper's format, are installed in a
/// folder of the user's (on Linux, ~/.local/share/docbao/voices; DOCBAO_VOICES names another), only
/// when this command says so. docs/voices.md says more. A voice of a server that has OpenAI's speech
/// interface needs no installing: wherever a voice is named, give its address, such as
/// `--voice http://127.0.0.1:8880/v1#NAME` (docs/http-voices.md).
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  docbao voices\n  docbao voices install vi_VN-vais1000-medium")]
pub(super) struct Voices {
    #[command(subcommand)]
    action: Option<Action>,
    /// Print JSON for programs.
    #[arg(long, global = true)]
    json: bool,
    /// A table of voices that can be installed, in place of the one inside the program.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, global = true,
          help_heading = "Voices")]
    catalogue: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the voices inside the program, those installed, and those that can be installed; that is
    /// also what `docbao voices` does.
    #[command(after_help = "Example:\n  docbao voices list --json")]
    List,
    /// Show all that is known about a voice: who speaks, its licence, its files and where they are.
    #[command(after_help = "Example:\n  docbao voices info bac")]
    Info {
        /// The voice's name.
        name: String,
    },
    Install(install::Install),
    /// Check that the files of installed voices are what they were when they were installed.
    ///
    /// Lengths and digests are compared with those recorded at the installation and with those that
    /// the catalogue has. Exit status 1 if a file is damaged or missing.
    #[command(after_help = "Example:\n  docbao voices verify")]
    Verify {
        /// The voice's name; by default all that are installed.
        name: Option<String>,
    },
    /// Remove an installed voice, and what a broken download left of it.
    #[command(after_help = "Example:\n  docbao voices remove vi_VN-vais1000-medium")]
    Remove {
        /// The voice's name.
        name: String,
    },
}

impl Voices {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let catalogue = match &self.catalogue {
            Some(path) => Catalogue::read(path)?,
            None => Catalogue::built_in()?,
        };
        match &self.action {
            None | Some(Action::List) => {
                let voices = list::all(&catalogue)?;
                if self.json {
                    print_json(Kind::Voices, &list("voices", &voices))
                } else {
                    Ok(list::print(&voices)?)
                }
            }
            Some(Action::Info { name }) => {
                let voices = list::all(&catalogue)?;
                let voice = voices.iter().find(|voice| voice.name == *name);
                let voice = voice.ok_or_else(|| unknown(name, &voices))?;
                if self.json { print_json(Kind::Voice, voice) } else { Ok(voice.print()?) }
            }
            Some(Action::Install(command)) => command.run(&catalogue, self.json),
            Some(Action::Verify { name }) => self.verify(name.as_deref(), &catalogue),
            Some(Action::Remove { name }) => {
                let shelf = VoiceFolder::open()?;
                shelf.remove(name)?;
                if !self.json {
                    writeln!(
                        stdout(),
                        "{}",
                        told!(
                            "{name} is removed from {folder}",
                            name,
                            folder = shelf.folder().display()
                        )
                    )?;
                }
                Ok(())
            }
        }
    }

    fn verify(&self, name: Option<&str>, catalogue: &Catalogue) -> Result<(), Failure> {
        #[derive(Serialize)]
        struct Checked {
            name: String,
            known: bool,
            faults: Vec<Message>,
        }
        let shelf = VoiceFolder::open()?;
        let names = match name {
            Some(name) => vec![name.to_owned()],
            None => shelf.voices()?.into_iter().map(|voice| voice.name).collect(),
        };
        let mut checked = Vec::new();
        for name in names {
            let verified = shelf.verify(&name, catalogue.entry(&name))?;
            checked.push(Checked { name, known: verified.known, faults: verified.faults });
        }
        if self.json {
            print_json(Kind::VoiceCheck, &list("voices", &checked))?;
        } else if checked.is_empty() {
            writeln!(
                stdout(),
                "{}",
                told!("no voice is installed in {folder}", folder = shelf.folder().display())
            )?;
        }
        for Checked { name, known, faults } in &checked {
            for fault in faults {
                print_fault(&message!(
                    "{name}: {fault}; `docbao voices install` repairs it, or remove the voice",
                    name,
                    fault
                ));
            }
            if !self.json && faults.is_empty() {
                let state = match known {
                    true => told!("whole"),
                    false => told!("nothing is known to compare it with"),
                };
                writeln!(stdout(), "{name}: {state}")?;
            }
        }
        let is_whole = checked.iter().all(|voice| voice.faults.is_empty());
        if is_whole { Ok(()) } else { Err(Failure::Reported) }
    }
}

fn unknown(name: &str, voices: &[Listed]) -> Error {
    let names: Vec<_> = voices.iter().map(|voice| voice.name.as_str()).collect();
    Error::voice(message!(
        "there is no voice {name}: there are {names}",
        name,
        names = names.join(", ")
    ))
}
