//! The voices that a user has installed: how they get into their folder, whole and checked, and out
//! of it again.
//!
//! A voice is two files, as Piper has them: a model `NAME.onnx` and its configuration
//! `NAME.onnx.json`. A third, `NAME.installed.json`, says what they were when they were installed.
//! Whoever puts the first two there by hand has a voice too; only that nothing is known of it then.
//! A file takes its name when it is there whole and has been checked, the model last: where a model
//! stands, there is a voice.

mod catalogue;
mod check;
mod record;
mod source;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

pub use self::catalogue::{Catalogue, Entry, Known, Sex};
pub use self::check::Traits;
pub use self::record::{Kept, Record};
pub use self::source::Source;
pub use crate::files::fetch::Progress;

use self::check::Sums;
use crate::files::fetch;
use crate::model::error::Error;
use crate::voice;
use crate::voice::parametric::data::Voice;

/// What is locked while a voice is installed or removed.
const LOCK: &str = ".lock";

/// The folder of installed voices.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
}

/// A voice that is in the folder.
#[derive(Debug, Clone)]
pub struct Installed {
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: PathBuf,
    /// Bytes of the model.
    pub bytes: u64,
    /// What its configuration says, or what is wrong with that.
    pub traits: Result<Traits, String>,
    /// What was written down when it was installed; `None` if it was put there by hand.
    pub record: Option<Record>,
}

/// A voice that is to be installed.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The name it gets.
    pub name: &'a str,
    /// Where its files are.
    pub source: &'a Source,
    /// What is known of the voice.
    pub entry: Option<&'a Entry>,
}

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The voice is installed.
    Installed,
    /// It was there already, whole.
    AlreadyThere,
}

/// Whether the files of a voice are what they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whether there is anything that they could be compared with.
    pub known: bool,
    /// What is wrong with them, as sentences.
    pub faults: Vec<String>,
}

/// Told of every piece of a file: the file's name and how far it is. An error ends the work.
pub type Tell<'a> = dyn FnMut(&str, Progress) -> Result<(), Error> + 'a;

impl Shelf {
    /// The user's own folder ([`voice::folder`]), which need not be there.
    ///
    /// # Errors
    /// [`Error::Usage`] if the user has none.
    pub fn open() -> Result<Shelf, Error> {
        let folder = voice::folder().ok_or_else(|| {
            let variable = voice::FOLDER_VARIABLE;
            Error::request(format!("there is no folder for voices here; name one in {variable}"))
        })?;
        Ok(Shelf { folder })
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All voices in it, by name.
    ///
    /// # Errors
    /// [`Error::Read`] if the folder cannot be listed.
    pub fn voices(&self) -> Result<Vec<Installed>, Error> {
        let failed = |cause| Error::read(self.folder.clone(), cause);
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(failed)?.file_name().into_string().unwrap_or_default();
            names.extend(name.strip_suffix(".onnx").map(str::to_owned));
        }
        names.sort();
        Ok(names.iter().filter_map(|name| self.voice(name)).collect())
    }

    /// The voice of this name.
    #[must_use]
    pub fn voice(&self, name: &str) -> Option<Installed> {
        if !voice::is_name(name) {
            return None;
        }
        let model = self.folder.join(model_name(name));
        let found = fs::metadata(&model).ok().filter(fs::Metadata::is_file)?;
        let config = config_name(name);
        let traits = check::config(&self.folder.join(&config));
        Some(Installed {
            name: name.to_owned(),
            bytes: found.len(),
            traits: traits.map_err(|reason| format!("{config} {reason}")),
            record: Record::load(&self.folder, name),
            model,
        })
    }

