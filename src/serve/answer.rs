//! Answers in JSON.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use super::refusal::Refusal;

/// A value as an answer.
pub(super) struct Json(pub Value);

impl Json {
    /// What a value is in JSON.
    ///
    /// # Errors
    /// If it is nothing in JSON.
    pub(super) fn of(value: &impl Serialize) -> Result<Json, Refusal> {
        serde_json::to_value(value).map(Json).map_err(|_| Refusal::failed())
    }
}

impl IntoResponse for Json {
    fn into_response(self) -> Response {
        let mut response = self.0.to_string().into_response();
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response
    }
}
