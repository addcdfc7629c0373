//! `SpokenText`: the document as words to be said. What `normalize` gives and `segment` takes.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::block::BlockKind;
use crate::model::diag::{Span, Warning};
use crate::model::manner::Manner;
use crate::model::message::Message;

/// How sure the normalizer is of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess by a fallback rule: nothing known about the word.
    Unknown,
    /// Two readings are plausible and the context does not decide between them.
    Doubtful,
    /// The usual reading; another is conceivable.
    Likely,
    /// The only sensible reading.
    Sure,
}

impl Confidence {
    /// The name used in text forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Unknown => "unknown",
            Confidence::Doubtful => "doubtful",
            Confidence::Likely => "likely",
            Confidence::Sure => "sure",
        }
    }
}

impl FromStr for Confidence {
    type Err = Message;

    fn from_str(name: &str) -> Result<Confidence, Message> {
        use Confidence::{Doubtful, Likely, Sure, Unknown};
        [Unknown, Doubtful, Likely, Sure]
            .into_iter()
            .find(|confidence| confidence.name() == name)
            .ok_or_else(|| "give one of unknown, doubtful, likely and sure".into())
    }
}

/// A piece of the source and what is said for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The source text it is said for. Empty, at the place where it is said, if that is no text: that a
    /// picture's caption follows.
    pub source: Span,
    /// Where it is in [`SpokenText::text`]: one or more words separated by single spaces, in NFC,
    /// without digits. Empty where the class says nothing for the source.
    pub spoken: Range<usize>,
    /// Name of the semiotic class that made the reading.
    pub class: &'static str,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// Punctuation that shapes the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// A dash between clauses, or between a name and its title.
    Dash,
    /// `.`, `./.`
    Period,
    /// `?`
    Question,
    /// `!`
    Exclamation,
    /// `…`, `...`
    Ellipsis,
    /// An opening quotation mark.
    OpenQuote,
    /// A closing quotation mark.
    CloseQuote,
    /// An opening bracket.
    OpenBracket,
    /// A closing bracket.
    CloseBracket,
}

impl Mark {
    /// The character that shows it in text forms.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Mark::Comma => ",",
            Mark::Semicolon => ";",
            Mark::Colon => ":",
            Mark::Dash => "–",
            Mark::Period => ".",
            Mark::Question => "?",
            Mark::Exclamation => "!",
            Mark::Ellipsis => "…",
            Mark::OpenQuote => "“",
            Mark::CloseQuote => "”",
            Mark::OpenBracket => "(",
            Mark::CloseBracket => ")",
        }
    }

    /// Whether it is written against the word after it rather than the one before.
    #[must_use]
    pub fn opens(self) -> bool {
        matches!(self, Mark::OpenQuote | Mark::OpenBracket)
    }
}

/// A word or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Something said.
    Word(Word),
    /// Something heard as a pause or a melody.
    Mark(Mark, Span),
    /// Silence that the author asks for, at least so many milliseconds.
    Pause(u32, Span),
}

/// The tokens of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenBlock {
    /// What the block is.
    pub kind: BlockKind,
    /// Its tokens in source order.
    pub tokens: Vec<Token>,
}

/// A piece of the source that could be several things, and which was chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// The source text it is about.
    pub source: Span,
    /// Which of the candidates is said.
    pub chosen: usize,
    /// What it could be.
    pub candidates: Vec<Candidate>,
}

impl Decision {
    /// The candidates that are said in another way than the chosen one, the likeliest first.
    pub fn others(&self) -> impl Iterator<Item = &Candidate> {
        let said = |at: usize| self.candidates[at].said.as_str();
        let is_new = |&at: &usize| {
            said(at) != said(self.chosen) && !(0..at).any(|other| said(other) == said(at))
        };
        let mut others: Vec<_> =
            (0..self.candidates.len()).filter(is_new).map(|at| &self.candidates[at]).collect();
        others.sort_by(|one, other| other.probability.total_cmp(&one.probability));
        others.into_iter()
    }
}

/// One of the things that a piece of the source could be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The name of its kind.
    pub kind: &'static str,
    /// What would be said.
    pub said: String,
    /// How probable it is, 0 to 1; those of all candidates make 1.
    pub probability: f32,
    /// What speaks for and against it, where reasons were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// What speaks for a candidate, or against it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// The name of the feature: `before4:day`, a word of the set `day` among the four before it.
    pub name: String,
    /// How much it speaks for the candidate; below zero: against it.
    pub weight: f32,
}

/// A document as it is said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SpokenText {
    /// All that is said, one word after another: what [`Word::spoken`] indexes.
    pub text: String,
    /// The blocks that are read, in order.
    pub blocks: Vec<SpokenBlock>,
    /// How stretches of the source are to be spoken, in the order in which they begin.
    pub manners: Vec<Manner>,
    /// What could not be read with certainty, and what was left out.
    pub warnings: Vec<Warning>,
    /// The pieces that could be several things, in source order: those of which another reading is
    /// conceivable, or all if reasons were asked for.
    pub decisions: Vec<Decision>,
    /// The readings that are of a user's lexicon, in source order.
    pub of_lexicons: Vec<OfLexicon>,
}

/// A reading that is of a user's lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct OfLexicon {
    /// The text that it is for.
    pub source: Span,
    /// The name of the lexicon.
    pub lexicon: Arc<str>,
}

impl SpokenText {
    /// What is said for a word.
    #[must_use]
    pub fn said(&self, word: &Word) -> &str {
        &self.text[word.spoken.clone()]
    }

    /// The name of the lexicon that a word's reading is of, if it is of one.
    #[must_use]
    pub fn lexicon_of(&self, word: &Word) -> Option<&str> {
        let after = self.of_lexicons.partition_point(|it| it.source.start < word.source.start);
        let found = self.of_lexicons.get(after)?;
        (found.source == word.source).then_some(&*found.lexicon)
    }

    /// Every word in order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.blocks.iter().flat_map(|block| &block.tokens).filter_map(|token| match token {
            Token::Word(word) => Some(word),
            Token::Mark(..) | Token::Pause(..) => None,
        })
    }

    /// A block as one line of running text, marks as in print.
    #[must_use]
    pub fn line(&self, block: &SpokenBlock) -> String {
        let mut line = String::new();
        let mut glue = true;
        for token in &block.tokens {
            let (text, opens, closes) = match token {
                Token::Word(word) if word.spoken.is_empty() => continue,
                Token::Pause(..) => continue,
                Token::Word(word) => (self.said(word), false, false),
                Token::Mark(Mark::Dash, _) => (Mark::Dash.symbol(), false, false),
                Token::Mark(mark, _) => (mark.symbol(), mark.opens(), !mark.opens()),
            };
            if !glue && !closes {
                line.push(' ');
            }
            line.push_str(text);
            glue = opens;
        }
        line
    }
}

/// One line for each block, as [`SpokenText::line`] gives it.
impl fmt::Display for SpokenText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.blocks.iter().try_for_each(|block| writeln!(f, "{}", self.line(block)))
    }
}
