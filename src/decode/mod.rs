//! Reads audio files back: what was encoded is what is heard, so that is what is measured.

mod edits;
mod source;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use opus_pure::{MAX_PACKET_SAMPLES, OggOpusReader, OggPacket, OpusDecoder, Trim};
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Symphonia;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;

use self::source::Media;
pub use self::source::Source;
use crate::model::error::Error;
use crate::model::message::message;

/// The rate at which Opus is decoded, whatever that of its source (RFC 7845, 5.1).
const OPUS_RATE: u32 = 48_000;

/// An audio file being read as mono sound: WAV, FLAC, MP3, AAC in MP4, or Opus in Ogg, by what it holds
/// and not by its name. Memory is bounded by its packets.
pub struct Decoder {
    name: String,
    rate: u32,
    channels: usize,
    kind: Kind,
    heard: Option<Heard>,
    samples: Vec<f32>,
}

enum Kind {
    Opus { reader: Box<OggOpusReader<BufReader<Media>>>, decoder: Box<OpusDecoder>, trim: Trim },
    Other { reader: Box<dyn FormatReader>, decoder: Box<dyn AudioDecoder>, track: u32 },
}

/// What of an MP4 file is to be heard.
struct Heard {
    range: Range<u64>,
    /// Samples decoded before those at hand.
    decoded: u64,
}

impl Heard {
    /// Leaves of the next samples those that are to be heard.
    fn keep(&mut self, samples: &mut Vec<f32>) {
        let inside = |place: u64| place.saturating_sub(self.decoded).min(samples.len() as u64);
        let (start, end) = (inside(self.range.start), inside(self.range.end));
        self.decoded += samples.len() as u64;
        samples.truncate(end as usize);
        samples.drain(..start as usize);
    }
}

impl Decoder {
    /// Opens a file.
    ///
    /// # Errors
    /// As [`Decoder::new`].
    pub fn open(path: &Path) -> Result<Decoder, Error> {
        let file = File::open(path).map_err(|cause| Error::read(path, cause))?;
        Decoder::new(path.display().to_string(), file)
    }

    /// Decodes a source from its start on; `name` is what to call it in a message.
    ///
    /// # Errors
    /// As [`Decoder::mixed`]; `ErrorKind::Input` also if it is not mono.
    pub fn new(name: impl Into<String>, source: impl Source + 'static) -> Result<Decoder, Error> {
        let decoder = Decoder::mixed(name, source)?;
        if decoder.channels != 1 {
            let reason = message!(
                "it has {channels} channels; narrations have one",
                channels = decoder.channels
            );
            return Err(input(&decoder.name, reason));
        }
        Ok(decoder)
    }

    /// As [`Decoder::new`], for any number of channels, which are mixed evenly.
    ///
    /// # Errors
    /// `ErrorKind::Read` if it cannot be read, and `ErrorKind::Input` if it is not an audio file that
    /// can be decoded.
    pub fn mixed(name: impl Into<String>, source: impl Source + 'static) -> Result<Decoder, Error> {
        let name = name.into();
        let (media, heard, is_ogg) =
            probe(Box::new(source)).map_err(|cause| Error::read(&name, cause))?;
        let (rate, channels, kind) = guarded(&name, || {
            if is_ogg {
                opus(media).map_err(|error| input(&name, error))
            } else {
                other(media).map_err(|error| input(&name, error))
            }
        })?;
        if channels == 0 {
            return Err(input(&name, "it has no channel"));
        }
        Ok(Decoder { name, rate, channels, kind, heard, samples: Vec::new() })
    }

    /// Samples per second of what is decoded.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.rate
    }

    /// The next samples; `None` after the last.
    ///
    /// # Errors
    /// `ErrorKind::Input` if the file is damaged there, `ErrorKind::Read` if it cannot be read.
    pub fn read(&mut self) -> Result<Option<&[f32]>, Error> {
        let (name, samples) = (&self.name, &mut self.samples);
        let more = guarded(name, || match &mut self.kind {
            Kind::Opus { reader, decoder, trim } => next_opus(reader, decoder, trim, samples)
                .map_err(|error| match error {
                    opus_pure::Error::Io(cause) => Error::read(name, cause),
                    error => input(name, error),
                }),
            Kind::Other { reader, decoder, track } => {
                next_other(&mut **reader, &mut **decoder, *track, samples).map_err(|error| {
                    match error {
                        Symphonia::IoError(cause) => Error::read(name, cause),
                        error => input(name, error),
                    }
                })
            }
        })?;
        if self.channels > 1 {
            mix(&mut self.samples, self.channels);
        }
        if let Some(heard) = &mut self.heard {
            heard.keep(&mut self.samples);
        }
        Ok(more.then_some(self.samples.as_slice()))
    }
}

