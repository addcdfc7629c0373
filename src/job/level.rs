//! How loud a voice speaks, so that several in one narration are equally loud.

use crate::model::diag::Span;
use crate::model::manner::Delivery;
use crate::model::phrase::Intonation;
use crate::model::take::{Take, from_pcm16, to_pcm16};
use crate::model::units::Millis;
use crate::model::utterance::{BreathGroup, Utterance, UtteranceWord};

/// What every voice says to be measured: words of many sounds, that a voice of any language can say
/// something for.
const WORDS: [&str; 8] = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám"];

/// The length of the frames that are measured, in seconds.
const FRAME: f64 = 0.05;

/// Frames that are softer than the loudest by this factor are pauses and the edges of words: 20 dB.
const SILENCE: f32 = 0.1;

/// No voice is made louder or softer by more than this factor: 12 dB.
const MOST: f32 = 4.0;

/// No sound is made louder than this, so that nothing is clipped.
const PEAK: f32 = 0.95;

/// The utterance by which a voice is measured.
pub(super) fn measure() -> Utterance {
    let words = WORDS.map(|word| UtteranceWord::new(word, Span::new(0, 0))).to_vec();
    let groups =
        vec![BreathGroup { words: 0..words.len(), mark: None, pause: Millis(0.0), role: None }];
    Utterance {
        sentence: 0,
        words,
        groups,
        intonation: Intonation::Statement,
        delivery: Delivery::default(),
    }
}

/// The level of the speech in a take: the root mean square of what is not silent, 0 to 1.
pub(super) fn of(take: &Take) -> f32 {
    let frame = ((FRAME * f64::from(take.sample_rate)) as usize).max(1);
    let power = |samples: &[i16]| {
        let square = |&sample: &i16| from_pcm16(sample) * from_pcm16(sample);
        samples.iter().map(square).sum::<f32>() / samples.len() as f32
    };
    let powers: Vec<f32> = take.samples.chunks(frame).map(power).collect();
    let loudest = powers.iter().copied().fold(0.0, f32::max);
    let spoken = powers.iter().filter(|&&power| power >= loudest * SILENCE * SILENCE);
    let (sum, count) = spoken.fold((0.0, 0), |(sum, count), power| (sum + power, count + 1));
    (sum / count.max(1) as f32).sqrt()
}

/// The factor that brings a voice of one level to another.
pub(super) fn gain(from: f32, to: f32) -> f32 {
    if from > 0.0 && to > 0.0 { (to / from).clamp(1.0 / MOST, MOST) } else { 1.0 }
}

/// A take that is louder by so many decibels, or by less if it would be clipped.
pub(super) fn louder(take: Take, decibels: f32) -> Take {
    if decibels == 0.0 { take } else { at_level(take, libm::powf(10.0, decibels / 20.0)) }
}

/// A take that is louder by a factor, or by less if it would be clipped.
pub(super) fn at_level(mut take: Take, gain: f32) -> Take {
    let peak = take.samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or_default();
    let peak = f32::from(peak) / 32767.0;
    let gain = if gain > 1.0 { gain.min((PEAK / peak).max(1.0)) } else { gain };
    for sample in &mut take.samples {
        *sample = to_pcm16(from_pcm16(*sample) * gain);
    }
    take
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(height: i16, silence: usize) -> Take {
        let wave = (0..8000).map(|at| if at / 20 % 2 == 0 { height } else { -height });
        Take::new(8000, wave.chain(std::iter::repeat_n(0, silence)).collect(), Vec::new())
    }

    #[test]
    fn silence_does_not_count_and_nothing_is_clipped() {
        let (soft, loud) = (square(4000, 20_000), square(8000, 0));
        let gain = gain(of(&soft), of(&loud));
        assert!((gain - 2.0).abs() < 0.01, "{gain}");
        assert!((of(&at_level(soft, gain)) - of(&loud)).abs() < 0.001);
        let peak = |take: Take| take.samples.iter().copied().max().unwrap();
        assert!(peak(at_level(square(20_000, 0), 4.0)) <= 31_130);
        assert_eq!(peak(at_level(square(20_000, 0), 0.5)), 10_000);
        assert_eq!(super::gain(0.0, 1.0), 1.0);
    }
}
