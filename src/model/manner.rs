//! `Manner`: how a stretch of a text is to be spoken, as its author or its markup asks; and `Delivery`:
//! what of that an utterance is spoken with.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::model::diag::Span;
use crate::model::roles::roles;

/// How a stretch of the text is to be spoken. Stretches may lie inside one another; the inner one
/// counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manner {
    /// The stretch.
    pub span: Span,
    /// How.
    pub kind: MannerKind,
}

/// How a stretch can be spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MannerKind {
    /// By whoever a request names for this part, such as `question` or the name of a speaker, in lower
    /// case.
    Part(String),
    /// By whoever a request names for this article of several, by its number from 1, where nothing nearer
    /// names anybody.
    Item(u32),
    /// In this language: the primary subtag of BCP 47, such as `en`.
    Language(String),
    /// At this speed, in percent of the narrator's own, 50 to 200.
    Rate(u16),
    /// Higher by so many hundredths of a semitone, -1200 to 1200, if a voice can do that.
    Pitch(i16),
    /// Louder by so many tenths of a decibel, -960 to 120.
    Volume(i16),
    /// Stressed, if a voice can do that.
    Emphasis,
    /// Within this time, if subtitles are to be heard when they are shown.
    Cue(Cue),
}

/// The time in which a subtitle is shown, in milliseconds from the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// When it appears.
    pub start_ms: u32,
    /// When it is gone, never before it appears.
    pub end_ms: u32,
}

/// How an utterance is spoken, where that is not simply the narrator's way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delivery {
    /// What it is part of, the innermost first, in lower case: a language, a speaker, `question`, the
    /// kind of its block, which article of several. The first that a request has a voice for says who speaks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Cow<'static, str>>,
    /// Speed as a factor of the voice's own and of what the request asks for, 0.5 to 4.
    pub rate: f32,
    /// How much higher than elsewhere, in semitones, -12 to 12, if the voice can do that.
    #[serde(skip_serializing_if = "is_zero")]
    pub pitch: f32,
    /// How much louder than elsewhere, in decibels, -96 to 12.
    #[serde(skip_serializing_if = "is_zero")]
    pub gain: f32,
    /// The time in which it is to be heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue>,
    /// Whether a block of the text ends with it, which is heard in its melody if the voice can do that.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ends_block: bool,
    /// Whether its sentence goes on in the next utterance, so that its end is none.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
}

impl Default for Delivery {
    fn default() -> Delivery {
        Delivery {
            parts: Vec::new(),
            rate: 1.0,
            pitch: 0.0,
            gain: 0.0,
            cue: None,
            ends_block: false,
            goes_on: false,
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks
fn is_zero(value: &f32) -> bool {
    *value == 0.0
}

impl Manner {
    /// The manner of a part of this name.
    #[must_use]
    pub fn part(span: Span, name: &str) -> Manner {
        let name = roles(name).into_iter().next().unwrap_or_default();
        Manner { span, kind: MannerKind::Part(name) }
    }

    /// The manner of a language, given by a tag such as `en-US`; `None` if it is no tag.
    #[must_use]
    pub fn language(span: Span, tag: &str) -> Option<Manner> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let is_tag =
            matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_lowercase());
        is_tag.then_some(Manner { span, kind: MannerKind::Language(primary) })
    }
}

/// Puts manners in the order in which they begin, the outer before the inner.
pub fn sort(manners: &mut [Manner]) {
    manners.sort_by_key(|manner| (manner.span.start, Reverse(manner.span.end)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_named_by_their_primary_subtag() {
        let language = |tag: &str| Manner::language(Span::new(0, 1), tag).map(|manner| manner.kind);
        assert_eq!(language("en-US"), Some(MannerKind::Language("en".to_owned())));
        assert_eq!(language("FR"), Some(MannerKind::Language("fr".to_owned())));
        assert_eq!(language(""), None);
        assert_eq!(language("english"), None);
    }
}
