//! The order of a job.

use crate::job::context::Context;
use crate::job::outcome::{Outcome, Performed, Produced, Watcher};
use crate::job::plan::Plan;
use crate::job::read::read;
use crate::job::recording::Recording;
use crate::job::timeline::Timeline;
use crate::job::{tags, write};
use crate::model::article::Article;
use crate::model::error::{Error, Hint};
use crate::model::request::Request;
use crate::model::script::{Finding, Script};
use crate::model::spoken::Confidence;

/// Does what a request asks for: reads its article, makes the script, speaks it, masters the sound and
/// writes the files. `watcher` is called after every utterance, and may stop the work with an error.
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

/// As [`perform`], for the article of the request, which was already read.
///
/// # Errors
/// As [`perform`].
pub fn perform_on(
    context: &Context,
    request: &Request,
    article: &Article,
    watcher: &mut Watcher,
) -> Result<Performed, Error> {
    let plan = Plan::new(&request.outputs)?;
    let script = script(context, request, article)?;
    if let Some(findings) = refused(&script, request.strictness) {
        return Ok(Performed { outcome: Outcome::Refused(findings), kept: Vec::new() });
    }
    let narrator = context.narrator(request)?;
    let tags = tags::complete(&request.tags, &script.metadata, &narrator.info().name);
    plan.check_files(&request.source)?;
    let Recording { mut sound, times, from_cache, fit } =
        Recording::make(&narrator, &script, &plan.spool_folder(), watcher)?;
    let timeline = Timeline::new(article, &script, &times, &sound, &plan.preset);
    let written = write::all(&plan, &tags, &timeline, &mut sound, narrator.info(), watcher)?;
    let produced = Produced {
        characters: script.characters,
        utterances: script.utterances.len(),
        from_cache,
        speech_seconds: timeline.seconds(),
        loudness: written.loudness,
        faults: plan.preset.faults(&written.loudness),
        chapters: written.chapters.clone(),
        not_read: script.not_read,
        notes: script.notes.into_iter().chain(fit.notes()).collect(),
        findings: script.findings,
    };
    let kept = written.publish()?;
    Ok(Performed { outcome: Outcome::Made(Box::new(produced)), kept })
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

/// The script of an article, with something to say in it.
fn script(context: &Context, request: &Request, article: &Article) -> Result<Script, Error> {
    let level = request.strictness.unwrap_or(Confidence::Doubtful).max(Confidence::Doubtful);
    let script = context.front_end(&request.reading)?.script(article, level);
    if script.utterances.is_empty() {
        let error = Error::input(&article.origin.name, "has nothing to read aloud");
        return Err(error.with_hint(Hint::give("read", "to read more parts of the article")));
    }
    Ok(script)
}

/// The readings for which a script is refused, if there are any.
fn refused(script: &Script, strictness: Option<Confidence>) -> Option<Vec<Finding>> {
    let level = strictness?;
    let is_doubtful = |finding: &&Finding| finding.confidence <= level;
    let findings: Vec<_> = script.findings.iter().filter(is_doubtful).cloned().collect();
    (!findings.is_empty()).then_some(findings)
}
