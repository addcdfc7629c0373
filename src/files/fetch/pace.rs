//! How slowly a file may come.

use crate::model::message::{Message, message};
use std::time::{Duration, Instant};

/// How slowly a file may come before it is given up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// The longest that all of it may take.
    pub time: Duration,
    /// The least bytes that must come in each `window`.
    pub least: u64,
    /// How long a stretch the rate is measured over.
    pub window: Duration,
}

/// Six hours, and 60 kB in each minute: a large voice comes in time at 20 kB per second, and a server
/// that sends a byte now and then is not waited for.
pub(super) const USUAL: Pace =
    Pace { time: Duration::from_secs(6 * 3600), least: 60_000, window: Duration::from_secs(60) };

/// Watches whether a file comes fast enough.
pub(super) struct Watch {
    pace: Pace,
    begun: Instant,
    /// When the stretch that is measured began.
    since: Instant,
    /// The bytes that were there then.
    before: u64,
}

impl Watch {
    /// A watch over a file that begins to come now.
    pub(super) fn new(pace: Pace, now: Instant) -> Watch {
        Watch { pace, begun: now, since: now, before: 0 }
    }

    /// Begins a stretch, with so many bytes there.
    pub(super) fn start(&mut self, now: Instant, bytes: u64) {
        (self.since, self.before) = (now, bytes);
    }

    /// Whether the file comes fast enough, with so many bytes there now.
    ///
    /// # Errors
    /// The reason why it is given up.
    pub(super) fn check(&mut self, now: Instant, bytes: u64) -> Result<(), Message> {
        let Pace { time, least, window } = self.pace;
        if now.saturating_duration_since(self.begun) > time {
            return Err(message!(
                "it was not all there after {seconds} seconds",
                seconds = time.as_secs_f32()
            ));
        }
        if now.saturating_duration_since(self.since) < window {
            return Ok(());
        }
        let came = bytes.saturating_sub(self.before);
        if came < least {
            let seconds = window.as_secs_f32();
            return Err(message!(
                "it comes too slowly: {came} bytes in {seconds} seconds",
                came,
                seconds
            ));
        }
        self.start(now, bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_too_slowly_or_takes_too_long_is_given_up() {
        let start = Instant::now();
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        let pace =
            Pace { time: Duration::from_secs(100), least: 50, window: Duration::from_secs(10) };
        for (what, seen, reason) in [
            ("fast", &[(9, 0), (10, 50), (20, 100), (100, 5000)][..], None),
            ("a pause within the window", &[(1, 40), (9, 40), (10, 60)], None),
            ("slow", &[(10, 49)], Some("it comes too slowly: 49 bytes in 10 seconds")),
            ("slow later", &[(10, 500), (20, 510)], Some("too slowly: 10 bytes")),
            ("too long", &[(50, 500), (101, 5000)], Some("not all there after 100 seconds")),
        ] {
            let mut watch = Watch::new(pace, start);
            let last = seen.iter().map(|&(time, bytes)| watch.check(at(time), bytes)).last();
            match (last.unwrap(), reason) {
                (Ok(()), None) => {}
                (Err(said), Some(reason)) => {
                    assert!(said.to_string().contains(reason), "{what}: {said}");
                }
                (last, _) => panic!("{what}: {last:?}"),
            }
        }
    }
}
