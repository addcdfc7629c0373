//! A Piper voice of a few kilobytes, made by hand: the inputs, outputs and parts of a real one, whose
//! sounds last as long as a table says. Protocol buffers are written as
//! <https://protobuf.dev/programming-guides/encoding/> tells, with the field numbers of onnx.proto3.

#![allow(dead_code)] // each user takes its own part

use std::fs;
use std::path::{Path, PathBuf};

/// Samples a second, and samples a frame.
pub(crate) const RATE: u32 = 16_000;
pub(crate) const HOP: usize = 64;

/// How many sounds it knows.
pub(crate) const SOUNDS: usize = 64;

/// Frames of each sound: those of a pad, and of any other.
pub(crate) const PAD_FRAMES: usize = 1;
pub(crate) const SOUND_FRAMES: usize = 4;

/// What a voice is made like.
#[derive(Debug, Clone)]
pub(crate) struct Tiny {
    /// Whether it rounds its lengths by the operator that tells where they are.
    pub(crate) tells_lengths: bool,
    /// How many speakers it has.
    pub(crate) speakers: usize,
    /// What the lengths of sounds are multiplied by.
    pub(crate) longer: f32,
    /// The version of ONNX's operators.
    pub(crate) opset: u64,
    /// What is done to the first weight of the generator.
    pub(crate) weight: f32,
    /// Sizes that its table of sounds claims to have.
    pub(crate) claimed: Option<[u64; 2]>,
    /// The name of its first input.
    pub(crate) input: &'static str,
    /// An operator that stands before its output.
    pub(crate) last: &'static str,
    /// Sizes of a tensor that is made on the way to its lengths.
    pub(crate) swells: [i64; 2],
}

impl Default for Tiny {
    fn default() -> Tiny {
        Tiny {
            tells_lengths: true,
            speakers: 1,
            longer: 1.0,
            opset: 15,
            weight: 1.0,
            claimed: None,
            input: "input",
            last: "Tanh",
            swells: [1, 1],
        }
    }
}

/// The numbers of its phonemes: all characters of espeak-ng's Vietnamese and some of English.
pub(crate) fn phonemes() -> Vec<char> {
    let mut known: Vec<char> = "_^$ ,.;:?!".chars().collect();
    known.extend("aəeɛiɪoɔuʊɯyæbdfghjklmnpstvwxzðŋɲɣɓɗʂʃʈθɹɑʌɐ".chars());
    known.extend("ˈˌː12345670".chars());
    known.truncate(SOUNDS);
    known
}

