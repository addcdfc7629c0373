//! The articles of a show's folder: which of them are episodes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::bulletin::Bulletin;
use super::bulletins::{self, Bulletins};
use super::decided::Decided;
use super::metadata::{self, EpisodeMetadata};
use super::register::SeenArticle;
use super::request::BuildRequest;
use super::show::Show;
use super::sketch::Sketch;
use super::stock::Stock;
use crate::batch::{self, ArticleFile, Event};
use crate::job::{self, Context, Outcome};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::request::{Request, Source};

/// An article that is to be published, or several that are one episode.
pub(super) struct EpisodeArticle {
    /// Its path below the folder of the show, with `/` between names; of a bulletin its folder or its day.
    pub below: String,
    pub article: Article,
    pub metadata: EpisodeMetadata,
    /// What a person has decided of it; of a bulletin each article has its own.
    pub decided: Decided,
    pub sketch: Sketch,
    /// The articles that it is made of, if it is a bulletin.
    pub bulletin: Option<Bulletin>,
}

/// What a folder holds.
#[derive(Default)]
pub(super) struct Articles {
    /// Those that are to be published now or later.
    pub episodes: Vec<EpisodeArticle>,
    /// The paths of those that cannot be read, below the folder of the show; a bulletin by what
    /// [`EpisodeArticle::below`] is.
    pub failed: Vec<String>,
}

impl EpisodeArticle {
    /// The episode that the articles of a bulletin are.
    ///
    /// # Errors
    /// As [`Bulletin::whole`].
    fn of_bulletin(show: &Show, bulletin: Bulletin) -> Result<EpisodeArticle, Error> {
        let article = bulletin.whole(show)?;
        let texts: Vec<&str> =
            bulletin.items.iter().map(|item| item.article.text.as_str()).collect();
        Ok(EpisodeArticle {
            below: bulletin.below.clone(),
            metadata: bulletin.metadata(show),
            decided: Decided::default(),
            sketch: Sketch::of(&texts.join("\n")),
            article,
            bulletin: Some(bulletin),
        })
    }

    /// The files that it is read from, below the folder of the show.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let items = self.bulletin.iter().flat_map(|bulletin| &bulletin.items);
        let own = self.bulletin.is_none().then_some(self.below.as_str());
        own.into_iter().chain(items.map(|item| item.below.as_str()))
    }

    /// The pictures that it names.
    pub(super) fn pictures(&self) -> impl Iterator<Item = &PathBuf> {
        let items = self.bulletin.iter().flat_map(|bulletin| &bulletin.items);
        self.metadata.image.iter().chain(items.filter_map(|item| item.metadata.image.as_ref()))
    }

    /// How it is read and spoken, where the articles of its show are in this manner.
    pub(super) fn request(&self, show: &Show, manner: &Request) -> Request {
        match &self.bulletin {
            Some(bulletin) => bulletin.request(show, manner, &self.article),
            None => self.decided.request(manner),
        }
    }
}

