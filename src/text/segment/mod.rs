//! Cuts spoken text into utterances: sentences, and inside them breath groups with the pause that
//! follows each.

mod boundary;
mod breath;
mod deliveries;
mod quotes;
mod rhythm;

use std::borrow::Cow;
use std::ops::Range;

use crate::model::pauses::Pauses;
use crate::model::phrase::Intonation;
use crate::model::spoken::{Mark, SpokenBlock, SpokenText, Token};
use crate::model::units::Millis;
use crate::model::utterance::{BreathGroup, Utterance, UtteranceWord};
use boundary::Boundary;
use deliveries::Deliveries;

/// An utterance is closed at the next breath once it has this many syllables: some fifteen seconds
/// of speech, so that no sentence, however long, needs more memory than that.
const LONGEST_UTTERANCE: usize = 60;

/// The utterances of a spoken text, in order, with these pauses between them.
#[must_use]
pub fn segment(spoken: &SpokenText, pauses: &Pauses) -> Vec<Utterance> {
    let mut segmentation = Segmentation::new(pauses);
    let mut utterances = segmentation.add(spoken);
    utterances.extend(segmentation.finish());
    utterances
}

/// Makes utterances of spoken texts that are stretches of one document.
#[derive(Debug)]
pub struct Segmentation<'a> {
    pauses: &'a Pauses,
    /// Whether quotations are parts of their own.
    quotes: bool,
    /// The last utterance so far: what follows may make its last pause longer.
    last: Option<Utterance>,
    /// The silence that the author asks for after each of its breath groups, in milliseconds.
    asked: Vec<u32>,
    /// Number of the next sentence.
    sentence: usize,
}

impl<'a> Segmentation<'a> {
    /// At the start of a document, with these pauses between utterances.
    #[must_use]
    pub fn new(pauses: &'a Pauses) -> Segmentation<'a> {
        Segmentation { pauses, quotes: false, last: None, asked: Vec::new(), sentence: 0 }
    }

    /// The same, with whole sentences between quotation marks as parts of their own, if that is so.
    #[must_use]
    pub fn with_quotes(self, quotes: bool) -> Segmentation<'a> {
        Segmentation { quotes, ..self }
    }

    /// Takes the next stretch; gives the utterances that are whole.
    pub fn add(&mut self, spoken: &SpokenText) -> Vec<Utterance> {
        let mut segmenter = Segmenter {
            pauses: self.pauses,
            quotes: self.quotes,
            deliveries: Deliveries::new(&spoken.manners),
            utterances: self.last.take().into_iter().collect(),
            asked: std::mem::take(&mut self.asked),
            sentence: self.sentence,
        };
        for block in &spoken.blocks {
            segmenter.block(spoken, block);
        }
        let Segmenter { mut utterances, mut asked, sentence, .. } = segmenter;
        self.sentence = sentence;
        self.last = utterances.pop();
        let groups = self.last.as_ref().map_or(0, |last| last.groups.len());
        self.asked = asked.split_off(asked.len() - groups);
        paced(utterances, &asked)
    }

    /// The last utterance, at the end of the document.
    #[must_use]
    pub fn finish(self) -> Option<Utterance> {
        paced(self.last.into_iter().collect(), &self.asked).pop()
    }
}

/// Utterances with pauses that differ, each at least as long as the author asks for, in milliseconds.
fn paced(mut utterances: Vec<Utterance>, asked: &[u32]) -> Vec<Utterance> {
    utterances.iter_mut().for_each(rhythm::vary);
    let groups = utterances.iter_mut().flat_map(|utterance| &mut utterance.groups);
    groups.zip(asked).for_each(|(group, &asked)| group.pause = longer(group.pause, asked));
    utterances
}

struct Segmenter<'a> {
    pauses: &'a Pauses,
    quotes: bool,
    deliveries: Deliveries<'a>,
    utterances: Vec<Utterance>,
    /// The silence that the author asks for after each breath group so far, in milliseconds.
    asked: Vec<u32>,
    /// Number of the sentence being read.
    sentence: usize,
}

/// A sentence being gathered: its words, and after each the boundary and the mark that makes it.
#[derive(Default)]
struct Sentence {
    words: Vec<UtteranceWord>,
    boundaries: Vec<Option<Boundary>>,
    marks: Vec<Option<Mark>>,
    /// The silence that the author asks for after each word, in milliseconds.
    asked: Vec<u32>,
    /// How each word is delivered, as [`Deliveries`] numbers it.
    deliveries: Vec<usize>,
    intonation: Intonation,
}

