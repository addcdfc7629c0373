//! The vowels, by their formants.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use docbao::model::units::Hertz;
use docbao::sound::inspect::Formants;
use rayon::prelude::*;

use crate::said::{Said, Sounds, Speaker, say_in, speakers};
use crate::{median, none, table};

const COLUMNS: [&str; 8] =
    ["vowel", "syllables", "range", "f1_low", "f1_high", "f2_low", "f2_high", "source"];

/// The ceilings under which five formants are looked for, in Hz, for a man and for a woman: those of
/// Escudero, P. et al. (2009), "A cross-dialect acoustic description of vowels", JASA 126, in steps
/// of 100 Hz for their 10.
const MALE_CEILINGS: std::ops::RangeInclusive<u16> = 40..=60;
const FEMALE_CEILINGS: std::ops::RangeInclusive<u16> = 45..=65;

/// A vowel that was said: the syllable at this place.
pub(crate) type Token<'a> = (&'a Said, usize);

/// The first two formants of tokens of one vowel, in Hz, around their middles: the medians under the ceiling where
/// the tokens differ least, as Escudero et al. choose it for each speaker and vowel. Under any other,
/// two formants that lie close are taken for one, or one that is broad for two, in one token and not in
/// the next.
pub(crate) fn formants(speaker: &Speaker, tokens: &[Token]) -> [f32; 2] {
    let ceilings = match speaker.voice.manifest.range.as_str() {
        "female" => FEMALE_CEILINGS,
        _ => MALE_CEILINGS,
    };
    let under = |ceiling: u16| {
        let pair = |(said, at): &Token| {
            let Sounds { nucleus, coda, .. } = said.sounds[*at];
            let (from, to) = (nucleus + 0.4 * (coda - nucleus), nucleus + 0.7 * (coda - nucleus));
            let formants = Formants::new(&said.audio, Hertz(100.0 * f32::from(ceiling)));
            Some(formants.median::<2>(from, to)?.map(|hertz| hertz.0))
        };
        tokens.iter().map(pair).collect::<Option<Vec<[f32; 2]>>>()
    };
    let spread = |pairs: &Vec<[f32; 2]>| -> f32 {
        let of = |n: usize| {
            let logs: Vec<f32> = pairs.iter().map(|pair| pair[n].ln()).collect();
            let mean = logs.iter().sum::<f32>() / logs.len() as f32;
            logs.iter().map(|log| (log - mean) * (log - mean)).sum::<f32>()
        };
        of(0) + of(1)
    };
    let pairs = ceilings.filter_map(under).min_by(|a, b| spread(a).total_cmp(&spread(b)));
    let pairs = pairs.expect("no ceiling shows two formants in every token");
    [0, 1].map(|n| median(pairs.iter().map(|pair| pair[n]).collect()))
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
            let say = |syllable| say_in(speaker, dialect, &format!("cho {syllable} ta"));
            let said: Vec<Said> = fields[1].split(' ').map(say).collect();
            let tokens: Vec<Token> = said.iter().map(|said| (said, 1)).collect();
            ((speaker.name, fields[0].clone()), formants(speaker, &tokens))
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
    none("vowels_have_the_formants_of_hanoi", &faults);
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
    none("vowels_stand_to_one_another_as_they_should", &faults);
}
