//! Whole sentences of the sample article: level, loudness, silence, clicks.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use docbao::job::pipeline::{self, Engines, Narrator, VoiceSettings};
use docbao::model::audio::Audio;
use docbao::model::take::from_pcm16;
use docbao::model::units::Millis;
use docbao::sound::inspect::{levels, pauses};
use docbao::text::readers::{self, ReadingPolicy};
use docbao::text::segment::Pauses;
use docbao::voice::parametric::data::Voice;
use ebur128::{EbuR128, Mode};
use rayon::prelude::*;

use crate::none;

/// So many sentences from the start of the article.
const SENTENCES: usize = 6;
/// RMS of a sentence without its pauses, in dBFS: speech as it is mastered, give or take 6 dB.
const RMS: (f32, f32) = (-26.0, -14.0);
/// The most that the loudest and the softest sentence may differ, in LU.
const SPREAD: f64 = 3.0;
/// What counts as no sound, in parts of full scale: -70 dBFS.
const SILENCE: f32 = 3.2e-4;
/// The largest step from one sample to the next, in parts of full scale. Speech at these levels has
/// little above 6 kHz, and no pulse of it comes near.
const STEP: f32 = 0.5;

struct Sentence {
    voice: &'static str,
    number: usize,
    /// As the engine says it.
    dry: Audio,
    /// As it is heard in the voice's room.
    audio: Audio,
}

fn sentences() -> &'static [Sentence] {
    static SENTENCES_SAID: OnceLock<Vec<Sentence>> = OnceLock::new();
    SENTENCES_SAID.get_or_init(|| {
        let text = std::fs::read_to_string("samples/binh-luc.txt").unwrap();
        let document = readers::article(text, &ReadingPolicy::default());
        let normalizer = pipeline::normalizer(&pipeline::Reading::default()).unwrap();
        let spoken = pipeline::spoken(&document, &normalizer);
        let utterances = pipeline::utterances(&spoken, &Pauses::default());
        let mut all = Vec::new();
        for voice in Voice::list() {
            let [dry, narrator] = [true, false].map(|dry| {
                let settings = VoiceSettings { dry, ..VoiceSettings::of(voice) };
                Narrator::new(Engines::default().open(&settings).unwrap())
            });
            let said: Vec<(usize, Vec<f32>, Vec<f32>)> = utterances
                .par_iter()
                .filter(|utterance| utterance.sentence < SENTENCES)
                .map(|utterance| {
                    let say = |narrator: &Narrator| {
                        let steps = narrator.speak(utterance).unwrap().take.samples;
                        steps.into_iter().map(from_pcm16).collect()
                    };
                    (utterance.sentence, say(&dry), say(&narrator))
                })
                .collect();
            let mut whole: BTreeMap<usize, [Vec<f32>; 2]> = BTreeMap::new();
            for (sentence, dry, heard) in said {
                let [all_dry, all_heard] = whole.entry(sentence).or_default();
                all_dry.extend(dry);
                all_heard.extend(heard);
            }
            let sample_rate = narrator.sample_rate();
            let audio = |samples| Audio { sample_rate, samples };
            all.extend(whole.into_iter().map(|(number, [dry, heard])| Sentence {
                voice,
                number,
                dry: audio(dry),
                audio: audio(heard),
            }));
        }
        all
    })
}

/// A sentence without its pauses.
fn speech(audio: &Audio) -> Vec<f32> {
    let mut samples = Vec::new();
    let mut from = 0;
    let index = |seconds: f64| (seconds * f64::from(audio.sample_rate)) as usize;
    for pause in pauses(audio, Millis(100.0)) {
        samples.extend(&audio.samples[from..index(pause.start).max(from)]);
        from = index(pause.end);
    }
    samples.extend(&audio.samples[from.min(audio.samples.len())..]);
    samples
}

