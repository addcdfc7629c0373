//! What is spoken: how long, when each word, and always the same.

use docbao::model::take::Times;
use docbao::model::voice_settings::VoiceSettings;
use docbao::voice::piper::Piper;
use rten::{ModelOptions, Value};

use super::tiny_voice::{HOP, PAD_FRAMES, RATE, SOUND_FRAMES, Tiny, phonemes};
use super::{line, still, voice};

/// Samples of a word of so many sounds, and of a space.
fn samples(sounds: usize) -> u64 {
    (sounds * (SOUND_FRAMES + PAD_FRAMES) * HOP) as u64
}

fn milliseconds(ms: u64) -> u64 {
    ms * u64::from(RATE) / 1000
}

#[test]
fn words_last_as_long_as_the_model_says_and_silences_as_they_are_asked_for() {
    let voice = voice(&Tiny::default(), &still());
    assert_eq!(voice.times(), Times::Model);
    let line = line(&[("ba xa", Some(','), 300.0), ("a ma", None, 90.0), ("na", Some('.'), 700.0)]);
    let spoken = voice.speak(&line, 6).unwrap();
    let words = &spoken.words;
    // A breath's length before the first word; words of a group touch, and a space belongs to the word
    // before it.
    assert!(words[0].start <= milliseconds(24) + HOP as u64, "{words:?}");
    assert_eq!(words[0].end - words[0].start, samples(3));
    assert_eq!(words[1].start, words[0].end);
    assert_eq!(words[1].end - words[1].start, samples(2));
    let near = |found: u64, wanted: u64| found.abs_diff(wanted) <= HOP as u64;
    assert!(near(words[2].start - words[1].end, milliseconds(300)), "{words:?}");
    // A clause that no sign closes runs on.
    assert_eq!(words[3].start, words[2].end);
    assert_eq!(words[4].start, words[3].end);
    let length = spoken.samples.len() as u64;
    assert_eq!(length - words[4].end, milliseconds(700 - 24));
    // A word that is not there is nowhere.
    assert_eq!(words[5], words[4].end..words[4].end);
    let silent = &spoken.samples[(words[4].end + milliseconds(100)) as usize..];
    assert!(silent.iter().all(|sample| *sample == 0.0));
    assert!(spoken.samples.iter().any(|sample| sample.abs() > 0.01));
}

#[test]
fn the_rate_shortens_sounds_and_not_silences() {
    let folder = tempfile::tempdir().unwrap();
    let path = Tiny { longer: 8.0, ..Tiny::default() }.write(folder.path(), "tiny", "vi");
    let length = |rate: f32| {
        let voice = Piper::open(&path, &VoiceSettings { rate, ..still() }, None).unwrap();
        let spoken = voice.speak(&line(&[("bababa", Some('.'), 500.0)]), 1).unwrap();
        (spoken.words[0].end - spoken.words[0].start) as f32
    };
    let ratio = length(1.0) / length(2.0);
    assert!((ratio - 2.0).abs() < 0.1, "{ratio}");
}

#[test]
fn the_same_line_sounds_the_same_and_another_otherwise() {
    let speak = |settings: &VoiceSettings, words: &str| {
        let voice = voice(&Tiny { speakers: 3, ..Tiny::default() }, settings);
        voice.speak(&line(&[(words, Some('.'), 100.0)]), 2).unwrap()
    };
    let usual = speak(&VoiceSettings::default(), "ba ma");
    assert_eq!(usual, speak(&VoiceSettings::default(), "ba ma"));
    let settings =
        |speaker: Option<&str>, noise: Option<f32>, noise_width: Option<f32>| VoiceSettings {
            speaker: speaker.map(str::to_owned),
            noise,
            noise_width,
            ..VoiceSettings::default()
        };
    for other in [
        settings(Some("s2"), None, None),
        settings(Some("1"), None, None),
        settings(None, Some(0.0), None),
        settings(None, None, Some(2.0)),
    ] {
        assert_ne!(usual, speak(&other, "ba ma"), "{other:?}");
    }
    assert_eq!(
        speak(&settings(Some("s1"), None, None), "ba"),
        speak(&settings(Some("1"), None, None), "ba")
    );
    assert_ne!(speak(&VoiceSettings::default(), "ma ba"), usual);
}

