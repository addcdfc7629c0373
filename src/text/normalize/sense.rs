//! Which of its senses an abbreviation has: the conditions of a row of `tables/abbreviations.tsv`
//! on the words around.

use super::definitions::Definitions;
use super::initials;
use super::lex::{Case, Lexed};
use super::profiles::Profiles;
use super::reader::Reader;
use super::senses::Senses;
use super::tables::Abbreviation;
use super::weigh::{Feature, Kind, Proposal, SenseFlag};
use super::word_sets as sets;
use crate::model::article::Article;
use crate::model::reading_options::Options;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::spoken::{Confidence, SpokenText};
use crate::text::lexicon::Lexicon;

/// Stands for any number among the words beside an abbreviation: SN 1960, 2PN.
const ANY_NUMBER: &str = "#";

/// Stands for a number of up to three digits: ĐT.741.
const SHORT_NUMBER: &str = "#3";

/// Stands for a number of three digits or four: P.302.
const LONG_NUMBER: &str = "##";

/// Stands for a number that begins with zero: ĐT 0912.
const LEADING_ZERO: &str = "#0";

/// Stands for a number that touches the abbreviation: GĐ2.
const GLUED_NUMBER: &str = "#g";

/// Stands for the start of a plate, two digits and letters: BKS 47B.
const PLATE: &str = "#A";

/// Stands for a day and its month, or a time of the day: CN 17/8, CN 7:30.
const DATE: &str = "#/";

/// Stands for a bracket that opens after a number: ngày 17/8 (CN).
const BRACKET_OF_NUMBER: &str = "#(";

/// Stands for a time of the day right before: 23h30 CN, 19:45 CN.
const CLOCK: &str = "#h";

/// Stands for a word with a capital: TS Nguyễn Hương.
const CAPITAL: &str = "Aa";

/// Stands for a word with a capital that is no syllable of Vietnamese: TT Recep Erdogan.
const FOREIGN: &str = "Ax";

/// Stands for a name and the number by which a person is called: A. Tuấn 0912345678.
const CALLED: &str = "Aa #0";

/// Stands for nothing but the end of an article: its author signs so.
const SIGNS: &str = "@";

/// Before a word that is near, not right beside: so many words away at most.
const NEAR: char = '~';
const NEAR_REACH: usize = 8;

/// Before a word that is right before.
const BESIDE: char = '=';

/// A word without a sign is among so many words before.
const REACH: usize = 3;

/// One sense for an article: what the neighbours of an abbreviation tell of it wherever they tell
/// anything (Gale, Church and Yarowsky 1992).
pub(super) fn of_article(
    article: &Article,
    parts: &ReadingPolicy,
    options: Options,
    definitions: &Definitions<'_>,
) -> Senses {
    let lexicon = Lexicon::default();
    let mut unread = SpokenText::default();
    let mut senses = Senses::default();
    for block in article.read(parts) {
        let lexed = Lexed::new(&article.text, block.span);
        let reader = Reader::new(lexed, options, &lexicon, definitions, &mut unread);
        for at in 0..reader.lexed.len() {
            let Some(choice) = choose(&reader, at).filter(|choice| !choice.row.is_usual()) else {
                continue;
            };
            senses.tell(choice.row.written, choice.row.expansion);
        }
    }
    senses
}

/// Whether a number right after belongs to the abbreviation.
pub(super) fn takes_number(row: &Abbreviation) -> bool {
    const NUMBERS: [&str; 5] = [ANY_NUMBER, SHORT_NUMBER, LONG_NUMBER, LEADING_ZERO, GLUED_NUMBER];
    row.after.iter().any(|word| NUMBERS.contains(word))
}

/// How much the words around say for a row: nothing, a word near, a word beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    Usual,
    Near,
    Beside,
}

