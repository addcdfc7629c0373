//! Ctrl-C: while nothing is made yet, the program ends at once, whatever it loads; then the work stops at
//! the next utterance, so that no unfinished file is left and what was done is reported.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::model::error::Error;

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Whether a signal ends the program at once.
static AT_ONCE: AtomicBool = AtomicBool::new(true);

/// The exit status of a program that the user stopped, as shells have it: 128 and the signal's
/// number.
pub(super) const STATUS: u8 = 130;

/// Listens for Ctrl-C from now on. A second one ends the program at once.
pub(super) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(register);
}

fn register() {
    for signal in [SIGINT, SIGTERM] {
        // Where this cannot be had, the signal ends the program at once.
        let _ = flag::register_conditional_shutdown(signal, STATUS.into(), &AT_ONCE)
            .and_then(|_| flag::register_conditional_shutdown(signal, STATUS.into(), &STOPPED))
            .and_then(|_| flag::register(signal, &STOPPED));
    }
}

/// From now on the work is stopped at its next step, for there is something to finish or to report.
pub(super) fn take_care() {
    AT_ONCE.store(false, Ordering::Relaxed);
}

/// From now on a signal ends the program at once again, and one that came before is forgotten: what it
/// stopped is over, and the user is asked what comes next.
pub(super) fn at_once() {
    STOPPED.store(false, Ordering::Relaxed);
    AT_ONCE.store(true, Ordering::Relaxed);
}

/// Whether the user wants the work to stop.
pub(super) fn stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// An error once the user wants the work to stop.
pub(super) fn check() -> Result<(), Error> {
    if stopped() { Err(Error::stopped()) } else { Ok(()) }
}
