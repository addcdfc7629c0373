//! The table of rimes, by spelling and by parts.

use std::sync::LazyLock;

use super::letters;
use super::syllable::{Coda, Nucleus, Rime};
use crate::model::error::Error;
use crate::model::phrase::Tone;
use crate::model::tables;

const FILE: &str = "src/text/orthography/tables/rimes.tsv";

/// A rime's letters (see [`letters::split`]) packed into a number, first letter highest.
pub(super) type Key = u32;

/// Packs up to four letters; `None` for more, which no rime has.
pub(super) fn key(letters: &[u8]) -> Option<Key> {
    (letters.len() <= 4).then(|| letters.iter().fold(0, |key, l| key << 8 | Key::from(*l)))
}

/// Every rime of the orthography.
pub(super) struct Rimes {
    /// Sorted by key.
    by_spelling: Vec<(Key, Rime)>,
    /// Sorted by rime; the letters as [`letters::split`] gives them.
    by_parts: Vec<(Rime, Vec<u8>)>,
}

impl Rimes {
    pub(super) fn read(&self, key: Key) -> Option<Rime> {
        let at = self.by_spelling.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(self.by_spelling[at].1)
    }

    /// The letters of a rime as the table writes it; `None` for parts that make no rime.
    pub(super) fn spell(&self, rime: Rime) -> Option<&[u8]> {
        let at = self.by_parts.binary_search_by_key(&rime, |(rime, _)| *rime).ok()?;
        Some(&self.by_parts[at].1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Rime> {
        self.by_parts.iter().map(|(rime, _)| *rime)
    }
}

/// Whether a rime, itself without glide and with its i written as said, is written after qu.
pub(super) fn follows_qu(rime: Rime, written_y: bool) -> bool {
    let vowel = match rime.nucleus {
        Nucleus::A | Nucleus::AShort | Nucleus::OwShort => !written_y,
        Nucleus::E | Nucleus::Ee | Nucleus::Ow => !written_y,
        // quít and quýt, but only quíu.
        Nucleus::I => !written_y || rime.coda != Some(Coda::U),
        // quyên, quyết.
        Nucleus::Ie => written_y && matches!(rime.coda, Some(Coda::N | Coda::T)),
        // quốc.
        Nucleus::Oo => !written_y && rime.coda == Some(Coda::C),
        _ => false,
    };
    vowel && !rime.glide
}

/// Reads the embedded table of rimes.
///
/// # Errors
/// [`Error::Table`] if a row's letters, parts or their number are wrong, or a rime is listed twice.
fn load() -> Result<Rimes, Error> {
    read_table(include_str!("tables/rimes.tsv"))
}

fn read_table(text: &str) -> Result<Rimes, Error> {
    let mut rimes = Rimes { by_spelling: Vec::new(), by_parts: Vec::new() };
    for (line, fields) in tables::rows(FILE, text, &["rime", "glide", "nucleus", "coda"])? {
        let bad = |reason: &str| tables::bad_row(FILE, line, format!("{}: {reason}", fields[0]));
        let spelling = fields[0]
            .chars()
            .map(|c| letters::split(c).filter(|(_, tone)| *tone == Tone::Ngang).map(|(l, _)| l))
            .collect::<Option<Vec<u8>>>()
            .filter(|letters| !letters.is_empty())
            .ok_or_else(|| bad("a rime is written with Vietnamese letters without tone marks"))?;
        let key = key(&spelling).ok_or_else(|| bad("a rime has up to four letters"))?;
        let rime = Rime {
            glide: match fields[1] {
                "w" => true,
                "-" => false,
                _ => return Err(bad("the glide is w or -")),
            },
            nucleus: Nucleus::spelled(fields[2]).ok_or_else(|| bad("no such nucleus"))?,
            coda: match fields[3] {
                "-" => None,
                letters => Some(Coda::spelled(letters).ok_or_else(|| bad("no such coda"))?),
            },
        };
        if rimes.by_parts.iter().any(|(other, letters)| *other == rime || *letters == spelling) {
            return Err(bad("a rime with the same letters or parts is listed above"));
        }
        rimes.by_spelling.push((key, rime));
        rimes.by_parts.push((rime, spelling));
    }
    rimes.by_spelling.sort_unstable_by_key(|(key, _)| *key);
    rimes.by_parts.sort_unstable_by_key(|(rime, _)| *rime);
    Ok(rimes)
}

/// The table, read once.
pub(super) static RIMES: LazyLock<Rimes> =
    LazyLock::new(|| load().expect("the embedded table is read in a test"));

/// Every rime of the orthography; those with a glide are those written with it after any onset but
/// c.
pub(crate) fn rimes() -> impl Iterator<Item = Rime> {
    RIMES.iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert_eq!(load().unwrap().iter().count(), 163);
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        let table = |row: &str| format!("rime\tglide\tnucleus\tcoda\noanh\tw\ta\tnh\n{row}\n");
        for (row, reason) in [
            ("oánh\tw\ta\tnh", "line 3: oánh: a rime is written"),
            ("oanhh\tw\ta\tnh", "up to four letters"),
            ("an\tx\ta\tn", "the glide is w or -"),
            ("an\t-\taa\tn", "no such nucleus"),
            ("an\t-\ta\tg", "no such coda"),
            ("oanh\t-\ta\tn", "the same letters or parts"),
            ("uanh\tw\ta\tnh", "the same letters or parts"),
        ] {
            let error = read_table(&table(row)).err().unwrap().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
