//! Reads sound files of any kind into mono sound.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use hound::{SampleFormat, WavReader};

use crate::decode::Decoder;
use crate::model::audio::Audio;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};

/// The most samples taken of a file: 23 minutes at 48 kHz, 46 at 24 kHz. It bounds the memory.
const MOST_SAMPLES: u64 = 1 << 26;
/// The shortest stretch that is looked at, in seconds.
const SHORTEST: f64 = 0.02;

/// Which part of a recording is looked at, in seconds from its start.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stretch {
    /// Its start; at least 0.
    pub from: f64,
    /// Its end; that of the recording if none is given or it comes first.
    pub to: Option<f64>,
}

/// A part of a sound file, as mono sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// The sound, its channels mixed.
    pub audio: Audio,
    /// Where it starts in the file, in seconds.
    pub start: f64,
}

impl Recording {
    /// Reads a stretch of a file: WAV (integer samples of 8 to 32 bits or floats of 32), FLAC, MP3, AAC in MP4
    /// or Opus, any sample rate, any number of channels, mixed evenly.
    ///
    /// # Errors
    /// `ErrorKind::Read` if the file cannot be read; `ErrorKind::Input` if it is no such file, of a kind
    /// that is not read, cut off, or the stretch lies beyond its end or is too short or too long.
    pub fn open(path: &Path, stretch: Stretch) -> Result<Recording, Error> {
        let mut magic = Vec::new();
        let failed = |cause| Error::read(path, cause);
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            let reason = "is a folder, and this command takes sound files";
            return Err(Error::input(path.display().to_string(), reason));
        }
        (&file).take(4).read_to_end(&mut magic).map_err(failed)?;
        if magic == b"RIFF" {
            Recording::wav(path, stretch)
        } else {
            Recording::decoded(path, stretch)
        }
    }

    /// Of a file that is decoded from its start on.
    fn decoded(path: &Path, stretch: Stretch) -> Result<Recording, Error> {
        let file = File::open(path).map_err(|cause| Error::read(path, cause))?;
        let mut decoder = Decoder::mixed(path.display().to_string(), file)?;
        let rate = f64::from(decoder.sample_rate());
        let frame = |seconds: f64| (seconds * rate).round().max(0.0) as u64;
        let (first, end) = (frame(stretch.from), stretch.to.map_or(u64::MAX, frame));
        let (mut samples, mut at) = (Vec::new(), 0u64);
        while at < end
            && let Some(more) = decoder.read()?
        {
            let inside = |place: u64| place.saturating_sub(at).min(more.len() as u64) as usize;
            samples.extend_from_slice(&more[inside(first)..inside(end).max(inside(first))]);
            at += more.len() as u64;
            if samples.len() as u64 > MOST_SAMPLES {
                return Err(too_long(path, stretch, rate, None));
            }
        }
        if (samples.len() as f64) < SHORTEST * rate {
            return Err(too_short(path, at as f64 / rate));
        }
        let audio = Audio { sample_rate: decoder.sample_rate(), samples };
        Ok(Recording { audio, start: first as f64 / rate })
    }

    /// Of a WAV file.
    fn wav(path: &Path, stretch: Stretch) -> Result<Recording, Error> {
        let failed = |cause| Error::read(path, cause);
        let wrong = |reason: Message| Error::input(path.display().to_string(), reason);
        let cannot = |error: hound::Error| match error {
            // What the system did not say is the decoder's: it found too few bytes.
            hound::Error::IoError(cause) if cause.raw_os_error().is_none() => {
                wrong("is cut off before its end".into())
            }
            hound::Error::IoError(cause) => failed(cause),
            hound::Error::FormatError(what) => wrong(message!(
                "is not a WAV file ({what}); convert it to WAV first",
                what = Message::from(what)
            )),
            other => wrong(message!(
                "cannot be taken: {other}; convert it to 16-bit WAV",
                other = other.to_string()
            )),
        };
        let file = File::open(path).map_err(failed)?;
        let mut reader = WavReader::new(BufReader::new(file)).map_err(cannot)?;
        let spec = reader.spec();
        if spec.sample_rate == 0 || spec.channels == 0 {
            return Err(wrong("says that its sample rate or its number of channels is 0".into()));
        }
        let rate = f64::from(spec.sample_rate);
        let whole = reader.duration();
        let frame = |seconds: f64| (seconds * rate).round().clamp(0.0, f64::from(whole)) as u32;
        let (first, end) = (frame(stretch.from), stretch.to.map_or(whole, frame));
        let count = end.saturating_sub(first);
        if f64::from(count) < SHORTEST * rate {
            return Err(too_short(path, f64::from(whole) / rate));
        }
        if u64::from(count) > MOST_SAMPLES {
            return Err(too_long(path, stretch, rate, Some(f64::from(count) / rate)));
        }
        reader.seek(first).map_err(failed)?;
        let count = count as usize;
        let samples = match spec.sample_format {
            SampleFormat::Float => mixed(reader.samples::<f32>(), count, spec.channels),
            SampleFormat::Int => {
                let full = (1i64 << (spec.bits_per_sample.clamp(1, 32) - 1)) as f32;
                let samples = reader.samples::<i32>().map(|s| s.map(|s| s as f32 / full));
                mixed(samples, count, spec.channels)
            }
        };
        let samples = samples.map_err(cannot)?;
        if samples.iter().any(|sample| !sample.is_finite()) {
            return Err(wrong("has samples that are no numbers".into()));
        }
        let audio = Audio { sample_rate: spec.sample_rate, samples };
        Ok(Recording { audio, start: f64::from(first) / rate })
    }
}

/// The error for a stretch that holds next to nothing, of a file of so many seconds.
fn too_short(path: &Path, seconds: f64) -> Error {
    let reason = message!(
        "has {seconds} s of sound, of which less than {shortest} s was asked for",
        seconds = format_args!("{seconds:.2}"),
        shortest = SHORTEST
    );
    Error::input(path.display().to_string(), reason)
}

/// The error for a stretch that memory is not to hold, of so many seconds if that is known.
fn too_long(path: &Path, stretch: Stretch, rate: f64, seconds: Option<f64>) -> Error {
    let most = (MOST_SAMPLES as f64 / rate / 60.0).floor();
    let end = stretch.from + 60.0 * most;
    let most = format!("{most:.0}");
    let reason = match seconds {
        None => {
            message!("has too much sound, and up to {most} minutes can be looked at once", most)
        }
        Some(seconds) => message!(
            "has {minutes} minutes of sound, and up to {most} minutes can be looked at once",
            minutes = format_args!("{:.0}", seconds / 60.0),
            most
        ),
    };
    let purpose = message!("to look at {most} minutes", most);
    let hint = Hint::set("to", format!("{end:.0}"), &purpose);
    Error::input(path.display().to_string(), reason).with_hint(hint)
}

/// The mean of the channels of `count` frames.
fn mixed(
    mut samples: impl Iterator<Item = hound::Result<f32>>,
    count: usize,
    channels: u16,
) -> hound::Result<Vec<f32>> {
    let mut mono = Vec::with_capacity(count);
    for _ in 0..count {
        let mut sum = 0.0;
        for _ in 0..channels {
            sum += samples.next().unwrap_or_else(|| {
                Err(hound::Error::IoError(std::io::ErrorKind::UnexpectedEof.into()))
            })?;
        }
        mono.push(sum / f32::from(channels));
    }
    Ok(mono)
}
