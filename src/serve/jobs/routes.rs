//! What clients ask of jobs.

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use super::queue::{ADDRESS, Queue, RENDERS, unknown};
use super::record::{ANSWER_VERSION, Idempotency};
use super::submission::Asked;
use super::{events, files};
use crate::model::digest::Digest;
use crate::serve::answer::Json;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;
use crate::serve::uploads;

/// The field by which a client knows a request that it has sent before.
pub(in crate::serve) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The addresses of jobs.
pub(in crate::serve) fn routes() -> Router<Arc<Shared>> {
    Router::new().route(ADDRESS, post(submit).get(list)).merge(one(ADDRESS))
}

/// The addresses of one job, below that of all.
pub(in crate::serve) fn one(jobs: &str) -> Router<Arc<Shared>> {
    Router::new()
        .route(&format!("{jobs}/{{id}}"), get(show).delete(remove))
        .route(&format!("{jobs}/{{id}}/events"), get(follow))
        .route(&format!("{jobs}/{{id}}/files/{{name}}"), get(file))
}

/// The jobs that a request is about: those of the studio or the others, by its address.
struct Jobs(Arc<Queue>);

impl FromRequestParts<Arc<Shared>> for Jobs {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Jobs, Refusal> {
        let is_render = parts.uri.path().starts_with(RENDERS);
        let queue = if is_render { &shared.renders } else { &shared.jobs };
        let none = || Refusal::of(StatusCode::NOT_FOUND, "this server keeps no jobs");
        queue.clone().map(Jobs).ok_or_else(none)
    }
}

/// Does something that reads or writes files.
async fn with_files<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    spawn_blocking(work).await.map_err(|_| Refusal::failed())?
}

/// `POST /v1/jobs`.
async fn submit(
    State(shared): State<Arc<Shared>>,
    Jobs(queue): Jobs,
    request: Request,
) -> Result<Response, Refusal> {
    let key = request.headers().get(IDEMPOTENCY_KEY).map(|key| Digest::of(key.as_bytes()));
    let upload = uploads::read(&shared, request).await?;
    let submitted = with_files(move || {
        let asked: Asked = serde_json::from_slice(&upload.bytes).map_err(|error| {
            Refusal::of(StatusCode::BAD_REQUEST, format!("the body is no job: {error}"))
        })?;
        let idempotency = key.map(|key| Idempotency { key, request: Digest::of(&upload.bytes) });
        let submission = asked.submission(&shared.manner, shared.addresses)?;
        queue.submit(&submission, idempotency)
    });
    let (job, is_new) = submitted.await?;
    Ok(submitted_as(job, is_new))
}

/// The answer to who has submitted a job, or has done so before.
pub(in crate::serve) fn submitted_as(job: Value, is_new: bool) -> Response {
    let address = job["address"].as_str().and_then(|address| HeaderValue::from_str(address).ok());
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    let mut response = (status, Json(job)).into_response();
    response.headers_mut().extend(address.map(|address| (header::LOCATION, address)));
    response
}

/// `GET /v1/jobs`.
async fn list(Jobs(queue): Jobs) -> Json {
    Json(json!({"object": "list", "version": ANSWER_VERSION, "data": queue.list()}))
}

/// `GET /v1/jobs/{id}`.
async fn show(Jobs(queue): Jobs, Path(id): Path<String>) -> Result<Json, Refusal> {
    with_files(move || queue.get(&id)?.map(Json).ok_or_else(|| unknown(&id))).await
}

/// `DELETE /v1/jobs/{id}`.
async fn remove(Jobs(queue): Jobs, Path(id): Path<String>) -> Result<StatusCode, Refusal> {
    with_files(move || queue.remove(&id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /v1/jobs/{id}/events`.
async fn follow(Jobs(queue): Jobs, Path(id): Path<String>) -> Result<Response, Refusal> {
    let status = queue.follow(&id).ok_or_else(|| unknown(&id))?;
    let fields = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((fields, events::events(id, status)).into_response())
}

/// `GET /v1/jobs/{id}/files/{name}`.
async fn file(
    Jobs(queue): Jobs,
    Path((id, name)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let file = queue.file(&id, &name);
    let (path, content_type) = file
        .ok_or_else(|| Refusal::of(StatusCode::NOT_FOUND, "there is no such file, or not yet"))?;
    files::answer(path, &content_type, &asked).await
}
