//! What files are made with, as narrations are: the open voices, and a cache of utterances, so that of an article
//! that comes again with a word changed only that sentence is spoken.

use std::sync::Arc;

use super::settings::JobSettings;
use crate::job::Context;
use crate::job::cache::Cache;

/// The folder of the cache inside the folder of jobs.
const FOLDER: &str = "cache";

/// What files are made with.
pub(super) struct Workshop {
    context: Arc<Context>,
    /// How large the cache may grow, in bytes.
    limit: u64,
}

impl Workshop {
    /// With the voices of a context, and a cache in the folder of jobs, if there is one that may hold anything. If
    /// it cannot be opened, there is none, and that is logged.
    pub(super) fn new(context: &Arc<Context>, jobs: Option<&JobSettings>) -> Workshop {
        let settings = jobs.filter(|settings| settings.cache_limit > 0);
        let cache = settings.and_then(|settings| {
            let opened = Cache::open(&settings.folder.join(FOLDER));
            opened.inspect_err(|error| tracing::warn!(%error, "jobs have no cache")).ok()
        });
        let context = match cache {
            Some(cache) => Arc::new(context.with_cache(cache)),
            None => Arc::clone(context),
        };
        Workshop { context, limit: settings.map_or(0, |settings| settings.cache_limit) }
    }

    /// The voices and the cache.
    pub(super) fn context(&self) -> &Context {
        &self.context
    }

    /// Keeps the cache within its limit, after something was made. What went wrong is logged.
    pub(super) fn tidy(&self) {
        if let Some(Err(error)) = self.context.cache().map(|cache| cache.trim(self.limit)) {
            tracing::warn!(%error, "the cache of jobs cannot be made smaller");
        }
        for warning in self.context.warnings() {
            tracing::warn!(%warning, "of a voice or the cache of jobs");
        }
    }
}