impl Sentence {
    /// Whether it is what a cue shows.
    fn is_cue(&self, deliveries: &Deliveries) -> bool {
        self.deliveries.last().is_some_and(|&last| deliveries.cue(last).is_some())
    }

    /// Sets a boundary after the last word. Of several there the strongest counts, and of equals the
    /// first, but any mark before a bracket, as in `(2020), and`.
    fn bound(&mut self, boundary: Boundary, mark: Mark) {
        let (Some(last), Some(by)) = (self.boundaries.last_mut(), self.marks.last_mut()) else {
            return;
        };
        let is_bracket = |mark| matches!(mark, Mark::OpenBracket | Mark::CloseBracket);
        if *last < Some(boundary) || (*last == Some(boundary) && by.is_some_and(is_bracket)) {
            (*last, *by) = (Some(boundary), Some(mark));
        }
    }
}

impl Segmenter<'_> {
    fn block(&mut self, spoken: &SpokenText, block: &SpokenBlock) {
        let mut sentence = Sentence::default();
        // The silence that the author asks for after the last word so far, in milliseconds.
        let mut late = 0;
        let mut is_quoted = false;
        let quotes = if self.quotes { quotes::whole(spoken, &block.tokens) } else { Vec::new() };
        let is_quote = |at: usize| quotes.iter().any(|quote: &Range<usize>| quote.contains(&at));
        let before = self.utterances.len();
        for (at, token) in block.tokens.iter().enumerate() {
            match token {
                Token::Word(word) => {
                    if word.spoken.is_empty() {
                        continue;
                    }
                    late = 0;
                    let is_quote = is_quote(at);
                    let delivery = self.deliveries.at(word.source.start, block.kind, is_quote);
                    let before = sentence.deliveries.last().map(|&last| self.deliveries.cue(last));
                    if before.is_some_and(|cue| cue != self.deliveries.cue(delivery)) {
                        self.close(std::mem::take(&mut sentence));
                    }
                    sentence.deliveries.push(delivery);
                    let said = spoken.said(word).to_owned();
                    sentence.words.push(UtteranceWord {
                        class: Cow::Borrowed(word.class),
                        confidence: word.confidence,
                        is_emphasized: self.deliveries.is_emphasized(),
                        // A quotation that is a part of its own is set apart as a whole.
                        is_quoted: is_quoted && !is_quote,
                        ..UtteranceWord::new(said, word.source)
                    });
                    sentence.boundaries.push(None);
                    sentence.marks.push(None);
                    sentence.asked.push(0);
                }
                Token::Mark(Mark::OpenQuote, _) => is_quoted = true,
                Token::Mark(Mark::CloseQuote, _) => is_quoted = false,
                Token::Mark(mark, _) => match boundary_of(*mark, spoken, &block.tokens[at + 1..]) {
                    Some(Boundary::Sentence) => {
                        if sentence.words.is_empty() {
                            continue; // a stray stop
                        }
                        sentence.intonation = intonation_of(*mark);
                        sentence.bound(Boundary::Sentence, *mark);
                        // All that a cue shows is one utterance.
                        if !sentence.is_cue(&self.deliveries) {
                            self.close(std::mem::take(&mut sentence));
                        }
                    }
                    Some(boundary) => sentence.bound(boundary, *mark),
                    None => {}
                },
                Token::Pause(asked, _) => {
                    late = late.max(*asked);
                    if let (Some(after), Some(boundary)) =
                        (sentence.asked.last_mut(), sentence.boundaries.last_mut())
                    {
                        *after = late;
                        *boundary = (*boundary).max(Some(Boundary::Phrase));
                    } else if let Some(asked) = self.asked.last_mut() {
                        *asked = late.max(*asked);
                    }
                }
            }
        }
        self.close(sentence);
        let after_block = self.pauses.after_block(block.kind);
        // The silence after a cue lasts until the next.
        let is_cue = self.utterances.last().is_some_and(|last| last.delivery.cue.is_some());
        if let Some(group) = self.last_group().filter(|_| !is_cue) {
            group.pause = after_block;
        }
        if let (Some(asked), false) = (self.asked.last_mut(), is_cue) {
            *asked = late;
        }
        if let Some(last) = self.utterances[before..].last_mut() {
            last.delivery.ends_block = true;
        }
    }

    /// The last breath group so far.
    fn last_group(&mut self) -> Option<&mut BreathGroup> {
        self.utterances.last_mut()?.groups.last_mut()
    }

    /// Turns a finished sentence into utterances.
    fn close(&mut self, mut sentence: Sentence) {
        let Some(&first) = sentence.deliveries.first() else { return };
        let is_cue = sentence.is_cue(&self.deliveries);
        for (boundary, two) in sentence.boundaries.iter_mut().zip(sentence.deliveries.windows(2)) {
            if two[0] != two[1] {
                *boundary = (*boundary).max(Some(Boundary::Breath));
            }
        }
        breath::add_breaths(&sentence.words, &mut sentence.boundaries);
        let last = sentence.words.len() - 1;
        sentence.boundaries[last] = sentence.boundaries[last].max(Some(Boundary::Sentence));
        let mut utterance = self.open(sentence.intonation, first);
        let (mut start, mut syllables) = (0, 0);
        let bounds = sentence.boundaries.into_iter().zip(sentence.marks).zip(sentence.asked);
        for (at, (word, ((boundary, mark), asked))) in
            sentence.words.into_iter().zip(bounds).enumerate()
        {
            syllables += word.syllables();
            utterance.words.push(word);
            let Some(boundary) = boundary else { continue };
            let pause =
                if at == last && is_cue { Millis(0.0) } else { boundary.pause(self.pauses) };
            self.asked.push(asked);
            utterance.groups.push(BreathGroup {
                words: start..utterance.words.len(),
                mark,
                pause,
                role: None,
            });
            start = utterance.words.len();
            let next = sentence.deliveries.get(at + 1).copied();
            let is_long =
                syllables >= LONGEST_UTTERANCE && boundary < Boundary::Sentence && !is_cue;
            if let Some(next) = next.filter(|&next| is_long || next != sentence.deliveries[at]) {
                let next = self.open(utterance.intonation, next);
                utterance.intonation = Intonation::Statement;
                self.utterances.push(std::mem::replace(&mut utterance, next));
                (start, syllables) = (0, 0);
            }
        }
        self.utterances.push(utterance);
        self.sentence += 1;
    }

    fn open(&self, intonation: Intonation, delivery: usize) -> Utterance {
        Utterance {
            sentence: self.sentence,
            words: Vec::new(),
            groups: Vec::new(),
            intonation,
            delivery: self.deliveries.get(delivery).clone(),
        }
    }
}

