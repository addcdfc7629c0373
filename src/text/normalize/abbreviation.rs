//! Abbreviations: those the document explains, those of the table, and letters read by their names
//! for the rest.

use super::lex::Case;
use super::measured::Measure;
use super::reader::Reader;
use super::tables::Abbreviation;
use super::word_sets as sets;
use super::{
    capitals, code_letters, foreign_names, initials, letters, measured, sense, ticker, vehicles,
    weigh,
};
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::model::spoken::Mark;
use crate::text::transliterate;

/// At most this many lexemes make one abbreviation: `LĐ-TB&XH` has five.
const LONGEST: usize = 7;

/// Passes over a bracket that only explains an abbreviation: what it says was said before it.
pub(super) fn read_explanation(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let open = reader.lexed.get(at)?.span.start;
    let end = match reader.definitions.bracket(open) {
        Some(close) => reader.lexed.after(at, close - open)?,
        None if reader.lexed.symbol(at) == Some('(') => numbered_gloss(reader, at)
            .or_else(|| term_gloss(reader, at))
            .or_else(|| repeated_gloss(reader, at))
            .or_else(|| foreign_names::alike_gloss(reader, at))?,
        None => return None,
    };
    let between_numbers =
        at > 0 && reader.lexed.digits(at - 1).is_some() && reader.lexed.digits(end).is_some();
    if between_numbers {
        reader.mark(at, end, Mark::Comma); // trên báo động 3 (BĐ3) 0,87 m
    } else {
        reader.pass(at, end, "definition");
    }
    Some(end)
}

/// Where a bracket ends that says what is before it once more by its letters and its number: báo động 1 (BĐ1), quốc lộ
/// 14 (QL14).
fn numbered_gloss(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let number = lexed.digits(at + 2)?;
    let letters = at + 1;
    let same = lexed.symbol(at + 3) == Some(')')
        && lexed.case(letters) == Some(Case::Upper)
        && at > 0
        && lexed.digits(at - 1) == Some(number);
    same.then_some(())?;
    let told = |row: &Abbreviation| {
        row.written == lexed.text(letters)
            && (row.is_usual() || sense::takes_number(row))
            && row.expansion.contains(' ')
            && is_right_before(reader, at - 1, row.expansion)
    };
    reader.tables.abbreviations(lexed.text(letters)).iter().any(told).then_some(at + 4)
}

/// Where a bracket ends that says a length of time once more with its English letter: 1 tuần (1W), 3 tháng (3M).
fn term_gloss(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let number = lexed.digits(at + 1)?;
    let word = match lexed.text(at + 2) {
        "D" => "ngày",
        "W" => "tuần",
        "M" => "tháng",
        "Y" => "năm",
        _ => return None,
    };
    let same = lexed.before(at, 1) == word
        && at > 1
        && lexed.digits(at - 2) == Some(number)
        && lexed.symbol(at + 3) == Some(')');
    same.then_some(at + 4)
}

/// Where a bracket ends that has nothing but the sign of a unit, or letters in lower case, for what was just said: 200 phần triệu
/// (ppm), 25 điểm cơ bản (bps).
fn repeated_gloss(reader: &Reader<'_>, at: usize) -> Option<usize> {
    /// The sign of a unit takes so many lexemes at most: kg/m3.
    const LONGEST: usize = 5;
    let lexed = &reader.lexed;
    let inside = at + 1;
    let said = at > 0
        && lexed.case(at - 1).is_some()
        && !lexed.is_glued(at)
        && lexed.case(inside) != Some(Case::Capital);
    said.then_some(())?;
    let close = (inside + 1..=inside + LONGEST).find(|&i| lexed.symbol(i) == Some(')'))?;
    let unit = || {
        let unit = reader.tables.unit(lexed.rest(inside))?;
        (lexed.after(inside, unit.symbol.len())? == close).then_some(unit.spoken)
    };
    // bps, O/N: what is in capitals alone is explained by the words before it
    let short = || {
        let written = lexed.source(inside, close);
        let small =
            lexed.case(inside) == Some(Case::Lower) || lexed.symbol(inside + 1) == Some('/');
        let mut rows = reader.tables.abbreviations(lexed.text(inside)).iter();
        small
            && rows.any(|row| {
                row.written == written
                    && row.expansion.contains(' ')
                    && is_right_before(reader, at, row.expansion)
            })
    };
    let repeats = unit().is_some_and(|spoken| is_right_before(reader, at, spoken)) || short();
    repeats.then_some(close + 1)
}

