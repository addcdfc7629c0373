//! Whether the files of a voice are what they should be.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::catalogue::{Expected, hexadecimal};
use super::voice_file::{LARGEST_CONFIG, VoiceFile};
use crate::files::bounded;
use crate::model::digest::Digest;
use crate::model::message::{Message, message};

/// What identifies the content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checksums {
    pub bytes: u64,
    pub sha256: Digest,
    pub md5: [u8; 16],
}

impl Checksums {
    pub(super) fn of(path: &Path) -> io::Result<Checksums> {
        let mut file = File::open(path)?;
        let (mut sha256, mut md5, mut bytes) = (Sha256::new(), md5::Context::new(), 0);
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                read => {
                    sha256.update(&buffer[..read]);
                    md5.consume(&buffer[..read]);
                    bytes += read as u64;
                }
            }
        }
        let sha256 = Digest::from_bytes(sha256.finalize().into());
        Ok(Checksums { bytes, sha256, md5: md5.finalize().0 })
    }

    /// In what they differ from what is expected.
    pub(super) fn differ(&self, expected: &Expected) -> Option<Message> {
        if let Some(bytes) = expected.bytes.filter(|bytes| *bytes != self.bytes) {
            return Some(message!(
                "it has {has} bytes instead of {bytes}",
                has = self.bytes,
                bytes
            ));
        }
        if let Some(sha256) = expected.sha256.filter(|sha256| *sha256 != self.sha256) {
            return Some(message!(
                "its SHA-256 is {is} instead of {was}",
                is = self.sha256.to_string(),
                was = sha256.to_string()
            ));
        }
        if let Some(md5) = expected.md5.filter(|md5| *md5 != self.md5) {
            let (is, was) = (hexadecimal(&self.md5), hexadecimal(&md5));
            return Some(message!("its MD5 is {is} instead of {was}", is, was));
        }
        None
    }
}

/// Checks a file of a voice. The error goes on from the file's name.
pub(super) fn file(
    path: &Path,
    kind: VoiceFile,
    expected: Option<&Expected>,
) -> Result<Checksums, Message> {
    match kind {
        VoiceFile::Model => model(path)?,
        VoiceFile::Config => config(path).map(|_| ())?,
    }
    let sums = Checksums::of(path)
        .map_err(|error| message!("cannot be read back: {error}", error = error.to_string()))?;
    match expected.and_then(|expected| sums.differ(expected)) {
        Some(reason) => Err(message!("is not the file that is known: {reason}", reason)),
        None => Ok(sums),
    }
}

/// Whether a file has the shape of an ONNX model, to its last byte: a protocol buffer of the message
/// `ModelProto` (onnx/onnx.proto3), whose graph is field 7. What is in the graph is for the engine to
/// judge.
fn model(path: &Path) -> Result<(), Message> {
    const GRAPH: u64 = 7;
    let wrong = |_| "is no ONNX model, or not a whole one".to_owned();
    let file = File::open(path)
        .map_err(|error| message!("cannot be read back: {error}", error = error.to_string()))?;
    let length = file.metadata().map_err(wrong)?.len();
    let mut file = BufReader::new(file);
    let mut has_graph = false;
    let mut at = 0;
    while at < length {
        let (field, end) = field(&mut file).map_err(wrong)?;
        has_graph |= field == GRAPH;
        if end > length || end <= at {
            return Err(wrong(io::Error::from(io::ErrorKind::UnexpectedEof)).into());
        }
        at = end;
    }
    if has_graph { Ok(()) } else { Err("is no ONNX model".into()) }
}

/// The number of the field that begins here, and the place where it ends. Field numbers and wire types
/// as in protobuf.dev, "Encoding".
fn field(file: &mut BufReader<File>) -> io::Result<(u64, u64)> {
    /// The highest field of `ModelProto`, with room for some to come.
    const HIGHEST: u64 = 100;
    let invalid = || io::Error::from(io::ErrorKind::InvalidData);
    let tag = varint(file)?;
    let skip = match tag & 7 {
        0 => {
            varint(file)?;
            0
        }
        1 => 8,
        2 => i64::try_from(varint(file)?).map_err(|_| invalid())?,
        5 => 4,
        _ => return Err(invalid()),
    };
    if !(1..=HIGHEST).contains(&(tag >> 3)) {
        return Err(invalid());
    }
    file.seek_relative(skip)?;
    Ok((tag >> 3, file.stream_position()?))
}

