//! From a folder of articles to a folder that can be put on the web.

use std::fs;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::articles::{Articles, EpisodeArticle};
use super::artwork::Artwork;
use super::episode::{self, Episode, Making};
use super::item::Item;
use super::register::Register;
use super::request::BuildRequest;
use super::show::Show;
use super::stock::Stock;
use super::{bulletin, companion, feed, jingle, page, publish, records, show};
use crate::batch::{self, Built, Event, FileRecord, Ledger};
use crate::files::{bounded, keep_inputs};
use crate::job::{Context, Outcome, Watcher};
use crate::model::error::{Error, Hint};
use crate::model::message::message;
use crate::model::request::Request;
use crate::model::shown;
use crate::model::tags::Cover;

/// A larger picture, in bytes, does not go into every sound file: there it would weigh as much as half
/// a minute of speech, and players show the one that the feed names.
const LARGEST_COVER: usize = 300_000;

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

/// Makes a show's folder for the web: the sound of every episode, its transcripts and chapters, the
/// page, and last the feed. What is up to date is left as it is. An article that cannot be done stops
/// no other. `report` gets every step, and may stop the work with an error; what is made is kept.
///
/// # Errors
/// What concerns the whole show:
/// [`Read`](crate::model::error::ErrorKind::Read), [`Input`](crate::model::error::ErrorKind::Input) and
/// [`Table`](crate::model::error::ErrorKind::Table) for its settings, its picture and its register;
/// [`Write`](crate::model::error::ErrorKind::Write) and [`Busy`](crate::model::error::ErrorKind::Busy)
/// for its folder; what `report` gives.
pub fn build(
    context: &Context,
    show: &Show,
    request: &BuildRequest,
    report: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<BuildSummary, Error> {
    let bytes = bounded::read(&show.image, bounded::PICTURE)
        .map_err(|cause| Error::read(show.image.clone(), cause))?;
    let artwork = Artwork::of_file(&show.image, &bytes)?;
    for fault in artwork.faults() {
        report(Event::Note(message!("{image}: {fault}", image = show.image.display(), fault)))?;
    }
    records::take_out(request.output)?;
    let records = records::folder(request.output);
    let ledger = Ledger::with_records(request.output, &records)?;
    let manner = Request { design: show.design.open()?, ..request.manner.clone() };
    context.prepare_music(&manner, request.output)?;
    let request = &BuildRequest { manner: &manner, ..*request };
    let stock = Stock::load(request.output);
    refuse_earlier(&stock, request)?;
    let mut register = Register::load(request.folder)?;
    let given = show.guid.as_ref().and_then(|guid| Uuid::parse_str(guid).ok());
    let guid = register.show(given, &show.base_url.join(feed::FIRST));
    open_voices(context, show, request)?;
    let mut articles = Articles::read(show, request, &stock, report)?;
    articles.leave_out_refused(context, show, request, report)?;
    let identities = register.identify(&guid, &articles.seen());
    keep_what_is_read(show, request, &articles)?;
    // Before anything is published under it, an identity is written down.
    register.save()?;
    let folder = request.output.join(episode::FOLDER);
    for folder in [&folder, &records::marks_folder(&records)] {
        fs::create_dir_all(folder).map_err(|cause| Error::write(folder.clone(), cause))?;
    }
    let marks = identities.iter().map(|identity| records::marks(&records, identity.name.as_str()));
    let names = identities.iter().map(|identity| folder.join(identity.name.as_str())).chain(marks);
    let own = [register.path(), &request.output.join(feed::FIRST), stock.path()];
    let names: Vec<PathBuf> = names.chain(own.map(Path::to_owned)).collect();
    ledger.sweep(names.iter().map(PathBuf::as_path));
    let small = bytes.len() <= LARGEST_COVER;
    let own = small.then(|| Cover::new(&show.image.display().to_string(), bytes.clone()));
    let cover = own.transpose()?;
    let making =
        Making { show, output: request.output, records: &records, manner: request.manner, cover };
    let builder = Builder { context, ledger: &ledger, making, request };
    let image = format!("cover.{}", artwork.extension());
    let mut items = Vec::new();
    for (article, identity) in articles.episodes.iter().zip(&identities) {
        let before = stock.item(&identity.guid);
        let version = before.map_or(1, |item| item.version);
        let episode = Episode { article, identity, before, version };
        let mut item = builder.episode(&episode, report)?;
        if let Some(item) = &mut item {
            companion::publish(show, (request.output, &records), &image, article, item)?;
        }
        items.extend(item);
    }
    for file in articles.failed {
        let before = register.guid(&file).and_then(|guid| stock.item(guid));
        let is_there = |item: &&Item| items.iter().any(|other: &Item| other.guid == item.guid);
        items.extend(before.filter(|item| !is_there(item)).cloned());
    }
    if items.is_empty() && !stock.items().is_empty() && !request.empties {
        let count = stock.items().len();
        let reason = message!("has no episode to publish, and the feed has {count}", count);
        let hint = Hint::give("empty", "to empty the feed; players then forget its episodes");
        return Err(Error::input(request.folder.display().to_string(), reason).with_hint(hint));
    }
    items.sort_by(|a, b| b.metadata.date.cmp(&a.metadata.date).then_with(|| a.name.cmp(&b.name)));
    publish::file(&request.output.join(&image), &bytes)?;
    let pages = feed::pages(show, &guid, &image, &items);
    let pages = pages.map_err(|cause| Error::write(request.output.join(feed::FIRST), cause))?;
    let placeholders = manner.design.music.values();
    let placeholders = placeholders.filter(|music| jingle::is_placeholder(&music.digest));
    let placeholders = placeholders.map(|music| shown::path(&music.path)).collect();
    let stock = stock.with(show.loudness.name, items, &pages, placeholders);
    stock.save()?;
    put_on_the_web(show, &image, stock.items(), &pages, request.output)?;
    episode::tidy(&ledger, request.output, stock.items())?;
    episode::tidy_marks(&records, stock.items())?;
    stock.tidy_pages()?;
    let feed = request.output.join(feed::FIRST);
    Ok(BuildSummary { episodes: stock.items().len(), pages: pages.len(), feed })
}

/// What the episodes of a build are made with.
struct Builder<'a> {
    context: &'a Context,
    ledger: &'a Ledger,
    making: Making<'a>,
    request: &'a BuildRequest<'a>,
}

