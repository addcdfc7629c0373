//! What files of captions say besides the text of the article.

use crate::model::take::Times;

/// What listeners are to know: no person speaks.
pub(super) const SYNTHETIC: &str = "Giọng đọc do máy tổng hợp (synthetic voice), docbao";

/// What a file of captions says of the narration it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct CaptionInfo {
    /// The title of the article.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The show or the collection it belongs to.
    pub album: Option<String>,
    /// Who speaks, for transcripts: the name of the voice, or of the show.
    pub speaker: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// How the times of words are known.
    pub times: Times,
    /// The length of the sound in seconds, if it is known.
    pub seconds: Option<f64>,
}

impl Default for CaptionInfo {
    /// Nothing but the language, Vietnamese.
    fn default() -> CaptionInfo {
        CaptionInfo {
            title: None,
            author: None,
            album: None,
            speaker: None,
            language: "vi".to_owned(),
            times: Times::Exact,
            seconds: None,
        }
    }
}