/// A sense that an abbreviation has where it stands.
pub(super) struct Choice {
    /// The row of the table that has it.
    pub row: &'static Abbreviation,
    /// Where the abbreviation ends.
    pub end: usize,
    /// Every row of what is written there whose conditions hold, in the order of the table.
    held: Vec<(&'static Abbreviation, Evidence)>,
}

/// The sense of what is at `at`: of the longest written form, the first row whose conditions hold; but a word
/// right beside says more than one that is only near, as BCH Đảng bộ beside a báo cáo of công trường.
pub(super) fn choose(reader: &Reader<'_>, at: usize) -> Option<Choice> {
    let candidates = reader.tables.abbreviations(reader.lexed.text(at));
    if candidates.is_empty() {
        return None;
    }
    let before = Before {
        at,
        near: words_before(reader, at).take(NEAR_REACH).collect(),
        clause: reader.words_before(at, REACH).collect(),
    };
    let rest = reader.lexed.rest(at);
    let evidence = |row: &Abbreviation| {
        let length = length_of(row.written, rest)?;
        let end = reader.lexed.after(at, length)?;
        // TT.Ái Tử: a stop of its own ends it
        let boundary = !rest[length..].starts_with(char::is_alphabetic)
            || row.written.ends_with('.') && reader.lexed.case(end) == Some(Case::Capital);
        let first = strength_before(reader, row, &before)?;
        let second = strength_after(reader, row, end)?;
        boundary.then_some((first.max(second), end))
    };
    let mut proposed = candidates.iter().filter_map(|row| Some((row, evidence(row)?)));
    let (mut row, (mut strength, end)) = proposed.next()?;
    let mut held = vec![(row, strength)];
    for (other, (strength_of_other, _)) in
        proposed.filter(|(other, _)| other.written == row.written)
    {
        held.push((other, strength_of_other));
        if other.expansion != row.expansion && strength_of_other > strength {
            (row, strength) = (other, strength_of_other);
        }
    }
    Some(Choice { row, end, held })
}

/// What an abbreviation of several senses could stand for, with what speaks for each; nothing for one that has only one.
pub(super) fn proposals(reader: &Reader<'_>, at: usize, choice: &Choice) -> Vec<Proposal> {
    let written = choice.row.written;
    let rows = reader.tables.abbreviations(reader.lexed.text(at)).iter();
    let of_topic = Profiles::get().expansion(reader.options.profile, written);
    let mut senses: Vec<&'static str> = Vec::new();
    let its_rows = rows.clone().filter(|row| row.written == written);
    for sense in its_rows.map(|row| row.expansion).chain(of_topic) {
        if !senses.iter().any(|known| sounds_like(known, sense)) {
            senses.push(sense);
        }
    }
    if senses.len() < 2 {
        return Vec::new();
    }
    let told_first = reader.definitions.senses.first(written);
    let told_often = reader.definitions.senses.one(written);
    let written_out = |sense: &str| reader.definitions.written_out.has(sense);
    let first = choice.held.iter().find(|(row, _)| !row.is_usual());
    let proposal = |sense: &'static str| {
        let is_its = |expansion: &str| sounds_like(expansion, sense);
        let held = || choice.held.iter().filter(|(row, _)| is_its(row.expansion));
        let count = |strength| held().filter(|(_, evidence)| *evidence == strength).count();
        let (beside, near) = (count(Evidence::Beside), count(Evidence::Near));
        let mut its_rows =
            rows.clone().filter(|row| row.written == written && is_its(row.expansion));
        let usual = its_rows.find(|row| row.is_usual());
        let others = choice.held.iter().any(|(row, _)| !row.is_usual() && !is_its(row.expansion))
            || [of_topic, told_first].into_iter().flatten().any(|other| !is_its(other))
            || senses.iter().any(|&other| !is_its(other) && written_out(other));
        let clearly = beside + near > 0
            || usual.is_some_and(|row| !row.rivaled)
            || [of_topic, told_often].into_iter().flatten().any(is_its)
            || written_out(sense);
        let flags = [
            (SenseFlag::Usual, usual.is_some_and(|row| !row.rivaled)),
            (SenseFlag::Rivaled, usual.is_some_and(|row| row.rivaled)),
            (SenseFlag::Unopposed, !others && clearly),
            (SenseFlag::Beside, beside > 0),
            (SenseFlag::BesideAgain, beside > 0 && beside + near > 1),
            (SenseFlag::Near, beside == 0 && near > 0),
            (SenseFlag::First, first.is_some_and(|(row, _)| is_its(row.expansion))),
            (SenseFlag::Told, told_first.is_some_and(is_its)),
            (SenseFlag::Written, written_out(sense)),
            (SenseFlag::Topic, of_topic.is_some_and(is_its)),
        ];
        let own = flags.into_iter().filter(|(_, holds)| *holds);
        // As the row has it that holds: Ban Tổ chức of a province, ban tổ chức of games.
        let strongest = held().max_by_key(|(_, evidence)| *evidence);
        Proposal {
            kind: Kind::Sense,
            said: strongest.map_or(sense, |(row, _)| row.expansion).to_owned(),
            own: own.map(|(flag, _)| Feature::from(flag)).collect(),
        }
    };
    senses.iter().copied().map(proposal).collect()
}