#[test]
fn sentences_are_neither_clipped_nor_offset_nor_of_odd_level() {
    let mut faults = Vec::new();
    assert!(sentences().len() >= SENTENCES);
    for Sentence { voice, number, audio, .. } in sentences() {
        let whole = levels(&audio.samples);
        let rms = levels(&speech(audio)).rms_dbfs;
        if audio.samples.iter().filter(|s| s.abs() >= 0.9985).count() > 2 {
            faults.push(format!("{voice} sentence {number} touches full scale"));
        }
        if whole.dc_offset.abs() > 1e-3 {
            faults.push(format!("{voice} sentence {number}: offset {:.5}", whole.dc_offset));
        }
        if !(RMS.0..=RMS.1).contains(&rms) {
            faults.push(format!("{voice} sentence {number}: RMS {rms:.1} dBFS"));
        }
    }
    none(&faults);
}

#[test]
fn sentences_are_equally_loud() {
    let mut loudness: BTreeMap<&str, Vec<(f64, usize)>> = BTreeMap::new();
    for Sentence { voice, number, audio, .. } in sentences() {
        let speech = speech(audio);
        if speech.len() < audio.sample_rate as usize {
            continue;
        }
        // ITU-R BS.1770 over the whole sentence.
        let mut meter = EbuR128::new(1, audio.sample_rate, Mode::I).unwrap();
        meter.add_frames_f32(&speech).unwrap();
        let measured = meter.loudness_global().unwrap();
        loudness.entry(voice).or_default().push((measured, *number));
    }
    let mut faults = Vec::new();
    for (voice, mut found) in loudness {
        assert!(found.len() >= 5);
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (softest, loudest) = (found[0], found[found.len() - 1]);
        let spread = loudest.0 - softest.0;
        println!("{voice}: {:.1} to {:.1} LUFS, {spread:.1} LU", softest.0, loudest.0);
        if spread > SPREAD {
            faults.push(format!(
                "{voice}: sentence {} has {:.1} LUFS, sentence {} {:.1}: {spread:.1} LU apart",
                softest.1, softest.0, loudest.1, loudest.0
            ));
        }
    }
    none(&faults);
}

#[test]
fn nothing_clicks_and_pauses_are_silent() {
    let mut faults = Vec::new();
    for Sentence { voice, number, dry, audio } in sentences() {
        let samples = &audio.samples;
        let step = samples.windows(2).fold(0.0f32, |most, w| most.max((w[1] - w[0]).abs()));
        if step > STEP {
            faults.push(format!("{voice} sentence {number}: a step of {step:.2} of full scale"));
        }
        let rate = f64::from(dry.sample_rate);
        for pause in pauses(dry, Millis(200.0)) {
            // Sounds die away into a pause and set in before its end is noticed.
            let (from, to) = ((pause.start + 0.08) * rate, (pause.end - 0.06) * rate);
            let inside = &dry.samples[from as usize..to as usize];
            let loudest = inside.iter().fold(0.0f32, |most, s| most.max(s.abs()));
            if loudest > SILENCE {
                faults.push(format!(
                    "{voice} sentence {number}: the pause at {:.2} s has a peak of {loudest:.5}",
                    pause.start
                ));
            }
        }
    }
    none(&faults);
}

/// The room answers faintly, in dB below what it answers. With -20 dB the sound of the first 50 ms
/// stands at least 20 dB above what comes after, where speech is as well understood as without any
/// (Bradley, J. (1986), "Predictors of speech intelligibility in rooms", JASA 80).
const ANSWER: (f32, f32) = (-30.0, -20.0);

#[test]
fn the_room_is_faint_and_moves_nothing() {
    let mut faults = Vec::new();
    for Sentence { voice, number, dry, audio } in sentences() {
        assert_eq!(dry.samples.len(), audio.samples.len());
        let answer: Vec<f32> =
            dry.samples.iter().zip(&audio.samples).map(|(dry, heard)| heard - dry).collect();
        let level = levels(&answer).rms_dbfs - levels(&dry.samples).rms_dbfs;
        if !(ANSWER.0..=ANSWER.1).contains(&level) {
            faults.push(format!("{voice} sentence {number}: the room answers at {level:.1} dB"));
        }
    }
    none(&faults);
}
