//! Bytes to text: characters, line ends, Unicode normalization, and invisible characters.

use encoding_rs::{UTF_16BE, UTF_16LE};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::model::encoding::Encoding;
use crate::model::error::{Error, Hint};
use crate::text::readers::detect::{TO_READ_DAMAGE, detect};
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
fn cleaned(c: char) -> Option<char> {
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
