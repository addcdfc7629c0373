//! Whole sentences of the sample article: level, loudness, silence, clicks.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use docbao::model::audio::Audio;
use docbao::model::take::from_pcm16;
use docbao::model::units::Millis;
use docbao::sound::inspect::{decibels, levels, pauses, root_mean_square};
use docbao::voice::parametric::data::Voice;
use docbao::voice::parametric::phonemize::Phonemizer;
use docbao::voice::parametric::prosody::{Prosody, Settings};
use docbao::{Engine, Engines, VoiceSettings};
use ebur128::{EbuR128, Mode};
use rayon::prelude::*;

use crate::said::{Said, Sounds, say_in, speakers};
use crate::{median, none, support, table};

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
        let utterances = support::utterances(&support::article("samples/binh-luc.txt"));
        let mut all = Vec::new();
        for voice in Voice::list() {
            let [dry, heard] = [true, false].map(|dry| {
                let settings = VoiceSettings { dry, ..VoiceSettings::of(voice) };
                Engines::default().open(&settings).unwrap()
            });
            let said: Vec<(usize, Audio, Audio)> = utterances
                .par_iter()
                .filter(|utterance| utterance.sentence < SENTENCES)
                .map(|utterance| {
                    let say = |engine: &dyn Engine| {
                        let take = engine.speak(utterance).unwrap();
                        let samples = take.samples.into_iter().map(from_pcm16).collect();
                        Audio { sample_rate: take.sample_rate, samples }
                    };
                    (utterance.sentence, say(&*dry), say(&*heard))
                })
                .collect();
            let mut whole: BTreeMap<usize, [Vec<f32>; 2]> = BTreeMap::new();
            for (sentence, dry, heard) in said {
                let [all_dry, all_heard] = whole.entry(sentence).or_default();
                all_dry.extend(dry.samples);
                all_heard.extend(heard.samples);
            }
            let sample_rate = heard.info().sample_rate;
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
    none("sentences_are_neither_clipped_nor_offset_nor_of_odd_level", &faults);
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
    none("sentences_are_equally_loud", &faults);
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
    none("nothing_clicks_and_pauses_are_silent", &faults);
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
    none("the_room_is_faint_and_moves_nothing", &faults);
}

/// Level of a syllable: the loudest 20 ms of its rime, in dBFS.
fn level(said: &Said, sounds: &Sounds) -> f32 {
    let step = said.audio.sample_rate as usize / 200;
    let rime = said.samples(sounds.rime, sounds.end);
    let loudest = rime.windows(4 * step).step_by(step).map(root_mean_square);
    decibels(loudest.fold(0.0, f32::max))
}

#[test]
fn vowels_are_as_loud_as_in_clear_recordings() {
    let rows = table("levels.tsv", &["vowel", "syllables", "db", "count"]);
    assert_eq!(rows.len(), 16);
    let mut faults = Vec::new();
    for speaker in speakers() {
        let dialect = speaker.voice.manifest.dialect;
        let measured: Vec<(String, f32, f32)> = rows
            .par_iter()
            .map(|row| {
                let levels = row.fields[1].split(' ').map(|syllable| {
                    let said = say_in(speaker, dialect, &format!("cho {syllable} ta"));
                    level(&said, &said.sounds[1])
                });
                (row.fields[0].clone(), median(levels.collect()), row.fields[2].parse().unwrap())
            })
            .collect();
        let middle = median(measured.iter().map(|(_, level, due)| level - due).collect());
        for (vowel, level, due) in measured {
            let off = level - due - middle;
            println!("{} {vowel}: {off:+.1} dB", speaker.name);
            if off.abs() > 2.0 {
                faults.push(format!("{} {vowel}: {off:+.1} dB from its level", speaker.name));
            }
        }
    }
    none("vowels_are_as_loud_as_in_clear_recordings", &faults);
}

