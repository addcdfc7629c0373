//! The second pass: what was spoken is mastered and encoded, and what was encoded is heard.

use std::path::Path;

use crate::files::{AtomicFile, Sealed};
use crate::model::error::Error;
use crate::model::tags::{Chapter, Tags};
use crate::sound::formats;
use crate::sound::formats::Encoding;
use crate::sound::master::{self, Master, Measured, Preset};

/// The most by which the peaks are lowered for what the encoder adds to them, in dB. An encoder that
/// adds more is left to be reported.
const MOST_HEADROOM: f64 = 3.0;

/// By how much lower than needed the next try is made, in dB.
const MARGIN: f64 = 0.1;

/// The file of a spooled narration, whole and waiting for its name, and how it sounds. `check` is
/// asked now and then whether to go on.
///
/// # Errors
/// As the writer of the format, and what `check` gives.
pub(super) fn encode(
    master: &mut Master,
    (path, encoding, preset): (&Path, &Encoding, &Preset),
    tags: &Tags,
    chapters: &[Chapter],
    check: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<(Sealed, Measured), Error> {
    let rate = encoding.output_rate(master.rate());
    let mut headroom = encoding.format().headroom_db();
    loop {
        let mut file = AtomicFile::create(path)?;
        let mut writer = formats::create(&mut file, encoding, master.rate(), tags, chapters)
            .map_err(|fault| fault.in_file(path))?;
        let as_asked = preset.with_headroom(headroom);
        let mastered = master.finish(&as_asked, rate, |samples| {
            check()?;
            writer.write(samples).map_err(|cause| Error::write(path, cause))
        })?;
        writer.finish().map_err(|cause| Error::write(path, cause))?;
        // Without loss, what is heard is what was measured on the way.
        let heard = if encoding.format().is_lossy() {
            master::verify(file.temporary_path())?
        } else {
            mastered.after
        };
        match preset.excess(&heard) {
            Some(excess) if headroom < MOST_HEADROOM => headroom += excess + MARGIN,
            _ => return Ok((file.seal()?, heard)),
        }
    }
}
