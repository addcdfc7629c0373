//! Errors as clients of OpenAI's interface know them: `{"error": {"message", "type", "param", "code"}}`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::model::error::{Error, ErrorKind, Hint, HintNames};

/// Why a request is refused, or failed.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    message: String,
    /// The field of the request that is wrong.
    param: Option<&'static str>,
}

impl Refusal {
    /// A field of the request is wrong.
    pub(super) fn field(param: &'static str, message: impl Into<String>) -> Refusal {
        let status = StatusCode::BAD_REQUEST;
        Refusal { status, message: message.into(), param: Some(param) }
    }

    /// The request as a whole is refused with this status.
    pub(super) fn of(status: StatusCode, message: impl Into<String>) -> Refusal {
        Refusal { status, message: message.into(), param: None }
    }

    /// Others are in the way.
    pub(super) fn busy(message: impl Into<String>) -> Refusal {
        Refusal::of(StatusCode::TOO_MANY_REQUESTS, message)
    }

    /// What cannot be helped by the client.
    pub(super) fn failed() -> Refusal {
        Refusal::of(StatusCode::INTERNAL_SERVER_ERROR, "the speaking failed")
    }

    /// What is wrong, as a sentence.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Its status over HTTP.
    pub(super) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Its kind, as OpenAI's interface names them.
    pub(super) fn kind(&self) -> &'static str {
        match self.status {
            StatusCode::UNAUTHORIZED => "authentication_error",
            StatusCode::TOO_MANY_REQUESTS => "rate_limit_error",
            status if status.is_server_error() => "server_error",
            _ => "invalid_request_error",
        }
    }

    /// What clients are told.
    pub(super) fn told(&self) -> Value {
        let Refusal { message, param, .. } = self;
        json!({"error": {"message": message, "type": self.kind(), "param": param, "code": null}})
    }

    /// Its time is over before it could begin.
    pub(super) fn late() -> Refusal {
        let message = "it could not begin in the time that a request has; ask again later";
        Refusal::of(StatusCode::SERVICE_UNAVAILABLE, message)
    }
}

/// Settings are the fields of a request.
struct Fields;

impl HintNames for Fields {
    fn setting(&self, setting: &str) -> String {
        format!("`{setting}`")
    }

    fn assignment(&self, setting: &str, value: &str) -> String {
        format!("`{setting}: {value}`")
    }

    fn operation(&self, words: &[String]) -> String {
        format!("`docbao {}`", words.join(" "))
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let status = match error.kind() {
            ErrorKind::Input | ErrorKind::Request | ErrorKind::Table => StatusCode::BAD_REQUEST,
            ErrorKind::Download => StatusCode::BAD_GATEWAY,
            ErrorKind::Stopped => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let summary = error.summary();
        let hint = error.hint().filter(|hint| !matches!(hint, Hint::Run { .. }));
        let message = match hint {
            Some(hint) => format!("{summary}; {}", hint.message(&Fields)),
            None => summary.to_string(),
        };
        Refusal { status, message, param: None }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = self.told();
        let status = self.status;
        let json = HeaderValue::from_static("application/json");
        let mut response = (status, body.to_string()).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        let is_busy =
            [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&status);
        if is_busy {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}
