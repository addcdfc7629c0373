//! Options of the music around and under speech.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use clap::builder::ValueHint;

use super::args::within;
use super::settings;
use crate::model::design::{BedUnder, MixSettings, Music, Role, SoundDesign};
use crate::model::error::{Error, Hint};
use crate::model::message::Message;

/// The table of these options in a settings file.
const TABLE: &str = "sound";

/// The music.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sound")]
pub(super) struct DesignArgs {
    /// Music before the speech: WAV, FLAC, MP3, M4A or Opus, of any rate, mixed to mono. Its end goes
    /// under the first words (--crossfade), and it is as loud as --jingle-level says, however loud the
    /// file is.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    intro: Option<PathBuf>,
    /// Music after the speech, which begins under the last words.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    outro: Option<PathBuf>,
    /// Music between the articles of one recording.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    sting: Option<PathBuf>,
    /// Music under the speech. It begins anew without a seam, is softer while somebody speaks, and comes
    /// up in pauses of more than 1.5 s.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    bed: Option<PathBuf>,
    /// How long music and speech overlap at the ends of the speech, and how long a bed comes in and goes,
    /// in seconds, 0 to 10; by default 1.5.
    #[arg(long, value_name = "SECONDS", value_parser = crossfade)]
    crossfade: Option<f32>,
    /// How loud intro, outro and stings are, in LU above the speech, -40 to 6; by default -3.
    #[arg(long, value_name = "LU", value_parser = level, allow_negative_numbers = true)]
    jingle_level: Option<f32>,
    /// How long a sting is heard over the last words before it and the first words after it, in seconds,
    /// 0 to 5; by default 0.
    #[arg(long, value_name = "SECONDS", value_parser = overlap)]
    sting_overlap: Option<f32>,
    /// How loud the bed is under speech, in LU above it, -40 to 6; by default -18.
    #[arg(long, value_name = "LU", value_parser = level, allow_negative_numbers = true)]
    bed_level: Option<f32>,
    /// How loud the bed is in long pauses, in LU above the speech, -40 to 6; by default -10.
    #[arg(long, value_name = "LU", value_parser = level, allow_negative_numbers = true)]
    bed_pause_level: Option<f32>,
    /// What the bed is under: all speech, headlines, or the opening (the title and the opening paragraph
    /// of the first article, or the whole first article if it has neither); by default all.
    #[arg(long, value_name = "WHAT", value_parser = BedUnder::from_str)]
    bed_under: Option<BedUnder>,
}

fn crossfade(text: &str) -> Result<f32, Message> {
    within(text, MixSettings::CROSSFADE)
}

fn level(text: &str) -> Result<f32, Message> {
    within(text, MixSettings::LEVEL)
}

fn overlap(text: &str) -> Result<f32, Message> {
    within(text, MixSettings::OVERLAP)
}

impl DesignArgs {
    /// The files, each with what it is for.
    fn named(&self) -> impl Iterator<Item = (Role, &PathBuf)> {
        let files = [
            (Role::Intro, &self.intro),
            (Role::Outro, &self.outro),
            (Role::Sting, &self.sting),
            (Role::Bed, &self.bed),
        ];
        files.into_iter().filter_map(|(role, file)| Some((role, file.as_ref()?)))
    }

    /// The files.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.named().map(|(_, file)| file)
    }

    /// What they ask for, with the files read for what identifies them.
    ///
    /// # Errors
    /// As [`Music::of`]; of kind `Request` if two numbers do not agree.
    pub(super) fn design(&self) -> Result<SoundDesign, Error> {
        let usual = MixSettings::default();
        let mix = MixSettings {
            crossfade: self.crossfade.unwrap_or(usual.crossfade),
            jingle_level: self.jingle_level.unwrap_or(usual.jingle_level),
            sting_overlap: self.sting_overlap.unwrap_or(usual.sting_overlap),
            bed_level: self.bed_level.unwrap_or(usual.bed_level),
            bed_pause_level: self.bed_pause_level.unwrap_or(usual.bed_pause_level),
            bed_under: self.bed_under.unwrap_or(usual.bed_under),
        };
        mix.check().map_err(|(name, reason)| {
            Error::request(reason).with_hint(Hint::give(name, "a higher value"))
        })?;
        let music = self.named().map(|(role, path)| {
            let place = settings::place(TABLE, role.name(), path);
            Ok((role, Music::of(role, path.clone(), place)?))
        });
        Ok(SoundDesign { music: music.collect::<Result<_, Error>>()?, mix })
    }
}