impl Tiny {
    /// Its JSON, in the language that espeak-ng calls so.
    pub(crate) fn json(&self, language: &str) -> String {
        let ids: Vec<String> =
            phonemes().iter().enumerate().map(|(id, c)| format!("\"{c}\": [{id}]")).collect();
        let names: Vec<String> =
            (0..self.speakers).map(|speaker| format!("\"s{speaker}\": {speaker}")).collect();
        format!(
            r#"{{"audio": {{"sample_rate": {RATE}}}, "espeak": {{"voice": "{language}"}},
            "inference": {{"noise_scale": 0.3, "length_scale": 1, "noise_w": 0.2}},
            "num_symbols": {SOUNDS}, "num_speakers": {}, "speaker_id_map": {{{}}},
            "hop_length": {HOP}, "phoneme_id_map": {{{}}}}}"#,
            self.speakers,
            if self.speakers > 1 { names.join(", ") } else { String::new() },
            ids.join(", ")
        )
    }

    /// Writes its two files into a folder; gives the path of the model.
    pub(crate) fn write(&self, folder: &Path, name: &str, language: &str) -> PathBuf {
        let path = folder.join(format!("{name}.onnx"));
        fs::write(&path, self.onnx()).unwrap();
        fs::write(folder.join(format!("{name}.onnx.json")), self.json(language)).unwrap();
        path
    }

    /// Its model.
    pub(crate) fn onnx(&self) -> Vec<u8> {
        const C: usize = 4; // numbers of a latent frame
        const W: usize = 6; // channels of the generator
        let mut graph = Graph::default();
        let spread = |count: usize, size: f32| -> Vec<f32> {
            (0..count).map(|at| ((at * 37 % 29) as f32 / 14.0 - 1.0) * size).collect()
        };
        graph.weight("sounds", &[SOUNDS, C], &spread(SOUNDS * C, 1.0));
        if let Some(claimed) = self.claimed {
            graph.claim("sounds", &claimed);
        }
        let lengths: Vec<f32> = (0..SOUNDS)
            .map(|id| self.longer * if id == 0 { PAD_FRAMES } else { SOUND_FRAMES } as f32 - 0.5)
            .collect();
        graph.weight("lengths", &[SOUNDS, 1], &lengths);
        graph.weight("pairs", &[SOUNDS, 2], &[0.0; 2 * SOUNDS]);
        for (name, value) in [("zero", 0), ("one", 1), ("two", 2)] {
            graph.integers(name, &[], &[value]);
        }
        graph.integers("axis0", &[1], &[0]);
        graph.integers("axis2", &[1], &[2]);
        graph.integers("axes01", &[2], &[0, 1]);
        // The lengths.
        graph.node("Gather", &["sounds", self.input], "x", &[]);
        graph.node("Transpose", &["x"], "xt", &[("perm", &[0, 2, 1])]);
        graph.node("Gather", &["lengths", self.input], "l", &[]);
        graph.node("Transpose", &["l"], "lt", &[("perm", &[0, 2, 1])]);
        graph.node("Gather", &["pairs", self.input], "p", &[]);
        graph.node("Transpose", &["p"], "pt", &[("perm", &[0, 2, 1])]);
        graph.node("RandomNormalLike", &["pt"], "n1", &[]);
        graph.node("ReduceMean", &["n1"], "n1m", &[("axes", &[1])]);
        graph.node("Gather", &["scales", "two"], "width", &[]);
        graph.node("Mul", &["n1m", "width"], "n1w", &[]);
        graph.node("Add", &["lt", "n1w"], "ln", &[]);
        graph.node("Gather", &["scales", "one"], "length", &[]);
        graph.integers("sizes", &[2], &self.swells);
        graph.node("Expand", &["length", "sizes"], "many", &[]);
        graph.node("ReduceMax", &["many"], "most", &[("keepdims", &[])]);
        graph.node("Mul", &["ln", "most"], "ll", &[]);
        graph.node("Relu", &["ll"], "lr", &[]);
        if self.tells_lengths {
            graph.node("Ceil", &["lr"], "w", &[]);
        } else {
            graph.node("Neg", &["lr"], "ng", &[]);
            graph.node("Floor", &["ng"], "fl", &[]);
            graph.node("Neg", &["fl"], "w", &[]);
        }
        // The latent frames: those of each sound, as often as it is long.
        graph.node("CumSum", &["w", "two"], "ends", &[]);
        graph.node("Transpose", &["ends"], "endst", &[("perm", &[0, 2, 1])]);
        graph.node("Transpose", &["w"], "wt", &[("perm", &[0, 2, 1])]);
        graph.node("Sub", &["endst", "wt"], "startst", &[]);
        graph.node("ReduceMax", &["ends"], "total", &[("keepdims", &[])]);
        graph.node("Cast", &["total"], "count", &[("to", &[7])]);
        graph.node("Squeeze", &["count"], "counts", &[]);
        graph.node("Range", &["zero", "counts", "one"], "ts", &[]);
        graph.node("Cast", &["ts"], "tf", &[("to", &[1])]);
        graph.node("Unsqueeze", &["tf", "axes01"], "t", &[]);
        graph.node("Less", &["t", "endst"], "before", &[]);
        graph.node("Cast", &["before"], "beforef", &[("to", &[1])]);
        graph.node("Less", &["t", "startst"], "early", &[]);
        graph.node("Cast", &["early"], "earlyf", &[("to", &[1])]);
        graph.node("Sub", &["beforef", "earlyf"], "path", &[]);
        graph.node("MatMul", &["xt", "path"], "m", &[]);
        graph.node("RandomNormalLike", &["m"], "n2", &[]);
        graph.node("Gather", &["scales", "zero"], "noise", &[]);
        graph.node("Mul", &["n2", "noise"], "n2s", &[]);
        graph.node("Add", &["m", "n2s"], "z", &[]);
        // The sound: twice 8 samples a frame, as 64 = 8 · 8.
        let first = spread(W * C * 3, 0.4 * self.weight);
        graph.weight("dec.conv_pre.weight", &[W, C, 3], &first);
        graph.weight("dec.conv_pre.bias", &[W], &spread(W, 0.1));
        let same = |kernel: i64, dilation: i64| {
            let pad = (kernel - 1) * dilation / 2;
            [
                ("kernel_shape", vec![kernel]),
                ("dilations", vec![dilation]),
                ("pads", vec![pad, pad]),
                ("strides", vec![1]),
            ]
        };
        graph.conv("Conv", &["z", "dec.conv_pre.weight", "dec.conv_pre.bias"], "g0", &same(3, 1));
        let mut start = "g0";
        if self.speakers > 1 {
            graph.weight("people", &[self.speakers, W], &spread(self.speakers * W, 0.5));
            graph.node("Gather", &["people", "sid"], "who", &[]);
            graph.node("Unsqueeze", &["who", "axis2"], "whos", &[]);
            graph.node("Add", &["g0", "whos"], "g0s", &[]);
            start = "g0s";
        }
        let raise = |stride: i64| {
            [
                ("kernel_shape", vec![2 * stride]),
                ("dilations", vec![1]),
                ("pads", vec![stride / 2, stride / 2]),
                ("strides", vec![stride]),
            ]
        };
        graph.leak(start, "g1");
        graph.weight("dec.ups.0.weight", &[W, W, 16], &spread(W * W * 16, 0.2));
        graph.weight("dec.ups.0.bias", &[W], &spread(W, 0.1));
        graph.conv("ConvTranspose", &["g1", "dec.ups.0.weight", "dec.ups.0.bias"], "g2", &raise(8));
        graph.leak("g2", "g3");
        graph.weight("dec.res.weight", &[W, W, 5], &spread(W * W * 5, 0.2));
        graph.weight("dec.res.bias", &[W], &spread(W, 0.1));
        graph.conv("Conv", &["g3", "dec.res.weight", "dec.res.bias"], "g4", &same(5, 3));
        graph.node("Add", &["g4", "g2"], "g5", &[]);
        graph.weight("half", &[], &[2.0]);
        graph.node("Div", &["g5", "half"], "g6", &[]);
        graph.leak("g6", "g7");
        graph.weight("dec.ups.1.weight", &[W, 3, 16], &spread(W * 3 * 16, 0.3));
        graph.weight("dec.ups.1.bias", &[3], &spread(3, 0.05));
        graph.conv("ConvTranspose", &["g7", "dec.ups.1.weight", "dec.ups.1.bias"], "g8", &raise(8));
        graph.leak("g8", "g9");
        graph.weight("dec.conv_post.weight", &[1, 3, 7], &spread(21, 1.5));
        graph.conv("Conv", &["g9", "dec.conv_post.weight"], "g10", &same(7, 1));
        graph.node(self.last, &["g10"], "output", &[]);
        let mut inputs = vec![(self.input, 7), ("input_lengths", 7), ("scales", 1)];
        if self.speakers > 1 {
            inputs.push(("sid", 7));
        }
        graph.model(&inputs, self.opset)
    }
}

