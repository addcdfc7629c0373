//! The outline of an ONNX model: which operators and weights it is made of. It is read before the
//! runtime sees the file, so that what is no voice is refused with a reason, and so that the parts of
//! a voice can be found.
//!
//! An ONNX file is a protocol buffer (`ModelProto` of onnx.proto3, ONNX 1.17); only the fields that
//! matter here are looked at. See <https://protobuf.dev/programming-guides/encoding/>.

/// The operators and weights of a model.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// The version of the standard operators it is made for; 0 where it says none.
    pub opset: u64,
    /// Names of its inputs and outputs.
    pub inputs: Vec<&'a str>,
    pub outputs: Vec<&'a str>,
    /// Its operators, each after those whose values it takes.
    pub nodes: Vec<Node<'a>>,
    pub weights: Vec<Weight<'a>>,
}

/// An operator.
#[derive(Debug, Default)]
pub(super) struct Node<'a> {
    pub op: &'a str,
    pub inputs: Vec<&'a str>,
    pub outputs: Vec<&'a str>,
    pub attributes: Vec<Attribute<'a>>,
}

/// A property of an operator.
#[derive(Debug, Default)]
pub(super) struct Attribute<'a> {
    pub name: &'a str,
    pub float: f32,
    pub integers: Vec<i64>,
    pub tensor: Option<Weight<'a>>,
}

/// A tensor that is stored in the file.
#[derive(Debug, Default)]
pub(super) struct Weight<'a> {
    pub name: &'a str,
    pub dims: Vec<u64>,
    /// The kind of its values, a `TensorProto.DataType`: 1 are floats.
    pub kind: u64,
    /// Its values as they are in memory, if they are stored so.
    pub raw: &'a [u8],
    /// Bytes of its values in the file.
    pub bytes: usize,
    /// Whether its values are in another file.
    pub elsewhere: bool,
}

impl Node<'_> {
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute<'_>> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// An attribute that is a list of one integer, as those of operators over time are.
    pub(super) fn single(&self, name: &str) -> Option<i64> {
        let integers = &self.attribute(name)?.integers;
        (integers.len() == 1).then(|| integers[0])
    }
}

impl Weight<'_> {
    /// Its values, if they are floats as they are in memory.
    pub(super) fn floats(&self) -> Option<Vec<f32>> {
        let size = self.dims.iter().try_fold(1u64, |size, dim| size.checked_mul(*dim))?;
        let fits = self.kind == FLOATS && size.checked_mul(4)? == self.raw.len() as u64;
        let float = |bytes: &[u8]| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        fits.then(|| self.raw.chunks_exact(4).map(float).collect())
    }
}

/// `TensorProto.DataType.FLOAT`.
const FLOATS: u64 = 1;

/// The outline of the model in a file's bytes; `None` if they are not whole or no protocol buffer.
pub(super) fn outline(bytes: &[u8]) -> Option<Outline<'_>> {
    let mut outline = Outline::default();
    each_field(bytes, |number, value| {
        match (number, value) {
            (7, Value::Bytes(graph)) => self::graph(graph, &mut outline)?,
            (8, Value::Bytes(opset)) => {
                let (mut domain, mut version) = ("", 0);
                each_field(opset, |number, value| {
                    match (number, value) {
                        (1, Value::Bytes(name)) => domain = text(name)?,
                        (2, Value::Number(number)) => version = number,
                        _ => {}
                    }
                    Some(())
                })?;
                if domain.is_empty() || domain == "ai.onnx" {
                    outline.opset = version;
                }
            }
            _ => {}
        }
        Some(())
    })?;
    Some(outline)
}

fn graph<'a>(bytes: &'a [u8], outline: &mut Outline<'a>) -> Option<()> {
    each_field(bytes, |number, value| {
        let Value::Bytes(bytes) = value else { return Some(()) };
        match number {
            1 => outline.nodes.push(node(bytes)?),
            5 => outline.weights.push(weight(bytes)?),
            11 => outline.inputs.push(name_of(bytes)?),
            12 => outline.outputs.push(name_of(bytes)?),
            _ => {}
        }
        Some(())
    })
}

