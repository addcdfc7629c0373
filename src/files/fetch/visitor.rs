//! One visit to the web: requests that share a time, follow redirects one by one, and reach only what
//! may be reached.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::http::{Response, StatusCode, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use super::address::Address;
use super::connection;
use super::guard::{self, Forbidden, Guard};
use super::limits::Limits;
use crate::model::message::{Message, message};

/// What this program calls itself.
const USER_AGENT: &str =
    concat!("docbao/", env!("CARGO_PKG_VERSION"), " (reads articles aloud for one listener)");

/// What it asks for, the best first.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/epub+zip;q=0.9, \
                      text/plain;q=0.9, text/markdown;q=0.9, */*;q=0.5";

/// How long is waited for a host to be found, and for a connection to it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why something is not fetched.
#[derive(Debug)]
pub(super) struct Fault {
    /// The reason, as a person reads it.
    pub reason: Message,
    /// Whether it would be fetched if private addresses were allowed.
    pub is_private: bool,
}

impl From<Message> for Fault {
    fn from(reason: Message) -> Fault {
        Fault { reason, is_private: false }
    }
}

/// What a server sends, before its bytes.
pub(super) struct Answer {
    /// Where it is, after all redirects.
    pub address: Address,
    pub response: Response<Body>,
}

impl Answer {
    /// A header, if it is text.
    pub(super) fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }
}

/// Makes the requests of one visit.
pub(super) struct Visitor {
    agent: Agent,
    limits: Limits,
    end: Instant,
}

impl Visitor {
    /// A visit that begins now.
    pub(super) fn new(limits: &Limits) -> Result<Visitor, Message> {
        let config = connection::config()?
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            // Each is looked at before it is followed.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_resolve(Some(PATIENCE))
            .timeout_connect(Some(PATIENCE))
            .build();
        let proxy = config.proxy().map(|proxy| proxy.uri().clone());
        let guard = Guard::new(limits.private_addresses, proxy);
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        Ok(Visitor { agent, limits: limits.clone(), end: Instant::now() + limits.time })
    }

    /// Asks for what is at an address, or where that is sent on to. Before every request, `may` says
    /// whether the address may be asked for.
    pub(super) fn visit(
        &self,
        address: &Address,
        may: &dyn Fn(&Address) -> Result<(), Fault>,
    ) -> Result<Answer, Fault> {
        let mut at = address.clone();
        for _ in 0..=connection::MOST_REDIRECTS {
            let asked = self.check(&at).and_then(|()| may(&at)).and_then(|()| self.ask(&at));
            let response = asked.map_err(|fault| match at == *address {
                true => fault,
                false => Fault {
                    reason: message!(
                        "it is sent on to {at}: {reason}",
                        at = at.as_str(),
                        reason = fault.reason
                    ),
                    ..fault
                },
            })?;
            let answer = Answer { address: at, response };
            match next(&answer)? {
                Some(next) => at = next,
                None => return Ok(answer),
            }
        }
        Err(connection::too_many_redirects().into())
    }

    /// The bytes of an answer, up to one more than `most`.
    pub(super) fn bytes(&self, answer: Answer, most: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let body = answer.response.into_body().into_reader();
        match body.take(most.saturating_add(1)).read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(self.fault(error.into())),
        }
    }

    /// Whether this machine may be asked at all.
    fn check(&self, at: &Address) -> Result<(), Fault> {
        match guard::refusal(at.host()).filter(|_| !self.limits.private_addresses) {
            Some(reason) => Err(private(&reason)),
            None => Ok(()),
        }
    }

    fn ask(&self, at: &Address) -> Result<Response<Body>, Fault> {
        let left = self.end.saturating_duration_since(Instant::now());
        let request = self.agent.get(at.as_str()).config().timeout_global(Some(left)).build();
        request.call().map_err(|error| self.fault(error))
    }

    fn fault(&self, error: ureq::Error) -> Fault {
        if let ureq::Error::Other(cause) = &error
            && let Some(forbidden) = cause.downcast_ref::<Forbidden>()
        {
            return private(&forbidden.0);
        }
        let waited = match &error {
            ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
                message!(
                    "there was no connection for {seconds} seconds",
                    seconds = PATIENCE.as_secs()
                )
            }
            _ => message!(
                "it was not there after {seconds} seconds",
                seconds = self.limits.time.as_secs_f32()
            ),
        };
        connection::describe(error, self.agent.config().proxy(), &waited).into()
    }
}

fn private(reason: &Message) -> Fault {
    let reason =
        message!("{reason}, and articles are fetched from the public network only", reason);
    Fault { reason, is_private: true }
}

/// Where an answer is sent on to, if it is. What was encrypted stays so.
fn next(answer: &Answer) -> Result<Option<Address>, Fault> {
    let is_redirect = matches!(
        answer.response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let Some(to) = answer.header(header::LOCATION).filter(|_| is_redirect) else {
        return Ok(None);
    };
    let next = answer.address.join(to)?;
    if answer.address.is_encrypted() && !next.is_encrypted() {
        return Err(connection::not_encrypted(next.as_str()).into());
    }
    Ok(Some(next))
}
