//! What names the pictures of an article: its title once more, or another, and a number.

use std::collections::{HashMap, HashSet};

use crate::text::readers::pieces::Piece;
use crate::text::readers::similar;
use crate::text::readers::words::{Words, words};

/// What the title of a picture calls it, behind a dash or alone.
const NAMES: [&str; 2] = ["ảnh", "hình"];

/// Whether it ends with the number of a picture, as sites name those of an article: `Ngập ở ba huyện - Ảnh 1`.
pub(super) fn is_numbered(piece: &Piece) -> bool {
    let line = piece.lower.trim_end_matches('.');
    let Some((before, number)) = line.rsplit_once(' ') else { return false };
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let named = NAMES.iter().find_map(|name| before.strip_suffix(name));
    numbered && named.is_some_and(|before| before.trim_end().ends_with(['-', '–', '—', '|']))
}

/// The title of a picture and its number, which a dash parts: `Ngập ở ba huyện - 1`.
pub(super) fn bare_number<'a>(piece: &Piece<'a>) -> Option<(&'a str, u8)> {
    if piece.key.is_empty() {
        return None;
    }
    let (before, number) = piece.text.trim_end_matches('.').rsplit_once(' ')?;
    let is_number = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    let title = before.strip_suffix(['-', '–', '—'])?.strip_suffix(' ')?;
    let number: u8 = number.parse().ok().filter(|_| is_number && !number.starts_with('0'))?;
    Some((title.trim_end(), number))
}

/// The title of a picture without marks, as its file was named, and its number: `Ngap o ba huyen anh 1`.
pub(super) fn unmarked<'a>(piece: &Piece<'a>) -> Option<(&'a str, u8)> {
    if piece.key.is_empty() || !piece.text.is_ascii() {
        return None;
    }
    let (before, number) = piece.text.rsplit_once(' ')?;
    let title = before.strip_suffix(" anh")?;
    let number = number.parse().ok().filter(|number| (1..100).contains(number))?;
    Some((title.strip_suffix(" hinh").unwrap_or(title), number))
}

/// The titles that several pictures have, by their words: with the numbers 1 and 2.
pub(super) fn series(pieces: &[Piece]) -> HashSet<String> {
    let mut numbers: HashMap<String, [bool; 2]> = HashMap::new();
    for (title, number) in pieces.iter().filter_map(bare_number) {
        if let Some(seen @ 0..2) = number.checked_sub(1) {
            numbers.entry(words(title).0).or_default()[usize::from(seen)] = true;
        }
    }
    numbers.retain(|_, seen| seen.iter().all(|&seen| seen));
    numbers.into_keys().collect()
}

/// Whether the piece repeats the title: alone, without its marks (as the text of a picture), cut short by an
/// ellipsis, or with the number of a picture after it.
pub(super) fn repeats(piece: &Piece, title: &Piece) -> bool {
    /// A shorter title may be a refrain or a term the text explains.
    const WORDS: usize = 3;
    if piece.key.is_empty() || title.key.len() < WORDS {
        return false;
    }
    let cut_short = || {
        piece.text.ends_with(['…', '.'])
            && piece.text.trim_end_matches(['…', '.']).len() + 2 <= piece.text.len()
            && piece.key.len() >= 5
            && title.key.after(&piece.key).is_some()
    };
    is_same(&piece.key, title) || cut_short() || repeats_with_number(piece, title)
}

/// Whether the piece is the title and the number of a picture behind ảnh or the like, or the title, or most of it, and the
/// number alone: the title of an article may have been changed since.
pub(super) fn repeats_with_number(piece: &Piece, title: &Piece) -> bool {
    /// A shorter title is the whole of that of the article.
    const WORDS: usize = 5;
    let numbered = |rest: &str| {
        let mut words = rest.split(' ');
        matches!(words.next(), Some("anh\u{309}" | "hinh\u{300}" | "photo" | "image"))
            && words.all(|word| word.bytes().all(|b| b.is_ascii_digit()))
    };
    if piece.key.is_empty() {
        return false;
    }
    let named = piece.key.after(&title.key).is_some_and(numbered);
    named
        || bare_number(piece).or_else(|| unmarked(piece)).is_some_and(|(picture, _)| {
            let key = words(picture);
            is_same(&key, title) || key.len() >= WORDS && similar::is_same(title.text, picture)
        })
}

/// Whether the words are those of the title, with its marks or without them.
fn is_same(key: &Words, title: &Piece) -> bool {
    key.same(&title.key) || key.same_without_marks(&title.key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diag::Span;

    fn piece(text: &str) -> Piece<'_> {
        Piece::new(text, Span::new(0, text.len()), true)
    }

    #[test]
    fn a_title_and_a_number_are_of_a_picture() {
        let title = "Mưa lớn gây ngập ở ba huyện dịp 30/4-1/5";
        for line in [
            "Mưa lớn gây ngập ở ba huyện dịp 30/4-1/5 - 1",
            "Mưa lớn gây ngập ở ba huyện dịp 30/4-1/5 – 12",
            "Mưa lớn gây ngập ở ba huyện dịp 30/4-1/5 - Ảnh 2.",
            "Mưa lớn gây ngập ở ba huyện - 3",
            "Mua lon gay ngap o ba huyen dip 30/4-1/5 anh 1",
            "Mua lon gay ngap o ba huyen dip 30/4-1/5 hinh anh 1",
        ] {
            assert!(repeats(&piece(line), &piece(title)), "{line}");
        }
        for line in [
            "Mưa lớn - 1",
            "Đội ba huyện - 1",
            "Nước rút ở ba huyện dịp 30/4-1/5 sau hai ngày mưa - 1",
            "Mưa lớn gây ngập ở ba huyện dịp 30/4-1/5 - 2026",
        ] {
            assert!(!repeats(&piece(line), &piece(title)), "{line}");
        }
    }

    #[test]
    fn titles_of_a_series_have_the_numbers_1_and_2() {
        let lines = ["Lũ về bản - 1", "Lũ về bản - 2", "Đội Lam - 1", "Đội Hồng - 2", "Kỳ thi - 3"];
        let pieces: Vec<Piece> = lines.into_iter().map(piece).collect();
        assert_eq!(series(&pieces), HashSet::from([words("Lũ về bản").0]));
    }
}
