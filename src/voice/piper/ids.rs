//! From phonemes to the numbers a voice knows them by, and which word each number belongs to.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::config::{Config, END, PAD, START};
use super::line::{Clause, Line};
use crate::model::units::Millis;

/// The most numbers that the model is given at once: far more than a sentence has, so that only what
/// is no sentence is parted. Its attention takes memory by the square of this.
pub(super) const MOST_IDS: usize = 1000;

/// What the model speaks at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Call {
    /// The numbers: start, pad, a phoneme, pad, …, end.
    pub ids: Vec<i32>,
    /// The words, each with its place in the utterance and which numbers are its own, pads included.
    pub words: Vec<(usize, Range<usize>)>,
    /// Where the model is to be silent: the number of words before, and for how long.
    pub pauses: Vec<(usize, Millis)>,
    /// Speed as a factor of what the voice is asked for.
    pub rate: f32,
}

/// The calls that speak a line. `unknown` is called with phonemes that the voice has no numbers for;
/// they are left out, as Piper leaves them out.
pub(super) fn calls(config: &Config, line: &Line, unknown: &mut dyn FnMut(&str)) -> Vec<Call> {
    let mut writer = Writer { config, rate: line.rate, unknown, calls: Vec::new(), open: None };
    for clause in &line.clauses {
        for (word, phonemes) in &clause.words {
            writer.word(*word, phonemes);
        }
        writer.close(clause);
    }
    writer.finish();
    writer.calls
}

struct Writer<'a> {
    config: &'a Config,
    rate: f32,
    unknown: &'a mut dyn FnMut(&str),
    calls: Vec<Call>,
    open: Option<Call>,
}

