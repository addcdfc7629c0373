//! A bucket of a store of objects that has the interface of Amazon's S3.

use std::thread;
use std::time::Duration;

use rusty_s3::actions::{GetObject, HeadObject, PutObject};
use rusty_s3::{Credentials, S3Action, UrlStyle};

use crate::files::{Call, CallFault, Reply, Services, pause};
use crate::model::error::Error;
use crate::model::shown::shown;

/// How a bucket is named: `s3://BUCKET/PREFIX`.
pub(super) const SCHEME: &str = "s3://";

/// How long a signature is valid, and how long a request may take.
const TIME: Duration = Duration::from_secs(600);

/// How often a request is made at most.
const MOST_TRIES: u32 = 6;

/// The largest object that is read back, in bytes.
const LARGEST: u64 = 1 << 30;

/// A bucket, and the prefix of the names in it.
pub struct Bucket {
    services: Services,
    bucket: rusty_s3::Bucket,
    credentials: Credentials,
    prefix: String,
}

impl Bucket {
    /// The bucket in `BUCKET/PREFIX`, where the environment says: `AWS_ENDPOINT_URL` (Amazon's own if it is
    /// not there), `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
    ///
    /// # Errors
    /// Of kind `Request` if something of that is missing or wrong.
    pub(super) fn open(place: &str) -> Result<Bucket, Error> {
        let wrong = |reason: &str| Error::request(format!("{SCHEME}{place}: {reason}"));
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        let prefix = match prefix.trim_end_matches('/') {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        };
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let credentials = Credentials::from_env().ok_or_else(|| {
            wrong("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
        })?;
        let region = set("AWS_REGION").unwrap_or_else(|| "us-east-1".to_owned());
        let (endpoint, style) = match set("AWS_ENDPOINT_URL") {
            Some(endpoint) => (endpoint, UrlStyle::Path),
            None => (format!("https://s3.{region}.amazonaws.com"), UrlStyle::VirtualHost),
        };
        let endpoint = endpoint.parse().map_err(|_| wrong("AWS_ENDPOINT_URL is no address"))?;
        let bucket = rusty_s3::Bucket::new(endpoint, style, name.to_owned(), region)
            .map_err(|error| wrong(&format!("write it as s3://BUCKET/PREFIX ({error})")))?;
        let services = Services::new().map_err(|reason| wrong(&reason.to_string()))?;
        Ok(Bucket { services, bucket, credentials, prefix })
    }

    /// Whether there is an object of this name.
    ///
    /// # Errors
    /// Of kind `Program` if that cannot be found out.
    pub(super) fn has(&self, name: &str) -> Result<bool, Error> {
        let name = format!("{}{name}", self.prefix);
        let action = HeadObject::new(&self.bucket, Some(&self.credentials), &name);
        let reply = self.ask("HEAD", action.sign(TIME).as_str(), &[], &[], &name)?;
        match reply.status {
            200 => Ok(true),
            404 => Ok(false),
            _ => Err(self.refused(&name, &reply)),
        }
    }

    /// Puts an object there, unless it is there already.
    ///
    /// # Errors
    /// Of kind `Program` if the store fails; of kind `Request` if another object has its name.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let full = format!("{}{name}", self.prefix);
        let mut action = PutObject::new(&self.bucket, Some(&self.credentials), &full);
        action.headers_mut().insert("if-none-match", "*");
        let url = action.sign(TIME);
        let reply = self.ask("PUT", url.as_str(), &[("if-none-match", "*")], bytes, &full)?;
        match reply.status {
            200 | 201 | 204 => Ok(()),
            // Somebody else puts it there right now, or it is there.
            409 | 412 if self.get(&full)? == bytes => Ok(()),
            409 | 412 => Err(Error::request(format!(
                "{} has something else under the name {full}, which is not written over: choose another \
                 prefix, or remove it",
                self.bucket.name()
            ))),
            _ => Err(self.refused(&full, &reply)),
        }
    }

    fn get(&self, name: &str) -> Result<Vec<u8>, Error> {
        let action = GetObject::new(&self.bucket, Some(&self.credentials), name);
        let reply = self.ask("GET", action.sign(TIME).as_str(), &[], &[], name)?;
        match reply.status {
            200 => Ok(reply.body),
            _ => Err(self.refused(name, &reply)),
        }
    }

    /// Asks, and again where that may help. The address is signed, so it is in no message.
    fn ask(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &[u8],
        name: &str,
    ) -> Result<Reply, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            let call = Call { method, url, headers, body, time: TIME, most: LARGEST };
            let wait = match self.services.call(&call) {
                Ok(reply)
                    if tries < MOST_TRIES && matches!(reply.status, 429 | 500 | 502..=504) =>
                {
                    reply.retry_after.unwrap_or_default()
                }
                Ok(reply) => return Ok(reply),
                Err(CallFault::Broken(_) | CallFault::Late) if tries < MOST_TRIES => Duration::ZERO,
                Err(fault) => {
                    let reason = match fault {
                        CallFault::Broken(reason) | CallFault::Wrong(reason) => reason,
                        CallFault::Late => "there was no answer".into(),
                        CallFault::TooLong => "the object is too large".into(),
                    };
                    return Err(self.failed(name, &reason.to_string()));
                }
            };
            thread::sleep(wait.min(TIME).max(pause(tries)));
        }
    }

    fn refused(&self, name: &str, reply: &Reply) -> Error {
        let said = String::from_utf8_lossy(&reply.body[..reply.body.len().min(300)]);
        let said = shown(&said).split_whitespace().collect::<Vec<_>>().join(" ");
        self.failed(name, &format!("status {} {said}", reply.status))
    }

    fn failed(&self, name: &str, reason: &str) -> Error {
        Error::program(format!("{SCHEME}{}/{name}", self.bucket.name()), reason)
    }
}