/// How sure a sense is, of which its weights say how sure they are: where nothing around tells it, it is likely at most, and
/// doubtful if another is as usual, however often it would be right.
pub(super) fn confidence(proposal: &Proposal, weighed: Confidence) -> Confidence {
    if is_told(proposal) {
        weighed
    } else if proposal.own.contains(&SenseFlag::Rivaled.into()) {
        Confidence::Doubtful
    } else {
        weighed.min(Confidence::Likely)
    }
}

/// Whether anything around tells a sense: a word, the article or its topic.
pub(super) fn is_told(proposal: &Proposal) -> bool {
    let telling =
        [SenseFlag::Beside, SenseFlag::Near, SenseFlag::Told, SenseFlag::Written, SenseFlag::Topic];
    telling.map(Feature::from).iter().any(|flag| proposal.own.contains(flag))
}

/// Whether two expansions are said alike: Ban Tổ chức, ban tổ chức.
fn sounds_like(one: &str, other: &str) -> bool {
    let small = |c: char| c.to_lowercase();
    one == other || one.chars().flat_map(small).eq(other.chars().flat_map(small))
}

/// How many bytes of a text an abbreviation takes that it begins with; there may be a space on either side
/// of an ampersand: LĐTB & XH.
fn length_of(written: &str, text: &str) -> Option<usize> {
    let mut rest = text;
    for (index, part) in written.split('&').enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix('&')?;
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        rest = rest.strip_prefix(part)?;
    }
    Some(text.len() - rest.len())
}

/// The words before an abbreviation, the nearest first.
struct Before<'r> {
    at: usize,
    near: Vec<&'r str>,
    clause: Vec<&'r str>,
}

/// What the words before say for a row; nothing if none of its conditions on them holds.
fn strength_before(
    reader: &Reader<'_>,
    row: &Abbreviation,
    before: &Before<'_>,
) -> Option<Evidence> {
    let Before { at, near, clause } = before;
    let at = *at;
    let strength = |&condition: &&str| {
        let (evidence, holds) = match condition {
            SIGNS => (Evidence::Beside, initials::is_signature(reader, at)),
            ANY_NUMBER => {
                let number = at.checked_sub(1).and_then(|i| reader.lexed.digits(i));
                (Evidence::Near, number.is_some())
            }
            FOREIGN => {
                let foreign = at.checked_sub(1).is_some_and(|name| {
                    reader.lexed.case(name) == Some(Case::Capital)
                        && !reader.lexed.is_syllable(name)
                });
                (Evidence::Beside, foreign)
            }
            BRACKET_OF_NUMBER => {
                let bracket = at > 1
                    && reader.lexed.symbol(at - 1) == Some('(')
                    && reader.lexed.digits(at - 2).is_some();
                (Evidence::Beside, bracket)
            }
            CLOCK => (Evidence::Beside, ends_clock(reader, at)),
            _ => match (condition.strip_prefix(BESIDE), condition.strip_prefix(NEAR)) {
                (Some(words), _) => (Evidence::Beside, is_beside(reader, at, words)),
                (_, Some(words)) => (Evidence::Near, contains(near, words.split(' ').rev())),
                _ if is_beside(reader, at, condition) => (Evidence::Beside, true),
                _ => (Evidence::Near, contains(clause, condition.split(' ').rev())),
            },
        };
        holds.then_some(evidence)
    };
    strongest(&row.before, strength)
}

