//! The queue in NATS JetStream: a stream of units that is a work queue, with one consumer that all workers
//! share, and a stream of dead letters.

use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::consumer::{self, AckPolicy, PullConsumer};
use async_nats::jetstream::context::PublishErrorKind;
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::{self, DiscardPolicy, RetentionPolicy, Stream};
use async_nats::jetstream::{self, AckKind, ErrorCode, Message};
use tokio::runtime::Runtime;
use tokio_stream::StreamExt;

use super::queue::{Counts, DeadLetter, Delivery, Queue, Submitted};
use crate::model::address::without_passwords;
use crate::model::error::{Error, Hint};

/// How long an answer of the server may take.
const TIME: Duration = Duration::from_secs(10);

/// For how long a unit is known by its key after it was submitted.
const KNOWN: Duration = Duration::from_secs(3600);

/// So many more deliveries than a unit is worked on are there for making it a dead letter.
const TO_BURY: i64 = 10;

/// What is left of a message for its head, in bytes.
const HEAD: usize = 16 << 10;

/// The longest reason in the head of a dead letter, in bytes.
const REASON: usize = 2000;

/// How often it is said that a unit is over, while the server does not answer.
const ACK_TRIES: usize = 6;

/// The fields in the head of a dead letter.
const FIELDS: [&str; 4] = ["Docbao-Key", "Docbao-Name", "Docbao-Reason", "Docbao-Times"];

/// Which queue it is, and what holds for it once it is made.
#[derive(Debug, Clone)]
pub struct NatsSettings {
    /// The address of a server, or several separated by commas: `nats://127.0.0.1:4222`.
    pub server: String,
    /// The name of the queue: the streams are called `NAME` and `NAME-dead`.
    pub name: String,
    /// How many units there are at most in the queue; more are not taken until some are done.
    pub most_waiting: u64,
    /// How many units workers may have at once, all together.
    pub most_working: u64,
    /// How long a worker may be silent before its unit is delivered to another.
    pub patience: Duration,
    /// How often a unit is delivered before it becomes a dead letter.
    pub deliveries: u64,
    /// Whether it is made if it is not there.
    pub is_made: bool,
}

/// A queue in NATS JetStream.
pub struct Nats {
    runtime: Runtime,
    context: jetstream::Context,
    work: Stream,
    dead: Stream,
    consumer: PullConsumer,
    server: String,
    subject: String,
    dead_subject: String,
    largest: usize,
}

impl Nats {
    /// Connects. A queue that is there stays as it is.
    ///
    /// # Errors
    /// Of kind `Program` if there is no server, or one without JetStream, or no queue where none is made;
    /// of kind `Request` if the name cannot be that of a queue.
    pub fn open(settings: &NatsSettings) -> Result<Nats, Error> {
        let NatsSettings { name, .. } = settings;
        if name.is_empty()
            || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        {
            let reason =
                format!("{name:?} is no name of a queue: letters of English, digits, _ and -");
            return Err(Error::request(reason));
        }
        let server = without_passwords(&settings.server).into_owned();
        let failed = |reason: String| Error::program(&server, reason);
        let runtime = Runtime::new().map_err(|cause| failed(cause.to_string()))?;
        let (subject, dead_subject) = (format!("{name}.work"), format!("{name}.dead"));
        let opened = runtime.block_on(async {
            let servers: Vec<&str> = settings.server.split(',').map(str::trim).collect();
            let options = async_nats::ConnectOptions::new().name("docbao").connection_timeout(TIME);
            let client = options.connect(servers).await.map_err(|error| error.to_string())?;
            let largest = client.server_info().max_payload.saturating_sub(HEAD);
            let mut context = jetstream::new(client);
            context.set_timeout(TIME);
            let whole =
                |error: &dyn std::fmt::Display| format!("the queue cannot be made: {error}");
            let work = stream::Config {
                name: name.clone(),
                subjects: vec![subject.clone()],
                retention: RetentionPolicy::WorkQueue,
                discard: DiscardPolicy::New,
                max_messages: i64::try_from(settings.most_waiting).unwrap_or(i64::MAX),
                duplicate_window: KNOWN,
                ..stream::Config::default()
            };
            let dead = stream::Config {
                name: format!("{name}-dead"),
                subjects: vec![dead_subject.clone()],
                duplicate_window: KNOWN,
                ..stream::Config::default()
            };
            if !settings.is_made && context.get_stream(name).await.is_err() {
                return Ok(None);
            }
            let work = context.get_or_create_stream(work).await.map_err(|error| whole(&error))?;
            let dead = context.get_or_create_stream(dead).await.map_err(|error| whole(&error))?;
            let workers = consumer::pull::Config {
                durable_name: Some("workers".to_owned()),
                ack_policy: AckPolicy::Explicit,
                ack_wait: settings.patience,
                max_deliver: i64::try_from(settings.deliveries).unwrap_or(i64::MAX / 2) + TO_BURY,
                max_ack_pending: i64::try_from(settings.most_working).unwrap_or(i64::MAX),
                ..consumer::pull::Config::default()
            };
            let consumer = work.get_or_create_consumer("workers", workers).await;
            let consumer = consumer.map_err(|error| whole(&error))?;
            Ok(Some((context, work, dead, consumer, largest)))
        });
        let missing = || {
            let hint = Hint::run(&["farm", "submit"], "to make it");
            failed(format!("there is no queue {name}")).with_hint(hint)
        };
        let (context, work, dead, consumer, largest) =
            opened.map_err(failed)?.ok_or_else(missing)?;
        Ok(Nats { runtime, context, work, dead, consumer, server, subject, dead_subject, largest })
    }

