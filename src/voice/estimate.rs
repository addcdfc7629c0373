//! Where words are heard in a sound of which nothing else is known.

use std::ops::Range;

/// What is this much quieter than the loudest stretch of a sound is silence, as a factor: -40 dB.
const SILENCE: f32 = 0.01;

/// The step in which silence is looked for, as a part of a second.
const STEPS: u32 = 100;

/// So many steps of silence are a pause.
const SHORTEST_PAUSE: usize = 15;

/// Where the words of an utterance are heard in its sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Estimate {
    /// The samples of the sound without the silence at its ends.
    pub heard: Range<usize>,
    /// Those of each word, in order.
    pub words: Vec<Range<usize>>,
}

/// Words in proportion to how many sounds they have, where pauses count as no time; `None` if all is
/// silent. `words` counts the sounds before each word, and before it is over.
pub(super) fn estimate(
    words: &[Range<usize>],
    sound: &[f32],
    sample_rate: u32,
) -> Option<Estimate> {
    let step = (f64::from(sample_rate) / f64::from(STEPS)).round().max(1.0) as usize;
    let level = |part: &[f32]| {
        (part.iter().map(|sample| sample * sample).sum::<f32>() / part.len() as f32).sqrt()
    };
    let levels: Vec<f32> = sound.chunks(step).map(level).collect();
    let loudest = levels.iter().fold(0.0f32, |most, level| most.max(*level));
    let loud: Vec<usize> = (0..levels.len()).filter(|at| levels[*at] > SILENCE * loudest).collect();
    let (first, last) = (*loud.first()?, *loud.last()?);
    // The silence of a stop consonant is time too.
    let pairs = loud.windows(2).flat_map(|pair| {
        let end = if pair[1] - pair[0] < SHORTEST_PAUSE { pair[1] } else { pair[0] + 1 };
        pair[0]..end
    });
    let sounding: Vec<usize> = pairs.chain([last]).collect();
    let heard = first * step..((last + 1) * step).min(sound.len());
    let weight = words.last().map_or(0, |last| last.end);
    // The sample at which a word is heard that is after so much weight.
    let sample = |before: usize| {
        let steps = before as f64 / weight.max(1) as f64 * sounding.len() as f64;
        let place = match sounding.get(steps as usize) {
            Some(at) => ((*at as f64 + steps.fract()) * step as f64) as usize,
            None => heard.end,
        };
        place.clamp(heard.start, heard.end)
    };
    let words = words.iter().map(|word| sample(word.start)..sample(word.end)).collect();
    Some(Estimate { heard, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_no_time_of_words() {
        let loud = |seconds: f64| vec![0.5f32; (seconds * 1000.0) as usize];
        let silent = |seconds: f64| vec![0.0f32; (seconds * 1000.0) as usize];
        let sound = [silent(0.3), loud(1.0), silent(0.5), loud(1.0), silent(0.2)].concat();
        let found = estimate(&[0..1, 1..2, 2..4], &sound, 1000).unwrap();
        assert_eq!(found.heard, 300..2800);
        assert_eq!(found.words[0], 300..800);
        assert_eq!(found.words[1].start, 800);
        assert_eq!(found.words[2].end, 2800);
        assert!(found.words[2].start.abs_diff(1800) <= 10, "{found:?}");
        assert_eq!(estimate(&[0..1], &silent(1.0), 1000), None);
        assert_eq!(estimate(&[], &[], 1000), None);
    }
}
