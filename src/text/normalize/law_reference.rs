//! Clauses and articles of laws by their letters, as lawyers' notes and reports of courts write them:
//! k.7 Đ.7, k3 Đ189 BLHS, k1, k3 Đ 252, K3Đ51.

use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Token;

/// The class of such a reference.
const CLASS: &str = "law reference";

/// Reads the clause of `k3 Đ189`, or the article of `Đ.7` behind a clause or before the name of a law.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let end = numbered(reader, at)?;
    let said = match reader.lexed.text(at) {
        "k" | "K"
            if leads_to_article(reader, end)
                || follows_point(reader, at)
                || follows_article(reader, at) =>
        {
            "khoản"
        }
        "Đ" if follows_clause(reader)
            || names_law(reader, end)
            || lists(reader, at, end)
            || leads_to_clause(reader, end) =>
        {
            "điều"
        }
        _ => return None,
    };
    let digits = reader.lexed.text(end - 1);
    reader.verbalize(at, end, CLASS, Likely, |out| {
        out.push(said);
        number::cardinal(digits, out);
    });
    Some(end)
}

/// The index after the number of a letter at `at`, with or without a stop between them.
fn numbered(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let stop = usize::from(reader.lexed.glued_symbol(at + 1) == Some('.'));
    let number = at + 1 + stop;
    let lexed = &reader.lexed;
    lexed.digits(number).filter(|digits| digits.len() <= 3)?;
    // k3 Đ 252: behind a clause white space may be before the number of the article.
    let after_clause =
        || reader.last_tokens(5).any(|t| matches!(t, Token::Word(word) if word.class == CLASS));
    let apart = lexed.text(at) == "Đ" && (after_clause() || names_law(reader, number + 1));
    let joined = lexed.is_glued(number) || apart;
    // K3Đ51
    let of_clause = at > 1
        && lexed.text(at) == "Đ"
        && lexed.glued_digits(at - 1).is_some()
        && matches!(lexed.text(at - 2), "k" | "K");
    let free = !lexed.is_glued(at) || at > 0 && lexed.symbol(at - 1).is_some() || of_clause;
    let article = lexed.text(number + 1) == "Đ" && lexed.glued_digits(number + 2).is_some();
    (joined && free && (article || !lexed.goes_on(number + 1))).then_some(number + 1)
}

/// Whether an article follows a clause, by its letter or in words; a comma or more clauses may be between: k1, k3 Đ145.
fn leads_to_article(reader: &Reader<'_>, at: usize) -> bool {
    const MOST: usize = 4;
    let lexed = &reader.lexed;
    let mut at = at;
    for _ in 0..MOST {
        let joins = lexed.symbol(at) == Some(',') || sets::JOINS.has(lexed.word(at));
        at += usize::from(joins);
        let article = lexed.text(at) == "Đ" && article(reader, at);
        if article || lexed.word(at) == "điều" && lexed.digits(at + 1).is_some() {
            return true;
        }
        let short = |i: usize| lexed.digits(i).is_some_and(|digits| digits.len() <= 2);
        let clause = matches!(lexed.text(at), "k" | "K");
        let number = at + usize::from(clause);
        let number = number + usize::from(clause && lexed.glued_symbol(number) == Some('.'));
        if !joins || !short(number) {
            return false;
        }
        at = number + 1;
    }
    false
}

/// Whether the number of an article is behind the letter at `at`.
fn article(reader: &Reader<'_>, at: usize) -> bool {
    let stop = usize::from(reader.lexed.glued_symbol(at + 1) == Some('.'));
    reader.lexed.digits(at + 1 + stop).is_some_and(|digits| digits.len() <= 3)
}

/// Whether an article heads a list of them by their numbers alone, in brackets or before the name of a law: (Đ.93, 94),
/// Đ47, 48 BLHS.
fn lists(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let more = |i: usize| {
        lexed.symbol(i) == Some(',')
            && !lexed.is_glued(i + 1)
            && lexed.digits(i + 1).is_some_and(|digits| digits.len() <= 3)
    };
    let mut last = end;
    while more(last) {
        last += 2;
    }
    let bracket = at > 0
        && lexed.symbol(at - 1) == Some('(')
        && lexed.symbol(last) == Some(')')
        && !reader.near_before(at - 1, 4, &sets::STREETS);
    last > end && (bracket || names_law(reader, last))
}

/// Whether a clause by its letter is right behind an article: Đ.5 k.2.
fn leads_to_clause(reader: &Reader<'_>, end: usize) -> bool {
    let end = end + usize::from(reader.lexed.symbol(end) == Some(','));
    matches!(reader.lexed.text(end), "k" | "K") && numbered(reader, end).is_some()
}

/// Whether an article is right before: Đ.79 k.27, điều 5 k2.
fn follows_article(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(number) = at.checked_sub(1).filter(|&number| lexed.digits(number).is_some()) else {
        return false;
    };
    let stop = usize::from(number > 0 && lexed.symbol(number - 1) == Some('.'));
    number
        .checked_sub(1 + stop)
        .is_some_and(|name| lexed.text(name) == "Đ" || lexed.word(name) == "điều")
}

/// Whether the point of a clause is right before: điểm c k.7.
fn follows_point(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.before(at, 2) == "điểm" && reader.lexed.before(at, 1).chars().count() == 1
}

/// Whether the last thing said is a clause.
fn follows_clause(reader: &Reader<'_>) -> bool {
    reader.last_tokens(5).any(|token| match token {
        Token::Word(word) => word.class == CLASS || reader.said(word) == "khoản",
        _ => false,
    })
}

/// Whether a law is named at `at`.
fn names_law(reader: &Reader<'_>, at: usize) -> bool {
    let text = reader.lexed.text(at);
    let code = text.len() > 2 && text.starts_with("BL") || matches!(text, "NĐ" | "TT" | "PL");
    code || sets::LAW_BEGINNINGS.has(reader.lexed.word(at))
        && sets::LAW_ENDS.has(reader.lexed.word(at + 1))
        || reader.lexed.word(at) == "luật"
}
