//! From letters to a syllable.

use super::letters::{self, E_CIRCUMFLEX};
use super::rimes::{RIMES, follows_qu, key};
use super::syllable::{Coda, Nucleus, Onset, Rime, WrittenSyllable};
use crate::model::phrase::Tone;

/// The longest syllable, nghiêng, has seven letters; one more shows that a word is too long.
const LONGEST: usize = 8;

/// Analyses a written syllable, composed (NFC), in any case. The tone mark may be on any vowel
/// letter: hòa and hoà, qúy and quý are the same.
///
/// Beyond the standard spellings it takes those that are common and leave no doubt: k for c (Bắc
/// Kạn, Đắk, Lăk; a final k needs no tone mark to be sắc), ngh for ng (nghành) and ng before e, ê,
/// i, and y for i between consonants (Lynh). They are spelled back in the standard way, but for y.
///
/// `None` for anything else: no word of the language is written so.
#[must_use]
pub fn parse(word: &str) -> Option<WrittenSyllable> {
    analyse(word, false)
}

/// Like [`parse`], but reads a syllable that ends in a stop and has no tone mark, as loanwords are
/// often written (top, net, fax without its x), as sắc.
#[must_use]
pub fn parse_unmarked_stop(word: &str) -> Option<WrittenSyllable> {
    analyse(word, true)
}

fn analyse(word: &str, stop_unmarked: bool) -> Option<WrittenSyllable> {
    let mut buffer = [0; LONGEST];
    let mut length = 0;
    let mut tone = Tone::Ngang;
    for character in word.chars() {
        let (letter, mark) = letters::split(character)?;
        if mark != Tone::Ngang {
            if tone != Tone::Ngang {
                return None;
            }
            tone = mark;
        }
        *buffer.get_mut(length)? = letter;
        length += 1;
    }
    let letters = &mut buffer[..length];

    // A final k stands for c in names of the Central Highlands, where the tone often goes unmarked.
    let mut stop_unmarked = stop_unmarked;
    if let [_, .., vowel, coda @ b'k'] = letters
        && *vowel != b'o'
    {
        *coda = b'c';
        stop_unmarked = true;
    }

    let (onset, rest) = split_onset(letters)?;
    let (rime, written_y) = match onset {
        Written::Gi => read_after_gi(rest)?,
        Written::Qu => read_after_qu(rest)?,
        Written::Plain(onset) => read_rime(onset, rest)?,
    };
    if rime.coda.is_some_and(Coda::is_stop) {
        tone = match tone {
            Tone::Sac | Tone::Nang => tone,
            Tone::Ngang if stop_unmarked => Tone::Sac,
            _ => return None,
        };
    }
    let onset = match onset {
        Written::Gi => Onset::Gi,
        Written::Qu => Onset::C,
        Written::Plain(onset) => onset,
    };
    Some(WrittenSyllable { onset, rime, tone, written_y })
}

/// An onset as written: gi and qu share a letter with the rime.
enum Written {
    Gi,
    Qu,
    Plain(Onset),
}

/// The onset and the letters after it; for gi and qu, those after the g i and the q u.
fn split_onset(letters: &[u8]) -> Option<(Written, &[u8])> {
    let front = |rest: &[u8]| matches!(rest.first(), Some(b'e' | b'i' | b'y' | &E_CIRCUMFLEX));
    let (onset, rest) = match letters {
        [b'n', b'g', b'h', rest @ ..] | [b'n', b'g', rest @ ..] => (Onset::Ng, rest),
        [b'n', b'h', rest @ ..] => (Onset::Nh, rest),
        [b'g', b'h', rest @ ..] => (Onset::G, rest),
        [b'g', b'i', rest @ ..] => return Some((Written::Gi, rest)),
        [b'g', rest @ ..] if !front(rest) => (Onset::G, rest),
        [b'q', b'u', rest @ ..] => return Some((Written::Qu, rest)),
        [b'c', b'h', rest @ ..] => (Onset::Ch, rest),
        [b'c', rest @ ..] if !front(rest) => (Onset::C, rest),
        [b'k', b'h', rest @ ..] => (Onset::Kh, rest),
        [b'k', rest @ ..] => (Onset::C, rest),
        [b'p', b'h', rest @ ..] => (Onset::Ph, rest),
        [b't', b'h', rest @ ..] => (Onset::Th, rest),
        [b't', b'r', rest @ ..] => (Onset::Tr, rest),
        [b'b', rest @ ..] => (Onset::B, rest),
        [b'd', rest @ ..] => (Onset::D, rest),
        [letters::D_STROKE, rest @ ..] => (Onset::Dd, rest),
        [b'h', rest @ ..] => (Onset::H, rest),
        [b'l', rest @ ..] => (Onset::L, rest),
        [b'm', rest @ ..] => (Onset::M, rest),
        [b'n', rest @ ..] => (Onset::N, rest),
        [b'p', rest @ ..] => (Onset::P, rest),
        [b'r', rest @ ..] => (Onset::R, rest),
        [b's', rest @ ..] => (Onset::S, rest),
        [b't', rest @ ..] => (Onset::T, rest),
        [b'v', rest @ ..] => (Onset::V, rest),
        [b'x', rest @ ..] => (Onset::X, rest),
        rest => (Onset::None, rest),
    };
    Some((Written::Plain(onset), rest))
}

/// The rime after a plain onset, and whether it is written with y for i.
fn read_rime(onset: Onset, letters: &[u8]) -> Option<(Rime, bool)> {
    if let [b'y', rest @ ..] = letters {
        let rime = read_with_i(rest)?;
        let allowed = match rime.nucleus {
            // y tế, kỹ; Lynh in names, but iu is never yu.
            Nucleus::I => !matches!(rime.coda, Some(Coda::U | Coda::I)),
            Nucleus::Ie => onset == Onset::None && rime.coda.is_some(),
            _ => false,
        };
        return (allowed && !rime.glide).then_some((rime, true));
    }
    let rime = RIMES.read(key(letters)?)?;
    // After c and k the glide is written qu.
    (onset != Onset::C || !rime.glide).then_some((rime, rime.glide && writes_y(rime)))
}

/// Whether the nucleus starts with the letter y after the glide: uy, uyên.
fn writes_y(rime: Rime) -> bool {
    matches!(rime.nucleus, Nucleus::I | Nucleus::Ie)
}

/// The rime whose first letter, i, is not among `rest`.
fn read_with_i(rest: &[u8]) -> Option<Rime> {
    let mut letters = [b'i'; 4];
    letters.get_mut(1..=rest.len())?.copy_from_slice(rest);
    RIMES.read(key(&letters[..=rest.len()])?)
}

/// The i of gi is also the vowel where no other is (gì, gìn), and the first half of iê (giếng);
/// giê alone is gi and ê (Giê-su).
fn read_after_gi(rest: &[u8]) -> Option<(Rime, bool)> {
    match rest {
        [b'i' | b'y', ..] => None,
        [E_CIRCUMFLEX] => read_rime(Onset::Gi, rest),
        [first, ..] if letters::is_vowel(*first) && *first != E_CIRCUMFLEX => {
            read_rime(Onset::Gi, rest)
        }
        _ => Some((read_with_i(rest)?, false)),
    }
}

/// The u of qu is the glide; the rime after it is written as if there were none.
fn read_after_qu(rest: &[u8]) -> Option<(Rime, bool)> {
    let (rime, written_y) = match rest {
        [b'y', rest @ ..] => (read_with_i(rest)?, true),
        _ => (RIMES.read(key(rest)?)?, false),
    };
    follows_qu(rime, written_y).then_some((Rime { glide: true, ..rime }, written_y))
}
