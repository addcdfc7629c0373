//! Events: a line of JSON, then as many bytes of data in JSON as it says, then as many bytes of payload.

use axum::body::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use tokio::io::{self, AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// The longest line, in bytes.
const LONGEST_LINE: u64 = 64 << 10;

/// The largest payload that is read over, in bytes; none is needed here.
const LARGEST_PAYLOAD: u64 = 1 << 20;

/// An event of a client, without its payload.
#[derive(Debug, PartialEq)]
pub(super) struct Event {
    pub kind: String,
    data: Map<String, Value>,
}

/// The line of an event.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    data: Option<Map<String, Value>>,
    #[serde(default)]
    data_length: Option<u64>,
    #[serde(default)]
    payload_length: Option<u64>,
}

impl Event {
    /// What is in it.
    ///
    /// # Errors
    /// What is wrong, as a sentence.
    pub(super) fn data<T: DeserializeOwned>(self) -> Result<T, String> {
        let kind = self.kind;
        let data = serde_json::from_value(Value::Object(self.data));
        data.map_err(|error| format!("the data of {kind} cannot be read: {error}"))
    }
}

/// The next event; `None` if the client has gone. `largest` is how many bytes its data may have.
///
/// # Errors
/// What is wrong with it, as a sentence; where the next one begins is then not known.
pub(super) async fn read(
    client: &mut (impl AsyncBufRead + Unpin),
    largest: usize,
) -> Result<Option<Event>, String> {
    let lost = |error: io::Error| format!("an event cannot be read: {error}");
    let mut line = Vec::new();
    (&mut *client).take(LONGEST_LINE).read_until(b'\n', &mut line).await.map_err(lost)?;
    match line.last() {
        None => return Ok(None),
        Some(b'\n') => {}
        Some(_) if line.len() as u64 == LONGEST_LINE => {
            return Err(format!("the line of an event is longer than {LONGEST_LINE} bytes"));
        }
        Some(_) => return Err("an event was cut off".to_owned()),
    }
    let head: Head = serde_json::from_slice(&line)
        .map_err(|error| format!("the line of an event cannot be read: {error}"))?;
    let mut data = head.data.unwrap_or_default();
    let length = head.data_length.unwrap_or_default();
    if length > largest as u64 {
        return Err(format!("an event has {length} bytes of data: there may be {largest}"));
    }
    if length > 0 {
        // It is made larger as bytes come: a length alone costs nothing.
        let mut bytes = Vec::new();
        (&mut *client).take(length).read_to_end(&mut bytes).await.map_err(lost)?;
        if (bytes.len() as u64) < length {
            return Err("an event was cut off".to_owned());
        }
        let more: Map<String, Value> = serde_json::from_slice(&bytes)
            .map_err(|error| format!("the data of an event cannot be read: {error}"))?;
        data.extend(more);
    }
    let payload = head.payload_length.unwrap_or_default();
    if payload > LARGEST_PAYLOAD {
        let most = LARGEST_PAYLOAD;
        return Err(format!("an event has {payload} bytes of payload: there may be {most}"));
    }
    let read = io::copy(&mut (&mut *client).take(payload), &mut io::sink()).await.map_err(lost)?;
    if read < payload {
        return Err("an event was cut off".to_owned());
    }
    Ok(Some(Event { kind: head.kind, data }))
}

/// An event as it is sent.
pub(super) fn bytes(kind: &str, data: &Value, payload: &[u8]) -> Bytes {
    let data = if data.is_null() { String::new() } else { data.to_string() };
    let mut head = json!({"type": kind});
    for (name, length) in [("data_length", data.len()), ("payload_length", payload.len())] {
        if length > 0 {
            head[name] = length.into();
        }
    }
    Bytes::from([format!("{head}\n{data}").as_bytes(), payload].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read_all(mut bytes: &[u8]) -> Result<Vec<Event>, String> {
        let mut events = Vec::new();
        while let Some(event) = read(&mut bytes, 100).await? {
            events.push(event);
        }
        Ok(events)
    }

    #[tokio::test]
    async fn events_are_read_and_what_is_none_is_told() {
        let sent = [
            &bytes("describe", &Value::Null, b"")[..],
            b"{\"type\": \"synthesize\", \"data\": {\"text\": \"a\", \"x\": 1}, \"data_length\": 13, \"payload_length\": 3}\n",
            b"{\"text\": \"b\"}\n\xff\0",
            &bytes("audio-chunk", &json!({"rate": 8}), b"\n\n"),
        ]
        .concat();
        let events = read_all(&sent).await.unwrap();
        let kinds: Vec<_> = events.iter().map(|event| &*event.kind).collect();
        assert_eq!(kinds, ["describe", "synthesize", "audio-chunk"]);
        assert_eq!(Value::Object(events[1].data.clone()), json!({"text": "b", "x": 1}));
        for (sent, expected) in [
            ("x\n", "cannot be read"),
            ("[]\n", "cannot be read"),
            ("{\"data\": {}}\n", "missing field `type`"),
            ("{\"type\": \"a\"", "cut off"),
            ("{\"type\": \"a\", \"data_length\": 101}\n", "there may be 100"),
            ("{\"type\": \"a\", \"data_length\": -1}\n", "cannot be read"),
            ("{\"type\": \"a\", \"data_length\": 3}\n{}", "cut off"),
            ("{\"type\": \"a\", \"data_length\": 2}\n[]", "cannot be read"),
            ("{\"type\": \"a\", \"payload_length\": 9}\n1234", "cut off"),
            ("{\"type\": \"a\", \"payload_length\": 99999999999}\n", "there may be"),
            (&"x".repeat(1 << 17), "longer than"),
        ] {
            let error = read_all(sent.as_bytes()).await.unwrap_err();
            assert!(error.contains(expected), "{sent:.60}: {error}");
        }
    }
}
