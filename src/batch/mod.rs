//! Folders of articles that become folders of files, a little at a time: what is whole and would
//! come out the same is left as it is.
//!
//! For every article a [`Ledger`] keeps a record in `.docbao/` of the output folder: the
//! [key](crate::job::produce::Studio::key) of all that went in, and the digest of each file that came
//! out. It is written after the files have their names. So whenever a run is killed, each file
//! under a final name is whole, and the next run makes again exactly what is not known to be up to
//! date.

mod articles;
mod ledger;
mod watch;

pub use self::articles::{Article, articles};
pub use self::ledger::Ledger;
pub use self::watch::Watch;
use crate::job::pipeline::Finding;
use crate::job::produce::{self, Outcome, Outputs, Produced, Progress, Studio};
use crate::model::digest::Digest;
use crate::model::document::Document;
use crate::model::error::Error;

/// What became of an article in a folder that is kept up to date.
#[derive(Debug)]
pub enum Built {
    /// Its files are whole and as they would come out now.
    UpToDate(Produced),
    /// Its files were made.
    Made(Produced),
    /// It was not spoken, for these doubtful readings of the document; older files stay.
    Refused(Document, Vec<Finding>),
}

/// Makes the files of an article, unless they are up to date or `again` asks for it all the same.
/// `name` is what messages call the article; `bytes` are those of its text; `set` names its files
/// in the ledger: the path of the sound, inside the ledger's folder.
///
/// # Errors
/// As [`Studio::document`] and [`produce`](produce::produce); [`Error::Write`] if what was made cannot be recorded.
pub fn build(
    studio: &Studio,
    ledger: &Ledger,
    (name, bytes, set): (&str, &[u8], &std::path::Path),
    outputs: &Outputs,
    again: bool,
    progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<Built, Error> {
    let key = studio.key(&Digest::of(bytes), outputs);
    let standing = || ledger.standing(set, &key, &outputs.paths());
    if let Some(produced) = (!again).then(standing).flatten() {
        return Ok(Built::UpToDate(produced));
    }
    let document = studio.document(name, bytes)?;
    match produce::produce(studio, name, &document, outputs, progress)? {
        Outcome::Refused(findings) => Ok(Built::Refused(document, findings)),
        Outcome::Produced(produced) => {
            ledger.record(set, key, &outputs.paths(), &produced)?;
            Ok(Built::Made(produced))
        }
    }
}