#[test]
fn what_a_sound_depends_on_is_its_content() {
    let voice = voice(&Tiny::default(), &VoiceSettings::default());
    let contents = [
        line(&[("ba ma", Some('.'), 100.0)]),
        line(&[("ba ma", Some('?'), 100.0)]),
        line(&[("ba ma", Some('.'), 200.0)]),
        line(&[("bama", Some('.'), 100.0)]),
        line(&[("ba", Some(','), 100.0), ("ma", Some('.'), 100.0)]),
    ]
    .map(|line| voice.content(&line));
    for (at, content) in contents.iter().enumerate() {
        assert!(!contents[..at].contains(content), "{at}");
    }
    let digest = |tiny: &Tiny, settings: &VoiceSettings, rate: f32| {
        let folder = tempfile::tempdir().unwrap();
        let settings = VoiceSettings { rate, ..settings.clone() };
        Piper::open(&tiny.write(folder.path(), "a", "vi"), &settings, None).unwrap().digest()
    };
    let usual = digest(&Tiny::default(), &VoiceSettings::default(), 1.0);
    assert_eq!(usual, digest(&Tiny::default(), &VoiceSettings::default(), 1.0));
    for other in [
        digest(&Tiny { weight: 0.9, ..Tiny::default() }, &VoiceSettings::default(), 1.0),
        digest(&Tiny::default(), &still(), 1.0),
        digest(&Tiny::default(), &VoiceSettings::default(), 1.1),
    ] {
        assert_ne!(usual, other);
    }
}

/// The whole model as the runtime runs it, for one word with the sign behind it.
fn at_once(tiny: &Tiny, word: &str) -> Vec<f32> {
    let id = |c: char| phonemes().iter().position(|known| *known == c).unwrap() as i32;
    let mut ids = vec![id('^'), id('_')];
    ids.extend(word.chars().chain(['.']).flat_map(|c| [id(c), id('_')]));
    ids.push(id('$'));
    let model = ModelOptions::with_all_ops().load(tiny.onnx()).unwrap();
    let node = |name: &str| model.node_id(name).unwrap();
    let inputs = vec![
        (node("input"), Value::from_shape([1, ids.len()], ids.clone()).unwrap().into()),
        (node("scales"), Value::from_shape([3], vec![0.0f32, 1.0, 0.0]).unwrap().into()),
    ];
    let [sound] = model.run_n(inputs, [node("output")], None).unwrap();
    sound.into_shape_vec::<f32, 3>().unwrap().1
}

#[test]
fn the_sound_is_that_of_the_runtime_though_it_is_made_in_parts() {
    // Long enough for many stretches.
    let word = "bamuxe".repeat(40);
    let tiny = Tiny { longer: 3.0, ..Tiny::default() };
    let whole = at_once(&tiny, &word);
    let spoken = voice(&tiny, &still()).speak(&line(&[(&word, Some('.'), 400.0)]), 1).unwrap();
    let samples = &spoken.samples;
    let peak = whole.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
    assert!(whole.len() > 200_000 && peak > 0.05, "{} samples up to {peak}", whole.len());
    // The start is cut at a frame, and the edges fade.
    let edge = 100;
    let length = (spoken.words[0].end as usize) - edge;
    let offset = (0..20).map(|frames| frames * HOP).find(|offset| {
        (edge..edge + 500).all(|at| (samples[at] - whole[at + offset]).abs() < 1e-4)
    });
    let offset = offset.expect("the start is found");
    let error =
        (edge..length).map(|at| (samples[at] - whole[at + offset]).abs()).fold(0.0, f32::max);
    assert!(error < 1e-5, "{error}");
}

#[test]
fn a_voice_that_tells_no_lengths_speaks_with_estimated_times() {
    let tiny = Tiny { tells_lengths: false, ..Tiny::default() };
    let voice = voice(&tiny, &VoiceSettings::default());
    assert_eq!(voice.times(), Times::Estimated);
    let line = line(&[("ba xamu", Some('.'), 300.0)]);
    let spoken = voice.speak(&line, 2).unwrap();
    assert_eq!(spoken, voice.speak(&line, 2).unwrap());
    let [first, second] = &spoken.words[..] else { panic!() };
    assert_eq!(first.end, second.start);
    // Two sounds with a space, and four.
    let share = (first.end - first.start) as f64 / (second.end - first.start) as f64;
    assert!((share - 3.0 / 7.0).abs() < 0.02, "{share}");
    assert!(spoken.samples.len() as u64 >= second.end + milliseconds(300));
}

#[test]
fn unknown_phonemes_are_told_once() {
    let voice = voice(&Tiny::default(), &still());
    voice.speak(&line(&[("bÿa ♪", Some('.'), 100.0)]), 2).unwrap();
    let warnings = voice.warnings();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert_eq!(warnings[0], "voice tiny has no phoneme `\u{308}` (U+0308): it is left out");
    voice.speak(&line(&[("♪", Some('.'), 100.0)]), 1).unwrap();
    assert_eq!(voice.warnings(), [] as [&str; 0]);
}
