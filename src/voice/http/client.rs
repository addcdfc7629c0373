//! Asks a server for speech, and again where that may help.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::address::VoiceAddress;
use super::places::Places;
use super::sound::{self, Sound};
use crate::files::{Call, CallFault, Reply, Services, pause};
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::phrase::Dialect;
use crate::model::shown::shown;
use crate::voice::means::HttpBounds;

/// The environment variable with the token that servers are given.
pub(super) const TOKEN: &str = "DOCBAO_VOICE_TOKEN";

/// How often an utterance is asked for at most.
const MOST_TRIES: u32 = 5;

/// The most bytes of an answer: three minutes of the largest samples.
const MOST_BYTES: u64 = 64 << 20;

/// The most characters that are told of what a server says.
const MOST_SAID: usize = 200;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub text: &'a str,
    /// How many times as fast as the voice's own speed.
    pub speed: f64,
    /// Whose Vietnamese, if that was asked for.
    pub dialect: Option<Dialect>,
}

/// A server and a voice of it.
pub(super) struct Client {
    services: Services,
    address: VoiceAddress,
    token: Option<String>,
    bounds: HttpBounds,
    places: Places,
    /// Whether bare samples are asked for, because the server has no WAV.
    is_bare: AtomicBool,
}

/// Why there is no sound.
struct Trouble {
    reason: Message,
    /// Whether it may go better soon.
    may_pass: bool,
    /// How long the server asks to wait.
    wait: Option<Duration>,
    hint: Option<Box<Hint>>,
}

impl Trouble {
    fn new(reason: impl Into<Message>, may_pass: bool) -> Trouble {
        Trouble { reason: reason.into(), may_pass, wait: None, hint: None }
    }

    fn with_hint(self, hint: Hint) -> Trouble {
        Trouble { hint: Some(Box::new(hint)), ..self }
    }
}

impl Client {
    /// For a voice of a server. Nothing is asked yet.
    ///
    /// # Errors
    /// Of kind `Voice` if the environment names a proxy, certificates or a token that cannot be used.
    pub(super) fn new(address: VoiceAddress, bounds: HttpBounds) -> Result<Client, Error> {
        let wrong = |reason: Message| {
            Error::voice(message!("{server}: {reason}", server = address.base, reason))
        };
        let token = match std::env::var(TOKEN) {
            Ok(token) => token.trim().to_owned(),
            Err(std::env::VarError::NotPresent) => String::new(),
            Err(_) => return Err(wrong(message!("{token} is no text", token = TOKEN))),
        };
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(wrong(message!(
                "{token} is no token: it has spaces or signs beyond ASCII",
                token = TOKEN
            )));
        }
        let services = Services::new().map_err(wrong)?;
        let (token, places) = (Some(token).filter(|t| !t.is_empty()), Places::new(bounds.requests));
        Ok(Client { services, address, token, bounds, places, is_bare: AtomicBool::new(false) })
    }

    /// Whether its token goes over the network for all to read.
    pub(super) fn shows_token(&self) -> bool {
        self.token.is_some() && !self.address.is_private()
    }

    /// Where it asks, and for whom.
    pub(super) fn address(&self) -> &VoiceAddress {
        &self.address
    }

    /// What the server speaks.
    ///
    /// # Errors
    /// Of kind `Voice` if it gives no sound, however often it is asked.
    pub(super) fn speak(&self, asked: Asked<'_>) -> Result<Sound, Error> {
        let begun = Instant::now();
        let mut tries = 0;
        loop {
            tries += 1;
            let trouble = match self.ask(asked) {
                Ok(sound) => return Ok(sound),
                Err(trouble) => trouble,
            };
            let wait = pause(tries).max(trouble.wait.unwrap_or_default());
            let has_time = begun.elapsed() + wait < self.bounds.time;
            if !trouble.may_pass || tries == MOST_TRIES || !has_time {
                return Err(self.error(trouble, tries));
            }
            thread::sleep(wait);
        }
    }

    fn error(&self, trouble: Trouble, tries: u32) -> Error {
        let VoiceAddress { base, voice, .. } = &self.address;
        let Trouble { reason, may_pass, wait, hint } = trouble;
        let mut reason = reason;
        if let Some(wait) = wait {
            let seconds = wait.as_secs();
            reason = message!("{reason}, and asks to wait for {seconds} seconds", reason, seconds);
        }
        if may_pass {
            reason = message!("{reason} (asked {tries} times)", reason, tries);
        }
        let message =
            message!("voice {voice} of {base}: {reason}", voice = shown(voice), base, reason);
        let error = Error::voice(message.map(&|text| self.without_token(text)));
        match hint {
            Some(hint) => error.with_hint(*hint),
            None => error,
        }
    }

    /// A text in which the token is not, for some servers say what they were given.
    fn without_token(&self, text: &str) -> String {
        match &self.token {
            Some(token) => text.replace(token.as_str(), "…"),
            None => text.to_owned(),
        }
    }

    fn ask(&self, asked: Asked<'_>) -> Result<Sound, Trouble> {
        let is_bare = self.is_bare.load(Ordering::Relaxed);
        let body = self.body(asked, is_bare).to_string();
        let bearer = self.token.as_ref().map(|token| format!("Bearer {token}"));
        let mut headers =
            vec![("content-type", "application/json"), ("accept", "audio/*, */*;q=0.5")];
        headers.extend(bearer.as_ref().map(|bearer| ("authorization", bearer.as_str())));
        let call = Call {
            method: "POST",
            url: &self.address.speech,
            headers: &headers,
            body: body.as_bytes(),
            time: self.bounds.time,
            most: MOST_BYTES,
        };
        let reply = {
            let _place = self.places.take();
            self.services.call(&call)
        };
        let reply = reply.map_err(|fault| self.failed(fault))?;
        if reply.status != 200 {
            return Err(self.refused(&reply, is_bare));
        }
        let said = said(&reply);
        sound::decoded(reply, is_bare).map_err(|fault| match fault.is_other {
            true => Trouble::new(
                message!(
                    "{reason}{said}; is this the address of speech?",
                    reason = fault.reason,
                    said
                ),
                false,
            ),
            false => Trouble::new(fault.reason, true),
        })
    }

    fn body(&self, asked: Asked<'_>, is_bare: bool) -> Value {
        let mut body = json!({
            "model": self.address.model,
            "input": asked.text,
            "voice": self.address.voice,
            "response_format": if is_bare { "pcm" } else { "wav" },
        });
        if asked.speed != 1.0 {
            body["speed"] = json!(asked.speed);
        }
        if let Some(dialect) = asked.dialect {
            body["dialect"] = json!(dialect.name());
        }
        body
    }

    fn failed(&self, fault: CallFault) -> Trouble {
        match fault {
            CallFault::Broken(reason) => Trouble::new(
                message!("{reason}; does the server run, and at this address?", reason),
                true,
            ),
            CallFault::Late => {
                let seconds = self.bounds.time.as_secs();
                Trouble::new(
                    message!("there was no whole answer after {seconds} seconds", seconds),
                    true,
                )
                .with_hint(Hint::give("voice_timeout", "to wait longer"))
            }
            CallFault::TooLong => {
                let most = MOST_BYTES >> 20;
                Trouble::new(message!("its answer is longer than {most} MiB", most), false)
            }
            CallFault::Wrong(reason) => Trouble::new(reason, false),
        }
    }

    /// What an answer without sound means.
    fn refused(&self, reply: &Reply, is_bare: bool) -> Trouble {
        let said = said(reply);
        let answer = message!("it answers with status {status}{said}", status = reply.status, said);
        let is_about_format = ["response_format", "wav"].iter().any(|word| said.contains(word));
        if !is_bare && matches!(reply.status, 400 | 415 | 422 | 501) && is_about_format {
            self.is_bare.store(true, Ordering::Relaxed);
            return Trouble::new(answer, true);
        }
        match reply.status {
            300..=399 => {
                let to = reply.location.as_deref().map_or(String::new(), |to| {
                    format!(" to {}", shown(&to.chars().take(MOST_SAID).collect::<String>()))
                });
                Trouble::new(
                    message!(
                        "it sends on{to}, which is not followed; if you trust that address, name it \
                         instead (status {status})",
                        to,
                        status = reply.status
                    ),
                    false,
                )
            }
            401 | 403 => {
                let way = match self.token {
                    Some(_) => message!("is the token in {token} right?", token = TOKEN),
                    None => message!("if it wants a token, put it into {token}", token = TOKEN),
                };
                Trouble::new(message!("{answer}; {way}", answer, way), false)
            }
            404 | 405 => Trouble::new(
                message!(
                    "{answer}; the address is what comes before /audio/speech, commonly \
                     http://HOST:PORT/v1",
                    answer
                ),
                false,
            ),
            429 => Trouble { wait: reply.retry_after, ..Trouble::new(answer, true) }
                .with_hint(Hint::set("voice_requests", "1", "to ask it less at once")),
            408 | 425 | 500 | 502 | 503 | 504 => {
                Trouble { wait: reply.retry_after, ..Trouble::new(answer, true) }
            }
            _ => Trouble::new(answer, false),
        }
    }
}