/// A graph that is being written.
#[derive(Default)]
struct Graph {
    bytes: Vec<u8>,
}

impl Graph {
    fn tensor(&mut self, name: &str, dims: &[u64], kind: u64, raw: &[u8]) {
        let mut tensor = Vec::new();
        for dim in dims {
            number(&mut tensor, 1, *dim);
        }
        number(&mut tensor, 2, kind);
        bytes(&mut tensor, 8, name.as_bytes());
        bytes(&mut tensor, 9, raw);
        bytes(&mut self.bytes, 5, &tensor);
    }

    fn weight(&mut self, name: &str, dims: &[usize], values: &[f32]) {
        let raw: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        let dims: Vec<u64> = dims.iter().map(|dim| *dim as u64).collect();
        self.tensor(name, &dims, 1, &raw);
    }

    /// Another tensor in place of the one just written, of the same values.
    fn claim(&mut self, name: &str, dims: &[u64; 2]) {
        self.bytes.clear();
        self.tensor(name, dims, 1, &[0; 64]);
    }

    fn integers(&mut self, name: &str, dims: &[u64], values: &[i64]) {
        let raw: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.tensor(name, dims, 7, &raw);
    }

    /// An operator; an attribute `to` or without values is one integer, others are lists.
    fn node(&mut self, op: &str, inputs: &[&str], output: &str, attributes: &[(&str, &[i64])]) {
        let attributes = attributes.iter().map(|(name, values)| {
            let mut attribute = Vec::new();
            bytes(&mut attribute, 1, name.as_bytes());
            match (*name, values) {
                ("to", [one]) => {
                    number(&mut attribute, 3, *one as u64);
                    number(&mut attribute, 20, 2);
                }
                (_, []) => {
                    number(&mut attribute, 3, 0);
                    number(&mut attribute, 20, 2);
                }
                (_, values) => {
                    values.iter().for_each(|value| number(&mut attribute, 8, *value as u64));
                    number(&mut attribute, 20, 7);
                }
            }
            attribute
        });
        let attributes = attributes.collect();
        self.operator(op, inputs, output, attributes);
    }

