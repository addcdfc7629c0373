//! Services: programs that are asked over HTTP and answer at once, with bounds on time and size. Nothing is
//! sent on: what an answer points to is not followed, so that a request and what is secret in it reach
//! the host that was named and no other.

use std::io::Read;
use std::time::Duration;

use ureq::http::{Method, Request, header};
use ureq::{Agent, Body};

use super::connection;
use crate::model::message::{Message, message};

/// How long is waited for a host to be found, and for a connection to it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks services.
pub struct Services {
    agent: Agent,
}

/// What is asked of a service.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// `GET`, `POST`, `PUT` or another method of HTTP.
    pub method: &'a str,
    /// The address, `http://` or `https://`.
    pub url: &'a str,
    /// Fields of the head.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
    /// How long all of it may take.
    pub time: Duration,
    /// The most bytes of the answer, counted when they are no longer compressed.
    pub most: u64,
}

/// What a service answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// The field `Content-Type`; empty if there is none.
    pub content_type: String,
    /// The field `Location`, if there is one: where it would send the request on to.
    pub location: Option<String>,
    /// How many seconds it asks to wait, if it says so in whole seconds (RFC 9110, 10.2.3).
    pub retry_after: Option<Duration>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why a service gave no whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallFault {
    /// The connection could not be had or did not hold, for this reason: trying again may help.
    Broken(Message),
    /// It was not there in the time it had: trying again may help.
    Late,
    /// The answer is longer than it may be.
    TooLong,
    /// It cannot be asked so.
    Wrong(Message),
}

impl Services {
    /// Through the proxy and with the certificates that the environment names.
    ///
    /// # Errors
    /// The reason why these cannot be used.
    pub fn new() -> Result<Services, Message> {
        let config = connection::config()?
            .user_agent(concat!("docbao/", env!("CARGO_PKG_VERSION")))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(Some(PATIENCE))
            .timeout_connect(Some(PATIENCE))
            .build();
        Ok(Services { agent: config.new_agent() })
    }

    /// Asks, and waits for the answer, whatever its status is.
    ///
    /// # Errors
    /// If there is no whole answer.
    pub fn call(&self, call: &Call<'_>) -> Result<Reply, CallFault> {
        let wrong = |error: &dyn std::fmt::Display| CallFault::Wrong(error.to_string().into());
        let method = Method::from_bytes(call.method.as_bytes()).map_err(|error| wrong(&error))?;
        let mut request = Request::builder().method(method).uri(call.url);
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        let request = request.body(call.body).map_err(|error| wrong(&error))?;
        let request = self.agent.configure_request(request).timeout_global(Some(call.time)).build();
        let response = self.agent.run(request).map_err(|error| self.fault(error))?;
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let seconds = text(header::RETRY_AFTER).and_then(|text| text.trim().parse().ok());
        let mut reply = Reply {
            status: response.status().as_u16(),
            content_type: text(header::CONTENT_TYPE).unwrap_or_default().to_owned(),
            location: text(header::LOCATION).map(str::to_owned),
            retry_after: seconds.map(Duration::from_secs),
            body: Vec::new(),
        };
        if response.body().content_length().is_some_and(|length| length > call.most) {
            return Err(CallFault::TooLong);
        }
        reply.body = self.bytes(response.into_body(), call.most)?;
        Ok(reply)
    }

    fn bytes(&self, body: Body, most: u64) -> Result<Vec<u8>, CallFault> {
        let mut bytes = Vec::new();
        let read = body.into_reader().take(most.saturating_add(1)).read_to_end(&mut bytes);
        match read {
            Ok(_) if bytes.len() as u64 > most => Err(CallFault::TooLong),
            Ok(_) => Ok(bytes),
            Err(error) => Err(self.fault(error.into())),
        }
    }

    fn fault(&self, error: ureq::Error) -> CallFault {
        match error {
            ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
                let reason = message!(
                    "there was no connection for {seconds} seconds",
                    seconds = PATIENCE.as_secs()
                );
                CallFault::Broken(reason)
            }
            ureq::Error::Timeout(_) => CallFault::Late,
            ureq::Error::BadUri(reason) => CallFault::Wrong(reason.into()),
            ureq::Error::LargeResponseHeader(..) => CallFault::TooLong,
            error => CallFault::Broken(connection::describe(
                error,
                self.agent.config().proxy(),
                &Message::default(),
            )),
        }
    }
}
