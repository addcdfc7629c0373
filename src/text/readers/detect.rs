//! Which encoding the text of a file is in.

use std::borrow::Cow;

use encoding_rs::{UTF_8, WINDOWS_1252};

use crate::model::diag::line_column;
use crate::model::encoding::Encoding;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::text::readers::{legacy, signature};

/// The encodings of one byte for each letter that [`detect`] distinguishes.
const LEGACY: [Encoding; 3] = [Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni];

/// A legacy encoding is accepted if it turns at least this share of the words it concerns into
/// Vietnamese syllables. The rest of a text is foreign names and errors, rarely more than a quarter.
const BELIEVED: f64 = 0.7;
/// And when it explains the words better than every other by this share of them.
const MARGIN: f64 = 0.25;

/// What giving the encoding does for a damaged text.
pub(super) const TO_READ_DAMAGE: &str = "to read it with � for what is damaged";

/// Which encoding a file is in. Byte order marks come first, then the pattern of zero bytes that
/// UTF-16 makes, then UTF-8; any other text is read in each legacy encoding, and the one that turns
/// its words into Vietnamese syllables is taken. The same test finds legacy text that was
/// saved as UTF-8 without being converted (`ViÖt Nam`), which is common in old web pages.
///
/// # Errors
/// Of kind `Input` if the file is empty, is not text, or no encoding explains it clearly.
pub fn detect(name: &str, bytes: &[u8]) -> Result<Encoding, Error> {
    let fail = |reason: Message| Err(Error::input(name.to_owned(), reason));
    if bytes.is_empty() {
        return fail("the file is empty; there is nothing to read aloud".into());
    }
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return fail("this is UTF-32 text; save it as UTF-8 and try again".into());
    }
    if let Some(what) = signature::recognize(bytes) {
        return fail(message!(
            "this is {what}, not plain text; give the text of the article",
            what = Message::from(what)
        ));
    }
    encoding_of(name, bytes)
}

/// Which encoding a text is in, whatever its format.
///
/// # Errors
/// As [`detect`].
pub(super) fn encoding_of(name: &str, bytes: &[u8]) -> Result<Encoding, Error> {
    let fail = |reason: Message| Err(Error::input(name.to_owned(), reason));
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return Ok(Encoding::Utf8),
        [0xFF, 0xFE, ..] => return Ok(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Ok(Encoding::Utf16Be),
        _ => {}
    }
    if let Some(encoding) = utf16_by_its_zero_bytes(bytes) {
        return Ok(encoding);
    }
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return fail(message!(
            "byte {at} is zero, which no text file has; the file seems to be binary. Give the \
             text of the article",
            at
        ));
    }
    // Several times as fast as the standard library.
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(disguised(&text).map_or(Encoding::Utf8, |(_, encoding)| encoding)),
        None if mostly_utf8(bytes) => {
            let at = encoding_rs::Encoding::utf8_valid_up_to(bytes);
            let before = String::from_utf8_lossy(&bytes[..at]);
            let (line, column) = line_column(&before, before.len());
            fail(message!(
                "damaged UTF-8 at line {line}, column {column} (byte {at}). Repair the file",
                line,
                column,
                at
            ))
            .map_err(|error| error.with_hint(Hint::set("encoding", "utf-8", TO_READ_DAMAGE)))
        }
        None => by_its_syllables(name, bytes),
    }
}

/// The legacy encoding whose reading of the words is clearly the most Vietnamese.
fn by_its_syllables(name: &str, bytes: &[u8]) -> Result<Encoding, Error> {
    let shares = shares(bytes);
    if let Some(encoding) = clear_winner(&shares) {
        return Ok(encoding);
    }
    let list: Vec<_> = shares
        .iter()
        .map(|(encoding, share)| format!("{encoding} ({:.0} %)", share * 100.0))
        .collect();
    Err(Error::input(
        name.to_owned(),
        message!(
            "the text is not UTF-8, and no older encoding explains it clearly: words that come \
             out Vietnamese are {list}. Save the file as UTF-8",
            list = list.join(", ")
        ),
    )
    .with_hint(Hint::give("encoding", "if you know it")))
}

/// Each legacy encoding with the share (0 to 1) of words that it turns into Vietnamese syllables,
/// among those it concerns.
fn shares(bytes: &[u8]) -> [(Encoding, f64); 3] {
    LEGACY.map(|encoding| {
        let (valid, words) = legacy::words(bytes).fold((0u32, 0u32), |(valid, words), word| {
            let read = legacy::decode(word, encoding);
            (valid + u32::from(legacy::is_vietnamese(&read)), words + 1)
        });
        (encoding, f64::from(valid) / f64::from(words.max(1)))
    })
}

/// The encoding that explains the words well, and clearly better than the others do.
fn clear_winner(shares: &[(Encoding, f64); 3]) -> Option<Encoding> {
    let mut ranked = *shares;
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let [(encoding, best), (_, second), _] = ranked;
    (best >= BELIEVED && best - second >= MARGIN).then_some(encoding)
}

/// UTF-16 without a byte order mark: every ASCII character, spaces at least, has a zero high byte.
fn utf16_by_its_zero_bytes(bytes: &[u8]) -> Option<Encoding> {
    const SAMPLE: usize = 8192;
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (first, second, half) = (zeros(0), zeros(1), sample.len() / 2);
    let (encoding, with, without) = if second > first {
        (Encoding::Utf16Le, second, first)
    } else {
        (Encoding::Utf16Be, first, second)
    };
    (half >= 2 && with * 4 >= half && without * 50 <= half).then_some(encoding)
}

/// Whether most of what is beyond ASCII forms UTF-8 characters, as in a file cut short: in legacy
/// text hardly any two bytes make one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad * 4 <= good
}

/// The legacy bytes and their encoding, if `text` is legacy text that was saved as UTF-8 as though
/// it had been windows-1252. Text that makes sense as it is is never taken for it.
fn disguised(text: &str) -> Option<(Cow<'_, [u8]>, Encoding)> {
    /// With fewer words, chance could make a foreign text look Vietnamese.
    const EVIDENCE: usize = 3;
    let unicode_only = |c: char| matches!(c, 'ă' | 'đ' | 'ơ' | 'ư' | '\u{1EA0}'..='\u{1EF9}');
    if text.is_ascii() || text.chars().any(unicode_only) {
        return None;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
    if unmappable || legacy::words(&bytes).count() < EVIDENCE {
        return None;
    }
    let as_it_is = legacy::words(&bytes)
        .filter(|word| legacy::is_vietnamese(&WINDOWS_1252.decode_without_bom_handling(word).0))
        .count();
    if as_it_is * 2 > legacy::words(&bytes).count() {
        return None;
    }
    let encoding = clear_winner(&shares(&bytes))?;
    Some((bytes, encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_a_wrong_one_teaches() {
        for encoding in Encoding::ALL {
            assert_eq!(encoding.name().parse::<Encoding>().unwrap(), encoding);
        }
        assert_eq!("CP1258".parse::<Encoding>().unwrap(), Encoding::Windows1258);
        let error = "viscii".parse::<Encoding>().unwrap_err().to_string();
        assert!(error.contains("utf-8, utf-16le") && error.contains("iconv"), "{error}");
    }
}
