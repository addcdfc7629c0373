//! From a syllable to letters.

use std::fmt;

use super::letters::{self, E_CIRCUMFLEX};
use super::rimes::RIMES;
use super::syllable::{Coda, Nucleus, Onset, Rime, WrittenSyllable};
use crate::model::phrase::Tone;

/// The syllable in lower case with the tone mark where the press puts it: hòa, thủy, khóe, but
/// hoàn, quý, khuỷu.
///
/// Parts no orthography joins (a glide before ưu) are written as if they were plain; a syllable
/// from [`parse`](super::parse) is always one that can be spelled.
impl fmt::Display for WrittenSyllable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after_qu = self.onset == Onset::C && self.rime.glide;
        let rime = if after_qu { Rime { glide: false, ..self.rime } } else { self.rime };
        let mut rime_letters = RIMES.spell(rime).unwrap_or_default().to_vec();
        if self.written_y
            && !rime.glide
            && let Some(first) = rime_letters.first_mut()
            && *first == b'i'
        {
            *first = b'y';
        }
        let onset = self.onset_spelling(after_qu, &mut rime_letters);
        f.write_str(onset)?;
        let marked = marked_letter(&rime_letters, self.rime.coda);
        // The i of gì is both onset and vowel.
        if self.onset == Onset::Gi && rime_letters.is_empty() {
            return write!(f, "{}", letters::join(b'i', self.tone));
        }
        for (at, letter) in rime_letters.iter().enumerate() {
            let tone = if at == marked { self.tone } else { Tone::Ngang };
            write!(f, "{}", letters::join(*letter, tone))?;
        }
        Ok(())
    }
}

impl WrittenSyllable {
    /// How the onset is written before the rime's letters.
    fn onset_spelling(&self, after_qu: bool, rime: &mut Vec<u8>) -> &'static str {
        let front = matches!(rime.first(), Some(b'e' | b'i' | b'y' | &E_CIRCUMFLEX));
        match self.onset {
            Onset::C if after_qu => "qu",
            Onset::C if front => "k",
            Onset::G if front => "gh",
            Onset::Ng if front => "ngh",
            // One i is written where onset and rime have one each: gì, giếng.
            Onset::Gi
                if !self.rime.glide && matches!(self.rime.nucleus, Nucleus::I | Nucleus::Ie) =>
            {
                if rime.len() == 1 {
                    rime.clear();
                    "g"
                } else if self.rime.nucleus == Nucleus::I {
                    "g"
                } else {
                    rime.remove(0);
                    "gi"
                }
            }
            onset => onset.spelling(),
        }
    }
}

/// Which letter of a rime carries the tone mark: the last with a diacritic of its own; else, of the
/// plain vowels, the last before a consonant, the middle one of three, the first of two.
fn marked_letter(rime: &[u8], coda: Option<Coda>) -> usize {
    let vowels = rime.iter().take_while(|letter| letters::is_vowel(**letter)).count();
    if let Some(at) = rime.iter().rposition(|l| letters::is_vowel(*l) && !l.is_ascii_lowercase()) {
        at
    } else if coda.is_some_and(|coda| !matches!(coda, Coda::I | Coda::U)) {
        vowels.saturating_sub(1)
    } else if vowels == 3 {
        1
    } else {
        0
    }
}
