//! The files of an episode: whether they are what the feed says of them.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::episode::{ListedEpisode, ListedFile, ListedSound};
use super::fault::{Fault, Level};
use super::sound::Judge;
use super::times::{self, Interval, Unreadable};
use crate::files::bounded;
use crate::model::digest::Digest;
use crate::model::message::{Message, message};
use crate::podcast::{chapters, item};

/// Times are written to the millisecond, and encoders fill their last block.
const SLACK: f64 = 0.1;

/// What is wrong with the files of an episode.
pub(super) fn faults(episode: &ListedEpisode, judge: &Judge) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut heard = None;
    for (at, sound) in episode.sounds.iter().enumerate() {
        let Some(file) = &sound.file else { continue };
        let seconds = sound_faults(episode, sound, file, judge, &mut found);
        if at == 0 {
            heard = seconds;
        } else if let (Some(first), Some(second)) = (heard, seconds)
            && (first - second).abs() > 0.5
        {
            let message = message!(
                "is {second} s long, and the enclosure is {first} s long",
                second = format_args!("{second:.1}"),
                first = format_args!("{first:.1}")
            );
            found.push(Fault::new(Level::Error, file, None, message));
        }
    }
    if let (Some(written), Some(seconds)) = (episode.duration, heard)
        && (written - seconds).abs() > 1.0
    {
        let message = message!(
            "<itunes:duration> says {written} s, and the sound is {seconds} s long; build \
                 the episode again",
            written = format_args!("{written:.0}"),
            seconds = format_args!("{seconds:.1}")
        );
        found.push(Fault::new(Level::Error, &episode.page, Some(episode.line), message));
    }
    for transcript in &episode.transcripts {
        let name = transcript.file.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let expected = match name {
            "vtt" => "text/vtt",
            "srt" => "application/x-subrip",
            "json" => "application/json",
            "html" => "text/html",
            "txt" => "text/plain",
            _ => &transcript.mime,
        };
        if transcript.mime != expected {
            let message =
                message!("the type of a .{name} transcript must be {expected}", name, expected);
            found.push(Fault::new(Level::Error, &episode.page, Some(transcript.line), message));
            continue;
        }
        let cues = |text: &str| times::transcript(&transcript.mime, text);
        found.extend(timed(transcript, heard, &message!("the transcript"), cues));
    }
    if let Some(chapters) = &episode.chapters {
        if chapters.mime != chapters::MIME {
            let message =
                message!("the type of chapters must be {chapters}", chapters = chapters::MIME);
            found.push(Fault::new(Level::Error, &episode.page, Some(chapters.line), message));
        }
        found.extend(timed(chapters, heard, &message!("the list of chapters"), times::chapters));
    }
    found
}

/// Checks a sound; gives its length in seconds if it can be decoded.
fn sound_faults(
    episode: &ListedEpisode,
    sound: &ListedSound,
    file: &Path,
    judge: &Judge,
    found: &mut Vec<Fault>,
) -> Option<f64> {
    let mut report = |message: Message| {
        found.push(Fault::new(Level::Error, &episode.page, Some(sound.line), message));
    };
    match fs::metadata(file) {
        Ok(real) if sound.length.is_some_and(|length| length != real.len()) => report(message!(
            "`length` says {length} bytes, and {file} has {real}; build the feed again",
            length = sound.length.unwrap_or_default(),
            file = file.display(),
            real = real.len()
        )),
        _ => {}
    }
    let mimes = mimes_of(file);
    if !mimes.contains(&sound.mime.as_str()) {
        let is = mimes.first().map_or_else(
            || Message::from("no sound that players can play"),
            |is| Message::text(is),
        );
        let says = &sound.mime;
        report(message!("`type` says {says}, and {file} is {is}", says, file = file.display(), is));
    }
    if let Some(integrity) = &sound.integrity {
        let whole =
            Digest::of_file(file).is_ok_and(|(digest, _)| item::integrity(&digest) == *integrity);
        if !whole {
            report(message!(
                "{file} is not what <podcast:integrity> says; build the feed again",
                file = file.display()
            ));
        }
    }
    match judge.measure(file) {
        Ok((seconds, faults)) => {
            found.extend(
                faults.into_iter().map(|fault| Fault::new(Level::Error, file, None, fault)),
            );
            Some(seconds)
        }
        Err(error) => {
            found.push(Fault::new(
                Level::Error,
                file,
                None,
                message!("cannot be played: {error}", error),
            ));
            None
        }
    }
}

/// The media types of a sound, by its first bytes: what it is called by the standards, and what
/// Apple calls it.
fn mimes_of(file: &Path) -> &'static [&'static str] {
    let mut head = [0; 12];
    if File::open(file).and_then(|mut file| file.read_exact(&mut head)).is_err() {
        return &[];
    }
    match &head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E'] => &["audio/wav"],
        [b'f', b'L', b'a', b'C', ..] => &["audio/flac"],
        [b'O', b'g', b'g', b'S', ..] => &["audio/ogg", "audio/opus"],
        [b'I', b'D', b'3', ..] => &["audio/mpeg"],
        // Frame sync, version and layer 3 of MPEG audio (ISO/IEC 11172-3, 2.4.1.3).
        [0xff, second, ..] if second & 0xe6 == 0xe2 => &["audio/mpeg"],
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => &["audio/mp4", "audio/x-m4a"],
        _ => &[],
    }
}

/// Checks a text with times against the length of the sound.
fn timed(
    named: &ListedFile,
    heard: Option<f64>,
    what: &Message,
    cues: impl Fn(&str) -> Result<Vec<Interval>, Unreadable>,
) -> Vec<Fault> {
    let fault = |line, message| vec![Fault::new(Level::Error, &named.file, line, message)];
    let text = match bounded::read_text(&named.file, bounded::TIMES) {
        Ok(text) => text,
        Err(cause) => return fault(None, message!("{what} cannot be read: {cause}", what, cause)),
    };
    let cues = match cues(&text) {
        Ok(cues) => cues,
        Err((line, reason)) => return fault(line, message!("{what}: {reason}", what, reason)),
    };
    let mut found = Vec::new();
    let mut before = 0.0;
    for Interval { line, start, end } in cues {
        let message = if start < 0.0 || end < start || start + SLACK < before {
            message!(
                "{what} goes back in time at {start} s",
                what,
                start = format_args!("{start:.3}")
            )
        } else if heard.is_some_and(|seconds| end > seconds + SLACK) {
            let seconds = heard.unwrap_or_default();
            message!(
                "{what} goes on until {end} s, and the sound is {seconds} s long",
                what,
                end = format_args!("{end:.3}"),
                seconds = format_args!("{seconds:.3}")
            )
        } else {
            before = start;
            continue;
        };
        found.push(Fault::new(Level::Error, &named.file, line, message));
        break;
    }
    found
}
