//! The bodies of requests, while they are read.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use super::refusal::Refusal;
use super::state::Shared;

/// How long a request waits for others whose bodies are being read.
const TURN: Duration = Duration::from_secs(5);

/// How long a body may take in all.
const WHOLE: Duration = Duration::from_secs(120);

/// A body that was read. As long as it is there, it counts among those that are.
pub(super) struct Upload {
    pub bytes: Bytes,
    _place: OwnedSemaphorePermit,
}

/// The body of a request. So many are read at once, and so long, that they take a bounded amount of memory.
///
/// # Errors
/// If there are too many, or it is too long or takes too long.
pub(super) async fn read(shared: &Shared, request: Request) -> Result<Upload, Refusal> {
    let turn = timeout(TURN, Arc::clone(&shared.uploads).acquire_owned()).await;
    let Ok(Ok(place)) = turn else {
        return Err(Refusal::busy("many requests are being read; ask again later"));
    };
    let bytes = timeout(WHOLE, Bytes::from_request(request, &())).await.map_err(|_| {
        let message = format!("a body may take {} seconds", WHOLE.as_secs());
        Refusal::of(StatusCode::REQUEST_TIMEOUT, message)
    })?;
    let bytes =
        bytes.map_err(|rejection| Refusal::of(rejection.status(), rejection.body_text()))?;
    Ok(Upload { bytes, _place: place })
}
