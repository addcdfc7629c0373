//! Vietnamese text of the years before Unicode: windows-1258, TCVN3 (ABC) and VNI.

use std::sync::OnceLock;

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use crate::model::encoding::Encoding;
use crate::model::error::Error;
use crate::model::tables;
use crate::text::orthography;

/// What one byte stands for.
#[derive(Debug, Default, Clone)]
struct Code {
    /// The characters, small, that it must follow; empty for any.
    after: String,
    /// What it adds to the text.
    gives: String,
}

/// What each byte stands for; `None` where windows-1252 holds.
type Page = Vec<Option<Code>>;

/// At most this many words are looked at to tell encodings apart; a tenth would do.
const WORDS: usize = 20_000;

/// Text in a legacy encoding as Unicode, not yet normalized. A byte that the encoding leaves open is
/// read as windows-1252 has it, which is where the dashes and quotation marks of the time stand.
/// `encoding` is one of the three legacy ones; any other is read as windows-1258.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> String {
    let page = match encoding {
        Encoding::Tcvn3 => tcvn3(),
        Encoding::Vni => vni(),
        _ => return WINDOWS_1258.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut last = ' ';
    for &byte in bytes {
        let code = page.get(usize::from(byte)).and_then(Option::as_ref);
        match code.filter(|c| c.after.is_empty() || c.after.contains(last)) {
            Some(code) => {
                text.push_str(&code.gives);
                last = code.gives.chars().next().map_or(' ', small);
            }
            None if byte.is_ascii() => {
                text.push(char::from(byte));
                last = char::from(byte.to_ascii_lowercase());
            }
            None => {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[byte]).0);
                last = ' ';
            }
        }
    }
    text
}

/// The words that have a byte beyond ASCII: runs of letters and of the bytes from A1 on, where all
/// three encodings keep their letters.
pub(super) fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|&b| !(b.is_ascii_alphabetic() || b >= 0xA1))
        .filter(|word| word.iter().any(|b| !b.is_ascii()))
        .take(WORDS)
}

/// Whether the word is spelled as a Vietnamese syllable can be.
pub(super) fn is_vietnamese(word: &str) -> bool {
    orthography::parse(&word.nfc().collect::<String>()).is_some()
}

fn small(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn tcvn3() -> &'static Page {
    static PAGE: OnceLock<Page> = OnceLock::new();
    PAGE.get_or_init(|| {
        load("src/text/readers/tables/tcvn3.tsv", include_str!("tables/tcvn3.tsv"))
            .unwrap_or_default()
    })
}

fn vni() -> &'static Page {
    static PAGE: OnceLock<Page> = OnceLock::new();
    PAGE.get_or_init(|| {
        load("src/text/readers/tables/vni.tsv", include_str!("tables/vni.tsv")).unwrap_or_default()
    })
}

fn load(file: &str, text: &str) -> Result<Page, Error> {
    let mut page = vec![None; 256];
    for (line, row) in tables::rows(file, text, &["byte", "after", "gives"])? {
        let bad = |reason: &str| tables::bad_row(file, line, reason);
        let byte =
            u8::from_str_radix(row[0], 16).map_err(|_| bad("the byte is not hexadecimal"))?;
        let after = if row[1] == "-" { "" } else { row[1] };
        let gives = row[2]
            .split(' ')
            .map(|hex| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32))
            .collect::<Option<String>>()
            .ok_or_else(|| bad("what it gives is not a list of code points"))?;
        let code = Code { after: after.chars().map(small).collect(), gives };
        if page[usize::from(byte)].replace(code).is_some() {
            return Err(bad("the byte has a row already"));
        }
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nfc(bytes: &[u8], encoding: Encoding) -> String {
        decode(bytes, encoding).nfc().collect()
    }

    #[test]
    fn the_tables_load() {
        let filled = |page: &Page| page.iter().flatten().count();
        assert_eq!(filled(&load("tcvn3", include_str!("tables/tcvn3.tsv")).unwrap()), 95);
        assert_eq!(filled(&load("vni", include_str!("tables/vni.tsv")).unwrap()), 52);
    }

    #[test]
    fn a_byte_given_twice_is_an_error() {
        let error = load("t", "byte\tafter\tgives\nA1\t-\t61\nA1\t-\t62\n").unwrap_err();
        assert_eq!(error.to_string(), "t, line 3: the byte has a row already");
    }

    #[test]
    fn each_encoding_gives_the_same_text() {
        let text = "Việt Nam đất nước";
        assert_eq!(nfc(b"Vi\xD6t Nam \xAE\xCAt n\xAD\xEDc", Encoding::Tcvn3), text);
        assert_eq!(nfc(b"Vie\xE4t Nam \xF1a\xE1t n\xF6\xF4\xF9c", Encoding::Vni), text);
        let windows = b"Vi\xEA\xF2t Nam \xF0\xE2\xECt n\xFD\xF5\xECc";
        assert_eq!(nfc(windows, Encoding::Windows1258), text);
    }

    #[test]
    fn vni_capitals_and_letters_with_a_byte_of_their_own() {
        assert_eq!(nfc(b"\xD1A\xC1T N\xD6\xD4\xD9C", Encoding::Vni), "ĐẤT NƯỚC");
        assert_eq!(nfc(b"ly\xF9 k\xEE \xED \x93x\x94", Encoding::Vni), "lý kỵ í “x”");
    }
}
