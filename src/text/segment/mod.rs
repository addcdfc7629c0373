//! Cuts spoken text into utterances: sentences, and inside them breath groups with the pause that
//! follows each.

mod boundary;
mod breath;

use std::borrow::Cow;

use crate::model::pauses::Pauses;
use crate::model::phrase::Intonation;
use crate::model::spoken::{Mark, SpokenBlock, SpokenText, Token};
use crate::model::units::Millis;
use crate::model::utterance::{BreathGroup, Utterance, UtteranceWord};
use boundary::Boundary;

/// An utterance is closed at the next breath once it has this many syllables: some fifteen seconds
/// of speech, so that no sentence, however long, needs more memory than that.
const LONGEST_UTTERANCE: usize = 60;

/// The utterances of a spoken text, in order, with these pauses between them.
#[must_use]
pub fn segment(spoken: &SpokenText, pauses: &Pauses) -> Vec<Utterance> {
    let mut segmenter = Segmenter { pauses, utterances: Vec::new(), sentence: 0 };
    for block in &spoken.blocks {
        segmenter.block(spoken, block);
    }
    segmenter.utterances
}

struct Segmenter<'a> {
    pauses: &'a Pauses,
    utterances: Vec<Utterance>,
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
    intonation: Intonation,
}

impl Sentence {
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
        for (at, token) in block.tokens.iter().enumerate() {
            match token {
                Token::Word(word) => {
                    if word.spoken.is_empty() {
                        continue;
                    }
                    late = 0;
                    let said = spoken.said(word).to_owned();
                    sentence.words.push(UtteranceWord {
                        class: Cow::Borrowed(word.class),
                        confidence: word.confidence,
                        ..UtteranceWord::new(said, word.source)
                    });
                    sentence.boundaries.push(None);
                    sentence.marks.push(None);
                    sentence.asked.push(0);
                }
                Token::Mark(mark, _) => match boundary_of(*mark, spoken, &block.tokens[at + 1..]) {
                    Some(Boundary::Sentence) => {
                        if sentence.words.is_empty() {
                            continue; // a stray stop
                        }
                        sentence.intonation = intonation_of(*mark);
                        sentence.bound(Boundary::Sentence, *mark);
                        self.close(std::mem::take(&mut sentence));
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
                    } else if let Some(group) = self.last_group() {
                        group.pause = longer(group.pause, late);
                    }
                }
            }
        }
        self.close(sentence);
        let after_block = self.pauses.after_block(block.kind);
        if let Some(group) = self.last_group() {
            group.pause = longer(after_block, late);
        }
    }

    /// The last breath group so far.
    fn last_group(&mut self) -> Option<&mut BreathGroup> {
        self.utterances.last_mut()?.groups.last_mut()
    }

    /// Turns a finished sentence into utterances.
    fn close(&mut self, mut sentence: Sentence) {
        if sentence.words.is_empty() {
            return;
        }
        breath::add_breaths(&sentence.words, &mut sentence.boundaries);
        let last = sentence.words.len() - 1;
        sentence.boundaries[last] = sentence.boundaries[last].max(Some(Boundary::Sentence));
        let mut utterance = self.open(sentence.intonation);
        let (mut start, mut syllables) = (0, 0);
        let bounds = sentence.boundaries.into_iter().zip(sentence.marks).zip(sentence.asked);
        for (word, ((boundary, mark), asked)) in sentence.words.into_iter().zip(bounds) {
            syllables += breath::syllables(&word);
            utterance.words.push(word);
            let Some(boundary) = boundary else { continue };
            let pause = longer(boundary.pause(self.pauses), asked);
            utterance.groups.push(BreathGroup { words: start..utterance.words.len(), mark, pause });
            start = utterance.words.len();
            if syllables >= LONGEST_UTTERANCE && boundary < Boundary::Sentence {
                // The sentence goes on: its first part does not fall or rise to an end.
                let next = self.open(utterance.intonation);
                utterance.intonation = Intonation::Statement;
                self.utterances.push(std::mem::replace(&mut utterance, next));
                (start, syllables) = (0, 0);
            }
        }
        if !utterance.words.is_empty() {
            self.utterances.push(utterance);
        }
        self.sentence += 1;
    }

    fn open(&self, intonation: Intonation) -> Utterance {
        Utterance { sentence: self.sentence, words: Vec::new(), groups: Vec::new(), intonation }
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