    fn failed(&self, error: impl std::fmt::Display) -> Error {
        Error::program(&self.server, error.to_string())
    }

    fn publish(&self, subject: &str, message: PublishMessage) -> Result<Submitted, Error> {
        let published = self.runtime.block_on(async {
            let sent = self.context.send_publish(subject.to_owned(), message).await?;
            sent.await
        });
        match published {
            Ok(ack) if ack.duplicate => Ok(Submitted::Known),
            Ok(_) => Ok(Submitted::New),
            Err(error) if is_full(&error) => Ok(Submitted::Full),
            Err(error) => Err(self.failed(error)),
        }
    }
}

/// Whether a stream takes nothing because it holds as much as it may.
fn is_full(error: &jetstream::context::PublishError) -> bool {
    let PublishErrorKind::Other = error.kind() else { return false };
    let cause = std::error::Error::source(error).and_then(|cause| {
        cause.downcast_ref::<jetstream::Error>().map(jetstream::Error::error_code)
    });
    cause == Some(ErrorCode::STREAM_STORE_FAILED)
}

impl Queue for Nats {
    fn submit(&self, key: &str, unit: &[u8]) -> Result<Submitted, Error> {
        if unit.len() > self.largest {
            return Err(Error::request(format!(
                "the article takes {} bytes in the queue, which has room for {}: raise `max_payload` of \
                 the NATS server, or narrate it by itself",
                unit.len(),
                self.largest
            )));
        }
        let message = PublishMessage::build().payload(unit.to_vec().into()).message_id(key);
        self.publish(&self.subject, message)
    }

