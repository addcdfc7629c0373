//! A page to read along: one HTML file with the article, its sound, and the time of every word.
//!
//! The page asks nothing of the network. Its policy allows the one script and the one style sheet
//! that are in it, by their digests, and sound from itself; so whatever an article holds, nothing of
//! it can run.

mod address;
mod sound;

use std::fmt;
use std::io::{BufWriter, Write};

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub use self::address::address;
use self::sound::Embedded;
pub use self::sound::{LARGEST_EMBEDDED, PageSound};
use crate::files::WriteFault;
use crate::model::article::Article;
use crate::model::digest::Digest;
use crate::sound::heard::heard;
use crate::sound::marks::SentenceMark;
use crate::sound::shown::{self, Content, Part, Piece};

const STYLE: &str = concat!(include_str!("palette.css"), include_str!("page.css"));
const SCRIPT: &str = include_str!("page.js");

/// What the template is filled with.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: &'a str,
    /// Whether the title is part of the article.
    has_title: bool,
    parts: &'a [Part<'a>],
    /// The sound if it is inside the page, or else its address.
    embedded: Option<&'a Embedded<'a>>,
    address: &'a str,
    times: Times<'a>,
    /// Digests of style sheet and script, and what is in them.
    style_digest: &'a str,
    script_digest: &'a str,
    style: &'a str,
    script: &'a str,
}

/// Start and end of each word in the order of the page, in ms: `[start,end,start,end,…]`.
struct Times<'a>(&'a [SentenceMark]);

impl fmt::Display for Times<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "[";
        for word in self.0.iter().flat_map(heard) {
            write!(f, "{separator}{:.0},{:.0}", word.start, word.end)?;
            separator = ",";
        }
        write!(f, "{}]", if separator == "[" { separator } else { "" })
    }
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
    sound: PageSound,
    title: &str,
) -> Result<(), WriteFault> {
    let (embedded, address) = match sound {
        PageSound::Linked(address) => (None, address),
        PageSound::Embedded { name, source, length, mime } => {
            (Some(Embedded::new(name, source, length, mime)?), "")
        }
    };
    let own_title = shown::title(document, &document.blocks);
    let digest = |text: &str| STANDARD.encode(Digest::of(text.as_bytes()).bytes());
    let page = Page {
        title: own_title.as_deref().unwrap_or(title),
        has_title: own_title.is_some(),
        parts: &shown::parts(document, &document.blocks, sentences),
        embedded: embedded.as_ref(),
        address,
        times: Times(sentences),
        style_digest: &digest(STYLE),
        script_digest: &digest(SCRIPT),
        style: STYLE,
        script: SCRIPT,
    };
    let mut out = BufWriter::new(out);
    // The template engine leaves out the end of the last line.
    let written =
        page.write_into(&mut out).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match (written, embedded.as_ref().and_then(Embedded::fault)) {
        (Err(_), Some(fault)) => Err(fault.into()),
        (written, _) => Ok(written?),
    }
}
