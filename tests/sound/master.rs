//! `master`: every sound to the level asked for, under the ceiling, in its place.

use crate::sound::{RATE, mastered, noise, speech, spooled};
use docbao::sound::master::{Level, Master, Measured, Meter, PRESETS, Preset, SILENCE_DB, Spool};

fn preset(name: &str) -> Preset {
    name.parse().unwrap()
}

fn measured(samples: &[f32], rate: u32) -> Measured {
    let mut meter = Meter::new(rate).unwrap();
    samples.chunks(1000).for_each(|chunk| meter.add(chunk));
    meter.finish()
}

fn louder(samples: &[f32], gain: f32) -> Vec<f32> {
    samples.iter().map(|sample| sample * gain).collect()
}

fn tone(hertz: f64, seconds: f64, strength: f64) -> Vec<f32> {
    let step = 2.0 * std::f64::consts::PI * hertz / f64::from(RATE);
    let samples = (seconds * f64::from(RATE)) as usize;
    (0..samples).map(|n| (strength * libm::sin(step * n as f64)) as f32).collect()
}

/// Bursts of noise that grow, with silences. It has as little above 10 kHz as speech.
fn bursts() -> Vec<f32> {
    let noise = noise(8 * RATE as usize + 7);
    let noise: Vec<f32> = noise.windows(8).map(|around| around.iter().sum()).collect();
    let shape = |(n, sample): (usize, f32)| {
        let half_second = n / (RATE as usize / 2);
        if half_second.is_multiple_of(2) { 0.0 } else { sample * 0.01 * half_second as f32 }
    };
    noise.into_iter().enumerate().map(shape).collect()
}

/// Speech as a phone would give it: cut off hard, many times over full scale.
fn clipped() -> Vec<f32> {
    speech().iter().map(|sample| (sample * 20.0).clamp(-1.0, 1.0)).collect()
}

#[test]
fn every_sound_meets_every_preset() {
    let sounds = [
        ("speech", speech().to_vec()),
        ("very quiet speech", louder(speech(), 0.005)),
        ("speech far over full scale", louder(speech(), 8.0)),
        ("clipped speech", clipped()),
        ("two seconds", speech()[..2 * RATE as usize].to_vec()),
        ("a word", speech()[..RATE as usize * 3 / 10].to_vec()),
        ("bursts of noise", bursts()),
        ("a tone", tone(997.0, 4.0, 0.01)),
        ("a tone between two samples", tone(6000.0, 4.0, 0.9)),
    ];
    for (name, sound) in &sounds {
        for preset in PRESETS {
            for rate in [RATE, 44_100] {
                let (out, done) = mastered(sound, &preset, rate);
                let heard = measured(&out, rate);
                let what = format!("{name} to {preset} at {rate}: {heard}");
                assert_eq!(
                    preset.faults(&heard),
                    [] as [docbao::model::message::Message; 0],
                    "{what}"
                );
                let off = match preset.level {
                    Some(Level::Loudness(aim)) => heard.integrated_lufs - aim,
                    Some(Level::Rms(aim)) => heard.rms_db - aim,
                    None => continue,
                };
                assert!(off.abs() < 0.3, "{what}");
                let claimed = done.after.integrated_lufs - heard.integrated_lufs;
                assert!(claimed.abs() < 0.2, "{what}, said to be {}", done.after);
                assert_eq!(done.samples, out.len() as u64);
            }
        }
    }
}

#[test]
fn the_meter_reads_what_the_standards_say() {
    // EBU Tech 3341, test 1 (a 1 kHz sine of -23 dBFS in both channels is -23 LUFS) less 3 dB for one
    // channel; and a tone at a quarter of the sample rate, whose samples all miss its peaks.
    let sine = tone(1000.0, 20.0, libm::pow(10.0, -23.0 / 20.0));
    let sine = measured(&sine, RATE);
    assert!((sine.integrated_lufs + 26.0).abs() < 0.1, "{sine}");
    assert!((sine.rms_db + 26.01).abs() < 0.02 && (sine.peak_db + 23.0).abs() < 0.02, "{sine}");
    let step = |n: usize| [0.5f32, 0.5, -0.5, -0.5][n % 4];
    let missed = measured(&(0..RATE as usize).map(step).collect::<Vec<_>>(), RATE);
    assert!((missed.peak_db + 6.02).abs() < 0.01, "{missed}");
    assert!((missed.true_peak_dbtp + 3.01).abs() < 0.4, "{missed}");
    // Silence, which has no level, and a quiet half second between loud ones.
    let silence = measured(&[0.0; 48_000], RATE);
    assert_eq!((silence.integrated_lufs, silence.noise_floor_db), (SILENCE_DB, SILENCE_DB));
    assert_eq!((silence.lead_silence_ms, silence.duration_ms), (2000.0, 2000.0));
    let mut sound = tone(440.0, 3.0, 0.5);
    sound[36_000..50_000].iter_mut().for_each(|sample| *sample *= 0.002);
    let floor = measured(&sound, RATE).noise_floor_db;
    assert!((floor + 63.0).abs() < 0.2, "{floor}");
    assert_eq!(measured(&[], RATE).duration_ms, 0.0);
    assert!(Meter::new(7).is_err());
    let line = sine.to_string();
    assert!(line.starts_with("-26.0 LUFS, true peak -23.0 dBTP") && !line.contains('\n'), "{line}");
}

