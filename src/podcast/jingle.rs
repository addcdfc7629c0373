//! A jingle to begin with, of a few notes: a placeholder, as the cover is.

use std::f64::consts::TAU;
use std::io::Cursor;

use hound::{SampleFormat, WavSpec, WavWriter};

use crate::model::digest::Digest;
use crate::model::take::to_pcm16;

/// Samples a second.
const RATE: u32 = 44_100;

/// How long it is, in seconds.
const LENGTH: f64 = 3.2;

/// The notes: where each begins, in seconds, its frequency in Hz (d'', f'', g'', a'', d''' in equal
/// temperament), and how long it takes to fall to a third, in seconds.
const NOTES: [(f64, f64, f64); 5] = [
    (0.0, 587.33, 0.35),
    (0.2, 698.46, 0.35),
    (0.4, 783.99, 0.35),
    (0.6, 880.0, 0.45),
    (1.0, 1174.66, 0.7),
];

/// The strengths of the partials of a note, from its own frequency on. Higher ones fall faster.
const PARTIALS: [f64; 4] = [1.0, 0.4, 0.2, 0.08];

/// How long a note takes to begin, in seconds.
const ATTACK: f64 = 0.008;

/// How long the end takes, in seconds.
const FADE: f64 = 0.6;

/// The highest sample that may come, as a share of full scale.
const LEVEL: f64 = 0.22;

/// The bytes of the jingle as a WAV file, always the same.
pub(super) fn placeholder() -> Vec<u8> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut file = Cursor::new(Vec::new());
    // Memory takes what is written.
    if let Ok(mut wav) = WavWriter::new(&mut file, spec) {
        for n in 0..(LENGTH * f64::from(RATE)) as u32 {
            let _ = wav.write_sample(to_pcm16(sample(f64::from(n) / f64::from(RATE)) as f32));
        }
        let _ = wav.finalize();
    }
    file.into_inner()
}

/// Whether music with this digest is the placeholder.
pub(super) fn is_placeholder(digest: &Digest) -> bool {
    *digest == Digest::of(&placeholder())
}

/// Its sound at a time, in seconds.
fn sample(time: f64) -> f64 {
    let notes = NOTES.iter().filter(|(start, ..)| *start <= time);
    let note = |&(start, frequency, fall): &(f64, f64, f64)| {
        let time = time - start;
        let partials = PARTIALS.iter().zip(1..).map(|(strength, number)| {
            let number = f64::from(number);
            let phase = frequency * number * time;
            let wave = libm::sin(TAU * (phase - libm::floor(phase)));
            strength * libm::exp(-time * number / fall) * wave
        });
        (time / ATTACK).min(1.0) * partials.sum::<f64>()
    };
    let end = ((LENGTH - time) / FADE).min(1.0);
    LEVEL * end * notes.map(note).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_jingle_is_heard_and_nothing_of_it_is_clipped() {
        let bytes = placeholder();
        assert!(is_placeholder(&Digest::of(&bytes)));
        let samples: Vec<i16> = hound::WavReader::new(Cursor::new(bytes))
            .unwrap()
            .into_samples()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(samples.len(), (LENGTH * f64::from(RATE)) as usize);
        let peak = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap();
        assert!((8000..30_000).contains(&peak), "{peak}");
        assert!(samples[0].unsigned_abs() < 50 && samples[samples.len() - 1].unsigned_abs() < 50);
    }
}
