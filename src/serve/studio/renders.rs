//! `POST /v1/studio/renders`: a document becomes files, as a job.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::document::{Document, answered};
use crate::serve::jobs;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;

/// `POST /v1/studio/renders`.
pub(super) async fn submit(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Refusal> {
    let submitted = answered(shared, request, |shared, document: Document| {
        let none = || Refusal::of(StatusCode::NOT_FOUND, "this server keeps no jobs");
        let queue = shared.renders.clone().ok_or_else(none)?;
        let desk = document.open(shared)?;
        // What is wrong with it is told at once, and not by a job that fails.
        desk.article()?;
        desk.front_end()?;
        queue.submit(&desk.submission, None)
    });
    let (job, is_new) = submitted.await?;
    Ok(jobs::submitted_as(job, is_new))
}
