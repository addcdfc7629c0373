//! How much each feature speaks for each kind: data of `tables/weights.tsv`.

use std::sync::LazyLock;

use super::feature::{FEATURES, Feature};
use super::kind::Kind;
use crate::model::error::Error;
use crate::model::spoken::Confidence;
use crate::model::tables::{bad_row, rows};

/// The weights, by feature and kind.
#[derive(Debug)]
pub(super) struct Weights(Vec<[f32; Kind::ALL.len()]>);

/// The least probability with which a reading is sure, and with which it is likely: `docs/normalization.md`
/// has how often each was right.
const SURE: f32 = 0.985;
const LIKELY: f32 = 0.9;

impl Weights {
    /// Those built into the program.
    pub(super) fn get() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
            load(include_str!("../tables/weights.tsv"))
                .expect("the embedded table is read in a test")
        });
        &WEIGHTS
    }

    /// How much a feature speaks for a kind; below zero: against it.
    pub(super) fn weight(&self, kind: Kind, feature: Feature) -> f32 {
        self.0[feature.index()][kind as usize]
    }

    /// How much all features together speak for a kind.
    pub(super) fn score(&self, kind: Kind, features: &[Feature]) -> f32 {
        features.iter().map(|&feature| self.weight(kind, feature)).sum()
    }

    /// How sure a reading of a probability is.
    pub(super) fn confidence(&self, probability: f32) -> Confidence {
        if probability >= SURE {
            Confidence::Sure
        } else if probability >= LIKELY {
            Confidence::Likely
        } else {
            Confidence::Doubtful
        }
    }
}

fn load(text: &str) -> Result<Weights, Error> {
    const FILE: &str = "src/text/normalize/tables/weights.tsv";
    let features = Feature::all();
    let mut weights = vec![[0.0; Kind::ALL.len()]; FEATURES];
    for (line, row) in rows(FILE, text, &["kind", "feature", "weight"])? {
        let kind = Kind::named(row[0])
            .ok_or_else(|| bad_row(FILE, line, format!("there is no kind {}", row[0])))?;
        let feature = features
            .get(row[1])
            .ok_or_else(|| bad_row(FILE, line, format!("there is no feature {}", row[1])))?;
        let weight: f32 =
            row[2].parse().map_err(|_| bad_row(FILE, line, format!("{} is no number", row[2])))?;
        weights[feature.index()][kind as usize] = weight;
    }
    Ok(Weights(weights))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for row in ["dates\tbias:any\t1", "date\tbias:none\t1", "date\tbias:any\tmuch"] {
            let error = load(&format!("kind\tfeature\tweight\n{row}\n")).unwrap_err().to_string();
            assert!(error.contains("line 2"), "{error}");
        }
    }
}
