//! The form of a team, a letter for each match: T-H-B, TTHBT. T is won, H drawn, B lost; in English W, D
//! and L.

use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::reading_options::Profile;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;

/// So many matches at least are a form.
const FEWEST: usize = 3;

/// So many letters with signs between them are nothing else, whatever is around them; written together, fewer
/// are no form.
const PLAIN: usize = 4;

/// A form has no more matches than this.
const MOST: usize = 12;

/// What the letters stand for, in the two languages.
const RESULTS: [[(char, &str); 3]; 2] =
    [[('T', "thắng"), ('H', "hòa"), ('B', "bại")], [('W', "thắng"), ('D', "hòa"), ('L', "bại")]];

/// Reads the letters of a form as words, where the article is about sport or the words before say so.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sport = reader.options.profile == Profile::Sport;
    if reader.lexed.is_glued(at) && at > 0 && reader.lexed.symbol(at - 1).is_none() {
        return None;
    }
    together(reader, at, sport).or_else(|| apart(reader, at, sport))
}

/// TTHBT.
fn together(reader: &mut Reader<'_>, at: usize, sport: bool) -> Option<usize> {
    let text = reader.lexed.text(at);
    let fits = (PLAIN..=MOST).contains(&text.len())
        && reader.tables.abbreviations(text).is_empty()
        && !reader.lexed.goes_on(at + 1)
        && (sport || is_told(reader, at));
    let said: Vec<&str> = fits.then(|| words(text))??;
    reader.verbalize_as(at, at + 1, "form", Likely, &said.join(" "));
    Some(at + 1)
}

/// T-H-B, T H B, and the heads of columns: Trận | T | H | B.
fn apart(reader: &mut Reader<'_>, at: usize, sport: bool) -> Option<usize> {
    let letter = |i: usize| {
        reader.lexed.case(i) == Some(Case::Upper) && reader.lexed.text(i).chars().count() == 1
    };
    let joint = |i: usize| matches!(reader.lexed.symbol(i), Some('-' | '–' | '/' | '|'));
    letter(at).then_some(())?;
    let mut letters = vec![at];
    let mut end = at + 1;
    while letters.len() <= MOST {
        let next = end + usize::from(joint(end));
        if !letter(next) || next == end && reader.lexed.is_glued(next) {
            break;
        }
        letters.push(next);
        end = next + 1;
    }
    let written: String = letters.iter().map(|&i| reader.lexed.text(i)).collect();
    // T-H.Bình: the last is an initial.
    let goes_on = reader.lexed.goes_on(end)
        || reader.lexed.glued_symbol(end) == Some('.') && reader.lexed.is_glued(end + 1);
    let column = reader.lexed.symbol(at + 1) == Some('|') && reader.near_before(at, 2, &["trận"]);
    let told = joint(at + 1) && (sport || letters.len() >= PLAIN) || column || is_told(reader, at);
    let fits = (FEWEST..=MOST).contains(&letters.len()) && !goes_on && told;
    let said: Vec<&str> = fits.then(|| words(&written))??;
    for (&letter, said) in letters.iter().zip(said) {
        if letter > at && reader.lexed.symbol(letter - 1).is_some() {
            reader.mark(letter - 1, letter, Mark::Comma);
        }
        reader.verbalize_as(letter, letter + 1, "form", Likely, said);
    }
    Some(end)
}

/// Whether words before, perhaps with a colon or a bracket behind them, tell of a form.
fn is_told(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 8;
    let opens = at.checked_sub(1).and_then(|sign| reader.lexed.symbol(sign));
    let clause = at - usize::from(matches!(opens, Some(':' | '(')));
    reader.near_before(clause, REACH, &sets::FORM_LEADS)
}

/// What the letters stand for, if all are of one language.
fn words(letters: &str) -> Option<Vec<&'static str>> {
    RESULTS.iter().find_map(|results| {
        let word = |letter: char| {
            results.iter().find(|(known, _)| *known == letter).map(|(_, said)| *said)
        };
        letters.chars().map(word).collect()
    })
}
