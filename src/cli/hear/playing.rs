//! Sound on its way to a player.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tempfile::TempDir;

use super::player::{FILE_VARIABLE, Feed, Player};
use crate::cli::interrupt;
use crate::model::error::Error;
use crate::model::message::message;
use crate::sound::formats::{Stream, StreamFormat};

/// How often is looked whether the player is done or the user wants it to stop.
const LOOK: Duration = Duration::from_millis(10);

/// What of a player's complaints is told, in bytes.
const MOST_SAID: u64 = 2000;

/// Plays sound by a player. Ctrl-C ends the player at once, wherever it is.
pub(super) struct Playing<'a> {
    player: &'a Player,
    rate: u32,
    way: Way,
}

/// How the sound gets there.
enum Way {
    Pipe {
        /// `None` once it is closed.
        pipe: Option<ChildStdin>,
        run: Run,
        /// What comes before the samples.
        head: Vec<u8>,
    },
    Files {
        folder: TempDir,
        count: usize,
        run: Option<Run>,
    },
}

impl<'a> Playing<'a> {
    /// Starts playing mono sound of so many samples per second.
    ///
    /// # Errors
    /// Of kind `Program` if the player cannot be run; of kind `Write` if there is no room for its files.
    pub(super) fn start(player: &'a Player, rate: u32) -> Result<Playing<'a>, Error> {
        interrupt::take_care();
        let way = if player.feed == Feed::Files {
            let folder = tempfile::Builder::new().prefix("docbao-sound-").tempdir();
            let folder = folder.map_err(|cause| Error::write(std::env::temp_dir(), cause))?;
            Way::Files { folder, count: 0, run: None }
        } else {
            let mut run = Run::start(player, rate, PathBuf::new())?;
            let head = if player.feed == Feed::Stream { wav_head(rate)? } else { Vec::new() };
            Way::Pipe { pipe: run.pipe.take(), run, head }
        };
        Ok(Playing { player, rate, way })
    }

    /// Plays more. It comes back when the player has taken most of it, or all that came before.
    ///
    /// # Errors
    /// Of kind `Program` if the player fails; of kind `Stopped` if the user wants it to stop.
    pub(super) fn play(&mut self, samples: &[i16]) -> Result<(), Error> {
        let bytes = samples.iter().flat_map(|sample| sample.to_le_bytes());
        match &mut self.way {
            Way::Pipe { pipe, run, head } => {
                let mut sent = std::mem::take(head);
                sent.extend(bytes);
                let Some(open) = pipe else { return Err(Error::stopped()) };
                if open.write_all(&sent).and_then(|()| open.flush()).is_err() {
                    // It took no more: because it failed, or was ended by its user.
                    *pipe = None;
                    run.end(self.player)?;
                    return Err(Error::stopped());
                }
                interrupt::check()
            }
            Way::Files { folder, count, run } => {
                *count += 1;
                let path = folder.path().join(format!("{count}.wav"));
                write_wav(&path, self.rate, samples)?;
                if let Some(mut before) = run.take() {
                    before.end(self.player)?;
                }
                *run = Some(Run::start(self.player, self.rate, path)?);
                Ok(())
            }
        }
    }

    /// Waits until all was heard.
    ///
    /// # Errors
    /// As [`Playing::play`].
    pub(super) fn finish(self) -> Result<(), Error> {
        match self.way {
            Way::Pipe { pipe, mut run, .. } => {
                drop(pipe);
                run.end(self.player)
            }
            Way::Files { run, .. } => run.map_or(Ok(()), |mut run| run.end(self.player)),
        }
    }
}

/// A player that runs. Dropped, it is ended.
struct Run {
    child: Arc<Mutex<Child>>,
    pipe: Option<ChildStdin>,
    /// What it says on its standard error.
    said: File,
    is_over: Arc<AtomicBool>,
    guard: Option<JoinHandle<()>>,
}

impl Run {
    fn start(player: &Player, rate: u32, file: PathBuf) -> Result<Run, Error> {
        let failed = |cause: io::Error| {
            let reason =
                message!("{cause}; name another player with --player or DOCBAO_PLAYER", cause);
            Error::program(player.name(), reason)
        };
        let said = tempfile::tempfile().map_err(failed)?;
        let is_fed = player.feed != Feed::Files;
        let mut child = Command::new(&player.program)
            .args(player.arguments(rate, &file))
            .env(FILE_VARIABLE, &file)
            .stdin(if is_fed { Stdio::piped() } else { Stdio::null() })
            .stdout(Stdio::null())
            .stderr(said.try_clone().map_err(failed)?)
            .spawn()
            .map_err(failed)?;
        let pipe = child.stdin.take();
        let child = Arc::new(Mutex::new(child));
        let is_over = Arc::new(AtomicBool::new(false));
        let guard = {
            let (child, is_over) = (Arc::clone(&child), Arc::clone(&is_over));
            thread::spawn(move || guard(&child, &is_over))
        };
        Ok(Run { child, pipe, said, is_over, guard: Some(guard) })
    }

