//! The sentences of a script as they are written, in pieces that each have a reading.

use std::collections::HashMap;

use serde::Serialize;

use crate::model::article::{Article, BlockKind};
use crate::model::diag::Span;
use crate::model::message::Message;
use crate::model::script::{Finding, Script};
use crate::model::spoken::Confidence;
use crate::model::units::Millis;
use crate::model::utterance::{Utterance, UtteranceWord};

/// A sentence as it is shown to a person. The texts of its pieces, one after another, are its text, from the end of
/// the sentence before.
#[derive(Debug, Serialize)]
pub struct ShownSentence {
    /// From its first word to its last.
    pub span: Span,
    /// The number of its block.
    pub block: usize,
    /// What its block is.
    pub kind: BlockKind,
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// The silence after it.
    pub pause: Millis,
}

/// A piece of a sentence; one without a reading is not said.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// As it is written.
    pub text: String,
    /// How it is read.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
}

/// How a piece is read.
#[derive(Debug, Clone, Serialize)]
pub struct Reading {
    /// The text that it is for.
    pub span: Span,
    /// What is said.
    pub said: String,
    /// The semiotic class that made it.
    pub class: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// What is doubtful, where it is not sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    /// What else it could be, the likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
    /// Where the text ends that all of `said` is known to be said for.
    #[serde(skip)]
    whole_to: usize,
}

impl Reading {
    fn of(word: &UtteranceWord, finding: Option<&Finding>) -> Reading {
        let confidence = finding.map_or(word.confidence, |finding| finding.confidence);
        let is_sure = confidence == Confidence::Sure;
        let whole_to = finding.map(|it| it.span.end).filter(|&end| end > word.source.end);
        Reading {
            span: finding.map_or(word.source, |finding| finding.span),
            said: finding.map_or_else(|| word.said.clone(), |finding| finding.said.clone()),
            class: word.class.clone().into_owned(),
            confidence,
            message: finding.filter(|_| !is_sure).map(|finding| finding.message.clone()),
            alternatives: finding.map_or_else(Vec::new, |finding| finding.alternatives.clone()),
            whole_to: whole_to.unwrap_or_default(),
        }
    }

    /// Takes in a word that is said for a text that this reading is said for too.
    fn add(&mut self, word: &UtteranceWord) {
        self.span = self.span.to(word.source);
        self.confidence = self.confidence.min(word.confidence);
        if word.source.end > self.whole_to {
            self.said.push(' ');
            self.said.push_str(&word.said);
        }
    }
}

/// The sentences of a script, which was made with the findings of every word.
#[must_use]
pub fn sentences(article: &Article, script: &Script) -> Vec<ShownSentence> {
    let findings: HashMap<usize, &Finding> =
        script.findings.iter().map(|finding| (finding.span.start, finding)).collect();
    let mut sentences: Vec<ShownSentence> = Vec::new();
    let same = |one: &Utterance, other: &Utterance| one.sentence == other.sentence;
    let groups: Vec<_> = script.utterances.chunk_by(same).collect();
    let begins = |group: &[Utterance]| {
        group.iter().flat_map(|it| &it.words).map(|word| word.source.start).min()
    };
    let mut before = 0;
    for (at, group) in groups.iter().enumerate() {
        let readings = readings(group, &findings);
        let (Some(first), Some(last)) = (readings.first(), readings.last()) else { continue };
        let span = first.span.to(last.span);
        let after = article.blocks.partition_point(|block| block.span.start <= span.start);
        let Some(number) = after.checked_sub(1) else { continue };
        let block = &article.blocks[number];
        let next = groups.get(at + 1).and_then(|next| begins(next));
        let end = next.filter(|next| (span.end..block.span.end).contains(next));
        let stretch = Span::new(
            before.max(block.span.start).min(span.start),
            end.unwrap_or(block.span.end).max(span.end),
        );
        before = stretch.end;
        let pause = group.last().and_then(|last| last.groups.last());
        sentences.push(ShownSentence {
            span,
            block: number,
            kind: block.kind,
            pieces: pieces(article, stretch, readings),
            pause: pause.map_or(Millis(0.0), |group| group.pause),
        });
    }
    sentences
}

