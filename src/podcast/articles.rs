//! The articles of a show's folder: which of them are episodes.

use std::collections::BTreeSet;

use super::decided::Decided;
use super::metadata::{self, EpisodeMetadata};
use super::register::SeenArticle;
use super::request::BuildRequest;
use super::show::Show;
use super::sketch::Sketch;
use crate::batch::{self, ArticleFile, Event};
use crate::job::{self, Outcome};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::request::Source;

/// An article that is to be published.
pub(super) struct EpisodeArticle {
    /// Its path below the folder of the show, with `/` between names.
    pub below: String,
    pub article: Article,
    pub metadata: EpisodeMetadata,
    /// What a person has decided of it.
    pub decided: Decided,
    pub sketch: Sketch,
}

/// What a folder holds.
#[derive(Default)]
pub(super) struct Articles {
    /// Those that are to be published now or later.
    pub episodes: Vec<EpisodeArticle>,
    /// The paths of those that cannot be read, below the folder of the show.
    pub failed: Vec<String>,
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
        report: &mut dyn FnMut(Event) -> Result<(), Error>,
    ) -> Result<Articles, Error> {
        let mut articles = Articles::default();
        let mut guids = BTreeSet::new();
        for file in batch::article_files(request.folder, request.output)? {
            let found = read(show, request, &file).and_then(|found| {
                let guid = found.metadata.as_ref().and_then(|metadata| metadata.guid.as_ref());
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
            let below = slashed(&file);
            match found {
                Err(error) => {
                    let name = file.path.display().to_string();
                    report(Event::Done(&name, None, Outcome::Failed(error)))?;
                    articles.failed.push(below);
                }
                Ok(Found { article, metadata, decided, notes }) => {
                    notes.into_iter().try_for_each(|note| report(Event::Note(note)))?;
                    let Some(metadata) = metadata else {
                        report(Event::Done(&article.origin.name, None, Outcome::Draft))?;
                        continue;
                    };
                    let start = article.front_matter.as_ref().map_or(0, |front| front.end);
                    let sketch = Sketch::of(&article.text[start..]);
                    let episode = EpisodeArticle { below, article, metadata, decided, sketch };
                    articles.episodes.push(episode);
                }
            }
        }
        Ok(articles)
    }
}

/// What is in a file.
struct Found {
    article: Article,
    /// Its metadata as an episode, unless it is a draft.
    metadata: Option<EpisodeMetadata>,
    decided: Decided,
    notes: Vec<String>,
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

/// The path of a file below its folder, with `/` between names on every system.
fn slashed(file: &ArticleFile) -> String {
    let parts: Vec<_> = file.below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
