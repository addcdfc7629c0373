//! `POST /v1/studio/article`: the blocks of an article, and what it says of itself.

use std::sync::Arc;

use axum::extract::{Request, State};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use super::document::{Desk, Document, answered};
use crate::job;
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::message::Message;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::request::Source;
use crate::serve::answer::JsonText;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;

/// An article as the page shows it.
#[derive(Debug, Serialize)]
struct Shown {
    /// The article that was fetched, to be sent as its source from now on; `None` if it was sent.
    source: Option<FetchedSource>,
    title: Option<String>,
    author: Option<String>,
    /// Where it is on the web.
    address: Option<String>,
    blocks: Vec<ShownBlock>,
    /// What its reader did to it that a person should know.
    notes: Vec<Message>,
}

/// What was fetched, as the source of a job.
#[derive(Debug, Serialize)]
struct FetchedSource {
    file: FetchedFile,
}

#[derive(Debug, Serialize)]
struct FetchedFile {
    name: String,
    base64: String,
}

/// A block as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct ShownBlock {
    /// Its number in the article, by which it is chosen.
    number: usize,
    kind: BlockKind,
    read: bool,
    /// Whether it would be read if nobody had chosen.
    usually_read: bool,
    /// Why it was taken for its kind, as a name.
    code: String,
    /// The same as a phrase.
    reason: String,
    text: String,
}

/// The name of a reason: its words in small letters, joined by hyphens.
pub(super) fn code(reason: &str) -> String {
    let plain = reason.to_lowercase().replace('\'', "");
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// The blocks of an article but for its front matter, which is never read.
pub(super) fn blocks(article: &Article, policy: &ReadingPolicy) -> Vec<ShownBlock> {
    let blocks = article.blocks.iter().enumerate();
    let blocks = blocks.filter(|(_, block)| !article.is_front_matter(block));
    let shown = blocks.map(|(number, block)| ShownBlock {
        number,
        kind: block.kind,
        read: article.is_read(block, policy),
        usually_read: policy.reads(block.kind),
        code: code(&block.reason),
        reason: block.reason.clone().into_owned(),
        text: article.text_of(block).to_owned(),
    });
    shown.collect()
}

/// `POST /v1/studio/article`.
pub(super) async fn article(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<JsonText, Refusal> {
    JsonText::of(&answered(shared, request, shown).await?)
}

fn shown(shared: &Shared, document: Document) -> Result<Shown, Refusal> {
    let mut submission = document.submission(shared)?;
    let mut fetched = None;
    if let Source::Address(address) = &submission.request.source {
        let (name, bytes) = job::page_file(address, &submission.request.reading)?;
        let base64 = BASE64_STANDARD.encode(&bytes);
        // As JSON it must come back within the bound of a body.
        if base64.len() > shared.largest {
            let reason = "is longer than a request to this server may be";
            return Err(Error::input(address, reason).into());
        }
        fetched = Some((
            address.clone(),
            FetchedSource { file: FetchedFile { name: name.clone(), base64 } },
        ));
        submission.request.source = Source::Bytes { name, bytes: Vec::new() };
        submission.upload = Some(bytes);
    }
    let desk = Desk::new(submission)?;
    let article = desk.article()?;
    let (address, source) = fetched.unzip();
    Ok(Shown {
        source,
        title: article.metadata.title.clone(),
        author: article.metadata.author(),
        address: article.metadata.address.clone().or(address),
        blocks: blocks(&article, &desk.submission.request.reading.parts),
        notes: article.notes.clone(),
    })
}
