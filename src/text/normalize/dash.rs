//! Dashes and hyphens: what a pause is, what joins two halves of one notion, what is said as đến.

use super::apart;
use super::compounds;
use super::lex::Case;
use super::profiles::Profiles;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;

/// A bracket that its writer marks opens so many lexemes before at most.
const NOTE: usize = 24;

/// A dash: a bullet at the start; between two notions of one compound (kinh tế - xã hội),
/// inside a word or code, and around a number, nothing; elsewhere a pause. Before a number it is
/// left to the signs (minus).
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if is_writers_note(reader, at) {
        reader.pass(at, at + 2, "note");
        return Some(at + 2);
    }
    let glued_left = reader.lexed.is_glued(at)
        && at > 0
        && !matches!(
            reader.lexed.symbol(at - 1),
            Some('(' | '[' | '“' | '"' | '/' | '=' | ':' | '<' | '>' | '‘' | '\'')
        );
    let glued_right = reader.lexed.is_glued(at + 1);
    let glued = glued_left && glued_right;
    let next_is_digits = reader.lexed.digits(at + 1).is_some();
    if next_is_digits && glued_right && !glued_left {
        return None;
    }
    let end = reader.run(at, |sign| matches!(sign, '-' | '–' | '—'));
    if at == 0 {
        reader.pass(at, end, "bullet");
    } else if is_of_alarms(reader, at, end) {
        reader.verbalize_as(at, end, "range", Likely, "đến"); // BĐ2-BĐ3
    } else if !glued && joins_word(reader, at, end) {
        reader.pass(at, end, "hyphen");
    } else if glued && parts_numbers(reader, at, end) {
        reader.mark(at, end, Mark::Comma);
    } else if let Some(mark) = glued.then(|| apart::mark(reader, at, end)).flatten() {
        reader.mark(at, end, mark);
    } else if glued && !parts_two(reader, at, end) {
        reader.pass(at, end, "hyphen");
    } else if !glued && (joins_compound(reader, at, end) || joins_certificate(reader, at, end)) {
        reader.pass(at, end, "compound");
    } else if leads_from(reader, at, end) {
        reader.verbalize_as(at, end, "range", Likely, "đến"); // từ Lê Lợi - Tôn Đức Thắng, từ Huế-Vinh
    } else {
        reader.mark(at, end, if glued { Mark::Comma } else { Mark::Dash });
    }
    Some(end)
}

/// Whether a dash is before the CA of whoever gives out certificates: VNPT –CA.
fn joins_certificate(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.text(end) == "CA" && lexed.is_glued(end) && sets::CERTIFIERS.has(lexed.before(at, 1))
}

/// Whether a dash is between two levels of alarm of a river, the lower one first: BĐ2-BĐ3, BĐ1 - BĐ2.
fn is_of_alarms(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let level = |letters: usize| {
        let named = lexed.text(letters) == "BĐ";
        lexed.digits(letters + 1).filter(|level| named && level.len() == 1)
    };
    let lower = at.checked_sub(2).and_then(level);
    lower.zip(level(end)).is_some_and(|(lower, higher)| lower < higher)
}

/// (HLV Kim Sang-sik - PV): whoever wrote it says whose words the bracket has.
fn is_writers_note(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    !lexed.is_glued(at)
        && sets::WRITERS.has(lexed.text(at + 1))
        && lexed.symbol(at + 2) == Some(')')
        && (at.saturating_sub(NOTE)..at).any(|i| lexed.symbol(i) == Some('('))
}

/// Whether a hyphen parts the number of a code from another that would be heard with it as one: A350-900, VN576-577.
fn parts_numbers(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let long = |digits: Option<&str>| digits.is_some_and(|digits| digits.len() > 1);
    let code = reader.last_word().is_some_and(|word| word.class == "code");
    code && long(reader.lexed.digits(at - 1)) && long(reader.lexed.glued_digits(end))
}

/// Whether a hyphen that touches words on both sides parts two that are told one after the other: a person and an
/// office (Nhung-UVBTV), two places of two syllables or more (Dốc Xây-Thanh Hóa), the end of one phrase and
/// the capital of the next (Thiết thực-Vững chắc).
fn parts_two(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(left) = at.checked_sub(1) else { return false };
    let whole = |i: usize| apart::is_whole(reader, i);
    let capital = |i: usize| whole(i) && lexed.case(i) == Some(Case::Capital);
    let apart = |i: usize| !lexed.is_glued(i);
    let short = lexed.case(end) == Some(Case::Upper)
        && lexed.text(end).chars().count() > 2
        && reader
            .tables
            .abbreviations(lexed.text(end))
            .iter()
            .any(|row| row.written == lexed.text(end));
    let office = capital(end) && sets::TITLES_OF_OFFICE.has(lexed.word(end)) && apart(end + 1);
    let names = left > 0
        && capital(left)
        && capital(left - 1)
        && apart(left)
        && capital(end)
        && capital(end + 1)
        && apart(end + 1)
        && !apart::is_route(reader, at);
    let phrases =
        lexed.case(left) == Some(Case::Lower) && whole(left) && apart(left) && capital(end);
    // Trần Thị D.-UVBTV
    let kept_back = lexed.symbol(left) == Some('.')
        && left > 0
        && lexed.case(left - 1) == Some(Case::Upper)
        && lexed.text(left - 1).chars().nth(1).is_none();
    let body = || short && apart(left) && apart::is_body(reader, end); // Giảng viên chính-HVKTQS
    let told = whole(left) && (office || short && capital(left) || names || phrases || body())
        || kept_back && (office || short);
    told && !compounds::joins(reader, at, end) && !apart::are_countries(reader, at, end)
}

