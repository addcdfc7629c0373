//! The parts of a voice's model, found by how its operators hang together.
//!
//! A Piper voice is a VITS model (Kim, J. et al. (2021), "Conditional variational autoencoder with
//! adversarial learning for end-to-end text-to-speech"). From numbers it makes how long each is
//! heard, in frames; from those a latent frame each; and from latent frames the sound, by
//! convolutions that look only a few frames around. So it can be run in three steps: the lengths are
//! known before anything long is made, and the sound is made a stretch at a time, the same as if it
//! had been made at once.

use std::collections::{HashMap, HashSet};

use super::generator::Generator;
use super::onnx::{Node, Outline};

/// How the weights are called that the first convolution of the last part has.
const FIRST_OF_SOUND: &str = "dec.conv_pre.weight";

/// The parts of a model, by the names of the values between them.
pub(super) struct Parts {
    /// Frames of each number.
    pub lengths: String,
    /// The noise that varies them, if they vary.
    pub length_noise: Option<String>,
    /// The latent frames.
    pub latent: String,
    /// The noise they are varied by.
    pub noise: String,
    /// Makes sound of the latent frames.
    pub generator: Generator,
    /// Values made on the way to the lengths that are needed again on the way to the latent frames.
    pub carried: Vec<String>,
}

/// The parts of a model; `None` if it is built in another way.
pub(super) fn find(outline: &Outline) -> Option<Parts> {
    let made: HashMap<&str, usize> = outline
        .nodes
        .iter()
        .enumerate()
        .flat_map(|(at, node)| node.outputs.iter().map(move |name| (*name, at)))
        .collect();
    let graph = Graph { outline, made };
    let mut rounding = outline.nodes.iter().filter(|node| node.op == "Ceil");
    let lengths = *rounding.next()?.outputs.first()?;
    if rounding.next().is_some() {
        return None;
    }
    let is_first = |node: &&Node| node.inputs.get(1).is_some_and(|w| w.ends_with(FIRST_OF_SOUND));
    let first = outline.nodes.iter().find(is_first)?;
    let weight = outline.weights.iter().find(|weight| Some(&weight.name) == first.inputs.get(1))?;
    let latent = first.inputs[0];
    let to_lengths = graph.before(lengths, &[]);
    let to_latent = graph.before(latent, &[lengths]);
    let noises = |among: &HashSet<usize>| -> Vec<&str> {
        let is_noise = |at: &&usize| outline.nodes[**at].op == "RandomNormalLike";
        among.iter().filter(is_noise).flat_map(|at| outline.nodes[*at].outputs.clone()).collect()
    };
    let (length_noise, noise) = (noises(&to_lengths), noises(&to_latent));
    let ([] | [_], [noise]) = (&length_noise[..], &noise[..]) else { return None };
    let living = graph.after(&outline.inputs);
    let to_latent = graph.before(latent, &[lengths, noise]);
    let mut carried: Vec<String> = to_latent
        .difference(&to_lengths)
        .flat_map(|at| &outline.nodes[*at].inputs)
        .filter(|name| **name != lengths)
        .filter(|name| {
            graph.made.get(*name).is_some_and(|at| to_lengths.contains(at) && living.contains(at))
        })
        .map(|name| (*name).to_owned())
        .collect();
    carried.sort();
    carried.dedup();
    let channels = usize::try_from(*weight.dims.get(1)?).ok()?;
    let generator = Generator::read(outline, latent, channels)?;
    Some(Parts {
        lengths: lengths.to_owned(),
        length_noise: length_noise.first().map(|name| (*name).to_owned()),
        latent: latent.to_owned(),
        noise: (*noise).to_owned(),
        generator,
        carried,
    })
}

struct Graph<'a> {
    outline: &'a Outline<'a>,
    /// Which operator makes a value.
    made: HashMap<&'a str, usize>,
}

impl Graph<'_> {
    /// The operators that a value depends on, where `given` need not be made.
    fn before(&self, value: &str, given: &[&str]) -> HashSet<usize> {
        let mut found = HashSet::new();
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            let Some(at) = self.made.get(value).filter(|_| !given.contains(&value)) else {
                continue;
            };
            if found.insert(*at) {
                open.extend(&self.outline.nodes[*at].inputs);
            }
        }
        found
    }

    /// The operators that depend on one of these values. Operators are in order.
    fn after(&self, values: &[&str]) -> HashSet<usize> {
        let mut living: HashSet<&str> = values.iter().copied().collect();
        let mut found = HashSet::new();
        for (at, node) in self.outline.nodes.iter().enumerate() {
            if node.inputs.iter().any(|name| living.contains(name)) {
                living.extend(&node.outputs);
                found.insert(at);
            }
        }
        found
    }
}