impl Articles {
    /// The articles as the register knows them again.
    pub(super) fn seen(&self) -> Vec<SeenArticle<'_>> {
        let seen = self.episodes.iter().map(|article| SeenArticle {
            file: &article.below,
            day: article.metadata.date.day(),
            sketch: article.sketch.clone(),
            guid: article.metadata.guid.as_deref(),
        });
        seen.collect()
    }

    /// Reads the folder of a show. What cannot be read, and what is a draft, is reported.
    ///
    /// # Errors
    /// [`ErrorKind::Read`](crate::model::error::ErrorKind::Read) if the folder cannot be listed; what
    /// `report` gives.
    pub(super) fn read(
        show: &Show,
        request: &BuildRequest,
        stock: &Stock,
        report: &mut dyn FnMut(Event) -> Result<(), Error>,
    ) -> Result<Articles, Error> {
        let files = batch::article_files(request.folder, request.output)?;
        let Bulletins { whole, kept, others } =
            bulletins::read(show, request, stock, files, report)?;
        let mut articles = Articles { failed: kept, ..Articles::default() };
        for bulletin in whole {
            articles.episodes.push(EpisodeArticle::of_bulletin(show, bulletin)?);
        }
        articles.add(show, request, others, report)?;
        Ok(articles)
    }

    /// Adds the articles that are episodes of their own.
    fn add(
        &mut self,
        show: &Show,
        request: &BuildRequest,
        files: Vec<ArticleFile>,
        report: &mut dyn FnMut(Event) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut guids = BTreeSet::new();
        for file in files {
            let found = read(show, request, &file).and_then(|found| {
                let guid = found.metadata.as_ref().and_then(|metadata| metadata.guid.as_ref());
                match guid.filter(|guid| !guids.insert((*guid).clone())) {
                    None => Ok(found),
                    Some(guid) => {
                        let reason = message!(
                            "its front matter gives the `guid` {guid}, as that of another article \
                             does; players would show only one of them",
                            guid
                        );
                        Err(Error::input(file.path.display().to_string(), reason))
                    }
                }
            });
            let below = file.slashed();
            match found {
                Err(error) => {
                    let name = file.path.display().to_string();
                    report(Event::Done(&name, None, Outcome::Failed(error)))?;
                    self.failed.push(below);
                }
                Ok(Found { article, metadata, decided, notes }) => {
                    notes.into_iter().try_for_each(|note| report(Event::Note(note)))?;
                    let Some(metadata) = metadata else {
                        report(Event::Done(&article.origin.name, None, Outcome::Draft))?;
                        continue;
                    };
                    let start = article.front_matter.as_ref().map_or(0, |front| front.end);
                    let sketch = Sketch::of(&article.text[start..]);
                    let bulletin = None;
                    let episode =
                        EpisodeArticle { below, article, metadata, decided, sketch, bulletin };
                    self.episodes.push(episode);
                }
            }
        }
        Ok(())
    }

    /// Takes the articles out of bulletins that are refused for their readings. Each is reported.
    ///
    /// # Errors
    /// What the front end says of the request; what `report` gives.
    pub(super) fn leave_out_refused(
        &mut self,
        context: &Context,
        show: &Show,
        request: &BuildRequest,
        report: &mut dyn FnMut(Event) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if !request.skips_failed || request.manner.strictness.is_none() {
            return Ok(());
        }
        let mut episodes = Vec::new();
        for mut episode in std::mem::take(&mut self.episodes) {
            let Some(mut bulletin) = episode.bulletin.take() else {
                episodes.push(episode);
                continue;
            };
            let mut left = Vec::new();
            let mut refused = 0;
            for item in bulletin.items {
                let asked = item.decided.request(request.manner);
                let findings = job::refusals(context, &asked, &item.article)?;
                if findings.is_empty() {
                    left.push(item);
                    continue;
                }
                refused += 1;
                let name = item.file.display().to_string();
                report(Event::Done(&name, None, Outcome::Refused(findings)))?;
            }
            bulletin.items = left;
            if bulletin.items.is_empty() {
                let error = bulletins::incomplete(&bulletin.name, refused, false);
                report(Event::Done(&bulletin.name, None, Outcome::Failed(error)))?;
                self.failed.push(bulletin.below);
            } else if refused > 0 {
                episodes.push(EpisodeArticle::of_bulletin(show, bulletin)?);
            } else {
                episodes.push(EpisodeArticle { bulletin: Some(bulletin), ..episode });
            }
        }
        self.episodes = episodes;
        Ok(())
    }
}

/// What is in a file.
struct Found {
    article: Article,
    /// Its metadata as an episode, unless it is a draft.
    metadata: Option<EpisodeMetadata>,
    decided: Decided,
    notes: Vec<Message>,
}

fn read(show: &Show, request: &BuildRequest, file: &ArticleFile) -> Result<Found, Error> {
    let reading = &request.manner.reading;
    let decided = Decided::of(&file.path)?;
    let mut article = job::read(&Source::File(file.path.clone()), reading)?;
    decided.describe(&mut article);
    let (mut metadata, notes) = metadata::read(&file.path, &article, &reading.parts, show)?;
    if let Some(metadata) = &mut metadata {
        decided.link(metadata);
    }
    Ok(Found { article, metadata, decided, notes })
}
