//! What runs a model. Nothing else knows which runtime it is.

use std::sync::Arc;

use rten::{Model, ModelOptions, OpRegistry, RunOptions, Value, ValueView};
use rten_tensor::Layout;

use super::workspace::Workspaces;
use crate::model::message::{Message, message};

/// The runtime and its version: another one may round otherwise.
pub(super) const RUNTIME: &str = "rten 0.27.0";

/// The kind of processor, as far as the runtime chooses its kernels by it: another kind may round
/// otherwise. Its architecture, and those of the features that are asked for by `rten-simd` and
/// `rten-gemm` and that it has.
pub(super) fn processor() -> String {
    macro_rules! features {
        ($detect:ident: $($feature:tt)*) => {
            vec![$(($feature, std::arch::$detect!($feature))),*]
        };
    }
    #[cfg(target_arch = "x86_64")]
    let features = features!(is_x86_feature_detected:
        "avx2" "fma" "f16c" "avx512f" "avx512vl" "avx512bw" "avx512dq" "avx512vnni");
    #[cfg(target_arch = "aarch64")]
    let features = features!(is_aarch64_feature_detected: "dotprod" "i8mm");
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let features: Vec<(&str, bool)> = Vec::new();
    let present = features.iter().filter(|(_, is_there)| *is_there).map(|(feature, _)| *feature);
    [std::env::consts::ARCH].into_iter().chain(present).collect::<Vec<_>>().join(" ")
}

/// The numbers of a tensor, the last dimension running fastest.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Numbers {
    Floats(Vec<f32>),
    Integers(Vec<i32>),
}

/// A tensor.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tensor {
    pub shape: Vec<usize>,
    pub numbers: Numbers,
}

impl Tensor {
    pub(super) fn floats(shape: &[usize], numbers: Vec<f32>) -> Tensor {
        Tensor { shape: shape.to_vec(), numbers: Numbers::Floats(numbers) }
    }

    pub(super) fn integers(shape: &[usize], numbers: Vec<i32>) -> Tensor {
        Tensor { shape: shape.to_vec(), numbers: Numbers::Integers(numbers) }
    }

    /// Its numbers, if they are not whole ones.
    pub(super) fn into_floats(self) -> Option<Vec<f32>> {
        match self.numbers {
            Numbers::Floats(numbers) => Some(numbers),
            Numbers::Integers(_) => None,
        }
    }
}

/// Runs one model, from any number of threads at once.
pub(super) trait Runtime: Send + Sync {
    /// Whether the model has a value of this name.
    fn has(&self, value: &str) -> bool;

    /// Makes the values that are wanted from those that are given, on one processor, the same every
    /// time. Values inside the model may be given and wanted like its inputs and outputs.
    ///
    /// # Errors
    /// Why it cannot.
    fn run(&self, given: &[(&str, Tensor)], wanted: &[&str]) -> Result<Vec<Tensor>, Message>;
}

/// `rten`, a runtime in Rust.
pub(super) struct Rten {
    model: Model,
    workspaces: Workspaces,
}

impl Rten {
    /// The model in the bytes of an ONNX file.
    ///
    /// # Errors
    /// What the runtime says against it.
    pub(super) fn load(bytes: Vec<u8>) -> Result<Rten, Message> {
        let workspaces = Workspaces::default();
        let model = workspaces.run(|_| {
            ModelOptions::with_ops(operators())
                .load(bytes)
                .map_err(|error| error.to_string().into())
        })?;
        Ok(Rten { model, workspaces })
    }
}

impl Runtime for Rten {
    fn has(&self, value: &str) -> bool {
        self.model.find_node(value).is_some()
    }

    fn run(&self, given: &[(&str, Tensor)], wanted: &[&str]) -> Result<Vec<Tensor>, Message> {
        let id =
            |name: &str| self.model.node_id(name).map_err(|error| Message::from(error.to_string()));
        self.workspaces.run(|workspace| {
            let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&workspace.pool)));
            let inputs: Result<Vec<_>, Message> =
                given.iter().map(|(name, tensor)| Ok((id(name)?, value(tensor)?.into()))).collect();
            let outputs: Result<Vec<_>, Message> = wanted.iter().map(|name| id(name)).collect();
            let made = self.model.run(inputs?, &outputs?, Some(options));
            made.map_err(|error| error.to_string())?.into_iter().map(tensor).collect()
        })
    }
}

