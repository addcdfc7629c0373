//! Places in the Bible: Lc 15,1-32; 1 Cr 13,4-7; Ga 20,1-9.11-18; Giăng 3:16. Data of `tables/scripture.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use super::number;
use super::range;
use super::reader::Reader;
use super::tables::pairs;
use crate::model::error::Error;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;

/// The class of such a place.
const CLASS: &str = "scripture";

/// A place has so many lexemes at most.
const LONGEST: usize = 32;

/// The books: by their first letters or digits, as written and as said, longer forms first.
struct Books(HashMap<&'static str, Vec<(&'static str, &'static str)>>);

impl Books {
    /// Those built into the program.
    fn get() -> &'static Books {
        static BOOKS: LazyLock<Books> =
            LazyLock::new(|| Books::load().expect("the embedded table is read in a test"));
        &BOOKS
    }

    fn load() -> Result<Books, Error> {
        let text = include_str!("tables/scripture.tsv");
        let mut books: HashMap<&str, Vec<(&str, &str)>> = HashMap::default();
        for (written, spoken) in pairs("scripture.tsv", "abbreviation", text)? {
            let first = written.split([' ', '-']).next().unwrap_or(written);
            books.entry(first).or_default().push((written, spoken));
        }
        for forms in books.values_mut() {
            forms.sort_unstable_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(b.0)));
        }
        Ok(Books(books))
    }

    /// The book whose name begins at `at`, as said, and the index after it.
    fn at(&self, reader: &Reader<'_>, at: usize) -> Option<(&'static str, usize)> {
        let forms = self.0.get(reader.lexed.text(at))?;
        let rest = reader.lexed.rest(at);
        forms.iter().find_map(|&(written, spoken)| {
            rest.starts_with(written).then_some(())?;
            Some((spoken, reader.lexed.after(at, written.len())?))
        })
    }
}

/// A chapter and the sign before its first verse.
struct Chapter {
    /// The index of its number.
    at: usize,
    /// Whether a colon is before the verse, as Protestants write, and not a comma.
    colon: bool,
}

/// Whether the name of a book begins with a word.
pub(super) fn begins(word: &str) -> bool {
    Books::get().0.contains_key(word)
}

/// Reads a place: the book, a chapter and verses.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if at > 0 && reader.lexed.is_glued(at) && reader.lexed.symbol(at - 1) != Some('(') {
        return None;
    }
    if reader.lexed.text(at) == "x" && reader.lexed.glued_symbol(at + 1) == Some('.') {
        // x. Ep 4,17: see
        let (_, end) = Books::get().at(reader, at + 2)?;
        chapter(reader, end)?;
        reader.verbalize_as(at, at + 2, CLASS, Likely, "xem");
        return Some(at + 2);
    }
    let (book, end) = Books::get().at(reader, at)?;
    let stop = usize::from(reader.lexed.glued_symbol(end) == Some('.'));
    let chapter =
        chapter(reader, end + stop).filter(|chapter| !reader.lexed.is_glued(chapter.at))?;
    let short = reader.lexed.source(at, end).chars().filter(|c| c.is_alphabetic()).count() <= 3;
    if short && chapter.colon && at + 1 == end {
        return None; // CN 7:30 is a time; those who write a colon write the names out
    }
    // Sóng Hs 4,5 m: what is measured is no verse
    if reader.tables.unit(reader.lexed.rest(chapter.at + 3)).is_some() {
        return None;
    }
    reader.verbalize_listed(at, chapter.at, CLASS, Likely, book);
    Some(chapters(reader, chapter, at + LONGEST))
}

/// A chapter at `at` that verses follow: 15,1 or 3:16.
fn chapter(reader: &Reader<'_>, at: usize) -> Option<Chapter> {
    let lexed = &reader.lexed;
    lexed.digits(at).filter(|digits| digits.len() <= 3 && !digits.starts_with('0'))?;
    let sign = lexed.glued_symbol(at + 1).filter(|sign| matches!(sign, ',' | ':'))?;
    // Lc 15, 1-32: a space may be behind the comma where the verses go on behind a dash.
    let spaced = sign == ',' && lexed.symbol(at + 3).is_some_and(range::is_dash);
    let verse = lexed.digits(at + 2).filter(|digits| digits.len() <= 3)?;
    let fits = (lexed.is_glued(at + 2) || spaced) && !verse.starts_with('0');
    fits.then_some(Chapter { at, colon: sign == ':' })
}

/// Says a chapter with its verses, and those that follow it behind a dash; gives the index after them.
fn chapters(reader: &mut Reader<'_>, first: Chapter, limit: usize) -> usize {
    let mut at = first.at;
    loop {
        let number = reader.lexed.text(at);
        reader.verbalize(at, at + 1, CLASS, Likely, |out| {
            out.push("chương");
            number::cardinal(number, out);
        });
        reader.mark(at + 1, at + 2, Mark::Comma);
        at = verses(reader, at + 2, limit);
        let dash = reader.lexed.symbol(at).is_some_and(range::is_dash);
        let Some(next) = chapter(reader, at + 1).filter(|_| dash && at < limit) else { return at };
        reader.verbalize_as(at, at + 1, CLASS, Likely, "đến");
        at = next.at;
    }
}

/// Says verses: 1-9.11-18 and 12a; gives the index after them.
fn verses(reader: &mut Reader<'_>, first: usize, limit: usize) -> usize {
    let mut at = first;
    loop {
        let verse = reader.lexed.text(at);
        reader.verbalize(at, at + 1, CLASS, Likely, |out| {
            if at == first {
                out.push("câu");
            }
            number::cardinal(verse, out);
        });
        at += 1;
        // 12a: a part of a verse
        let part = reader.lexed.text(at);
        if reader.lexed.is_glued(at) && matches!(part, "a" | "b" | "c") {
            let name = crate::text::transliterate::spell_letters(part);
            reader.verbalize_as(at, at + 1, CLASS, Likely, &name);
            at += 1;
        }
        let joint = match reader.lexed.symbol(at) {
            Some(sign) if range::is_dash(sign) => "đến",
            Some('.') if reader.lexed.is_glued(at) => "và",
            _ => return at,
        };
        let glued = reader.lexed.is_glued(at) && reader.lexed.is_glued(at + 1);
        if !glued
            || reader.lexed.digits(at + 1).is_none()
            || at > limit
            || chapter(reader, at + 1).is_some()
        {
            return at;
        }
        reader.verbalize_as(at, at + 1, CLASS, Likely, joint);
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Books;

    #[test]
    fn the_table_is_whole() {
        let books = Books::load().unwrap();
        assert_eq!(books.0["1"].len(), 9);
        assert_eq!(books.0["Lc"], [("Lc", "Lu ca")]);
    }
}
