//! Vorbis comments, which FLAC and Opus files carry.

use flac_codec::metadata::{Picture, PictureType, VorbisComment};

use crate::model::error::Error;
use crate::model::message::message;
use crate::model::tags::{Chapter, Cover, Tags};

/// Fields in the order of the file: the names that Xiph proposes
/// (xiph.org/vorbis/doc/v-comment.html) and the chapter extension
/// (wiki.xiph.org/Chapter_Extension), which numbers chapters from 001.
pub(super) fn fields(tags: &Tags, chapters: &[Chapter]) -> Vec<(String, String)> {
    let track = tags.track.map(|track| track.to_string());
    let known = [
        ("TITLE", &tags.title),
        ("ARTIST", &tags.author),
        ("ALBUM", &tags.album),
        ("DATE", &tags.date),
        ("TRACKNUMBER", &track),
        ("LANGUAGE", &tags.language),
        ("URL", &tags.source_url),
        ("COMMENT", &tags.comment),
    ];
    let known = known
        .into_iter()
        .filter_map(|(name, value)| value.as_ref().map(|value| (name.to_owned(), value.clone())));
    let chapters = chapters.iter().enumerate().flat_map(|(at, chapter)| {
        let name = format!("CHAPTER{:03}", at + 1);
        [(format!("{name}NAME"), chapter.title.clone()), (name, clock(chapter.start_ms))]
    });
    known.chain(chapters).collect()
}

/// The same as FLAC takes it.
pub(super) fn comment(tags: &Tags, chapters: &[Chapter]) -> VorbisComment {
    let fields = fields(tags, chapters);
    VorbisComment {
        vendor_string: VENDOR.to_owned(),
        fields: fields.into_iter().map(|(name, value)| format!("{name}={value}")).collect(),
    }
}

/// Who wrote the file.
pub(super) const VENDOR: &str = concat!("docbao ", env!("CARGO_PKG_VERSION"));

/// The cover as FLAC has it (RFC 9639, 8.8).
///
/// # Errors
/// `ErrorKind::Request` if it is not a picture whose size can be read.
pub(super) fn picture(cover: &Cover) -> Result<Picture, Error> {
    Picture::new(PictureType::FrontCover, "", cover.bytes.clone()).map_err(|error| {
        Error::request(message!("the cover cannot be used: {error}", error = error.to_string()))
    })
}

/// The cover as the comment `METADATA_BLOCK_PICTURE` has it: a FLAC picture in base 64.
///
/// # Errors
/// As [`picture`].
pub(super) fn picture_field(cover: &Cover) -> Result<String, Error> {
    let picture = picture(cover)?;
    let mut block = Vec::with_capacity(picture.data.len() + 64);
    let number = |block: &mut Vec<u8>, n: u32| block.extend_from_slice(&n.to_be_bytes());
    number(&mut block, 3);
    number(&mut block, picture.media_type.len() as u32);
    block.extend_from_slice(picture.media_type.as_bytes());
    number(&mut block, 0);
    number(&mut block, picture.width);
    number(&mut block, picture.height);
    number(&mut block, picture.color_depth);
    number(&mut block, picture.colors_used.map_or(0, std::num::NonZero::get));
    number(&mut block, picture.data.len() as u32);
    block.extend_from_slice(&picture.data);
    Ok(base64(&block))
}

/// Base 64 of RFC 4648, padded.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize % 64];
            text.push(if at <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// `HH:MM:SS.mmm`.
fn clock(ms: f64) -> String {
    let ms = ms.max(0.0).round() as u64;
    let (s, ms) = (ms / 1000, ms % 1000);
    format!("{:02}:{:02}:{:02}.{ms:03}", s / 3600, s / 60 % 60, s % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, 10.
        let cases =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")];
        for (bytes, text) in cases {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xbf]), "+/+/");
    }

    #[test]
    fn chapters_start_at_clock_times() {
        assert_eq!(clock(0.0), "00:00:00.000");
        assert_eq!(clock(36_000_000.0 + 61_001.6), "10:01:01.002");
    }
}
