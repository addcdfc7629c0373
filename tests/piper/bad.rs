//! Bad files: each is refused with its name and a reason, and nothing panics or swells.

use std::fs;
use std::path::Path;

use docbao::model::voice_settings::VoiceSettings;
use docbao::voice::piper::Piper;
use proptest::prelude::*;

use super::tiny_voice::Tiny;
use super::{line, still, voice};

/// What is said against the voice of these files.
fn refused(model: &[u8], json: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.onnx");
    fs::write(&path, model).unwrap();
    fs::write(folder.path().join("bad.onnx.json"), json).unwrap();
    let settings = VoiceSettings::default();
    match Piper::open(&path, &settings, None) {
        Err(error) => error.to_string(),
        Ok(voice) => match voice.speak(&line(&[("ba", Some('.'), 100.0)]), 1) {
            Err(error) => error.to_string(),
            Ok(_) => "nothing".to_owned(),
        },
    }
}

#[test]
fn what_is_no_voice_is_refused_with_a_reason() {
    let tiny = Tiny::default;
    let json = tiny().json("vi");
    let whole = tiny().onnx();
    let cases: [(Vec<u8>, &str); 12] = [
        (Vec::new(), "it has no operators; it is no ONNX model of a voice"),
        (b"<!DOCTYPE html>".to_vec(), "it is not whole, or no ONNX model; download it again"),
        (whole[..whole.len() / 2].to_vec(), "it is not whole, or no ONNX model"),
        (Tiny { opset: 7, ..tiny() }.onnx(), "made for version 7 of ONNX's operators: 9 to 24"),
        (Tiny { opset: 99, ..tiny() }.onnx(), "made for version 99 of ONNX's operators"),
        (
            Tiny { input: "x", ..tiny() }.onnx(),
            "it has no input `input`; it is no model of a Piper",
        ),
        (
            Tiny { claimed: Some([1 << 40, 1 << 40]), ..tiny() }.onnx(),
            "its weight sounds has not what its shape [1099511627776, 1099511627776] says",
        ),
        (
            Tiny { claimed: Some([64, 1 << 20]), ..tiny() }.onnx(),
            "its weight sounds has not what its shape",
        ),
        (Tiny { last: "Loop9", ..tiny() }.onnx(), "Loop9"),
        (Tiny { last: "LSTM", ..tiny() }.onnx(), "LSTM"),
        (Tiny { longer: 1e6, ..tiny() }.onnx(), "it would speak"),
        (Tiny { weight: f32::NAN, ..tiny() }.onnx(), "it gives sound that is no number"),
    ];
    for (model, reason) in cases {
        let error = refused(&model, &json);
        assert!(error.contains("bad") && error.contains(reason), "`{reason}` is not in: {error}");
    }
    assert_eq!(refused(&whole, &json), "nothing");
}

#[test]
fn lengths_that_no_part_tells_are_bounded_too() {
    let tiny = Tiny { longer: 2e4, tells_lengths: false, ..Tiny::default() };
    let error = refused(&tiny.onnx(), &tiny.json("vi"));
    assert!(error.contains("samples for one utterance"), "{error}");
}

#[test]
fn numbers_that_the_model_does_not_know_are_an_error() {
    let tiny = Tiny::default();
    let json = tiny.json("vi").replace("\"num_symbols\": 64,", "");
    let error = refused(&tiny.onnx(), &json.replace("\"a\": [10]", "\"a\": [9999]"));
    assert!(error.starts_with("voice bad fails: "), "{error}");
}

#[test]
fn a_json_that_promises_speakers_must_be_kept() {
    let json = Tiny { speakers: 2, ..Tiny::default() }.json("vi");
    let error = refused(&Tiny::default().onnx(), &json);
    assert!(error.contains("it has no input `sid`, though its JSON has speakers"), "{error}");
}

#[test]
fn files_that_are_not_there_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path| {
        Piper::open(path, &VoiceSettings::default(), None).map(|_| ()).unwrap_err().to_string()
    };
    let model = folder.path().join("none.onnx");
    assert!(open(&model).contains("none.onnx.json is missing; a Piper voice is an .onnx file and"));
    fs::write(folder.path().join("none.onnx.json"), Tiny::default().json("vi")).unwrap();
    assert!(open(&model).starts_with("cannot read ") && open(&model).contains("none.onnx"));
    fs::write(folder.path().join("none.onnx.json"), [0xFF, 0xFE]).unwrap();
    assert!(open(&model).ends_with("none.onnx.json is not UTF-8 text"));
}

#[test]
fn speakers_that_are_not_there_are_told_with_those_that_are() {
    let asked = |speakers: usize, speaker: &str| {
        let folder = tempfile::tempdir().unwrap();
        let path = Tiny { speakers, ..Tiny::default() }.write(folder.path(), "v", "vi");
        let settings =
            VoiceSettings { speaker: Some(speaker.to_owned()), ..VoiceSettings::default() };
        Piper::open(&path, &settings, None).map_or_else(|e| e.to_string(), |_| String::new())
    };
    assert_eq!(asked(1, "an"), "voice v has one speaker only; leave out `speaker`");
    assert_eq!(asked(1, "0"), "");
    assert_eq!(asked(2, "an"), "voice v has no speaker an: there are s0, s1, or 0 to 1");
    assert_eq!(asked(2, "2"), "voice v has no speaker 2: there are s0, s1, or 0 to 1");
    assert_eq!(asked(2, "s1"), "");
}

#[test]
fn a_line_without_anything_to_say_is_no_error() {
    let spoken = voice(&Tiny::default(), &still()).speak(&line(&[("♪", Some('.'), 100.0)]), 1);
    let spoken = spoken.unwrap();
    assert!(spoken.samples.is_empty());
    assert!(spoken.words.len() == 1 && spoken.words[0] == (0..0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in a file: an error or some sound, and the test goes on.
    #[test]
    fn changed_bytes_do_no_harm(
        changes in prop::collection::vec((0.0..1.0f64, any::<u8>()), 1..4),
        cut in prop::option::of(0.0..1.0f64),
    ) {
        let mut model = Tiny::default().onnx();
        for (place, byte) in changes {
            let at = (place * model.len() as f64) as usize;
            model[at] = byte;
        }
        if let Some(cut) = cut {
            model.truncate((cut * model.len() as f64) as usize);
        }
        prop_assert!(!refused(&model, &Tiny::default().json("vi")).is_empty());
    }
}
