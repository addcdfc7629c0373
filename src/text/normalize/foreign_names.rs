//! Foreign names and words that pass for Vietnamese ones or that a table reads by another language, where
//! what is beside them tells it: De Rossi, Leo, I'm, 20th Century, Roe v. Wade.

use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::reading_options::Profile;
use crate::model::spoken::Confidence::Likely;
use crate::text::{orthography, transliterate};

/// Reads such a name or word.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    if lexed.digits(at).is_some() {
        return read_century(reader, at);
    }
    let (end, said) = match lexed.word(at) {
        "de" if is_southern_particle(reader, at) => (at + 1, "đê"),
        "leo" => return read_leo(reader, at),
        "v" if is_against(reader, at) => (at + 2, "kiện"),
        // I'm Yours, but not I'm đi chợ
        word if lexed.text(at + 1).is_ascii() => (at + 1, contraction(word)?),
        _ => return None,
    };
    reader.verbalize_as(at, end, "foreign word", Likely, said);
    Some(end)
}

/// What is said for I with a verb joined to it.
fn contraction(word: &str) -> Option<&'static str> {
    let verb = word.strip_prefix("i'").or_else(|| word.strip_prefix("i’"))?;
    match verb {
        "m" => Some("am"),
        "ll" => Some("ai lồ"),
        _ => None,
    }
}

/// What is written together with an article or a particle of another language, which passes for a syllable: The Verge of
/// TheVerge, De Andre of DeAndre, but not The Gioi.
pub(super) fn with_article(parts: &str) -> Option<String> {
    let (first, rest) = parts.split_once([' ', '\'', '’'])?;
    let said = match first {
        "The" => "đờ",
        "De" => "đê",
        "Le" => "lơ",
        _ => return None,
    };
    let foreign = |word: &str| transliterate::is_listed(word) && orthography::parse(word).is_none();
    rest.split(' ').all(foreign).then(|| format!("{said} {rest}"))
}

/// The English number in the name of a firm, a paper or a club: 20th Century Fox, 21st Century, Philadelphia 76ers.
fn read_century(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let glued = lexed.is_glued(at + 1) && !lexed.goes_on(at + 2);
    let named =
        glued && lexed.case(at + 2) == Some(Case::Capital) && lexed.word(at + 2) == "century";
    let said = match (lexed.digits(at)?, lexed.word(at + 1)) {
        ("20", "th") if named => "tuên ti ết",
        ("21", "st") if named => "tuên ti phớt",
        ("76", "ers") if glued => "xe vần ti xích xơ",
        ("49", "ers") if glued => "phót ti nài nơ",
        _ => return None,
    };
    reader.verbalize_as(at, at + 2, "foreign word", Likely, said);
    Some(at + 2)
}

/// A word with a capital that is written with the letters of English.
fn is_name(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    matches!(lexed.case(at), Some(Case::Capital | Case::Mixed)) && lexed.text(at).is_ascii()
}

/// Whether De stands before a name of Italian or Spanish, which ends in a, i or o: De Rossi, De Gea, but not De Gaulle,
/// De Bruyne.
fn is_southern_particle(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.text(at) == "De"
        && !lexed.is_glued(at + 1)
        && is_name(reader, at + 1)
        && !reader.is_vietnamese(at + 1)
        && lexed.word(at + 1).ends_with(['a', 'i', 'o'])
}

/// Whether a v with a stop stands between the parties of a lawsuit: Roe v. Wade.
fn is_against(reader: &Reader<'_>, at: usize) -> bool {
    /// What tells of a lawsuit is so near.
    const REACH: usize = 24;
    let lexed = &reader.lexed;
    let foreign = |i: usize| !reader.is_vietnamese(i);
    at > 0
        && lexed.text(at) == "v"
        && lexed.glued_symbol(at + 1) == Some('.')
        && !lexed.is_glued(at)
        && !lexed.is_glued(at + 2)
        && is_name(reader, at - 1)
        && is_name(reader, at + 2)
        && (foreign(at - 1) || foreign(at + 2))
        && reader.options.profile != Profile::Sport
        && (at.saturating_sub(REACH)..at + REACH).any(|i| sets::LAWSUITS.has(lexed.word(i)))
}

/// Leo with a capital inside a sentence is a person, unless it is of a name of Vietnamese (xã Mường Leo, Leo Núi in a title).
/// At the start of a sentence it is one before a word that only verbs follow, which a verb does not have behind it.
fn read_leo(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let inside = at > 0
        && !lexed.is_glued(at)
        && (lexed.case(at - 1) == Some(Case::Lower) || lexed.symbol(at - 1) == Some(','));
    let goes_on = matches!(lexed.word(at + 1), "đã" | "sẽ" | "đang");
    let of_name = lexed.case(at + 1).is_some_and(|case| case != Case::Lower)
        && !lexed.is_glued(at + 1)
        && reader.is_vietnamese(at + 1);
    let climbs = sets::CLIMBED.has(lexed.word(at + 1)); // Leo núi in a list
    (lexed.case(at) == Some(Case::Capital) && !of_name && !climbs && !lexed.goes_on(at + 1))
        .then_some(())?;
    if inside || goes_on {
        reader.verbalize_as(at, at + 1, "foreign word", Likely, "lê ô");
        return Some(at + 1);
    }
    None
}

/// Where a bracket ends that has the Vietnamese form of the foreign name before it, or a foreign name for the
/// Vietnamese one, where both are said alike: bão Haiyan (Hải Yến), bão Hải Yến (Haiyan).
pub(super) fn alike_gloss(reader: &Reader<'_>, at: usize) -> Option<usize> {
    const MOST: usize = 4;
    let lexed = &reader.lexed;
    let (from, to) = (at + 1, at + 1 + MOST);
    let capital = |i: &usize| lexed.case(*i) == Some(Case::Capital);
    let close = from + (from..to).take_while(capital).count();
    let fits =
        at > 0 && close > from && lexed.symbol(close) == Some(')') && lexed.case(at - 1).is_some();
    fits.then_some(())?;
    let plain = |i: usize| reader.is_vietnamese(i);
    let inside = || lexed.source(from, close).to_lowercase();
    let alike = if !plain(from) {
        let said = transliterate::transliterate(lexed.text(from));
        let mut syllables = said.split(' ').rev().enumerate();
        close == from + 1
            && said.contains(' ')
            && syllables.all(|(back, syllable)| lexed.before(at, back + 1) == syllable)
    } else {
        let one = || transliterate::transliterate(lexed.text(at - 1)) == inside();
        let phrase =
            || reader.last_word().is_some_and(|word| reader.said(word).to_lowercase() == inside());
        close > from + 1 && (!plain(at - 1) && one() || phrase())
    };
    alike.then_some(close + 1)
}
