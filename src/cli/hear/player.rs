//! Players: the programs of a machine that play sound, and how each takes it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::model::error::Error;
use crate::model::message::message;

/// The environment variable in which a player finds the file that it is to play.
pub(super) const FILE_VARIABLE: &str = "DOCBAO_SOUND";

/// How a player takes sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feed {
    /// Samples of 16 bits, the lower byte first, on its standard input.
    Samples,
    /// A WAV file without an end, on its standard input.
    Stream,
    /// WAV files, one after another.
    Files,
}

/// A kind of player.
struct Row {
    /// The name of its program.
    name: &'static str,
    /// `{rate}` stands for samples per second, `{file}` for the path of a file.
    arguments: &'static [&'static str],
    feed: Feed,
}

/// The players, those first that take sound while it is made and start soonest. Sources of the options:
/// the manual pages pacat(1), aplay(1), pw-cat(1), ffplay(1), mpv(1), play(1) and afplay(1), and the class
/// `System.Media.SoundPlayer` of .NET.
const PLAYERS: &[Row] = &[
    Row {
        name: "paplay",
        arguments: &["--raw", "--format=s16le", "--channels=1", "--rate={rate}"],
        feed: Feed::Samples,
    },
    Row {
        name: "aplay",
        arguments: &["-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", "{rate}", "-"],
        feed: Feed::Samples,
    },
    Row { name: "pw-play", arguments: &["{file}"], feed: Feed::Files },
    Row {
        name: "ffplay",
        arguments: &["-nodisp", "-autoexit", "-loglevel", "error", "-i", "-"],
        feed: Feed::Stream,
    },
    Row { name: "mpv", arguments: &["--no-video", "--really-quiet", "-"], feed: Feed::Stream },
    Row { name: "play", arguments: &["-q", "{file}"], feed: Feed::Files },
    Row { name: "afplay", arguments: &["{file}"], feed: Feed::Files },
    #[cfg(windows)]
    Row {
        name: "powershell",
        arguments: &[
            "-NoProfile",
            "-Command",
            "(New-Object Media.SoundPlayer $env:DOCBAO_SOUND).PlaySync()",
        ],
        feed: Feed::Files,
    },
];

/// A program that plays sound.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Player {
    pub program: PathBuf,
    pub arguments: Vec<String>,
    pub feed: Feed,
}

impl Player {
    /// The player that is named, or else the first that is found.
    ///
    /// # Errors
    /// Of kind `Program` if none is found; of kind `Request` if the name is empty.
    pub(super) fn choose(named: Option<&str>) -> Result<Player, Error> {
        match named {
            Some(command) => Player::named(command),
            None => Player::found(std::env::var_os("PATH").as_deref()),
        }
    }

    /// A player by its name, or by a command with its arguments, separated by spaces. A command that has
    /// `{file}` among its arguments gets files, another a stream.
    fn named(command: &str) -> Result<Player, Error> {
        let mut words = command.split_whitespace();
        let Some(program) = words.next().map(PathBuf::from) else {
            let reason = "the name of the player is empty: give a program such as aplay or mpv";
            return Err(Error::request(reason));
        };
        let arguments: Vec<String> = words.map(str::to_owned).collect();
        let stem = program.file_stem().unwrap_or_default();
        let known = PLAYERS.iter().find(|row| arguments.is_empty() && stem == row.name);
        Ok(match known {
            Some(row) => row.player(program),
            None => {
                let takes_files = arguments.iter().any(|word| word.contains("{file}"));
                let feed = if takes_files { Feed::Files } else { Feed::Stream };
                Player { program, arguments, feed }
            }
        })
    }

    /// The first player of the list in the folders of a path.
    fn found(path: Option<&OsStr>) -> Result<Player, Error> {
        let folders: Vec<PathBuf> = path.map(std::env::split_paths).into_iter().flatten().collect();
        let found = PLAYERS.iter().find_map(|row| {
            let file = format!("{}{}", row.name, std::env::consts::EXE_SUFFIX);
            let program = folders.iter().map(|folder| folder.join(&file)).find(|it| is_program(it));
            program.map(|program| row.player(program))
        });
        found.ok_or_else(|| {
            let names: Vec<_> = PLAYERS.iter().map(|row| row.name).collect();
            Error::program(
                "there is no player for the sound",
                message!("none of {names} is on the path; install one (on Debian and Ubuntu: apt install \
                     alsa-utils), name another with --player or DOCBAO_PLAYER, or write a file with -o", names = names.join(", ")),
            )
        })
    }

    /// Its name in messages.
    pub(super) fn name(&self) -> String {
        let name = self.program.file_name().unwrap_or(self.program.as_os_str());
        name.to_string_lossy().into_owned()
    }

    /// Its arguments for a sample rate and a file.
    pub(super) fn arguments(&self, rate: u32, file: &Path) -> Vec<std::ffi::OsString> {
        let argument = |argument: &String| match argument.as_str() {
            "{file}" => file.as_os_str().to_owned(),
            text => text
                .replace("{rate}", &rate.to_string())
                .replace("{file}", &file.to_string_lossy())
                .into(),
        };
        self.arguments.iter().map(argument).collect()
    }
}

impl Row {
    fn player(&self, program: PathBuf) -> Player {
        let arguments = self.arguments.iter().map(|&argument| argument.to_owned()).collect();
        Player { program, arguments, feed: self.feed }
    }
}

/// Whether a file can be run.
fn is_program(path: &Path) -> bool {
    #[cfg(unix)]
    let may_run = |found: std::fs::Metadata| {
        use std::os::unix::fs::PermissionsExt;
        found.is_file() && found.permissions().mode() & 0o111 != 0
    };
    #[cfg(not(unix))]
    let may_run = |found: std::fs::Metadata| found.is_file();
    std::fs::metadata(path).is_ok_and(may_run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_is_named_by_its_name_or_by_a_command() {
        let named = |command| Player::named(command).unwrap();
        let aplay = named("/opt/bin/aplay");
        assert_eq!((aplay.feed, &*aplay.program), (Feed::Samples, Path::new("/opt/bin/aplay")));
        assert!(aplay.arguments(22_050, Path::new("")).contains(&"22050".into()));
        assert_eq!(named("aplay -D hdmi").feed, Feed::Stream);
        let own = named("ssh desk play {file}");
        assert_eq!((own.feed, own.name().as_str()), (Feed::Files, "ssh"));
        assert_eq!(own.arguments(1, Path::new("a b.wav")), ["desk", "play", "a b.wav"]);
        assert!(Player::named("  ").unwrap_err().to_string().contains("is empty"));
    }

    #[cfg(unix)]
    #[test]
    fn the_first_player_of_the_list_is_found_and_none_is_an_error_that_teaches() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, mode: u32| {
            let path = folder.path().join(name);
            std::fs::write(&path, "").unwrap();
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        };
        let found = || Player::found(Some(folder.path().as_os_str()));
        put("paplay", 0o644);
        let error = found().unwrap_err().to_string();
        for word in ["aplay", "mpv", "--player", "DOCBAO_PLAYER", "-o", "alsa-utils"] {
            assert!(error.contains(word), "{error}");
        }
        put("mpv", 0o755);
        assert_eq!(found().unwrap().name(), "mpv");
        put("aplay", 0o755);
        assert_eq!(found().unwrap().name(), "aplay");
    }
}