    /// Installs a voice. What a broken download left of it is gone on with.
    ///
    /// # Errors
    /// [`Error::Voice`] if the name cannot be had or the files are not what they should be;
    /// [`Error::Download`], [`Error::Read`] or [`Error::Write`] if they cannot be had or stored;
    /// [`Error::Busy`] if another process is at work in the folder; and what `tell` gives. No file has
    /// its name then that did not have it before.
    pub fn install(&self, order: &Order, tell: &mut Tell) -> Result<Outcome, Error> {
        let name = order.name;
        check_name(name)?;
        let _lock = self.lock(true)?;
        if let Some(found) = self.voice(name) {
            let is_whole = self.verify(name, order.entry)?.is_whole();
            let is_same = found.record.is_some_and(|record| record.source == order.source.text());
            match (is_whole, is_same || order.entry.is_some()) {
                (true, true) => return Ok(Outcome::AlreadyThere),
                (false, true) => {}
                (_, false) => {
                    return Err(Error::voice(format!(
                        "there is another voice {name} already: remove it (`docbao voices remove \
                         {name}`), or give this one another name"
                    )));
                }
            }
        }
        let config = Staged::obtain(self, order, Piece::Config, tell)?;
        let model = Staged::obtain(self, order, Piece::Model, tell)?;
        let record = Record {
            source: order.source.text(),
            licence: order.entry.map(|entry| entry.licence.clone()),
            files: vec![model.kept(), config.kept()],
        };
        config.publish()?;
        record.save(&self.folder, name)?;
        model.publish()?;
        Ok(Outcome::Installed)
    }

    /// Compares the files of a voice with what they were when it was installed, and with what is known
    /// of it.
    ///
    /// # Errors
    /// [`Error::Voice`] if there is no such voice; [`Error::Read`] if a file cannot be read.
    pub fn verify(&self, name: &str, entry: Option<&Entry>) -> Result<Verified, Error> {
        let voice = self.voice(name).ok_or_else(|| self.missing(name))?;
        let mut faults = Vec::new();
        for piece in [Piece::Model, Piece::Config] {
            let file = piece.name(name);
            let path = self.folder.join(&file);
            let sums = match Sums::of(&path) {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    faults.push(format!("{file} is missing"));
                    continue;
                }
                sums => sums.map_err(|cause| Error::read(path.clone(), cause))?,
            };
            let kept = voice.record.as_ref().and_then(|record| record.kept(&file));
            let was = kept.map(|kept| Known {
                bytes: Some(kept.bytes),
                sha256: Some(kept.sha256),
                md5: None,
            });
            let known = entry.map(|entry| piece.known(entry).clone());
            let differs = [was, known].into_iter().flatten().find_map(|known| sums.differ(&known));
            faults.extend(differs.map(|reason| format!("{file} is not as it was: {reason}")));
        }
        Ok(Verified { known: voice.record.is_some() || entry.is_some(), faults })
    }

    /// Removes a voice, and what a broken download left of it.
    ///
    /// # Errors
    /// [`Error::Voice`] if there is none; [`Error::Write`] if a file cannot be removed;
    /// [`Error::Busy`] if another process is at work in the folder.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        check_name(name)?;
        let _lock = self.lock(false)?;
        let pieces = [Piece::Model, Piece::Config];
        let mut paths: Vec<_> = pieces.map(|piece| self.folder.join(piece.name(name))).into();
        paths.push(Record::path(&self.folder, name));
        let parts = pieces.map(|piece| self.part(name, piece));
        if !paths.iter().chain(&parts).any(|path| path.exists()) {
            return Err(self.missing(name));
        }
        for path in paths {
            match fs::remove_file(&path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::write(path, cause));
                }
                _ => {}
            }
        }
        parts.iter().try_for_each(|part| fetch::discard(part))
    }

    /// Keeps other processes from changing the folder, which is made if `make` says so.
    fn lock(&self, make: bool) -> Result<Option<File>, Error> {
        let failed = |cause| Error::write(self.folder.clone(), cause);
        if make {
            fs::create_dir_all(&self.folder).map_err(failed)?;
        } else if !self.folder.exists() {
            return Ok(None);
        }
        let path = self.folder.join(LOCK);
        let lock = File::options().write(true).create(true).truncate(false).open(path);
        let lock = lock.map_err(failed)?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => Err(Error::busy(self.folder.clone())),
            // Where files cannot be locked, nobody else can be kept away.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(lock)),
        }
    }

    /// Where a file of a voice is until it has been checked.
    fn part(&self, name: &str, piece: Piece) -> PathBuf {
        self.folder.join(format!(".{}.part", piece.name(name)))
    }

    fn missing(&self, name: &str) -> Error {
        let folder = self.folder.display();
        Error::voice(format!("there is no voice {name} in {folder}: `docbao voices` lists all"))
    }
}

