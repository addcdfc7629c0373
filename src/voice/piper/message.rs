//! What a program and the process that runs a model for it say to each other: messages, each as JSON
//! and the samples that belong to it.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::assemble::Sound;
use super::ids::Call;
use super::model::{ModelInfo, ModelSettings};
use crate::model::message::Message;

/// What is asked. The number is that of the answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// Open the model; the first request, and sent once.
    Open(u64, ModelSettings),
    /// Speak these calls of an utterance of so many words.
    Speak(u64, Vec<Call>, usize),
}

/// An answer: the number of its request, and what is given or why nothing is. The samples of a sound
/// follow it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reply(pub u64, pub Result<Answer, Message>);

/// What is given.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    Opened(ModelInfo),
    Spoken(Sound),
}

/// More bytes than any message has.
const MOST_BYTES: u32 = 1 << 30;

/// Writes a message with its samples.
pub(super) fn write(
    out: &mut impl Write,
    message: &impl Serialize,
    samples: &[f32],
) -> io::Result<()> {
    let json = serde_json::to_vec(message)?;
    let samples: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    for part in [&json, &samples] {
        let length = u32::try_from(part.len()).map_err(io::Error::other)?;
        out.write_all(&length.to_le_bytes())?;
    }
    out.write_all(&json)?;
    out.write_all(&samples)?;
    out.flush()
}

/// The next message and its samples.
///
/// # Errors
/// Of kind `UnexpectedEof` where there is none; otherwise if it is damaged.
pub(super) fn read<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<(T, Vec<f32>)> {
    let [json, samples] = [length(input)?, length(input)?];
    let json = serde_json::from_slice(&bytes(input, json)?)?;
    let samples = bytes(input, samples)?;
    let sample = |bytes: &[u8]| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    Ok((json, samples.chunks_exact(4).map(sample).collect()))
}

fn length(input: &mut impl Read) -> io::Result<u32> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > MOST_BYTES { Err(io::ErrorKind::InvalidData.into()) } else { Ok(length) }
}

fn bytes(input: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    // What is announced need not come.
    let mut bytes = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut bytes)?;
    let is_whole = bytes.len() as u64 == u64::from(length);
    if is_whole { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_as_they_were_sent() {
        let mut sent = Vec::new();
        let samples = [0.1, -1.0, f32::MIN_POSITIVE];
        write(&mut sent, &"một", &samples).unwrap();
        write(&mut sent, &"hai", &[]).unwrap();
        let input = &mut &sent[..];
        assert_eq!(read::<String>(input).unwrap(), ("một".to_owned(), samples.to_vec()));
        assert_eq!(read::<String>(input).unwrap(), ("hai".to_owned(), Vec::new()));
        assert_eq!(read::<String>(input).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        for length in 0..sent.len() {
            let input = &mut &sent[..length];
            assert!(read::<String>(input).and_then(|_| read::<String>(input)).is_err(), "{length}");
        }
    }
}
