//! Learns the weights from the labelled lines of `tests/cases/normalize`.
//!
//! A line is read with every combination of the candidates of its decisions; the candidates with which it
//! is said as one of its accepted readings are the right ones. Lines that are read right with no
//! combination, or with all, teach nothing. What is minimized is the mean logarithmic loss of the right
//! candidates, of pairs of numbers and of senses of abbreviations, plus the squares of the weights (L2), by gradient descent with the step sizes of
//! Rprop (Riedmiller and Braun 1993): nothing is random, so the same lines give the same weights.
//!
//! `DOCBAO_WRITE_WEIGHTS=1 cargo test --lib weigh::training -- --ignored --nocapture` writes the table and
//! prints how well it does on lines that it did not learn from; without the variable it checks that
//! the table is what the lines give.

#![expect(clippy::print_stdout, reason = "whoever writes the table reads how well it does")]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;

use super::feature::{FEATURES, Feature};
use super::kind::Kind;
use super::shares;

use crate::model::article::Article;
use crate::model::block::{Block, BlockKind};
use crate::model::diag::Span;
use crate::model::reading_options::{Options, Profile};
use crate::model::reading_policy::ReadingPolicy;
use crate::model::spoken::Candidate;
use crate::text::lexicon::Lexicon;
use crate::text::normalize::Normalizer;
use crate::text::normalize::reader::Forced;
use crate::text::orthography;

/// Weights are drawn towards zero by this share of their squares.
const DECAY: f64 = 0.0002;

/// Steps of the descent.
const STEPS: usize = 300;

/// Lines with more combinations of choices than this teach nothing.
const MOST_COMBINATIONS: usize = 700;

/// Parts of the lines of which one after the other is kept from learning.
const FOLDS: usize = 10;

/// A decision whose right candidates are known.
struct Example {
    /// The line it is in, which tells its fold.
    text: String,
    /// The kind of each, what is said, and what speaks for it alone.
    candidates: Vec<(Kind, String, Vec<Feature>)>,
    /// What speaks of the whole stretch.
    features: Vec<Feature>,
    right: Vec<bool>,
}

/// Tables of lines that are read as an article of sport as well.
const SPORT: [&str; 2] = ["news_sport", "score"];

/// A labelled line.
struct Line {
    text: String,
    /// Its accepted readings, as they are heard.
    accepted: Vec<String>,
    profile: Profile,
}

/// The lines of all tables of cases.
fn lines() -> Vec<Line> {
    let mut tables: Vec<_> = fs::read_dir("tests/cases/normalize")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .collect();
    tables.sort();
    let mut lines = Vec::new();
    for table in tables {
        let text = fs::read_to_string(&table).unwrap();
        let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).skip(1);
        for row in rows {
            let mut fields = row.split('\t');
            let (Some(text), Some(said)) = (fields.next(), fields.next()) else { continue };
            let accepted: Vec<_> = said.split(" | ").map(heard).collect();
            let sport = SPORT.iter().any(|name| table.file_stem().unwrap() == *name);
            let profiles = [Some(Profile::Auto), sport.then_some(Profile::Sport)];
            for profile in profiles.into_iter().flatten() {
                let (text, accepted) = (text.to_owned(), accepted.clone());
                lines.push(Line { text, accepted, profile });
            }
        }
    }
    lines
}

