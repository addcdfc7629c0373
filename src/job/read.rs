//! The first step of a job: its source is read, once.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::job::fetch::{self, Fetched};
use crate::model::article::{Article, Origin};
use crate::model::digest::Digest;
#[cfg(feature = "serve")]
use crate::model::encoding::Encoding;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::request::{ReadingSettings, Source};
use crate::text::readers::{self, Input, Sitemap};

/// The largest source, in bytes: a thousand novels. More is a mistake, not an article.
const LARGEST: u64 = 1 << 30;

/// How long a site is left alone between two of its pages.
const BETWEEN_PAGES: Duration = Duration::from_secs(1);

/// The article in a source. Of the settings, only those count that say where it may come from and how
/// its text is encoded. What has several articles in it, such as a book with chapters, is joined to
/// one.
///
/// # Errors
/// [`ErrorKind::Read`](crate::model::error::ErrorKind::Read) if a file cannot be read;
/// [`ErrorKind::Download`](crate::model::error::ErrorKind::Download) if a page cannot be fetched;
/// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if one is to be fetched by a program
/// that was built without the network;
/// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if a source is a folder or larger than
/// 1 GiB, and what its reader gives.
pub fn read(source: &Source, settings: &ReadingSettings) -> Result<Article, Error> {
    Ok(joined(read_all(source, settings)?, source.name()))
}

/// The article in a text that someone else has sent. Unlike that of a file of one's own it is read by readers
/// alone: what it is about makes nothing be fetched.
///
/// # Errors
/// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input), as its reader gives it.
#[cfg(feature = "serve")]
pub fn read_text(name: &str, text: &str) -> Result<Article, Error> {
    read_bytes(name, text.as_bytes(), None)
}

