//! The form in which a take is stored: its key, what it is, when its words are heard, its sound as a FLAC
//! stream (RFC 9639), and the checksum of all of that.

use std::io::Cursor;
use std::ops::Range;

use flac_codec::decode::{FlacSampleReader, Metadata};
use flac_codec::encode::{FlacSampleWriter, Options};

use crate::model::digest::Digest;
use crate::model::take::Take;

const MAGIC: &[u8; 8] = b"docbao\x04\n";

/// The length of a digest: of the key, and of the checksum.
const DIGEST: usize = 32;

/// Where the numbers of samples and words are.
const COUNTS: usize = MAGIC.len() + DIGEST;

/// Magic, key, number of samples and number of words.
const HEADER: usize = COUNTS + 4 + 4;

/// Where a word begins and ends.
const WORD: usize = 8 + 8;

/// The bytes of a take under its key; `None` where it is longer than the form allows.
pub(super) fn encode(key: &Digest, take: &Take) -> Option<Vec<u8>> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(key.bytes());
    bytes.extend(u32::try_from(take.samples.len()).ok()?.to_le_bytes());
    bytes.extend(u32::try_from(take.words.len()).ok()?.to_le_bytes());
    for word in &take.words {
        bytes.extend(word.start.to_le_bytes());
        bytes.extend(word.end.to_le_bytes());
    }
    bytes.extend(flac(take)?);
    bytes.extend(Digest::of(&bytes).bytes());
    Some(bytes)
}

fn flac(take: &Take) -> Option<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let options = Options::fast().no_padding().no_seektable();
    let count = take.samples.len() as u64;
    // A stream of no samples has no frames.
    let mut flac =
        FlacSampleWriter::new(&mut bytes, options, take.sample_rate, 16, 1, Some(count.max(1)))
            .ok()?;
    let samples: Vec<i32> = take.samples.iter().copied().map(i32::from).collect();
    flac.write(if samples.is_empty() { &[0] } else { &samples }).ok()?;
    flac.finalize().ok()?;
    Some(bytes.into_inner())
}

/// The take that is stored; `None` if the bytes are not those of the entry with this key, at this rate.
pub(super) fn decode(bytes: &[u8], key: &Digest, sample_rate: u32) -> Option<Take> {
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(DIGEST)?)?;
    let (header, rest) = content.split_at_checked(HEADER)?;
    let is_own = header.starts_with(MAGIC) && header[MAGIC.len()..COUNTS] == key.bytes()[..];
    if !is_own || Digest::of(content).bytes() != checksum {
        return None;
    }
    let number = |at: usize| {
        let at = COUNTS + 4 * at;
        Some(u32::from_le_bytes(header.get(at..at + 4)?.try_into().ok()?) as usize)
    };
    let (words, flac) = rest.split_at_checked(number(1)?.checked_mul(WORD)?)?;
    let place = |bytes: &[u8]| Some(u64::from_le_bytes(bytes.try_into().ok()?));
    let word = |word: &[u8]| -> Option<Range<u64>> {
        Some(place(&word[..WORD / 2])?..place(&word[WORD / 2..])?)
    };
    let words = words.chunks_exact(WORD).map(word).collect::<Option<_>>()?;
    let mut reader = FlacSampleReader::new(flac).ok()?;
    if reader.sample_rate() != sample_rate {
        return None;
    }
    let count = number(0)?;
    let mut samples = Vec::new();
    reader.read_to_end(&mut samples).ok()?;
    samples.truncate(count);
    let samples: Vec<i16> =
        samples.into_iter().map(i16::try_from).collect::<Result<_, _>>().ok()?;
    (samples.len() == count).then_some(Take::new(sample_rate, samples, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_whole_or_nothing() {
        let samples = vec![0, 5, -5, 32_767, -32_768, 9];
        let take = Take::new(24_000, samples, vec![0..2, 2..6, 6..6]);
        let key = Digest::of(b"key");
        let bytes = encode(&key, &take).unwrap();
        assert_eq!(decode(&bytes, &key, 24_000), Some(take));
        assert_eq!(decode(&bytes, &key, 22_050), None);
        assert_eq!(decode(&bytes, &Digest::of(b"another"), 24_000), None);
        for length in 0..bytes.len() {
            assert_eq!(decode(&bytes[..length], &key, 24_000), None, "cut at {length}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            assert_eq!(decode(&changed, &key, 24_000), None, "changed at {at}");
        }
    }

    #[test]
    fn silence_of_no_length_is_stored_too() {
        let take = Take::new(24_000, Vec::new(), Vec::new());
        let key = Digest::of(b"key");
        assert_eq!(decode(&encode(&key, &take).unwrap(), &key, 24_000), Some(take));
    }
}
