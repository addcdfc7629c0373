//! The sound that a server sends, whatever its format.

use std::io::Cursor;

use super::address::SAMPLE_RATES;
use crate::decode::Decoder;
use crate::files::Reply;
use crate::model::message::{Message, message};

/// Samples per second of bare samples whose rate is not said, as OpenAI sends them.
const BARE_RATE: u32 = 24_000;

/// No utterance is longer, in seconds.
const LONGEST: u64 = 600;

/// A sound of which no sample is further from zero is silence: -60 dB.
const SILENCE: f32 = 0.001;

/// The length in the head of a WAV file from which on it stands for one that is not known: programs
/// write 0xFFFFFFFF, 0x7FFFFFFF, and what is left of those after a head.
const UNKNOWN: usize = 0x7FFF_0000;

/// What was spoken.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sound {
    /// Mono; full scale is ±1, and none is beyond.
    pub samples: Vec<f32>,
    pub sample_rate: u32,
}

/// Why an answer is no sound.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoSound {
    pub reason: Message,
    /// Whether it is something else and not a sound that went wrong: then the next is no better.
    pub is_other: bool,
}

impl From<Message> for NoSound {
    fn from(reason: Message) -> NoSound {
        NoSound { reason, is_other: false }
    }
}

/// The sound in an answer. `bare` says that bare samples were asked for: 16 bits, the lower byte first.
///
/// # Errors
/// If it has none that can be used.
pub(super) fn decoded(reply: Reply, bare: bool) -> Result<Sound, NoSound> {
    let (kind, parameters) = match reply.content_type.split_once(';') {
        Some((kind, parameters)) => (kind, parameters),
        None => (&*reply.content_type, ""),
    };
    let kind = kind.trim().to_ascii_lowercase();
    let other = ["text/", "application/json", "application/problem", "application/xml", "image/"];
    if other.iter().any(|other| kind.starts_with(other)) {
        return Err(NoSound {
            reason: message!("it sends {kind}, not sound", kind),
            is_other: true,
        });
    }
    if reply.body.is_empty() {
        return Err(Message::from("its answer is empty").into());
    }
    let is_bare = bare || ["audio/pcm", "audio/l16", "audio/x-pcm"].contains(&&*kind);
    let sound = match is_bare && !has_head(&reply.body) {
        true => samples(&reply.body, parameters),
        false => file(reply.body),
    }?;
    let peak = sound.samples.iter().fold(0.0f32, |most, sample| most.max(sample.abs()));
    if peak < SILENCE {
        return Err(Message::from("it sends nothing but silence").into());
    }
    Ok(match peak > 1.0 {
        true => Sound { samples: sound.samples.iter().map(|s| s / peak).collect(), ..sound },
        false => sound,
    })
}

/// Whether bytes begin as files of sound do that say what they are.
fn has_head(bytes: &[u8]) -> bool {
    [&b"RIFF"[..], b"fLaC", b"OggS", b"ID3"].iter().any(|head| bytes.starts_with(head))
}

/// Bare samples; the parameters of their type may say the rate and the channels.
fn samples(bytes: &[u8], parameters: &str) -> Result<Sound, Message> {
    let number = |name: &str| {
        let mut named = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
        let found = named.find(|(key, _)| key.trim().eq_ignore_ascii_case(name));
        found.and_then(|(_, value)| value.trim().parse::<u32>().ok())
    };
    let sample_rate = number("rate").unwrap_or(BARE_RATE);
    let channels = number("channels").unwrap_or(1).clamp(1, 16) as usize;
    check(sample_rate, bytes.len() / 2 / channels)?;
    let frame = |frame: &[u8]| {
        let sample = |two: &[u8]| f32::from(i16::from_le_bytes([two[0], two[1]])) / 32768.0;
        frame.chunks_exact(2).map(sample).sum::<f32>() / channels as f32
    };
    Ok(Sound { samples: bytes.chunks_exact(2 * channels).map(frame).collect(), sample_rate })
}

/// A file of sound.
fn file(mut bytes: Vec<u8>) -> Result<Sound, Message> {
    if bytes.starts_with(b"RIFF") {
        complete(&mut bytes)?;
    }
    let reason = |error: crate::model::error::Error| error.message().clone();
    let mut decoder = Decoder::mixed("the sound", Cursor::new(bytes)).map_err(reason)?;
    let sample_rate = decoder.sample_rate();
    let mut samples = Vec::new();
    check(sample_rate, 0)?;
    while let Some(more) = decoder.read().map_err(reason)? {
        samples.extend(more.iter().map(|sample| if sample.is_finite() { *sample } else { 0.0 }));
        check(sample_rate, samples.len())?;
    }
    Ok(Sound { samples, sample_rate })
}

fn check(sample_rate: u32, samples: usize) -> Result<(), Message> {
    if !SAMPLE_RATES.contains(&sample_rate) {
        return Err(message!("its sound has {sample_rate} samples per second", sample_rate));
    }
    if samples as u64 / u64::from(sample_rate) >= LONGEST {
        return Err(message!("its sound is longer than {longest} seconds", longest = LONGEST));
    }
    Ok(())
}