/// Puts the mean of the channels in place of them.
fn mix(samples: &mut Vec<f32>, channels: usize) {
    let frames = samples.len() / channels;
    for at in 0..frames {
        let frame = &samples[at * channels..(at + 1) * channels];
        samples[at] = frame.iter().sum::<f32>() / channels as f32;
    }
    samples.truncate(frames);
}

fn input(name: &str, reason: impl ToString) -> Error {
    Error::input(name, message!("cannot be played: {reason}", reason = reason.to_string()))
}

/// What a decoder gives. On some damaged files decoders panic; that is a fault of the file.
fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(input(name, "it is damaged")))
}

/// A source with what its first bytes say of it: what is to be heard, if it is an MP4 file that says
/// so, and whether it is an Ogg file.
fn probe(source: Box<dyn Source>) -> io::Result<(Media, Option<Heard>, bool)> {
    let mut media = Media::new(source)?;
    let mut magic = Vec::new();
    (&mut media).take(8).read_to_end(&mut magic)?;
    media.seek(SeekFrom::Start(0))?;
    let range = if magic.ends_with(b"ftyp") { edits::heard(&mut media)? } else { None };
    let heard = range.map(|range| Heard { range, decoded: 0 });
    Ok((media, heard, magic.starts_with(b"OggS")))
}

fn opus(media: Media) -> opus_pure::Result<(u32, usize, Kind)> {
    let reader = OggOpusReader::new(BufReader::new(media))?;
    let channels = usize::from(reader.head().channel_count);
    let decoder = Box::new(reader.head().decoder(OPUS_RATE as i32)?);
    let trim = Trim::new(reader.head(), OPUS_RATE as i32, channels)?;
    Ok((OPUS_RATE, channels, Kind::Opus { reader: Box::new(reader), decoder, trim }))
}

fn next_opus(
    reader: &mut OggOpusReader<BufReader<Media>>,
    decoder: &mut OpusDecoder,
    trim: &mut Trim,
    samples: &mut Vec<f32>,
) -> opus_pure::Result<bool> {
    let Some(packet): Option<OggPacket> = reader.read_packet()? else { return Ok(false) };
    samples.resize(MAX_PACKET_SAMPLES, 0.0);
    let decoded = decoder.decode(&packet.data, MAX_PACKET_SAMPLES, samples)?;
    let kept = trim.keep_range(&packet, decoded);
    samples.truncate(kept.end);
    samples.drain(..kept.start);
    Ok(true)
}

fn other(media: Media) -> Result<(u32, usize, Kind), Symphonia> {
    let stream = MediaSourceStream::new(Box::new(media), Default::default());
    let probe = symphonia::default::get_probe();
    let reader = probe.probe(&Hint::new(), stream, Default::default(), Default::default())?;
    let no_sound = Symphonia::Unsupported("there is no sound in it that docbao can decode");
    let track = reader.default_track(TrackType::Audio);
    let parameters = track.and_then(|track| track.codec_params.as_ref()?.audio());
    let (Some(track), Some(parameters)) = (track, parameters) else { return Err(no_sound) };
    let (Some(rate), Some(channels)) = (parameters.sample_rate, parameters.channels.as_ref())
    else {
        return Err(no_sound);
    };
    let (rate, channels, track) = (rate, channels.count(), track.id);
    let codecs = symphonia::default::get_codecs();
    let decoder = codecs.make_audio_decoder(parameters, &AudioDecoderOptions::default())?;
    Ok((rate, channels, Kind::Other { reader, decoder, track }))
}

fn next_other(
    reader: &mut dyn FormatReader,
    decoder: &mut dyn AudioDecoder,
    track: u32,
    samples: &mut Vec<f32>,
) -> Result<bool, Symphonia> {
    while let Some(packet) = reader.next_packet()? {
        if packet.track_id == track {
            decoder.decode(&packet)?.copy_to_vec_interleaved(samples);
            return Ok(true);
        }
    }
    Ok(false)
}
