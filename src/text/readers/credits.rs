//! Whose a picture is: the credits that end the text below it, or stand before or behind a paragraph.

use crate::text::readers::phrases::{self, Role};
use crate::text::readers::pieces::Piece;

/// Whether a credit stands near the end of the piece, after a stop, a bracket or a dash.
pub(super) fn ends_with_credit(piece: &Piece) -> bool {
    /// A name, an agency and a bracket fit in this many bytes.
    const TAIL: usize = 60;
    let is_credit = |phrase: &str| {
        piece.lower.rfind(phrase).is_some_and(|at| {
            let before = piece.lower[..at].trim_end();
            let after = &piece.lower[at + phrase.len()..];
            let written = piece.text.get(at + phrase.len()..).unwrap_or(after);
            let free = phrase.ends_with(':') && may_be_source(written)
                || !phrase.ends_with(':') && after.trim_matches([')', ']', '.', ' ']).is_empty();
            let apart = before.is_empty()
                || before.ends_with(['.', '(', '[', '-', '–', '|', ',', ';', '/', '"', '”'])
                || in_capitals(piece, phrase)
                || begins_with_capital(piece, phrase);
            // Who wrote the text, at its end: …theo quy định. Tin, ảnh: M.Q.
            let signs = before.ends_with("tin,") || before.ends_with("bài,");
            let is_sentence = |(stop, _)| !is_initial(&after[..stop]);
            let goes_on = after.match_indices(". ").any(is_sentence);
            free && apart && !signs && after.len() <= TAIL && !goes_on
        })
    };
    names_picture(piece) || phrases::part(Role::Credit).any(is_credit)
}

/// Where the credit of a picture begins that stands behind the last sentence of a text: …phải đi sơ
/// tán. Ảnh: Reuters.
pub(super) fn closing_credit(text: &str) -> Option<usize> {
    /// A credit is no longer, in bytes.
    const LONGEST: usize = 80;
    let from = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
    let is_credit = |&at: &usize| {
        let (before, credit) = (text[..at].trim_end(), &text[at..]);
        let lower = credit.trim_start_matches(['(', '[']).to_lowercase();
        let named = phrases::part(Role::Credit).any(|phrase| {
            phrase.ends_with(':')
                && phrase != "nguồn:"
                && lower.starts_with(phrase)
                && credit.split_once(':').is_some_and(|(_, source)| may_be_source(source))
        });
        before.ends_with(ENDS) && (named || is_named_picture(credit))
    };
    text[from..].match_indices(' ').map(|(at, _)| from + at + 1).find(is_credit)
}

/// Whether what is behind `ảnh:` or `video:` may say whose it is: a name or a few words, and nothing that is told of it as
/// of a thing to hand in (`Ảnh: 4 tấm nền trắng`, `ảnh: 4x6`, `Video: quay ngang, dài 3 phút`, `Ảnh: phải rõ mặt`).
fn may_be_source(text: &str) -> bool {
    /// What is no name and has a capital nowhere has so many words at most, or ends as a source does.
    const PLAIN: usize = 2;
    /// How such sources end.
    const ENDS: [&str; 12] = [
        "cung cấp",
        "chụp",
        "clip",
        "video",
        "màn hình",
        "tư liệu",
        "minh họa",
        "minh hoạ",
        "xã hội",
        "mạng",
        "đọc",
        "nhân vật",
    ];
    let bare = text.trim_matches([' ', '.', ')', ']', '/']);
    let is_size = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
    let (mut counted, mut number) = (false, false);
    for word in text.split_whitespace() {
        let small = word.starts_with(char::is_lowercase) && word != "bạn";
        counted |= number && small;
        number = is_size(word);
    }
    let named = bare.chars().any(char::is_uppercase)
        || bare.split(' ').count() <= PLAIN
        || ENDS.iter().any(|end| bare.ends_with(end));
    let size = bare.split(' ').next().is_some_and(|first| first.contains('x') && is_size(first));
    !counted && !size && named && !text.trim_start().starts_with('.')
}

/// Marks at the end of a sentence.
const ENDS: [char; 6] = ['.', '!', '?', ')', '”', '"'];

/// Whether a piece ends with a credit without a colon: …phải đi sơ tán. Ảnh Reuters.
fn names_picture(piece: &Piece) -> bool {
    /// What a dash parts from a credit has so many words at least; a title has fewer.
    const TOLD: usize = 6;
    let Some(at) = piece.text.rfind("Ảnh ") else { return false };
    let before = &piece.text[..at];
    let told = before.trim_end();
    let apart = match told.chars().next_back() {
        Some('(' | '[') => {
            return told.len() > 1 && is_named_picture(&piece.text[told.len() - 1..]);
        }
        Some('-' | '–' | '—' | '|') => told.split_whitespace().count() > TOLD,
        _ => told.ends_with(ENDS),
    };
    before.ends_with(' ') && apart && is_named_picture(&piece.text[at..])
}

