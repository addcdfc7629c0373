//! Models in processes of their own: the sound is the same, and one that harms harms nobody else.

use std::path::Path;

use docbao::model::diag::Span;
use docbao::model::error::ErrorKind;
use docbao::model::manner::Delivery;
use docbao::model::phrase::Intonation;
use docbao::model::units::Millis;
use docbao::model::utterance::{BreathGroup, Utterance, UtteranceWord};
use docbao::model::voice_settings::VoiceSettings;
use docbao::voice::Engines;
use docbao::voice::piper::Piper;

use super::tiny_voice::Tiny;
use super::{line, voice};

const PROGRAM: &str = env!("CARGO_BIN_EXE_docbao");

fn engines() -> Engines {
    Engines::default().with_worker(PROGRAM)
}

/// An utterance of words separated by spaces.
fn utterance(text: &str) -> Utterance {
    let words = text.split(' ');
    let words: Vec<_> = words.map(|word| UtteranceWord::new(word, Span::default())).collect();
    let groups =
        vec![BreathGroup { words: 0..words.len(), mark: None, pause: Millis(100.0), role: None }];
    Utterance {
        sentence: 0,
        words,
        groups,
        intonation: Intonation::Statement,
        delivery: Delivery::default(),
    }
}

fn settings(tiny: &Tiny, folder: &Path, name: &str) -> VoiceSettings {
    VoiceSettings::of(tiny.write(folder, name, "vi").to_str().unwrap())
}

#[test]
fn the_sound_and_the_digest_are_those_of_a_model_in_this_process() {
    let folder = tempfile::tempdir().unwrap();
    for tells_lengths in [true, false] {
        let tiny = Tiny { tells_lengths, ..Tiny::default() };
        let path = tiny.write(folder.path(), "tiny", "vi");
        let usual = VoiceSettings::default();
        let here = voice(&tiny, &usual);
        let there = Piper::open(&path, &usual, Some(Path::new(PROGRAM))).unwrap();
        assert_eq!((here.digest(), here.times()), (there.digest(), there.times()));
        for line in [
            line(&[("ba xa", Some(','), 300.0), ("a ma", Some('.'), 700.0)]),
            line(&[("na", Some('?'), 0.0)]),
            line(&[("♪", Some('.'), 100.0)]),
        ] {
            assert_eq!(here.speak(&line, 4).unwrap(), there.speak(&line, 4).unwrap());
        }
    }
}

#[test]
fn many_speak_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engines().open(&settings(&Tiny::default(), folder.path(), "tiny")).unwrap();
    let texts = ["mưa", "nắng to", "gió nhẹ ở biển", "trời"];
    let alone = texts.map(|text| engine.speak(&utterance(text)).unwrap());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            for (text, take) in texts.iter().zip(&alone) {
                let engine = &engine;
                scope.spawn(move || assert_eq!(engine.speak(&utterance(text)).unwrap(), *take));
            }
        }
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_voice_that_asks_for_too_much_memory_fails_and_the_other_speaks_on() {
    let folder = tempfile::tempdir().unwrap();
    let engines = engines();
    let open =
        |tiny: &Tiny, name: &str| engines.open(&settings(tiny, folder.path(), name)).unwrap();
    let good = open(&Tiny::default(), "good");
    let before = good.speak(&utterance("mưa to")).unwrap();
    for (at, swells) in [[1 << 12, 1 << 17], [1 << 31, 1 << 20]].into_iter().enumerate() {
        let bad = open(&Tiny { swells, ..Tiny::default() }, &format!("bad{at}"));
        // The second time by a process that is started anew.
        for _ in 0..2 {
            let error = bad.speak(&utterance("mưa to")).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Voice);
            let message =
                format!("voice bad{at} fails: it asks for more memory than a voice needs");
            assert!(error.to_string().starts_with(&message), "{error}");
        }
        assert_eq!(good.speak(&utterance("mưa to")).unwrap(), before);
    }
}

#[test]
fn what_is_no_voice_is_refused_there_too() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |tiny: &Tiny| {
        let error = engines().open(&settings(tiny, folder.path(), "bad")).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Voice);
        error.to_string()
    };
    let error = refused(&Tiny { opset: 7, ..Tiny::default() });
    assert!(error.contains("bad.onnx: it is made for version 7 of ONNX's operators"), "{error}");
    let other = Engines::default().with_worker("/nonexistent/program");
    let error = other.open(&settings(&Tiny::default(), folder.path(), "good")).err().unwrap();
    assert!(error.to_string().contains("no process can be started for it"), "{error}");
}

#[test]
fn who_asks_again_shares_the_voice() {
    let folder = tempfile::tempdir().unwrap();
    let (engines, settings) = (engines(), settings(&Tiny::default(), folder.path(), "tiny"));
    let first = engines.open(&settings).unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &engines.open(&settings).unwrap()));
    let other = engines.open(&VoiceSettings { rate: 2.0, ..settings }).unwrap();
    assert_ne!(first.info().digest, other.info().digest);
}
