//! `POST /v1/studio/publish`: a document becomes an article of the server's show.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::document::{Desk, Document, answered};
use super::show_folder::{Publication, Published};
use crate::job::{self, Progress};
use crate::model::date::PublicationDate;
use crate::model::request::{LexiconText, Source};
use crate::model::tags::Tags;
use crate::podcast::Decided;
use crate::serve::answer::JsonText;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;
use crate::text::readers;

/// The media type of server-sent events.
const EVENTS: &str = "text/event-stream";

/// Events of progress come no closer to each other.
const BETWEEN: Duration = Duration::from_millis(100);

/// A document to be published. Its title, author and address are those of the job's tags.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    document: Document,
    /// When it is published; now, if it is not given.
    #[serde(default)]
    date: Option<PublicationDate>,
    /// The name that an earlier answer gave, if it was published before.
    #[serde(default)]
    name: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize)]
struct Answer {
    /// By what it is published again.
    name: String,
    /// When it will be in the feed, if that is later.
    scheduled: Option<String>,
    /// Episodes in the feed.
    episodes: usize,
}

/// `POST /v1/studio/publish`.
pub(super) async fn publish(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Refusal> {
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if accepted.is_some_and(|accepted| accepted.contains(EVENTS)) {
        return followed(shared, request).await;
    }
    let published =
        answered(shared, request, |shared, asked: Asked| published(shared, asked, &mut |_, _| {}));
    Ok(JsonText::of(&published.await?)?.into_response())
}

/// The answer as events: `progress` with the article that is spoken, then `published` or `refused`. The show
/// is built to the end, whether or not somebody listens.
async fn followed(shared: Arc<Shared>, request: Request) -> Result<Response, Refusal> {
    let (sender, events) = mpsc::channel(16);
    let done = sender.clone();
    let work = answered(shared, request, move |shared, asked: Asked| {
        let mut last: Option<(Instant, bool)> = None;
        published(shared, asked, &mut |article, Progress { spoken, of, .. }| {
            // Whether all is spoken, which is told at once, and once.
            let is_all = of > 0 && spoken == of;
            let is_due =
                |(at, was_all): (Instant, bool)| at.elapsed() >= BETWEEN || is_all && !was_all;
            if last.is_none_or(is_due) {
                last = Some((Instant::now(), is_all));
                let data = json!({"article": article, "spoken": spoken, "of": of});
                // Who reads slowly misses some.
                let _ = sender.try_send(event("progress", &data));
            }
        })
    });
    tokio::spawn(async move {
        let last = match work.await {
            Ok(answer) => event("published", &json!(answer)),
            Err(refusal) => event("refused", &refusal.told()),
        };
        let _ = done.send(last).await;
    });
    let body = Body::from_stream(ReceiverStream::new(events).map(Ok::<_, io::Error>));
    Ok(([(header::CONTENT_TYPE, EVENTS)], body).into_response())
}

fn event(name: &str, data: &Value) -> Bytes {
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}

fn published(
    shared: &Shared,
    asked: Asked,
    watch: &mut (dyn FnMut(&str, Progress) + Send),
) -> Result<Answer, Refusal> {
    let none = || Refusal::of(StatusCode::NOT_FOUND, "this server has no show");
    let show = shared.show.as_ref().ok_or_else(none)?;
    let Asked { document, date, name } = asked;
    let lexicon = document.lexicon.as_ref().map(|text| LexiconText::new("lexicon", text));
    let desk = document.open(shared)?;
    // What is wrong with it is told before anything is written.
    desk.article()?;
    desk.front_end()?;
    let request = &desk.submission.request;
    let bytes = match &request.source {
        Source::Text { text, .. } => text.as_bytes(),
        _ => desk.submission.upload.as_deref().unwrap_or_default(),
    };
    let Tags { title, author, source_url, .. } = request.tags.clone();
    let title = title.or_else(|| desk.found().metadata.title.clone());
    let publication = Publication {
        name: name.as_deref(),
        stem: stem(title.as_deref().unwrap_or_default()),
        ending: ending(shared, &desk, bytes)?,
        bytes,
        decided: Decided {
            title,
            author,
            date,
            link: source_url,
            edits: request.reading.edits.clone(),
            lexicon,
            voice: Some(request.voice.clone()),
            voices: request.voices.clone(),
        },
    };
    let Published { name, scheduled, episodes } =
        show.publish(shared.workshop.context(), &shared.manner, publication, watch)?;
    shared.workshop.tidy();
    Ok(Answer { name, scheduled, episodes })
}

/// How the name of a file must end so that it is read as the document was: places in it are then the same.
fn ending(shared: &Shared, desk: &Desk, bytes: &[u8]) -> Result<&'static str, Refusal> {
    let found = desk.found();
    let own = desk.submission.request.source.name().to_lowercase();
    let is_own = |ending: &&str| own.ends_with(&format!(".{ending}"));
    let first = readers::extensions().filter(is_own).chain(["txt", "md", "html"]);
    let is_same = |ending: &&str| {
        let read = job::read_bytes(&format!("a.{ending}"), bytes, shared.manner.reading.encoding);
        read.is_ok_and(|read| read.text == found.text && read.blocks == found.blocks)
    };
    first.chain(readers::extensions()).find(is_same).ok_or_else(|| {
        let message = "this article is read otherwise as a file of the show: see its encoding";
        Refusal::field("source", message)
    })
}

/// A name for a file: the ASCII letters and digits of a title.
fn stem(title: &str) -> String {
    let plain = title.to_lowercase().replace('đ', "d");
    let plain: String = plain.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let stem = words.collect::<Vec<_>>().join("-");
    if stem.is_empty() { "bai-doc".to_owned() } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_of_its_title() {
        for (title, expected) in
            [("Bão số 3: “Đổ bộ”!", "bao-so-3-do-bo"), ("雨", "bai-doc"), ("../a/b", "a-b")]
        {
            assert_eq!(stem(title), expected);
        }
    }
}
