//! One page of the web, fetched as a considerate reader does: once, if the host lets programs fetch it,
//! and not more of it than an article can have.

use ureq::http::{StatusCode, header};

use super::address::Address;
use super::content_type::ContentType;
use super::limits::Limits;
use super::permission;
use super::visitor::{Answer, Fault, Visitor};
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};

/// A page as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it is, after all redirects.
    pub address: String,
    /// What the server says it is.
    pub content_type: ContentType,
    /// Its bytes, not compressed.
    pub bytes: Vec<u8>,
}

/// Fetches the page at an address, `http://` or `https://`.
///
/// # Errors
/// [`ErrorKind::Download`](crate::model::error::ErrorKind::Download) if it cannot be had within the
/// limits, is of a type in which no article can be, or its host does not let programs fetch it.
pub fn page(address: &str, limits: &Limits) -> Result<Page, Error> {
    fetched(address, limits).map_err(|fault| {
        let error = Error::download(address, fault.reason);
        match fault.is_private {
            true => {
                error.with_hint(Hint::give("allow_private_addresses", "to fetch it all the same"))
            }
            false => error,
        }
    })
}

fn fetched(address: &str, limits: &Limits) -> Result<Page, Fault> {
    let address = Address::parse(address)?;
    let visitor = Visitor::new(limits)?;
    let answer = visitor.visit(&address, &|page| permission::check(&visitor, page))?;
    check_status(&answer)?;
    let content_type = answer.header(header::CONTENT_TYPE).unwrap_or_default();
    let content_type = ContentType::parse(content_type);
    content_type.check()?;
    let length = answer.header(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    if length.is_some_and(|length: u64| length > limits.bytes) {
        return Err(too_long(limits));
    }
    let address = answer.address.as_str().to_owned();
    let bytes = visitor.bytes(answer, limits.bytes)?;
    if bytes.len() as u64 > limits.bytes {
        return Err(too_long(limits));
    }
    Ok(Page { address, content_type, bytes })
}

fn too_long(limits: &Limits) -> Fault {
    message!("it is longer than the {bytes} bytes that a page may have", bytes = limits.bytes)
        .into()
}

/// Whether the server sends the page.
fn check_status(answer: &Answer) -> Result<(), Fault> {
    let status = answer.response.status();
    if status.is_success() {
        return Ok(());
    }
    let meaning = match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => "there is no page at this address",
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => "the server does not let it be read",
        StatusCode::TOO_MANY_REQUESTS => "the server wants fewer requests",
        status if status.is_server_error() => "the server has a fault or is too busy",
        _ => "the server does not send it",
    };
    let meaning = message!(
        "{meaning} ({status})",
        meaning = Message::from(meaning),
        status = status.to_string()
    );
    let Some(time) = answer.header(header::RETRY_AFTER) else { return Err(meaning.into()) };
    let later = match time.parse::<u64>() {
        Ok(seconds) => {
            message!("{meaning}; it says to come again after {seconds} seconds", meaning, seconds)
        }
        Err(_) => message!("{meaning}; it says to come again after {time}", meaning, time),
    };
    Err(later.into())
}