/// A reading as it is heard: words in lower case, no signs, tone marks in one place.
fn heard(said: &str) -> String {
    let folded = orthography::fold(said);
    let words = folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words = words.map(|word| match word {
        "ngàn" => "nghìn",
        "lẻ" => "linh",
        "tỉ" => "tỷ",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A line as an article.
fn article(text: &str) -> Article {
    let text = text.trim().to_owned();
    let block = Block::new(BlockKind::Paragraph, Span::new(0, text.len()), "a labelled line");
    Article { blocks: vec![block], text, ..Article::default() }
}

/// The decisions of a line that its accepted readings tell the right candidates of.
fn examples(
    Line { text, accepted, profile }: &Line,
    known: &HashMap<String, Feature>,
) -> Vec<Example> {
    let article = article(text);
    let options = Options { profile: *profile, ..Options::default() };
    let normalizer = Normalizer::new(options, Lexicon::default());
    let read =
        |forced: &Forced| normalizer.weighed(&article, &ReadingPolicy::default(), Some(forced));
    let is_right = |forced: &Forced| {
        let spoken = read(forced);
        let line: Vec<_> = spoken.blocks.iter().map(|block| spoken.line(block)).collect();
        accepted.contains(&heard(&line.join(" ")))
    };
    // What the present weights choose must not matter: every combination of choices is tried.
    let base = read(&Forced::new());
    let stretches: Vec<(usize, usize)> =
        base.decisions.iter().map(|one| (one.source.start, one.candidates.len())).collect();
    let combinations: usize = stretches.iter().map(|(_, count)| count).product();
    if stretches.is_empty() || combinations > MOST_COMBINATIONS {
        return Vec::new();
    }
    let choices = (0..combinations).map(|mut number| {
        let choose = |&(start, count): &(usize, usize)| {
            let index = number % count;
            number /= count;
            (start, index)
        };
        stretches.iter().map(choose).collect::<Vec<_>>()
    });
    let right: Vec<Vec<(usize, usize)>> =
        choices.filter(|choice| is_right(&choice.iter().copied().collect())).collect();
    let Some(first) = right.first() else { return Vec::new() };
    let settled = read(&first.iter().copied().collect());
    let mut examples = Vec::new();
    for decision in &settled.decisions {
        let is_right = |index: usize| {
            right.iter().any(|choice| choice.contains(&(decision.source.start, index)))
        };
        let mut right: Vec<_> = (0..decision.candidates.len()).map(is_right).collect();
        // 30/4 may be said without ngày: where it is a day too, the name of a place is not what is meant.
        let kinds = decision.candidates.iter().map(|candidate| candidate.kind);
        let is_day = |(kind, right): (&str, &bool)| {
            *right
                && matches!(Kind::named(kind), Some(Kind::Date | Kind::DashDate | Kind::PointDate))
        };
        if kinds.clone().zip(&right).any(is_day) {
            for (kind, right) in kinds.zip(&mut right) {
                *right &= Kind::named(kind) != Some(Kind::NamedDate);
            }
        }
        if right.iter().all(|&one| one) || !right.contains(&true) {
            continue;
        }
        let features = |candidate: &Candidate, own: bool| {
            let known = candidate.evidence.iter().map(|one| known[&one.name]);
            known.filter(|feature| feature.is_of_candidate() == own).collect::<Vec<_>>()
        };
        let candidates = decision.candidates.iter().map(|candidate| {
            let kind = Kind::named(candidate.kind).unwrap();
            (kind, candidate.said.clone(), features(candidate, true))
        });
        let candidates = candidates.collect();
        let features = features(&decision.candidates[0], false);
        examples.push(Example { text: text.clone(), candidates, features, right });
    }
    examples
}

/// The weights that the examples give, by feature and kind.
fn learn(examples: &[&Example]) -> Vec<[f64; Kind::ALL.len()]> {
    const GROW: f64 = 1.2;
    const SHRINK: f64 = 0.5;
    let mut weights = vec![[0.0; Kind::ALL.len()]; FEATURES];
    let mut steps = vec![[0.05; Kind::ALL.len()]; FEATURES];
    let mut last = vec![[0.0; Kind::ALL.len()]; FEATURES];
    // No weight is of both: each has the mean loss of its own.
    let is_sense = |example: &&&Example| example.candidates[0].0 == Kind::Sense;
    let senses = examples.iter().filter(is_sense).count() as f64;
    let pairs = examples.len() as f64 - senses;
    for _ in 0..STEPS {
        let mut slopes: Vec<[f64; Kind::ALL.len()]> =
            weights.iter().map(|row| row.map(|weight: f64| DECAY * weight)).collect();
        for example in examples {
            let probabilities = probabilities(&weights, example);
            let right: f64 = probabilities
                .iter()
                .zip(&example.right)
                .filter(|(_, right)| **right)
                .map(|(p, _)| p)
                .sum();
            for ((kind, _, own), (probability, is_right)) in
                example.candidates.iter().zip(probabilities.iter().zip(&example.right))
            {
                let aim = if *is_right { probability / right } else { 0.0 };
                let slope = (probability - aim) / if *kind == Kind::Sense { senses } else { pairs };
                for feature in example.features.iter().chain(own) {
                    slopes[feature.index()][*kind as usize] += slope;
                }
            }
        }
        for feature in 0..FEATURES {
            for kind in 0..Kind::ALL.len() {
                let slope = slopes[feature][kind];
                let same = slope * last[feature][kind];
                let step = &mut steps[feature][kind];
                if same > 0.0 {
                    *step = (*step * GROW).min(1.0);
                } else if same < 0.0 {
                    *step = (*step * SHRINK).max(1e-6);
                }
                last[feature][kind] = if same < 0.0 { 0.0 } else { slope };
                if last[feature][kind] != 0.0 {
                    weights[feature][kind] -= *step * slope.signum();
                }
            }
        }
    }
    weights
}

fn probabilities(weights: &[[f64; Kind::ALL.len()]], example: &Example) -> Vec<f64> {
    let scores: Vec<f32> = example
        .candidates
        .iter()
        .map(|(kind, _, own)| {
            let features = example.features.iter().chain(own);
            let sum: f64 = features.map(|f| weights[f.index()][*kind as usize]).sum();
            sum as f32
        })
        .collect();
    shares(&scores).into_iter().map(f64::from).collect()
}

/// The table that the weights make: those that round to zero are left out.
fn table(weights: &[[f64; Kind::ALL.len()]]) -> String {
    let mut rows = BTreeMap::new();
    for (index, row) in weights.iter().enumerate() {
        for ((kind, _), weight) in Kind::ALL.into_iter().zip(row) {
            if weight.abs() >= 0.05 {
                rows.insert((kind as usize, index), format!("{weight:.2}"));
            }
        }
    }
    let mut table = String::from(
        "# How much each feature speaks for each kind of reading; below zero: against it.\n\
         # kind, feature: docs/normalization.md has what they are. weight: the logarithm of a factor of its odds.\n\
         # Source: learned from tests/cases/normalize by src/text/normalize/weigh/training.rs, which tells how.\n\
         kind\tfeature\tweight\n",
    );
    for ((kind, index), weight) in rows {
        let feature = Feature::at(index).unwrap().name();
        writeln!(table, "{}\t{feature}\t{weight}", Kind::ALL[kind].1).unwrap();
    }
    table
}

/// Which part of the lines a line is in, by its text.
fn fold(text: &str) -> usize {
    text.bytes().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % FOLDS
}

/// Prints how often readings of each probability were right on lines that were not learned from.
fn print_reliability(examples: &[Example]) {
    const BOUNDS: [f64; 8] = [0.0, 0.5, 0.7, 0.85, 0.9, 0.95, 0.985, 0.995];
    let mut bins = vec![(0, 0); BOUNDS.len()];
    let mut senses = vec![(0, 0); BOUNDS.len()];
    let mut wrong = Vec::new();
    for part in 0..FOLDS {
        let (kept, learned): (Vec<_>, Vec<_>) =
            examples.iter().partition(|example| fold(&example.text) == part);
        let weights = learn(&learned);
        for example in kept {
            let probabilities = probabilities(&weights, example);
            let best = (0..probabilities.len())
                .max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]))
                .unwrap();
            let said = &example.candidates[best].1;
            let alike = example.candidates.iter().zip(&probabilities);
            let sum: f64 = alike.filter(|((_, other, _), _)| other == said).map(|(_, p)| p).sum();
            let bin = BOUNDS.iter().rposition(|&bound| sum >= bound).unwrap();
            let sense = example.candidates[best].0 == Kind::Sense;
            let counted = if sense { &mut senses[bin] } else { &mut bins[bin] };
            counted.0 += 1;
            counted.1 += usize::from(example.right[best]);
            if !example.right[best] {
                wrong.push(format!("{sum:.2} {said}: {}", example.text));
            }
        }
    }
    wrong.sort();
    wrong.iter().rev().for_each(|line| println!("{line}"));
    for (bound, ((pairs, right_pairs), (count, right))) in
        BOUNDS.iter().zip(bins.iter().zip(&senses))
    {
        println!(
            "from {bound:.2}: {right_pairs} of {pairs} pairs right, {right} of {count} senses"
        );
    }
}

#[test]
#[ignore = "learns the weights anew, which takes a minute"]
fn the_table_is_what_the_lines_give() {
    let names = Feature::all();
    let all: Vec<Example> = lines().iter().flat_map(|line| examples(line, &names)).collect();
    println!("{} decisions with a known answer", all.len());
    let weights = learn(&all.iter().collect::<Vec<_>>());
    let learned = table(&weights);
    const FILE: &str = "src/text/normalize/tables/weights.tsv";
    if std::env::var_os("DOCBAO_WRITE_WEIGHTS").is_some() {
        print_reliability(&all);
        fs::write(FILE, learned).unwrap();
    } else {
        assert_eq!(fs::read_to_string(FILE).unwrap(), learned, "learn the weights anew");
    }
}
