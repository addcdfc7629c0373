//! From a folder of articles to a folder that can be put on the web.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use uuid::Uuid;

use super::artwork::Artwork;
use super::episode::{self, Episode, Making};
use super::item::Item;
use super::metadata::{self, EpisodeMetadata};
use super::register::{Register, SeenArticle};
use super::show::{self, Show};
use super::sketch::Sketch;
use super::stock::Stock;
use super::{feed, page};
use crate::batch::{self, ArticleFile, Built, Event, Ledger};
use crate::files::AtomicFile;
use crate::job::{self, Context, Outcome, Progress};
use crate::model::article::Article;
use crate::model::error::{Error, Hint};
use crate::model::request::{Request, Source};
use crate::model::tags::Cover;

/// A larger picture, in bytes, does not go into every sound file: there it would weigh as much as half
/// a minute of speech, and players show the one that the feed names.
const LARGEST_COVER: usize = 300_000;

/// What is asked of a build.
#[derive(Debug, Clone, Copy)]
pub struct BuildRequest<'a> {
    /// The folder of `podcast.toml` and the articles.
    pub folder: &'a Path,
    /// The folder of the feed.
    pub output: &'a Path,
    /// Episodes of a later date are left out.
    pub now: Timestamp,
    /// Whether to make every file again.
    pub again: bool,
    /// How articles are read and spoken, and when they are refused: a request whose source, outputs
    /// and tags are not used.
    pub manner: &'a Request,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildSummary {
    /// Episodes in the feed.
    pub episodes: usize,
    /// Pages of the feed.
    pub pages: usize,
    /// The first page.
    pub feed: PathBuf,
}

/// An article that is to be published.
struct Ready {
    file: ArticleFile,
    article: Article,
    metadata: EpisodeMetadata,
    sketch: Sketch,
}

/// The show of a folder.
///
/// # Errors
/// [`Error::Read`] if there is no `podcast.toml`; else as [`Show::parse`].
pub fn show(folder: &Path) -> Result<Show, Error> {
    let path = folder.join(show::FILE_NAME);
    let text = fs::read_to_string(&path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => {
            let folder = folder.display().to_string();
            let init = Hint::run(&["podcast", "init", &folder], "to write one to begin with");
            Error::input(folder, format!("has no {}", show::FILE_NAME)).with_hint(init)
        }
        _ => Error::read(path.clone(), cause),
    })?;
    Show::parse(&path, &text)
}

