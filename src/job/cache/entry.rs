//! The form in which an utterance is stored: what it is, its rate and length, when its words are
//! heard, its samples, and the checksum of all of that.

use super::rice;
use crate::model::digest::Digest;
use crate::model::take::Take;

const MAGIC: &[u8; 8] = b"docbao\x02\n";

/// Magic, sample rate, number of samples and number of words.
const HEADER: usize = MAGIC.len() + 4 + 4 + 4;

/// Where a word begins and ends.
const WORD: usize = 8 + 8;

const CHECKSUM: usize = 32;

pub(super) fn encode(take: &Take) -> Vec<u8> {
    let Take { sample_rate, samples, words } = take;
    let mut bytes = MAGIC.to_vec();
    bytes.extend(sample_rate.to_le_bytes());
    bytes.extend((samples.len() as u32).to_le_bytes());
    bytes.extend((words.len() as u32).to_le_bytes());
    for word in words {
        bytes.extend(word.start.to_le_bytes());
        bytes.extend(word.end.to_le_bytes());
    }
    bytes.extend(rice::pack(samples));
    bytes.extend(Digest::of(&bytes).bytes());
    bytes
}

/// What is stored; `None` if the bytes are not those of an entry at this rate.
pub(super) fn decode(bytes: &[u8], sample_rate: u32) -> Option<Take> {
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    let (header, rest) = content.split_at_checked(HEADER)?;
    let number = |at: usize| {
        let at = MAGIC.len() + 4 * at;
        Some(u32::from_le_bytes(header.get(at..at + 4)?.try_into().ok()?))
    };
    let known = header.starts_with(MAGIC) && number(0)? == sample_rate;
    if !known || Digest::of(content).bytes() != checksum {
        return None;
    }
    let (words, packed) = rest.split_at_checked((number(2)? as usize).checked_mul(WORD)?)?;
    let place = |bytes: &[u8]| Some(u64::from_le_bytes(bytes.try_into().ok()?));
    let word = |word: &[u8]| Some(place(&word[..WORD / 2])?..place(&word[WORD / 2..])?);
    let words = words.chunks_exact(WORD).map(word).collect::<Option<_>>()?;
    Some(Take { sample_rate, samples: rice::unpack(packed, number(1)? as usize)?, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_whole_or_nothing() {
        let samples = vec![0, 5, -5, 32_767, -32_768, 9];
        let take = Take { sample_rate: 24_000, samples, words: vec![0..2, 2..6, 6..6] };
        let bytes = encode(&take);
        assert_eq!(decode(&bytes, 24_000), Some(take));
        assert_eq!(decode(&bytes, 22_050), None);
        for length in 0..bytes.len() {
            assert_eq!(decode(&bytes[..length], 24_000), None, "cut at {length}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            assert_eq!(decode(&changed, 24_000), None, "changed at {at}");
        }
    }
}
