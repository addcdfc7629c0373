//! `Script`: what is to be said of an article, and what a person should know about it first.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::block::BlockKind;
use crate::model::diag::Span;
use crate::model::message::Message;
use crate::model::metadata::Metadata;
use crate::model::spoken::Confidence;
use crate::model::utterance::Utterance;

/// What is to be said of an article. All spans index into the article's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Script {
    /// The version of this form, [`Script::VERSION`].
    pub version: u32,
    /// What the article says about itself.
    pub metadata: Metadata,
    /// What is said, in order.
    pub utterances: Vec<Utterance>,
    /// What may be read wrong, in the order of the text.
    pub findings: Vec<Finding>,
    /// What is not read, and why.
    pub not_read: Vec<Skipped>,
    /// What was done to the text that a person should know, as sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Message>,
    /// Characters of the text that is read, white space at the edges of blocks left out.
    pub characters: usize,
}

impl Script {
    /// The version of this form.
    pub const VERSION: u32 = 1;
}

/// What a person should know of an article before it is spoken: a [`Script`] without what is said, which
/// may be long.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Review {
    /// How many utterances it has.
    pub utterances: usize,
    /// What may be read wrong, in the order of the text.
    pub findings: Vec<Finding>,
    /// What is not read, and why.
    pub not_read: Vec<Skipped>,
    /// What was done to the text that a person should know, as sentences.
    pub notes: Vec<Message>,
    /// Characters of the text that is read, white space at the edges of blocks left out.
    pub characters: usize,
}

/// A reading that may be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The part of a joined article that it is in; the line counts from its start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The line of the source where it begins, from 1; of a word processor's document the paragraph.
    pub line: usize,
    /// The column, in characters from 1; `None` where a reader made the line from markup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The text it is about.
    pub span: Span,
    /// That text, on one line.
    pub source: String,
    /// What is said; for a foreign word the Vietnamese syllables. Empty where nothing is said.
    pub said: String,
    /// The semiotic class that made the reading.
    pub class: Cow<'static, str>,
    /// How sure it is.
    pub confidence: Confidence,
    /// What is doubtful.
    pub message: Message,
    /// What it could be instead, the likeliest first.
    pub alternatives: Vec<String>,
}

/// A part of the article that is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The part of a joined article that it is in; the line counts from its start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The line of the source where it begins, from 1; of a word processor's document the paragraph.
    pub line: usize,
    /// What it is.
    pub kind: BlockKind,
    /// Why it was taken for that.
    pub reason: Cow<'static, str>,
    /// Its text on one line.
    pub text: String,
}
