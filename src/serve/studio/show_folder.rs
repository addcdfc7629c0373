//! The folder of a show in which documents become articles, and which is built with them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::Offset;
use rayon::ThreadPoolBuilder;

use crate::batch::Event;
use crate::files::{self, AtomicFile};
use crate::job::{Context, Outcome, Progress};
use crate::model::date::PublicationDate;
use crate::model::error::Error;
use crate::model::request::Request;
use crate::podcast::{self, BuildRequest, Decided, Show};
use crate::text::readers;

/// The longest name of an article's file without its ending, in bytes.
const LONGEST_NAME: usize = 80;

/// The folder of a show.
pub(in crate::serve) struct ShowFolder {
    folder: PathBuf,
    title: String,
    /// The show is changed and built by one request after the other.
    turn: Mutex<()>,
}

/// An article of a show.
pub(super) struct Publication<'a> {
    /// The name of its file, if it was published before.
    pub name: Option<&'a str>,
    /// A name for a file that is not there yet, without its ending.
    pub stem: String,
    /// The ending of the names of files of its format.
    pub ending: &'static str,
    /// The article as it came.
    pub bytes: &'a [u8],
    pub decided: Decided,
}

/// What became of an article.
pub(super) struct Published {
    /// The name of its file.
    pub name: String,
    /// When it will be published, if that is later.
    pub scheduled: Option<String>,
    /// Episodes in the feed.
    pub episodes: usize,
}

impl ShowFolder {
    /// The show in a folder.
    ///
    /// # Errors
    /// As [`Show::load`].
    pub(in crate::serve) fn open(folder: PathBuf) -> Result<ShowFolder, Error> {
        let title = Show::load(&folder)?.title;
        Ok(ShowFolder { folder, title, turn: Mutex::default() })
    }

    /// What it is called.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Puts an article into the show, or in the place of what it was before, and builds the show. `watch` gets
    /// the name of the file of each article that is spoken, and how far it is.
    ///
    /// # Errors
    /// Of kind `Request` if no article of this name was published from here; as
    /// [`build`](podcast::build), and why this article could not be done.
    pub(super) fn publish(
        &self,
        context: &Context,
        manner: &Request,
        mut publication: Publication,
        watch: &mut (dyn FnMut(&str, Progress) + Send),
    ) -> Result<Published, Error> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have changed since the server was started.
        let show = Show::load(&self.folder)?;
        let path = self.path(&publication)?;
        if publication.decided.date.is_none() {
            let before = Decided::of(&path)?.date;
            publication.decided.date = Some(before.unwrap_or_else(|| now(show.offset)));
        }
        ShowFolder::write(&path, &publication)?;
        let request = BuildRequest {
            skips_failed: false,
            folder: &self.folder,
            output: &self.folder.join("public"),
            now: Timestamp::now(),
            earlier: false,
            empties: false,
            again: false,
            manner,
        };
        let own = path.display().to_string();
        let mut outcome = None;
        let mut tell = |event: Event| {
            match event {
                Event::Spoken(path, progress) => {
                    let name = Path::new(path).file_name().unwrap_or_default();
                    watch(&name.to_string_lossy(), progress);
                }
                Event::Done(name, _, done) if name == own => outcome = Some(done),
                _ => {}
            }
            Ok(())
        };
        // Those who wait for speech do not wait behind it.
        let threads = ThreadPoolBuilder::new().build().map_err(|error| {
            Error::request(format!("the show cannot have threads of its own: {error}"))
        })?;
        let summary = threads.install(|| podcast::build(context, &show, &request, &mut tell))?;
        let scheduled = match outcome {
            Some(Outcome::Failed(error)) => return Err(error),
            Some(Outcome::Refused(findings)) => {
                let reason = format!("has {} doubtful readings", findings.len());
                return Err(Error::input(own, reason));
            }
            Some(Outcome::Scheduled(date)) => Some(date),
            _ => None,
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Published { name, scheduled, episodes: summary.episodes })
    }

    /// The file of an article: that which it had, or one that is not there yet.
    fn path(&self, publication: &Publication) -> Result<PathBuf, Error> {
        let Publication { name, stem, ending, .. } = publication;
        if let Some(name) = name {
            let path = self.folder.join(name);
            let is_plain = Path::new(name).file_name().is_some_and(|last| last == *name);
            // What the owner of the show has written is never replaced.
            if !is_plain || !path.is_file() || !Decided::path(&path).is_file() {
                return Err(Error::request(format!("no article {name} was published from here")));
            }
            return Ok(path);
        }
        let stem = &stem[..stem.len().min(LONGEST_NAME)];
        let taken = |stem: &str| {
            let mut endings = readers::extensions().chain([*ending]);
            endings.any(|ending| self.folder.join(format!("{stem}.{ending}")).exists())
        };
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let mut stems = std::iter::once(stem.to_owned()).chain(numbered);
        let free = stems.find(|stem| !taken(stem)).unwrap_or_default();
        Ok(self.folder.join(format!("{free}.{ending}")))
    }

    /// Writes an article and what was decided of it, together.
    fn write(path: &Path, publication: &Publication) -> Result<(), Error> {
        let beside = Decided::path(path);
        let json = serde_json::to_vec_pretty(&publication.decided);
        let json = json.map_err(|error| Error::write(&beside, error.into()))?;
        let mut sealed = Vec::new();
        for (path, bytes) in [(&*beside, &json[..]), (path, publication.bytes)] {
            let mut file = AtomicFile::create(path)?;
            file.write_all(bytes).map_err(|cause| file.error(cause))?;
            sealed.push(file.seal()?);
        }
        files::publish(sealed)
    }
}

/// The second that has begun on the clock of a show: never one that is still to come, until which an episode
/// would wait.
fn now(offset: Offset) -> PublicationDate {
    let clock = offset.to_datetime(Timestamp::now());
    let time = clock.time().with().subsec_nanosecond(0).build().unwrap_or_else(|_| clock.time());
    PublicationDate { day: clock.date(), time: Some(time), offset: Some(offset) }
}
