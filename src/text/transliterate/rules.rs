//! Letter-to-sound rules for foreign words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::{is_letter, is_vowel};
use crate::model::error::Error;
use crate::model::phrase::Tone;
use crate::model::tables;
use crate::text::orthography::{self, Coda, Nucleus, Onset};

const FILE: &str = "src/text/transliterate/tables/rules.tsv";

/// The rules by their first letter, in order.
static RULES: LazyLock<HashMap<char, Vec<Rule>>> = LazyLock::new(|| {
    read(include_str!("tables/rules.tsv")).expect("the embedded table is read in a test")
});

/// A sound of a foreign word as a Vietnamese ear takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sound {
    /// A consonant, at either end of a syllable.
    Consonant(Onset),
    /// A consonant that closes the syllable before it.
    Closing(Onset),
    /// The glide w.
    Glide,
    /// A vowel.
    Vowel(Vowel),
}

/// A vowel of a foreign word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vowel {
    /// Its quality.
    pub nucleus: Nucleus,
    /// The semivowel it ends in.
    pub offglide: Option<Coda>,
    /// Its tone in an open syllable.
    pub tone: Tone,
    /// Whether it is ê in an open syllable and e in a closed one (E of the table).
    pub flexible: bool,
}

/// What must be beside a rule's letters.
#[derive(Debug, PartialEq, Eq)]
enum Context {
    /// The word's start or end.
    Edge,
    /// Any vowel letter.
    Vowel,
    /// Any consonant letter.
    Consonant,
    /// One of these letters.
    OneOf(Vec<char>),
}

impl Context {
    fn fits(&self, letter: Option<char>) -> bool {
        match (self, letter) {
            (Context::Edge, letter) => letter.is_none(),
            (_, None) => false,
            (Context::Vowel, Some(letter)) => is_vowel(letter),
            (Context::Consonant, Some(letter)) => !is_vowel(letter),
            (Context::OneOf(letters), Some(letter)) => letters.contains(&letter),
        }
    }
}

/// A row of the table.
#[derive(Debug)]
struct Rule {
    /// From the letters outwards.
    left: Vec<Context>,
    letters: Vec<char>,
    right: Vec<Context>,
    /// Whether the word must end in a, i, o or u, as few of English do.
    plain_end: bool,
    sounds: Vec<Sound>,
}

impl Rule {
    fn fits(&self, word: &[char], at: usize) -> bool {
        let end = at + self.letters.len();
        word.get(at..end) == Some(&self.letters)
            && (!self.plain_end || matches!(word.last(), Some('a' | 'i' | 'o' | 'u')))
            && self.right.iter().enumerate().all(|(i, c)| c.fits(word.get(end + i).copied()))
            && self.left.iter().enumerate().all(|(i, c)| {
                c.fits(at.checked_sub(i + 1).and_then(|before| word.get(before)).copied())
            })
    }
}

/// The sounds of a word of [`latin_letters`](super::fold::latin_letters).
pub(super) fn sounds(word: &str) -> Vec<Sound> {
    let word: Vec<char> = word.chars().collect();
    let mut sounds = Vec::with_capacity(word.len());
    let mut at = 0;
    while let Some(letter) = word.get(at) {
        let rules = RULES.get(letter).map_or(&[][..], Vec::as_slice);
        match rules.iter().find(|rule| rule.fits(&word, at)) {
            Some(rule) => {
                sounds.extend_from_slice(&rule.sounds);
                at += rule.letters.len();
            }
            // Only digits, which no one asks the sounds of.
            None => at += 1,
        }
    }
    sounds
}

/// Reads the table of rules.
///
/// # Errors
/// [`Error::Table`] if a row is malformed, or a letter has no rule for every place.
fn read(text: &str) -> Result<HashMap<char, Vec<Rule>>, Error> {
    let mut rules: HashMap<char, Vec<Rule>> = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["left", "letters", "right", "sounds"])? {
        let bad = |reason| tables::bad_row(FILE, line, format!("{}: {reason}", fields[1]));
        let mut left = contexts(fields[0]).ok_or_else(|| bad("the left context is malformed"))?;
        left.reverse();
        let (beside, plain_end) = match fields[2].strip_suffix('+') {
            Some(beside) => (beside, true),
            None => (fields[2], false),
        };
        let right = contexts(beside).ok_or_else(|| bad("the right context is malformed"))?;
        let letters: Vec<char> = fields[1].chars().collect();
        let first = *letters.first().ok_or_else(|| bad("no letters"))?;
        if !letters.iter().all(|letter| is_letter(*letter)) {
            return Err(bad("not a lower-case letter of the rules"));
        }
        let sounds = parse_sounds(fields[3]).ok_or_else(|| bad("a sound is unknown"))?;
        rules.entry(first).or_default().push(Rule { left, letters, right, plain_end, sounds });
    }
    for letter in ('a'..='z').chain("ăâđêôơưçñ".chars()) {
        let default =
            |rule: &Rule| rule.left.is_empty() && rule.right.is_empty() && rule.letters == [letter];
        if !rules.get(&letter).is_some_and(|rules| rules.iter().any(default)) {
            return Err(tables::bad_row(FILE, 1, format!("{letter}: no rule for every place")));
        }
    }
    Ok(rules)
}

