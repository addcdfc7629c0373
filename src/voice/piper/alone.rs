//! Work on one processor, apart from the threads that speak other utterances.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rten::ThreadPool;

use super::buffers::Buffers;
use crate::voice::memory;

/// The most memory that a piece of work may take, in bytes. The longest that a voice of Piper's speaks
/// at once takes a quarter of it.
const MOST_MEMORY: isize = 1 << 30;

/// Where work is done by itself.
///
/// The runtime shares its work among the threads of a pool. Were that the pool whose threads each
/// speak an utterance, a thread that waits for a part of one would take up another utterance
/// meanwhile, and memory would grow with the number of utterances begun. So each piece of work has a
/// pool of one thread, and the thread that waits for it belongs to no pool.
pub(super) struct Alone {
    /// Whose work it is.
    name: String,
    /// Desks that nobody works at.
    free: Mutex<Vec<Desk>>,
}

/// What a piece of work has for itself, and leaves to the next.
pub(super) struct Desk {
    pub pool: Arc<ThreadPool>,
    pub buffers: Buffers,
}

impl Alone {
    /// For the work of a voice of this name.
    pub fn new(name: &str) -> Alone {
        Alone { name: name.to_owned(), free: Mutex::default() }
    }

    /// What a piece of work gives, or an error where it panics: the runtime does on some models that
    /// contradict themselves.
    pub fn work<T: Send>(
        &self,
        work: impl FnOnce(&mut Desk) -> Result<T, String> + Send,
    ) -> Result<T, String> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut desk = free.unwrap_or_else(|| Desk {
            pool: Arc::new(ThreadPool::with_num_threads(1)),
            buffers: Buffers::default(),
        });
        let pool = Arc::clone(&desk.pool);
        let made = thread::scope(|scope| {
            let thread = thread::Builder::new().name("voice".to_owned());
            let thread = thread.spawn_scoped(scope, || {
                pool.run(|| memory::within(MOST_MEMORY, &self.name, || work(&mut desk)))
            });
            let thread = thread.map_err(|error| format!("no thread can be started: {error}"))?;
            thread.join().unwrap_or_else(|_| Err("the model contradicts itself".to_owned()))
        });
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
        made
    }
}
