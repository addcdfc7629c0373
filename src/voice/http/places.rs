//! How many may ask at once.

use std::sync::{Condvar, Mutex, PoisonError};

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
