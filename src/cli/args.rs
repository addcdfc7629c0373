//! Arguments that several commands share.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;

use super::source;
use crate::config::{self, Config};
use crate::diag::Error;
use crate::document::BlockKind;
use crate::input::{self, Encoding, ReadingPolicy};
use crate::normalize::{
    Decimals, Foreign, LeadingZero, Normalizer, Profile, Thousand, Years, ZeroTen,
};
use crate::phrase::Dialect;
use crate::pipeline::{self, VoiceSettings};
use crate::segment::Pauses;
use crate::units::{Millis, Semitones};

/// How an article's text is taken.
#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// Read these parts of the article too, apart by commas: title, dateline, sapo, heading,
    /// paragraph, list, quote, caption, byline, repetition, related, boilerplate. By default
    /// dateline, caption, repetition, related and boilerplate are not read.
    #[arg(long, value_name = "PARTS", value_parser = parts)]
    read: Option<Parts>,
    /// Leave these parts of the article out, apart by commas; the names are those of --read.
    #[arg(long, value_name = "PARTS", value_parser = parts)]
    skip: Option<Parts>,
    /// The encoding of the text, where it is not recognized by itself: utf-8, utf-16le, utf-16be,
    /// windows-1258, tcvn3 or vni.
    #[arg(long, value_name = "NAME", value_parser = Encoding::from_str)]
    pub encoding: Option<Encoding>,
    /// A file of your own readings, which beat every rule: tab-separated columns `written` and
    /// `said` (docs/normalization.md has the others), or a W3C pronunciation lexicon (.pls). May be
    /// given several times; a later file beats an earlier one.
    #[arg(long, value_name = "FILE")]
    lexicon: Vec<PathBuf>,
    /// A settings file; by default docbao.toml of the current folder, if there is one. What the
    /// command line says beats it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What the text is about, for readings that depend on it: news, finance, sport, law or
    /// weather.
    #[arg(long, value_name = "DOMAIN", value_parser = Profile::from_str)]
    profile: Option<Profile>,
    /// Foreign words in the spoken text: keep them as written (the voice reads them in Vietnamese
    /// syllables), respell them in Vietnamese syllables, or spell their letters.
    #[arg(long, value_name = "HOW", value_parser = Foreign::from_str)]
    foreign: Option<Foreign>,
    /// The word for a thousand: nghìn or ngàn.
    #[arg(long, value_name = "WORD", value_parser = Thousand::from_str)]
    thousand: Option<Thousand>,
    /// The word for an empty ten, as in 105: linh or lẻ.
    #[arg(long, value_name = "WORD", value_parser = ZeroTen::from_str)]
    zero_ten: Option<ZeroTen>,
    /// The zero of a count such as 02 Nghị quyết: drop it or say it.
    #[arg(long, value_name = "HOW", value_parser = LeadingZero::from_str)]
    leading_zero: Option<LeadingZero>,
    /// Two decimals: as a number (phẩy sáu mươi mốt) or as digits (phẩy sáu một).
    #[arg(long, value_name = "HOW", value_parser = Decimals::from_str)]
    decimals: Option<Decimals>,
    /// Years such as 2021: full (hai nghìn không trăm hai mươi mốt) or short (hai nghìn hai mươi
    /// mốt).
    #[arg(long, value_name = "HOW", value_parser = Years::from_str)]
    years: Option<Years>,
}

/// Parts of an article.
#[derive(Debug, Clone)]
struct Parts(Vec<BlockKind>);

fn parts(list: &str) -> Result<Parts, Error> {
    input::parse_kinds(list).map(Parts)
}

impl ReadArgs {
    /// Which blocks are to be read.
    pub fn policy(&self) -> ReadingPolicy {
        let kinds = |parts: &Option<Parts>| parts.as_ref().map_or(vec![], |parts| parts.0.clone());
        ReadingPolicy::default().read(&kinds(&self.read)).skip(&kinds(&self.skip))
    }

