//! Documents beside their schemas in `docs/schemas`.

#![allow(dead_code)] // each user takes its own part

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::{Retrieve, Uri};
use serde_json::{Map, Value};

/// Where the schemas are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas")
}

/// A schema by its name.
pub(crate) fn schema(name: &str) -> Value {
    let path = folder().join(format!("{name}.schema.json"));
    let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a command printed, which is as its schema says. For programs a schema leaves room for fields that
/// are added later; here a field that it does not describe is a fault.
pub(crate) fn described(name: &str, document: &[u8]) -> Value {
    let shown = String::from_utf8_lossy(document);
    let value: Value =
        serde_json::from_slice(document).unwrap_or_else(|error| panic!("{name}: {error}: {shown}"));
    for schema in [schema(name), strict(schema(name))] {
        let validator = jsonschema::options().with_retriever(Beside).build(&schema);
        let validator = validator.unwrap_or_else(|error| panic!("{name}: {error}"));
        let faults: Vec<_> = validator
            .iter_errors(&value)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?} in {shown}");
    }
    value
}

/// Finds the schemas that others refer to, which are as strict.
struct Beside;

impl Retrieve for Beside {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let name = uri.as_str().rsplit('/').next().and_then(|it| it.strip_suffix(".schema.json"));
        Ok(strict(schema(name.ok_or("no schema")?)))
    }
}

/// The schema, without room for fields that it does not describe.
fn strict(schema: Value) -> Value {
    closed(schema, true)
}

/// A schema with what is inside it closed, and itself if it describes all of an object.
fn closed(schema: Value, is_whole: bool) -> Value {
    let Value::Object(fields) = schema else { return schema };
    let describes = ["$ref", "allOf", "properties"].iter().any(|it| fields.contains_key(*it));
    let inner = |name: String, value: Value| {
        let value = match (name.as_str(), value) {
            // What several objects have in common is closed where it is used.
            ("$defs", Value::Object(parts)) => each(parts, false),
            ("properties", Value::Object(parts)) => each(parts, true),
            ("items", part) => closed(part, true),
            ("allOf", Value::Array(parts)) => {
                parts.into_iter().map(|part| closed(part, false)).collect()
            }
            ("anyOf", Value::Array(parts)) => {
                parts.into_iter().map(|part| closed(part, true)).collect()
            }
            (_, other) => other,
        };
        (name, value)
    };
    let mut fields: Map<String, Value> =
        fields.into_iter().map(|(name, value)| inner(name, value)).collect();
    if is_whole && describes {
        fields.insert("unevaluatedProperties".to_owned(), false.into());
    }
    Value::Object(fields)
}

fn each(parts: Map<String, Value>, is_whole: bool) -> Value {
    Value::Object(parts.into_iter().map(|(name, part)| (name, closed(part, is_whole))).collect())
}