/// Whether words of a table are right before `at`.
fn is_right_before(reader: &Reader<'_>, at: usize, words: &str) -> bool {
    let mut said = words.split(' ').rev().enumerate();
    said.all(|(back, word)| reader.lexed.before(at, back + 1) == word.to_lowercase())
}

/// Reads an abbreviation.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if !may_be_one(reader, at) {
        return None;
    }
    if capitals::is_in_foreign_run(reader, at) {
        return None;
    }
    explained_after(reader, at)
        .or_else(|| defined(reader, at))
        .or_else(|| initials::read_two(reader, at))
        .or_else(|| stopped(reader, at))
        .or_else(|| letters(reader, at))
        .or_else(|| document(reader, at))
        .or_else(|| listed(reader, at))
        .or_else(|| written_out(reader, at))
        .or_else(|| capitals::read(reader, at))
}

/// Small letters are worth a look only where a sign sits between them (v.v, đ/c), or where the
/// table has them and they are not a syllable (Cty), or have a capital (Leo XIV) or another word (say hi).
fn may_be_one(reader: &Reader<'_>, at: usize) -> bool {
    let case = reader.lexed.case(at);
    let listed = |row: &Abbreviation| {
        !reader.is_vietnamese(at) || case == Some(Case::Capital) || row.written.contains(' ')
    };
    matches!(case, Some(Case::Upper | Case::Mixed))
        || matches!(reader.lexed.glued_symbol(at + 1), Some('.' | '/'))
        || reader.definitions.has_phrases()
        || reader.tables.abbreviations(reader.lexed.text(at)).iter().any(listed)
}

/// An abbreviation before a dash and the words it stands for: NLTT - năng lượng tái tạo. It is
/// passed over, for the words say it.
fn explained_after(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let letters: Vec<char> = lexed.text(at).chars().flat_map(char::to_lowercase).collect();
    let dash = lexed.symbol(at + 1).filter(|sign| matches!(sign, '-' | '–' | '—'));
    let free = !lexed.is_glued(at) && !lexed.is_glued(at + 1) && !lexed.is_glued(at + 2);
    if dash.is_none() || !free || !(3..=LONGEST).contains(&letters.len()) {
        return None;
    }
    let explains = letters.iter().enumerate().all(|(i, &letter)| {
        let word = at + 2 + i;
        !matches!(lexed.case(word), None | Some(Case::Upper))
            && letters::is_initial(letter, lexed.word(word))
    });
    explains.then(|| reader.pass(at, at + 2, "definition"))?;
    Some(at + 2)
}

/// An abbreviation that the document explains; the longest that fits.
fn defined(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let phrases = reader.definitions.has_phrases();
    let glued = (1..LONGEST)
        .take_while(|&more| phrases && more < 4 || reader.lexed.is_glued(at + more))
        .take_while(|&more| at + more < reader.lexed.len())
        .count();
    let (end, expansion) = (at + 1..=at + 1 + glued).rev().find_map(|end| {
        reader.definitions.expansion(reader.lexed.source(at, end)).map(|said| (end, said))
    })?;
    let words = expansion.split([' ', '\n']).filter(|word| !is_sign(word));
    let said = words.map(|word| word.trim_matches(is_joint)).collect::<Vec<_>>().join(" ");
    reader.verbalize_as(at, end, "defined abbreviation", Sure, &said);
    Some(end)
}

/// An abbreviation that no table has and whose words the article writes out elsewhere.
fn written_out(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let letters = reader.lexed.text(at);
    let (words, confidence) = reader.definitions.written_out.words_of(letters)?;
    reader.verbalize_as(at, at + 1, "abbreviation", confidence, words);
    Some(at + 1)
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '–' | ',')
}