/// What a server says of a fault, as words that follow: its message, in one line.
fn said(reply: &Reply) -> String {
    let text = String::from_utf8_lossy(&reply.body[..reply.body.len().min(1 << 16)]);
    let message = match serde_json::from_slice::<Value>(&reply.body) {
        Ok(value) => message(&value).unwrap_or_else(|| text.clone().into_owned()),
        Err(_) => text.into_owned(),
    };
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = shown(&line).chars().take(MOST_SAID).collect();
    if short.len() < line.len() && line.chars().count() > MOST_SAID {
        short.push('…');
    }
    if short.is_empty() { short } else { format!(": {short}") }
}

/// The message in the JSON of an error, as OpenAI (`error.message`), FastAPI (`detail`) and others have it.
fn message(value: &Value) -> Option<String> {
    let places =
        ["/error/message", "/detail/message", "/detail/0/msg", "/detail", "/message", "/error"];
    let found = places.iter().filter_map(|place| value.pointer(place));
    found.filter_map(Value::as_str).map(str::to_owned).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_of_a_server_is_one_short_line() {
        let told = |body: &str| {
            let (content_type, body) = (String::new(), body.as_bytes().to_vec());
            said(&Reply { status: 500, content_type, location: None, retry_after: None, body })
        };
        assert_eq!(told(r#"{"error": {"message": "no\n voice"}}"#), ": no voice");
        assert_eq!(told(r#"{"detail": "Not Found"}"#), ": Not Found");
        assert_eq!(
            told(r#"{"detail": [{"msg": "field required", "loc": []}]}"#),
            ": field required"
        );
        assert_eq!(told(r#"{"a": 1}"#), r#": {"a": 1}"#);
        assert_eq!(told("bad \u{1b}[31mgateway"), ": bad \u{fffd}[31mgateway");
        assert_eq!(told(""), "");
        let long = told(&"á ".repeat(5000));
        assert!(long.ends_with('…') && long.chars().count() == MOST_SAID + 3, "{long}");
    }
}
