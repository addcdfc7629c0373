//! The real program where the system gives it little.

use std::process::Command;

/// A command under a limit of the shell's `ulimit`: `-f 100` for files of at most 100 blocks of 512 bytes,
/// as on a full disk, `-n 8` for at most 8 open files.
pub(crate) fn limited(command: &Command, limit: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("trap '' XFSZ; ulimit {limit}; exec \"$@\""), "sh"]);
    shell.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        shell.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}
