//! A page to read along: one HTML file with the article, its sound, and the time of every word.
//!
//! The page asks nothing of the network. Its policy allows the one script and the one style sheet
//! that stand in it, by their digests, and sound from itself; so whatever an article holds, nothing
//! of it can run.

mod text;

use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use base64::engine::general_purpose::STANDARD;
use base64::{Engine, display::Base64Display};

use crate::files::WriteFault;
use crate::model::article::Article;
use crate::model::digest::Digest;
use crate::model::error::{Error, Hint};
use crate::sound::heard::heard;
use crate::sound::marks::SentenceMark;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The largest sound that is put into a page, in bytes. As text it is a third longer, and browsers
/// take addresses of up to 512 MB (MDN, "data: URLs", Common problems).
pub const LARGEST_EMBEDDED: u64 = 256 << 20;

/// Where a page has its sound from.
pub enum PageSound<'a> {
    /// It is inside the page, copied from here.
    Embedded {
        /// What messages call it.
        name: &'a str,
        /// The bytes of an audio file.
        source: &'a mut dyn Read,
        /// How many they are.
        length: u64,
        /// Its media type, such as `audio/mpeg`.
        mime: &'a str,
    },
    /// It is at this address, which the page leads to, relative to the page or absolute.
    Linked(&'a str),
}

/// Writes the page of an article. `title` is used where the article has none. What is read is shown
/// with the time of each word; dateline, captions and what else belongs to the article are shown
/// dimmed if they are not read; repetitions and what the site added are left out.
///
/// # Errors
/// [`WriteFault::Output`] if the output fails; [`WriteFault::Content`] if the sound cannot be read, or
/// is larger than [`LARGEST_EMBEDDED`].
pub fn write(
    out: &mut dyn Write,
    document: &Article,
    sentences: &[SentenceMark],
    mut sound: PageSound,
    title: &str,
) -> Result<(), WriteFault> {
    let title = text::title(document).unwrap_or_else(|| title.to_owned());
    let out = &mut BufWriter::new(out);
    for part in TEMPLATE.split("{{") {
        let (name, rest) = match part.split_once("}}") {
            Some((name, rest)) => (name, rest),
            None => ("", part),
        };
        match name {
            "policy" => policy(out, &sound)?,
            "title" => text::escape(out, &title)?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "article" => text::article(out, document, sentences, &title)?,
            "times" => times(out, sentences)?,
            "sound" => embed(out, &mut sound)?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            _ => {}
        }
        out.write_all(rest.as_bytes())?;
    }
    Ok(out.flush()?)
}

/// What the page may do, as a Content Security Policy (W3C, Level 3).
fn policy(out: &mut dyn Write, sound: &PageSound) -> io::Result<()> {
    let digest = |text: &str| STANDARD.encode(Digest::of(text.as_bytes()).bytes());
    let media = match sound {
        PageSound::Embedded { .. } => "data:",
        PageSound::Linked(_) => "'self' file: http: https:",
    };
    write!(
        out,
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; \
         media-src {media}; base-uri 'none'; form-action 'none'",
        digest(SCRIPT),
        digest(STYLE)
    )
}

/// Start and end of each word in the order of the page, in ms: `[start,end,start,end,…]`.
fn times(out: &mut dyn Write, sentences: &[SentenceMark]) -> io::Result<()> {
    let mut separator = "[";
    for word in sentences.iter().flat_map(heard) {
        write!(out, "{separator}{:.0},{:.0}", word.start, word.end)?;
        separator = ",";
    }
    write!(out, "{}]", if separator == "[" { separator } else { "" })
}

/// Writes the address of the sound. An embedded one is copied through a small buffer.
fn embed(out: &mut dyn Write, sound: &mut PageSound) -> Result<(), WriteFault> {
    let (name, source, length, mime) = match sound {
        PageSound::Linked(address) => return Ok(text::escape(out, address)?),
        PageSound::Embedded { name, source, length, mime } => (*name, source, *length, *mime),
    };
    if length > LARGEST_EMBEDDED {
        let reason = format!(
            "has {} MB, and a page can hold {} MB of sound",
            length >> 20,
            LARGEST_EMBEDDED >> 20
        );
        let hint = Hint::give("link_audio", "to keep it in a file beside the page");
        return Err(Error::input(name, reason).with_hint(hint).into());
    }
    write!(out, "data:")?;
    text::escape(out, mime)?;
    write!(out, ";base64,")?;
    // A multiple of three bytes becomes base64 without padding, so pieces join to one text.
    let mut buffer = vec![0; 3 << 14];
    let mut left = length;
    while left > 0 {
        let piece = &mut buffer[..left.min(3 << 14) as usize];
        source.read_exact(piece).map_err(|cause| Error::read(name, cause))?;
        left -= piece.len() as u64;
        write!(out, "{}", Base64Display::new(piece, &STANDARD))?;
    }
    Ok(())
}

/// The address of a file as a page leads to it: relative, so that both can be moved together.
///
/// # Errors
/// An error of the request if the file is not in the page's folder or below it.
pub fn address(page: &Path, file: &Path) -> Result<String, Error> {
    let folder = |path: &Path| match path.parent() {
        Some(parent) if parent != Path::new("") => parent.canonicalize(),
        _ => Path::new(".").canonicalize(),
    };
    let below =
        folder(page).and_then(|base| Ok(folder(file)?.strip_prefix(base).map(Path::to_owned)));
    let (Ok(Ok(below)), Some(name)) = (below, file.file_name()) else {
        let reason = format!(
            "{} is not in the folder of {} or below it; move one of them",
            file.display(),
            page.display()
        );
        return Err(Error::request(reason).with_hint(Hint::omit(&["link_audio"])));
    };
    let path = below.join(name);
    let parts: Vec<_> = path.iter().map(|part| encoded(&part.to_string_lossy())).collect();
    Ok(format!("./{}", parts.join("/")))
}

/// A part of an address with everything percent-encoded that is not an unreserved character
/// (RFC 3986, 2.3).
fn encoded(part: &str) -> String {
    let mut out = String::new();
    for byte in part.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
