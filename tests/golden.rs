//! The text form of every stage for the sample article. They have been read through by eye; a change
//! of any line is to be read again before it is accepted (see README.md here).

mod support;

use std::fmt::Write;

use docbao::model::article::Article;
use docbao::model::phrase::Dialect;
use docbao::voice::parametric::data::Voice;
use docbao::voice::parametric::phonemize::Phonemizer;
use docbao::voice::parametric::prosody::{Prosody, Settings};
use docbao::{ReadingPolicy, ReadingSettings};
use support::{article, front_end, golden, spoken, utterances};

fn sample() -> Article {
    article("samples/binh-luc.txt")
}

fn lines<T: std::fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().fold(String::new(), |mut text, item| {
        writeln!(text, "{item}").unwrap();
        text
    })
}

#[test]
fn document_of_the_sample() {
    golden("binh-luc.document", &sample().listing(&ReadingPolicy::default()));
}

#[test]
fn spoken_text_of_the_sample() {
    golden("binh-luc.spoken", &spoken(&sample()).to_string());
}

#[test]
fn captions_and_dateline_of_the_sample() {
    let settings = ReadingSettings { parts: ReadingPolicy::all(), ..ReadingSettings::default() };
    golden("binh-luc.spoken-all", &front_end(&settings).spoken(&sample()).to_string());
}

#[test]
fn utterances_of_the_sample() {
    golden("binh-luc.utterances", &lines(utterances(&sample())));
}

#[test]
fn phrases_of_the_sample() {
    let phonemizer = Phonemizer::new(Dialect::Northern);
    let phrases = utterances(&sample());
    let phrases = phrases.iter().map(|utterance| phonemizer.phonemize(utterance).to_string());
    golden("binh-luc.phrases", &phrases.collect::<String>());
}

/// The score of the title and the sapo.
#[test]
fn score_of_the_beginning() {
    let voice = Voice::load("bac").unwrap();
    let prosody = Prosody::new(&voice, Settings::of(&voice)).unwrap();
    let phonemizer = Phonemizer::new(Dialect::Northern);
    let scores = utterances(&sample());
    let scores = scores[..2].iter().map(|u| prosody.score(&phonemizer.phonemize(u)).to_string());
    golden("binh-luc.score", &scores.collect::<String>());
}
