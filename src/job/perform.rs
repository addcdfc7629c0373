//! The order of a job.

use std::sync::PoisonError;

use crate::job::asked::as_article_asks;
use crate::job::context::Context;
use crate::job::outcome::{Outcome, Performed, Produced, Progress, Watcher};
use crate::job::plan::Plan;
use crate::job::read::read;
use crate::job::recording::Recording;
use crate::job::timeline::Timeline;
use crate::job::{items, tags, write};
use crate::model::article::Article;
use crate::model::error::{Error, Hint};
use crate::model::request::Request;
use crate::model::script::{Finding, Review};
use crate::model::spoken::Confidence;
use crate::sound::master::Master;
use crate::text::FrontEnd;

/// Does what a request asks for: reads its article, makes the script, speaks it, masters the sound and
/// writes the files. `watcher` is called now and then while the article is looked through, and
/// after every utterance, and may stop the work with an error.
///
/// The files of an article appear as one set. All are written under temporary names and put safely on
/// disk; then they take their names, the captions first and the main sound last, so that every
/// sound has its captions. Between two renames a killed process can leave new captions
/// beside an older sound, each of them whole.
///
/// # Errors
/// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if nothing of the article is read aloud;
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if a file cannot be written; what the
/// reader, the voice or `watcher` gives. No file has then taken its name, unless the renaming itself
/// failed.
pub fn perform(
    context: &Context,
    request: &Request,
    watcher: &mut Watcher,
) -> Result<Performed, Error> {
    let article = read(&request.source, &request.reading)?;
    perform_on(context, request, &article, watcher)
}

/// As [`perform`], for the article of the request, which was already read. What the request says a
/// person has decided of it counts from here on.
///
/// # Errors
/// As [`perform`].
pub fn perform_on(
    context: &Context,
    request: &Request,
    article: &Article,
    watcher: &mut Watcher,
) -> Result<Performed, Error> {
    let request = &*as_article_asks(context, request, article)?;
    let plan = Plan::of(request)?;
    let front_end = context.front_end(&request.reading)?;
    let article = &*request.reading.edits.apply(article)?;
    let article = &*items::told_apart(article, &request.voices);
    let review = review(&front_end, request, article, watcher)?;
    if let Some(findings) = refused(&review, request.strictness) {
        return Ok(Performed { outcome: Outcome::Refused(findings), kept: Vec::new() });
    }
    let narrator = context.narrator(request)?;
    let tags = tags::complete(&request.tags, &article.metadata, &narrator.info().name);
    plan.check_files(request)?;
    let folder = plan.spool_folder();
    let music =
        (!request.design.is_empty()).then(|| context.music(request, &folder)).transpose()?;
    let utterances = front_end.utterances(article);
    let mut recording =
        Recording::make(&narrator, utterances, review.utterances, &folder, watcher)?;
    if let Some(tracks) = music {
        let mut tracks = tracks.lock().unwrap_or_else(PoisonError::into_inner);
        let music = (&mut *tracks, &request.design.mix);
        recording = recording.with_music((article, &front_end), music, &folder, watcher)?;
    }
    let Recording { sound, times, from_cache, fit } = recording;
    let mut sound = Master::new(sound);
    let mut timeline = Timeline::new(article, &front_end, &times, &sound, &plan.preset);
    if plan.captions.iter().any(|(format, _)| format.has_phones()) {
        timeline = timeline.with_phones(&narrator);
    }
    let written = write::all(&plan, &tags, &timeline, &mut sound, narrator.info(), watcher)?;
    let produced = Produced {
        characters: review.characters,
        utterances: review.utterances,
        from_cache,
        speech_seconds: timeline.seconds(),
        loudness: written.loudness,
        faults: plan.preset.faults(&written.loudness),
        chapters: written.chapters.clone(),
        not_read: review.not_read,
        notes: review.notes.into_iter().chain(fit.notes()).collect(),
        findings: review.findings,
    };
    let kept = written.publish()?;
    Ok(Performed { outcome: Outcome::Made(Box::new(produced)), kept })
}

/// The readings for which a request refuses its article; none, if it is not strict.
///
/// # Errors
/// As [`perform`], of reading alone.
#[cfg(feature = "podcast")]
pub fn refusals(
    context: &Context,
    request: &Request,
    article: &Article,
) -> Result<Vec<Finding>, Error> {
    let front_end = context.front_end(&request.reading)?;
    let review = review(&front_end, request, article, &mut |_| Ok(()))?;
    Ok(refused(&review, request.strictness).unwrap_or_default())
}

impl Request {
    /// Does what is asked for in a context of its own: see [`perform`].
    ///
    /// # Errors
    /// As [`perform`].
    pub fn perform(&self) -> Result<Performed, Error> {
        perform(&Context::default(), self, &mut |_| Ok(()))
    }
}

/// What is to be known of an article before it is spoken; there is something to say in it.
fn review(
    front_end: &FrontEnd,
    request: &Request,
    article: &Article,
    watcher: &mut Watcher,
) -> Result<Review, Error> {
    let level = request.strictness.unwrap_or(Confidence::Doubtful).max(Confidence::Doubtful);
    let begun = Progress { spoken: 0, of: 0, written: 0 };
    let review = front_end.review_while(article, level, || watcher(begun))?;
    if review.utterances == 0 {
        let error = Error::input(&article.origin.name, "has nothing to read aloud");
        return Err(error.with_hint(Hint::give("read", "to read more parts of the article")));
    }
    Ok(review)
}

/// The readings for which an article is refused, if there are any.
fn refused(review: &Review, strictness: Option<Confidence>) -> Option<Vec<Finding>> {
    let level = strictness?;
    let is_doubtful = |finding: &&Finding| finding.confidence <= level;
    let findings: Vec<_> = review.findings.iter().filter(is_doubtful).cloned().collect();
    (!findings.is_empty()).then_some(findings)
}