/// Where the credit begins that stands behind a dash before the last sentence has ended: …trong nhà ga ngày 28-11 - Ảnh:
/// REUTERS. One in a bracket may stand in a paragraph.
pub(super) fn inner_credit(text: &str) -> Option<usize> {
    let at = text.rfind(':')?;
    let at = text[..at].rfind(['-', '–', '—'])?;
    let before = text[..at].trim_end();
    let credit = text[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let names = phrases::begins(credit, Role::Credit);
    (names && before.len() < at && !before.is_empty() && !before.ends_with(ENDS))
        .then_some(before.len())
}

/// Where what follows begins, if a text opens with the credit of a picture that stands beside it: (Ảnh: TTXVN) Mưa lớn…,
/// Ảnh minh họa. (Nguồn: TTXVN) Mưa lớn….
pub(super) fn opening(text: &str) -> Option<usize> {
    let illustration = text.find(". ").filter(|&end| is_illustration(&text[..end]));
    let rest = illustration.map_or(text, |end| text[end + 1..].trim_start());
    let rest = bracketed(rest).unwrap_or(rest);
    let begins = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '('));
    (begins && rest.len() < text.len()).then_some(text.len() - rest.len())
}

/// What follows the credit in brackets that opens a text.
fn bracketed(text: &str) -> Option<&str> {
    /// A credit is no longer, in bytes.
    const LONGEST: usize = 80;
    let (credit, rest) = text.strip_prefix('(')?.split_once(") ")?;
    let named = [Role::Caption, Role::Credit].iter().any(|&role| phrases::begins(credit, role));
    let source = credit.split_once(": ").map(|(_, source)| source);
    let known = source.is_some_and(|source| {
        source.chars().any(char::is_uppercase) || may_be_illustration(source)
    });
    (named && known && credit.len() <= LONGEST).then(|| rest.trim_start())
}

/// Whether a source in small letters is one all the same: (Nguồn: internet).
fn may_be_illustration(source: &str) -> bool {
    source.split(' ').count() == 1 || source.ends_with("cung cấp")
}

/// Whether a text says that a picture only illustrates, and no more.
fn is_illustration(text: &str) -> bool {
    /// It is no longer, in bytes.
    const LONGEST: usize = 24;
    let is = |phrase: &str| phrase.contains(" minh ") && phrase == text.to_lowercase();
    text.len() <= LONGEST && phrases::part(Role::Credit).any(is)
}

/// Whether a text is the word for a picture and a name: Ảnh Reuters.
fn is_named_picture(text: &str) -> bool {
    /// A name has so many words.
    const NAME: usize = 4;
    /// A name of one word that is no kind of a picture is longer, in bytes: Reuters.
    const LETTERS: usize = 6;
    /// Who gave the picture has so many words more.
    const GIVEN: usize = 8;
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let bare = text.trim_end_matches('.');
    let bracket = bare.strip_prefix(['(', '[']).and_then(|text| text.strip_suffix([')', ']']));
    bracket.unwrap_or(bare).strip_prefix("Ảnh ").is_some_and(|name| {
        let words = name.split(' ').count();
        // (Ảnh do nhà sản xuất cung cấp)
        let given = name.ends_with(" cung cấp") && words <= GIVEN;
        // Ảnh tư liệu Tuổi Trẻ, Ảnh Công an Hải Phòng
        let kind = ["tư liệu ", "minh họa ", "minh hoạ "].iter().find_map(|k| name.strip_prefix(k));
        let name = kind.unwrap_or(name);
        let name = name.strip_prefix("của ").filter(|_| kind.is_some()).unwrap_or(name);
        let lower = name.to_lowercase();
        let of = |giver: &&str| lower.starts_with(*giver) && capital(name);
        let giver = phrases::part(Role::Giver).filter(of).map(str::len).max();
        let name = giver.and_then(|length| name.get(length..)).unwrap_or(name).trim_start();
        let most = NAME + usize::from(giver.is_some());
        // (Ảnh Bác Hồ), Ảnh Cưới: a picture of the text
        let initials = name.chars().all(char::is_uppercase); // Ảnh BNG
        let whose = giver.is_some()
            || kind.is_some()
            || name.contains(' ')
            || name.len() > LETTERS
            || initials;
        let shows = lower.starts_with("bác ") || lower.starts_with("việt nam");
        given || whose && !shows && name.split(' ').all(capital) && name.split(' ').count() <= most
    })
}

/// Whether a text that a stop ends has one letter for its last word: Ảnh: T. Tâm.
fn is_initial(text: &str) -> bool {
    text.rsplit([' ', '-', '.']).next().is_some_and(|word| word.chars().count() == 1)
}