fn is_sign(word: &str) -> bool {
    word.chars().all(is_joint)
}

/// Letters that stand for no words here: the code of a share, which is spelled as the table spells it if it does, the
/// initials that sign an article.
fn letters(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let text = reader.lexed.text(at);
    let names_kind = sets::SIGN_OF_KIND.has(text);
    let signs = text.chars().count() == 2 && !names_kind && initials::is_signature(reader, at);
    let is_other = reader.definitions.is_letters(text);
    let is_share = !signs && !is_other && ticker::is_ticker(reader, at);
    let of_aircraft = text == "VNA" && vehicles::is_registration(reader, at + 1);
    if !signs
        && !is_other
        && !is_share
        && !names_a_boat(reader, at)
        && !names_a_flight(reader, at)
        && !of_aircraft
        && !is_explained_itself(reader, at)
    {
        return None;
    }
    let confidence = if is_other { Doubtful } else { Likely };
    let mut rows = reader.tables.abbreviations(text).iter();
    let by_table = |row: &&Abbreviation| row.written == text && letters::is_spelled(row.expansion);
    let spelled = is_share.then(|| rows.find(by_table)).flatten();
    let said =
        spelled.map_or_else(|| transliterate::spell_letters(text), |row| row.expansion.to_owned());
    reader.verbalize_as(at, at + 1, "letters", confidence, &said);
    Some(at + 1)
}

/// Letters that the table has as letters, each with a stop behind it: C.E.O, F.B.I. Those of a person are
/// initials (ông C.E.O).
fn stopped(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const FEWEST: usize = 3;
    let lexed = &reader.lexed;
    let is_letter =
        |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).chars().nth(1).is_none();
    let joined =
        |i: &usize| lexed.glued_symbol(i - 1) == Some('.') && lexed.is_glued(*i) && is_letter(*i);
    let more = (1..LONGEST).take_while(|more| joined(&(at + 2 * more))).count();
    let end = at + 2 * more + 1;
    let fits = is_letter(at) && more + 1 >= FEWEST && !lexed.goes_on(end);
    if !fits || sets::PERSONS.has(lexed.before(at, 1)) {
        return None;
    }
    let letters: String = (at..end).step_by(2).map(|i| lexed.text(i)).collect();
    let rows = reader.tables.abbreviations(&letters);
    let row = rows.iter().find(|row| row.written == letters && row.is_usual())?;
    let said = row.expansion;
    letters::is_spelled(said).then_some(())?;
    reader.verbalize_as(at, end, "letters", Likely, said);
    Some(end)
}

/// Whether letters are of the number of a flight: chuyến bay QH 1521.
fn names_a_flight(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 12;
    let letters = reader.lexed.text(at);
    letters.len() == 2
        && reader.lexed.case(at) == Some(Case::Upper)
        && reader.lexed.digits(at + 1).is_some_and(|number| matches!(number.len(), 3 | 4))
        && reader.near_before(at, REACH, &["bay", "chuyến"])
}

/// Whether a sentence is about the letters themselves: TB là viết tắt của trung bình.
fn is_explained_itself(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let from = at + 1 + usize::from(matches!(lexed.word(at + 1), "là" | "được"));
    lexed.word(from) == "viết" && lexed.word(from + 1) == "tắt"
}

