//! Answers in JSON.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use super::refusal::Refusal;

/// A value as an answer.
pub(super) struct Json(pub Value);

/// An answer whose JSON is written already.
pub(super) struct JsonText(String);

impl JsonText {
    /// What a value is in JSON.
    ///
    /// # Errors
    /// If it is nothing in JSON.
    pub(super) fn of(value: &impl Serialize) -> Result<JsonText, Refusal> {
        serde_json::to_string(value).map(JsonText).map_err(|_| Refusal::failed())
    }
}

impl IntoResponse for Json {
    fn into_response(self) -> Response {
        JsonText(self.0.to_string()).into_response()
    }
}

impl IntoResponse for JsonText {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response
    }
}
