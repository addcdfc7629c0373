//! From the sound of a server to a take: the silence that the script asks for, and where words are.

use std::ops::Range;

use super::sound::Sound;
use crate::model::take::{Take, to_pcm16};
use crate::model::units::Millis;
use crate::model::utterance::BreathGroup;
use crate::voice::estimate::estimate;

/// How much is kept of what is heard before the first word and after the last, in milliseconds: room for
/// a breath of air, and for the voice to die away. Both are taken out of the silence.
const LEAD: f32 = 24.0;
const TAIL: f32 = 60.0;

/// How long the sound fades where it is cut, in milliseconds.
const FADE: f32 = 5.0;

/// The take of an utterance whose words have these shares of its time.
pub(super) fn take(sound: &Sound, weights: &[usize], groups: &[BreathGroup]) -> Take {
    let Sound { samples, sample_rate } = sound;
    let samples_of = |milliseconds: f32| {
        (f64::from(milliseconds) * f64::from(*sample_rate) / 1000.0).round() as usize
    };
    let mut before = 0;
    let counted: Vec<Range<usize>> = weights
        .iter()
        .map(|weight| {
            before += weight;
            before - weight..before
        })
        .collect();
    let ends = groups.iter().filter_map(|group| Some(counted.get(group.words.end)?.start));
    let breaks: Vec<usize> = ends.collect();
    let pause = groups.last().map_or(Millis(0.0), |group| group.pause);
    // Something is heard: whoever decoded it has looked.
    let Some(found) = estimate(&counted, &breaks, samples, *sample_rate) else {
        return Take::new(*sample_rate, Vec::new(), vec![0..0; weights.len()]);
    };
    let from = found.heard.start.saturating_sub(samples_of(LEAD));
    let silence = samples_of(pause.0).saturating_sub(samples_of(LEAD));
    let tail = samples_of(TAIL).min(silence).min(samples.len() - found.heard.end);
    let mut kept = samples[from..found.heard.end + tail].to_vec();
    let fade = samples_of(FADE).min(kept.len() / 2);
    let last = kept.len() - 1;
    for at in 0..fade {
        let gain = at as f32 / fade as f32;
        kept[at] *= gain;
        kept[last - at] *= gain;
    }
    kept.resize(found.heard.end - from + silence, 0.0);
    let place = |at: usize| (at - from) as u64;
    let words = found.words.iter().map(|word| place(word.start)..place(word.end)).collect();
    Take::new(*sample_rate, kept.into_iter().map(to_pcm16).collect(), words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_silence_is_the_scripts_and_words_share_what_is_heard() {
        let samples = [vec![0.0; 500], vec![0.5; 1000], vec![0.0; 700]].concat();
        let sound = Sound { samples, sample_rate: 1000 };
        let group =
            |pause: f32| BreathGroup { words: 0..2, mark: None, pause: Millis(pause), role: None };
        let take = take(&sound, &[1, 3], &[group(300.0)]);
        assert_eq!(take.words, [24..274, 274..1024]);
        assert_eq!(take.samples.len(), 24 + 1000 + 300 - 24);
        assert!(take.samples[1024..].iter().all(|sample| *sample == 0));
        assert_eq!(super::take(&sound, &[1, 1], &[group(0.0)]).samples.len(), 1024);
    }
}
