//! Words that an article writes out in one place and abbreviates in another, with no bracket that says
//! so: "Đức Thánh Cha … ĐTC". Of the senses that the table has for an abbreviation the one that is
//! written out is likelier; an abbreviation that no table has may stand for words with its initials.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::letters::is_initial;
use super::tables::{Abbreviation, Tables};
use super::word_sets as sets;
use crate::model::article::Article;
use crate::model::spoken::Confidence::{self, Doubtful, Likely};
use crate::text::{orthography, scripts, transliterate};

/// At most this much of an article is searched, in bytes.
const REACH: usize = 20_000;

/// Senses of fewer words are written in any article: tài sản, where TS is tiến sĩ.
const FEWEST_WORDS: usize = 3;

/// Fewer letters are the initials of some words in a row by chance.
const FEWEST_LETTERS: usize = 4;

/// From so many letters on chance is no matter: in 350 words of Vietnamese one row of five words in
/// a thousand articles begins with five given letters, and one of four in sixty.
const SURE_LETTERS: usize = 5;

/// More letters than this are a word in capitals, not an abbreviation.
const MOST_LETTERS: usize = 10;

/// What an article writes out.
#[derive(Default)]
pub(super) struct WrittenOut<'a> {
    /// Of the senses of the table for its abbreviations.
    senses: HashSet<&'static str>,
    /// Words with the initials of an abbreviation that no table has.
    words: HashMap<&'a str, &'a str>,
}

impl<'a> WrittenOut<'a> {
    /// Searches the first pages of an article for the words of its abbreviations.
    pub(super) fn of(article: &'a Article) -> WrittenOut<'a> {
        let start = article.blocks.first().map_or(0, |block| block.span.start);
        let end = article.blocks.last().map_or(0, |block| block.span.end).max(start);
        let text = &article.text[start..end];
        let text = &text[..text.floor_char_boundary(REACH)];
        let (mut senses, mut unknown) = (HashSet::default(), HashSet::default());
        for word in text.split(|c: char| !scripts::is_alphanumeric(c)) {
            if is_in_capitals(word) {
                let rows = Tables::get().abbreviations(word);
                senses.extend(rivals(rows));
                if rows.is_empty() && is_unknown(word) {
                    unknown.insert(word);
                }
            }
        }
        let mut found = WrittenOut::default();
        if !senses.is_empty() {
            let folded = orthography::fold(text);
            senses.retain(|sense| has_words(&folded, &orthography::fold(sense)));
            found.senses = senses;
        }
        if !unknown.is_empty() {
            found.find_words(&unknown, text);
        }
        found
    }

    /// Whether the article writes out a sense of an abbreviation.
    pub(super) fn has(&self, sense: &str) -> bool {
        self.senses.contains(sense)
    }

    /// The words of the article that begin with the letters of an abbreviation that no table has, and how
    /// sure it is that they are meant.
    pub(super) fn words_of(&self, abbreviation: &str) -> Option<(&'a str, Confidence)> {
        let letters = abbreviation.chars().count();
        let confidence = if letters < SURE_LETTERS { Doubtful } else { Likely };
        self.words.get(abbreviation).map(|&words| (words, confidence))
    }

    fn find_words(&mut self, unknown: &HashSet<&'a str>, text: &'a str) {
        let clauses = text.split(|c: char| !c.is_alphabetic() && c != ' ');
        for words in clauses.map(|clause| clause.split(' ').collect::<Vec<_>>()) {
            for &letters in unknown {
                let row = (0..words.len()).find_map(|start| begin_with(letters, &words[start..]));
                if let Some(row) = row {
                    let (first, last) = (row[0], row[row.len() - 1]);
                    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
                    let row = &text[offset(first)..offset(last) + last.len()];
                    self.words.entry(letters).or_insert(row);
                }
            }
        }
    }
}

/// The senses of abbreviations that have several, those of several words.
fn rivals(rows: &'static [Abbreviation]) -> impl Iterator<Item = &'static str> {
    let are_several = |row: &Abbreviation| {
        rows.iter().any(|other| other.written == row.written && other.expansion != row.expansion)
    };
    let long = |row: &&Abbreviation| row.expansion.split(' ').nth(FEWEST_WORDS - 1).is_some();
    rows.iter().filter(long).filter(move |row| are_several(row)).map(|row| row.expansion)
}

/// Whether a word has capitals alone, as many as an abbreviation has.
fn is_in_capitals(word: &str) -> bool {
    let mut letters = word.chars();
    (2..=MOST_LETTERS).contains(&letters.clone().count()) && letters.all(char::is_uppercase)
}

/// Whether capitals may stand for Vietnamese words that no table has.
fn is_unknown(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().count() >= FEWEST_LETTERS
        && !Tables::get().is_initialism(word)
        && !transliterate::is_listed(&lower)
        && orthography::parse(&lower).is_none()
}

/// Whether `words` stand in a text, both folded, as words of their own.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        !text[..at].ends_with(scripts::is_alphanumeric)
            && !text[at + words.len()..].starts_with(scripts::is_alphanumeric)
    })
}

/// The first words of a row, Vietnamese syllables, whose initials are the letters; a connective may be
/// between them.
fn begin_with<'w, 't>(letters: &str, words: &'w [&'t str]) -> Option<&'w [&'t str]> {
    let mut letters = letters.chars().flat_map(char::to_lowercase).peekable();
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let letter = *letters.peek()?;
        if is_initial(letter, &lower) && orthography::parse(&lower).is_some() {
            letters.next();
            if letters.peek().is_none() {
                return Some(&words[..=at]);
            }
        } else if at == 0 || !sets::CONNECTIVES.has(&lower) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::{Block, BlockKind};
    use crate::model::diag::Span;

    fn article(text: &str) -> Article {
        let span = Span::new(0, text.len());
        let blocks = vec![Block::new(BlockKind::Paragraph, span, "a test")];
        Article { text: text.to_owned(), blocks, ..Article::default() }
    }

    #[test]
    fn senses_that_are_written_out_are_found() {
        let pope = article("Đức Thánh Cha mở cửa sổ. Chiều đó ĐTC đi bộ.");
        let found = WrittenOut::of(&pope);
        assert!(found.has("Đức Thánh Cha"));
        assert!(!found.has("đầu tư công"));
    }

    #[test]
    fn words_with_the_initials_of_an_unknown_abbreviation_are_found() {
        for (text, abbreviation, words) in [
            ("Kho gạo cứu đói mùa lũ mở cửa. Ba KGCĐ khác đóng.", "KGCĐ", Some("Kho gạo cứu đói")),
            (
                "Quỹ xe đạp cho trẻ em nghèo, QXĐTEN, có thêm xe.",
                "QXĐTEN",
                Some("Quỹ xe đạp cho trẻ em nghèo"),
            ),
            ("Kho gạo, cứu đói. Ba KGCĐ đóng.", "KGCĐ", None),
            ("Kho gạo cũ mở. Ba KGCĐ đóng.", "KGCĐ", None),
        ] {
            let article = article(text);
            let found = WrittenOut::of(&article);
            assert_eq!(found.words_of(abbreviation).map(|(words, _)| words), words, "{text}");
        }
    }
}