/// Makes a show's folder for the web: the sound of every episode, its transcripts and chapters, the
/// page, and last the feed. What is up to date is left as it is. An article that cannot be done stops
/// no other. `tell` hears of every step, and may stop the work with an error; what is made is kept.
///
/// # Errors
/// What concerns the whole show: [`Error::Read`], [`Error::Input`] and [`Error::Table`] for its
/// settings, its picture and its register; [`Error::Write`] and [`Error::Busy`] for its folder; what
/// `tell` gives.
pub fn build(
    context: &Context,
    show: &Show,
    wanted: &BuildRequest,
    tell: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<BuildSummary, Error> {
    let bytes = fs::read(&show.image).map_err(|cause| Error::read(show.image.clone(), cause))?;
    let picture = picture(&show.image, &bytes)?;
    for fault in picture.faults() {
        tell(Event::Note(format!("{}: {fault}", show.image.display())))?;
    }
    let ledger = Ledger::open(wanted.output)?;
    let mut register = Register::load(wanted.folder)?;
    let given = show.guid.as_ref().and_then(|guid| Uuid::parse_str(guid).ok());
    let guid = register.show(given, &show.base_url.join(&feed::file_name(1)));
    let (ready, failed) = ready(show, wanted, tell)?;
    let seen: Vec<String> = ready.iter().map(|ready| slashed(&ready.file.below)).collect();
    let seen: Vec<SeenArticle> = ready
        .iter()
        .zip(&seen)
        .map(|(ready, file)| SeenArticle {
            file,
            day: ready.metadata.date.day(),
            sketch: ready.sketch.clone(),
            guid: ready.metadata.guid.as_deref(),
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
    let cover = own.transpose()?;
    let making = Making { show, output: wanted.output, manner: wanted.manner, cover };
    let mut items = Vec::new();
    for (ready, identity) in ready.iter().zip(&identities) {
        let before = stock.item(&identity.guid);
        let episode = Episode { metadata: &ready.metadata, identity, before };
        items.extend(one(context, &ledger, (&making, wanted), (ready, &episode), tell)?);
    }
    for file in failed {
        let before = register.guid(&slashed(&file.below)).and_then(|guid| stock.item(guid));
        let is_there = |item: &&Item| items.iter().any(|other: &Item| other.guid == item.guid);
        items.extend(before.filter(|item| !is_there(item)).cloned());
    }
    items.sort_by(|a, b| b.metadata.date.cmp(&a.metadata.date).then_with(|| a.name.cmp(&b.name)));
    let image = format!("cover.{}", picture.extension());
    publish(&wanted.output.join(&image), &bytes)?;
    stock.save(show.loudness.name, &items)?;
    let published = put_on_the_web(show, &guid, &image, &items, wanted.output)?;
    items.iter().try_for_each(|item| episode::tidy(wanted.output, item))?;
    Ok(published)
}

/// The articles that are to be published some time, and those that cannot be read; of all others it is
/// reported why they are not to be published.
fn ready(
    show: &Show,
    wanted: &BuildRequest,
    tell: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<(Vec<Ready>, Vec<ArticleFile>), Error> {
    let (mut ready, mut failed) = (Vec::new(), Vec::new());
    let mut guids = BTreeSet::new();
    for file in batch::article_files(wanted.folder, wanted.output)? {
        let found = read(show, wanted, &file).and_then(|found| {
            let guid = found.1.as_ref().and_then(|metadata| metadata.guid.as_ref());
            match guid.filter(|guid| !guids.insert((*guid).clone())) {
                None => Ok(found),
                Some(guid) => {
                    let reason = format!(
                        "its front matter gives the `guid` {guid}, as that of another article \
                         does; players would show only one of them"
                    );
                    Err(Error::input(file.path.display().to_string(), reason))
                }
            }
        });
        match found {
            Err(error) => {
                let name = file.path.display().to_string();
                tell(Event::Done(&name, None, Outcome::Failed(error)))?;
                failed.push(file);
            }
            Ok((article, metadata, notes)) => {
                notes.into_iter().try_for_each(|note| tell(Event::Note(note)))?;
                let Some(metadata) = metadata else {
                    tell(Event::Done(&article.origin.name, None, Outcome::Draft))?;
                    continue;
                };
                let start = article.front_matter.as_ref().map_or(0, |front| front.end);
                let sketch = Sketch::of(&article.text[start..]);
                ready.push(Ready { file, article, metadata, sketch });
            }
        }
    }
    Ok((ready, failed))
}

/// The article of a file, and its metadata as an episode, unless it is a draft.
fn read(
    show: &Show,
    wanted: &BuildRequest,
    file: &ArticleFile,
) -> Result<(Article, Option<EpisodeMetadata>, Vec<String>), Error> {
    let reading = &wanted.manner.reading;
    let article = job::read(&Source::File(file.path.clone()), reading.encoding)?;
    let (metadata, notes) = metadata::read(&file.path, &article, &reading.parts, show)?;
    Ok((article, metadata, notes))
}

/// Builds an episode; gives it as the feed has it, if it is to be in it.
fn one(
    context: &Context,
    ledger: &Ledger,
    (making, wanted): (&Making, &BuildRequest),
    (ready, episode): (&Ready, &Episode),
    tell: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<Option<Item>, Error> {
    let (name, date) = (&ready.article.origin.name, &episode.metadata.date);
    if date.is_after(wanted.now) {
        tell(Event::Done(name, None, Outcome::Scheduled(date.to_string())))?;
        return Ok(None);
    }
    // An error of `tell` stops all, one of the work only this episode.
    let mut stopped = false;
    let mut watcher = |progress: Progress| {
        let result = tell(Event::Spoken(name, progress));
        stopped |= result.is_err();
        result
    };
    let request = making.request(episode);
    let set = Path::new(episode::FOLDER).join(&episode.identity.name);
    let job = (&request, &ready.article);
    let built = batch::build(context, ledger, &set, job, wanted.again, &mut watcher);
    let made = built.and_then(|Built { outcome, files }| {
        let item = match &outcome {
            Outcome::Made(produced) | Outcome::UpToDate(produced) => {
                Some(making.item(episode, produced, &files)?)
            }
            _ => episode.before.cloned(),
        };
        Ok((outcome, item))
    });
    let (outcome, item) = match made {
        Err(error) if stopped => return Err(error),
        Err(error) => (Outcome::Failed(error), episode.before.cloned()),
        Ok(made) => made,
    };
    tell(Event::Done(name, request.outputs.main_sound().map(PathBuf::as_path), outcome))?;
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
) -> Result<BuildSummary, Error> {
    let path = output.join(feed::file_name(1));
    let failed = |cause| Error::write(path.clone(), cause);
    let pages = feed::pages(show, guid, image, items).map_err(failed)?;
    let index = page::page(show, image, items).map_err(failed)?;
    let index = (output.join("index.html"), index.into_bytes());
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
    Ok(BuildSummary { episodes: items.len(), pages: pages.len(), feed: path })
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
pub(super) fn picture(path: &Path, bytes: &[u8]) -> Result<Artwork, Error> {
    Artwork::read(bytes).ok_or_else(|| {
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
