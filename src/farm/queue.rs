//! What a queue has to offer. Everything else of the farm knows no other of it.

use std::time::Duration;

use serde::Serialize;

use crate::model::error::Error;

/// A queue of units, with a place for those that cannot be done. A unit is delivered until whoever has it
/// says that it is done.
pub trait Queue: Sync {
    /// Puts a unit into the queue, unless one with this key was put there a short while ago.
    ///
    /// # Errors
    /// Of kind `Request` if it is too large for the queue; of kind `Program` if the queue fails.
    fn submit(&self, key: &str, unit: &[u8]) -> Result<Submitted, Error>;

    /// The next unit; `None` if none comes in this time.
    ///
    /// # Errors
    /// Of kind `Program` if the queue fails.
    fn take(&self, wait: Duration) -> Result<Option<Box<dyn Delivery + '_>>, Error>;

    /// How long a unit may be worked on without a beat before another worker gets it.
    fn patience(&self) -> Duration;

    /// How many units there are.
    ///
    /// # Errors
    /// Of kind `Program` if the queue fails.
    fn counts(&self) -> Result<Counts, Error>;

    /// The dead letters, the oldest first, no more than so many.
    ///
    /// # Errors
    /// Of kind `Program` if the queue fails.
    fn dead(&self, most: usize) -> Result<Vec<DeadLetter>, Error>;

    /// Puts the unit of a dead letter into the queue again, and removes the letter.
    ///
    /// # Errors
    /// As [`Queue::submit`].
    fn resubmit(&self, letter: &DeadLetter) -> Result<Submitted, Error>;
}

/// A unit that was taken.
pub trait Delivery: Sync {
    /// Its bytes.
    fn unit(&self) -> &[u8];

    /// How often it was delivered, this time included.
    fn times(&self) -> u64;

    /// Says that it is still being worked on.
    ///
    /// # Errors
    /// Of kind `Program` if the queue fails.
    fn beat(&self) -> Result<(), Error>;

    /// Says that it is done.
    ///
    /// # Errors
    /// Of kind `Program` if the queue does not take that: then it is delivered again.
    fn done(&self) -> Result<(), Error>;

    /// Gives it back, to be delivered again after this time.
    ///
    /// # Errors
    /// Of kind `Program` if the queue fails: then that happens once its patience is over.
    fn give_back(&self, after: Duration) -> Result<(), Error>;

    /// Makes it a dead letter, with the name of its article and the reason.
    ///
    /// # Errors
    /// As [`Delivery::done`].
    fn bury(&self, key: &str, name: &str, reason: &str) -> Result<(), Error>;
}

/// What became of a unit that was submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Submitted {
    /// It waits.
    New,
    /// One with this key was there a short while ago.
    Known,
    /// The queue takes no more for now.
    Full,
}

/// How many units there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Units that wait for a worker.
    pub waiting: u64,
    /// Units that workers have.
    pub working: u64,
    /// Units that are over: done, or dead letters.
    pub over: u64,
    /// Dead letters.
    pub dead: u64,
}

/// A unit that could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadLetter {
    /// Its number among the dead letters.
    pub number: u64,
    /// The key of the unit.
    pub key: String,
    /// The name of its article.
    pub name: String,
    /// Why it could not be done.
    pub reason: String,
    /// How often it was delivered.
    pub times: u64,
    /// The unit.
    #[serde(skip)]
    pub unit: Vec<u8>,
}
