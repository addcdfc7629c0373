//! From a folder of articles to a folder that can be put on the web.

use std::fs;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::articles::{Articles, EpisodeArticle};
use super::artwork::Artwork;
use super::episode::{self, Episode, Making};
use super::item::Item;
use super::register::{Register, SeenArticle};
use super::request::BuildRequest;
use super::show::Show;
use super::stock::Stock;
use super::{feed, page, publish};
use crate::batch::{self, Built, Event, Ledger};
use crate::job::{Context, Outcome};
use crate::model::error::Error;
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
    let bytes = fs::read(&show.image).map_err(|cause| Error::read(show.image.clone(), cause))?;
    let artwork = Artwork::of_file(&show.image, &bytes)?;
    for fault in artwork.faults() {
        report(Event::Note(format!("{}: {fault}", show.image.display())))?;
    }
    let ledger = Ledger::open(request.output)?;
    let mut register = Register::load(request.folder)?;
    let given = show.guid.as_ref().and_then(|guid| Uuid::parse_str(guid).ok());
    let guid = register.show(given, &show.base_url.join(&feed::file_name(1)));
    let articles = Articles::read(show, request, report)?;
    let seen = articles.episodes.iter().map(|article| SeenArticle {
        file: &article.below,
        day: article.metadata.date.day(),
        sketch: article.sketch.clone(),
        guid: article.metadata.guid.as_deref(),
    });
    let identities = register.identify(&guid, &seen.collect::<Vec<_>>());
    // Before anything is published under it, an identity is written down.
    register.save()?;
    let folder = request.output.join(episode::FOLDER);
    fs::create_dir_all(&folder).map_err(|cause| Error::write(folder.clone(), cause))?;
    let names = identities.iter().map(|identity| folder.join(&identity.name));
    let names: Vec<PathBuf> = names.chain([request.output.join(feed::file_name(1))]).collect();
    ledger.sweep(names.iter().map(PathBuf::as_path));
    let stock = Stock::load(request.output);
    let small = bytes.len() <= LARGEST_COVER;
    let own = small.then(|| Cover::new(&show.image.display().to_string(), bytes.clone()));
    let cover = own.transpose()?;
    let making = Making { show, output: request.output, manner: request.manner, cover };
    let builder = Builder { context, ledger: &ledger, making, request };
    let mut items = Vec::new();
    for (article, identity) in articles.episodes.iter().zip(&identities) {
        let before = stock.item(&identity.guid);
        let episode = Episode { metadata: &article.metadata, identity, before };
        items.extend(builder.episode(article, &episode, report)?);
    }
    for file in articles.failed {
        let before = register.guid(&file).and_then(|guid| stock.item(guid));
        let is_there = |item: &&Item| items.iter().any(|other: &Item| other.guid == item.guid);
        items.extend(before.filter(|item| !is_there(item)).cloned());
    }
    items.sort_by(|a, b| b.metadata.date.cmp(&a.metadata.date).then_with(|| a.name.cmp(&b.name)));
    let image = format!("cover.{}", artwork.extension());
    publish::file(&request.output.join(&image), &bytes)?;
    stock.save(show.loudness.name, &items)?;
    let summary = put_on_the_web(show, &guid, &image, &items, request.output)?;
    items.iter().try_for_each(|item| episode::tidy(request.output, item))?;
    Ok(summary)
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
        article: &EpisodeArticle,
        episode: &Episode,
        report: &mut dyn FnMut(Event) -> Result<(), Error>,
    ) -> Result<Option<Item>, Error> {
        let (name, date) = (&article.article.origin.name, &episode.metadata.date);
        if date.is_after(self.request.now) {
            report(Event::Done(name, None, Outcome::Scheduled(date.to_string())))?;
            return Ok(None);
        }
        let request = self.making.request(episode);
        let set = Path::new(episode::FOLDER).join(&episode.identity.name);
        let job = (&request, &article.article);
        let again = self.request.again;
        let made = batch::attempt(name, report, |watcher| {
            let built = batch::build(self.context, self.ledger, &set, job, again, watcher)?;
            let Built { outcome, files } = built;
            let item = match &outcome {
                Outcome::Made(produced) | Outcome::UpToDate(produced) => {
                    Some(self.making.item(episode, produced, &files)?)
                }
                _ => episode.before.cloned(),
            };
            Ok((outcome, item))
        })?;
        let (outcome, item) =
            made.unwrap_or_else(|error| (Outcome::Failed(error), episode.before.cloned()));
        report(Event::Done(name, request.outputs.main_sound().map(PathBuf::as_path), outcome))?;
        Ok(item)
    }
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
    let feed = output.join(feed::file_name(1));
    let failed = |cause| Error::write(feed.clone(), cause);
    let pages = feed::pages(show, guid, image, items).map_err(failed)?;
    let count = pages.len();
    let index = page::page(show, image, items).map_err(failed)?;
    let index = (output.join("index.html"), index.into_bytes());
    let pages = pages.into_iter().enumerate().rev();
    let pages = pages.map(|(at, bytes)| (output.join(feed::file_name(at + 1)), bytes));
    publish::together(std::iter::once(index).chain(pages))?;
    // A feed that has become shorter leaves pages that no other names.
    let surplus = (count + 1..).map(|page| output.join(feed::file_name(page)));
    for path in surplus.take_while(|path| path.is_file()) {
        fs::remove_file(&path).map_err(|cause| Error::write(path, cause))?;
    }
    Ok(BuildSummary { episodes: items.len(), pages: count, feed })
}