impl Writer<'_> {
    fn word(&mut self, word: usize, text: &str) {
        let phonemes = self.numbers(text);
        if phonemes.is_empty() {
            return;
        }
        // What is longer than all can be at once is parted.
        for part in phonemes.chunks(MOST_IDS / 2) {
            if self.open.as_ref().is_some_and(|call| call.ids.len() + 2 * part.len() > MOST_IDS) {
                self.finish();
            }
            let space = self.numbers(" ");
            let pad = self.pad();
            let call = self.open.get_or_insert_with(|| Call {
                ids: [&self.config.ids[&START.to_string()][..], &pad].concat(),
                words: Vec::new(),
                pauses: Vec::new(),
                rate: self.rate,
            });
            let is_separate = !call.words.is_empty();
            for numbers in space.iter().filter(|_| is_separate) {
                call.ids.extend(numbers.iter().chain(&pad));
            }
            let start = call.ids.len();
            for numbers in part {
                call.ids.extend(numbers.iter().chain(&pad));
            }
            let range = start..call.ids.len();
            match call.words.last_mut() {
                // One word, parted.
                Some((last, known)) if *last == word => known.end = range.end,
                _ => call.words.push((word, range)),
            }
        }
    }

    /// Ends a clause: its sign, and the silence where the sign makes one.
    fn close(&mut self, clause: &Clause) {
        let sign = clause.sign.map(|sign| self.numbers(&sign.to_string())).unwrap_or_default();
        let pad = self.pad();
        let last = match self.open.as_mut() {
            Some(call) => {
                sign.iter().for_each(|numbers| call.ids.extend(numbers.iter().chain(&pad)));
                call
            }
            None => match self.calls.last_mut() {
                Some(call) => call,
                None => return,
            },
        };
        if clause.sign.is_some() {
            last.pauses.push((last.words.len(), clause.pause));
        }
    }

    fn finish(&mut self) {
        if let Some(mut call) = self.open.take() {
            call.ids.extend(&self.config.ids[&END.to_string()]);
            self.calls.push(call);
        }
    }

    fn pad(&self) -> Vec<i32> {
        self.config.ids[&PAD.to_string()].clone()
    }

    /// The numbers of the phonemes in a text: its characters, those with marks decomposed.
    fn numbers(&mut self, text: &str) -> Vec<Vec<i32>> {
        let characters: Vec<String> = text.nfd().map(String::from).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < characters.len() {
            let rest = &characters[at..];
            // The longest cluster first.
            let fitting = self.config.clusters.iter().filter(|cluster| rest.starts_with(cluster));
            let length = fitting.map(Vec::len).max().filter(|length| *length > 1).unwrap_or(1);
            let phoneme = rest[..length].concat();
            match self.config.ids.get(&phoneme) {
                Some(numbers) => found.push(numbers.clone()),
                None => (self.unknown)(&phoneme),
            }
            at += length;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(more: &str) -> Config {
        let text = format!(
            r#"{{"audio": {{"sample_rate": 22050}}, "espeak": {{"voice": "vi"}}{more},
            "phoneme_id_map": {{"_": [0], "^": [1], "$": [2], " ": [3], ",": [4], ".": [5],
            "a": [6], "b": [7, 8], "\u0303": [9], "ab": [10]}}}}"#
        );
        Config::parse("v.json", &text).unwrap()
    }

    fn line(clauses: &[(&[&str], Option<char>)]) -> Line {
        let mut word = 0..;
        let clause = |(words, sign): &(&[&str], Option<char>)| Clause {
            words: words.iter().map(|text| (word.next().unwrap(), (*text).to_owned())).collect(),
            sign: *sign,
            pause: Millis(100.0),
        };
        Line { clauses: clauses.iter().map(clause).collect(), rate: 1.0 }
    }

    #[test]
    fn numbers_are_those_of_piper() {
        let mut unknown = Vec::new();
        let line = line(&[(&["ab", "ã"], Some(',')), (&["b?"], Some('.'))]);
        let calls = calls(&config(""), &line, &mut |sign| unknown.push(sign.to_owned()));
        let [call] = &calls[..] else { panic!("{calls:?}") };
        assert_eq!(call.ids, [1, 0, 6, 0, 7, 8, 0, 3, 0, 6, 0, 9, 0, 4, 0, 3, 0, 7, 8, 0, 5, 0, 2]);
        assert_eq!(call.words, [(0, 2..7), (1, 9..13), (2, 17..20)]);
        assert_eq!(call.pauses, [(2, Millis(100.0)), (3, Millis(100.0))]);
        assert_eq!(unknown, ["?"]);
    }

    #[test]
    fn clusters_are_one_phoneme() {
        let config = config(r#", "vowel_clusters": [["a", "b"], ["a"]]"#);
        let calls = calls(&config, &line(&[(&["aaba"], None)]), &mut |_| {});
        assert_eq!(calls[0].ids, [1, 0, 6, 0, 10, 0, 6, 0, 2]);
        assert_eq!(calls[0].pauses, []);
    }

    #[test]
    fn what_is_longer_than_any_sentence_is_parted() {
        let long = "a".repeat(3 * MOST_IDS);
        let words = vec!["aaaaaaaaaa"; 200];
        let line = line(&[(&words, None), (&[&long], Some('.'))]);
        let calls = calls(&config(""), &line, &mut |_| {});
        assert!(calls.len() > 10, "{}", calls.len());
        for call in &calls {
            assert!(call.ids.len() <= MOST_IDS + 10, "{}", call.ids.len());
            assert_eq!((call.ids[0], *call.ids.last().unwrap()), (1, 2));
        }
        let sounded = calls.iter().flat_map(|call| &call.ids).filter(|id| **id == 6).count();
        assert_eq!(sounded, 2000 + 3 * MOST_IDS);
        let last = calls.last().unwrap();
        assert_eq!(last.pauses, [(last.words.len(), Millis(100.0))]);
    }

    #[test]
    fn nothing_to_say_needs_no_call() {
        assert_eq!(calls(&config(""), &line(&[(&["?"], Some('.'))]), &mut |_| {}), []);
    }
}