    /// Waits until it ends.
    fn end(&mut self, player: &Player) -> Result<(), Error> {
        let status = loop {
            if let Some(status) = lock(&self.child).try_wait().ok().flatten() {
                break status;
            }
            thread::sleep(LOOK);
        };
        interrupt::check()?;
        if status.success() {
            return Ok(());
        }
        Err(self.fault(player, status))
    }

    /// Why a player failed, in its own words if it has any.
    fn fault(&mut self, player: &Player, status: ExitStatus) -> Error {
        let mut said = Vec::new();
        // Without its words, its status is what is known.
        let _ = self
            .said
            .rewind()
            .and_then(|()| Read::by_ref(&mut self.said).take(MOST_SAID).read_to_end(&mut said));
        let said = String::from_utf8_lossy(&said);
        let said = said.trim().lines().last().map_or(String::new(), |line| format!(": {line}"));
        let reason = message!(
            "{status}{said}; name another player with --player or DOCBAO_PLAYER",
            status = status.to_string(),
            said
        );
        Error::program(player.name(), reason)
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        drop(self.pipe.take());
        {
            let mut child = lock(&self.child);
            // One that has ended already cannot be.
            let _ = child.kill();
            let _ = child.wait();
        }
        if let Some(guard) = self.guard.take() {
            let _ = guard.join();
        }
    }
}

/// Ends a player once the user wants it to stop: who feeds it may be waiting for it to take more.
fn guard(child: &Mutex<Child>, is_over: &AtomicBool) {
    while !is_over.load(Ordering::Relaxed) {
        if interrupt::stopped() {
            let _ = lock(child).kill();
            return;
        }
        thread::sleep(LOOK);
    }
}

fn lock(child: &Mutex<Child>) -> std::sync::MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The head of a WAV file without an end.
fn wav_head(rate: u32) -> Result<Vec<u8>, Error> {
    let mut head = Vec::new();
    let mut out = Stream::new(&mut head);
    let writer = StreamFormat::of("wav")?.start(&mut out, rate);
    drop(writer.map_err(|fault| fault.in_file("the player".as_ref()))?);
    Ok(head)
}

/// Writes a WAV file.
fn write_wav(path: &std::path::Path, rate: u32, samples: &[i16]) -> Result<(), Error> {
    let failed = |error: hound::Error| match error {
        hound::Error::IoError(cause) => Error::write(path, cause),
        other => Error::write(path, io::Error::other(other)),
    };
    let (channels, bits_per_sample) = (1, 16);
    let sample_format = hound::SampleFormat::Int;
    let spec = hound::WavSpec { channels, sample_rate: rate, bits_per_sample, sample_format };
    let mut file = hound::WavWriter::create(path, spec).map_err(failed)?;
    samples.iter().try_for_each(|&sample| file.write_sample(sample)).map_err(failed)?;
    file.finalize().map_err(failed)
}