/// Whether letters are of the number of a fishing boat: KH 97654 TS, tàu cá DNA 90079.
fn names_a_boat(reader: &Reader<'_>, at: usize) -> bool {
    let number = |at: usize| reader.lexed.digits(at).is_some_and(|n| matches!(n.len(), 4 | 5));
    let upper = |at: usize| reader.lexed.case(at) == Some(Case::Upper);
    let mixed = |at: usize| reader.lexed.case(at) == Some(Case::Mixed); // QNg
    // QNa-90927 TS
    let hyphen = usize::from(at > 2 && reader.lexed.glued_symbol(at - 2) == Some('-'));
    let five = reader.lexed.digits(at + 1).is_some_and(|digits| digits.len() == 5);
    let short = reader.lexed.text(at).chars().count() <= 3;
    let money = sets::CURRENCY_CODES.has(reader.lexed.word(at));
    let weighed = reader.tables.unit(reader.lexed.rest(at + 2)).is_some()
        || sets::MEASURE_WORDS.has(reader.lexed.word(at + 2));
    let carried =
        matches!(reader.lexed.before(at, 1), "tàu" | "cá" | "thuyền") && !money && !weighed;
    upper(at) && five && short && carried
        || upper(at) && number(at + 1) && reader.lexed.text(at + 2) == "TS"
        || at > 1 + hyphen
            && reader.lexed.text(at) == "TS"
            && number(at - 1)
            && (upper(at - 2 - hyphen) || mixed(at - 2 - hyphen))
}

/// The longest number of a document, from its first digits to its type, in lexemes: 4.236/2024/QĐ.
const LONGEST_NUMBER: usize = 8;

/// The type of a document before its number, which says the type too: KH số 95/KH-UBND.
fn document(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let written = lexed.text(at);
    let said = reader.tables.document_part(written)?;
    let mut number = at + 1;
    number += usize::from(lexed.word(number) == "số");
    number += usize::from(lexed.symbol(number) == Some(':'));
    lexed.digits(number)?;
    let goes_on = |&i: &usize| lexed.is_glued(i) || matches!(lexed.symbol(i - 1), Some('-' | '/'));
    let same = (number + 1..number + LONGEST_NUMBER).take_while(goes_on).any(|i| {
        let part = lexed.text(i) == written && lexed.glued_digits(i + 1).is_none(); // CT1-CT2
        part && matches!(lexed.symbol(i - 1), Some('-' | '–' | '/'))
    });
    same.then(|| reader.verbalize_listed(at, at + 1, "abbreviation", Sure, said))?;
    Some(at + 1)
}

/// An abbreviation of the table.
fn listed(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let choice = sense::choose(reader, at)?;
    let sense::Choice { row, end, .. } = choice;
    if names_a_person(reader, row, at, end) {
        return None;
    }
    if code_letters::is_code(reader, row, at, end) {
        return None;
    }
    if row.written.chars().count() == 1 && !initials::is_abbreviation(reader, row, at, end) {
        return None;
    }
    let first_letter = row.written.chars().nth(1) == Some('.');
    if first_letter && end == at + 3 && initials::is_signature(reader, at) {
        return None; // B.Dương, who wrote the article
    }
    let usual = row.is_usual();
    if usual && end == at + 1 && reader.is_vietnamese(at) && capitals::in_capitals(reader, at) {
        return None; // CA KHÚC
    }
    let proposals = sense::proposals(reader, at, &choice);
    let (expansion, confidence) = if proposals.is_empty() {
        (row.expansion, if row.rivaled { Doubtful } else { Sure })
    } else {
        let choice = weigh::choose(reader, at, end, &proposals, &[]);
        let sense = &proposals[choice.index];
        (sense.said.as_str(), sense::confidence(sense, choice.confidence))
    };
    let supported =
        proposals.iter().any(|proposal| sense::is_told(proposal) && proposal.said == expansion);
    let confidence =
        match (usual && !supported).then(|| measure_of_body(reader, end, expansion)).flatten() {
            Some(Measure::Other) => {
                let letters = transliterate::spell_letters(reader.lexed.source(at, end));
                reader.verbalize_as(at, end, "letters", Doubtful, &letters);
                return Some(end);
            }
            Some(Measure::Share) => Doubtful,
            None => confidence,
        };
    if was_said(reader, at, end, expansion) {
        let end = end + usize::from(reader.lexed.glued_symbol(end) == Some('.'));
        reader.pass(at, end, "definition");
        return Some(end);
    }
    let expansion = without_said(reader, at, expansion);
    let stop = row.stop && reader.lexed.glued_symbol(end) == Some('.');
    let end_with_stop = end + usize::from(stop);
    if stop && ends_sentence(reader, row, end_with_stop) {
        reader.verbalize_listed(at, end, "abbreviation", confidence, expansion);
        reader.mark(end, end_with_stop, Mark::Period);
    } else {
        reader.verbalize_listed(at, end_with_stop, "abbreviation", confidence, expansion);
    }
    Some(end_with_stop)
}