/// The article in a file that someone else has sent, as [`read_text`]. Its name says something of its format;
/// its encoding is recognized if it is not given.
///
/// # Errors
/// As [`read_text`].
#[cfg(feature = "serve")]
pub fn read_bytes(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<Article, Error> {
    let input = Input { name, bytes: bytes.into(), encoding, ..Input::default() };
    Ok(joined(articles(input)?, name.to_owned()))
}

/// The page at an address as a file, to be read by [`read_bytes`] as often as it is needed: its name, with
/// the ending of its format, and its bytes. Of the settings, only that counts which says where it may be.
///
/// # Errors
/// [`ErrorKind::Download`](crate::model::error::ErrorKind::Download) if it cannot be fetched;
/// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if it is a list of pages;
/// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if this program was built without the
/// network.
#[cfg(feature = "serve")]
pub fn page_file(address: &str, settings: &ReadingSettings) -> Result<(String, Vec<u8>), Error> {
    let fetched = fetch::page(address, settings)?;
    let input = Input { name: address, ..fetched.input() };
    if readers::sitemap(&input)?.is_some() {
        return Err(Error::input(address, "is a list of pages; give the address of one of them"));
    }
    Ok(fetched.into_file())
}

/// One article of several, under this name; a single one as it is.
fn joined(mut articles: Vec<Article>, name: String) -> Article {
    if let [_] = articles[..] {
        return articles.remove(0);
    }
    let digests: Vec<_> = articles.iter().map(|article| article.origin.digest).collect();
    let parts: Vec<&[u8]> = digests.iter().map(|digest| &digest.bytes()[..]).collect();
    Article::join(articles, Origin { name, digest: Digest::of_parts(&parts) })
}

/// The articles in a source, in order; at least one. One that was fetched and does not say where it is
/// on the web is where it was found.
///
/// # Errors
/// As [`read`].
pub fn read_all(source: &Source, settings: &ReadingSettings) -> Result<Vec<Article>, Error> {
    let encoding = settings.encoding;
    let (name, bytes) = match source {
        Source::File(path) => (source.name(), Cow::Owned(bytes_of(path)?)),
        Source::Text { name, text } => (name.clone(), Cow::Borrowed(text.as_bytes())),
        Source::Bytes { name, bytes } => (name.clone(), Cow::Borrowed(&bytes[..])),
        Source::Address(address) => {
            let fetched = fetch::page(address, settings)?;
            let input = Input { name: address, encoding, ..fetched.input() };
            return match readers::sitemap(&input)? {
                Some(sitemap) => of_sitemap(address, sitemap, settings),
                None => of_page(&fetched, input),
            };
        }
        Source::Part { of, number } => {
            let mut articles = read_all(of, settings)?;
            if !(1..=articles.len()).contains(number) {
                let reason = message!(
                    "has no article {number} in it, only {articles}",
                    number,
                    articles = articles.len()
                );
                return Err(Error::input(of.name(), reason));
            }
            return Ok(vec![articles.swap_remove(number - 1)]);
        }
        Source::Several(sources) => {
            // Whoever hears one of several after another must know that it is another one.
            let headed = |mut articles: Vec<Article>| match &mut articles[..] {
                [only] => vec![std::mem::take(only).with_headline()],
                _ => articles,
            };
            let articles = sources.iter().map(|source| read_all(source, settings).map(headed));
            let articles: Vec<_> = articles.collect::<Result<Vec<_>, _>>()?.concat();
            let reason = "has no article in it";
            return Some(articles)
                .filter(|articles| !articles.is_empty())
                .ok_or_else(|| Error::input(source.name(), reason));
        }
    };
    let input = Input { name: &name, bytes, encoding, ..Input::default() };
    match readers::sitemap(&input)? {
        Some(sitemap) => of_sitemap(&name, sitemap, settings),
        None => articles(input),
    }
}

/// The articles of a page that was fetched.
fn of_page(fetched: &Fetched, input: Input<'_>) -> Result<Vec<Article>, Error> {
    let mut articles = articles(input)?;
    for article in &mut articles {
        article.metadata.address.get_or_insert_with(|| fetched.address.clone());
    }
    Ok(articles)
}

/// The articles of the pages that a sitemap names. Those that cannot be read are left out, and a note
/// says why.
///
/// # Errors
/// If none can be read, why the first cannot.
fn of_sitemap(
    name: &str,
    sitemap: Sitemap,
    settings: &ReadingSettings,
) -> Result<Vec<Article>, Error> {
    let mut found = Vec::new();
    let mut notes = Vec::new();
    let mut first = None;
    let taken = sitemap.addresses.len();
    if taken < sitemap.listed {
        let listed = sitemap.listed;
        notes.push(message!(
            "of the {listed} pages of the sitemap, the {taken} newest are read",
            listed,
            taken
        ));
    }
    for (at, address) in sitemap.addresses.iter().enumerate() {
        if at > 0 {
            thread::sleep(BETWEEN_PAGES);
        }
        let read = fetch::page(address, settings).and_then(|fetched| {
            let input = Input { name: address, encoding: settings.encoding, ..fetched.input() };
            of_page(&fetched, input)
        });
        match read {
            Ok(articles) => found.extend(articles),
            Err(error) => {
                notes.push(message!("a page of the sitemap is left out: {error}", error));
                first.get_or_insert(error);
            }
        }
    }
    match (found.first_mut(), first) {
        (Some(article), _) => article.notes.splice(0..0, notes).for_each(drop),
        (None, Some(error)) => return Err(error),
        (None, None) => return Err(Error::input(name, "has no article in it")),
    }
    Ok(found)
}

/// The articles in what was read of a source; at least one.
fn articles(input: Input<'_>) -> Result<Vec<Article>, Error> {
    let name = input.name;
    let articles = readers::read(input)?;
    if articles.is_empty() {
        return Err(Error::input(name, "has no article in it"));
    }
    Ok(articles)
}

/// The bytes of a file.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |cause| Error::read(path, cause);
    if fs::metadata(path).map_err(failed)?.is_dir() {
        let reason = "is a folder, where a file is needed";
        return Err(Error::input(path.display().to_string(), reason));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let reason = "is larger than 1 GiB; split it into articles";
        return Err(Error::input(path.display().to_string(), reason));
    }
    Ok(bytes)
}