fn node(bytes: &[u8]) -> Option<Node<'_>> {
    let mut node = Node::default();
    each_field(bytes, |number, value| {
        let Value::Bytes(bytes) = value else { return Some(()) };
        match number {
            1 => node.inputs.push(text(bytes)?),
            2 => node.outputs.push(text(bytes)?),
            4 => node.op = text(bytes)?,
            5 => node.attributes.push(attribute(bytes)?),
            _ => {}
        }
        Some(())
    })?;
    Some(node)
}

fn attribute(bytes: &[u8]) -> Option<Attribute<'_>> {
    let mut attribute = Attribute::default();
    each_field(bytes, |number, value| {
        match (number, value) {
            (1, Value::Bytes(bytes)) => attribute.name = text(bytes)?,
            (2, Value::Fixed(bytes)) => {
                attribute.float = f32::from_le_bytes(bytes.try_into().ok()?);
            }
            (5, Value::Bytes(bytes)) => attribute.tensor = Some(weight(bytes)?),
            (8, value) => value.numbers(|number| attribute.integers.push(number as i64))?,
            _ => {}
        }
        Some(())
    })?;
    Some(attribute)
}

fn weight(bytes: &[u8]) -> Option<Weight<'_>> {
    let mut weight = Weight::default();
    each_field(bytes, |number, value| {
        match (number, value) {
            (1, value) => value.numbers(|dim| weight.dims.push(dim))?,
            (2, Value::Number(kind)) => weight.kind = kind,
            (8, Value::Bytes(bytes)) => weight.name = text(bytes)?,
            (4..=7 | 9..=11, Value::Bytes(bytes)) => {
                weight.bytes += bytes.len();
                if number == 9 {
                    weight.raw = bytes;
                }
            }
            // Values that are not packed: at least a byte each.
            (4..=7 | 10..=11, _) => weight.bytes += 1,
            (13, _) => weight.elsewhere = true,
            (14, Value::Number(place)) => weight.elsewhere |= place != 0,
            _ => {}
        }
        Some(())
    })?;
    Some(weight)
}

/// The name of a `ValueInfoProto`.
fn name_of(bytes: &[u8]) -> Option<&str> {
    let mut name = "";
    each_field(bytes, |number, value| {
        if let (1, Value::Bytes(bytes)) = (number, value) {
            name = text(bytes)?;
        }
        Some(())
    })?;
    Some(name)
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// The value of a field.
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Of four or eight bytes.
    Fixed(&'a [u8]),
}

impl Value<'_> {
    /// The integers of a repeated field, packed or one by one.
    fn numbers(self, mut take: impl FnMut(u64)) -> Option<()> {
        match self {
            Value::Number(number) => take(number),
            Value::Bytes(mut packed) => {
                while !packed.is_empty() {
                    take(varint(&mut packed)?);
                }
            }
            Value::Fixed(_) => {}
        }
        Some(())
    }
}

/// Hands over the fields of a message, in order.
fn each_field<'a>(
    mut bytes: &'a [u8],
    mut take: impl FnMut(u64, Value<'a>) -> Option<()>,
) -> Option<()> {
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut bytes)?),
            1 => fixed(&mut bytes, 8)?,
            2 => {
                let length = usize::try_from(varint(&mut bytes)?).ok()?;
                let (value, rest) = bytes.split_at_checked(length)?;
                bytes = rest;
                Value::Bytes(value)
            }
            5 => fixed(&mut bytes, 4)?,
            _ => return None,
        };
        take(key >> 3, value)?;
    }
    Some(())
}

fn fixed<'a>(bytes: &mut &'a [u8], length: usize) -> Option<Value<'a>> {
    let (value, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(Value::Fixed(value))
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}