/// What the words after say for a row; nothing if none of its conditions on them holds.
fn strength_after(reader: &Reader<'_>, row: &Abbreviation, end: usize) -> Option<Evidence> {
    if row.after.is_empty() {
        return Some(Evidence::Usual);
    }
    let end = end + usize::from(row.stop && reader.lexed.glued_symbol(end) == Some('.'));
    let number = reader.lexed.digits(end);
    let near: Vec<&str> = words_after(reader, end).take(NEAR_REACH).collect();
    let strength = |&condition: &&str| {
        let capital = reader.lexed.case(end) == Some(Case::Capital);
        let holds = match condition {
            ANY_NUMBER => number.is_some(),
            SHORT_NUMBER => number.is_some_and(|n| n.len() <= 3 && !n.starts_with('0')),
            GLUED_NUMBER => reader.lexed.glued_digits(end).is_some(),
            PLATE => begins_plate(reader, end),
            DATE => begins_date(reader, end),
            CAPITAL => capital,
            CALLED => capital && is_called(reader, end),
            FOREIGN => capital && !reader.lexed.is_syllable(end),
            LEADING_ZERO => number.is_some_and(|n| n.starts_with('0')),
            LONG_NUMBER => number.is_some_and(|n| matches!(n.len(), 3 | 4)),
            _ => {
                if let Some(words) = condition.strip_prefix(NEAR) {
                    return contains(&near, words.split(' ')).then_some(Evidence::Near);
                }
                condition.split(' ').enumerate().all(|(i, word)| is_word(reader, end + i, word))
            }
        };
        // A word that joins says little: CN và ngày lễ.
        let joins = sets::CONNECTIVES.has(condition);
        holds.then_some(if joins { Evidence::Near } else { Evidence::Beside })
    };
    strongest(&row.after, strength)
}

/// The strongest evidence of conditions of which one must hold; none asked for is the usual sense.
fn strongest<'a>(
    conditions: &'a [&'a str],
    strength: impl Fn(&&'a str) -> Option<Evidence>,
) -> Option<Evidence> {
    if conditions.is_empty() {
        return Some(Evidence::Usual);
    }
    let mut best = None;
    for evidence in conditions.iter().filter_map(strength) {
        best = best.max(Some(evidence));
        if best == Some(Evidence::Beside) {
            break;
        }
    }
    best
}

/// Whether a name at an index is followed by a number that begins with zero: Tuấn 0912345678, Thu Hà: 091.
fn is_called(reader: &Reader<'_>, at: usize) -> bool {
    const LONGEST: usize = 4;
    let lexed = &reader.lexed;
    if sets::CALLED_AT.has(lexed.word(at)) {
        return false; // tòa A. Hotline 0912
    }
    let end = (at..at + LONGEST).find(|&i| lexed.case(i) != Some(Case::Capital)).unwrap_or(at);
    let end = end + usize::from(matches!(lexed.symbol(end), Some(':' | '-' | '–' | '(')));
    lexed.digits(end).is_some_and(|digits| digits.starts_with('0') && digits.len() > 2)
}

