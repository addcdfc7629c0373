//! ID3v2.4 tags, which MP3 files carry.

use id3::frame::{Chapter as Chap, Comment, Picture, PictureType, TableOfContents};
use id3::{Content, Encoder, Frame, Tag, TagLike, Version};

use crate::model::error::Error;
use crate::model::message::message;
use crate::model::tags::{Chapter, Tags};

/// The value of an offset that is not given (id3v2-chapters-1.0, 3.1).
const NO_OFFSET: u32 = u32::MAX;

/// The bytes of a tag (id3.org: id3v2.4.0-frames, id3v2-chapters-1.0). Empty if there is nothing to
/// say.
///
/// # Errors
/// `ErrorKind::Request` if it would be larger than a tag can be (256 MB, in practice a picture).
pub(super) fn tag(tags: &Tags, chapters: &[Chapter]) -> Result<Vec<u8>, Error> {
    let mut tag = Tag::new();
    let track = tags.track.map(|track| track.to_string());
    // A time of day without its zone would be wrong, and ID3 knows no zones: the day will do.
    let day = tags.date.as_ref().map(|date| date.chars().take(10).collect());
    let language = tags.language_639_2();
    let texts = [
        ("TIT2", &tags.title),
        ("TPE1", &tags.author),
        ("TALB", &tags.album),
        ("TDRC", &day),
        ("TRCK", &track),
        ("TLAN", &language),
    ];
    for (id, text) in texts {
        if let Some(text) = text {
            tag.set_text(id, text.as_str());
        }
    }
    if let Some(url) = &tags.source_url {
        tag.add_frame(Frame::link("WOAS", url.as_str()));
    }
    if let Some(comment) = &tags.comment {
        tag.add_frame(Comment {
            lang: language.clone().unwrap_or_else(|| "und".to_owned()),
            description: String::new(),
            text: comment.clone(),
        });
    }
    if let Some(cover) = &tags.cover {
        tag.add_frame(Picture {
            mime_type: cover.mime.clone(),
            picture_type: PictureType::CoverFront,
            description: String::new(),
            data: cover.bytes.clone(),
        });
    }
    let name = |at: usize| format!("chapter{}", at + 1);
    if !chapters.is_empty() {
        tag.add_frame(TableOfContents {
            element_id: "contents".to_owned(),
            top_level: true,
            ordered: true,
            elements: (0..chapters.len()).map(name).collect(),
            frames: Vec::new(),
        });
    }
    for (at, chapter) in chapters.iter().enumerate() {
        tag.add_frame(Chap {
            element_id: name(at),
            start_time: chapter.start_ms.round() as u32,
            end_time: chapter.end_ms.round() as u32,
            start_offset: NO_OFFSET,
            end_offset: NO_OFFSET,
            frames: vec![Frame::with_content("TIT2", Content::Text(chapter.title.clone()))],
        });
    }
    let mut bytes = Vec::new();
    if tag.frames().next().is_some() {
        Encoder::new().version(Version::Id3v24).encode(&tag, &mut bytes).map_err(|error| {
            Error::request(message!(
                "the tags cannot be written: {error}",
                error = error.to_string()
            ))
        })?;
    }
    Ok(bytes)
}
