//! What all requests have in common: the proxy, the certificates, and the words for what goes wrong.

use std::env;

use ureq::config::ConfigBuilder;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::typestate::AgentScope;
use ureq::{Agent, Proxy};

use crate::files::bounded;
use crate::model::message::{Message, message};

/// How often a request is sent on to another address.
pub(super) const MOST_REDIRECTS: u32 = 5;

/// A file of certificates to trust in place of the built-in ones, as OpenSSL's programs take it.
const CERTIFICATES: &str = "SSL_CERT_FILE";

/// Where a proxy may be named, in the order in which they are used.
const PROXIES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// The start of every configuration: the proxy and the certificates that the environment names.
/// Statuses are no errors, and a connection is used once: a server may have closed it meanwhile.
pub(super) fn config() -> Result<ConfigBuilder<AgentScope>, Message> {
    let mut tls = TlsConfig::builder();
    if let Some(roots) = certificates()? {
        tls = tls.root_certs(roots);
    }
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_idle_connections(0)
        .proxy(proxy()?)
        .tls_config(tls.build());
    Ok(config)
}

/// What went wrong between two machines, as a person reads it. `waited` says how long was waited.
pub(super) fn describe(error: ureq::Error, proxy: Option<&Proxy>, waited: &Message) -> Message {
    let reason = match error {
        ureq::Error::HostNotFound => "the host is not found".into(),
        ureq::Error::Timeout(_) => waited.clone(),
        ureq::Error::TooManyRedirects => too_many_redirects(),
        ureq::Error::RequireHttpsOnly(url) => not_encrypted(&url),
        ureq::Error::ConnectProxyFailed(reason) => {
            message!("the proxy refuses it: {reason}", reason)
        }
        ureq::Error::BadUri(_) => "this is no address of a file".into(),
        ureq::Error::Io(cause) => {
            if cause.to_string().contains("invalid peer certificate") {
                message!(
                    "{cause}; if your network has certificates of its own, name their file in \
                     SSL_CERT_FILE",
                    cause
                )
            } else {
                Message::from(&cause)
            }
        }
        ureq::Error::Other(cause) => cause.to_string().into(),
        other => other.to_string().into(),
    };
    match proxy {
        Some(proxy) => message!(
            "{reason} (through the proxy {host}:{port})",
            reason,
            host = proxy.host(),
            port = proxy.port()
        ),
        None => reason,
    }
}

/// The reason against more redirects.
pub(super) fn too_many_redirects() -> Message {
    message!("it is sent on to another address more than {most} times", most = MOST_REDIRECTS)
}

/// The reason against a redirect from an encrypted address to one that is not.
pub(super) fn not_encrypted(url: &str) -> Message {
    message!("it is sent on to {url}, where it would not be encrypted", url)
}

/// The proxy that the environment names. One that cannot be understood is an error, not passed over.
fn proxy() -> Result<Option<Proxy>, Message> {
    for name in PROXIES {
        if let Some(value) = env::var_os(name).filter(|value| !value.is_empty()) {
            let understood = value.to_str().is_some_and(|value| Proxy::new(value).is_ok());
            if !understood {
                return Err(message!(
                    "the environment's {name} is no address of a proxy: write it as \
                     http://HOST:PORT or socks5://HOST:PORT",
                    name
                ));
            }
        }
    }
    Ok(Proxy::try_from_env())
}

/// The certificates that the environment names.
fn certificates() -> Result<Option<RootCerts>, Message> {
    let Some(path) = env::var_os(CERTIFICATES).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let wrong = |reason: String| format!("{CERTIFICATES}, {}: {reason}", path.display());
    let text =
        bounded::read(path.as_ref(), bounded::LISTS).map_err(|error| wrong(error.to_string()))?;
    let certificates: Vec<_> = parse_pem(&text)
        .filter_map(Result::ok)
        .filter_map(|item| match item {
            PemItem::Certificate(certificate) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        return Err(wrong("there is no certificate in it".to_owned()).into());
    }
    Ok(Some(RootCerts::new_with_certs(&certificates)))
}
