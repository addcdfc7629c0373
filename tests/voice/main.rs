//! From utterances to takes: the stages of the parametric voices, speaking in parallel, and the cache of
//! what was spoken.

#[path = "../support/mod.rs"]
mod support;

mod cache;
mod espeak;
mod narrator;
mod phonemize;
mod prosody;
mod synthesize;