    fn conv(&mut self, op: &str, inputs: &[&str], output: &str, sizes: &[(&str, Vec<i64>)]) {
        let sizes: Vec<(&str, &[i64])> =
            sizes.iter().map(|(name, values)| (*name, values.as_slice())).collect();
        self.node(op, inputs, output, &sizes);
    }

    fn leak(&mut self, input: &str, output: &str) {
        let mut attribute = Vec::new();
        bytes(&mut attribute, 1, b"alpha");
        key(&mut attribute, 2, 5);
        attribute.extend(0.1f32.to_le_bytes());
        number(&mut attribute, 20, 1);
        self.operator("LeakyRelu", &[input], output, vec![attribute]);
    }

    fn operator(&mut self, op: &str, inputs: &[&str], output: &str, attributes: Vec<Vec<u8>>) {
        let mut node = Vec::new();
        inputs.iter().for_each(|input| bytes(&mut node, 1, input.as_bytes()));
        bytes(&mut node, 2, output.as_bytes());
        bytes(&mut node, 4, op.as_bytes());
        attributes.iter().for_each(|attribute| bytes(&mut node, 5, attribute));
        bytes(&mut self.bytes, 1, &node);
    }

    fn model(mut self, inputs: &[(&str, u64)], opset: u64) -> Vec<u8> {
        for (name, kind) in inputs {
            let mut tensor = Vec::new();
            number(&mut tensor, 1, *kind);
            let mut value_type = Vec::new();
            bytes(&mut value_type, 1, &tensor);
            let mut value = Vec::new();
            bytes(&mut value, 1, name.as_bytes());
            bytes(&mut value, 2, &value_type);
            bytes(&mut self.bytes, 11, &value);
        }
        let mut output = Vec::new();
        bytes(&mut output, 1, b"output");
        bytes(&mut self.bytes, 12, &output);
        let mut version = Vec::new();
        number(&mut version, 2, opset);
        let mut model = Vec::new();
        number(&mut model, 1, 8);
        bytes(&mut model, 7, &self.bytes);
        bytes(&mut model, 8, &version);
        model
    }
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn key(out: &mut Vec<u8>, field: u64, kind: u64) {
    varint(out, field << 3 | kind);
}

fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    key(out, field, 0);
    varint(out, value);
}

fn bytes(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    key(out, field, 2);
    varint(out, value.len() as u64);
    out.extend(value);
}
