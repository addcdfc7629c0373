//! What the requests of a server share.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::jobs::{ADDRESS, Queue, RENDERS};
use super::metrics::Metrics;
use super::refusal::Refusal;
use super::settings::{JobSettings, Settings};
#[cfg(feature = "podcast")]
use super::studio::ShowFolder;
use super::workshop::Workshop;
use crate::job::Context;
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::request::Request;
use crate::text::lexicon_file::LexiconFile;
use crate::voice::parametric::phonemize;

/// What all requests share.
pub(super) struct Shared {
    pub context: Arc<Context>,
    /// What files are made with.
    #[cfg(feature = "podcast")]
    pub workshop: Arc<Workshop>,
    /// The jobs, if it keeps some.
    pub jobs: Option<Arc<Queue>>,
    /// The jobs of the studio, if there is one: those that it keeps anyway, or others.
    pub renders: Option<Arc<Queue>>,
    /// The file of the studio's readings, if it is not the page that keeps them.
    pub lexicon: Option<LexiconFile>,
    /// The show in which the studio publishes, if there is one.
    #[cfg(feature = "podcast")]
    pub show: Option<ShowFolder>,
    /// Whether it fetches articles.
    pub addresses: bool,
    /// How texts are read and spoken where a request does not say.
    pub manner: Request,
    /// The digest of the token that clients must give, if they must.
    pub token: Option<Digest>,
    /// The origin of web pages that may use it.
    pub origin: Option<String>,
    /// The names by which it is known, where they are checked.
    pub names: Option<Vec<String>>,
    /// How many requests are spoken at once.
    pub most: usize,
    pub places: Arc<Semaphore>,
    /// Bodies of requests that may be in memory at once.
    pub uploads: Arc<Semaphore>,
    /// The largest text or body of a request, in bytes.
    pub largest: usize,
    /// How long a request may be spoken.
    pub longest: Duration,
    pub metrics: Metrics,
}

impl Shared {
    /// The state of a server that has answered nothing yet. `renders` is where a studio keeps its jobs if
    /// the server keeps none.
    ///
    /// # Errors
    /// If its jobs or its lexicon cannot be opened.
    pub(super) fn new(
        context: Context,
        settings: &Settings,
        renders: Option<&JobSettings>,
    ) -> Result<Shared, Error> {
        let Settings { address, token, manner, names, origin, .. } = settings;
        let most = settings.most_requests;
        let are_checked = address.ip().is_loopback() || !names.is_empty();
        let context = Arc::new(context);
        let kept = settings.jobs.as_ref().or(renders);
        let workshop = Arc::new(Workshop::new(&context, kept));
        let metrics = Metrics::new();
        let open = |settings: Option<&JobSettings>, address| {
            let open = |it| Queue::open(Arc::clone(&workshop), metrics.jobs.clone(), it, address);
            settings.map(open).transpose()
        };
        let jobs = open(settings.jobs.as_ref(), ADDRESS)?;
        let renders = match &jobs {
            Some(jobs) if settings.studio => Some(Arc::clone(jobs)),
            _ => open(renders, RENDERS)?,
        };
        let lexicon = settings.lexicon.clone();
        let lexicon =
            lexicon.map(|path| LexiconFile::open(path, phonemize::spelling)).transpose()?;
        #[cfg(feature = "podcast")]
        let show = settings.show.clone().map(ShowFolder::open).transpose()?;
        Ok(Shared {
            context,
            #[cfg(feature = "podcast")]
            workshop,
            jobs,
            renders,
            lexicon,
            #[cfg(feature = "podcast")]
            show,
            addresses: settings.addresses,
            manner: manner.clone(),
            token: token.as_ref().map(|token| Digest::of(token.as_bytes())),
            origin: origin.clone(),
            names: are_checked.then(|| names.clone()),
            most,
            places: Arc::new(Semaphore::new(most)),
            uploads: Arc::new(Semaphore::new(most)),
            largest: settings.largest_body,
            longest: settings.longest_request,
            metrics,
        })
    }

    /// All jobs that it keeps.
    pub(super) fn queues(&self) -> impl Iterator<Item = &Arc<Queue>> {
        let own = self.renders.iter().filter(|_| self.jobs.is_none());
        self.jobs.iter().chain(own)
    }

    /// A place among the requests that are spoken at once.
    ///
    /// # Errors
    /// If all are taken.
    pub(super) fn place(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| {
            let message = format!("{} requests are being spoken; ask again later", self.most);
            Refusal::busy(message)
        })
    }
}
