//! What judges files: the check of a feed's folder, and the decoder of sound.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use docbao::decode::Decoder;
use docbao::podcast;
use docbao::sound::inspect::{Recording, Stretch};
use docbao::voice::TONE;
use docbao::{Cover, Request, VoiceSettings};

use crate::archives;
use crate::campaign::{Attempt, Target};
use crate::loaders;

/// The most bytes of a file of sound.
const LARGEST: usize = 1 << 17;

pub(crate) fn targets() -> Vec<Target> {
    let decoder = |name, made| Target { name, largest: LARGEST, seeds: &[], made, open: decodes };
    vec![
        decoder("wav", |work| vec![sound(work, "wav")]),
        decoder("flac", |work| vec![sound(work, "flac")]),
        decoder("mp3", |work| vec![sound(work, "mp3")]),
        decoder("m4a", |work| vec![sound(work, "m4a"), sound(work, "m4b")]),
        decoder("opus", |work| vec![sound(work, "opus")]),
        Target { open: recording, ..decoder("recording", |work| vec![sound(work, "wav")]) },
        Target { name: "podcast_check", largest: 1 << 15, seeds: &[], made: feeds, open: checks },
    ]
}

/// The head of a picture file: as much as is looked at.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &size, &[8, 2, 0, 0, 0]].concat();
    [&head[..], b"\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82"].concat()
}

/// A short file of sound with a picture, in a format.
fn sound(work: &Path, format: &str) -> Vec<u8> {
    let path = work.join("sound").with_extension(format);
    let mut request = Request::text("Mưa.").output(&path).unwrap();
    request.voice = VoiceSettings { rate: 3.0, ..VoiceSettings::of(TONE) };
    request.tags.cover = Some(Cover::new("cover.png", png(1400, 1400)).unwrap());
    request.tags.title = Some("Tin".to_owned());
    request.perform().unwrap();
    fs::read(path).unwrap()
}

/// Decodes all of a file of sound.
fn decodes(_: &Path) -> Attempt {
    Box::new(|bytes| {
        let mut decoder = match Decoder::new("sound", Cursor::new(bytes.to_vec())) {
            Ok(decoder) => decoder,
            Err(error) => return error.to_string(),
        };
        loop {
            match decoder.read() {
                Ok(Some(_)) => {}
                Ok(None) => return "whole".to_owned(),
                Err(error) => return error.to_string(),
            }
        }
    })
}

/// Reads a recording to be looked at.
fn recording(work: &Path) -> Attempt {
    let file = work.join("a.wav");
    Box::new(move |bytes| {
        fs::write(&file, bytes).unwrap();
        match Recording::open(&file, Stretch::default()) {
            Ok(_) => "whole".to_owned(),
            Err(error) => error.to_string(),
        }
    })
}

/// The files of a feed's folder that the check reads as text.
const FILES: [&str; 5] = [
    "feed.xml",
    "episodes/a.vtt",
    "episodes/a.srt",
    "episodes/a.transcript.json",
    "../.docbao/public/feed.json",
];

/// The files of a whole feed, each as a text for [`archives::files`].
fn feeds(work: &Path) -> Vec<Vec<u8>> {
    let folder = work.join("feed");
    let of = |name: &str| {
        let bytes = fs::read(folder.join("public").join(name)).unwrap();
        [name.as_bytes(), b"\n", &bytes].concat()
    };
    FILES.iter().map(|name| of(name)).collect()
}

/// Checks a feed's folder with some of its files changed.
fn checks(work: &Path) -> Attempt {
    let folder = work.join("feed");
    loaders::whole(&folder);
    let output = folder.join("public");
    let whole: Vec<_> = FILES.map(|name| (name, fs::read(output.join(name)).unwrap())).into();
    Box::new(move |bytes| {
        let changed = archives::files(bytes);
        for (name, own) in &whole {
            let changed = changed.iter().find(|(path, _)| path == name);
            fs::write(output.join(name), changed.map_or(&own[..], |(_, bytes)| bytes)).unwrap();
        }
        match podcast::check(&output, None) {
            Ok(report) => {
                let said: Vec<_> =
                    report.faults.iter().map(|fault| fault.message.to_string()).collect();
                said.join(" ")
            }
            Err(error) => error.to_string(),
        }
    })
}
