//! Work on one processor, away from the threads that speak other utterances.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rten::ThreadPool;

use super::buffers::Buffers;
use crate::model::message::{Message, message};

/// Does pieces of work, each on one processor.
///
/// The runtime shares its work among the threads of a pool. Were that the pool whose threads each
/// speak an utterance, a thread that waits for a part of one would take up another utterance
/// meanwhile, and memory would grow with the number of utterances begun. So each piece of work has a
/// pool of one thread, and the thread that waits for it belongs to no pool.
#[derive(Default)]
pub(super) struct Workspaces {
    /// Those that nobody uses.
    free: Mutex<Vec<Workspace>>,
}

/// What a piece of work has for itself, and leaves to the next.
pub(super) struct Workspace {
    pub pool: Arc<ThreadPool>,
    pub buffers: Buffers,
}

impl Workspaces {
    /// What a piece of work gives, or an error where it panics: the runtime does on some models that
    /// contradict themselves.
    pub(super) fn run<T: Send>(
        &self,
        work: impl FnOnce(&mut Workspace) -> Result<T, Message> + Send,
    ) -> Result<T, Message> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut workspace = free.unwrap_or_else(|| Workspace {
            pool: Arc::new(ThreadPool::with_num_threads(1)),
            buffers: Buffers::default(),
        });
        let pool = Arc::clone(&workspace.pool);
        let made = thread::scope(|scope| {
            let thread = thread::Builder::new().name("voice".to_owned());
            let thread = thread.spawn_scoped(scope, || pool.run(|| work(&mut workspace)));
            let thread =
                thread.map_err(|error| message!("no thread can be started: {error}", error))?;
            thread.join().unwrap_or_else(|_| Err("the model contradicts itself".into()))
        });
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(workspace);
        made
    }
}
