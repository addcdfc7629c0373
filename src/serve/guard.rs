//! Who may use the server.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::refusal::Refusal;
use super::state::Shared;
use crate::model::digest::Digest;

/// Refuses requests that are meant for another host.
///
/// A page in a browser can have its own name lead to this machine (DNS rebinding), and would then be taken
/// for a page of this server. The name it asks for is still its own.
///
/// # Errors
/// If the name in the request is none of the server's.
pub(super) async fn known_name(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let Some(names) = &shared.names else { return Ok(next.run(request).await) };
    let field = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let asked = field.into_iter().chain(request.uri().authority().map(Authority::as_str));
    if let Some(other) = asked.into_iter().find(|host| !is_own(names, host)) {
        let message = format!("this server is not known as {other:?}");
        return Err(Refusal::of(StatusCode::FORBIDDEN, message));
    }
    Ok(next.run(request).await)
}

/// Whether a host is this machine, one of these names, or an address: what a name leads to can change, an
/// address leads where it says.
fn is_own(names: &[String], host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host();
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_name = |known: &str| known.eq_ignore_ascii_case(name);
    address.is_ok() || is_name("localhost") || names.iter().any(|known| is_name(known))
}

/// Lets those in who may use the server.
///
/// # Errors
/// As [`check`].
pub(super) async fn admit(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    check(&shared, request.headers())?;
    Ok(next.run(request).await)
}

/// Refuses requests of web pages that may not use the server, and those without its token.
fn check(shared: &Shared, fields: &HeaderMap) -> Result<(), Refusal> {
    let field = |name| fields.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    // Any page in a browser can send requests to this machine, though it cannot read the answers.
    let is_page = |origin: &&str| origin.starts_with("http") || *origin == "null";
    if let Some(origin) = field(header::ORIGIN).filter(is_page) {
        let host = field(header::HOST).unwrap_or_default();
        let is_own = origin.split_once("://").is_some_and(|(_, of)| of == host);
        let is_allowed = |allowed: &String| allowed == "*" || allowed == origin;
        if !is_own && !shared.origin.as_ref().is_some_and(is_allowed) {
            let message = format!("pages of {origin} may not use this server");
            return Err(Refusal::of(StatusCode::FORBIDDEN, message));
        }
    }
    let given = fields.get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
    let given = given.and_then(|value| value.split_at_checked(b"Bearer ".len()));
    let given = given.filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"Bearer "));
    // Digests are compared, so that the time it takes tells nothing of the token.
    match (&shared.token, given.map(|(_, token)| Digest::of(token))) {
        (None, _) => Ok(()),
        (Some(token), Some(given)) if *token == given => Ok(()),
        _ => {
            let message = "give the token of this server: `Authorization: Bearer TOKEN`";
            Err(Refusal::of(StatusCode::UNAUTHORIZED, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_others_can_lead_here_is_not_its_own() {
        let names = ["tin.example.org".to_owned()];
        for (host, expected) in [
            ("localhost", true),
            ("LocalHost:8880", true),
            ("127.0.0.1:8880", true),
            ("[::1]:8880", true),
            ("192.168.1.7", true),
            ("tin.example.org:443", true),
            ("example.org", false),
            ("localhost.example.org", false),
            ("127.0.0.1.example.org:8880", false),
            ("", false),
            ("a b", false),
        ] {
            assert_eq!(is_own(&names, host), expected, "{host}");
        }
    }
}
