//! Weighs what a stretch of text could be.
//!
//! A class proposes candidates; each is of a [`Kind`]. What is around the stretch is evidence:
//! [`Feature`]s, of which `tables/weights.tsv` says how much each speaks for or against each kind.
//! The weights are learned from the labelled lines of `tests/cases/normalize` (see `training`), as
//! those of a multinomial logistic regression; the confidence of a reading is the probability of all
//! that sounds the same (Guo et al. 2017, "On calibration of modern neural networks").

mod context;
mod cues;
mod feature;
mod kind;
#[cfg(test)]
mod training;
mod weights;

use super::reader::Reader;
use crate::model::spoken::{Candidate, Confidence, Decision, Evidence};
pub(super) use context::context;
pub(super) use feature::{Feature, Flag, SenseFlag, Topic};
pub(super) use kind::Kind;
use weights::Weights;

/// What could be said for a stretch.
#[derive(Debug)]
pub(super) struct Proposal {
    /// What it is.
    pub kind: Kind,
    /// What would be said.
    pub said: String,
    /// What speaks for this one alone; what speaks of the stretch is the same for all.
    pub own: Vec<Feature>,
}

/// The choice among proposals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    /// Which one.
    pub index: usize,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Chooses one of the proposals, which must not be empty, for the lexemes `from..to`, and notes the
/// decision if another is conceivable.
pub(super) fn choose(
    reader: &mut Reader<'_>,
    from: usize,
    to: usize,
    proposals: &[Proposal],
    features: &[Feature],
) -> Choice {
    let weights = Weights::get();
    let score = |proposal: &Proposal| {
        weights.score(proposal.kind, features) + weights.score(proposal.kind, &proposal.own)
    };
    let scores: Vec<f32> = proposals.iter().map(score).collect();
    let probabilities = shares(&scores);
    let best = (0..scores.len()).rev().max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let source = reader.lexed.span(from, to);
    let index = reader.forced(source.start).unwrap_or(best.unwrap_or(0)).min(proposals.len() - 1);
    let alike = |other: usize| proposals[other].said == proposals[index].said;
    let sum: f32 =
        (0..proposals.len()).filter(|&other| alike(other)).map(|other| probabilities[other]).sum();
    let confidence = weights.confidence(sum);
    if confidence < Confidence::Sure || reader.explains() {
        let evidence = |proposal: &Proposal| {
            let known = features.iter().chain(&proposal.own).map(|&feature| Evidence {
                name: feature.name(),
                weight: weights.weight(proposal.kind, feature),
            });
            if reader.explains() { known.collect() } else { Vec::new() }
        };
        let candidates = proposals.iter().zip(&probabilities).map(|(proposal, &probability)| {
            let said = proposal.said.clone();
            let evidence = evidence(proposal);
            Candidate { kind: proposal.kind.name(), said, probability, evidence }
        });
        let candidates = candidates.collect();
        reader.decide(Decision { source, chosen: index, candidates });
    }
    Choice { index, confidence }
}

/// The share of each of several scores, by the logistic of their differences.
fn shares(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let raised: Vec<f32> = scores.iter().map(|score| libm::expf(score - most)).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|one| one / sum).collect()
}
