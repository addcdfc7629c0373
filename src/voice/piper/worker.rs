//! The process that runs a model for another: the same program, started anew.
//!
//! A model comes from strangers, and what runs it gives it whatever memory it asks for; memory that is
//! asked for in Rust is granted or the program ends. So it is run in a process whose memory is bounded,
//! and whose end harms nobody.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufReader};
use std::panic;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::message::{self, Answer, Reply, Request};
use super::model::Model;
use crate::model::message::{Message, message};

/// The first argument of a process that is to run a model; the model's file is the second.
pub(super) const ARGUMENT: &str = "__run-model";

/// The memory that loading a model may take, in bytes: so much, and so many times what its file has.
/// Piper's medium voices take 150 MB with a file of 63 MB.
const LOADING: (u64, u64) = (256 << 20, 4);

/// The memory that speaking one utterance may take besides, in bytes. The longest that a voice of
/// Piper's speaks at once takes a quarter of it.
const SPEAKING: u64 = 1 << 30;

/// Runs a model, if this process was started to do that: a program that lets voices be run in processes
/// of their own ([`Engines::with_worker`](crate::voice::Engines::with_worker)) calls this before it does
/// anything else, and exits with what it gets. It reads requests from the standard input until that
/// ends.
#[must_use]
pub fn run_worker() -> Option<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    if arguments.next()? != OsStr::new(ARGUMENT) {
        return None;
    }
    // A panic is an answer; it is not to be printed.
    panic::set_hook(Box::new(|_| {}));
    // There is nobody to report an error to: who sent the requests is gone.
    let ended = serve(Path::new(&arguments.next()?));
    Some(ended.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS))
}

/// Answers requests for a model, each on a thread of its own, until there are no more. What is still
/// being spoken then is left, as nobody waits for it.
fn serve(path: &Path) -> io::Result<()> {
    let size = fs::metadata(path).map_or(0, |file| file.len());
    let loading = LOADING.0 + LOADING.1 * size;
    let mut input = BufReader::new(io::stdin().lock());
    let (request, _) = message::read(&mut input)?;
    let Request::Open(number, settings) = request else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    bound_memory(loading);
    let opened = caught(|| Model::open(path, &settings));
    let (model, opened) = match opened {
        Ok((model, info)) => (Some(model), Ok(Answer::Opened(info))),
        Err(reason) => (None, Err(reason)),
    };
    reply(Reply(number, opened), &[])?;
    let Some(model) = model else { return Ok(()) };
    let model = Arc::new(model);
    let (active, most) = (Arc::new(AtomicU64::new(0)), &mut 0);
    loop {
        let (number, calls, words) = match message::read(&mut input) {
            Ok((Request::Speak(number, calls, words), _)) => (number, calls, words),
            Ok((Request::Open(..), _)) => return Err(io::ErrorKind::InvalidData.into()),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        };
        let count = active.fetch_add(1, Ordering::Relaxed) + 1;
        if count > *most {
            *most = count;
            bound_memory(loading + count * SPEAKING);
        }
        let (model, active) = (Arc::clone(&model), Arc::clone(&active));
        let thread = thread::Builder::new().name("utterance".to_owned());
        let started = thread.spawn(move || {
            let spoken = caught(|| model.speak(&calls, words));
            active.fetch_sub(1, Ordering::Relaxed);
            let (answer, samples) = match spoken {
                Ok(mut sound) => {
                    let samples = std::mem::take(&mut sound.samples);
                    (Ok(Answer::Spoken(sound)), samples)
                }
                Err(reason) => (Err(reason), Vec::new()),
            };
            // Nobody may wait for it.
            let _ = reply(Reply(number, answer), &samples);
        });
        if let Err(error) = started {
            reply(Reply(number, Err(message!("no thread can be started: {error}", error))), &[])?;
        }
    }
}

/// What some work gives; a panic of it is an error.
fn caught<T>(work: impl FnOnce() -> Result<T, Message>) -> Result<T, Message> {
    let done = panic::catch_unwind(panic::AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err("the model contradicts itself".into()))
}

/// Writes an answer whole, whoever else writes one.
fn reply(reply: Reply, samples: &[f32]) -> io::Result<()> {
    static OUTPUT: Mutex<()> = Mutex::new(());
    let _turn = OUTPUT.lock().unwrap_or_else(PoisonError::into_inner);
    message::write(&mut io::stdout().lock(), &reply, samples)
}

/// Bounds the memory of this process to so many bytes, where the system can: what it asks for beyond
/// that it is refused, and then it ends.
fn bound_memory(bytes: u64) {
    // Linux counts here all that a process can write to, and nothing that is only reserved.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Data).maximum;
        let current = Some(maximum.map_or(bytes, |maximum| bytes.min(maximum)));
        // Refused, it goes on without: the bound is a protection, not a need.
        let _ = setrlimit(Resource::Data, Rlimit { current, maximum });
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = bytes;
}
