//! A terminal that a program is started in, and what a person sees and types there.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// How long something may take to be shown, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program in a terminal of its own.
pub(crate) struct Terminal {
    keys: File,
    shown: Receiver<Vec<u8>>,
    /// All that was shown and not yet expected.
    seen: Vec<u8>,
    child: Child,
}

impl Terminal {
    /// Starts a program in a new terminal.
    pub(crate) fn start(command: &mut Command) -> Terminal {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let path = Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
        let open = || OwnedFd::from(OpenOptions::new().read(true).write(true).open(path).unwrap());
        let child = command.stdin(open()).stdout(open()).stderr(open()).spawn().unwrap();
        // The command would keep the terminal open.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let keys = File::from(master);
        let mut screen = keys.try_clone().unwrap();
        let (sender, shown) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            // It fails once the program has closed its side.
            while let Ok(count @ 1..) = screen.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Terminal { keys, shown, seen: Vec::new(), child }
    }

    /// Waits until a text is shown; gives all that was shown since what was last expected, up to it.
    pub(crate) fn expect(&mut self, text: &str) -> String {
        loop {
            let found = self.seen.windows(text.len()).position(|part| part == text.as_bytes());
            if let Some(at) = found {
                let until: Vec<u8> = self.seen.drain(..at + text.len()).collect();
                return String::from_utf8_lossy(&until).into_owned();
            }
            match self.shown.recv_timeout(PATIENCE) {
                Ok(more) => self.seen.extend(more),
                Err(error) => {
                    panic!("`{text}`: {error}: {}", String::from_utf8_lossy(&self.seen));
                }
            }
        }
    }

    /// Types a line.
    pub(crate) fn type_line(&mut self, line: &str) {
        self.keys.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// Waits until the program ends; gives how, and what it showed at last.
    pub(crate) fn end(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        while let Ok(more) = self.shown.recv_timeout(PATIENCE) {
            self.seen.extend(more);
        }
        (status, String::from_utf8_lossy(&self.seen).into_owned())
    }
}
