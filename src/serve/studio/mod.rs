//! The studio: a page on which an article is looked through, its doubtful readings are mended, each sentence
//! is heard, and all of it is rendered. The page holds the article and what was decided of it, and sends
//! them with every request; nothing of them is kept here but readings, in the user's own lexicon, and jobs.

mod article;
mod document;
mod lexicon;
mod options;
mod page;
#[cfg(feature = "podcast")]
mod publish;
mod renders;
mod script;
#[cfg(feature = "podcast")]
mod show_folder;
mod speech;
mod waveform;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

#[cfg(feature = "podcast")]
pub(super) use self::show_folder::ShowFolder;
use super::jobs;
use super::state::Shared;

/// The addresses that a browser opens; there is nothing of anybody's in them.
pub(super) fn pages() -> Router<Arc<Shared>> {
    Router::new().route("/", get(page::lead)).route("/studio", get(page::page))
}

/// The addresses that the page asks.
pub(super) fn routes() -> Router<Arc<Shared>> {
    let routes = Router::new();
    #[cfg(feature = "podcast")]
    let routes = routes.route("/v1/studio/publish", post(publish::publish));
    routes
        .route("/v1/studio", get(options::options))
        .route("/v1/studio/article", post(article::article))
        .route("/v1/studio/script", post(script::script))
        .route("/v1/studio/speech", post(speech::speech))
        .route("/v1/studio/lexicon", post(lexicon::lexicon))
        .route(jobs::RENDERS, post(renders::submit))
        .route(&format!("{}/{{id}}/waveform", jobs::RENDERS), get(waveform::waveform))
        .merge(jobs::one(jobs::RENDERS))
}