impl Verified {
    /// Whether they are what they were, as far as can be told.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Refuses what cannot be the name of an installed voice.
fn check_name(name: &str) -> Result<(), Error> {
    if !voice::is_name(name) {
        return Err(Error::request(format!(
            "`{name}` cannot be the name of an installed voice: take letters from a to z, digits, \
             `-`, `_` and `.`, a letter or digit first"
        )));
    }
    if Voice::list().contains(&name) {
        return Err(Error::voice(format!(
            "{name} is a voice inside the program: it cannot be installed or removed"
        )));
    }
    Ok(())
}

fn model_name(name: &str) -> String {
    format!("{name}.onnx")
}

fn config_name(name: &str) -> String {
    format!("{name}.onnx.json")
}

/// The two files of a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Model,
    Config,
}

impl Piece {
    fn name(self, voice: &str) -> String {
        match self {
            Piece::Model => model_name(voice),
            Piece::Config => config_name(voice),
        }
    }

    fn known(self, entry: &Entry) -> &Known {
        match self {
            Piece::Model => &entry.model,
            Piece::Config => &entry.config,
        }
    }

    /// The most bytes of such a file. A protocol buffer, which a model is, has less than 2 GiB
    /// (protobuf.dev, "Proto Limits"); Piper's configurations have some thousand bytes.
    fn most(self) -> u64 {
        match self {
            Piece::Model => (2 << 30) - 1,
            Piece::Config => check::LARGEST_CONFIG,
        }
    }
}

/// A file that is there, whole and checked, and waits for its name.
struct Staged {
    part: PathBuf,
    target: PathBuf,
    sums: Sums,
}

impl Staged {
    /// Fetches or copies a file of a voice, and checks it.
    fn obtain(
        shelf: &Shelf,
        order: &Order,
        piece: Piece,
        tell: &mut Tell,
    ) -> Result<Staged, Error> {
        let file = piece.name(order.name);
        let part = shelf.part(order.name, piece);
        let known = order.entry.map(|entry| piece.known(entry));
        let place = order.source.place(piece);
        loop {
            let wanted = fetch::Wanted {
                url: &place,
                part: &part,
                bytes: known.and_then(|known| known.bytes),
                most: piece.most(),
            };
            let resumed = order.source.bring(&wanted, &mut |progress| tell(&file, progress));
            let resumed = resumed.map_err(|error| order.source.with_advice(error))?;
            match check::piece(&part, piece, known) {
                Ok(sums) => {
                    let target = shelf.folder.join(&file);
                    return Ok(Staged { part, target, sums });
                }
                // What an earlier run left may have been damaged since: once more, from the start.
                Err(_) if resumed => fetch::discard(&part)?,
                Err(reason) => {
                    fetch::discard(&part)?;
                    return Err(Error::voice(format!("{place} {reason}; nothing was installed")));
                }
            }
        }
    }

    fn kept(&self) -> Kept {
        let name = self.target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Kept { name, bytes: self.sums.bytes, sha256: self.sums.sha256 }
    }

    /// Gives it its name.
    fn publish(self) -> Result<(), Error> {
        let Staged { part, target, .. } = self;
        fs::rename(&part, &target).map_err(|cause| Error::write(target, cause))?;
        fetch::discard(&part)
    }
}
