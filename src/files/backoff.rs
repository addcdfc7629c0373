//! When to try again.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

/// The longest pause before the second try; it doubles with each further one.
const FIRST: Duration = Duration::from_millis(250);

/// No pause is longer, unless the server asks for it.
const LONGEST: Duration = Duration::from_secs(20);

/// The pause after so many tries: half of a time that doubles, and up to as much again by chance, so that
/// those who failed together do not ask again together.
#[must_use]
pub fn pause(tries: u32) -> Duration {
    let most = FIRST.saturating_mul(1 << tries.saturating_sub(1).min(16)).min(LONGEST);
    // Each state of the standard hasher has keys of its own.
    let chance = RandomState::new().hash_one(tries) as f64 / u64::MAX as f64;
    most.mul_f64(0.5 + chance / 2.0)
}

#[cfg(test)]
mod tests {
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
}
