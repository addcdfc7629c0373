//! Bytes to text: characters, line ends, Unicode normalization, and invisible characters.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::model::encoding::Encoding;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::text::readers::detect::{TO_READ_DAMAGE, detect, encoding_of};
use crate::text::readers::legacy;
use crate::text::readers::mojibake::{self, Repair};
use crate::text::readers::reader::Input;
use crate::text::readers::rewrite;
use crate::text::readers::viqr;

/// The text of a file as every later stage sees it: NFC, `\n` line ends, no byte order mark, no
/// control or invisible characters, every kind of space an ordinary one but tabs, which separate the
/// cells of tables. Apart from that the
/// author's spelling is kept: old and new placement of tone marks (`hoà`, `hòa`) stay as they are.
///
/// `name` is the file's name for messages. With `encoding` given, nothing is guessed, and bytes
/// without a character in it become `�`.
///
/// # Errors
/// Of kind `Input` if the file is empty or blank, is not text, or its encoding is uncertain.
pub fn decode(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<String, Error> {
    text(Input { name, bytes: bytes.into(), encoding, ..Input::default() })
        .map(|decoded| decoded.text)
}

/// A text, and what was done to it that a person should know.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub text: String,
    pub notes: Vec<Message>,
}

/// The text of a source, as [`decode`] gives it. Where no encoding is given and the bytes do not show
/// theirs, what a server calls it is believed if it is one of ours.
///
/// # Errors
/// As [`decode`]; of kind `Input` too if the text was damaged when it was saved and cannot be repaired.
pub(super) fn text(input: Input) -> Result<Decoded, Error> {
    let encoding = input.encoding.or_else(|| told_by_server(&input));
    let Input { name, bytes, .. } = input;
    let fail = |reason: Message| Error::input(name, reason);
    let text = match encoding {
        Some(encoding) => text_of(bytes, encoding).0,
        None => {
            let encoding = detect(name, &bytes)?;
            match text_of(bytes, encoding) {
                (text, false) => text,
                (_, true) => {
                    let hint = Hint::set("encoding", encoding.name(), TO_READ_DAMAGE);
                    return Err(fail(message!(
                        "damaged {encoding}. Repair the file",
                        encoding = encoding.name()
                    ))
                    .with_hint(hint));
                }
            }
        }
    };
    if looks_binary(&text) {
        return Err(fail(message!(
            "much of this is control characters; the file seems to be binary, or its encoding \
             is another. Give the text of the article"
        )));
    }
    let mut decoded = repaired(name, text)?;
    decoded.text = settled(decoded.text);
    if decoded.text.trim().is_empty() {
        return Err(fail(message!("there is no text in it; there is nothing to read aloud")));
    }
    Ok(decoded)
}

/// A text without the damage that saving it in a wrong encoding did, and as VIQR means it.
///
/// # Errors
/// If the damage cannot be repaired.
fn repaired(name: &str, text: String) -> Result<Decoded, Error> {
    let note = |note: &str| vec![Message::from(note)];
    match mojibake::repair(&text) {
        Repair::Repaired(text) => {
            let notes =
                note("its letters were damaged (UTF-8 saved as windows-1252); they were repaired");
            return Ok(Decoded { text, notes });
        }
        Repair::Lost(line) => {
            let reason = message!(
                "line {line} was damaged when it was saved in a wrong encoding (as `Viá»‡t` for                  `Việt`), and what it was cannot be told. Get the text from where it comes from",
                line
            );
            return Err(Error::input(name, reason));
        }
        Repair::Whole => {}
    }
    Ok(match viqr::read(&text) {
        Some(text) => Decoded { text, notes: note("it is written in VIQR; it was read so") },
        None => Decoded { text, notes: Vec::new() },
    })
}

