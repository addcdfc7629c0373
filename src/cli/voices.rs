//! `docbao voices`.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::{Failure, print_json};
use crate::voice::Voice;

/// List the voices that come with the program.
#[derive(Debug, Args)]
pub(super) struct Voices {
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    description: String,
    dialect: &'static str,
    sample_rate: u32,
    licence: String,
}

impl Voices {
    pub fn run(&self) -> Result<(), Failure> {
        let mut voices = Vec::new();
        for name in Voice::list() {
            let voice = Voice::load(name)?;
            voices.push(Listed {
                name,
                description: voice.manifest.description,
                dialect: voice.manifest.dialect.name(),
                sample_rate: voice.manifest.sample_rate,
                licence: voice.manifest.licence,
            });
        }
        if self.json {
            return print_json(&voices);
        }
        let mut out = io::stdout().lock();
        for voice in &voices {
            let Listed { name, description, dialect, sample_rate, licence } = voice;
            writeln!(out, "{name}\t{dialect}\t{sample_rate} Hz\t{description}\t{licence}")?;
        }
        writeln!(
            out,
            "{}\t\t\tno speech: a plain tone for each syllable, to try out timing\t",
            crate::pipeline::TONE
        )?;
        Ok(())
    }
}
