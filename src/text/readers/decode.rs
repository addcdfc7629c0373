//! Bytes to text: characters, line ends, Unicode normalization, and invisible characters.

use encoding_rs::{UTF_16BE, UTF_16LE};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::model::encoding::Encoding;
use crate::model::error::{Error, Hint};
use crate::text::readers::detect::{TO_READ_DAMAGE, detect, encoding_of};
use crate::text::readers::legacy;

/// The text of a file as every later stage sees it: NFC, `\n` line ends, no byte order mark, no
/// control or invisible characters, every kind of space an ordinary one. Apart from that the
/// author's spelling is kept: old and new placement of tone marks (`hoà`, `hòa`) stay as they are.
///
/// `name` is the file's name for messages. With `encoding` given, nothing is guessed, and bytes
/// without a character in it become `�`.
///
/// # Errors
/// Of kind `Input` if the file is empty or blank, is not text, or its encoding is uncertain.
pub fn decode(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<String, Error> {
    let fail = |reason: &str| Error::input(name.to_owned(), reason.to_owned());
    let text = match encoding {
        Some(encoding) => text_of(bytes, encoding).0,
        None => {
            let encoding = detect(name, bytes)?;
            match text_of(bytes, encoding) {
                (text, false) => text,
                (_, true) => {
                    let hint = Hint::set("encoding", encoding.name(), TO_READ_DAMAGE);
                    return Err(
                        fail(&format!("damaged {encoding}. Repair the file")).with_hint(hint)
                    );
                }
            }
        }
    };
    if looks_binary(&text) {
        return Err(fail(
            "much of this is control characters; the file seems to be binary, or its encoding \
             is another. Give the text of the article",
        ));
    }
    let text = normalized(clean(text));
    if text.trim().is_empty() {
        return Err(fail("there is no text in it; there is nothing to read aloud"));
    }
    Ok(text)
}

/// The text of a web page, whose encoding its `meta` elements may tell. UTF-8 that is valid is taken
/// for UTF-8 whatever the page says; a page without a known encoding is read as [`decode`] reads text.
///
/// # Errors
/// As [`decode`].
pub(super) fn decode_page(
    name: &str,
    bytes: &[u8],
    encoding: Option<Encoding>,
) -> Result<String, Error> {
    let is_marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let is_utf8 = is_marked || std::str::from_utf8(bytes).is_ok();
    // What a page in an old Vietnamese encoding calls itself is not to be believed.
    let told = told_encoding(bytes).filter(|told| *told != encoding_rs::WINDOWS_1252);
    let text = match (encoding, told) {
        (Some(encoding), _) => text_of(bytes, encoding).0,
        (None, Some(told)) if !is_utf8 => told.decode(bytes).0.into_owned(),
        (None, _) => match encoding_of(name, bytes) {
            Ok(encoding) => text_of(bytes, encoding).0,
            Err(error) => guessed(bytes).ok_or(error)?,
        },
    };
    Ok(normalized(clean(text)))
}

/// The text of a page in an encoding that is not one of ours, as browsers guess it; `None` if it is
/// damaged in that too.
fn guessed(bytes: &[u8]) -> Option<String> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Allow);
    let (text, _, is_damaged) = guess.decode(bytes);
    (!is_damaged).then(|| text.into_owned())
}

/// The encoding that a `meta` element in the first bytes of a page names.
fn told_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    /// Where browsers look for it (HTML Standard, "prescan a byte stream", with some more room).
    const PRESCAN: usize = 4096;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_lowercase();
    let (_, rest) = start.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)))?;
    encoding_rs::Encoding::for_label(label[..end].as_bytes())
}

/// The characters, and whether some bytes had none.
fn text_of(bytes: &[u8], encoding: Encoding) -> (String, bool) {
    let utf16 = |with: &'static encoding_rs::Encoding| {
        let (text, damaged) = with.decode_without_bom_handling(bytes);
        (text.into_owned(), damaged)
    };
    match encoding {
        Encoding::Utf8 => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (String::from_utf8_lossy(bytes).into_owned(), true),
        },
        Encoding::Utf16Le => utf16(UTF_16LE),
        Encoding::Utf16Be => utf16(UTF_16BE),
        Encoding::Windows1258 | Encoding::Tcvn3 | Encoding::Vni => {
            let saved_as_utf8 = std::str::from_utf8(bytes).ok().filter(|text| !text.is_ascii());
            let (bytes, _, _) = match saved_as_utf8 {
                Some(text) => encoding_rs::WINDOWS_1252.encode(text),
                None => (bytes.into(), encoding_rs::WINDOWS_1252, false),
            };
            (legacy::decode(&bytes, encoding), false)
        }
    }
}

/// Whether more than one character in ten (and at least four) is a control character.
fn looks_binary(text: &str) -> bool {
    let controls = text.bytes().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace());
    let controls = controls.count();
    controls >= 4 && controls * 10 > text.len()
}

/// What becomes of a character: itself, another, or nothing.
pub(super) fn cleaned(c: char) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        // Form feed, vertical tab, next line, line and paragraph separators end lines; carriage
        // returns do where `clean` has not joined them to a line feed.
        '\r' | '\u{2029}' => Some('\n'),
        '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' => Some(' '),
        // The bullets of Symbol and Wingdings, as Word saves them.
        '\u{F0B7}' | '\u{F0A7}' => Some('•'),
        // Soft hyphen, zero-width and directional characters, byte order mark, variation
        // selectors, object replacement: they are not said and would split words.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFFC}' => None,
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    }
}

fn clean(text: String) -> String {
    if text.chars().all(|c| cleaned(c) == Some(c)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        out.extend(cleaned(c));
    }
    out
}

fn normalized(text: String) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}