/// The measure right behind an abbreviation that is read as a body, a post or a person by its usual sense alone, which
/// has none; nothing if the article writes the sense out.
fn measure_of_body(reader: &Reader<'_>, end: usize, expansion: &str) -> Option<Measure> {
    let written_out = || reader.definitions.written_out.has(expansion);
    let body = measured::names_a_body(expansion) && !written_out();
    body.then(|| measured::begins(reader, end)).flatten()
}

/// Whether letters with stops between them are the initials of a person whose name is kept back: bà T.P.,
/// N.M.U.
fn names_a_person(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let single =
        |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).chars().nth(1).is_none();
    let initials =
        row.written.contains('.') && row.written.split('.').all(|part| part.chars().count() <= 1);
    let goes_on =
        lexed.glued_symbol(end) == Some('.') && lexed.is_glued(end + 1) && single(end + 1);
    let follows =
        at > 1 && lexed.is_glued(at) && lexed.symbol(at - 1) == Some('.') && single(at - 2);
    initials && (goes_on || follows || sets::PERSONS.has(lexed.before(at, 1)))
}

/// A name of so many words is not said again for the abbreviation behind it.
const LONG_NAME: usize = 4;

/// Whether the words that an abbreviation stands for were just said, and its number follows: đường tỉnh ĐT.605,
/// quốc lộ QL1A; or they are a long name.
fn was_said(reader: &Reader<'_>, at: usize, end: usize, expansion: &str) -> bool {
    let lexed = &reader.lexed;
    let number = end + usize::from(lexed.glued_symbol(end) == Some('.'));
    let words = expansion.split(' ').count();
    let mut said = expansion.split(' ').rev().enumerate();
    // Quỹ Tiền tệ Quốc tế IMF: a long name is said once, whatever follows.
    let long = words >= LONG_NAME && lexed.case(at) == Some(Case::Upper) && end == at + 1;
    words > 1
        && at >= words
        && (long || lexed.glued_digits(number).is_some())
        && said.all(|(back, word)| {
            word.to_lowercase() == lexed.before(at, back + 1) && !lexed.is_glued(at - back)
        })
}

/// An expansion without its first word where that was just said: tia UV, sở SGDĐT. The ủy of huyện ủy UBND belongs
/// to another word.
fn without_said<'e>(reader: &Reader<'_>, at: usize, expansion: &'e str) -> &'e str {
    let beside = at > 0 && reader.lexed.case(at - 1).is_some() && !reader.lexed.is_glued(at);
    let said = reader.lexed.before(at, 1);
    match expansion.split_once(' ') {
        Some((first, rest)) if beside && said != "ủy" && first.to_lowercase() == said => rest,
        _ => expansion,
    }
}

/// The stop of "v.v." may end the sentence too: it does at the end and before a capital. The stop
/// of a title (GS., TP.) does only before what begins a sentence, for a name may follow it.
fn ends_sentence(reader: &Reader<'_>, row: &Abbreviation, end: usize) -> bool {
    let last = end >= reader.lexed.len();
    let title = row.written.chars().next().is_some_and(char::is_uppercase);
    if title {
        return last || initials::opens_sentence(reader, end, is_of_place(row.expansion));
    }
    let goes_on = reader.lexed.is_glued(end); // tp.Huế
    last || (!goes_on && reader.lexed.case(end).is_some_and(|case| case != Case::Lower))
}

/// Whether words are the kind of a place, by their last: thị xã.
fn is_of_place(expansion: &str) -> bool {
    expansion.rsplit(' ').next().is_some_and(|word| sets::DIVISIONS_OF_COUNTRY.has(word))
}
