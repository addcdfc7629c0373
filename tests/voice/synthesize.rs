//! `synthesize` and `voice`: scores to sound, and what damaged voices do.

use std::sync::Arc;

use docbao::model::audio::Audio;
use docbao::model::phrase::{Phone, Syllable, Tone};
use docbao::model::units::{Hertz, Millis};
use docbao::voice::Sine;
use docbao::voice::parametric::data::Voice;
use docbao::voice::parametric::score::{Note, PITCH_POINTS, Score};
use docbao::voice::parametric::synthesize::{Builtin, GENERATION, InRoom, Synthesizer};

fn voice() -> Voice {
    Voice::load("bac").unwrap()
}

fn engine() -> Builtin {
    Builtin::new(&voice()).unwrap()
}

/// Engines of one voice of each kind of model.
fn engines() -> [(&'static str, Builtin); 2] {
    ["bac", "bac-trong"].map(|name| (name, Builtin::new(&Voice::load(name).unwrap()).unwrap()))
}

/// A note of an onset and a vowel whose pitch runs straight from one frequency to another.
fn note(onset: Phone, nucleus: Phone, from: f32, to: f32) -> Note {
    Note {
        word: 0,
        syllable: Syllable { onset, glide: false, nucleus, coda: None, tone: Tone::Ngang },
        onset: Millis(75.0),
        glide: Millis(0.0),
        nucleus: Millis(220.0),
        coda: Millis(0.0),
        f0: std::array::from_fn(|point| {
            Hertz(from + (to - from) * point as f32 / (PITCH_POINTS - 1) as f32)
        }),
        creak: [0.0; PITCH_POINTS],
        gain: 1.0,
        pause: Millis(0.0),
    }
}

fn with_coda(mut note: Note, coda: Phone, milliseconds: f32) -> Note {
    note.syllable.coda = Some(coda);
    note.coda = Millis(milliseconds);
    note
}

/// Half a second of silence after the note.
fn paused(mut note: Note) -> Note {
    note.pause = Millis(500.0);
    note
}

/// Some words with many kinds of sound.
fn sentence() -> Score {
    use Phone::*;
    let notes = vec![
        note(Ch, A, 130.0, 120.0),
        with_coda(note(T, I, 100.0, 90.0), Ng, 90.0),
        paused(with_coda(note(S, Oo, 110.0, 150.0), T, 80.0)),
        note(Glottal, Ee, 130.0, 120.0),
        note(Th, Uw, 120.0, 115.0),
        paused(with_coda(note(M, O, 110.0, 100.0), N, 80.0)),
    ];
    Score { notes }
}

/// What a synthesizer makes of a score.
fn sound(synthesizer: &dyn Synthesizer, score: &Score) -> Audio {
    let samples = synthesizer.synthesize(score).unwrap();
    Audio { sample_rate: synthesizer.sample_rate(), samples }
}

fn at(audio: &Audio, milliseconds: f32) -> usize {
    (milliseconds * audio.sample_rate as f32 / 1000.0).round() as usize
}

fn root_mean_square(samples: &[f32]) -> f32 {
    (samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32).sqrt()
}

/// Fundamental frequency of a stretch, from the highest peak of its normalized autocorrelation.
fn measured_pitch(audio: &Audio, from: f32, to: f32) -> f32 {
    let samples = &audio.samples[at(audio, from)..at(audio, to)];
    let rate = audio.sample_rate as f32;
    let correlation = |lag: usize| {
        let (a, b) = (&samples[..samples.len() - lag], &samples[lag..]);
        let dot: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
        dot / (root_mean_square(a) * root_mean_square(b) * a.len() as f32)
    };
    let lags = (rate / 400.0) as usize..(rate / 60.0) as usize;
    let values: Vec<f32> = lags.clone().map(correlation).collect();
    let highest = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    // The first peak nearly as high as the highest: later ones are its multiples.
    let peak = (1..values.len() - 1)
        .find(|&i| {
            values[i] > 0.9 * highest && values[i] >= values[i - 1] && values[i] >= values[i + 1]
        })
        .unwrap();
    let (a, b, c) = (values[peak - 1], values[peak], values[peak + 1]);
    let offset = (a - c) / (2.0 * (a - 2.0 * b + c));
    rate / (lags.start as f32 + peak as f32 + offset)
}

#[test]
fn a_vowel_has_the_pitch_of_its_score() {
    // Alone, and between two others.
    for (name, notes, before) in [("bac", 1, 0.0), ("bac", 3, 295.0), ("bac-trong", 3, 295.0)] {
        let engine = Builtin::new(&Voice::load(name).unwrap()).unwrap();
        for hertz in [85.0, 110.0, 147.3, 190.0] {
            for nucleus in [Phone::A, Phone::I, Phone::U, Phone::Ee, Phone::O] {
                let score = Score { notes: vec![note(Phone::M, nucleus, hertz, hertz); notes] };
                let audio = sound(&engine, &score);
                let have = measured_pitch(&audio, before + 130.0, before + 250.0);
                let error = (have / hertz - 1.0).abs();
                assert!(error < 0.03, "{name}: {nucleus} at {hertz} Hz sounds at {have} Hz");
            }
        }
    }
}

#[test]
fn a_rising_vowel_rises() {
    let score = Score { notes: vec![note(Phone::L, Phone::A, 100.0, 160.0)] };
    let audio = sound(&engine(), &score);
    // The rime runs from 75 to 295 ms.
    for middle in [120.0, 185.0, 250.0] {
        let want = 100.0 + 60.0 * (middle - 75.0) / 220.0;
        let have = measured_pitch(&audio, middle - 22.0, middle + 22.0);
        assert!((have / want - 1.0).abs() < 0.03, "{have} Hz at {middle} ms, scored {want} Hz");
    }
}

#[test]
fn sound_is_as_long_as_its_score_to_the_sample() {
    let [(_, recorded), (_, taught)] = engines();
    let engines: [&dyn Synthesizer; 3] = [&recorded, &taught, &Sine::new(16_000)];
    for engine in engines {
        let rate = f64::from(engine.sample_rate());
        let mut score = sentence();
        for step in 0..5 {
            score.notes[0].nucleus.0 += 0.013 * step as f32;
            let audio = sound(engine, &score);
            let want = (f64::from(score.duration().0) * rate / 1000.0).round() as usize;
            assert_eq!(audio.samples.len(), want);
        }
        assert!(sound(engine, &Score::default()).samples.is_empty());
    }
}

#[test]
fn each_syllable_sounds_where_its_score_puts_it() {
    let mut score = Score { notes: vec![paused(note(Phone::M, Phone::A, 120.0, 120.0)); 4] };
    score.notes[2].pause = Millis(737.0);
    for (name, engine) in engines() {
        let audio = sound(&engine, &score);
        let mut start = 0.0;
        for note in &score.notes {
            let loud = &audio.samples[at(&audio, start + 120.0)..at(&audio, start + 250.0)];
            assert!(root_mean_square(loud) > 0.02, "{name}: silence at {start} ms");
            let end = start + note.sounding().0 + note.pause.0;
            let silent = &audio.samples[at(&audio, end - 300.0)..at(&audio, end - 100.0)];
            assert!(silent.iter().all(|s| *s == 0.0), "{name}: sound before {end} ms");
            start = end;
        }
    }
}

#[test]
fn a_final_stop_is_silent_before_it_ends() {
    let stopped = paused(with_coda(note(Phone::Th, Phone::A, 130.0, 150.0), Phone::T, 110.0));
    let score = Score { notes: vec![stopped] };
    for (name, engine) in engines() {
        let audio = sound(&engine, &score);
        let vowel = root_mean_square(&audio.samples[at(&audio, 130.0)..at(&audio, 230.0)]);
        let closure = root_mean_square(&audio.samples[at(&audio, 340.0)..at(&audio, 400.0)]);
        assert!(closure < 0.2 * vowel, "{name}: {closure} against {vowel}");
    }
}

#[test]
fn level_is_healthy_and_nothing_clicks() {
    let score = sentence();
    for (name, engine) in engines() {
        let audio = sound(&engine, &score);
        let samples = &audio.samples;
        let peak = samples.iter().fold(0.0f32, |peak, s| peak.max(s.abs()));
        assert!((0.1..1.0).contains(&peak), "{name}: peak {peak}");
        let speech: Vec<f32> = samples.iter().copied().filter(|s| *s != 0.0).collect();
        let level = root_mean_square(&speech);
        assert!((0.02..0.3).contains(&level), "{name}: level {level}");
        let mean = samples.iter().sum::<f32>() / samples.len() as f32;
        assert!(mean.abs() < 0.005, "{name}: direct current {mean}");
        // A vowel's own steps are large; at the joins of syllables and at the edges of pauses none
        // may be much larger.
        let jump = samples.windows(2).fold(0.0f32, |most, w| most.max((w[1] - w[0]).abs()));
        assert!(jump < 0.5 * peak + 0.1, "{name}: a jump of {jump} with peaks of {peak}");
        assert!(samples[0].abs() < 1e-3 && samples[samples.len() - 1].abs() < 1e-3);
    }
}

#[test]
fn loud_scores_do_not_clip() {
    let mut score = sentence();
    score.notes.iter_mut().for_each(|note| note.gain = 50.0);
    for (name, engine) in engines() {
        let audio = sound(&engine, &score);
        assert!(audio.samples.iter().all(|s| s.abs() < 1.0), "{name}");
    }
}

#[test]
fn gain_makes_louder() {
    let level = |gain: f32| {
        let mut score = Score { notes: vec![note(Phone::M, Phone::A, 120.0, 120.0)] };
        score.notes[0].gain = gain;
        root_mean_square(&sound(&engine(), &score).samples)
    };
    let ratio = level(0.8) / level(0.4);
    assert!((1.8..2.2).contains(&ratio), "{ratio}");
}

#[test]
fn creak_makes_periods_uneven() {
    let regularity = |creak: f32| {
        let mut score = Score { notes: vec![note(Phone::M, Phone::A, 100.0, 100.0)] };
        score.notes[0].creak = [creak; PITCH_POINTS];
        let audio = sound(&engine(), &score);
        let samples = &audio.samples[at(&audio, 130.0)..at(&audio, 250.0)];
        let period = audio.sample_rate as usize / 100;
        let (a, b) = (&samples[..samples.len() - period], &samples[period..]);
        let dot: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
        dot / (root_mean_square(a) * root_mean_square(b) * a.len() as f32)
    };
    let (modal, creaky) = (regularity(0.0), regularity(1.0));
    assert!(modal > 0.9 && creaky < modal - 0.03, "{modal} {creaky}");
}

#[test]
fn the_same_score_gives_the_same_bytes_at_any_number_of_threads() {
    for (_, engine) in engines() {
        let engine = Arc::new(engine);
        let first = sound(&*engine, &sentence());
        let threads: Vec<_> = (0..6)
            .map(|_| {
                let engine = Arc::clone(&engine);
                std::thread::spawn(move || sound(&*engine, &sentence()))
            })
            .collect();
        for thread in threads {
            assert!(thread.join().unwrap() == first);
        }
        let mut other = sentence();
        other.notes[0].nucleus.0 += 10.0;
        assert!(sound(&*engine, &other) != first);
    }
}

/// What a score sounds like, roughly: how loud each hundredth of a second is, in steps of 16 bits.
fn levels(audio: &Audio) -> Vec<f32> {
    let frames = audio.samples.chunks(audio.sample_rate as usize / 100);
    frames.map(|frame| (root_mean_square(frame) * 32767.0).round()).collect()
}

/// Sounds that were spoken before are kept under the generation of the engine, the voice and the
/// score. So where the same voice gives the same score another sound, the generation must be raised.
#[test]
fn the_generation_of_the_engine_is_raised_with_its_sound() {
    let path = "tests/cases/synthesize/generation.tsv";
    let room = voice().manifest.room.unwrap();
    let levels = levels(&sound(&InRoom::new(engine(), &room), &sentence()));
    let text = std::fs::read_to_string(path).unwrap();
    let rows =
        docbao::model::tables::rows(path, &text, &["generation", "voice", "levels"]).unwrap();
    let row = &rows[0].1;
    let stored: Vec<f32> = row[2].split(' ').map(|level| level.parse().unwrap()).collect();
    let same_voice = row[1] == voice().digest().to_string();
    let same_generation = row[0] == GENERATION.to_string();
    if same_voice && same_generation {
        let near = |(a, b): (&f32, &f32)| (a - b).abs() <= 2.0 + 0.01 * a.max(*b);
        assert!(
            levels.len() == stored.len() && levels.iter().zip(&stored).all(near),
            "the engine sounds otherwise: raise GENERATION in src/voice/parametric/synthesize/mod.rs"
        );
        return;
    }
    assert!(
        std::env::var_os("DOCBAO_ACCEPT").is_some(),
        "the voice or the generation is another: accept its sound with DOCBAO_ACCEPT=1"
    );
    let comments: String = text.split_inclusive('\n').take_while(|l| l.starts_with('#')).collect();
    let levels: Vec<_> = levels.iter().map(ToString::to_string).collect();
    let row = format!("{GENERATION}\t{}\t{}\n", voice().digest(), levels.join(" "));
    std::fs::write(path, format!("{comments}generation\tvoice\tlevels\n{row}")).unwrap();
}

#[test]
fn the_stub_sounds_a_tone_at_the_scored_pitch() {
    let score = Score { notes: vec![note(Phone::M, Phone::A, 150.0, 150.0)] };
    let audio = sound(&Sine::new(16_000), &score);
    let have = measured_pitch(&audio, 20.0, 250.0);
    assert!((have - 150.0).abs() < 1.5, "{have}");
    assert!(root_mean_square(&audio.samples) > 0.1);
}

#[test]
fn scores_that_cannot_be_sounded_are_errors() {
    let [(_, recorded), (_, taught)] = engines();
    let engines: [&dyn Synthesizer; 3] = [&recorded, &taught, &Sine::new(16_000)];
    for engine in engines {
        for bad in [-1.0, f32::NAN, f32::INFINITY, 1e9] {
            let mut score = sentence();
            score.notes[1].pause = Millis(bad);
            assert!(engine.synthesize(&score).is_err(), "{bad} ms");
        }
        for odd in [0.0, -5.0, f32::NAN, f32::INFINITY, 1e9] {
            let mut score = sentence();
            score.notes[1].f0 = [Hertz(odd); PITCH_POINTS];
            score.notes[2].creak = [odd; PITCH_POINTS];
            score.notes[3].gain = odd;
            let audio = sound(engine, &score);
            assert!(audio.samples.iter().all(|s| s.abs() < 1.0), "pitch, creak and gain {odd}");
        }
    }
}

#[test]
fn any_syllable_sounds() {
    for (name, engine) in engines() {
        for &onset in Phone::ALL {
            for &coda in Phone::ALL.iter().step_by(5) {
                let score =
                    Score { notes: vec![with_coda(note(onset, coda, 99.0, 120.0), coda, 1.0)] };
                let audio = sound(&engine, &score);
                assert!(audio.samples.iter().all(|s| s.is_finite()), "{name}");
            }
        }
    }
}

#[test]
fn an_unknown_voice_is_an_error_that_names_the_known_ones() {
    let error = Voice::load("nobody").unwrap_err().to_string();
    assert!(error.contains("nobody") && error.contains("bac"), "{error}");
    for name in Voice::list() {
        Builtin::new(&Voice::load(name).unwrap()).unwrap();
    }
}

#[test]
fn a_voice_is_opened_from_a_folder() {
    let opened = Voice::load("voices/bac").unwrap();
    assert_eq!(opened.manifest, voice().manifest);
    assert!(opened.model == voice().model);
    let error = Voice::load("voices/none").unwrap_err().to_string();
    assert!(error.contains("voices/none"), "{error}");
}

/// What opening a copy of the voice says after one of its files was changed.
fn error_after(file: &str, change: impl Fn(String) -> String) -> String {
    let folder = tempfile::tempdir().unwrap();
    for name in ["voice.toml", "durations.tsv", "tones.tsv", "model.bin"] {
        std::fs::copy(format!("voices/bac/{name}"), folder.path().join(name)).unwrap();
    }
    let path = folder.path().join(file);
    let text = change(std::fs::read_to_string(&path).unwrap());
    std::fs::write(&path, text).unwrap();
    Voice::open(folder.path()).unwrap_err().to_string()
}

#[test]
fn a_manifest_out_of_bounds_is_an_error_that_says_what() {
    let cases = [
        ("sample_rate = 24000", "sample_rate = 7", "sample_rate must lie between"),
        ("rate = 1.12", "rate = 9.0", "rate must lie between"),
        ("level = ", "level = nan #", "level must be more than 0"),
        ("base = ", "base = 5000.0 #", "pitch must have"),
        ("jitter = ", "jitter = -1.0 #", "creak must have"),
        ("level_db = ", "level_db = 3.0 #", "room must have"),
        ("\"model.bin\"", "\"../model.bin\"", "without a folder"),
        ("\"north\"", "\"mars\"", "mars"),
        ("[pitch]", "[pich]", "pich"),
        ("description = ", "tempo = 1\ndescription = ", "tempo"),
    ];
    for (from, to, says) in cases {
        let error = error_after("voice.toml", |text| {
            assert!(text.contains(from), "voice.toml has no {from}");
            text.replacen(from, to, 1)
        });
        assert!(error.contains("voice.toml") && error.contains(says), "{to}: {error}");
    }
}

#[test]
fn a_damaged_model_is_an_error_and_takes_no_memory() {
    let whole = voice().model.into_owned();
    let error = |bytes: Vec<u8>| {
        let voice = Voice { model: bytes.into(), ..voice() };
        Builtin::new(&voice).err().map(|error| error.to_string())
    };
    assert_eq!(error(whole.clone()), None);
    for length in (0..64).chain([1000, whole.len() / 2, whole.len() - 1]) {
        let message = error(whole[..length].to_vec()).expect("a truncated model is refused");
        assert!(message.starts_with("bac/model.bin: "), "{message}");
    }
    let changed = |at: usize, byte: u8| {
        let mut bytes = whole.clone();
        bytes[at] = byte;
        error(bytes).expect("a changed model is refused")
    };
    assert!(changed(0, b'X').contains("not a model file"));
    assert!(changed(8, 99).contains("version 99"));
    // Each size in turn made absurd.
    for size in 0..8 {
        let message = changed(12 + 4 * size + 3, 0x7F);
        assert!(message.contains("shape"), "{message}");
    }
    assert!(changed(whole.len() / 2, whole[whole.len() / 2] ^ 1).contains("checksum"));
    let longer = [&whole[..], &[0; 4]].concat();
    assert!(error(longer).unwrap().contains("checksum"));
}