impl Builder<'_> {
    /// Builds an episode; gives it as the feed has it, if it is to be in it.
    fn episode(
        &self,
        episode: &Episode,
        report: &mut dyn FnMut(Event) -> Result<(), Error>,
    ) -> Result<Option<Item>, Error> {
        let EpisodeArticle { article, metadata, .. } = episode.article;
        let (name, date) = (&article.origin.name, &metadata.date);
        if date.is_after(self.request.now) {
            report(Event::Done(name, None, Outcome::Scheduled(date.to_string())))?;
            return Ok(None);
        }
        let made = batch::attempt(name, report, |watcher| self.files(episode, watcher))?;
        let failed = |error| Made {
            outcome: Outcome::Failed(error),
            item: episode.before.cloned(),
            sound: self.making.request(episode).outputs.main_sound().cloned(),
        };
        let Made { outcome, item, sound } = made.unwrap_or_else(failed);
        report(Event::Done(name, sound.as_deref(), outcome))?;
        Ok(item)
    }

    /// The files of an episode: those that it has if they are up to date. What the feed names is never
    /// changed, so what has to be made anew gets names of its own, and the feed is true at any time.
    fn files(&self, episode: &Episode, watcher: &mut Watcher) -> Result<Made, Error> {
        let (article, again) = (&episode.article.article, self.request.again);
        let request = self.making.request(episode);
        let job = (&request, article);
        let current = batch::up_to_date(self.context, self.ledger, &set(episode), job)?;
        if let Some((produced, files)) = current.as_ref().filter(|_| !again) {
            let item = self.making.item(episode, produced, files)?;
            let sound = request.outputs.main_sound().cloned();
            let outcome = Outcome::UpToDate(produced.clone());
            return Ok(Made { outcome, item: Some(item), sound });
        }
        let version = episode.version + u32::from(episode.before.is_some());
        let next = Episode { version, ..*episode };
        let request = self.making.request(&next);
        let job = (&request, article);
        let built = batch::build(self.context, self.ledger, &set(&next), job, again, watcher)?;
        let Built { outcome, files } = built;
        // Made again, and the same: then nobody has to fetch it again.
        let (kept, files) = match &current {
            Some((_, old)) if is_same(old, &files) => (episode, old),
            _ => (&next, &files),
        };
        let item = match &outcome {
            Outcome::Made(produced) | Outcome::UpToDate(produced) => {
                Some(self.making.item(kept, produced, files)?)
            }
            _ => episode.before.cloned(),
        };
        let sound = self.making.request(kept).outputs.main_sound().cloned();
        Ok(Made { outcome, item, sound })
    }
}

