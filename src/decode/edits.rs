//! Which part of what is decoded from an MP4 file is to be heard.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use super::source::Media;

/// The largest `moov` that is looked through; that of a day of sound has 15 MB.
const LARGEST: u64 = 64 << 20;

/// The samples to be heard by the first edit of the first track (ISO/IEC 14496-12, 8.6.6): encoders
/// put a delay before them, and fill the last packet after them. `None` if the file has no edits;
/// the position is left at the start.
pub(super) fn heard(file: &mut Media) -> io::Result<Option<Range<u64>>> {
    let moov = moov(file);
    file.seek(SeekFrom::Start(0))?;
    Ok(moov?.and_then(|moov| edit(&moov)))
}

fn moov(file: &mut Media) -> io::Result<Option<Vec<u8>>> {
    let end = file.length();
    let mut place = 0;
    while place + 8 <= end {
        file.seek(SeekFrom::Start(place))?;
        let mut head = [0; 16];
        let mut read = 8;
        file.read_exact(&mut head[..8])?;
        let mut length = u64::from(number(&head[..4]));
        if length == 1 && place + 16 <= end {
            read = 16;
            file.read_exact(&mut head[8..])?;
            length = u64::from(number(&head[8..12])) << 32 | u64::from(number(&head[12..]));
        }
        if length < read {
            break;
        }
        if &head[4..8] == b"moov" {
            let mut moov = Vec::new();
            file.take((length - read).min(LARGEST)).read_to_end(&mut moov)?;
            return Ok(Some(moov));
        }
        place = place.saturating_add(length);
    }
    Ok(None)
}

fn edit(moov: &[u8]) -> Option<Range<u64>> {
    let movie = inside(moov, b"mvhd")?;
    let track = inside(moov, b"trak")?;
    let media = inside(inside(track, b"mdia")?, b"mdhd")?;
    let list = inside(inside(track, b"edts")?, b"elst")?;
    // Version 0, with times of 32 bits, is what all short files have.
    if [movie, media, list].iter().any(|content| content.first() != Some(&0)) {
        return None;
    }
    let word = |content: &[u8], at: usize| content.get(4 * at..4 * at + 4).map(number);
    let (movie_scale, media_scale) = (word(movie, 3)?, word(media, 3)?);
    let (duration, start) = (u64::from(word(list, 2)?), u64::from(word(list, 3)?));
    let length = (duration * u64::from(media_scale)).checked_div(u64::from(movie_scale))?;
    Some(start..start + length)
}

/// The content of the first box of a name.
fn inside<'a>(mut content: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    while content.len() >= 8 {
        let length = number(&content[..4]) as usize;
        let this = content.get(8..length)?;
        if &content[4..8] == name {
            return Some(this);
        }
        content = &content[length..];
    }
    None
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
