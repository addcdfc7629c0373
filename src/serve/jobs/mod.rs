//! Jobs: articles that become files, one after another, while clients come and go. Everything that is known
//! of them is on disk, so that a server that was killed goes on with them when it starts again.

mod events;
mod files;
mod queue;
mod record;
mod routes;
mod store;
mod submission;

pub(super) use self::queue::{ADDRESS, Queue, RENDERS};
pub(super) use self::routes::{IDEMPOTENCY_KEY, one, routes, submitted_as};
pub(super) use self::submission::{Asked, Submission};