/// Whether a plate begins at an index, perhaps after a colon: two digits and a letter or two.
fn begins_plate(reader: &Reader<'_>, at: usize) -> bool {
    let at = at + usize::from(reader.lexed.symbol(at) == Some(':'));
    let series = at + 1 + usize::from(reader.lexed.glued_symbol(at + 1) == Some('-'));
    reader.lexed.digits(at).is_some_and(|digits| digits.len() == 2)
        && reader.lexed.is_glued(series)
        && reader.lexed.case(series) == Some(Case::Upper)
        && reader.lexed.text(series).chars().count() <= 2
}

/// Whether a day and its month are at an index, perhaps after a bracket or a comma.
fn begins_date(reader: &Reader<'_>, at: usize) -> bool {
    let at = at + usize::from(matches!(reader.lexed.symbol(at), Some('(' | ',')));
    let short = |digits: &str| digits.len() <= 2;
    let lexed = &reader.lexed;
    let minutes = || lexed.glued_digits(at + 2).is_some_and(|minutes| minutes.len() == 2);
    let sign = lexed.glued_symbol(at + 1);
    let day = sign == Some('/') && lexed.glued_digits(at + 2).is_some_and(short);
    let clock = (sign == Some(':') || matches!(lexed.text(at + 1), "h" | "g")) && minutes();
    lexed.digits(at).is_some_and(short) && (day || clock)
}

/// Whether an hour and its minutes are right before an index.
fn ends_clock(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let short = |i: usize| lexed.digits(i).is_some_and(|digits| digits.len() <= 2);
    at > 2
        && short(at - 1)
        && lexed.is_glued(at - 1)
        && (lexed.symbol(at - 2) == Some(':') || matches!(lexed.text(at - 2), "h" | "g"))
        && lexed.is_glued(at - 2)
        && short(at - 3)
}

/// Whether a word is at an index as it is written, or in capitals.
fn is_word(reader: &Reader<'_>, at: usize, word: &str) -> bool {
    let text = reader.lexed.text(at);
    text == word
        || reader.lexed.case(at) == Some(Case::Upper)
            && text.chars().count() > 1
            && word.to_uppercase() == text
}

/// Whether the words right before are these; a colon or a quotation mark may be between (Lưu: VT).
fn is_beside(reader: &Reader<'_>, at: usize, words: &str) -> bool {
    let mark = at.checked_sub(1).and_then(|i| reader.lexed.symbol(i));
    let at = at - usize::from(matches!(mark, Some(':' | '"' | '“')));
    words.split(' ').rev().enumerate().all(|(i, word)| {
        let before = reader.lexed.before(at, i + 1);
        // A sign has no word: 100% KH.
        before == word || before.is_empty() && at > i && reader.lexed.text(at - i - 1) == word
    })
}

/// Whether `words` stand side by side in `text`.
fn contains<'a>(text: &[&str], words: impl Iterator<Item = &'a str> + Clone) -> bool {
    (0..text.len()).any(|start| {
        let mut rest = text[start..].iter();
        words.clone().all(|word| rest.next() == Some(&word))
    })
}

/// The words before in the sentence, the nearest first.
fn words_before<'r>(reader: &'r Reader<'_>, at: usize) -> impl Iterator<Item = &'r str> {
    (at.saturating_sub(4 * NEAR_REACH)..at)
        .rev()
        .take_while(move |&i| !ends_sentence(reader, i))
        .map(move |i| reader.lexed.word(i))
        .filter(|word| !word.is_empty())
}

/// The words after in the sentence.
fn words_after<'r>(reader: &'r Reader<'_>, at: usize) -> impl Iterator<Item = &'r str> {
    (at..at + 4 * NEAR_REACH)
        .take_while(move |&i| i < reader.lexed.len() && !ends_sentence(reader, i))
        .map(move |i| reader.lexed.word(i))
        .filter(|word| !word.is_empty())
}

fn ends_sentence(reader: &Reader<'_>, at: usize) -> bool {
    match reader.lexed.symbol(at) {
        Some('.') => !reader.lexed.is_glued(at + 1), // not in TP.HCM
        symbol => matches!(symbol, Some(';' | '!' | '?')),
    }
}
