//! Speaking: utterances become takes, in parallel, and come in order.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use rayon::Yield;

use crate::job::cache::Cache;
use crate::model::error::Error;
use crate::model::take::Take;
use crate::model::utterance::Utterance;
use crate::voice::{Engine, EngineInfo};

/// Utterances that are spoken ahead of the one being taken, for each thread. It limits the memory of
/// a run, however long the text is.
const WINDOW: usize = 4;

/// How long a thread that has nothing to speak waits before it looks again.
const PATIENCE: Duration = Duration::from_millis(5);

/// A voice that speaks, and the cache of what it has spoken.
pub struct Narrator<'a> {
    engine: Arc<dyn Engine>,
    cache: Option<&'a Cache>,
}

/// An utterance that has been spoken.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// Its sound and the times of its words.
    pub take: Take,
    /// Whether it came from the cache.
    pub from_cache: bool,
}

impl<'a> Narrator<'a> {
    /// A narrator with this voice. It takes from the cache what was spoken before, and adds to it; the
    /// sound is the same with and without.
    #[must_use]
    pub fn new(engine: Arc<dyn Engine>, cache: Option<&'a Cache>) -> Narrator<'a> {
        Narrator { engine, cache }
    }

    /// What is known about the voice.
    #[must_use]
    pub fn info(&self) -> &EngineInfo {
        self.engine.info()
    }

    /// Speaks one utterance.
    ///
    /// # Errors
    /// What the engine says.
    pub fn speak(&self, utterance: &Utterance) -> Result<Speech, Error> {
        let Some(cache) = self.cache else {
            return Ok(Speech { take: self.engine.speak(utterance)?, from_cache: false });
        };
        let key = self.engine.key(utterance)?;
        if let Some(take) = cache.get(&key, self.info().sample_rate) {
            return Ok(Speech { take, from_cache: true });
        }
        let take = self.engine.speak(utterance)?;
        cache.put(&key, &take);
        Ok(Speech { take, from_cache: false })
    }

    /// Speaks utterances in parallel on the current thread pool and hands each to `take`, in order,
    /// while others are being spoken.
    ///
    /// # Errors
    /// The first error of the engine or of `take`; later utterances are not taken.
    pub fn narrate(
        &self,
        utterances: &[Utterance],
        mut take: impl FnMut(&Utterance, Speech) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let ahead = WINDOW * rayon::current_num_threads();
        let (sender, receiver) = mpsc::channel();
        let is_over = AtomicBool::new(false);
        rayon::in_place_scope_fifo(|scope| {
            // Spoken before their turn.
            let mut early = BTreeMap::new();
            let mut begun = 0;
            let mut next = |turn: usize| {
                while begun < utterances.len().min(turn + ahead) {
                    let (place, sender, is_over) = (begun, sender.clone(), &is_over);
                    scope.spawn_fifo(move |_| {
                        if !is_over.load(Ordering::Relaxed) {
                            let speak = AssertUnwindSafe(|| self.speak(&utterances[place]));
                            // Nobody waits for it once all is over.
                            let _ = sender.send((place, panic::catch_unwind(speak)));
                        }
                    });
                    begun += 1;
                }
                loop {
                    early.extend(receiver.try_iter());
                    match early.remove(&turn) {
                        Some(Ok(speech)) => return speech,
                        Some(Err(cause)) => panic::resume_unwind(cause),
                        // This thread speaks too; if nothing is left to begin, it waits for the others.
                        None if rayon::yield_now() == Some(Yield::Executed) => {}
                        None => early.extend(receiver.recv_timeout(PATIENCE)),
                    }
                }
            };
            let mut turns = utterances.iter().enumerate();
            let result = turns.try_for_each(|(turn, utterance)| take(utterance, next(turn)?));
            is_over.store(true, Ordering::Relaxed);
            result
        })
    }
}