/// A number of up to 64 bits, seven in each byte, the lowest first.
fn varint(file: &mut BufReader<File>) -> io::Result<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let mut byte = [0];
        file.read_exact(&mut byte)?;
        value |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] < 0x80 {
            return Ok(value);
        }
    }
    Err(io::Error::from(io::ErrorKind::InvalidData))
}

/// What a configuration says of its voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Traits {
    /// Samples per second.
    pub sample_rate: u32,
    /// Its level of quality, by Piper's names.
    pub quality: Option<String>,
    /// The language, such as `vi_VN`, or else the voice of espeak-ng that it was trained with.
    pub language: Option<String>,
    /// How many it can speak as.
    pub speakers: u32,
}

/// The parts of Piper's configuration that are needed here.
#[derive(Deserialize)]
struct Config {
    audio: Audio,
    #[serde(default)]
    language: Coded,
    #[serde(default)]
    espeak: Spoken,
    num_speakers: Option<u32>,
    #[serde(rename = "phoneme_id_map")]
    _phoneme_id_map: Map<String, Value>,
}

#[derive(Deserialize)]
struct Audio {
    sample_rate: u32,
    quality: Option<String>,
}

#[derive(Default, Deserialize)]
struct Coded {
    code: Option<String>,
}

#[derive(Default, Deserialize)]
struct Spoken {
    voice: Option<String>,
}

/// What a configuration says. The error goes on from the file's name.
pub(super) fn config(path: &Path) -> Result<Traits, Message> {
    let length = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "is missing".into(),
        _ => message!("cannot be read: {error}", error = error.to_string()),
    })?;
    if length.len() > LARGEST_CONFIG {
        return Err("is too large for a configuration".into());
    }
    let bytes = bounded::read(path, LARGEST_CONFIG);
    let bytes =
        bytes.map_err(|error| message!("cannot be read: {error}", error = error.to_string()))?;
    let config: Config = serde_json::from_slice(&bytes).map_err(|error| {
        message!("is no configuration of a Piper voice: {error}", error = error.to_string())
    })?;
    Ok(Traits {
        sample_rate: config.audio.sample_rate,
        quality: config.audio.quality,
        language: config.language.code.or(config.espeak.voice),
        speakers: config.num_speakers.unwrap_or(1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether these bytes have the shape of a model.
    fn is_model(bytes: &[u8]) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, bytes).unwrap();
        model(&path).is_ok()
    }

    #[test]
    fn a_model_is_a_whole_message_with_a_graph() {
        // ir_version 8, producer "me", a graph of 3 bytes, opset_import of 2.
        let whole = b"\x08\x08\x12\x02me\x3a\x03abc\x42\x02\x10\x0d";
        assert!(is_model(whole));
        assert!(is_model(b"\x3a\x00"));
        for end in [0, 1, 2, 4, 6, 8, 10, 12, 13] {
            assert!(!is_model(&whole[..end]), "{end}");
        }
        let mut long = whole.to_vec();
        long.push(0);
        assert!(!is_model(&long), "a byte too many");
        for other in [
            &b"<!doctype html>"[..],
            b"version https://git-lfs.github.com/spec/v1\noid sha256:",
            b"{}",
            b"\x08\x08",
            b"\x3a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            b"\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
            &[0xff; 40],
            &[0; 40],
        ] {
            assert!(!is_model(other), "{other:?}");
        }
    }

    #[test]
    fn a_configuration_says_rate_and_phonemes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let read = |text: &str| {
            fs::write(&path, text).unwrap();
            config(&path)
        };
        let least = r#"{"audio": {"sample_rate": 22050}, "phoneme_id_map": {"_": [0]}}"#;
        let traits = Traits { sample_rate: 22050, quality: None, language: None, speakers: 1 };
        assert_eq!(read(least), Ok(traits));
        let more = r#"{"audio": {"sample_rate": 16000, "quality": "x_low"}, "num_speakers": 65,
            "espeak": {"voice": "vi"}, "phoneme_id_map": {}, "other": 1}"#;
        let more = read(more).unwrap();
        assert_eq!((more.speakers, more.language.as_deref()), (65, Some("vi")));
        for (text, reason) in [
            ("{}", "missing field `audio`"),
            (r#"{"audio": {}, "phoneme_id_map": {}}"#, "missing field `sample_rate`"),
            (r#"{"audio": {"sample_rate": -1}, "phoneme_id_map": {}}"#, "invalid value"),
            (r#"{"audio": {"sample_rate": 1}}"#, "missing field `phoneme_id_map`"),
            ("<html>", "expected value"),
            ("", "EOF"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.to_string().contains(reason), "{text}: {error}");
        }
        assert_eq!(config(&folder.path().join("b")).unwrap_err(), "is missing");
    }
}