#[test]
fn no_syllable_sticks_out_and_no_sample_is_near_full_scale() {
    let mut faults = Vec::new();
    for Sentence { voice, number, audio, .. } in sentences() {
        // Where nothing is above 0.95 no gain was lowered.
        let peak = audio.samples.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
        if peak > 0.95 {
            faults.push(format!("{voice} sentence {number}: a peak of {peak:.2}"));
        }
        let frame = audio.sample_rate as usize / 5;
        let mut loud: Vec<f32> =
            audio.samples.chunks(frame).map(|frame| decibels(root_mean_square(frame))).collect();
        loud.sort_by(f32::total_cmp);
        let (most, usual) = (loud[loud.len() - 1], loud[loud.len() / 2]);
        if most > usual + 7.0 {
            faults.push(format!("{voice} sentence {number}: {:.1} dB sticks out", most - usual));
        }
    }
    none("no_syllable_sticks_out_and_no_sample_is_near_full_scale", &faults);
}

/// Power between two frequencies in Hz, in dB: the mean over 43 Hz steps (Goertzel, G. (1958), "An
/// algorithm for the evaluation of finite trigonometric series", American Mathematical Monthly 65).
fn band(samples: &[f32], sample_rate: u32, low: f32, high: f32) -> f32 {
    let length = samples.len() as f32;
    let hann = |at: usize| 0.5 - 0.5 * (std::f32::consts::TAU * at as f32 / length).cos();
    let power = |hertz: f32| {
        let turn = 2.0 * (std::f32::consts::TAU * hertz / sample_rate as f32).cos();
        let (mut last, mut before) = (0.0f32, 0.0f32);
        for (at, sample) in samples.iter().enumerate() {
            (last, before) = (sample * hann(at) + turn * last - before, last);
        }
        last * last + before * before - turn * last * before
    };
    let steps = ((high - low) / 43.0) as usize;
    let sum: f32 = (0..steps).map(|step| power(low + 43.0 * step as f32)).sum();
    10.0 * (sum / steps as f32).max(f32::MIN_POSITIVE).log10()
}

#[test]
fn fricatives_have_noise_above_6_khz() {
    // Onset; the least and the most that 6 to 11 kHz may have beside 3.5 to 5.5 kHz, in dB.
    let cases = [
        ("xa", -6.0, 8.0),
        ("sen", -6.0, 8.0),
        ("phải", -10.0, 8.0),
        ("cha", -16.0, 0.0),
        ("trong", -16.0, 0.0),
        ("thu", -18.0, 0.0),
        ("kho", -22.0, -3.0),
        ("gian", -16.0, 6.0),
    ];
    let mut faults = Vec::new();
    for speaker in speakers() {
        for (syllable, least, most) in cases {
            let said =
                say_in(speaker, speaker.voice.manifest.dialect, &format!("cho {syllable} ta"));
            let sounds = said.sounds[1];
            let length = sounds.rime - sounds.onset;
            let noise = said.samples(sounds.onset + 0.3 * length, sounds.onset + 0.85 * length);
            let rate = said.audio.sample_rate;
            let above = band(noise, rate, 6000.0, 11_000.0) - band(noise, rate, 3500.0, 5500.0);
            println!("{} {syllable}: {above:.1} dB", speaker.name);
            if !(least..=most).contains(&above) {
                faults.push(format!(
                    "{} {syllable}: {above:.1} dB above 6 kHz is not in {least} to {most}",
                    speaker.name
                ));
            }
        }
    }
    none("fricatives_have_noise_above_6_khz", &faults);
}

#[test]
fn running_speech_has_the_rate_of_a_newsreader() {
    let utterances = support::utterances(&support::article("samples/binh-luc.txt"));
    for speaker in speakers() {
        let settings = Settings::of(&speaker.voice);
        let phonemizer = Phonemizer::new(settings.dialect);
        let prosody = Prosody::new(&speaker.voice, settings).unwrap();
        let scores = utterances.iter().map(|utterance| {
            prosody.score_as(&phonemizer.phonemize(utterance), &utterance.delivery)
        });
        let notes: Vec<_> = scores.flat_map(|score| score.notes).collect();
        let seconds: f32 = notes.iter().map(|note| note.sounding().0 / 1000.0).sum();
        let rate = notes.len() as f32 / seconds;
        println!("{}: {rate:.2} syllables a second without pauses", speaker.name);
        assert!((4.5..=5.2).contains(&rate), "{}: {rate}", speaker.name);
    }
}
