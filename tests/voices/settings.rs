//! What a listener asks for is what is heard: speed and pitch, one without the other.

use docbao::model::units::Semitones;

use crate::none;
use crate::said::{Said, say_at, speakers};
use crate::vowels::formants;

const SENTENCE: &str = "hôm nay ba cho ta về quê thăm bà nên ai cũng vui";
/// Those of its syllables whose vowel is measured: ba, ta and bà.
const MEASURED: [usize; 3] = [2, 4, 8];

fn seconds(said: &Said) -> f64 {
    said.sounds.last().unwrap().end - said.sounds[0].onset
}

/// The median pitch in semitones above 1 Hz.
fn pitch(said: &Said) -> f32 {
    12.0 * said.track.quantile(0.5).unwrap().0.log2()
}

#[test]
fn speed_changes_neither_pitch_nor_vowels_and_pitch_changes_no_vowel() {
    let mut faults = Vec::new();
    for speaker in speakers() {
        let plain = say_at(speaker, 1.0, Semitones(0.0), SENTENCE);
        let fast = say_at(speaker, 1.5, Semitones(0.0), SENTENCE);
        let high = say_at(speaker, 1.0, Semitones(4.0), SENTENCE);
        let mut hold = |what: &str, value: f32, low: f32, high: f32| {
            if !(low..=high).contains(&value) {
                let name = speaker.name;
                faults.push(format!("{name}: {what} {value:.2} is not in {low} to {high}"));
            }
        };
        let faster = (seconds(&plain) / seconds(&fast)) as f32;
        hold("how many times faster at rate 1.5", faster, 1.3, 1.7);
        hold("semitones higher at rate 1.5", pitch(&fast) - pitch(&plain), -0.5, 0.5);
        hold("times as long at pitch 4", (seconds(&high) / seconds(&plain)) as f32, 0.999, 1.001);
        hold("semitones higher at pitch 4", pitch(&high) - pitch(&plain), 3.5, 4.5);
        let of = |said| formants(speaker, &MEASURED.map(|at| (said, at)));
        let (plain, fast, high) = (of(&plain), of(&fast), of(&high));
        for n in [0, 1] {
            let which = format!("of a, F{}", n + 1);
            hold(&format!("{which} at rate 1.5 over plain"), fast[n] / plain[n], 0.9, 1.1);
            hold(&format!("{which} at pitch 4 over plain"), high[n] / plain[n], 0.9, 1.1);
        }
    }
    none("speed_changes_neither_pitch_nor_vowels_and_pitch_changes_no_vowel", &faults);
}
