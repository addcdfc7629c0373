//! When to ask again, and how many may ask at once.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How often an utterance is asked for at most.
pub(super) const MOST_TRIES: u32 = 5;

/// The longest pause before the second try; it doubles with each further one.
const FIRST: Duration = Duration::from_millis(250);

/// No pause is longer, unless the server asks for it.
const LONGEST: Duration = Duration::from_secs(20);

/// The pause after so many tries: half of a time that doubles, and up to as much again by chance, so that
/// those who failed together do not ask again together.
pub(super) fn pause(tries: u32) -> Duration {
    let most = FIRST.saturating_mul(1 << tries.saturating_sub(1).min(16)).min(LONGEST);
    // Each state of the standard hasher has keys of its own.
    let chance = RandomState::new().hash_one(tries) as f64 / u64::MAX as f64;
    most.mul_f64(0.5 + chance / 2.0)
}

/// Places for those who ask at once.
pub(super) struct Places {
    free: Mutex<usize>,
    freed: Condvar,
}

/// A place that is given back when this is dropped.
pub(super) struct Place<'a>(&'a Places);

impl Places {
    /// So many, at least one.
    pub(super) fn new(most: usize) -> Places {
        Places { free: Mutex::new(most.max(1)), freed: Condvar::new() }
    }

    /// Waits for a place.
    pub(super) fn take(&self) -> Place<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let free = self.freed.wait_while(free, |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Place(self)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn pauses_grow_to_a_bound_and_differ() {
        for (tries, least, most) in
            [(1, 125, 250), (2, 250, 500), (5, 2000, 4000), (99, 10_000, 20_000)]
        {
            let pauses: Vec<_> = (0..50).map(|_| pause(tries).as_millis()).collect();
            assert!(pauses.iter().all(|pause| (least..=most).contains(pause)), "{pauses:?}");
            assert!(pauses.iter().any(|pause| *pause != pauses[0]), "{pauses:?}");
        }
    }

    #[test]
    fn no_more_ask_at_once_than_there_are_places() {
        let (places, now, most) = (Places::new(3), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let _place = places.take();
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!((1..=3).contains(&most.load(Ordering::SeqCst)));
    }
}