#[test]
fn without_a_limiter_only_the_gain_changes() {
    let sound = louder(speech(), 0.1);
    let (out, done) = mastered(&sound, &preset("acx"), RATE);
    let same = mastered(&sound, &preset("none"), RATE).0;
    assert_eq!(same, sound);
    let quiet = Preset { level: Some(Level::Loudness(-35.0)), ..preset("apple") };
    let (quieter, quiet_done) = mastered(&sound, &quiet, RATE);
    assert_eq!(quiet_done.limited_db, 0.0);
    let gain = libm::pow(10.0, quiet_done.gain_db / 20.0) as f32;
    assert_eq!(quieter, louder(&sound, gain));
    // ACX's silence comes before and after, and the report says how much.
    let lead = (done.lead_ms * f64::from(RATE) / 1000.0).round() as usize;
    assert!((12_000..24_000).contains(&lead), "{lead}");
    assert!(out[..lead].iter().all(|sample| sample.abs() < 1e-6));
    let (before, after) = preset("acx").padding_ms(&done.before);
    let added = (before + after) * f64::from(RATE) / 1000.0;
    assert!((out.len() as f64 - sound.len() as f64 - added).abs() <= 1.0);
}

/// The place where one sound is most like another, in samples.
fn lag(a: &[f32], b: &[f32], most: i64) -> i64 {
    let alike = |lag: i64| -> f64 {
        let at = |n: usize| b.get((n as i64 + lag) as usize).copied().unwrap_or(0.0);
        a.iter().enumerate().map(|(n, x)| f64::from(*x) * f64::from(at(n))).sum()
    };
    (-most..=most).max_by(|x, y| alike(*x).total_cmp(&alike(*y))).unwrap()
}

#[test]
fn a_limiter_moves_nothing() {
    // Soft and loud in turn: speech of one level is hardly limited.
    let sound: Vec<f32> = speech()
        .chunks(RATE as usize / 2)
        .enumerate()
        .flat_map(|(at, half)| louder(half, if at % 2 == 0 { 1.0 } else { 0.4 }))
        .collect();
    for name in ["apple", "spotify"] {
        let (out, done) = mastered(&sound, &preset(name), RATE);
        assert_eq!(out.len(), sound.len());
        assert!(done.limited_db < -3.0, "{name} limits by {}", done.limited_db);
        // What is high in speech, taken out by differences, is where it was but for the rotator's
        // delay, a third of a millisecond at most, and the same from start to end.
        let high = |samples: &[f32]| -> Vec<f32> {
            let step = |samples: &[f32]| -> Vec<f32> {
                samples.windows(2).map(|pair| pair[1] - pair[0]).collect()
            };
            step(&step(samples))
        };
        let lags = [RATE as usize, sound.len() - 3 * RATE as usize].map(|start| {
            let stretch = start..start + 2 * RATE as usize;
            lag(&high(&sound[stretch.clone()]), &high(&out[stretch]), 100)
        });
        assert!((0..=8).contains(&lags[0]) && (lags[0] - lags[1]).abs() <= 1, "{name}: {lags:?}");
        // Silence stays silence.
        let silent = sound.windows(2400).position(|s| s.iter().all(|s| *s == 0.0)).unwrap();
        assert!(out[silent + 1200..silent + 2400].iter().all(|sample| sample.abs() < 1e-5));
    }
}

#[test]
fn clicks_cannot_be_made_as_loud_as_speech_but_stay_under_the_ceiling() {
    let mut clicks = vec![0.0; 5 * RATE as usize];
    clicks.iter_mut().step_by(RATE as usize).for_each(|sample| *sample = 0.9);
    let (out, done) = mastered(&clicks, &preset("spotify"), 44_100);
    assert!(measured(&out, 44_100).true_peak_dbtp <= -1.0);
    assert!(done.gain_db <= 60.0);
    assert!(!preset("spotify").faults(&done.after).is_empty());
}

#[test]
fn silence_stays_silence_and_no_sound_is_no_sound() {
    for preset in PRESETS {
        let (out, done) = mastered(&vec![0.0; 10_000], &preset, 44_100);
        assert!(out.iter().all(|sample| *sample == 0.0) && done.gain_db == 0.0, "{preset}");
        let (_, done) = mastered(&[], &preset, 44_100);
        assert_eq!(done.before.duration_ms, 0.0);
    }
}

