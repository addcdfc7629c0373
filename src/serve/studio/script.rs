//! `POST /v1/studio/script`: what is said of an article, and what is doubtful about it.

use std::sync::Arc;

use axum::extract::{Request, State};
use serde::Serialize;

use super::document::{Document, answered};
use crate::model::message::Message;
use crate::model::spoken::Confidence;
use crate::serve::answer::JsonText;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;
use crate::text::sentences::{ShownSentence, sentences};

/// A script as the page shows it.
#[derive(Debug, Serialize)]
struct Shown {
    sentences: Vec<ShownSentence>,
    /// What a person should know of it.
    notes: Vec<Message>,
    /// Characters of the text that is read.
    characters: usize,
}

/// `POST /v1/studio/script`.
pub(super) async fn script(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<JsonText, Refusal> {
    let shown = answered(shared, request, |shared, document: Document| {
        let desk = document.open(shared)?;
        let article = desk.article()?;
        let script = desk.front_end()?.script(&article, Confidence::Sure);
        Ok(Shown {
            sentences: sentences(&article, &script),
            notes: script.notes,
            characters: script.characters,
        })
    });
    JsonText::of(&shown.await?)
}
