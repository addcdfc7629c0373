//! From a folder of articles to a folder that can be put on the web.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use uuid::Uuid;

use super::article::{self, Reading, Told};
use super::artwork::Picture;
use super::episode::{self, Built, Order, Workshop};
use super::item::Item;
use super::register::{Register, Seen};
use super::show::{self, Show};
use super::sketch::Sketch;
use super::stock::Stock;
use super::{feed, page};
use crate::batch::{self, Article, Ledger};
use crate::files::AtomicFile;
use crate::job::pipeline::Finding;
use crate::job::produce::{Produced, Progress, Studio};
use crate::model::document::Document;
use crate::model::error::Error;
use crate::model::tags::Cover;
use crate::text::readers;

/// A larger picture, in bytes, does not go into every sound file: there it would weigh as much as half
/// a minute of speech, and players show the one that the feed names.
const LARGEST_COVER: usize = 300_000;

/// What is asked of a build.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The folder of `podcast.toml` and the articles.
    pub folder: &'a Path,
    /// The folder of the feed.
    pub output: &'a Path,
    /// Episodes of a later date are left out.
    pub now: Timestamp,
    /// Whether to make every file again.
    pub again: bool,
}

/// What became of an article.
#[derive(Debug)]
pub enum Outcome {
    /// Its files were made; this is its sound.
    Made(PathBuf, Produced),
    /// Its files are as they would come out now; this is its sound.
    UpToDate(PathBuf, Produced),
    /// It is for a later date, in ISO 8601.
    Scheduled(String),
    /// It says it is a draft.
    Draft,
    /// It has these doubtful readings. If it was published before, it stays as it was.
    Refused(Document, Vec<Finding>),
    /// It could not be done. If it was published before, it stays as it was.
    Failed(Error),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Episodes in the feed.
    pub episodes: usize,
    /// Pages of the feed.
    pub pages: usize,
    /// The first page.
    pub feed: PathBuf,
}

/// What is told while a build goes on.
pub enum Event<'a> {
    /// Something worth knowing.
    Note(String),
    /// An utterance of an article was spoken.
    Spoken(&'a Path, Progress),
    /// An article is done with.
    Done(&'a Path, Box<Outcome>),
}

/// An article that is to be published.
struct Ready {
    article: Article,
    told: Told,
    sketch: Sketch,
}

/// The show of a folder.
///
/// # Errors
/// [`Error::Read`] if there is no `podcast.toml`; else as [`Show::parse`].
pub fn show(folder: &Path) -> Result<Show, Error> {
    let path = folder.join(show::FILE_NAME);
    let text = fs::read_to_string(&path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => Error::input(
            folder.display().to_string(),
            format!(
                "has no {}; `docbao podcast init {}` writes one to begin with",
                show::FILE_NAME,
                folder.display()
            ),
        ),
        _ => Error::read(path.clone(), cause),
    })?;
    Show::parse(&path, &text)
}

