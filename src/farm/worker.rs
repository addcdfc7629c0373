//! A worker: takes one unit after the other, makes its outputs, and says so.

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::queue::{Delivery, Queue};
use super::store::Store;
use super::unit::Unit;
use crate::files::pause;
use crate::job::{self, Context, Outcome};
use crate::model::error::{Error, ErrorKind};

/// How long is waited for a unit before it is asked whether to go on.
const WAIT: Duration = Duration::from_secs(1);

/// How long a queue may fail before the worker gives up.
const OUTAGE: Duration = Duration::from_secs(600);

/// The longest time after which a unit that failed is delivered again.
const LATEST: Duration = Duration::from_secs(60);

/// Makes the outputs of units.
pub struct Worker<'a> {
    /// The voices and the cache.
    pub context: &'a Context,
    /// Where units come from.
    pub queue: &'a dyn Queue,
    /// Where outputs go.
    pub store: &'a Store,
    /// How often a unit is delivered before it becomes a dead letter.
    pub deliveries: u64,
    /// Whether the work is over when no unit is left, those that others have included.
    pub until_empty: bool,
}

/// What happens while units are worked on, each with the name of its article.
#[derive(Debug)]
pub enum Event<'a> {
    /// Its outputs were made, in so much time.
    Made(&'a str, Duration),
    /// Its outputs were there.
    Known(&'a str),
    /// It failed, and will be delivered again.
    Later(&'a str, &'a Error),
    /// It is a dead letter.
    Dead(&'a str, &'a str),
    /// The queue fails, and is asked again.
    Outage(&'a Error),
}

/// How the work on a unit ended.
enum End {
    Made,
    Known,
    /// It may go better the next time.
    Later(Error),
    /// It will never go.
    Never(String),
    /// The worker is to stop.
    Stopped,
}

impl Worker<'_> {
    /// Works until it is told to stop: `check` gives an error then. What is being worked on is given back
    /// at its next sentence.
    ///
    /// # Errors
    /// What `check` gives, unless that is that the user stopped it; of kind `Program` if the queue fails for
    /// ten minutes.
    pub fn run(
        &self,
        check: &(dyn Fn() -> Result<(), Error> + Sync),
        tell: &mut dyn FnMut(Event),
    ) -> Result<(), Error> {
        let mut outage: Option<(Instant, u32)> = None;
        while check().is_ok() {
            let worked = self.queue.take(WAIT).and_then(|delivery| match delivery {
                Some(delivery) => self.work(&*delivery, check, tell).map(|()| true),
                None => Ok(!self.until_empty || !self.is_empty()?),
            });
            match worked {
                Ok(true) => outage = None,
                Ok(false) => return Ok(()),
                Err(error) => {
                    let (since, tries) = outage.unwrap_or((Instant::now(), 0));
                    if error.kind() != ErrorKind::Program || since.elapsed() > OUTAGE {
                        return Err(error);
                    }
                    tell(Event::Outage(&error));
                    outage = Some((since, tries + 1));
                    thread::sleep(pause(tries + 1).min(WAIT));
                }
            }
        }
        Ok(())
    }

    fn is_empty(&self) -> Result<bool, Error> {
        let counts = self.queue.counts()?;
        Ok(counts.waiting == 0 && counts.working == 0)
    }

    /// Works on a unit, with beats for the queue.
    fn work(
        &self,
        delivery: &dyn Delivery,
        check: &(dyn Fn() -> Result<(), Error> + Sync),
        tell: &mut dyn FnMut(Event),
    ) -> Result<(), Error> {
        let unit = match Unit::read(delivery.unit()) {
            Ok(unit) => unit,
            Err(error) => {
                let reason = error.to_string();
                tell(Event::Dead("?", &reason));
                return delivery.bury("", "?", &reason);
            }
        };
        let (name, begun) = (unit.name(), Instant::now());
        let end = match delivery.times() > self.deliveries {
            true => End::Never(format!(
                "it was delivered {} times, and nobody finished it",
                delivery.times() - 1
            )),
            false => thread::scope(|scope| {
                let (over, is_over) = mpsc::channel::<()>();
                let beat = self.queue.patience() / 3;
                scope.spawn(move || {
                    while is_over.recv_timeout(beat) == Err(RecvTimeoutError::Timeout) {
                        // If the queue fails, another worker may get the unit, which harms nothing.
                        let _ = delivery.beat();
                    }
                });
                let end = self.make(&unit, check);
                drop(over);
                end
            }),
        };
        match end {
            End::Made => {
                delivery.done()?;
                tell(Event::Made(&name, begun.elapsed()));
            }
            End::Known => {
                delivery.done()?;
                tell(Event::Known(&name));
            }
            End::Later(error) if delivery.times() < self.deliveries => {
                let times = delivery.times().min(16) as u32;
                delivery.give_back(Duration::from_secs(1 << times).min(LATEST))?;
                tell(Event::Later(&name, &error));
            }
            End::Later(error) => self.bury(delivery, &unit, &error.to_string(), tell)?,
            End::Never(reason) => self.bury(delivery, &unit, &reason, tell)?,
            End::Stopped => delivery.give_back(Duration::ZERO)?,
        }
        Ok(())
    }

    fn bury(
        &self,
        delivery: &dyn Delivery,
        unit: &Unit,
        reason: &str,
        tell: &mut dyn FnMut(Event),
    ) -> Result<(), Error> {
        let name = unit.name();
        delivery.bury(&unit.key.to_string(), &name, reason)?;
        tell(Event::Dead(&name, reason));
        Ok(())
    }

    /// Makes the outputs of a unit, unless they are there.
    fn make(&self, unit: &Unit, check: &(dyn Fn() -> Result<(), Error> + Sync)) -> End {
        let work = || -> Result<End, Error> {
            if self.store.has(unit)? {
                return Ok(End::Known);
            }
            let request = unit.request(self.store.prepare(unit)?)?;
            let performed = job::perform(self.context, &request, &mut |_| check())?;
            Ok(match performed.outcome {
                Outcome::Refused(findings) => {
                    End::Never(format!("{} readings are doubtful", findings.len()))
                }
                _ => {
                    self.store.keep(unit)?;
                    End::Made
                }
            })
        };
        match panic::catch_unwind(AssertUnwindSafe(work)) {
            Ok(Ok(end)) => end,
            Ok(Err(error)) if check().is_err() && error.is_stop() => End::Stopped,
            Ok(Err(error)) => match error.kind() {
                ErrorKind::Input | ErrorKind::Request | ErrorKind::Table => {
                    End::Never(error.to_string())
                }
                _ => End::Later(error),
            },
            Err(_) => End::Never("the program fails on it".to_owned()),
        }
    }
}
