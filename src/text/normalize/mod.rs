//! Turns text as written into text as said: numbers, dates, abbreviations and signs become words,
//! each with its source, the semiotic class that read it and how sure it is.
//!
//! The text is cut into lexemes once, then the classes of `classes::CLASSES` are asked in their
//! order who can read what comes next. A class sees the lexemes around it and says words; it
//! never looks at what another class is made of.

mod abbreviation;
mod address;
mod announcement;
mod apart;
mod broken;
mod capitals;
mod changes;
mod check;
mod chemistry;
mod classes;
mod code;
mod code_letters;
mod compounds;
mod coordinate;
mod dash;
mod date;
mod definitions;
mod directions;
mod document_number;
mod emoticon;
mod english;
mod english_words;
mod expansions;
mod foreign_names;
mod form;
mod formula;
mod fraction;
mod glued;
mod initial_stops;
mod initials;
mod law_reference;
mod leftover;
mod letters;
mod lex;
mod list_index;
mod masked;
mod measured;
mod misspelled;
mod models;
mod money;
mod number;
mod numeral;
mod pair;
mod paired_codes;
mod passage;
mod phone;
mod places;
mod profiles;
mod punctuation;
mod quantity;
mod range;
mod rating;
mod reader;
mod roman;
mod run_on;
mod script;
mod scripture;
mod sense;
mod senses;
mod stretches;
mod stroke;
mod symbol;
mod tables;
mod tally;
mod teencode;
mod ticker;
mod time;
mod topic;
mod troops;
mod types;
mod unit;
mod unmarked;
mod user_lexicon;
mod vehicles;
mod verbalization;
mod vitals;
mod web;
mod web_labels;
mod weigh;
mod word;
mod word_sets;
mod written_out;

use crate::model::article::Article;
use crate::model::reading_options::Options;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::script::Finding;
use crate::model::source_place::SourcePlaces;
use crate::model::spoken::{Confidence, SpokenText};
use crate::text::lexicon::Lexicon;
use reader::Forced;

pub use stretches::Stretches;

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

    /// The document as it is said, a stretch of its blocks after the other: what is said of a long
    /// document need not be in memory at once.
    #[must_use]
    pub fn stretches<'a>(
        &'a self,
        document: &'a Article,
        parts: &'a ReadingPolicy,
    ) -> Stretches<'a> {
        Stretches::new(document, parts, self.options, &self.lexicon, &self.languages)
    }

    /// The document as it is said; with the reasons of every decision if some may be forced.
    fn weighed(
        &self,
        document: &Article,
        parts: &ReadingPolicy,
        forced: Option<&Forced>,
    ) -> SpokenText {
        self.stretches(document, parts).explaining(forced).whole()
    }

    /// The readings of what [`Normalizer::normalize`] or one of its [`Normalizer::stretches`] gave for a
    /// document that are no surer than `level`, in the order of the text, with what else they could be.
    /// What was warned of counts as doubtful. `places` finds the lines of the document; of stretches
    /// that follow one another it is the same.
    #[must_use]
    pub fn findings(
        &self,
        document: &Article,
        spoken: &SpokenText,
        level: Confidence,
        places: &mut SourcePlaces<'_>,
    ) -> Vec<Finding> {
        check::findings(document, spoken, self.options.style, level, places)
    }
}

/// The document as it is said by the rules alone: [`Normalizer::normalize`] with the defaults.
#[must_use]
pub fn normalize(document: &Article) -> SpokenText {
    Normalizer::default().normalize(document, &ReadingPolicy::default())
}