/// The operators of the models that are run: those of VITS as PyTorch exports it, whole or with weights of
/// eight bits, and those of arithmetic, of shapes and of choice that other exporters and simplifiers write for
/// them. Operators of pictures, of recurrent nets and of language models are not built in.
fn operators() -> OpRegistry {
    rten::op_registry!(
        Abs,
        Add,
        And,
        ArgMax,
        ArgMin,
        Cast,
        CastLike,
        Ceil,
        Clip,
        Concat,
        ConstantOfShape,
        Conv,
        ConvInteger,
        ConvTranspose,
        Cos,
        CumSum,
        DequantizeLinear,
        Div,
        DynamicQuantizeLinear,
        Elu,
        Equal,
        Erf,
        Exp,
        Expand,
        Flatten,
        Floor,
        Gather,
        GatherElements,
        GatherND,
        Gelu,
        Gemm,
        Greater,
        GreaterOrEqual,
        Identity,
        If,
        InstanceNormalization,
        IsInf,
        IsNaN,
        LayerNormalization,
        LeakyRelu,
        Less,
        LessOrEqual,
        Log,
        LogSoftmax,
        MatMul,
        MatMulInteger,
        Max,
        Mean,
        Min,
        Mod,
        Mul,
        Neg,
        NonZero,
        Not,
        Or,
        PRelu,
        Pad,
        Pow,
        QuantizeLinear,
        RandomNormal,
        RandomNormalLike,
        RandomUniform,
        RandomUniformLike,
        Range,
        Reciprocal,
        ReduceL2,
        ReduceMax,
        ReduceMean,
        ReduceMin,
        ReduceProd,
        ReduceSum,
        ReduceSumSquare,
        Relu,
        Reshape,
        Resize,
        Round,
        Scatter,
        ScatterElements,
        ScatterND,
        Shape,
        Sigmoid,
        Sign,
        Sin,
        Size,
        Slice,
        Softmax,
        Softplus,
        Split,
        Sqrt,
        Squeeze,
        Sub,
        Sum,
        Tanh,
        Tile,
        Transpose,
        Trilu,
        Unsqueeze,
        Upsample,
        Where,
        Xor
    )
}

fn value(tensor: &Tensor) -> Result<ValueView<'_>, Message> {
    let fault = |error: &dyn std::fmt::Display| Message::from(error.to_string());
    match &tensor.numbers {
        Numbers::Floats(numbers) => {
            ValueView::from_shape(&tensor.shape, numbers).map_err(|error| fault(&error))
        }
        Numbers::Integers(numbers) => {
            ValueView::from_shape(&tensor.shape, numbers).map_err(|error| fault(&error))
        }
    }
}

fn tensor(value: Value) -> Result<Tensor, Message> {
    let (shape, numbers) = match value {
        Value::FloatTensor(tensor) => {
            (tensor.shape().to_vec(), Numbers::Floats(tensor.into_data()))
        }
        Value::Int32Tensor(tensor) => {
            (tensor.shape().to_vec(), Numbers::Integers(tensor.into_data()))
        }
        other => {
            return Err(message!(
                "a value of an unknown kind, {dtype}",
                dtype = format_args!("{:?}", other.dtype())
            ));
        }
    };
    Ok(Tensor { shape, numbers })
}

#[cfg(test)]
mod tests {
    use super::{RUNTIME, processor};

    #[test]
    fn a_processor_is_its_architecture_and_its_features() {
        let kind = processor();
        assert_eq!(kind.split(' ').next(), Some(std::env::consts::ARCH));
        #[cfg(target_arch = "x86_64")]
        assert_eq!(kind.contains(" avx2"), std::arch::is_x86_feature_detected!("avx2"));
    }

    #[test]
    fn the_runtime_is_the_one_that_is_built_in() {
        let (name, version) = RUNTIME.split_once(' ').unwrap();
        let lock = std::fs::read_to_string("Cargo.lock").unwrap();
        assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")));
    }
}
