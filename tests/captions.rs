//! Captions: what is shown is what is printed, within the limits of each format, at the time it is
//! heard.

use std::fs;
use std::path::Path;

use docbao::document::Document;
use docbao::input::{self, ReadingPolicy};
use docbao::phrase::Dialect;
use docbao::pipeline::{self, Clock, Narrator, TONE, VoiceSettings};
use docbao::segment::Pauses;
use docbao::units::Semitones;
use docbao::write::{CaptionInfo, Captions, SentenceMark};

/// What is heard when an article is read by the tone of the scored length.
fn marks(document: &Document) -> (Vec<SentenceMark>, f64) {
    let settings = VoiceSettings {
        voice: TONE.to_owned(),
        dialect: Some(Dialect::Northern),
        rate: 1.0,
        pitch: Semitones(0.0),
        pauses: Pauses::default(),
    };
    let narrator = Narrator::new(&settings).unwrap();
    let normalizer = pipeline::normalizer(&Default::default()).unwrap();
    let spoken = pipeline::spoken(document, &normalizer);
    let utterances = pipeline::utterances(&spoken, &settings.pauses);
    let mut clock = Clock::new(narrator.sample_rate(), 0.0);
    let mut sentences = Vec::new();
    narrator
        .narrate(&utterances, |utterance, speech| {
            sentences.extend(clock.take(document, utterance, &speech.timing));
            Ok(())
        })
        .unwrap();
    sentences.extend(clock.finish(document));
    let seconds = clock.samples() as f64 / f64::from(narrator.sample_rate());
    (sentences, seconds * 1000.0)
}

/// The file of these marks in a format.
fn written(format: Captions, sentences: &[SentenceMark], info: &CaptionInfo) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let mut sink = format.create(&path, 24_000, info).unwrap();
    sentences.iter().for_each(|sentence| sink.write(sentence).unwrap());
    assert!(!path.exists());
    sink.seal().unwrap().publish().unwrap();
    fs::read_to_string(path).unwrap()
}

#[test]
fn show() {
    let article = fs::read_to_string("samples/binh-luc.txt").unwrap();
    let document = input::article(article, &ReadingPolicy::default());
    let (sentences, _) = marks(&document);
    for format in Captions::ALL {
        println!("{}", written(format, &sentences, &CaptionInfo::default()));
    }
    let _ = Path::new("");
}