/// What became of an episode.
struct Made {
    outcome: Outcome,
    /// As the feed has it, if it is to be in it.
    item: Option<Item>,
    /// Its main sound.
    sound: Option<PathBuf>,
}

/// What the files of an episode are called in the ledger.
fn set(episode: &Episode) -> PathBuf {
    Path::new(episode::FOLDER).join(episode.stem())
}

/// Whether files have the same content.
fn is_same(old: &[FileRecord], new: &[FileRecord]) -> bool {
    let same = |(old, new): (&FileRecord, &FileRecord)| old.sha256 == new.sha256;
    old.len() == new.len() && old.iter().zip(new).all(same)
}

/// Opens the voices that take turns in bulletins, so that one that is not there is found before any article.
fn open_voices(context: &Context, show: &Show, request: &BuildRequest) -> Result<(), Error> {
    let voices = show.bulletin.iter().flat_map(|bulletin| &bulletin.voices);
    let mut voices = voices.filter(|_| request.manner.heeded.voice);
    voices.try_for_each(|voice| {
        let settings = bulletin::turn_of(&voice.name, &request.manner.voice);
        context.open(&settings).map_err(|error| {
            let file = show.folder.join(show::FILE_NAME).display().to_string();
            error.of_setting(file, voice.line, &format!("voices: {}", voice.name))
        })
    })
}

/// Refuses a build that is earlier than an episode that was published: its clock is wrong, and the
/// episode would vanish.
fn refuse_earlier(stock: &Stock, request: &BuildRequest) -> Result<(), Error> {
    let Some(newest) = stock.items().iter().map(|item| &item.metadata.date).max() else {
        return Ok(());
    };
    if !newest.is_after(request.now) || request.earlier {
        return Ok(());
    }
    let reason = message!(
        "was published with an episode of {newest}, which would vanish: this build is of {now}",
        newest = newest.to_string(),
        now = request.now.to_string()
    );
    let hint = Hint::give("earlier", "to take back what is later, if the clock is right");
    Err(Error::input(request.output.display().to_string(), reason).with_hint(hint))
}

/// Whether the page and the feed would be written over nothing that was read.
fn keep_what_is_read(
    show: &Show,
    request: &BuildRequest,
    articles: &Articles,
) -> Result<(), Error> {
    let files = articles.episodes.iter().flat_map(EpisodeArticle::files);
    let files = files.map(|file| request.folder.join(file));
    let pictures = articles.episodes.iter().flat_map(EpisodeArticle::pictures).cloned();
    let own = [show.image.clone(), request.folder.join(show::FILE_NAME)];
    let music = show.design.files().map(Path::to_owned);
    let read: Vec<PathBuf> = files.chain(pictures).chain(own).chain(music).collect();
    let own = ["index.html", feed::FIRST, feed::STYLE_FILE];
    let written = own.map(|name| request.output.join(name));
    keep_inputs(read.iter().map(PathBuf::as_path), written.iter().map(PathBuf::as_path))
}

/// Writes the page and the feed: the page first, then the feed from its last page to its first, and
/// none before all are safely on disk.
fn put_on_the_web(
    show: &Show,
    image: &str,
    items: &[Item],
    pages: &[feed::Page],
    output: &Path,
) -> Result<(), Error> {
    let path = output.join("index.html");
    let index = page::page(show, image, items).map_err(|cause| Error::write(&path, cause))?;
    let pages = pages.iter().rev().map(|page| (output.join(&page.name), page.bytes.as_slice()));
    let style = (output.join(feed::STYLE_FILE), feed::STYLE.as_bytes());
    publish::together([style, (path, index.as_bytes())].into_iter().chain(pages))
}
