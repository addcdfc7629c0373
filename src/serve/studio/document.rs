//! What the page sends: the article and all that was decided of it.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::Request;
use axum::http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::task::spawn_blocking;

use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::request::{LexiconText, Source};
use crate::serve::jobs::{self, Submission};
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;
use crate::serve::uploads;
use crate::text::FrontEnd;
use crate::voice::parametric::phonemize;

/// The longest text of an article, in bytes: a page with more words than a novel is of no use to anybody.
const LONGEST: usize = 1 << 20;

/// The document of a page: a job, and the readings that the page keeps.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    /// What is asked for when it is rendered.
    pub job: jobs::Asked,
    /// The text of the page's lexicon, if it is not a file of the server's.
    #[serde(default)]
    pub lexicon: Option<String>,
}

impl Document {
    /// What it asks for, with the readings that were chosen in the studio.
    ///
    /// # Errors
    /// If something cannot be done; the folder of voices may be read, and the lexicon.
    pub(super) fn submission(self, shared: &Shared) -> Result<Submission, Refusal> {
        let mut submission = self.job.submission(&shared.manner, shared.addresses)?;
        let lexicon = match (&shared.lexicon, self.lexicon) {
            (Some(_), Some(_)) => {
                let message = "this server keeps the readings in a file of its own: send none";
                return Err(Refusal::field("lexicon", message));
            }
            (Some(file), None) => Some(file.read()?),
            (None, text) => text.map(|text| LexiconText::new("lexicon", &text)),
        };
        submission.request.reading.lexicons.extend(lexicon);
        Ok(submission)
    }

    /// As [`Document::submission`], with its article ready to be read.
    ///
    /// # Errors
    /// As [`Document::submission`], and if the article cannot be read, or is still to be fetched.
    pub(super) fn open(self, shared: &Shared) -> Result<Desk, Refusal> {
        let submission = self.submission(shared)?;
        if let Source::Address(_) = submission.request.source {
            let message = "an address is fetched once, by /v1/studio/article: send what it answers";
            return Err(Refusal::field("source", message));
        }
        let desk = Desk::new(submission)?;
        let length = desk.article.text.len();
        if length > LONGEST {
            let (length, most) = (length >> 10, LONGEST >> 10);
            let message =
                format!("the article has {length} KiB of text, and the studio takes {most}");
            return Err(Refusal::of(StatusCode::PAYLOAD_TOO_LARGE, message));
        }
        Ok(desk)
    }
}

/// A document whose article was read.
pub(super) struct Desk {
    /// The article as its reader found it.
    article: Article,
    pub submission: Submission,
}

impl Desk {
    /// Reads the article of a submission.
    ///
    /// # Errors
    /// As [`Submission::article`].
    pub(super) fn new(submission: Submission) -> Result<Desk, Error> {
        Ok(Desk { article: submission.article()?, submission })
    }

    /// The article as its reader found it.
    #[cfg(feature = "podcast")]
    pub(super) fn found(&self) -> &Article {
        &self.article
    }

    /// The article as it is to be read.
    ///
    /// # Errors
    /// If what was decided is not about this article.
    pub(super) fn article(&self) -> Result<Cow<'_, Article>, Error> {
        self.submission.request.reading.edits.apply(&self.article)
    }

    /// How it is read. What one page sends is not kept for others.
    ///
    /// # Errors
    /// As [`FrontEnd::new`].
    pub(super) fn front_end(&self) -> Result<FrontEnd, Error> {
        FrontEnd::new(&self.submission.request.reading, &phonemize::spelling)
    }
}

/// Answers a request that reads a body, or files.
///
/// # Errors
/// If the body is not what is asked for, and what `work` gives.
pub(super) async fn answered<Asked: DeserializeOwned + Send + 'static, Answer: Send + 'static>(
    shared: Arc<Shared>,
    request: Request,
    work: impl FnOnce(&Shared, Asked) -> Result<Answer, Refusal> + Send + 'static,
) -> Result<Answer, Refusal> {
    let upload = uploads::read(&shared, request).await?;
    let done = spawn_blocking(move || {
        let asked = serde_json::from_slice(&upload.bytes).map_err(|error| {
            let message = format!("the body is not what is asked for here: {error}");
            Refusal::of(StatusCode::BAD_REQUEST, message)
        })?;
        work(&shared, asked)
    });
    done.await.map_err(|_| Refusal::failed())?
}
