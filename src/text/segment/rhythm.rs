//! How long each pause is: by what it parts, how much is said before and after it, and a little by chance.
//!
//! A reader who stops for as long at every comma is heard to be none. Pauses are longer between longer groups
//! (Krivokapić, J. (2007), "Prosodic planning: effects of phrasal length and complexity on pause duration",
//! J. Phonetics 35) and short between the items of a list; how much is ours.

use crate::model::digest::Digest;
use crate::model::phrase::GroupRole;
use crate::model::units::Millis;
use crate::model::utterance::{BreathGroup, Utterance, UtteranceWord};

/// Factor of the pause after an item of a list that goes on.
const ITEM: f32 = 0.6;
/// Factors of a pause between groups of one syllable, and between groups of [`LONG`] or more.
const BETWEEN: (f32, f32) = (0.75, 1.2);
/// How many syllables a group has that is as long as any: as many as in a long breath.
const LONG: f32 = 14.0;
/// The most by which a pause is longer or shorter by chance, as a part of it.
const CHANCE: f32 = 0.1;

/// Makes each pause of an utterance longer or shorter than the usual one of its kind, which it has so far.
/// It depends on that utterance alone, so that a change of one leaves the others as they were.
pub(super) fn vary(utterance: &mut Utterance) {
    let roles = utterance.roles();
    let Utterance { words, groups, .. } = utterance;
    let length = |group: &BreathGroup| {
        let said = words[group.words.clone()].iter().map(UtteranceWord::syllables);
        (said.sum::<usize>() as f32 / LONG).min(1.0)
    };
    // The last group has none after it and counts alone.
    let mut after = groups.last().map_or(0.0, length);
    for (group, role) in groups.iter_mut().zip(roles).rev() {
        let before = length(group);
        let item = if role == GroupRole::Item { ITEM } else { 1.0 };
        let factor = item * (BETWEEN.0 + (BETWEEN.1 - BETWEEN.0) * (before + after) / 2.0);
        let chance = CHANCE * chance(&words[group.words.clone()]);
        if group.pause.0 > 0.0 {
            // In whole milliseconds, and never none where there is one.
            group.pause = Millis((group.pause.0 * factor * (1.0 + chance)).round().max(1.0));
        }
        after = before;
    }
}

/// A number from -1 to 1 that is the same for the same words.
fn chance(words: &[UtteranceWord]) -> f32 {
    let said: Vec<&[u8]> = words.iter().map(|word| word.said.as_bytes()).collect();
    let byte = Digest::of_parts(&said).bytes()[0];
    f32::from(byte) / 127.5 - 1.0
}