/// The sounds of a field of a table: separated by spaces, or `-` for none.
pub(super) fn parse_sounds(field: &str) -> Option<Vec<Sound>> {
    if field == "-" {
        return Some(Vec::new());
    }
    field.split(' ').map(sound).collect()
}

fn contexts(text: &str) -> Option<Vec<Context>> {
    let mut contexts = Vec::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        contexts.push(match character {
            '*' => continue,
            '^' | '$' => Context::Edge,
            'V' => Context::Vowel,
            'C' => Context::Consonant,
            '[' => {
                let letters: Vec<char> = characters.by_ref().take_while(|c| *c != ']').collect();
                if letters.is_empty() || !letters.iter().all(|letter| is_letter(*letter)) {
                    return None;
                }
                Context::OneOf(letters)
            }
            letter if is_letter(letter) => Context::OneOf(vec![letter]),
            _ => return None,
        });
    }
    Some(contexts)
}

fn sound(token: &str) -> Option<Sound> {
    let onset = |letters: &str| Onset::spelled(letters).filter(|onset| *onset != Onset::None);
    let vowel = |nucleus, flexible| {
        Some(Sound::Vowel(Vowel { nucleus, offglide: None, tone: Tone::Ngang, flexible }))
    };
    match token {
        "w" => Some(Sound::Glide),
        "E" => vowel(Nucleus::Ee, true),
        _ => {
            if let Some(letters) = token.strip_suffix('.') {
                return onset(letters).map(Sound::Closing);
            }
            if let Some(onset) = onset(token) {
                return Some(Sound::Consonant(onset));
            }
            if let Some(nucleus) = Nucleus::spelled(token) {
                return vowel(nucleus, false);
            }
            // Vowels with a semivowel or a tone mark are rimes of the language.
            let written = orthography::parse(token)?;
            let offglide = written.rime.coda;
            let is_vowel = written.onset == Onset::None
                && !written.rime.glide
                && matches!(offglide, None | Some(Coda::I | Coda::U));
            is_vowel.then_some(Sound::Vowel(Vowel {
                nucleus: written.rime.nucleus,
                offglide,
                tone: written.tone,
                flexible: false,
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert!(!read(include_str!("tables/rules.tsv")).unwrap().is_empty());
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        for (row, reason) in [
            ("?\ta\t*\ta", "line 2: a: the left context is malformed"),
            ("*\ta\t[\ta", "line 2: a: the right context is malformed"),
            ("*\t\t*\ta", "no letters"),
            ("*\tA\t*\ta", "not a lower-case letter"),
            ("*\ta\t*\tan", "a sound is unknown"),
            ("*\ta\t*\ta", "b: no rule for every place"),
        ] {
            let text = format!("left\tletters\tright\tsounds\n{row}\n");
            let error = read(&text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn contexts_look_both_ways() {
        let last = |word| sounds(word).last().copied();
        assert_eq!(last("pele"), Some(Sound::Consonant(Onset::L)), "a last e is silent");
        for (word, nucleus) in [("pelê", Nucleus::Ee), ("carter", Nucleus::Ow)] {
            let vowel = Vowel { nucleus, offglide: None, tone: Tone::Ngang, flexible: false };
            assert_eq!(last(word), Some(Sound::Vowel(vowel)), "{word}");
        }
    }

    #[test]
    fn a_rule_may_ask_for_a_plain_end() {
        let vowel = |word: &str| match sounds(word).get(1) {
            Some(Sound::Vowel(vowel)) => Some(vowel.nucleus),
            _ => None,
        };
        assert_eq!(vowel("burka"), Some(Nucleus::U));
        assert_eq!(vowel("burkett"), Some(Nucleus::Ow));
    }
}
