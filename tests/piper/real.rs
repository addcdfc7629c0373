//! A real Piper voice, `tests/README.md` says which. Its tests are ignored unless they are asked for.
//! What onnxruntime made of some sounds is in `cases/piper/reference.*`, made by
//! `tools/piper/reference.py`.

use std::path::{Path, PathBuf};

use docbao::model::take::Times;
use docbao::model::units::Millis;
use docbao::voice::piper::{Clause, Line, Piper};
use serde_json::Value;

use super::still;

/// The model: the one that `DOCBAO_PIPER_VOICE` names, or else the usual one.
fn model() -> PathBuf {
    let named = std::env::var_os("DOCBAO_PIPER_VOICE");
    named.map_or("target/piper/en_US-joe-medium.onnx".into(), PathBuf::from)
}

#[test]
#[ignore = "needs a real Piper voice"]
fn a_real_voice_sounds_as_with_onnxruntime() {
    let folder = Path::new("tests/cases/piper");
    let text = std::fs::read_to_string(folder.join("reference.json")).unwrap();
    let reference: Value = serde_json::from_str(&text).unwrap();
    let phonemes = reference["phonemes"].as_str().unwrap();
    let mut reader = hound::WavReader::open(folder.join("reference.wav")).unwrap();
    let expected: Vec<f32> =
        reader.samples::<i16>().map(|sample| f32::from(sample.unwrap()) / 32_768.0).collect();
    let voice = Piper::open(&model(), &still(), None).unwrap();
    assert_eq!(voice.times(), Times::Model);
    let words = phonemes.split(' ').map(str::to_owned).enumerate().collect();
    let clause = Clause { words, sign: Some('.'), pause: Millis(200.0) };
    let line = Line { clauses: vec![clause], rate: 1.0 };
    let spoken = voice.speak(&line, phonemes.split(' ').count()).unwrap();
    let length = spoken.words.last().unwrap().end as usize;
    let sound = &spoken.samples[..length];
    // Ours begins at a frame shortly before the first word, and fades at its edges.
    let edge = 200;
    let correlation = |offset: usize| {
        let expected = &expected[offset + edge..offset + length - edge];
        let pairs = sound[edge..length - edge].iter().zip(expected);
        let (mut xy, mut xx, mut yy) = (0.0f64, 0.0f64, 0.0f64);
        let mut peak = 0.0f32;
        for (x, y) in pairs {
            xy += f64::from(x * y);
            xx += f64::from(x * x);
            yy += f64::from(y * y);
            peak = peak.max((x - y).abs());
        }
        (xy / (xx * yy).sqrt(), peak)
    };
    let offsets =
        (0..20).map(|frame| frame * 256).filter(|offset| offset + length <= expected.len());
    let best = offsets.map(correlation).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    // The reference is rounded to 16 bits.
    assert!(best.0 > 0.999_99 && best.1 < 2e-4, "correlation {}, peak error {}", best.0, best.1);
}

#[test]
#[ignore = "needs a real Piper voice"]
fn a_real_voice_speaks_as_fast_as_it_should() {
    let voice = Piper::open(&model(), &still(), None).unwrap();
    let words = "ðə nˈɔːɹθ wˈɪnd ænd ðə sˈʌn wɜː dɪspjˈuːtɪŋ wˈɪtʃ wʌz ðə stɹˈɔŋɡɚ";
    let words: Vec<_> = words.split(' ').map(str::to_owned).enumerate().collect();
    let count = words.len();
    let clause = Clause { words, sign: Some('.'), pause: Millis(200.0) };
    let spoken = voice.speak(&Line { clauses: vec![clause], rate: 1.0 }, count).unwrap();
    let seconds = spoken.words[count - 1].end as f64 / f64::from(voice.config().sample_rate);
    assert!((2.0..5.0).contains(&seconds), "{seconds} s for {count} words");
    assert!(spoken.words.windows(2).all(|pair| pair[0].end == pair[1].start));
    assert_eq!(voice.warnings(), [] as [&str; 0]);
}