/// Puts the length into the head of a WAV file that was sent before it was known.
///
/// # Errors
/// If less came than the head says, or there is no sound in it.
fn complete(bytes: &mut [u8]) -> Result<(), Message> {
    let word = |bytes: &[u8], at: usize| {
        let word = bytes.get(at..at + 4).and_then(|word| word.try_into().ok());
        word.map_or(0, |word| u32::from_le_bytes(word) as usize)
    };
    let (end, mut at, mut frame) = (bytes.len(), 12, 1);
    while at + 8 <= end {
        let (length, rest) = (word(bytes, at + 4), end - at - 8);
        match &bytes[at..at + 4] {
            b"fmt " => frame = (word(bytes, at + 20) & 0xFFFF).max(1),
            b"data" if length > rest && length < UNKNOWN => {
                return Err(message!(
                    "its sound ends early: {rest} of {length} bytes came",
                    rest,
                    length
                ));
            }
            b"data" if length > rest || length == 0 => {
                let length = (rest - rest % frame) as u32;
                bytes[at + 4..at + 8].copy_from_slice(&length.to_le_bytes());
                bytes[4..8].copy_from_slice(&(end as u32 - 8).to_le_bytes());
                return Ok(());
            }
            b"data" => return Ok(()),
            _ => {}
        }
        at += 8 + length + length % 2;
    }
    Err("there is no sound in the file that it sends".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(length: Option<u32>, samples: &[i16]) -> Vec<u8> {
        let data: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let length = length.unwrap_or(data.len() as u32);
        let mut bytes = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        bytes.extend(16_000u32.to_le_bytes());
        bytes.extend(32_000u32.to_le_bytes());
        bytes.extend(b"\x02\0\x10\0data");
        bytes.extend(length.to_le_bytes());
        [bytes, data].concat()
    }

    fn reply(content_type: &str, body: Vec<u8>) -> Reply {
        let content_type = content_type.to_owned();
        Reply { status: 200, content_type, location: None, retry_after: None, body }
    }

    #[test]
    fn lengths_that_were_not_known_are_those_of_what_came() {
        let samples: Vec<i16> = (0..1000).map(|at| at * 30).collect();
        let sound = |length| decoded(reply("audio/wav", wav(length, &samples)), false);
        let whole = sound(None).unwrap();
        assert_eq!((whole.samples.len(), whole.sample_rate), (1000, 16_000));
        for unknown in [0, u32::MAX, 0x7FFF_FFFF, u32::MAX - 36] {
            assert_eq!(sound(Some(unknown)), Ok(whole.clone()), "{unknown:x}");
        }
        let early = sound(Some(3000)).unwrap_err();
        assert!(early.reason.to_string().contains("2000 of 3000 bytes"), "{early:?}");
        assert_eq!(sound(Some(1000)).unwrap().samples.len(), 500);
    }

    #[test]
    fn bare_samples_are_what_their_type_says() {
        let bytes: Vec<u8> =
            [8192i16, 16_384, 0, -8192].iter().flat_map(|s| s.to_le_bytes()).collect();
        let sound = |kind: &str, bare| decoded(reply(kind, bytes.clone()), bare);
        let mono = sound("application/octet-stream", true).unwrap();
        assert_eq!((&mono.samples[..], mono.sample_rate), (&[0.25, 0.5, 0.0, -0.25][..], 24_000));
        let stereo = sound("audio/L16; rate=16000; channels=2", false).unwrap();
        assert_eq!((&stereo.samples[..], stereo.sample_rate), (&[0.375, -0.125][..], 16_000));
        // One that sends a file all the same.
        let file = decoded(reply("audio/pcm", wav(None, &[9000; 100])), true).unwrap();
        assert_eq!(file.sample_rate, 16_000);
    }

    #[test]
    fn what_is_beyond_full_scale_is_made_softer() {
        let spec = hound::WavSpec {
            channels: 2,
            sample_rate: 48_000,
            bits_per_sample: 32,
            sample_format: hound::SampleFormat::Float,
        };
        let mut file = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
        for sample in [4.0f32, 0.0, -1.0, -1.0, f32::NAN, 0.5] {
            writer.write_sample(sample).unwrap();
        }
        writer.finalize().unwrap();
        let sound = decoded(reply("audio/wav", file.into_inner()), false).unwrap();
        assert_eq!((&sound.samples[..], sound.sample_rate), (&[1.0, -0.5, 0.0][..], 48_000));
    }

    #[test]
    fn what_is_no_sound_says_so() {
        for (kind, body, reason) in [
            ("text/html", b"<html>".to_vec(), "text/html, not sound"),
            ("application/json", b"{}".to_vec(), "application/json, not sound"),
            ("audio/wav", Vec::new(), "empty"),
            ("audio/wav", wav(None, &[5; 100]), "nothing but silence"),
            ("audio/wav", b"RIFF\0\0\0\0WAVE".to_vec(), "no sound in the file"),
            ("audio/mpeg", vec![7; 5000], "cannot be played"),
            ("audio/pcm;rate=4000000", vec![7; 100], "4000000 samples per second"),
            ("audio/pcm;rate=8000", vec![7; 2 * 8000 * 601], "longer than 600 seconds"),
        ] {
            let error = decoded(reply(kind, body), false).unwrap_err();
            assert!(error.reason.to_string().contains(reason), "{kind}: {error:?}");
        }
    }
}
