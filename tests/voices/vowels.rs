//! The vowels, by their formants.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use docbao::inspect::Formants;
use docbao::units::Hertz;
use rayon::prelude::*;

use crate::said::{Said, Sounds, Speaker, say_in, speakers};
use crate::{median, none, table};

const COLUMNS: [&str; 8] =
    ["vowel", "syllables", "range", "f1_low", "f1_high", "f2_low", "f2_high", "source"];

/// The first two formants around the middle of a vowel, in Hz; none where they cannot be told.
pub fn formants(speaker: &Speaker, said: &Said, sounds: &Sounds) -> Option<[f32; 2]> {
    let ceiling = if speaker.voice.manifest.range == "female" { 5500.0 } else { 5000.0 };
    let length = sounds.coda - sounds.nucleus;
    let (from, to) = (sounds.nucleus + 0.4 * length, sounds.nucleus + 0.7 * length);
    let formants = Formants::new(&said.audio, Hertz(ceiling));
    formants.median::<2>(from, to).map(|pair| pair.map(|hertz| hertz.0))
}

/// F1 and F2 of every vowel of every voice.
fn measured() -> &'static BTreeMap<(&'static str, String), [f32; 2]> {
    static MEASURED: OnceLock<BTreeMap<(&str, String), [f32; 2]>> = OnceLock::new();
    MEASURED.get_or_init(|| {
        let rows = table("formants.tsv", &COLUMNS);
        let wanted: Vec<_> = speakers()
            .iter()
            .flat_map(|speaker| rows.iter().map(move |row| (speaker, &row.fields)))
            .filter(|(speaker, fields)| fields[2] == speaker.voice.manifest.range)
            .collect();
        let found = wanted.into_par_iter().map(|(speaker, fields)| {
            let dialect = speaker.voice.manifest.dialect;
            let pairs: Vec<[f32; 2]> = fields[1]
                .split(' ')
                .filter_map(|syllable| {
                    let said = say_in(speaker, dialect, &format!("cho {syllable} ta"));
                    formants(speaker, &said, &said.sounds[1])
                })
                .collect();
            let of = |n: usize| median(pairs.iter().map(|pair| pair[n]).collect());
            ((speaker.name, fields[0].clone()), [of(0), of(1)])
        });
        found.collect()
    })
}

#[test]
fn vowels_have_the_formants_of_hanoi() {
    let rows = table("formants.tsv", &COLUMNS);
    assert_eq!(rows.len(), 22);
    let mut faults = Vec::new();
    for speaker in speakers() {
        let range = &speaker.voice.manifest.range;
        for row in rows.iter().filter(|row| row.fields[2] == *range) {
            let vowel = &row.fields[0];
            let have = measured()[&(speaker.name, vowel.clone())];
            let bound = |column: usize| row.fields[column].parse::<f32>().unwrap();
            for (n, value) in have.into_iter().enumerate() {
                let (low, high) = (bound(3 + 2 * n), bound(4 + 2 * n));
                if !(low..=high).contains(&value) {
                    let (name, n) = (speaker.name, n + 1);
                    faults.push(format!(
                        "{name} {vowel}: F{n} {value:.0} Hz is not in {low} to {high} ({})",
                        row.place
                    ));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn vowels_stand_to_one_another_as_they_should() {
    // In falling or rising order of one formant: height is F1, frontness F2.
    let orders: [(usize, &[&str]); 7] = [
        (0, &["i", "ê", "e"]),
        (0, &["u", "ô", "o", "a"]),
        (0, &["ư", "ơ", "a"]),
        (0, &["â", "ă"]),
        (1, &["u", "ư", "i"]),
        (1, &["ô", "ơ", "ê"]),
        (1, &["o", "a", "e"]),
    ];
    let mut faults = Vec::new();
    for speaker in speakers() {
        for (n, order) in orders {
            for pair in order.windows(2) {
                let [low, high] = [pair[0], pair[1]]
                    .map(|vowel| measured()[&(speaker.name, vowel.to_owned())][n]);
                if low >= high {
                    let (name, n) = (speaker.name, n + 1);
                    let [a, b] = [pair[0], pair[1]];
                    faults.push(format!("{name}: F{n} of {a} {low:.0} Hz, of {b} {high:.0} Hz"));
                }
            }
        }
    }
    for ((voice, vowel), [f1, f2]) in measured() {
        println!("{voice} {vowel}: {f1:.0} {f2:.0}");
    }
    none(&faults);
}