    /// The normalizer that the settings file, the lexicons and the options ask for.
    pub fn normalizer(&self) -> Result<Normalizer, Error> {
        let mut config = self.config()?;
        let reading = &mut config.reading;
        set(&mut reading.profile, self.profile);
        set(&mut reading.foreign, self.foreign);
        set(&mut reading.thousand, self.thousand);
        set(&mut reading.zero_ten, self.zero_ten);
        set(&mut reading.leading_zero, self.leading_zero);
        set(&mut reading.decimals, self.decimals);
        set(&mut reading.years, self.years);
        let files = config.lexicon.iter().chain(&self.lexicon);
        let lexicons: Result<Vec<_>, Error> =
            files.map(|path| Ok((source::name(path), source::plain_text(path)?))).collect();
        pipeline::normalizer(&config, &lexicons?)
    }

    fn config(&self) -> Result<Config, Error> {
        let path = match &self.config {
            Some(path) => path.as_path(),
            None if Path::new(config::FILE_NAME).is_file() => Path::new(config::FILE_NAME),
            None => return Ok(Config::default()),
        };
        Config::parse(path, &source::plain_text(path)?)
    }
}

/// Sets what the command line gives.
fn set<T>(place: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *place = given;
    }
}

/// How the text is spoken.
#[derive(Debug, Args)]
pub(super) struct VoiceArgs {
    /// The voice that speaks: a name that `docbao voices` lists, or the folder of a voice.
    #[arg(long, value_name = "NAME", default_value = "bac")]
    pub voice: String,
    /// Whose Vietnamese it speaks: north (Hanoi), central (Huế) or south (Saigon). By default the
    /// voice's own.
    #[arg(long, value_name = "DIALECT", value_parser = Dialect::from_str)]
    pub dialect: Option<Dialect>,
    /// How fast it speaks: 1 is the voice's own speed, 2 twice as fast; 0.5 to 3.
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, value_parser = rate)]
    rate: f32,
    /// How much higher it speaks, in semitones; -12 to 12.
    #[arg(long, value_name = "SEMITONES", default_value_t = 0.0, value_parser = pitch, allow_negative_numbers = true)]
    pitch: f32,
    /// The pause after a part of the text, in milliseconds: title, dateline, sapo, heading,
    /// paragraph, sentence, clause (; : –), phrase (a comma) or breath. May be given several times.
    #[arg(long = "pause", value_name = "PART=MS", value_parser = pause)]
    pauses: Vec<(String, f32)>,
}

fn within(text: &str, least: f32, most: f32) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(value) if (least..=most).contains(&value) => Ok(value),
        _ => Err(format!("give a number from {least} to {most}")),
    }
}

fn rate(text: &str) -> Result<f32, String> {
    within(text, 0.5, 3.0)
}

fn pitch(text: &str) -> Result<f32, String> {
    within(text, -12.0, 12.0)
}

fn pause(text: &str) -> Result<(String, f32), String> {
    let (part, value) = text.split_once('=').ok_or("write it as PART=MS, such as sentence=500")?;
    let mut probe = Pauses::default();
    if pause_of(&mut probe, part).is_none() {
        return Err(format!(
            "`{part}` is none of title, dateline, sapo, heading, paragraph, sentence, clause, \
             phrase, breath"
        ));
    }
    Ok((part.to_owned(), within(value, 0.0, 10_000.0)?))
}

fn pause_of<'a>(pauses: &'a mut Pauses, part: &str) -> Option<&'a mut Millis> {
    Some(match part {
        "title" => &mut pauses.title,
        "dateline" => &mut pauses.dateline,
        "sapo" => &mut pauses.sapo,
        "heading" => &mut pauses.heading,
        "paragraph" => &mut pauses.paragraph,
        "sentence" => &mut pauses.sentence,
        "clause" => &mut pauses.clause,
        "phrase" => &mut pauses.phrase,
        "breath" => &mut pauses.breath,
        _ => return None,
    })
}

impl VoiceArgs {
    /// What the pipeline needs to know of them.
    pub fn settings(&self) -> VoiceSettings {
        let mut pauses = Pauses::default();
        for (part, value) in &self.pauses {
            if let Some(pause) = pause_of(&mut pauses, part) {
                *pause = Millis(*value);
            }
        }
        VoiceSettings {
            voice: self.voice.clone(),
            dialect: self.dialect,
            rate: self.rate,
            pitch: Semitones(self.pitch),
            pauses,
        }
    }
}
