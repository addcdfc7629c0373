//! A file of a voice on its way into the folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::check::{self, Checksums};
use super::record::RecordedFile;
use super::request::{InstallRequest, OnProgress};
use super::voice_file::VoiceFile;
use crate::files::{self, Transfer};
use crate::model::error::Error;
use crate::model::message::message;

/// A file that is there, whole and checked, and waits for its name.
pub(super) struct Staged {
    part: PathBuf,
    target: PathBuf,
    sums: Checksums,
}

impl Staged {
    /// Fetches or copies a file of a voice to `part`, and checks it; it is to be in `folder`.
    pub(super) fn obtain(
        request: &InstallRequest,
        kind: VoiceFile,
        (folder, part): (&Path, &Path),
        on_progress: &mut OnProgress,
    ) -> Result<Staged, Error> {
        let file = kind.name(request.name);
        let expected = request.entry.map(|entry| entry.expected(kind));
        let place = request.source.place(kind);
        loop {
            let transfer = Transfer {
                from: &place,
                part,
                bytes: expected.and_then(|expected| expected.bytes),
                most: kind.most(),
            };
            let resumed =
                request.source.transfer(&transfer, &mut |progress| on_progress(&file, progress));
            let resumed = resumed.map_err(|error| request.source.with_advice(error))?;
            match check::file(part, kind, expected) {
                Ok(sums) => {
                    let target = folder.join(&file);
                    return Ok(Staged { part: part.to_owned(), target, sums });
                }
                // What an earlier run left may have been damaged since: once more, from the start.
                Err(_) if resumed => files::discard(part)?,
                Err(reason) => {
                    files::discard(part)?;
                    return Err(Error::voice(message!(
                        "{place} {reason}; nothing was installed",
                        place,
                        reason
                    )));
                }
            }
        }
    }

    /// What is written down of it.
    pub(super) fn recorded(&self) -> RecordedFile {
        let name = self.target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        RecordedFile { name, bytes: self.sums.bytes, sha256: self.sums.sha256 }
    }

    /// Gives it its name.
    pub(super) fn publish(self) -> Result<(), Error> {
        let Staged { part, target, .. } = self;
        fs::rename(&part, &target).map_err(|cause| Error::write(target, cause))?;
        files::discard(&part)
    }
}
