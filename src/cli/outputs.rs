//! What files an article becomes, as the command line says.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{choices, formats_help as help, source};
use crate::files::{bounded, with_extension};
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::request::{Content, Output, Outputs, Target};
use crate::model::tags::{Cover, Tags};
use crate::sound::Medium;
use crate::sound::captions::Captions;
use crate::sound::formats::{Encoding, Format};
use crate::sound::master::Preset;
use crate::text::readers::dates;

/// How the sound is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sound")]
pub(super) struct SoundArgs {
    #[arg(long, value_name = "FORMAT", value_parser = choices::medium(), hide_possible_values = true,
          help = help::format().to_string())]
    format: Option<Medium>,
    #[arg(long, value_name = "HERTZ", help = help::sample_rate().to_string())]
    sample_rate: Option<u32>,
    #[arg(long, value_name = "KBIT", help = help::bitrate().to_string())]
    bitrate: Option<u32>,
    #[arg(long, value_name = "PRESET", value_parser = choices::preset(), hide_possible_values = true,
          help = help::loudness().to_string())]
    loudness: Option<Preset>,
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_parser = choices::captions(),
          hide_possible_values = true,
          help = help::captions().to_string())]
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
    /// When it was published, such as 2024-05-31 or 31/5/2024; by default what the article's dateline says.
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,
    /// The picture that players show: a JPEG or PNG file.
    #[arg(long, value_name = "FILE")]
    cover: Option<PathBuf>,
    /// Where the article is on the web.
    #[arg(long, value_name = "URL")]
    source_url: Option<String>,
    /// A remark for listeners. That the voice is a machine's is added in any case.
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
}

/// A date as ISO 8601 has it: a year, a month or a day, with or without a time. It may be given as
/// Vietnamese papers print it, too.
fn date(text: &str) -> Result<String, Message> {
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
    if fits {
        return Ok(text.to_owned());
    }
    let found = dates::read(text).map(|date| date.to_string());
    found.ok_or_else(|| "write it as 2024-05-31, 31/5/2024 or 2024-05-31T06:30+07:00".into())
}

impl TagArgs {
    /// The picture, if one is named.
    pub(super) fn cover(&self) -> Option<&PathBuf> {
        self.cover.as_ref()
    }

    /// The tags, with the picture read. `many` says that they are for several articles.
    pub(super) fn tags(&self, many: bool) -> Result<Tags, Error> {
        if many && self.title.is_some() {
            let reason = "--title is for one article; each of several has its own";
            return Err(Error::request(reason.to_owned()));
        }
        let cover = |path: &PathBuf| {
            let bytes =
                bounded::read(path, bounded::PICTURE).map_err(|cause| Error::read(path, cause))?;
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
    /// The format of sound that is asked for, if one is.
    ///
    /// # Errors
    /// `ErrorKind::Request` if a book is asked for.
    pub(super) fn sound(&self) -> Result<Option<Format>, Error> {
        match self.format {
            Some(Medium::Audio(format)) => Ok(Some(format)),
            None => Ok(None),
            Some(Medium::Book) => {
                let reason =
                    message!("--format {book} is no sound for a page", book = Medium::Book.name());
                let hint = Hint::run(&["narrate"], "to make a book");
                Err(Error::request(reason).with_hint(hint))
            }
        }
    }

    /// What is written to a file of this name, or into a folder.
    pub(super) fn medium(&self, output: &Path, is_folder: bool) -> Result<Medium, Error> {
        match self.format {
            Some(medium) => {
                let named = if is_folder { None } else { Medium::of(output).ok() };
                if let Some(named) = named.filter(|named| *named != medium) {
                    let output = output.display();
                    let reason = message!(
                        "--format {medium} and the name {output}, which is that of {label}, do not agree: \
                         leave --format out, or let the name end in .{medium}",
                        medium = medium.name(),
                        output,
                        label = named.label()
                    );
                    return Err(Error::request(reason));
                }
                Ok(medium)
            }
            None if is_folder || output.extension().is_none() => Ok(Medium::Audio(Format::WAV)),
            None => Medium::of(output),
        }
    }

    /// The files of an article whose speech goes to `target`. Captions get the name of `stem`, the file
    /// of the speech, with their own endings; `marks` is another file of marks.
    pub(super) fn outputs(
        &self,
        stem: Option<&Path>,
        target: Target,
        medium: Medium,
        marks: Option<PathBuf>,
    ) -> Result<Outputs, Error> {
        let (sample_rate, bitrate) = (self.sample_rate, self.bitrate);
        Encoding::new(medium.format(), sample_rate, bitrate)?;
        let title = stem.and_then(Path::file_stem).unwrap_or_default().to_string_lossy();
        let content = medium.content(sample_rate, bitrate, &title);
        if stem.is_none() && !self.captions.is_empty() {
            let reason = "--captions are files beside the sound, and there are none beside standard \
                          output: leave --captions out, or give -o a file name";
            return Err(Error::request(reason));
        }
        let stem = stem.unwrap_or(Path::new(""));
        let beside = self.captions.iter().map(|one| (*one, with_extension(stem, one.extension())));
        let marks = marks.map(|path| (Captions::JSON, path));
        let mut files = vec![Output { target, content }];
        for (format, path) in beside.chain(marks) {
            let content = Content::Captions { format: format.name().to_owned() };
            let wanted = Output { target: Target::File(path), content };
            if !files.contains(&wanted) {
                files.push(wanted);
            }
        }
        let loudness = self.loudness.map(|preset| preset.name.to_owned());
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
        for (text, iso) in [
            ("13/02/2025", "2025-02-13"),
            ("5-3-2024", "2024-03-05"),
            ("06:30, 5/3/2024", "2024-03-05T06:30:00"),
        ] {
            assert_eq!(date(text).as_deref(), Ok(iso));
        }
        for text in ["", "24", "31/13/2024", "2024-13-01", "30/2/2025", "13/2"] {
            assert!(date(text).is_err(), "{text}");
        }
    }
}
