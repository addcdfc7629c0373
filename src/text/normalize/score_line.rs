//! Scores of matches: tỷ số 2-0, thắng 3 - 1, Việt Nam 2-1 Thái Lan. The dash is not said.

use super::lex::Case;
use super::number;
use super::profiles::Profiles;
use super::range;
use super::reader::Reader;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::model::spoken::{Mark, Token};

/// Words that announce a score.
const CUES: &[&str] = &[
    "thắng", "thua", "hòa", "dẫn", "bại", "cuộc", "gỡ", "hạ", "đè", "vượt", "cầm", "huề",
    "penalty", "lưu", "thúc", "giằng", "ván", "hiệp", "lượt", "set", "vợt", "séc",
];

/// What is counted by a range even after a word of winning: thắng 5-10 bàn.
const COUNTED: [&str; 12] =
    ["bàn", "điểm", "người", "tuổi", "tỷ", "triệu", "nghìn", "lần", "phút", "giờ", "cách", "phiếu"];

/// Nouns with a capital that numbers follow: Điều 5-10 Luật Đất đai.
const DIVISIONS: [&str; 12] =
    ["điều", "khoản", "chương", "mục", "trang", "phần", "bài", "quận", "lớp", "tiết", "câu", "khu"];

/// Reads `A-B` as a score where a word of winning, losing or drawing announces it, or where it
/// is between two names.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let votes = reader.near_before(at, 5, &["phiếu", "bầu"]);
    let high = votes
        || reader.near_phrase(at, 4, ["tỷ", "số"])
        || reader.near_before(at, 2, &["thắng", "thua", "hạ"]);
    let longest = if high { 3 } else { 2 };
    let goals = |at: usize| reader.lexed.digits(at).filter(|digits| digits.len() <= longest);
    let (ours, theirs) = (goals(at)?, goals(at + 2)?);
    reader.lexed.symbol(at + 1).filter(|&sign| matches!(sign, '-' | '–' | ':'))?;
    let end = at + 3;
    let is_name = |at: usize| matches!(reader.lexed.case(at), Some(Case::Capital | Case::Upper));
    let between_names = at > 0
        && is_name(at - 1)
        && is_name(end)
        && !DIVISIONS.contains(&reader.lexed.before(at, 1));
    if reader.lexed.symbol(at + 1) == Some(':') && reader.near_before(at, 4, &["lệ"]) {
        return None; // tỷ lệ 1:20 is a ratio
    }
    let even = ours == theirs && !reader.counts_next(end); // chia 50-50
    // 7-6 (5), 6-3: the points of a tie-break may be between.
    let next_set =
        matches!(reader.last_token(), Some(Token::Mark(Mark::Comma | Mark::OpenBracket, _)))
            && reader.last_tokens(5).any(|t| matches!(t, Token::Word(w) if w.class == "score"));
    let is_default = Profiles::get().dash_is_score(reader.options.profile)
        && !reader.counts_next(end)
        && reader.lexed.symbol(at + 1) != Some(':');
    let set = reader.lexed.symbol(at.wrapping_sub(1)) == Some(':')
        && at >= 3
        && reader.lexed.digits(at - 2).is_some()
        && matches!(reader.lexed.before(at, 3), "set" | "ván" | "hiệp" | "séc" | "game" | "trận");
    let ranks = reader.follows(at, &["tranh", "hạng"]); // the third and the fourth
    let goals_alone = ours.len() == 1 && theirs.len() == 1 && (ours >= theirs || ours == "0");
    // A range goes up: numbers that go down are those of two that play, or of a set (6-4, 25-20).
    let value = |digits: &str| digits.parse::<u8>().unwrap_or(0);
    let descends = ours.len() <= 2
        && theirs.len() <= 2
        && value(ours) > value(theirs)
        && !ours.starts_with('0')
        && !reader.counts_next(end)
        && !reader.in_address(at)
        && !range::is_sum(reader, at)
        && reader.lexed.symbol(end) != Some('=')
        && reader.lexed.symbol(at + 1) != Some(':')
        && !DIVISIONS.contains(&reader.lexed.before(at, 1));
    let alone = at == 0
        && goals_alone
        && (end == reader.lexed.len()
            || reader.near_after(end, 3, "tỷ") && reader.near_after(end, 4, "số"));
    let paired = reader.lexed.symbol(at.wrapping_sub(1)) == Some(':')
        && reader.near_before(at - 1, 4, &["vs", "gặp", "đấu"]); // Bình Định vs CAHN: 1-2
    let announced = next_set
        || paired
        || ranks
        || set
        || even
        || (votes
            || reader.near_before(at, 4, CUES)
            || reader.announces_ratio(at)
            || (reader.near_phrase(at, 2, ["rút", "ngắn"]) && !reader.counts_next(end))
            || reader.near_phrase(at, 9, ["tỷ", "số"])
            || reader.near_phrase(at, 9, ["tỉ", "số"]))
            && !COUNTED.contains(&reader.lexed.word(end));
    let continues = range::is_dash(reader.lexed.symbol(end).unwrap_or(' '))
        || reader.lexed.glued_symbol(end).is_some_and(|sign| matches!(sign, '/' | '%' | '°'))
        || matches!(reader.lexed.glued_symbol(end), Some('.' | ','))
            && reader.lexed.glued_digits(end + 1).is_some();
    if !(between_names || announced || alone || is_default || descends) || continues {
        return None;
    }
    let confidence = match (announced, between_names) {
        (true, _) => Sure,
        (_, true) => Likely,
        _ => Doubtful,
    };
    if confidence == Doubtful {
        let written = reader.lexed.source(at, end);
        reader.warn(at, end, format!("{written} was taken as a score, and may be a range"));
    }
    reader.verbalize(at, end, "score", confidence, |out| {
        number::cardinal(ours, out);
        number::cardinal(theirs, out);
    });
    Some(end)
}
