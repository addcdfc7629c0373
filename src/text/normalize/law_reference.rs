//! Clauses and articles of laws by their letters, as lawyers' notes and reports of courts write them:
//! k.7 Đ.7, k3 Đ189 BLHS.

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
        "k" | "K" if leads_to_article(reader, end) || follows_point(reader, at) => "khoản",
        "Đ" if follows_clause(reader) || names_law(reader, end) => "điều",
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
    reader.lexed.glued_digits(number).filter(|digits| digits.len() <= 3)?;
    let free = !reader.lexed.is_glued(at) || at > 0 && reader.lexed.case(at - 1).is_none();
    (free && !reader.lexed.goes_on(number + 1)).then_some(number + 1)
}

/// Whether an article follows a clause, by its letter or in words; a comma may be between.
fn leads_to_article(reader: &Reader<'_>, at: usize) -> bool {
    let at = at + usize::from(reader.lexed.symbol(at) == Some(','));
    let article = reader.lexed.text(at) == "Đ" && numbered(reader, at).is_some();
    article || reader.lexed.word(at) == "điều" && reader.lexed.digits(at + 1).is_some()
}

/// Whether the point of a clause is right before: điểm c k.7.
fn follows_point(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.before(at, 2) == "điểm" && reader.lexed.before(at, 1).chars().count() == 1
}

/// Whether the last thing said is a clause.
fn follows_clause(reader: &Reader<'_>) -> bool {
    reader.last_tokens(3).any(|token| match token {
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
