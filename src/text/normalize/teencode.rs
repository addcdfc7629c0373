//! Spellings of chats and comments that newspapers quote: ko, đc, mn, vk, "giá k rẻ".

use super::lex::Case;
use super::profiles::Profiles;
use super::reader::Reader;
use super::tables::ChatPlace;
use super::word_sets as sets;
use crate::model::message::message;
use crate::model::spoken::Confidence::{Doubtful, Likely};

/// How many lexemes on either side may be another spelling of a chat.
const AROUND: usize = 5;

/// Reads a spelling of the table where it may occur.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let (said, place) = reader.tables.chat(reader.lexed.word(at))?;
    let lexed = &reader.lexed;
    if Profiles::get().expansion(reader.options.profile, lexed.text(at)).is_some() {
        return None; // bn of an article about health
    }
    let free = |i: usize| {
        !lexed.is_glued(i)
            || lexed.symbol(i).is_some_and(|s| !matches!(s, '/' | '-' | '_' | '@' | '&' | '+'))
    };
    let starts = !lexed.is_glued(at)
        || at > 0 && matches!(lexed.symbol(at - 1), Some('"' | '“' | '‘' | '(' | '\'' | '…' | '.'));
    let ends_word =
        free(at + 1) && !(lexed.glued_symbol(at + 1) == Some('.') && lexed.is_glued(at + 2));
    // Kyaw Ko Ko: a name among names.
    let name = lexed.case(at) == Some(Case::Capital)
        && !lexed.is_glued(at)
        && at > 0
        && lexed.case(at - 1) == Some(Case::Capital);
    // ông Ko Hyung-jin
    let before_name = lexed.case(at) == Some(Case::Capital)
        && lexed.case(at + 1) == Some(Case::Capital)
        && !reader.is_vietnamese(at + 1);
    let initial = name
        || before_name
        || lexed.case(at) == Some(Case::Capital)
            && lexed.text(at).len() <= 2
            && lexed.glued_symbol(at + 1) == Some('.'); // chị Ng.
    if !starts
        || !ends_word
        || initial
        || !matches!(lexed.case(at), Some(Case::Lower | Case::Capital))
    {
        return None;
    }
    // bn is bao nhiêu before what is counted, otherwise bạn.
    let said = match said {
        "bao nhiêu" if !sets::COUNTED_BY_BN.has(lexed.word(at + 1)) => "bạn",
        said => said,
    };
    if lexed.word(at) == "bn" && is_patient(reader, at) {
        return None;
    }
    let model = lexed.case(at) == Some(Case::Capital) && lexed.digits(at + 1).is_some(); // Mk 48
    if model {
        return None;
    }
    let after_number = at > 0 && lexed.digits(at - 1).is_some();
    let fits = match place {
        ChatPlace::Any => true,
        ChatPlace::Word => {
            !after_number
                && (is_small_word(reader, at + 1) || at > 0 && is_small_word(reader, at - 1))
        }
        ChatPlace::Chat => !after_number && in_chat(reader, at),
        ChatPlace::Letter => !after_number && may_be_letter(reader, at),
    };
    if !fits {
        return None;
    }
    if matches!(place, ChatPlace::Letter | ChatPlace::Chat) {
        let written = reader.lexed.text(at);
        reader.warn(
            at,
            at + 1,
            message!("{written} is read as {said}, as in chats", written, said),
        );
        reader.verbalize_listed(at, at + 1, "chat spelling", Doubtful, said);
    } else {
        reader.verbalize_listed(at, at + 1, "chat spelling", Likely, said);
    }
    Some(at + 1)
}

/// Whether what is told of somebody is told of a patient: bn nam, hai bn nặng thở máy.
fn is_patient(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 4;
    reader.near_before(at, REACH, &sets::PATIENTS)
        || sets::PATIENTS.iter().any(|cue| reader.near_after(at + 1, REACH, cue))
}

/// Whether a Vietnamese word is at an index; its capital may be that of a sentence.
fn is_small_word(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.case(at), Some(Case::Lower | Case::Capital))
        && (reader.is_vietnamese(at) || reader.tables.chat(reader.lexed.word(at)).is_some())
}

/// Whether another spelling of chats, other than a lone letter, is near.
fn in_chat(reader: &Reader<'_>, at: usize) -> bool {
    (at.saturating_sub(AROUND)..=at + AROUND).filter(|&i| i != at).any(|i| {
        let found = reader.tables.chat(reader.lexed.word(i));
        found.is_some_and(|(_, place)| matches!(place, ChatPlace::Any | ChatPlace::Word))
    })
}

/// A lone letter among words in lower case: giá k rẻ, anh j ơi, r nha.
fn may_be_letter(reader: &Reader<'_>, at: usize) -> bool {
    let lower = |i: usize| reader.lexed.case(i) == Some(Case::Lower) && reader.is_vietnamese(i);
    let before = at.checked_sub(1);
    let announced = before.is_some_and(|i| sets::LETTER_LEADS.has(reader.lexed.word(i)));
    let small = reader.lexed.case(at) == Some(Case::Lower);
    let word_before = before.is_some_and(is_word(reader));
    let addressed = sets::PARTICLES.has(reader.lexed.word(at + 1));
    let ends = reader.lexed.symbol(at + 1).is_some_and(|s| matches!(s, '?' | '!' | '"' | '”'));
    let defined = sets::DEFINES.has(reader.lexed.word(at + 1)); // với k là số nguyên
    let chatty = before.is_some_and(|i| reader.tables.chat(reader.lexed.word(i)).is_some());
    small
        && !announced
        && !defined
        && (addressed || chatty || word_before && (lower(at + 1) || ends))
}

fn is_word<'r>(reader: &'r Reader<'_>) -> impl Fn(usize) -> bool + 'r {
    |i| is_small_word(reader, i)
}
