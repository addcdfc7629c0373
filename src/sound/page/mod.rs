//! A page to read along: one HTML file with the article, its sound, and the time of every word.
//!
//! The page asks nothing of the network but its own sound. Its policy allows the one script and the
//! one style sheet that are in it, by their digests, and sound from itself; so whatever an article
//! holds, nothing of it can run.

mod address;
mod info;
mod sound;

use std::fmt;
use std::io::{BufWriter, Write};

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub use self::address::address;
pub use self::info::{Home, PageInfo, Web};
use self::sound::Source;
pub use self::sound::{LARGEST_EMBEDDED, PageSound};
use crate::files::WriteFault;
use crate::model::article::Article;
use crate::model::digest::Digest;
use crate::sound::formats::FORMATS;
use crate::sound::heard::heard;
use crate::sound::marks::SentenceMark;
use crate::sound::shown::{self, Content, Part, Piece};

/// The colours and fonts of pages.
#[cfg(feature = "podcast")]
pub(crate) const PALETTE: &str = include_str!("palette.css");
const STYLE: &str = concat!(include_str!("palette.css"), include_str!("page.css"));
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("store.js"),
    include_str!("words.js"),
    include_str!("player.js"),
    include_str!("keys.js"),
    "})();\n",
);

/// So many digits of the digest of a text tell it from the others that a browser remembers.
const LONG_ENOUGH: usize = 16;

/// What the template is filled with.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a, 'sound> {
    title: &'a str,
    /// Whether the title is part of the article.
    has_title: bool,
    author: Option<&'a str>,
    /// What the browser remembers the article by.
    key: &'a str,
    /// Where the article is on the web.
    source: Option<&'a str>,
    info: &'a PageInfo<'a>,
    parts: &'a [Part<'a>],
    /// The same sound in one format or more: the first that a browser plays is played.
    sounds: &'a [Source<'sound>],
    /// What a sound that is inside the page is called when it is taken out.
    file_name: &'a str,
    times: Times<'a>,
    /// Digests of style sheet and script, and what is in them.
    style_digest: &'a str,
    script_digest: &'a str,
    style: &'a str,
    script: &'a str,
}

impl Page<'_, '_> {
    fn is_embedded(&self) -> bool {
        self.sounds.iter().any(|sound| matches!(sound, Source::Embedded(_)))
    }

    /// The file of the sound that all players play, if it is a file.
    fn file(&self) -> Option<&str> {
        match self.sounds.last() {
            Some(Source::Linked { address, .. }) => Some(address),
            _ => None,
        }
    }
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

/// Writes the page of an article. What is read is shown with the time of each word; dateline, captions
/// and what else belongs to the article are shown dimmed if they are not read; repetitions and what
/// the site added are left out. `sounds` are the same recording: the first that a browser can play is
/// played, so the smaller ones come first.
///
/// # Errors
/// [`WriteFault::Output`] if the output fails; [`WriteFault::Content`] if the sound cannot be read, or
/// is larger than [`LARGEST_EMBEDDED`].
pub fn write(
    out: &mut dyn Write,
    document: &Article,
    sentences: &[SentenceMark],
    sounds: Vec<PageSound>,
    info: &PageInfo,
) -> Result<(), WriteFault> {
    let sounds = sounds.into_iter().map(Source::new).collect::<Result<Vec<_>, _>>()?;
    let is_one = document.parts.is_empty();
    let own_title = shown::title(document, &document.blocks).filter(|_| is_one);
    // Of several articles the title is that of all.
    let of_all = document.metadata.title.as_deref().filter(|_| !is_one);
    let title = own_title.as_deref().or(of_all).unwrap_or(info.title);
    let digest = |text: &str| STANDARD.encode(Digest::of(text.as_bytes()).bytes());
    let author = document.metadata.author();
    let source = info.source.or(document.metadata.address.as_deref());
    let ending = sounds.last().map_or("", |sound| extension(sound.mime()));
    let mut parts = shown::parts(document, &document.blocks, sentences);
    if !is_one {
        parts.iter_mut().for_each(Part::lower);
    }
    let page = Page {
        title,
        has_title: own_title.is_some(),
        author: author.as_deref(),
        key: &Digest::of(document.text.as_bytes()).to_string()[..LONG_ENOUGH],
        source: source.filter(|it| it.starts_with("https://") || it.starts_with("http://")),
        info,
        parts: &parts,
        sounds: &sounds,
        file_name: &format!("{title}.{ending}"),
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
    match (written, sounds.iter().find_map(Source::fault)) {
        (Err(_), Some(fault)) => Err(fault.into()),
        (written, _) => Ok(written?),
    }
}

/// How the names of files of a media type end.
fn extension(mime: &str) -> &'static str {
    FORMATS.iter().find(|format| format.mime() == mime).map_or("audio", |format| format.name())
}