/// Makes a show's folder for the web: the sound of every episode, its transcripts and chapters, the
/// page, and last the feed. What is up to date is left as it is. An article that cannot be done stops
/// no other. `tell` is told of every step, and may stop the work with an error; what is made stays.
///
/// # Errors
/// What concerns the whole show: [`Error::Read`], [`Error::Input`] and [`Error::Table`] for its
/// settings, its picture and its register; [`Error::Write`] and [`Error::Busy`] for its folder; what
/// `tell` gives.
pub fn build(
    studio: &Studio,
    show: &Show,
    wanted: &Wanted,
    tell: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<Published, Error> {
    let bytes = fs::read(&show.image).map_err(|cause| Error::read(show.image.clone(), cause))?;
    let cover = picture(&show.image, &bytes)?;
    for fault in cover.faults() {
        tell(Event::Note(format!("{}: {fault}", show.image.display())))?;
    }
    let ledger = Ledger::open(wanted.output)?;
    let mut register = Register::load(wanted.folder)?;
    let given = show.guid.as_ref().and_then(|guid| Uuid::parse_str(guid).ok());
    let guid = register.show(given, &show.url(&feed::file_name(1)));
    let (ready, failed) = ready(studio, show, wanted, tell)?;
    let seen: Vec<String> = ready.iter().map(|ready| slashed(&ready.article.below)).collect();
    let seen: Vec<Seen> = ready
        .iter()
        .zip(&seen)
        .map(|(ready, file)| Seen {
            file,
            day: ready.told.date.day(),
            sketch: ready.sketch.clone(),
            guid: ready.told.guid.as_deref(),
        })
        .collect();
    let identities = register.identify(&guid, &seen);
    // Before anything is published under it, an identity is written down.
    register.save()?;
    let episodes = wanted.output.join(episode::FOLDER);
    fs::create_dir_all(&episodes).map_err(|cause| Error::write(episodes.clone(), cause))?;
    let names = identities.iter().map(|identity| episodes.join(&identity.name));
    let names: Vec<PathBuf> = names.chain([wanted.output.join(feed::file_name(1))]).collect();
    ledger.sweep(names.iter().map(PathBuf::as_path));
    let stock = Stock::load(wanted.output);
    let small = bytes.len() <= LARGEST_COVER;
    let own = small.then(|| Cover::new(&show.image.display().to_string(), bytes.clone()));
    let workshop = Workshop { studio, show, wanted, ledger: &ledger, cover: own.transpose()? };
    let mut items = Vec::new();
    for (Ready { article, told, .. }, identity) in ready.iter().zip(&identities) {
        let before = stock.item(&identity.guid);
        let order = Order { article, told, identity, before };
        items.extend(one(&workshop, &order, tell)?);
    }
    for article in failed {
        let before = register.guid(&slashed(&article.below)).and_then(|guid| stock.item(guid));
        let is_there = |item: &&Item| items.iter().any(|other: &Item| other.guid == item.guid);
        items.extend(before.filter(|item| !is_there(item)).cloned());
    }
    items.sort_by(|a, b| b.told.date.cmp(&a.told.date).then_with(|| a.name.cmp(&b.name)));
    let image = format!("cover.{}", cover.extension());
    publish(&wanted.output.join(&image), &bytes)?;
    stock.save(show.loudness.name, &items)?;
    let published = put_on_the_web(show, &guid, &image, &items, wanted.output)?;
    items.iter().try_for_each(|item| episode::tidy(wanted.output, item))?;
    Ok(published)
}

/// The articles that are to be published some time, and those that cannot be read; of all others it is
/// told why they are not to be published.
fn ready(
    studio: &Studio,
    show: &Show,
    wanted: &Wanted,
    tell: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<(Vec<Ready>, Vec<Article>), Error> {
    let (mut ready, mut failed) = (Vec::new(), Vec::new());
    let mut guids = BTreeSet::new();
    for article in batch::articles(wanted.folder, wanted.output)? {
        let read = read(studio, show, &article).and_then(|(reading, notes, sketch)| {
            if let Reading::Episode(told) = &reading
                && told.guid.as_ref().is_some_and(|guid| !guids.insert(guid.clone()))
            {
                let guid = told.guid.as_deref().unwrap_or_default();
                let reason = format!(
                    "its front matter gives the `guid` {guid}, as that of another article \
                         does; players would show only one of them"
                );
                return Err(Error::input(article.path.display().to_string(), reason));
            }
            Ok((reading, notes, sketch))
        });
        match read {
            Err(error) => {
                tell(Event::Done(&article.path, Box::new(Outcome::Failed(error))))?;
                failed.push(article);
            }
            Ok((reading, notes, sketch)) => {
                notes.into_iter().try_for_each(|note| tell(Event::Note(note)))?;
                match reading {
                    Reading::Draft => tell(Event::Done(&article.path, Box::new(Outcome::Draft)))?,
                    Reading::Episode(told) => ready.push(Ready { article, told: *told, sketch }),
                }
            }
        }
    }
    Ok((ready, failed))
}

fn read(
    studio: &Studio,
    show: &Show,
    article: &Article,
) -> Result<(Reading, Vec<String>, Sketch), Error> {
    let path = &article.path;
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|cause| Error::read(path.clone(), cause))?;
    let document = studio.document(&name, &bytes)?;
    let (reading, notes) = article::read(&name, path, &document, show)?;
    let start = readers::front_matter(&document.source).map_or(0, |front| front.end);
    Ok((reading, notes, Sketch::of(&document.source[start..])))
}

/// Builds an episode; gives it as the feed has it, if it is to be in it.
fn one(
    workshop: &Workshop,
    order: &Order,
    tell: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<Option<Item>, Error> {
    let (path, date) = (&order.article.path, &order.told.date);
    if date.is_after(workshop.wanted.now) {
        tell(Event::Done(path, Box::new(Outcome::Scheduled(date.to_string()))))?;
        return Ok(None);
    }
    // An error of `tell` stops all, one of the work only this episode.
    let mut stopped = false;
    let mut progress = |progress: Progress| {
        let told = tell(Event::Spoken(path, progress));
        stopped |= told.is_err();
        told
    };
    let sound = |item: &Item| {
        let path = item.sounds.first().map(|sound| sound.file.path.as_str());
        workshop.wanted.output.join(path.unwrap_or_default())
    };
    let (outcome, item) = match workshop.build(order, &mut progress) {
        Err(error) if stopped => return Err(error),
        Ok(Built::Made(produced, item)) => (Outcome::Made(sound(&item), produced), Some(item)),
        Ok(Built::UpToDate(produced, item)) => {
            (Outcome::UpToDate(sound(&item), produced), Some(item))
        }
        Ok(Built::Refused(document, findings)) => {
            (Outcome::Refused(document, findings), order.before.cloned())
        }
        Err(error) => (Outcome::Failed(error), order.before.cloned()),
    };
    tell(Event::Done(path, Box::new(outcome)))?;
    Ok(item)
}

/// Writes the page and the feed: the page first, then the feed from its last page to its first, and
/// none before all are safely on disk.
fn put_on_the_web(
    show: &Show,
    guid: &Uuid,
    image: &str,
    items: &[Item],
    output: &Path,
) -> Result<Published, Error> {
    let path = output.join(feed::file_name(1));
    let failed = |cause| Error::write(path.clone(), cause);
    let pages = feed::pages(show, guid, image, items).map_err(failed)?;
    let index = (output.join("index.html"), page::page(show, image, items).into_bytes());
    let files = pages.iter().enumerate().rev();
    let files = files.map(|(at, bytes)| (output.join(feed::file_name(at + 1)), bytes.clone()));
    let mut sealed = Vec::new();
    for (path, bytes) in std::iter::once(index).chain(files) {
        if !stands(&path, &bytes) {
            let mut file = AtomicFile::create(&path)?;
            file.write_all(&bytes).map_err(|cause| file.error(cause))?;
            sealed.push(file.seal()?);
        }
    }
    sealed.into_iter().try_for_each(crate::files::Sealed::publish)?;
    // A feed that has become shorter leaves pages that no other names.
    let surplus = (pages.len() + 1..).map(|page| output.join(feed::file_name(page)));
    for path in surplus.take_while(|path| path.is_file()) {
        fs::remove_file(&path).map_err(|cause| Error::write(path, cause))?;
    }
    Ok(Published { episodes: items.len(), pages: pages.len(), feed: path })
}

/// Writes a file if it is not there as it is to be.
pub(super) fn publish(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if stands(path, bytes) {
        return Ok(());
    }
    let mut file = AtomicFile::create(path)?;
    file.write_all(bytes).map_err(|cause| file.error(cause))?;
    file.finish()
}

fn stands(path: &Path, bytes: &[u8]) -> bool {
    let length = fs::metadata(path).map_or(0, |found| found.len());
    length == bytes.len() as u64 && fs::read(path).is_ok_and(|found| found == bytes)
}

/// A picture that players can show.
pub(super) fn picture(path: &Path, bytes: &[u8]) -> Result<Picture, Error> {
    Picture::read(bytes).ok_or_else(|| {
        Error::input(
            path.display().to_string(),
            "is no picture in JPEG or PNG; players show no others".to_owned(),
        )
    })
}

/// A path with `/` between names on every system.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