    fn take(&self, wait: Duration) -> Result<Option<Box<dyn Delivery + '_>>, Error> {
        let next = self.runtime.block_on(async {
            let fetched = self.consumer.fetch().max_messages(1).expires(wait).messages().await;
            let mut messages = fetched.map_err(|error| error.to_string())?;
            // A server that is gone says nothing.
            match tokio::time::timeout(wait + TIME, messages.next()).await {
                Ok(Some(message)) => message.map(Some).map_err(|error| error.to_string()),
                Ok(None) => Ok(None),
                Err(_) => Err("it does not answer".to_owned()),
            }
        });
        let Some(message) = next.map_err(|reason| self.failed(reason))? else { return Ok(None) };
        let info = message.info().map_err(|error| self.failed(error))?;
        let times = u64::try_from(info.delivered).unwrap_or(1);
        let number = info.stream_sequence;
        Ok(Some(Box::new(Taken { queue: self, message, times, number })))
    }

    fn patience(&self) -> Duration {
        self.consumer.cached_info().config.ack_wait
    }

    fn counts(&self) -> Result<Counts, Error> {
        let told = self.runtime.block_on(async {
            let work = self.work.get_info().await.map_err(|error| error.to_string())?;
            let dead = self.dead.get_info().await.map_err(|error| error.to_string())?;
            let workers = self.work.consumer_info("workers").await;
            Ok((work.state, dead.state, workers.map_err(|error| error.to_string())?))
        });
        let (work, dead, workers) = told.map_err(|reason: String| self.failed(reason))?;
        let working = (workers.num_ack_pending as u64).min(work.messages);
        Ok(Counts {
            waiting: work.messages - working,
            working,
            over: work.last_sequence.saturating_sub(work.messages),
            dead: dead.messages,
        })
    }

    fn dead(&self, most: usize) -> Result<Vec<DeadLetter>, Error> {
        self.runtime.block_on(async {
            let info = self.dead.get_info().await.map_err(|error| self.failed(error))?;
            let (mut letters, mut next) = (Vec::new(), info.state.first_sequence);
            while letters.len() < most
                && next <= info.state.last_sequence
                && info.state.messages > 0
            {
                let asked = self.dead.raw_message_builder().sequence(next);
                let message = asked.next_by_subject(self.dead_subject.clone()).send().await;
                let message = message.map_err(|error| self.failed(error))?;
                let field = |name: &str| {
                    message
                        .headers
                        .get(name)
                        .map_or(String::new(), |value| value.as_str().to_owned())
                };
                let [key, name, reason, times] = FIELDS.map(field);
                next = message.sequence + 1;
                letters.push(DeadLetter {
                    number: message.sequence,
                    key,
                    name,
                    reason,
                    times: times.parse().unwrap_or_default(),
                    unit: message.payload.to_vec(),
                });
            }
            Ok(letters)
        })
    }

    fn resubmit(&self, letter: &DeadLetter) -> Result<Submitted, Error> {
        let id = format!("{}.{}", letter.key, letter.number);
        let submitted = self.submit(&id, &letter.unit)?;
        if submitted != Submitted::Full {
            let removed = self.runtime.block_on(self.dead.delete_message(letter.number));
            removed.map_err(|error| self.failed(error))?;
        }
        Ok(submitted)
    }
}

/// A unit that was taken.
struct Taken<'a> {
    queue: &'a Nats,
    message: Message,
    times: u64,
    /// Its number in the stream.
    number: u64,
}

impl Delivery for Taken<'_> {
    fn unit(&self) -> &[u8] {
        &self.message.payload
    }

    fn times(&self) -> u64 {
        self.times
    }

    fn beat(&self) -> Result<(), Error> {
        let beat = self.queue.runtime.block_on(self.message.ack_with(AckKind::Progress));
        beat.map_err(|error| self.queue.failed(error))
    }

    fn done(&self) -> Result<(), Error> {
        let mut last = String::new();
        for _ in 0..ACK_TRIES {
            match self.queue.runtime.block_on(self.message.double_ack()) {
                Ok(()) => return Ok(()),
                Err(error) => last = error.to_string(),
            }
        }
        Err(self.queue.failed(last))
    }

    fn give_back(&self, after: Duration) -> Result<(), Error> {
        let after = Some(after).filter(|after| !after.is_zero());
        let given = self.queue.runtime.block_on(async {
            self.message.ack_with(AckKind::Nak(after)).await.map_err(|error| error.to_string())?;
            // Before the program ends.
            self.queue.context.client().flush().await.map_err(|error| error.to_string())
        });
        given.map_err(|error| self.queue.failed(error))
    }

    fn bury(&self, key: &str, name: &str, reason: &str) -> Result<(), Error> {
        let mut fields = HeaderMap::new();
        for (field, value) in FIELDS.into_iter().zip([key, name, reason, &self.times.to_string()]) {
            fields.insert(field, line(value).as_str());
        }
        // Another delivery of the same letter is none.
        let id = format!("{key}.{}", self.number);
        let message = PublishMessage::build().payload(self.message.payload.clone());
        self.queue.publish(&self.queue.dead_subject, message.headers(fields).message_id(id))?;
        self.done()
    }
}

/// A text as the value of a field: one line, of a bounded length.
fn line(text: &str) -> String {
    let mut line = text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ");
    line.truncate(line.floor_char_boundary(REASON));
    line
}