/// The encoding of ours that a server names for a text whose bytes do not show that it is Unicode.
/// UTF-8 is not among them: where the bytes are not UTF-8, that they are damaged is to be told.
fn told_by_server(input: &Input) -> Option<Encoding> {
    let told = input.charset?.parse().ok()?;
    (told != Encoding::Utf8 && !shows_unicode(&input.bytes)).then_some(told)
}

/// Whether bytes show by themselves that they are Unicode: by a byte order mark, or as valid UTF-8.
fn shows_unicode(bytes: &[u8]) -> bool {
    let is_marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    is_marked || std::str::from_utf8(bytes).is_ok()
}

/// The text of a web page, whose encoding its server or else its `meta` elements may tell. UTF-8 that
/// is valid is taken for UTF-8 whatever they say; a page without a known encoding is read as
/// [`decode`] reads text.
///
/// # Errors
/// As [`decode`].
pub(super) fn page(input: &Input) -> Result<Decoded, Error> {
    let &Input { name, ref bytes, encoding, charset, .. } = input;
    let borrowed = || Cow::Borrowed(&**bytes);
    // What a page in an old Vietnamese encoding calls itself is not to be believed.
    let is_believed = |told: &&encoding_rs::Encoding| *told != encoding_rs::WINDOWS_1252;
    let by_server = charset.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    let told = by_server.filter(is_believed).or_else(|| told_encoding(bytes).filter(is_believed));
    let text = match (encoding, told) {
        (Some(encoding), _) => text_of(borrowed(), encoding).0,
        (None, Some(told)) if !shows_unicode(bytes) => told.decode(bytes).0.into_owned(),
        (None, _) => match encoding_of(name, bytes) {
            Ok(encoding) => text_of(borrowed(), encoding).0,
            Err(error) => guessed(bytes).ok_or(error)?,
        },
    };
    let mut decoded = repaired(name, text)?;
    decoded.text = settled(decoded.text);
    Ok(decoded)
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
    encoding_rs::Encoding::for_label(&label.as_bytes()[..end])
}

/// The characters, and whether some bytes had none.
fn text_of(bytes: Cow<'_, [u8]>, encoding: Encoding) -> (String, bool) {
    let utf16 = |with: &'static encoding_rs::Encoding| {
        let (text, damaged) = with.decode_without_bom_handling(&bytes);
        (text.into_owned(), damaged)
    };
    match encoding {
        // The bytes of a text that is whole are not copied.
        Encoding::Utf8 => match String::from_utf8(bytes.into_owned()) {
            Ok(text) => (text, false),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
        },
        Encoding::Utf16Le => utf16(UTF_16LE),
        Encoding::Utf16Be => utf16(UTF_16BE),
        Encoding::Windows1258 | Encoding::Tcvn3 | Encoding::Vni => {
            let saved_as_utf8 = std::str::from_utf8(&bytes).ok().filter(|text| !text.is_ascii());
            let (bytes, _, _) = match saved_as_utf8 {
                Some(text) => encoding_rs::WINDOWS_1252.encode(text),
                None => (bytes, encoding_rs::WINDOWS_1252, false),
            };
            (legacy::decode(&bytes, encoding), false)
        }
    }
}

/// A text that was made of other characters, as every later stage sees it.
pub(super) fn settled(text: String) -> String {
    rewrite::by_lines(text, |line| {
        let cleaned = clean(line);
        let text = cleaned.as_deref().unwrap_or(line);
        match is_nfc_quick(text.chars()) {
            IsNormalized::Yes => cleaned,
            IsNormalized::No | IsNormalized::Maybe => Some(text.nfc().collect()),
        }
    })
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
        // Nearly all there is.
        ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | 'Ạ'..='ỹ' => Some(c),
        '\n' | '\t' => Some(c),
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
        // Full-width forms of ASCII, as East Asian keyboards write them.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// A line with its characters as [`cleaned`] gives them; `None` if they are so.
fn clean(line: &str) -> Option<String> {
    if line.chars().all(|c| cleaned(c) == Some(c)) {
        return None;
    }
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        out.extend(cleaned(c));
    }
    Some(out)
}