/// Whether a phrase stands in capitals in a line that is not: …giảm nhẹ ẢNH: NGỌC DƯƠNG.
fn in_capitals(piece: &Piece, phrase: &str) -> bool {
    let capitals = phrase.to_uppercase();
    let before = piece.text.rfind(&capitals).map(|at| &piece.text[..at]);
    capitals != phrase
        && before.is_some_and(|text| text.ends_with(' ') && text.contains(char::is_lowercase))
}

/// Whether a phrase begins with a capital in the middle of a sentence: …Antonio Costa Ảnh: Nhật Bắc.
fn begins_with_capital(piece: &Piece, phrase: &str) -> bool {
    let mut letters = phrase.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let before = piece.text.rfind(&(capital + letters.as_str())).map(|at| &piece.text[..at]);
    before.is_some_and(|text| {
        text.strip_suffix(' ').is_some_and(|text| text.ends_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_behind_the_last_sentence_is_found() {
        for (text, credit) in [
            ("Xe bị kéo về bãi. Ảnh: Reuters", Some("Ảnh: Reuters")),
            ("Xe bị kéo về bãi. Ảnh: T. Lam.", Some("Ảnh: T. Lam.")),
            ("Xe bị kéo về bãi. (Ảnh: Reuters)", Some("(Ảnh: Reuters)")),
            ("Ông nói: “Xe về bãi.” Ảnh Reuters", Some("Ảnh Reuters")),
            ("Xe bị kéo về bãi. Ảnh chụp lúc trưa", None),
            ("Xe bị kéo về bãi. Tin, ảnh: T. Lam", None),
            ("Bức Ảnh: chưa ai thấy", None),
            ("Ảnh: Reuters", None),
        ] {
            assert_eq!(closing_credit(text).map(|at| &text[at..]), credit, "{text}");
        }
    }

    #[test]
    fn a_credit_before_the_first_sentence_is_found() {
        for (text, rest) in [
            ("(Ảnh: TTXVN) Mưa lớn ở ba huyện.", Some("Mưa lớn ở ba huyện.")),
            ("Ảnh minh họa. Mưa lớn ở ba huyện.", Some("Mưa lớn ở ba huyện.")),
            ("Ảnh minh họa. (Nguồn: TTXVN) Mưa lớn.", Some("Mưa lớn.")),
            ("Ảnh minh họa. (TPO) - Mưa lớn.", Some("(TPO) - Mưa lớn.")),
            ("(Ảnh: TTXVN) và mưa lớn ở ba huyện.", None),
            ("(Ảnh đẹp) Mưa lớn ở ba huyện.", None),
            ("(Nguồn: nước giếng khoan) Hiện cả bản còn một giếng.", None),
            ("Ảnh minh họa đẹp. Mưa lớn.", None),
            ("Mưa lớn ở ba huyện.", None),
        ] {
            assert_eq!(opening(text).map(|at| &text[at..]), rest, "{text}");
        }
    }

    #[test]
    fn a_credit_may_have_no_colon() {
        let credited = |text: &str| {
            let span = crate::model::diag::Span::new(0, text.len());
            ends_with_credit(&Piece::new(text, span, true))
        };
        for text in [
            "Cầu treo bị cuốn ở Mường Tè năm 2019 - Ảnh tư liệu Tuổi Trẻ",
            "Chị chụp ảnh bên cầu (Ảnh Trần Lam).",
            "Cầu đã thông. Ảnh Công an Lai Châu",
            "Cầu đã thông. Ảnh Báo Lai Châu",
            "Cầu đã thông. Ảnh tư liệu của Lam Sơn",
        ] {
            assert!(credited(text), "{text}");
        }
        for text in [
            "Cầu đã thông. Ảnh Công an chụp lúc trưa",
            "Triển lãm - Ảnh Việt Nam",
            "Cầu đã thông (Ảnh chụp lúc trưa).",
            "(Ảnh Trần Lam)",
            "Anh gửi cho tòa soạn bức Ảnh Lam",
            "Họ xem bộ sưu tập Ảnh Bác Hồ",
            "Cụ bà khóc nghẹn rất lâu trước bàn thờ - Ảnh Bác Hồ",
            "Trong nhà có bàn thờ và tấm bằng ghi công (Ảnh Bác Hồ).",
            "Hồ sơ gồm đơn xin việc, bằng cấp; ảnh: 4x6",
            "Mang theo giấy báo, bút và thước kẻ - Ảnh: 3x4 nền trắng",
            "Cô giáo dặn hai điều. Ảnh: phải rõ mặt",
        ] {
            assert!(!credited(text), "{text}");
        }
    }
}
