//! `POST /v1/studio/lexicon`: a reading is kept, or forgotten.

use std::sync::Arc;

use axum::extract::{Request, State};
use serde::{Deserialize, Serialize};

use super::document::answered;
use crate::serve::answer::JsonText;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;
use crate::text::lexicon::with_reading;
use crate::voice::parametric::phonemize;

/// A reading of a written form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The text of the page's lexicon, if it is not a file of the server's.
    #[serde(default)]
    lexicon: Option<String>,
    written: String,
    /// As it is said; `None` if it is to be read by the rules again.
    said: Option<String>,
}

/// What the page keeps from now on.
#[derive(Debug, Serialize)]
struct Kept {
    /// The text of its lexicon; `None` if the server keeps it.
    lexicon: Option<String>,
}

/// `POST /v1/studio/lexicon`.
pub(super) async fn lexicon(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<JsonText, Refusal> {
    let kept = answered(shared, request, |shared, asked: Asked| {
        let Asked { lexicon, written, said } = asked;
        let said = said.as_deref();
        let lexicon = match (&shared.lexicon, lexicon) {
            (Some(_), Some(_)) => {
                let message = "this server keeps the readings in a file of its own: send none";
                return Err(Refusal::field("lexicon", message));
            }
            (Some(file), None) => {
                file.change(&written, said)?;
                None
            }
            (None, text) => {
                let text = text.unwrap_or_default();
                Some(with_reading("lexicon", &text, &written, said, &phonemize::spelling)?)
            }
        };
        Ok(Kept { lexicon })
    });
    JsonText::of(&kept.await?)
}
