//! A model that is run by a process of its own (see `worker`), as its program sees it.

use std::collections::HashMap;
use std::io::{BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::assemble::Sound;
use super::ids::Call;
use super::message::{self, Answer, Reply, Request};
use super::model::{ModelInfo, ModelSettings};
use super::worker;
use crate::model::message::{Message, message};

/// How long opening a model may take: a thousand times what it takes.
const OPENING: Duration = Duration::from_secs(300);

/// How long an utterance may take: so long, and so long for each number that is spoken, which is less
/// than a tenth of a second of sound. It is far more than a slow machine with many jobs needs.
const SPEAKING: (Duration, Duration) = (Duration::from_secs(600), Duration::from_secs(1));

/// CREATE_NEW_PROCESS_GROUP (Microsoft, "Process Creation Flags").
#[cfg(windows)]
const NEW_PROCESS_GROUP: u32 = 0x200;

/// How much is read of what a process says on its standard error.
const MOST_SAID: u64 = 4096;

/// What the Rust runtime says before it ends a program that is refused memory.
const NO_MEMORY: &str = "memory allocation of";

/// A model in a process of its own. Where the process has ended, the next utterance starts another.
pub(super) struct ModelProcess {
    program: PathBuf,
    model: PathBuf,
    settings: ModelSettings,
    info: ModelInfo,
    connection: Mutex<Arc<Connection>>,
}

impl ModelProcess {
    /// Starts `program` to run the model in this file.
    ///
    /// # Errors
    /// Why the model cannot be used.
    pub(super) fn open(
        program: &Path,
        model: &Path,
        settings: ModelSettings,
    ) -> Result<(ModelProcess, ModelInfo), Message> {
        let (connection, info) = Connection::open(program, model, &settings)?;
        let (program, model) = (program.to_owned(), model.to_owned());
        let connection = Mutex::new(Arc::new(connection));
        Ok((ModelProcess { program, model, settings, info, connection }, info))
    }

    /// Speaks calls one after another; `words` is how many words their utterance has.
    ///
    /// # Errors
    /// What the model fails of.
    pub(super) fn speak(&self, calls: Vec<Call>, words: usize) -> Result<Sound, Message> {
        let numbers = calls.iter().map(|call| call.ids.len() as u32).sum::<u32>();
        let limit = SPEAKING.0 + SPEAKING.1 * numbers;
        let request = |number| Request::Speak(number, calls, words);
        let connection = self.connection()?;
        match connection.ask(request, limit)? {
            (Answer::Spoken(sound), samples) => Ok(Sound { samples, ..sound }),
            (Answer::Opened(_), _) => Err("its process gives another answer".into()),
        }
    }

    /// The connection to the process, which is started again where it has ended.
    fn connection(&self) -> Result<Arc<Connection>, Message> {
        let mut connection = lock(&self.connection);
        if connection.is_closed() {
            let (opened, info) = Connection::open(&self.program, &self.model, &self.settings)?;
            if info != self.info {
                return Err("its file was changed meanwhile".into());
            }
            *connection = Arc::new(opened);
        }
        Ok(Arc::clone(&connection))
    }
}

/// A process that was started, and those who wait for its answers.
struct Connection {
    child: Arc<Mutex<Child>>,
    requests: Mutex<Option<BufWriter<ChildStdin>>>,
    next: AtomicU64,
    waiting: Arc<Mutex<Waiting>>,
    reader: Option<JoinHandle<()>>,
}

/// Who waits for which answer.
#[derive(Default)]
struct Waiting {
    open: HashMap<u64, Sender<Heard>>,
    /// Why no more answers come.
    closed: Option<Message>,
}

/// An answer and its samples, or why there is none.
type Heard = Result<(Answer, Vec<f32>), Message>;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connection {
    fn open(
        program: &Path,
        model: &Path,
        settings: &ModelSettings,
    ) -> Result<(Connection, ModelInfo), Message> {
        let mut command = Command::new(program);
        command.arg(worker::ARGUMENT).arg(model);
        let connection = Connection::start(command)?;
        match connection.ask(|number| Request::Open(number, settings.clone()), OPENING)? {
            (Answer::Opened(info), _) => Ok((connection, info)),
            (Answer::Spoken(_), _) => Err("its process gives another answer".into()),
        }
    }

    /// Starts a process, and a thread that takes its answers.
    fn start(mut command: Command) -> Result<Connection, Message> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // What stops the program by the keyboard is for the program alone: it ends the process itself.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        #[cfg(windows)]
        std::os::windows::process::CommandExt::creation_flags(&mut command, NEW_PROCESS_GROUP);
        let program = command.get_program().to_owned();
        let failed = |reason: &dyn std::fmt::Display| {
            message!(
                "no process can be started for it ({program}): {reason}",
                program = program.to_string_lossy(),
                reason = reason.to_string()
            )
        };
        let mut child = command.spawn().map_err(|error| failed(&error))?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(failed(&"it has no pipes"));
        };
        let child = Arc::new(Mutex::new(child));
        let waiting = Arc::<Mutex<Waiting>>::default();
        let reader = {
            let (child, waiting) = (Arc::clone(&child), Arc::clone(&waiting));
            let thread = thread::Builder::new().name("answers".to_owned());
            thread.spawn(move || hear(stdout, stderr, &child, &waiting))
        };
        let mut connection = Connection {
            child,
            requests: Mutex::new(Some(BufWriter::new(stdin))),
            next: AtomicU64::new(0),
            waiting,
            reader: None,
        };
        connection.reader = Some(reader.map_err(|error| failed(&error))?);
        Ok(connection)
    }

    fn is_closed(&self) -> bool {
        lock(&self.waiting).closed.is_some()
    }

    /// What is answered to a request within a time.
    fn ask(&self, request: impl FnOnce(u64) -> Request, limit: Duration) -> Heard {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = mpsc::channel();
        {
            let mut waiting = lock(&self.waiting);
            if let Some(reason) = &waiting.closed {
                return Err(reason.clone());
            }
            waiting.open.insert(number, sender);
        }
        if let Some(requests) = &mut *lock(&self.requests) {
            // Where it cannot be written, the process has ended, and `hear` says why.
            let _ = message::write(requests, &request(number), &[]);
        }
        match receiver.recv_timeout(limit) {
            Ok(heard) => heard,
            Err(RecvTimeoutError::Timeout) => {
                let _ = lock(&self.child).kill();
                Err(message!("it takes longer than {seconds} seconds", seconds = limit.as_secs()))
            }
            Err(RecvTimeoutError::Disconnected) => Err("its process has ended".into()),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        *lock(&self.requests) = None;
        let _ = lock(&self.child).kill();
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}

/// Hands answers to those who wait for them, until the process ends; then all get the reason.
fn hear(stdout: ChildStdout, stderr: ChildStderr, child: &Mutex<Child>, waiting: &Mutex<Waiting>) {
    let mut answers = BufReader::new(stdout);
    while let Ok((Reply(number, answer), samples)) = message::read(&mut answers) {
        if let Some(sender) = lock(waiting).open.remove(&number) {
            // Who asked may have given up.
            let _ = sender.send(answer.map(|answer| (answer, samples)));
        }
    }
    let reason = why_ended(stderr, child);
    let mut waiting = lock(waiting);
    for (_, sender) in waiting.open.drain() {
        let _ = sender.send(Err(reason.clone()));
    }
    waiting.closed = Some(reason);
}

/// Why a process has ended that gives no more answers.
fn why_ended(stderr: ChildStderr, child: &Mutex<Child>) -> Message {
    let mut said = Vec::new();
    let mut child = lock(child);
    // One that has not ended would not be waited for in vain.
    let _ = child.kill();
    let status = child.wait();
    let _ = stderr.take(MOST_SAID).read_to_end(&mut said);
    if String::from_utf8_lossy(&said).contains(NO_MEMORY) {
        return "it asks for more memory than a voice needs: it is damaged, or made to do harm; take \
                another one"
            .to_string().into();
    }
    status.map_or_else(
        |error| message!("its process has ended: {error}", error),
        |status| message!("its process has ended ({status})", status = status.to_string()),
    )
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A connection to a shell script in place of a program.
    fn connection(script: &str) -> Connection {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Connection::start(command).unwrap()
    }

    fn asked(connection: &Connection, limit: Duration) -> String {
        connection
            .ask(|number| Request::Speak(number, Vec::new(), 0), limit)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn a_process_that_gives_no_answer_is_ended() {
        let connection = connection("exec sleep 600");
        let reason = asked(&connection, Duration::from_millis(50));
        assert_eq!(reason, "it takes longer than 0 seconds");
        let reason = asked(&connection, Duration::from_secs(60));
        assert!(reason.starts_with("its process has ended (signal: 9"), "{reason}");
        assert!(connection.is_closed());
    }

    #[test]
    fn why_a_process_ended_is_said_to_all_who_wait() {
        let minute = Duration::from_secs(60);
        for (script, reason) in [
            ("echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$", "more memory than"),
            ("exit 3", "its process has ended (exit status: 3)"),
            ("echo no answer at all", "its process has ended"),
        ] {
            let connection = connection(&format!("sleep 0.3; {script}"));
            let reasons = thread::scope(|scope| {
                let asking = [(); 3].map(|()| scope.spawn(|| asked(&connection, minute)));
                asking.map(|thread| thread.join().unwrap())
            });
            assert!(reasons.iter().all(|said| said.contains(reason)), "{reasons:?}");
        }
        assert!(Connection::start(Command::new("/nonexistent")).is_err());
    }
}
