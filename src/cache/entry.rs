//! The form in which an utterance is stored: what it is, its rate and length, its samples, and the
//! checksum of all of that.

use super::rice;
use crate::digest::Digest;

const MAGIC: &[u8; 8] = b"docbao\x01\n";

/// Magic, sample rate and number of samples.
const HEADER: usize = MAGIC.len() + 4 + 4;

const CHECKSUM: usize = 32;

pub(super) fn encode(sample_rate: u32, samples: &[i16]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(sample_rate.to_le_bytes());
    bytes.extend((samples.len() as u32).to_le_bytes());
    bytes.extend(rice::pack(samples));
    bytes.extend(Digest::of(&bytes).bytes());
    bytes
}

/// The samples; `None` if the bytes are not those of an entry at this rate.
pub(super) fn decode(bytes: &[u8], sample_rate: u32) -> Option<Vec<i16>> {
    let (content, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM)?)?;
    let (header, packed) = content.split_at_checked(HEADER)?;
    let number = |at: usize| Some(u32::from_le_bytes(header.get(at..at + 4)?.try_into().ok()?));
    let known = header.starts_with(MAGIC) && number(MAGIC.len())? == sample_rate;
    if !known || Digest::of(content).bytes() != checksum {
        return None;
    }
    rice::unpack(packed, number(MAGIC.len() + 4)? as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_whole_or_nothing() {
        let samples = [0, 5, -5, 32_767, -32_768, 9];
        let bytes = encode(24_000, &samples);
        assert_eq!(decode(&bytes, 24_000).as_deref(), Some(&samples[..]));
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
