//! Units are put into the queue, no faster than it takes them.

use std::thread;
use std::time::Duration;

use super::queue::{Queue, Submitted};
use super::unit::Unit;
use crate::files::pause;
use crate::model::error::{Error, ErrorKind};

/// How long is waited between two looks at a queue that is full.
const FULL: Duration = Duration::from_millis(500);

/// How often a queue that fails is asked again for one unit.
const MOST_TRIES: u32 = 8;

/// How many units were put into the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// New ones.
    pub new: usize,
    /// Those that were there a short while ago.
    pub known: usize,
}

/// Puts a unit into the queue, and waits while that is full. `check` is called meanwhile, and may end it
/// with an error.
///
/// # Errors
/// What the queue and `check` give.
pub fn submit(
    queue: &dyn Queue,
    unit: &Unit,
    check: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<Sent, Error> {
    let (key, bytes) = (unit.key.to_string(), unit.bytes()?);
    let mut tries = 0;
    loop {
        check()?;
        match queue.submit(&key, &bytes) {
            Ok(Submitted::New) => return Ok(Sent { new: 1, known: 0 }),
            Ok(Submitted::Known) => return Ok(Sent { new: 0, known: 1 }),
            Ok(Submitted::Full) => thread::sleep(FULL),
            // What arrived all the same is known when it comes again.
            Err(error) if error.kind() == ErrorKind::Program && tries < MOST_TRIES => {
                tries += 1;
                thread::sleep(pause(tries));
            }
            Err(error) => return Err(error),
        }
    }
}