/// The readings of a sentence in the order of its text. What is said in another order than it is written, or
/// for the same text, is one.
fn readings(group: &[Utterance], findings: &HashMap<usize, &Finding>) -> Vec<Reading> {
    let mut readings: Vec<Reading> = Vec::new();
    for word in group.iter().flat_map(|utterance| &utterance.words) {
        match readings.last_mut() {
            Some(last) if word.source.start < last.span.end => last.add(word),
            _ => {
                let finding = findings.get(&word.source.start).copied();
                let finding = finding.filter(|_| word.source.start < word.source.end);
                readings.push(Reading::of(word, finding));
            }
        }
        while let [.., one, last] = &mut readings[..]
            && last.span.start < one.span.end
        {
            one.span = one.span.to(last.span);
            one.said = format!("{} {}", one.said, last.said);
            one.confidence = one.confidence.min(last.confidence);
            readings.pop();
        }
    }
    readings
}

/// A stretch of the text in pieces.
fn pieces(article: &Article, stretch: Span, readings: Vec<Reading>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let between = |pieces: &mut Vec<Piece>, from: usize, to: usize| {
        if from < to {
            pieces.push(Piece { text: article.text[from..to].to_owned(), reading: None });
        }
    };
    let mut at = stretch.start;
    for reading in readings {
        between(&mut pieces, at, reading.span.start);
        at = reading.span.end;
        let text = reading.span.of(&article.text).to_owned();
        pieces.push(Piece { text, reading: Some(reading) });
    }
    between(&mut pieces, at, stretch.end);
    pieces
}

/// The utterances of the sentence at a place of an article; none if there is no sentence.
#[must_use]
pub fn sentence_at(utterances: impl Iterator<Item = Utterance>, at: usize) -> Vec<Utterance> {
    let mut found: Vec<Utterance> = Vec::new();
    for utterance in utterances {
        if found.last().is_some_and(|last| last.sentence != utterance.sentence) {
            if is_at(&found, at) {
                return found;
            }
            found.clear();
        }
        found.push(utterance);
    }
    if is_at(&found, at) { found } else { Vec::new() }
}

/// From the first word of some utterances to the last; `None` if they have none.
#[must_use]
pub fn span_of(utterances: &[Utterance]) -> Option<Span> {
    let words = utterances.iter().flat_map(|utterance| &utterance.words);
    words.map(|word| word.source).reduce(Span::to)
}

/// The text that some utterances are said for, on one line.
#[must_use]
pub fn text_of(article: &Article, utterances: &[Utterance]) -> String {
    let text = span_of(utterances).map_or("", |span| span.of(&article.text));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a place is in the text of some utterances.
fn is_at(utterances: &[Utterance], at: usize) -> bool {
    span_of(utterances).is_some_and(|span| span.start <= at && at < span.end.max(span.start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::request::ReadingSettings;
    use crate::text::FrontEnd;
    use crate::text::readers::{self, Input};

    fn shown(text: &str) -> (Article, Vec<ShownSentence>) {
        let bytes = text.as_bytes().into();
        let input = Input { name: "text", bytes, ..Input::default() };
        let article = readers::read(input).unwrap().remove(0);
        let front_end = FrontEnd::new(&ReadingSettings::default(), &|_| None).unwrap();
        let script = front_end.script(&article, Confidence::Sure);
        let shown = sentences(&article, &script);
        (article, shown)
    }

    #[test]
    fn the_pieces_of_the_sentences_are_the_text_of_the_blocks() {
        let text = "“Bão số 3” ập vào\n\nSáng 12/3, HĐND TP.HCM họp: giá $5,5 (tăng 3,5%)... Ông XQZKW \
                    nói: “Được!”. Còn [bỏ] ẩn [/bỏ] gì?\n\nẢnh: Lan\n\nMưa\nto.";
        let (article, shown) = shown(text);
        assert!(shown.len() >= 5);
        for (number, block) in article.blocks.iter().enumerate() {
            let own = shown.iter().filter(|sentence| sentence.block == number);
            let said: String = own.flat_map(|it| &it.pieces).map(|piece| &*piece.text).collect();
            if !said.is_empty() {
                assert_eq!(said, article.text_of(block));
            }
        }
        let doubtful = shown.iter().flat_map(|it| &it.pieces).filter(|piece| {
            piece.reading.as_ref().is_some_and(|it| it.confidence <= Confidence::Doubtful)
        });
        let doubtful: Vec<_> = doubtful.map(|piece| &*piece.text).collect();
        assert!(doubtful.contains(&"XQZKW"), "{doubtful:?}");
    }

    #[test]
    fn a_text_without_anything_to_say_has_no_sentences() {
        assert!(shown("☂ ☂").1.is_empty());
    }
}
