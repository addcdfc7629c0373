//! Many machines: requests wait in a queue that people already run, workers on any machines take one after
//! the other, and outputs go to a folder that all see or to a store of objects.
//!
//! A [`Unit`] is one article. What is true whatever happens to a worker or the queue: it is delivered until
//! its outputs are whole, at least once; a second delivery makes the same bytes, so it harms nothing; what
//! cannot be done, or kills whoever does it, ends as a dead letter with the reason.

mod bucket;
mod nats;
mod queue;
mod store;
mod submit;
mod unit;
mod worker;

pub use self::nats::{Nats, NatsSettings};
pub use self::queue::{Counts, DeadLetter, Delivery, Queue, Submitted};
pub use self::store::Store;
pub use self::submit::{Sent, submit};
pub use self::unit::Unit;
pub use self::worker::{Event, Worker};