/// A pause that is at least as long as asked for, in milliseconds.
fn longer(pause: Millis, asked: u32) -> Millis {
    Millis(pause.0.max(asked as f32))
}

fn intonation_of(mark: Mark) -> Intonation {
    match mark {
        Mark::Question => Intonation::Question,
        Mark::Exclamation => Intonation::Exclamation,
        _ => Intonation::Statement,
    }
}

/// The boundary that a mark makes, with the tokens that follow it.
fn boundary_of(mark: Mark, spoken: &SpokenText, following: &[Token]) -> Option<Boundary> {
    match mark {
        Mark::Comma | Mark::OpenBracket | Mark::CloseBracket => Some(Boundary::Phrase),
        Mark::Semicolon | Mark::Colon | Mark::Dash => Some(Boundary::Clause),
        // What an ellipsis interrupts goes on with a word in lower case (các ngày lễ…gắn với),
        // and the verb of saying after a quoted question (“Sao thế?” anh hỏi).
        Mark::Ellipsis if continues(spoken, following) => Some(Boundary::Clause),
        Mark::Question | Mark::Exclamation | Mark::Period
            if closes_quotation(following) && continues(spoken, following) =>
        {
            Some(Boundary::Clause)
        }
        Mark::Period | Mark::Question | Mark::Exclamation | Mark::Ellipsis => {
            Some(Boundary::Sentence)
        }
        Mark::OpenQuote | Mark::CloseQuote => None,
    }
}

/// Whether the next word is an ordinary one in lower case.
fn continues(spoken: &SpokenText, following: &[Token]) -> bool {
    let next = following.iter().find_map(|token| match token {
        Token::Word(word) if !word.spoken.is_empty() => Some(word),
        _ => None,
    });
    next.is_some_and(|word| spoken.said(word).starts_with(char::is_lowercase))
}

fn closes_quotation(following: &[Token]) -> bool {
    matches!(following.first(), Some(Token::Mark(Mark::CloseQuote, _)))
}
