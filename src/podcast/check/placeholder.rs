//! Addresses that lead nowhere on the web: those of examples, and of the machine itself.

use crate::model::message::{Message, message};
use std::net::IpAddr;

use fluent_uri::Uri;

/// Names that are nobody's (RFC 2606, RFC 6761).
const RESERVED: [&str; 7] =
    ["example.com", "example.net", "example.org", "example", "test", "invalid", "localhost"];

/// What is wrong with a web address that is to be published, if it is a placeholder or not safe.
pub(super) fn of_address(address: &str) -> Option<Message> {
    let uri = Uri::parse(address).ok()?;
    let host = uri.authority()?.host().to_lowercase();
    if is_placeholder(&host) {
        return Some(message!(
            "{address} is a placeholder: nobody can reach it; put your own address",
            address
        ));
    }
    let is_plain = uri.scheme().as_str().eq_ignore_ascii_case("http");
    is_plain.then(|| {
        message!(
            "{address} is not encrypted; Apple and the podcast namespace ask for https:",
            address
        )
    })
}

/// What is wrong with the address of somebody, if it is a placeholder.
pub(super) fn of_email(address: &str) -> Option<Message> {
    let (_, host) = address.rsplit_once('@')?;
    is_placeholder(&host.to_lowercase()).then(|| {
        message!(
            "{address} is a placeholder: directories write to it; put an address that you read",
            address
        )
    })
}

fn is_placeholder(host: &str) -> bool {
    let number = host.trim_start_matches('[').trim_end_matches(']').parse();
    match number {
        Ok(IpAddr::V4(own)) => own.is_loopback() || own.is_private() || own.is_unspecified(),
        Ok(IpAddr::V6(own)) => own.is_loopback() || own.is_unspecified(),
        Err(_) => RESERVED.iter().any(|name| {
            host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_nobody_are_known() {
        for (address, part) in [
            ("https://example.org/podcast/", "placeholder"),
            ("https://www.EXAMPLE.com/", "placeholder"),
            ("http://localhost:8000/", "placeholder"),
            ("https://127.0.0.1/", "placeholder"),
            ("https://192.168.1.4/", "placeholder"),
            ("https://[::1]/", "placeholder"),
            ("https://tin.test/", "placeholder"),
            ("http://vnexpress.net/", "not encrypted"),
        ] {
            assert!(
                of_address(address).is_some_and(|found| found.to_string().contains(part)),
                "{address}"
            );
        }
        for address in ["https://vnexpress.net/", "https://myexample.org/", "https://contest/"] {
            assert_eq!(of_address(address), None, "{address}");
        }
        assert!(of_email("podcast@example.org").is_some());
        assert_eq!(of_email("podcast@vnexpress.net"), None);
    }
}
