//! The voices that a user has installed: how they get into their folder, whole and checked, and out
//! of it again.
//!
//! A voice is two files, as Piper has them: a model `NAME.onnx` and its configuration
//! `NAME.onnx.json`. A third, `NAME.installed.json`, says what they were when they were installed.
//! Whoever puts the first two there by hand has a voice too; only that nothing is known of it then.
//! A file takes its name when it is there whole and has been checked, the model last: where a model
//! is, there is a voice.

mod catalogue;
mod check;
mod record;
mod request;
mod source;
mod staged;
mod voice_file;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

pub use self::catalogue::{Catalogue, Entry, Expected, Sex};
pub use self::check::Traits;
pub use self::record::{Record, RecordedFile};
pub use self::request::{InstallRequest, OnProgress};
pub use self::source::Source;
pub use crate::files::Progress;

use self::check::Checksums;
use self::staged::Staged;
use self::voice_file::VoiceFile;
use crate::files;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::voice::installed;
use crate::voice::parametric::data::Voice;

/// What is locked while a voice is installed or removed.
const LOCK: &str = ".lock";

/// The folder of installed voices.
#[derive(Debug, Clone)]
pub struct VoiceFolder {
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
    pub traits: Result<Traits, Message>,
    /// What was written down when it was installed; `None` if it was put there by hand.
    pub record: Option<Record>,
}

/// What became of a request.
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
    pub faults: Vec<Message>,
}

impl VoiceFolder {
    /// The user's own folder ([`crate::voice::folder`]), which need not be there.
    ///
    /// # Errors
    /// Of kind `Request` if the user has none.
    pub fn open() -> Result<VoiceFolder, Error> {
        let folder = installed::folder().ok_or_else(|| {
            let variable = installed::FOLDER_VARIABLE;
            Error::request(message!(
                "there is no folder for voices here; name one in {variable}",
                variable
            ))
        })?;
        Ok(VoiceFolder { folder })
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All voices in it, by name.
    ///
    /// # Errors
    /// Of kind `Read` if the folder cannot be listed.
    pub fn voices(&self) -> Result<Vec<Installed>, Error> {
        let failed = |cause| Error::read(&self.folder, cause);
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
        if !installed::is_name(name) {
            return None;
        }
        let model = self.folder.join(VoiceFile::Model.name(name));
        let found = fs::metadata(&model).ok().filter(fs::Metadata::is_file)?;
        let config = VoiceFile::Config.name(name);
        let traits = check::config(&self.folder.join(&config));
        Some(Installed {
            name: name.to_owned(),
            bytes: found.len(),
            traits: traits.map_err(|reason| message!("{config} {reason}", config, reason)),
            record: Record::load(&self.folder, name),
            model,
        })
    }

    /// Installs a voice. What a broken download left of it is completed.
    ///
    /// # Errors
    /// Of kind `Voice` if the name cannot be had or the files are not what they should be;
    /// of kind `Download`, `Read` or `Write` if they cannot be had or stored;
    /// of kind `Busy` if another process is at work in the folder; and what `on_progress` gives. No file has
    /// its name then that did not have it before.
    pub fn install(
        &self,
        request: &InstallRequest,
        on_progress: &mut OnProgress,
    ) -> Result<Outcome, Error> {
        let name = request.name;
        check_name(name)?;
        let _lock = self.lock(true)?;
        let _ = files::sweep(&self.folder);
        if let Some(found) = self.voice(name) {
            let is_whole = self.verify(name, request.entry)?.is_whole();
            let is_same = found.record.is_some_and(|record| record.source == request.source.text());
            match (is_whole, is_same || request.entry.is_some()) {
                (true, true) => {
                    // A run that was killed at its very end left something.
                    VoiceFile::ALL
                        .iter()
                        .try_for_each(|file| files::discard(&self.part(name, *file)))?;
                    return Ok(Outcome::AlreadyThere);
                }
                (false, true) => {}
                (_, false) => {
                    return Err(Error::voice(message!(
                        "there is another voice {name} already: remove it, or give this one another \
                         name",
                        name
                    )));
                }
            }
        }
        let config = Staged::obtain(
            request,
            VoiceFile::Config,
            (&self.folder, &self.part(name, VoiceFile::Config)),
            on_progress,
        )?;
        let model = Staged::obtain(
            request,
            VoiceFile::Model,
            (&self.folder, &self.part(name, VoiceFile::Model)),
            on_progress,
        )?;
        let record = Record {
            source: request.source.text(),
            licence: request.entry.map(|entry| entry.licence.clone()),
            files: vec![model.recorded(), config.recorded()],
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
    /// Of kind `Voice` if there is no such voice; of kind `Read` if a file cannot be read.
    pub fn verify(&self, name: &str, entry: Option<&Entry>) -> Result<Verified, Error> {
        let voice = self.voice(name).ok_or_else(|| self.missing(name))?;
        let mut faults = Vec::new();
        for kind in VoiceFile::ALL {
            let file = kind.name(name);
            let path = self.folder.join(&file);
            let sums = match Checksums::of(&path) {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    faults.push(message!("{file} is missing", file));
                    continue;
                }
                sums => sums.map_err(|cause| Error::read(&path, cause))?,
            };
            let kept = voice.record.as_ref().and_then(|record| record.file(&file));
            let was = kept.map(|kept| Expected {
                bytes: Some(kept.bytes),
                sha256: Some(kept.sha256),
                md5: None,
            });
            let known = entry.map(|entry| entry.expected(kind).clone());
            let differs = [was, known].into_iter().flatten().find_map(|known| sums.differ(&known));
            faults.extend(
                differs.map(|reason| message!("{file} is not as it was: {reason}", file, reason)),
            );
        }
        Ok(Verified { known: voice.record.is_some() || entry.is_some(), faults })
    }

    /// Removes a voice, and what a broken download left of it.
    ///
    /// # Errors
    /// Of kind `Voice` if there is none; of kind `Write` if a file cannot be removed;
    /// of kind `Busy` if another process is at work in the folder.
    pub fn remove(&self, name: &str) -> Result<(), Error> {
        check_name(name)?;
        let _lock = self.lock(false)?;
        let mut paths: Vec<_> = VoiceFile::ALL.map(|file| self.folder.join(file.name(name))).into();
        paths.push(Record::path(&self.folder, name));
        let parts = VoiceFile::ALL.map(|file| self.part(name, file));
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
        parts.iter().try_for_each(|part| files::discard(part))
    }

    /// Keeps other processes from changing the folder, which is made if `make` says so.
    fn lock(&self, make: bool) -> Result<Option<File>, Error> {
        let failed = |cause| Error::write(&self.folder, cause);
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
    fn part(&self, name: &str, file: VoiceFile) -> PathBuf {
        self.folder.join(format!(".{}.part", file.name(name)))
    }

    fn missing(&self, name: &str) -> Error {
        let folder = self.folder.display();
        Error::voice(message!("there is no voice {name} in {folder}", name, folder))
    }
}

impl Verified {
    /// Whether they are what they were, as far as is known.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Refuses what cannot be the name of an installed voice.
fn check_name(name: &str) -> Result<(), Error> {
    if !installed::is_name(name) {
        return Err(Error::request(message!(
            "`{name}` cannot be the name of an installed voice: take letters from a to z, digits, \
             `-`, `_` and `.`, a letter or digit first",
            name
        )));
    }
    if Voice::list().contains(&name) {
        return Err(Error::voice(message!(
            "{name} is a voice inside the program: it cannot be installed or removed",
            name
        )));
    }
    Ok(())
}
