//! A finding as `docbao check` tells it.

use serde::Serialize;

use crate::model::script::Finding;

/// A finding with the file it is in.
#[derive(Serialize)]
pub(super) struct FileFinding {
    pub file: String,
    #[serde(flatten)]
    pub finding: Finding,
}
