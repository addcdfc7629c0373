//! What files an article becomes, as the command line asks for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;

use super::source;
use crate::model::error::Error;
use crate::model::request::{Content, Output, Outputs, Target};
use crate::model::tags::{Cover, Tags};
use crate::sound::captions::Captions;
use crate::sound::formats::Encoding;
use crate::sound::formats::Format;
use crate::sound::master::Preset;

/// How the sound is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sound")]
pub(super) struct SoundArgs {
    /// The format of the sound: wav, flac, mp3, m4a, m4b (an audiobook) or opus. By default the one
    /// that the name of the output asks for, and wav for a folder or a name without an ending.
    #[arg(long, value_name = "FORMAT", value_parser = Format::from_str)]
    format: Option<Format>,
    /// Samples a second: by default 44100 for MP3 and M4A, and the voice's own for others.
    #[arg(long, value_name = "HERTZ")]
    sample_rate: Option<u32>,
    /// The bitrate of MP3, M4A and Opus, in kbit/s; by default 96 for MP3 and M4A, 48 for Opus.
    #[arg(long, value_name = "KBIT")]
    bitrate: Option<u32>,
    /// How loud the sound is made: apple (-16 LUFS), spotify (-14 LUFS), acx (for audiobook shops)
    /// or none (as it is spoken). By default apple for MP3, M4A, M4B and Opus, which are for
    /// listeners, and none for WAV and FLAC, which are for further work.
    #[arg(long, value_name = "PRESET", value_parser = Preset::from_str)]
    loudness: Option<Preset>,
    /// Captions beside the sound, under its name, apart by commas: vtt (WebVTT), srt (SubRip), lrc
    /// (lyrics), json (the time of every word) or transcript (for podcasts).
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = Captions::from_str)]
    captions: Vec<Captions>,
}

/// What a file says about itself.
#[derive(Debug, Args)]
#[command(next_help_heading = "Tags")]
pub(super) struct TagArgs {
    /// The title; by default the article's own.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Who wrote it; by default what the article's last line says.
    #[arg(long, value_name = "TEXT")]
    author: Option<String>,
    /// The paper, show or book it belongs to.
    #[arg(long, value_name = "TEXT")]
    album: Option<String>,
    /// When it was published, such as 2024-05-31; by default what the article's dateline says.
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,
    /// The picture that players show: a JPEG or PNG file.
    #[arg(long, value_name = "FILE")]
    cover: Option<PathBuf>,
    /// Where the article stands on the web.
    #[arg(long, value_name = "URL")]
    source_url: Option<String>,
    /// A remark for listeners. That the voice is a machine's is added in any case.
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
}

/// A date as ISO 8601 has it: a year, a month or a day, with or without a time.
fn date(text: &str) -> Result<String, String> {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let number = |part: &str, digits: usize, most: u32| {
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number && part.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
    };
    let parts: Vec<&str> = day.split('-').collect();
    let lengths = [(4, 9999), (2, 12), (2, 31)];
    let fits = parts.len() <= 3
        && parts.iter().zip(lengths).all(|(part, (digits, most))| number(part, digits, most))
        && time.bytes().all(|byte| byte.is_ascii_digit() || b":.+-Z".contains(&byte));
    let wrong = || "write it as 2024-05-31".to_owned();
    if fits { Ok(text.to_owned()) } else { Err(wrong()) }
}

impl TagArgs {
    /// The tags, with the picture read. `many` says that they are for several articles.
    pub fn tags(&self, many: bool) -> Result<Tags, Error> {
        if many && self.title.is_some() {
            let reason = "--title is for one article; each of several has its own";
            return Err(Error::request(reason.to_owned()));
        }
        let cover = |path: &PathBuf| {
            let bytes = fs::read(path).map_err(|cause| Error::read(path, cause))?;
            Cover::new(&source::name(path), bytes)
        };
        Ok(Tags {
            title: self.title.clone(),
            author: self.author.clone(),
            album: self.album.clone(),
            date: self.date.clone(),
            source_url: self.source_url.clone(),
            comment: self.comment.clone(),
            cover: self.cover.as_ref().map(cover).transpose()?,
            ..Tags::default()
        })
    }
}

impl SoundArgs {
    /// The format of the sound in a file of this name, or in a folder.
    pub fn format(&self, output: &Path, is_folder: bool) -> Result<Format, Error> {
        match self.format {
            Some(format) => Ok(format),
            None if is_folder || output.extension().is_none() => Ok(Format::Wav),
            None => Format::of(output),
        }
    }

    /// What an article becomes whose sound goes to `target`. Captions get the name of `stem`, another
    /// file of sound, with their own endings; `marks` is another file of marks.
    pub fn outputs(
        &self,
        stem: &Path,
        target: Target,
        format: Format,
        marks: Option<PathBuf>,
    ) -> Result<Outputs, Error> {
        let (sample_rate, bitrate) = (self.sample_rate, self.bitrate);
        Encoding::new(format, sample_rate, bitrate)?;
        let content = Content::Audio { format: format.name().to_owned(), sample_rate, bitrate };
        let beside = self.captions.iter().map(|one| (*one, stem.with_extension(one.extension())));
        let marks = marks.map(|path| (Captions::JSON, path));
        let mut captions: Vec<_> = beside.chain(marks).collect();
        captions.sort();
        captions.dedup();
        let captions = captions.into_iter().map(|(format, path)| Output {
            target: Target::File(path),
            content: Content::Captions { format: format.name().to_owned() },
        });
        let loudness = self.loudness.map(|preset| preset.name.to_owned());
        let files = [Output { target, content }].into_iter().chain(captions).collect();
        Ok(Outputs { loudness, files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_iso_8601() {
        for text in ["2024", "2024-05", "2024-05-31", "2024-05-31T06:30+07:00", "2024-05-31 06:30"]
        {
            assert_eq!(date(text).as_deref(), Ok(text));
        }
        for text in ["", "24", "31/5/2024", "2024-13-01", "2024-5-1", "2024-05-31Tmorning"] {
            assert!(date(text).is_err(), "{text}");
        }
    }
}
