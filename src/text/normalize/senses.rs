//! What a whole article tells of the abbreviations that have several senses.

use std::collections::HashMap;

/// An article tells a sense that the neighbours of an abbreviation tell so often.
const CLEAR: usize = 2;

/// What the neighbours of abbreviations tell of them, by how the abbreviation is written.
#[derive(Default)]
pub(super) struct Senses(HashMap<&'static str, Told>);

/// What neighbours tell of one abbreviation.
struct Told {
    /// The sense that is told first.
    sense: &'static str,
    /// How often a sense is told.
    times: usize,
    /// Whether no other sense is told.
    alone: bool,
}

impl Senses {
    /// Adds what the neighbours of an abbreviation tell in one place.
    pub(super) fn tell(&mut self, written: &'static str, sense: &'static str) {
        let told = self.0.entry(written).or_insert(Told { sense, times: 0, alone: true });
        told.times += 1;
        told.alone &= told.sense == sense;
    }

    /// The one sense that an abbreviation of the table has in the article, if its neighbours tell it often
    /// enough and no other.
    pub(super) fn one(&self, written: &str) -> Option<&'static str> {
        let told = self.0.get(written)?;
        (told.alone && told.times >= CLEAR).then_some(told.sense)
    }

    /// The sense that the neighbours of an abbreviation tell first in the article.
    pub(super) fn first(&self, written: &str) -> Option<&'static str> {
        self.0.get(written).map(|told| told.sense)
    }
}
