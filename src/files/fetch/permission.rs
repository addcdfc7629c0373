//! Whether a host lets a page be fetched: its robots.txt is asked for once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::address::Address;
use super::robots::Robots;
use super::visitor::{Fault, Visitor};
use crate::model::message::{Message, message};

/// So much of a robots.txt is read (RFC 9309, section 2.5).
const LARGEST: u64 = 500 << 10;

/// How long rules hold (RFC 9309, section 2.4), and how long a host without an answer is left alone.
const RULES_HOLD: Duration = Duration::from_secs(24 * 60 * 60);
const SILENCE_HOLDS: Duration = Duration::from_secs(5 * 60);

/// What is known of a host: its rules, or why they cannot be had.
type Known = Result<Robots, Message>;

/// What is known of the hosts that were asked in this run, by the addresses of their robots.txt, and
/// since when.
static HOSTS: Mutex<BTreeMap<String, (Instant, Arc<Known>)>> = Mutex::new(BTreeMap::new());

/// Whether the host of a page lets it be fetched.
///
/// # Errors
/// With the rule that forbids it, or the reason why there is no answer: then it may not be fetched
/// either (RFC 9309, section 2.3.1.4).
pub(super) fn check(visitor: &Visitor, page: &Address) -> Result<(), Fault> {
    let robots = page.robots()?;
    let place = robots.as_str().to_ascii_lowercase();
    let known = match remembered(&place) {
        Some(known) => known,
        None => {
            let known = Arc::new(asked(visitor, &robots)?);
            let mut hosts = HOSTS.lock().unwrap_or_else(PoisonError::into_inner);
            hosts.insert(place, (Instant::now(), Arc::clone(&known)));
            known
        }
    };
    match &*known {
        Ok(rules) => match rules.forbids(&page.path_and_query()) {
            Some(rule) => {
                let place = robots.as_str();
                Err(message!(
                    "its host does not let programs fetch it: {rule} of {place}",
                    rule = Message::from(rule),
                    place
                )
                .into())
            }
            None => Ok(()),
        },
        Err(reason) => Err(message!(
            "{robots} cannot be had, which says whether programs may fetch it: {reason}",
            robots = robots.as_str(),
            reason
        )
        .into()),
    }
}

/// What is known of a host and still holds.
fn remembered(place: &str) -> Option<Arc<Known>> {
    let mut hosts = HOSTS.lock().unwrap_or_else(PoisonError::into_inner);
    hosts.retain(|_, (since, known)| {
        since.elapsed() < if known.is_ok() { RULES_HOLD } else { SILENCE_HOLDS }
    });
    hosts.get(place).map(|(_, known)| Arc::clone(known))
}

/// Asks a host. A host that may not be asked is not known afterwards either.
fn asked(visitor: &Visitor, robots: &Address) -> Result<Known, Fault> {
    let bytes = visitor.visit(robots, &|_| Ok(())).and_then(|answer| {
        let status = answer.response.status();
        if status.is_client_error() {
            return Ok(Vec::new());
        }
        if !status.is_success() {
            return Err(message!("the server says {status}", status = status.to_string()).into());
        }
        visitor.bytes(answer, LARGEST)
    });
    match bytes {
        Ok(bytes) => Ok(Ok(Robots::parse(&String::from_utf8_lossy(&bytes)))),
        Err(fault) if fault.is_private => Err(fault),
        Err(fault) => Ok(Err(fault.reason)),
    }
}