/// Whether a dash with white space on a side is inside one word that was taken from another language (cà - rốt), or inside a
/// name: behind its article (al – Qaeda), behind its letter (X- Factor), where its halves stand for one word each (ITAR- TASS), and
/// where the text has the name without white space as well (VNPT –CA).
fn joins_word(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let left = at - 1;
    let (Some(first), Some(second)) = (lexed.case(left), lexed.case(end)) else { return false };
    if second == Case::Lower {
        // ra - đi - ô, but họ ra - đi vào
        let said = |from: usize, to: usize| {
            let words: Vec<&str> =
                (from..=to).filter(|&i| lexed.symbol(i).is_none()).map(|i| lexed.word(i)).collect();
            sets::LOANS.has(&words.join(" "))
        };
        let dash = |i: usize| matches!(lexed.symbol(i), Some('-' | '–'));
        return matches!(first, Case::Lower | Case::Capital)
            && (said(left, end)
                || dash(end + 1) && said(left, end + 2)
                || left > 1 && dash(left - 1) && said(left - 2, end));
    }
    if second == Case::Capital && matches!(lexed.word(left), "al" | "el") {
        return true;
    }
    if first == Case::Lower || lexed.is_glued(at) == lexed.is_glued(end) {
        return false;
    }
    let letter = lexed.text(left).chars().nth(1).is_none();
    if letter {
        let foreign = second == Case::Capital && !reader.is_vietnamese(end);
        let lead = lexed.before(left, 1); // bảng B- Brazil
        return first == Case::Upper
            && foreign
            && lexed.is_glued(at)
            && !sets::LETTERED_THINGS.has(lead)
            && !sets::LETTER_LEADS.has(lead);
    }
    let rows = |i: usize| {
        let rows = reader.tables.abbreviations(lexed.text(i)).iter();
        rows.filter(move |row| row.written == lexed.text(i))
    };
    let mut said = rows(left).chain(rows(end)).peekable();
    let one_word = first == Case::Upper
        && second == Case::Upper
        && said.peek().is_some()
        && said.all(|row| !row.expansion.contains(' '));
    // Arsenal-Chelsea elsewhere may be two names as well. So far is looked, that the work grows with the text alone.
    const ELSEWHERE: usize = 2048;
    let elsewhere = || {
        if first != Case::Upper && second != Case::Upper {
            return false;
        }
        let name = format!("{}-{}", lexed.text(left), lexed.text(end));
        let to = lexed.len().min(at + ELSEWHERE);
        lexed.source(at.saturating_sub(ELSEWHERE), to).contains(&name)
    };
    one_word || elsewhere()
}

/// Whether a dash, with white space on both sides or on none, is between two places of which the first is behind từ, and
/// no đến follows: đoạn từ Lê Lợi - Tôn Đức Thắng.
fn leads_from(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 5;
    let lexed = &reader.lexed;
    let name = |i: usize| lexed.case(i).is_some_and(|case| case != Case::Lower);
    let free = lexed.is_glued(at) == lexed.is_glued(end);
    let from = (1..=REACH.min(at)).take_while(|&back| name(at - back)).count();
    let to = (end..end + 2 * REACH).take_while(|&i| lexed.case(i).is_some() && !lexed.goes_on(i));
    free && from > 0
        && name(end)
        && lexed.before(at, from + 1) == "từ"
        && !to.into_iter().any(|i| matches!(lexed.word(i), "đến" | "tới"))
}

