//! A page to read along: one HTML file with the article, its sound, and the time of every word.
//!
//! The page asks nothing of the network. Its policy allows the one script and the one style sheet
//! that stand in it, by their digests, and sound from itself; so whatever an article holds, nothing
//! of it can run.

mod text;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use base64::engine::general_purpose::STANDARD;
use base64::{Engine, display::Base64Display};

use crate::files::Sealed;
use crate::model::digest::Digest;
use crate::model::article::Article;
use crate::model::error::Error;
use crate::sound::heard::heard;
use crate::sound::marks::SentenceMark;
use crate::sound::text_file::TextFile;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The largest sound that is put into a page, in bytes. As text it is a third longer, and browsers
/// take addresses of up to 512 MB (MDN, "data: URLs", Common problems).
pub const LARGEST_EMBEDDED: u64 = 256 << 20;

/// Where a page has its sound from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageSound<'a> {
    /// It is inside the page, copied from this file, of this media type.
    Embedded {
        /// The file.
        path: &'a Path,
        /// Such as `audio/mpeg`.
        mime: &'a str,
    },
    /// It stands at this address, which the page leads to, relative to the page or absolute.
    Linked(&'a str),
}

/// Writes the page of an article at `path`; it waits for its name. `title` is used where the article
/// has none. What is read is shown with the time of each word; dateline, captions and what else
/// belongs to the article are shown dimmed if they are not read; repetitions and what the site added
/// are left out.
///
/// # Errors
/// [`Error::Write`] if the page cannot be written; [`Error::Read`] if the sound cannot be read;
/// [`Error::Input`] if it is larger than [`LARGEST_EMBEDDED`].
pub fn write(
    path: &Path,
    document: &Article,
    sentences: &[SentenceMark],
    sound: PageSound,
    title: &str,
) -> Result<Sealed, Error> {
    let title = text::title(document).unwrap_or_else(|| title.to_owned());
    let mut page = TextFile::create(path)?;
    for part in TEMPLATE.split("{{") {
        let (name, rest) = match part.split_once("}}") {
            Some((name, rest)) => (name, rest),
            None => ("", part),
        };
        match name {
            "policy" => page.put(|out| policy(out, sound))?,
            "title" => page.put(|out| text::escape(out, &title))?,
            "style" => page.put(|out| out.write_all(STYLE.as_bytes()))?,
            "article" => page.put(|out| text::article(out, document, sentences, &title))?,
            "times" => page.put(|out| times(out, sentences))?,
            "sound" => embed(&mut page, sound)?,
            "script" => page.put(|out| out.write_all(SCRIPT.as_bytes()))?,
            _ => {}
        }
        page.put(|out| out.write_all(rest.as_bytes()))?;
    }
    page.seal()
}

/// What the page may do, as a Content Security Policy (W3C, Level 3).
fn policy(out: &mut dyn Write, sound: PageSound) -> io::Result<()> {
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
fn embed(page: &mut TextFile, sound: PageSound) -> Result<(), Error> {
    let (path, mime) = match sound {
        PageSound::Linked(address) => return page.put(|out| text::escape(out, address)),
        PageSound::Embedded { path, mime } => (path, mime),
    };
    let failed = |cause| Error::read(path.to_owned(), cause);
    let mut file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    if length > LARGEST_EMBEDDED {
        return Err(Error::input(
            path.display().to_string(),
            format!(
                "has {} MB, and a page can hold {} MB of sound; link to it instead (--link-audio)",
                length >> 20,
                LARGEST_EMBEDDED >> 20
            ),
        ));
    }
    page.put(|out| {
        write!(out, "data:")?;
        text::escape(out, mime)?;
        write!(out, ";base64,")
    })?;
    // A multiple of three bytes becomes base64 without padding, so pieces join to one text.
    let mut buffer = vec![0; 3 << 14];
    loop {
        let mut filled = 0;
        while filled < buffer.len() {
            match file.read(&mut buffer[filled..]).map_err(failed)? {
                0 => break,
                read => filled += read,
            }
        }
        if filled == 0 {
            return Ok(());
        }
        let piece = Base64Display::new(&buffer[..filled], &STANDARD);
        page.put(|out| write!(out, "{piece}"))?;
    }
}

/// The address of a file as a page leads to it: relative, so that both can be moved together.
///
/// # Errors
/// [`Error::Usage`] if the file is not in the page's folder or below it.
pub fn address(page: &Path, file: &Path) -> Result<String, Error> {
    let folder = |path: &Path| match path.parent() {
        Some(parent) if parent != Path::new("") => parent.canonicalize(),
        _ => Path::new(".").canonicalize(),
    };
    let below =
        folder(page).and_then(|base| Ok(folder(file)?.strip_prefix(base).map(Path::to_owned)));
    let (Ok(Ok(below)), Some(name)) = (below, file.file_name()) else {
        return Err(Error::request(format!(
            "{} is not in the folder of {} or below it; move one of them, or leave --link-audio out",
            file.display(),
            page.display()
        )));
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
