//! Where words are heard in a sound of which nothing else is known.

use std::ops::Range;

/// What is this much quieter than the loudest stretch of a sound is silence, as a factor: -40 dB.
const SILENCE: f32 = 0.01;

/// The step in which silence is looked for, as a part of a second.
const STEPS: u32 = 100;

/// So many steps of silence are a pause.
const SHORTEST_PAUSE: usize = 15;

/// What it costs, in steps, that a pause comes where none is expected, or none where one is: both are
/// taken for one another where that errs by less than twice as much.
const UNMATCHED: f64 = 30.0;

/// Where the words of an utterance are heard in its sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Estimate {
    /// The samples of the sound without the silence at its ends.
    pub heard: Range<usize>,
    /// Those of each word, in order.
    pub words: Vec<Range<usize>>,
}

/// Words in proportion to how many sounds they have, where pauses count as no time; `None` if all is
/// silent. `words` counts the sounds before each word, and before it is over. `breaks` counts those before
/// each place, ascending, where a pause is to be expected: where one is near, it is taken to be there.
pub(super) fn estimate(
    words: &[Range<usize>],
    breaks: &[usize],
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
    // The steps that are time of words, and how many of them come before each pause.
    let (mut sounding, mut pauses) = (Vec::new(), Vec::new());
    for pair in loud.windows(2) {
        if pair[1] - pair[0] < SHORTEST_PAUSE {
            // The silence of a stop consonant is time too.
            sounding.extend(pair[0]..pair[1]);
        } else {
            sounding.push(pair[0]);
            pauses.push(sounding.len());
        }
    }
    sounding.push(last);
    let heard = first * step..((last + 1) * step).min(sound.len());
    let weight = words.last().map_or(0, |last| last.end);
    let places = anchors(breaks, weight, &pauses, sounding.len());
    // How many steps are over when so much weight is.
    let steps = |before: usize| {
        let next =
            places.partition_point(|(weight, _)| *weight <= before).clamp(1, places.len() - 1);
        let ((from, start), (to, end)) = (places[next - 1], places[next]);
        let share = (before - from) as f64 / (to - from).max(1) as f64;
        start as f64 + share * (end - start) as f64
    };
    let sample = |step_before: usize, steps: f64| {
        let within = sounding[step_before] as f64 + steps - step_before as f64;
        ((within * step as f64) as usize).clamp(heard.start, heard.end)
    };
    let last = sounding.len() - 1;
    let start = |before| sample((steps(before) as usize).min(last), steps(before));
    let end =
        |before| sample((steps(before).ceil() as usize).clamp(1, last + 1) - 1, steps(before));
    let words = words.iter().map(|word| start(word.start)..end(word.end).max(start(word.start)));
    Some(Estimate { words: words.collect(), heard: heard.clone() })
}

/// Where weights are over by steps: the ends, and the breaks that have a pause near, in an alignment of
/// both with the least error (Needleman and Wunsch 1970).
fn anchors(breaks: &[usize], weight: usize, pauses: &[usize], steps: usize) -> Vec<(usize, usize)> {
    let error = |at: usize, pause: usize| {
        let expected = breaks[at] as f64 / weight.max(1) as f64 * steps as f64;
        (expected - pauses[pause] as f64).abs()
    };
    let (rows, columns) = (breaks.len() + 1, pauses.len() + 1);
    let mut costs = vec![vec![0.0; columns]; rows];
    for row in 0..rows {
        for column in 0..columns {
            let unmatched = (row + column) as f64 * UNMATCHED;
            let mut least = if row == 0 || column == 0 { unmatched } else { f64::INFINITY };
            if row > 0 && column > 0 {
                least = (costs[row - 1][column - 1] + error(row - 1, column - 1))
                    .min(costs[row - 1][column] + UNMATCHED)
                    .min(costs[row][column - 1] + UNMATCHED);
            }
            costs[row][column] = least;
        }
    }
    let mut places = vec![(weight, steps)];
    let (mut row, mut column) = (rows - 1, columns - 1);
    while row > 0 && column > 0 {
        if costs[row][column] == costs[row - 1][column] + UNMATCHED {
            row -= 1;
        } else if costs[row][column] == costs[row][column - 1] + UNMATCHED {
            column -= 1;
        } else {
            (row, column) = (row - 1, column - 1);
            places.push((breaks[row], pauses[column]));
        }
    }
    places.push((0, 0));
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_no_time_of_words() {
        let loud = |seconds: f64| vec![0.5f32; (seconds * 1000.0) as usize];
        let silent = |seconds: f64| vec![0.0f32; (seconds * 1000.0) as usize];
        let sound = [silent(0.3), loud(1.0), silent(0.5), loud(1.0), silent(0.2)].concat();
        let found = estimate(&[0..1, 1..2, 2..4], &[], &sound, 1000).unwrap();
        assert_eq!(found.heard, 300..2800);
        assert_eq!(found.words, [300..800, 800..1300, 1800..2800]);
        assert_eq!(estimate(&[0..1, 1..2], &[], &silent(1.0), 1000), None);
        assert_eq!(estimate(&[], &[], &[], 1000), None);
    }

    #[test]
    fn a_pause_is_where_one_is_expected() {
        let (loud, silent) = (vec![0.5f32; 1000], vec![0.0f32; 500]);
        let sound = [&loud[..], &silent, &loud, &loud].concat();
        let words = [0..1, 1..2, 2..3];
        let starts = |breaks: &[usize]| {
            let found = estimate(&words, breaks, &sound, 1000).unwrap();
            found.words.iter().map(|word| word.start).collect::<Vec<_>>()
        };
        assert_eq!(starts(&[]), [0, 1500, 2500]);
        // The first two words are said faster than their letters say.
        let words = [0..2, 2..4, 4..7];
        let starts = |breaks: &[usize]| {
            let found = estimate(&words, breaks, &sound, 1000).unwrap();
            found.words.iter().map(|word| word.start).collect::<Vec<_>>()
        };
        assert_eq!(starts(&[2]), [0, 1500, 2300]);
        assert_ne!(starts(&[]), starts(&[2]));
        // Nor is one that is far away, nor more pauses than there are.
        assert_eq!(starts(&[6]), starts(&[]));
        assert_eq!(starts(&[2, 4, 6]), starts(&[2]));
    }
}