#[test]
fn what_is_no_number_becomes_silence() {
    let mut sound = speech()[..RATE as usize].to_vec();
    sound[5000] = f32::NAN;
    sound[6000] = f32::INFINITY;
    let (out, done) = mastered(&sound, &preset("apple"), 44_100);
    assert!(out.iter().all(|sample| sample.is_finite()));
    assert!((done.after.integrated_lufs + 16.0).abs() < 0.3, "{}", done.after);
}

#[test]
fn faults_are_told_in_sentences() {
    let mut sound = measured(speech(), RATE);
    sound.integrated_lufs = -19.2;
    sound.true_peak_dbtp = -0.4;
    let faults = preset("apple").faults(&sound);
    assert_eq!(
        faults,
        [
            "it is too quiet: -19.2 LUFS where apple asks for -16.0 ±1",
            "its true peak is -0.40 dBTP where apple allows -1.0",
        ]
    );
    assert!((preset("apple").excess(&sound).unwrap() - 0.6).abs() < 1e-9);
    sound.noise_floor_db = -50.0;
    sound.rms_db = -15.0;
    sound.tail_silence_ms = 6000.0;
    sound.lead_silence_ms = 700.0;
    let faults = preset("acx").faults(&sound);
    let faults = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for says in ["too loud: -15.0 dB RMS", "floor is -50.0", "ends with 6.00 s", "asks for 1 to 5"]
    {
        assert!(faults.contains(says), "{faults}");
    }
    let error = "loud".parse::<Preset>().unwrap_err().to_string();
    assert!(error.contains("loud") && error.contains("apple, spotify, acx, none"), "{error}");
}

#[test]
fn a_spool_gives_back_what_it_took_as_often_as_asked_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let sound = noise(100_003);
    let mut spool = Spool::create(folder.path(), RATE).unwrap();
    sound.chunks(12_345).for_each(|chunk| spool.write(chunk).unwrap());
    assert_eq!(spool.samples(), 100_003);
    let mut spool = spool.finish().unwrap();
    for range in [0..100_003, 0..100_003, 20_000..60_001, 100_003..100_003] {
        let mut back = Vec::new();
        spool
            .read(&range, |samples| {
                back.extend_from_slice(samples);
                Ok(())
            })
            .unwrap();
        assert_eq!(back, sound[range.start as usize..range.end as usize]);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it has no name");
    let missing = folder.path().join("nowhere");
    let error = Spool::create(&missing, RATE).err().unwrap().to_string();
    assert!(error.contains("nowhere"), "{error}");
    assert!(Spool::create(folder.path(), 0).is_err());
}

#[test]
fn a_sound_is_handed_on_the_same_as_often_as_asked() {
    let mut master = Master::new(spooled(speech()));
    let mut handed = |preset: &Preset| {
        let mut out = Vec::new();
        let done = master.finish(preset, RATE, |samples| {
            out.extend_from_slice(samples);
            Ok(())
        });
        (out, done.unwrap())
    };
    let (apple, lower) = (preset("apple"), preset("apple").with_headroom(1.0));
    let first = handed(&apple);
    let second = handed(&lower);
    assert_ne!(first, second);
    assert!(handed(&apple) == first && handed(&lower) == second);
    assert!(mastered(speech(), &lower, RATE) == second);
}

#[test]
fn an_error_of_the_sink_ends_the_work() {
    let mut taken = 0;
    let done = Master::new(spooled(speech())).finish(&preset("apple"), 44_100, |samples| {
        taken += samples.len();
        Err(docbao::model::error::Error::request("enough"))
    });
    assert_eq!(done.unwrap_err().to_string(), "enough");
    assert!(taken < 40_000);
}

#[test]
fn stretches_have_the_gain_of_the_whole_and_its_silence_at_the_ends() {
    for name in ["none", "apple", "acx"] {
        let preset = preset(name);
        // A loud part, silence, a quiet part.
        let quiet = louder(speech(), 0.3);
        let silence = vec![0.0; RATE as usize / 2];
        let sound = [speech(), &silence, &quiet, &silence].concat();
        let seam = (speech().len() + silence.len()) as u64;
        let (whole, done) = mastered(&sound, &preset, RATE);
        let mut master = Master::new(spooled(&sound));
        let mut out = Vec::new();
        for stretch in [0..seam, seam..sound.len() as u64] {
            let before = out.len();
            let take = |samples: &[f32]| {
                out.extend_from_slice(samples);
                Ok(())
            };
            let samples = master.finish_stretch(&preset, RATE, &stretch, take).unwrap();
            assert_eq!(samples, (out.len() - before) as u64);
        }
        assert_eq!(out.len(), whole.len(), "{name}");
        let pairs = || out.iter().zip(&whole);
        // Filters start anew at a seam, in the silence.
        let off = pairs().map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off < 2e-3, "{name}: {off}");
        let exact = pairs().filter(|(a, b)| a == b).count();
        assert!(exact * 2 > whole.len() || done.limited_db < 0.0, "{name}: {exact}");
    }
}