/// Whether a dash joins the two halves of one notion: words on both sides, and both are in small
/// letters, or both in capitals (HĐND - UBND).
fn joins_compound(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let cases = at.checked_sub(1).map(|left| (reader.lexed.case(left), reader.lexed.case(end)));
    match cases {
        Some((Some(Case::Lower), Some(Case::Lower))) => {
            // A second dash in the same sentence makes the pair a parenthesis.
            compounds::joins(reader, at, end) && !parenthetic(reader, at, end)
        }
        // Thừa Thiên - Huế
        Some((Some(Case::Capital), Some(Case::Capital))) => {
            compounds::joins(reader, at, end) && !ends_name(reader, at)
        }
        Some((Some(Case::Upper), Some(Case::Upper))) => {
            // CAHN - HAGL: 2-0 are two teams.
            let score =
                reader.lexed.symbol(end + 1) == Some(':') && reader.lexed.digits(end + 2).is_some();
            // Nguyễn Văn A - UVBTV
            let named = at > 1
                && reader.lexed.text(at - 1).chars().nth(1).is_none()
                && reader.lexed.case(at - 2) == Some(Case::Capital);
            // MINH THIÊN - LAM PHƯƠNG
            let people = apart::is_whole(reader, at - 1) && apart::is_whole(reader, end);
            // Đ.LẬP - TR.T., TP.HCM -PV
            let initial = reader.lexed.glued_symbol(end + 1) == Some('.');
            // Hà Nội FC - PVF
            let teams = Profiles::get().dash_is_score(reader.options.profile)
                || sets::TEAM_MARKS.has(reader.lexed.text(at - 1));
            let lopsided = reader.lexed.is_glued(at) != reader.lexed.is_glued(end);
            let two = score || teams || named || people || initial;
            !reader.all_capitals && !two && !lopsided && join_letters(reader, at, end)
        }
        _ => false,
    }
}

/// Whether a dash with white space around it joins two abbreviations to one notion: both are halves of one (KT - XH),
/// they name a branch together (sở VH - TT), or they are two bodies that are named as one and no third follows
/// (HĐND - UBND), or two titles of one person (GS - TS). Between others a pause is heard: N.V.A - PGĐ, KV I - KV II, ga HN - ga ĐN.
fn join_letters(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 3;
    const LONGEST: usize = 4;
    let lexed = &reader.lexed;
    let left = at - 1;
    let initials = lexed.is_glued(left) && left > 0 && lexed.symbol(left - 1) == Some('.');
    let letter = |i: usize| lexed.text(i).chars().nth(1).is_none();
    if initials || letter(left) {
        return !initials && letter(end); // lẫn lộn L - N
    }
    let said = |i: usize| {
        let rows = reader.tables.abbreviations(lexed.text(i)).iter();
        rows.filter(move |row| row.written == lexed.text(i)).map(|row| row.expansion.to_lowercase())
    };
    let half = |i: usize| said(i).any(|words| compounds::is_half(&words));
    let body = |i: usize| apart::is_body(reader, i);
    let short = |i: usize| lexed.text(i).chars().count() <= LONGEST;
    let branch = || reader.near_before(left, REACH, &sets::BRANCHES);
    let title = |i: usize| said(i).any(|words| sets::LEARNED_TITLES.has(&words));
    let name = said(left).chain(said(end)).all(|words| !words.contains(' ')); // ITAR - TASS
    name || half(left) && half(end)
        || title(left) && title(end)
        || body(left) && body(end) && !parenthetic(reader, at, end)
        || short(left) && short(end) && !body(left) && branch()
}

/// Whether the word before a dash is the last of a name, and no half of a compound by itself: Thanh Hóa - Thừa Thiên
/// Huế, but not Khoa Hóa - Sinh.
fn ends_name(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    at > 1
        && compounds::is_half(lexed.word(at - 1))
        && lexed.case(at - 2) == Some(Case::Capital)
        && !compounds::is_half(&format!("{} {}", lexed.word(at - 2), lexed.word(at - 1)))
        && !sets::BRANCHES.has(lexed.word(at - 2))
}

/// Whether another free-standing dash follows within a dozen words, before any mark: "anh - người
/// con cả - nói".
fn parenthetic(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    /// No half of a compound has more words, with the dash behind them.
    const HALF: usize = 4;
    // thông tin - liên lạc và bưu điện - văn hóa: two compounds
    let is_another = |i: usize| {
        let small = |i: usize| reader.lexed.case(i) == Some(Case::Lower);
        i.abs_diff(at) > HALF && small(i - 1) && small(i + 1) && compounds::joins(reader, i, i + 1)
    };
    let is_free_dash = |i: usize| {
        matches!(reader.lexed.symbol(i), Some('-' | '–' | '—'))
            && !reader.lexed.is_glued(i)
            && !(i > 0 && is_another(i))
    };
    let is_stop =
        |i: usize| reader.lexed.symbol(i).is_some_and(|sign| !matches!(sign, '-' | '–' | '—'));
    let after =
        (end..reader.lexed.len().min(end + 12)).take_while(|&i| !is_stop(i)).any(is_free_dash);
    let before = (at.saturating_sub(12)..at).rev().take_while(|&i| !is_stop(i)).any(is_free_dash);
    after || before
}
