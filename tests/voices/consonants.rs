//! The consonants: closures are silent, onsets neither swallowed nor too loud.

use docbao::sound::inspect::{decibels, root_mean_square};
use rayon::prelude::*;

use crate::said::{Said, Sounds, say_in, speakers};
use crate::{none, table};

/// A final stop is silent this much below its vowel, in dB.
const CLOSURE: f32 = -30.0;

/// Level of the loudest 20 ms of a rime, in dBFS.
fn vowel_level(said: &Said, sounds: &Sounds) -> f32 {
    let step = said.audio.sample_rate as usize / 100;
    let rime = said.samples(sounds.rime, sounds.voiced_end());
    let loudest = rime.windows(2 * step).step_by(step / 2).map(root_mean_square);
    decibels(loudest.fold(0.0, f32::max))
}

#[test]
fn final_stops_close_in_silence() {
    let mut faults = Vec::new();
    for speaker in speakers() {
        let dialect = speaker.voice.manifest.dialect;
        let words = ["tháp", "mát", "các", "thích", "học", "lập", "tốt", "cúc", "tiếp", "việt"];
        for word in words {
            for (text, at) in [(word.to_owned(), 0), (format!("cho {word} ta"), 1)] {
                let said = say_in(speaker, dialect, &text);
                let sounds = said.sounds[at];
                // The voice dies away for some milliseconds, and the next onset may set in early.
                let length = sounds.end - sounds.coda;
                let inside = said.samples(sounds.coda + 0.5 * length, sounds.end - 0.1 * length);
                let closure = decibels(root_mean_square(inside)) - vowel_level(&said, &sounds);
                if closure > CLOSURE {
                    let name = speaker.name;
                    faults.push(format!("{name} {text}: closure at {closure:.1} dB of the vowel"));
                }
            }
        }
    }
    none("final_stops_close_in_silence", &faults);
}

#[test]
fn onsets_are_heard_beside_their_vowels() {
    let rows = table("onsets.tsv", &["syllable", "low", "high", "voiced", "source"]);
    assert!(rows.len() > 10);
    let all: Vec<_> =
        speakers().iter().flat_map(|speaker| rows.iter().map(move |row| (speaker, row))).collect();
    let faults: Vec<String> = all
        .into_par_iter()
        .flat_map_iter(|(speaker, row)| {
            let dialect = speaker.voice.manifest.dialect;
            let syllable = &row.fields[0];
            let said = say_in(speaker, dialect, &format!("cho {syllable} ta"));
            let sounds = said.sounds[1];
            // Without the ends, where the vowels on either side are heard.
            let length = sounds.rime - sounds.onset;
            let (from, to) = (sounds.onset + 0.25 * length, sounds.rime - 0.25 * length);
            let onset = decibels(root_mean_square(said.samples(from, to)));
            let level = onset - vowel_level(&said, &sounds);
            let (low, high): (f32, f32) =
                (row.fields[1].parse().unwrap(), row.fields[2].parse().unwrap());
            let mut faults = Vec::new();
            if !(low..=high).contains(&level) {
                faults.push(format!(
                    "{} {syllable}: onset at {level:.1} dB of the vowel is not in {low} to {high}",
                    speaker.name
                ));
            }
            if let Ok(least) = row.fields[3].parse::<f32>() {
                let frames = said.track.between(from, to);
                let voiced = frames.iter().filter(|frame| frame.f0.is_some()).count();
                let voiced = voiced as f32 / frames.len().max(1) as f32;
                if voiced < least {
                    faults.push(format!(
                        "{} {syllable}: {:.0}% of the onset is voiced, not {:.0}%",
                        speaker.name,
                        100.0 * voiced,
                        100.0 * least
                    ));
                }
            }
            faults
        })
        .collect();
    none("onsets_are_heard_beside_their_vowels", &faults);
}
