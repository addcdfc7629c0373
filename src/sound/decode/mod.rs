//! Reads audio files back: what was encoded is what is heard, so that is what is measured.

mod edits;

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use opus_pure::{MAX_PACKET_SAMPLES, OggOpusReader, OggPacket, OpusDecoder, Trim};
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Symphonia;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;

use crate::model::error::Error;

/// The rate at which Opus is decoded, whatever that of its source (RFC 7845, 5.1).
const OPUS_RATE: u32 = 48_000;

/// A mono audio file being read: WAV, FLAC, MP3, AAC in MP4, or Opus in Ogg, by what it holds and
/// not by its name. Memory is bounded by its packets.
pub struct Decoder {
    path: PathBuf,
    rate: u32,
    kind: Kind,
    heard: Option<Heard>,
    samples: Vec<f32>,
}

enum Kind {
    Opus { reader: Box<OggOpusReader<BufReader<File>>>, decoder: Box<OpusDecoder>, trim: Trim },
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
    /// [`Error::Read`] if it cannot be read, [`Error::Input`] if it is no such file or not mono.
    pub fn open(path: &Path) -> Result<Decoder, Error> {
        let failed = |cause| Error::read(path.to_owned(), cause);
        let mut file = File::open(path).map_err(failed)?;
        let mut magic = Vec::new();
        (&mut file).take(8).read_to_end(&mut magic).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let range =
            if magic.ends_with(b"ftyp") { edits::heard(&mut file).map_err(failed)? } else { None };
        let heard = range.map(|range| Heard { range, decoded: 0 });
        let (rate, channels, kind) = if magic.starts_with(b"OggS") {
            opus(file).map_err(|error| input(path, error))?
        } else {
            other(file).map_err(|error| input(path, error))?
        };
        if channels != 1 {
            return Err(input(path, format!("it has {channels} channels; narrations have one")));
        }
        Ok(Decoder { path: path.to_owned(), rate, kind, heard, samples: Vec::new() })
    }

    /// Samples a second of what is decoded.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.rate
    }

    /// The next samples; `None` after the last.
    ///
    /// # Errors
    /// [`Error::Input`] if the file is damaged there, [`Error::Read`] if it cannot be read.
    pub fn read(&mut self) -> Result<Option<&[f32]>, Error> {
        let more = match &mut self.kind {
            Kind::Opus { reader, decoder, trim } => {
                next_opus(reader, decoder, trim, &mut self.samples).map_err(|error| match error {
                    opus_pure::Error::Io(cause) => Error::read(self.path.clone(), cause),
                    error => input(&self.path, error),
                })
            }
            Kind::Other { reader, decoder, track } => {
                next_other(&mut **reader, &mut **decoder, *track, &mut self.samples).map_err(
                    |error| match error {
                        Symphonia::IoError(cause) => Error::read(self.path.clone(), cause),
                        error => input(&self.path, error),
                    },
                )
            }
        }?;
        if let Some(heard) = &mut self.heard {
            heard.keep(&mut self.samples);
        }
        Ok(more.then_some(self.samples.as_slice()))
    }
}

fn input(path: &Path, reason: impl ToString) -> Error {
    let reason = format!("cannot be played: {}", reason.to_string());
    Error::input(path.display().to_string(), reason)
}

fn opus(file: File) -> opus_pure::Result<(u32, usize, Kind)> {
    let reader = OggOpusReader::new(BufReader::new(file))?;
    let channels = usize::from(reader.head().channel_count);
    let decoder = Box::new(reader.head().decoder(OPUS_RATE as i32)?);
    let trim = Trim::new(reader.head(), OPUS_RATE as i32, channels)?;
    Ok((OPUS_RATE, channels, Kind::Opus { reader: Box::new(reader), decoder, trim }))
}

fn next_opus(
    reader: &mut OggOpusReader<BufReader<File>>,
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

fn other(file: File) -> Result<(u32, usize, Kind), Symphonia> {
    let stream = MediaSourceStream::new(Box::new(file), Default::default());
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
