//! Tags and chapters: what an audio file says about itself besides its sound.

use serde::{Deserialize, Serialize};

use crate::model::error::Error;

/// What a file says about itself. Whatever is `None` is left out of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tags {
    /// Title of the article or episode.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The show, the paper or the book it belongs to.
    pub album: Option<String>,
    /// When it was published: an ISO 8601 date or date and time, such as `2024-05-31`.
    pub date: Option<String>,
    /// Its language as a BCP 47 tag: `vi`.
    pub language: Option<String>,
    /// Where the article is on the web.
    pub source_url: Option<String>,
    /// A remark for listeners. It is the place to say that the voice is synthetic.
    pub comment: Option<String>,
    /// Its number in the album, from 1.
    pub track: Option<u32>,
    /// The picture that players show.
    pub cover: Option<Cover>,
}

impl Tags {
    /// The language as its three letters of ISO 639-2, which ID3 and MP4 need: those of Vietnamese
    /// and English are known, three letters stay as they are, and others are left out.
    #[must_use]
    pub fn language_639_2(&self) -> Option<String> {
        let tag = self.language.as_deref()?.to_ascii_lowercase();
        match tag.split('-').next()? {
            "vi" => Some("vie".to_owned()),
            "en" => Some("eng".to_owned()),
            code if code.len() == 3 && code.bytes().all(|b| b.is_ascii_lowercase()) => {
                Some(code.to_owned())
            }
            _ => None,
        }
    }
}

/// A picture as it is in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Its media type: `image/jpeg` or `image/png`.
    pub mime: String,
    /// The bytes of the picture file.
    pub bytes: Vec<u8>,
}

impl Cover {
    /// A cover from the bytes of a picture file; `name` is its name in messages.
    ///
    /// # Errors
    /// Of kind `Input` if it is neither JPEG nor PNG, the only two that all players show.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Cover, Error> {
        let mime = match bytes.as_slice() {
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
            _ => {
                let reason = "is not a picture in JPEG or PNG; players show no others as a cover";
                return Err(Error::input(name.to_owned(), reason.to_owned()));
            }
        };
        Ok(Cover { mime: mime.to_owned(), bytes })
    }
}

/// A part of a narration that players can jump to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chapter {
    /// What players show.
    pub title: String,
    /// Start, in milliseconds from the start of the sound.
    pub start_ms: f64,
    /// End, in milliseconds from the start of the sound.
    pub end_ms: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_three_letters() {
        let cases = [
            ("vi", Some("vie")),
            ("vi-VN", Some("vie")),
            ("EN", Some("eng")),
            ("hmn", Some("hmn")),
        ];
        for (tag, code) in cases.into_iter().chain([("", None), ("xx", None), ("12a", None)]) {
            let tags = Tags { language: Some(tag.to_owned()), ..Tags::default() };
            assert_eq!(tags.language_639_2().as_deref(), code, "{tag}");
        }
    }

    #[test]
    fn a_cover_is_jpeg_or_png() {
        assert_eq!(Cover::new("a", vec![0xff, 0xd8, 0xff, 0xe0]).unwrap().mime, "image/jpeg");
        assert_eq!(Cover::new("a", b"\x89PNG\r\n\x1a\n".to_vec()).unwrap().mime, "image/png");
        let error = Cover::new("bìa.gif", b"GIF89a".to_vec()).unwrap_err().to_string();
        assert!(error.contains("bìa.gif") && error.contains("PNG"), "{error}");
    }
}
