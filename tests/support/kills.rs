//! Kills the real program at times that are spread over its whole run.

use std::collections::BTreeMap;
use std::fs;
#[cfg(unix)]
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often the program is killed in a usual test, and in a long one.
pub(crate) const FEW: usize = 6;
pub(crate) const MANY: usize = 200;

/// Every second kill comes in this last share of the run, where files take their names.
const END: f64 = 0.3;

/// A command that is killed at times of its run.
pub(crate) struct Killer {
    kills: usize,
    /// How long an undisturbed run takes, as it seems.
    run: Duration,
    state: u64,
    /// Kills that came in time, and runs that had ended before.
    pub killed: usize,
    pub late: usize,
}

impl Killer {
    /// One for so many kills; `command` runs undisturbed once, and must succeed.
    pub(crate) fn new(kills: usize, command: &mut Command) -> Killer {
        let start = Instant::now();
        finish(command);
        Killer { kills, run: start.elapsed(), state: 0x5EED, killed: 0, late: 0 }
    }

    /// Whether there are kills left.
    pub(crate) fn goes_on(&self) -> bool {
        self.killed < self.kills
    }

    /// A number from 0 to 1, the same in every run (xorshift64*).
    fn random(&mut self) -> f64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        (self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Starts the command and kills it. Gives whether what it left is to be met by another killed run,
    /// and not by one that is left alone.
    pub(crate) fn kill(&mut self, command: &mut Command) -> bool {
        let share = (self.killed as f64 + self.random()) / self.kills as f64;
        let share = if self.killed.is_multiple_of(2) { share } else { 1.0 - END * share };
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(self.run.mul_f64(share.min(1.0)));
        let ended = child.try_wait().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        // How fast the machine is just now shows in the runs themselves.
        match ended {
            Some(status) => {
                assert!(status.success(), "{status}");
                self.late += 1;
                self.run = self.run.mul_f64(0.95);
            }
            None => {
                self.killed += 1;
                self.run = self.run.mul_f64(1.01);
            }
        }
        self.random() < 0.3
    }
}

/// Kills a command at a call to the system, the so many-th of those that are named; gives whether it
/// came so far.
#[cfg(target_os = "linux")]
#[allow(dead_code)] // not every program that uses this module needs it
pub(crate) fn killed_at(command: &Command, calls: &str, number: usize) -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
    strace.args(["-e", &format!("inject={calls}:signal=KILL:when={number}")]);
    strace.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        strace.current_dir(folder);
    }
    let output = strace.stdin(Stdio::null()).output().expect("strace is there");
    output.status.signal() == Some(9)
}

/// Runs a command to its end; it must succeed.
pub(crate) fn finish(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// All files below a folder with their bytes, what is left of killed runs too; hidden folders, which hold
/// times, left out.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            let is_hidden = path.file_name().unwrap().as_encoded_bytes().starts_with(b".");
            if path.is_dir() && !is_hidden {
                folders.push(path);
            } else if path.is_file() {
                let below = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(below, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Temporary files below a folder, in hidden folders too.
pub(crate) fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(leftovers(&path));
        } else if path.extension().is_some_and(|extension| extension == "part") {
            found.push(path);
        }
    }
    found
}

/// Whether each file that has its final name has the bytes that it has in one of these trees.
pub(crate) fn assert_whole(
    there: &BTreeMap<PathBuf, Vec<u8>>,
    known: &[&BTreeMap<PathBuf, Vec<u8>>],
) {
    let is_final =
        |path: &&PathBuf| !path.file_name().unwrap().as_encoded_bytes().starts_with(b".");
    for path in there.keys().filter(is_final) {
        let is_whole = known.iter().any(|tree| tree.get(path) == Some(&there[path]));
        assert!(is_whole, "{} is partial", path.display());
    }
}
