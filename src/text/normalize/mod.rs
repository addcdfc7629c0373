//! Turns text as written into text as said: numbers, dates, abbreviations and signs become words,
//! each with its source, the semiotic class that read it and how sure it is.
//!
//! The text is cut into lexemes once, then the classes of `classes::CLASSES` are asked in their
//! order who can read what comes next. A class sees the lexemes around it and says words; it
//! never looks at what another class is made of.

mod abbreviation;
mod announcement;
mod broken;
mod capitals;
mod check;
mod chemistry;
mod classes;
mod code;
mod compounds;
mod date;
mod definitions;
mod directions;
mod document_number;
mod emoticon;
mod formula;
mod fraction;
mod initials;
mod law_reference;
mod lex;
mod list_index;
mod misspelled;
mod money;
mod number;
mod numeral;
mod pair;
mod passage;
mod phone;
mod profiles;
mod punctuation;
mod quantity;
mod range;
mod rating;
mod reader;
mod roman;
mod script;
mod sense;
mod symbol;
mod tables;
mod teencode;
mod ticker;
mod time;
mod topic;
mod unit;
mod unmarked;
mod user_lexicon;
mod verbalization;
mod web;
mod weigh;
mod word;

use crate::model::article::Article;
use crate::model::reading_options::Options;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::script::Finding;
use crate::model::spoken::{Confidence, SpokenBlock, SpokenText};
use crate::text::lexicon::Lexicon;
use crate::text::passages;
use definitions::Definitions;
use lex::Lexed;
use passage::Passages;
use reader::{Forced, Reader};

/// Reads documents by the rules, the user's choices and the user's own readings.
#[derive(Debug, Default)]
pub struct Normalizer {
    options: Options,
    lexicon: Lexicon,
    /// Languages that are said as they are written.
    languages: Vec<String>,
}

impl Normalizer {
    /// A normalizer with these choices and readings.
    #[must_use]
    pub fn new(options: Options, lexicon: Lexicon) -> Normalizer {
        Normalizer { options, lexicon, languages: Vec::new() }
    }

    /// The same, with passages in these languages as they are written, for voices that speak them.
    #[must_use]
    pub fn with_languages(self, languages: Vec<String>) -> Normalizer {
        Normalizer { languages, ..self }
    }

    /// The document as it is said: the blocks that are to be read, every word with its source span.
    ///
    /// Abbreviations that the document explains are read by its own explanation, wherever they
    /// occur. What is doubtful is reported in [`SpokenText::warnings`].
    #[must_use]
    pub fn normalize(&self, document: &Article, parts: &ReadingPolicy) -> SpokenText {
        self.weighed(document, parts, None)
    }

    /// [`Normalizer::normalize`], keeping in [`SpokenText::decisions`] every piece that could be several
    /// things, and what speaks for and against each of them.
    #[must_use]
    pub fn explain(&self, document: &Article, parts: &ReadingPolicy) -> SpokenText {
        self.weighed(document, parts, Some(&Forced::new()))
    }

    /// The document as it is said; with the reasons of every decision if some may be forced.
    fn weighed(
        &self,
        document: &Article,
        parts: &ReadingPolicy,
        forced: Option<&Forced>,
    ) -> SpokenText {
        let options = topic::settle(self.options, document);
        let mut definitions = Definitions::of(document);
        definitions.senses = sense::of_article(document, parts, options, &definitions);
        let manners = passages::find(document, parts);
        let mut passages = Passages::new(&manners, &self.languages, self.options.passages);
        let mut spoken = SpokenText::default();
        spoken.text.reserve(document.text.len() * 5 / 4);
        for block in document.read(parts) {
            let (kind, text) = (block.kind, document.text_of(block));
            let announced = announcement::before(kind, text, block.span.start, &mut spoken);
            let lexed = Lexed::new(&document.text, block.span);
            let mut reader = Reader::new(lexed, options, &self.lexicon, &definitions, &mut spoken)
                .explaining(forced);
            let mut directions = directions::inside(document, block.span);
            let mut at = 0;
            while at < reader.lexed.len() {
                at = directions
                    .follow(&mut reader, at)
                    .or_else(|| passages.read(&mut reader, at))
                    .unwrap_or_else(|| classes::read_one(&mut reader, at));
            }
            directions.finish(&mut reader);
            let tokens = announced.into_iter().flatten().chain(reader.into_tokens()).collect();
            spoken.blocks.push(SpokenBlock { kind, tokens });
        }
        spoken.manners = manners;
        unmarked::report(document, &mut spoken);
        spoken
    }

    /// The readings of what [`Normalizer::normalize`] gave for a document that are no surer than
    /// `level`, in the order of the text, with what else they could be. What was warned of counts as
    /// doubtful.
    #[must_use]
    pub fn findings(
        &self,
        document: &Article,
        spoken: &SpokenText,
        level: Confidence,
    ) -> Vec<Finding> {
        check::findings(document, spoken, self.options.style, level)
    }
}

/// The document as it is said by the rules alone: [`Normalizer::normalize`] with the defaults.
#[must_use]
pub fn normalize(document: &Article) -> SpokenText {
    Normalizer::default().normalize(document, &ReadingPolicy::default())
}
