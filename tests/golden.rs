//! The text form of every stage for the sample article. They have been read through by eye; a change
//! of any line is to be read again before it is accepted (see README.md here).

mod support;

use std::fmt::Write;

use docbao::job::pipeline::{self, Normalizer};
use docbao::model::document::Document;
use docbao::model::pauses::Pauses;
use docbao::model::phrase::Dialect;
use docbao::model::utterance::Utterance;
use docbao::text::readers::{self, ReadingPolicy};
use docbao::voice::parametric::data::Voice;
use docbao::voice::parametric::phonemize::Phonemizer;
use docbao::voice::parametric::prosody::{Prosody, Settings};
use support::golden;

fn document() -> Document {
    let bytes = std::fs::read("samples/binh-luc.txt").unwrap();
    let source = readers::decode("binh-luc.txt", &bytes, None).unwrap();
    readers::article(source, &ReadingPolicy::default())
}

fn utterances(document: &Document) -> Vec<Utterance> {
    pipeline::utterances(&pipeline::spoken(document, &Normalizer::default()), &Pauses::default())
}

fn lines<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().fold(String::new(), |mut text, item| {
        writeln!(text, "{item}").unwrap();
        text
    })
}

#[test]
fn document_of_the_sample() {
    golden("binh-luc.document", &document().to_string());
}

#[test]
fn spoken_text_of_the_sample() {
    golden("binh-luc.spoken", &pipeline::spoken(&document(), &Normalizer::default()).to_string());
}

#[test]
fn captions_and_dateline_of_the_sample() {
    let document = document();
    let policy = ReadingPolicy::all();
    let document = readers::article(document.source, &policy);
    golden("binh-luc.spoken-all", &pipeline::spoken(&document, &Normalizer::default()).to_string());
}

#[test]
fn utterances_of_the_sample() {
    golden("binh-luc.utterances", &lines(utterances(&document())));
}

#[test]
fn phrases_of_the_sample() {
    let phonemizer = Phonemizer::new(Dialect::Northern);
    let phrases = utterances(&document());
    let phrases = phrases.iter().map(|utterance| phonemizer.phonemize(utterance).to_string());
    golden("binh-luc.phrases", &phrases.collect::<String>());
}

/// The score of the title and the sapo.
#[test]
fn score_of_the_beginning() {
    let voice = Voice::load("bac").unwrap();
    let prosody = Prosody::new(&voice, Settings::of(&voice)).unwrap();
    let phonemizer = Phonemizer::new(Dialect::Northern);
    let scores = utterances(&document());
    let scores = scores[..2].iter().map(|u| prosody.score(&phonemizer.phonemize(u)).to_string());
    golden("binh-luc.score", &scores.collect::<String>());
}
