//! `LexiconText`: a user's lexicon, as it comes with a request.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::digest::Digest;

/// The text of a user's lexicon, shared between the requests that use it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(into = "NamedText", from = "NamedText")]
pub struct LexiconText {
    name: Arc<str>,
    text: Arc<str>,
    digest: Digest,
}

/// A text with its name in messages.
#[derive(Serialize, Deserialize)]
struct NamedText {
    name: String,
    text: String,
}

impl LexiconText {
    /// A lexicon of this name, whose ending says its format, and this text.
    #[must_use]
    pub fn new(name: &str, text: &str) -> LexiconText {
        LexiconText { name: name.into(), text: text.into(), digest: Digest::of(text.as_bytes()) }
    }

    /// Its name in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The digest of its text.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

/// By name and digest of the text.
impl PartialEq for LexiconText {
    fn eq(&self, other: &LexiconText) -> bool {
        (&self.name, &self.digest) == (&other.name, &other.digest)
    }
}

impl From<LexiconText> for NamedText {
    fn from(lexicon: LexiconText) -> NamedText {
        NamedText { name: lexicon.name.as_ref().to_owned(), text: lexicon.text.as_ref().to_owned() }
    }
}

impl From<NamedText> for LexiconText {
    fn from(text: NamedText) -> LexiconText {
        LexiconText::new(&text.name, &text.text)
    }
}
