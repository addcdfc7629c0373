//! The description of the server, beside what the server does.

use serde_json::{Value, json};

use docbao::sound::formats::STREAM_FORMATS;

use crate::schemas;
use crate::server::{Answer, Server};

/// The description as it is served.
struct Description(Value);

impl Description {
    fn of(server: &Server) -> Description {
        let answer = server.ask("GET", "/openapi.json", None, b"");
        assert_eq!((answer.status, &*answer.content_type), (200, "application/json"));
        Description(serde_json::from_slice(&answer.body).unwrap())
    }

    /// What a value or a reference to one stands for.
    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(path) => self.0.pointer(path.strip_prefix('#').unwrap()).expect(path),
            None => value,
        }
    }

    fn operation(&self, method: &str, path: &str) -> &Value {
        let operation = &self.0["paths"][path][method.to_lowercase()];
        assert!(operation.is_object(), "{method} {path}");
        operation
    }

    /// What is wrong with a request.
    fn request_faults(&self, method: &str, path: &str, body: &Value) -> Vec<String> {
        let content = &self.operation(method, path)["requestBody"]["content"];
        self.faults(&content["application/json"]["schema"], body, "request")
    }

    /// Checks an answer.
    fn check(&self, method: &str, path: &str, answer: &Answer) -> Value {
        let responses = &self.operation(method, path)["responses"];
        let status = answer.status.to_string();
        let response = responses.get(&status).unwrap_or(&responses["default"]);
        let content = &self.resolved(response)["content"];
        let schema = &content[&*answer.content_type]["schema"];
        assert!(schema.is_object(), "{method} {path}: {status} {}", answer.content_type);
        let bodies: Vec<Value> = match &*answer.content_type {
            "text/event-stream" => {
                let text = String::from_utf8(answer.body.clone()).unwrap();
                let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
                data.map(|data| serde_json::from_str(data).unwrap()).collect()
            }
            _ => vec![serde_json::from_slice(&answer.body).unwrap()],
        };
        for body in &bodies {
            // The schemas for programs say the same of jobs.
            let named = |ending: &str| path.starts_with("/v1/jobs") && path.ends_with(ending);
            let kind = match &*answer.content_type {
                "text/event-stream" if named("events") => Some("job-event"),
                "application/json" if answer.status >= 300 => None,
                "application/json" if method == "GET" && named("jobs") => Some("job-list"),
                "application/json" if named("jobs") || named("{id}") => Some("job"),
                _ => None,
            };
            if let Some(kind) = kind {
                schemas::described(kind, body.to_string().as_bytes());
            }
            let faults = self.faults(schema, body, "answer");
            assert!(faults.is_empty(), "{method} {path}: {faults:?} in {body}");
        }
        bodies.last().unwrap().clone()
    }

    /// Where a value is not as a schema says (JSON Schema 2020-12, as far as it is used here).
    fn faults(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for (keyword, asked) in schema.as_object().unwrap() {
            let is_met = match keyword.as_str() {
                "$ref" => {
                    faults.extend(self.faults(self.resolved(schema), value, at));
                    true
                }
                "type" => {
                    let is = |kind: &Value| match kind.as_str().unwrap() {
                        "object" => value.is_object(),
                        "array" => value.is_array(),
                        "string" => value.is_string(),
                        "boolean" => value.is_boolean(),
                        "null" => value.is_null(),
                        "integer" => value.is_i64() || value.is_u64(),
                        "number" => value.is_number(),
                        other => panic!("{other}"),
                    };
                    asked.as_array().map_or_else(|| is(asked), |kinds| kinds.iter().any(is))
                }
                "enum" => asked.as_array().unwrap().contains(value),
                "minimum" => value.as_f64().is_none_or(|it| it >= asked.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|it| it <= asked.as_f64().unwrap()),
                "maxItems" => {
                    value.as_array().is_none_or(|it| it.len() as u64 <= asked.as_u64().unwrap())
                }
                "required" => asked.as_array().unwrap().iter().all(|name| {
                    value.as_object().is_none_or(|it| it.contains_key(name.as_str().unwrap()))
                }),
                "properties" | "additionalProperties" => {
                    for (name, inner) in value.as_object().into_iter().flatten() {
                        let known = &schema["properties"][name];
                        let at = format!("{at}.{name}");
                        match (known.is_object(), keyword == "properties", asked) {
                            (true, true, _) => faults.extend(self.faults(known, inner, &at)),
                            (false, false, Value::Bool(false)) => {
                                faults.push(format!("{at} is new"));
                            }
                            (false, false, other) => faults.extend(self.faults(other, inner, &at)),
                            _ => {}
                        }
                    }
                    true
                }
                "items" => {
                    let items = value.as_array().into_iter().flatten().enumerate();
                    faults.extend(items.flat_map(|(number, item)| {
                        self.faults(asked, item, &format!("{at}[{number}]"))
                    }));
                    true
                }
                "oneOf" => {
                    let fits = |one: &&Value| self.faults(one, value, at).is_empty();
                    asked.as_array().unwrap().iter().filter(fits).count() == 1
                }
                "allOf" => {
                    let all = asked.as_array().unwrap().iter();
                    faults.extend(all.flat_map(|one| self.faults(one, value, at)));
                    true
                }
                "description" | "default" | "format" | "pattern" => true,
                other => panic!("the keyword {other} is not known here"),
            };
            if !is_met {
                faults.push(format!("{at} is not as {keyword} says: {asked}"));
            }
        }
        faults
    }
}

#[test]
fn what_is_described_is_there_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&["--jobs-folder", folder.path().to_str().unwrap()]);
    let description = Description::of(&server);
    for (path, item) in description.0["paths"].as_object().unwrap() {
        let address = path.replace("{id}", "x").replace("{name}", "x");
        for method in ["GET", "POST", "DELETE", "PUT"] {
            let answer = server.ask(method, &address, None, b"");
            let is_described = item[method.to_lowercase()].is_object();
            assert_eq!(answer.status != 405, is_described, "{method} {path}");
            let said = String::from_utf8_lossy(&answer.body);
            assert!(!said.contains("nothing under this address"), "{method} {path}");
        }
    }
    let formats: Vec<_> = STREAM_FORMATS.iter().map(|format| format.name).collect();
    let schemas = &description.0["components"]["schemas"];
    let described = &schemas["SpeechRequest"]["properties"]["response_format"]["enum"];
    assert_eq!(described, &json!(formats));
    let speech = description.operation("POST", "/v1/audio/speech");
    let content = &speech["responses"]["200"]["content"];
    for format in STREAM_FORMATS {
        assert!(content.get(format.mime).is_some(), "{}", format.mime);
    }
}

#[test]
fn answers_are_as_they_are_described() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&["--jobs-folder", folder.path().to_str().unwrap()]);
    let description = Description::of(&server);
    for path in ["/v1/models", "/v1/audio/models", "/v1/audio/voices", "/v1/jobs"] {
        description.check("GET", path, &server.ask("GET", path, None, b""));
    }
    let names = server.ask("GET", "/v1/audio/voices?shape=names", None, b"");
    description.check("GET", "/v1/audio/voices", &names);

    let ask = |path: &str, body: &Value, is_right: bool| {
        let faults = description.request_faults("POST", path, body);
        assert_eq!(faults.is_empty(), is_right, "{body}: {faults:?}");
        let answer = server.ask("POST", path, None, body.to_string().as_bytes());
        assert_eq!(answer.status < 300, is_right, "{body}: {}", answer.status);
        description.check("POST", path, &answer)
    };
    let speech = "/v1/audio/speech";
    ask(speech, &json!({"input": "Mưa.", "voice": {"id": "bac"}, "stream_format": "sse"}), true);
    for wrong in [
        json!({"voice": "bac"}),
        json!({"input": 7}),
        json!({"input": "a", "voice": 7}),
        json!({"input": "a", "speed": 5}),
        json!({"input": "a", "response_format": "mp4"}),
        json!({"input": "a", "dialect": "east"}),
    ] {
        ask(speech, &wrong, false);
    }
    let jobs = "/v1/jobs";
    let strict = json!({
        "source": {"file": {"name": "a.txt", "base64": "WFFaS1c="}},
        "voice": {"name": "bac", "rate": 1.5, "pitch": 1, "dialect": "south", "dry": true},
        "voices": {"quote": "bac-nu"},
        "reading": {"options": {"style": {"years": "short"}}},
        "outputs": [{"kind": "audio", "format": "wav", "name": "a.wav"}, {"kind": "script"}],
        "loudness": "none",
        "tags": {"title": "Tin"},
        "strictness": "unknown",
    });
    let mut states = Vec::new();
    for asked in [
        json!({"source": {"text": "Sáng 12/3, xã họp. Ông XQZKW đến."}}),
        strict,
        json!({"source": {"text": "☂"}}),
    ] {
        let job = ask(jobs, &asked, true);
        let events = server.ask("GET", job["events"].as_str().unwrap(), None, b"");
        description.check("GET", "/v1/jobs/{id}/events", &events);
        let shown = server.ask("GET", job["address"].as_str().unwrap(), None, b"");
        states.push(description.check("GET", "/v1/jobs/{id}", &shown)["state"].clone());
    }
    assert_eq!(states, ["done", "refused", "failed"]);
    description.check("GET", jobs, &server.ask("GET", jobs, None, b""));
    for wrong in [
        json!({}),
        json!({"source": {"text": "a", "address": "b"}}),
        json!({"source": {"text": "a"}, "x": 1}),
        json!({"source": {"text": "a"}, "voice": {"rate": 9}}),
        json!({"source": {"text": "a"}, "outputs": [{"kind": "x"}]}),
        json!({"source": {"text": "a"}, "strictness": "x"}),
    ] {
        ask(jobs, &wrong, false);
    }
    description.check("GET", "/v1/studio", &server.ask("GET", "/v1/studio", None, b""));
    let text = "Bão\n\nSáng 12/3, HĐND xã họp. Ông XQZKW đến.";
    let edits = json!({
        "blocks": {"1": true},
        "manners": [{"span": {"start": 0, "end": 4}, "kind": {"rate": 120}}],
        "pauses": {"4": 500},
    });
    let document = json!({"job": {"source": {"text": text}, "reading": {"edits": edits}}});
    for path in ["/v1/studio/article", "/v1/studio/script"] {
        ask(path, &document, true);
        ask(
            path,
            &json!({"job": {"source": {"text": text}, "reading": {"edits": {"x": 1}}}}),
            false,
        );
    }
    ask("/v1/studio/speech", &json!({"document": document, "at": 0}), true);
    ask("/v1/studio/speech", &json!({"document": document}), false);
    ask("/v1/studio/lexicon", &json!({"written": "XQZKW", "said": "ích cu"}), true);
    ask("/v1/studio/lexicon", &json!({"said": "ích cu"}), false);
    let job = ask("/v1/studio/renders", &document, true);
    let render = format!("/v1/studio/renders/{}", job["id"].as_str().unwrap());
    let at = |after: &str| server.ask("GET", &format!("{render}{after}"), None, b"");
    description.check("GET", "/v1/studio/renders/{id}/events", &at("/events"));
    description.check("GET", "/v1/studio/renders/{id}", &at(""));
    description.check("GET", "/v1/studio/renders/{id}/waveform", &at("/waveform"));
    let unknown = server.ask("GET", "/v1/jobs/x", None, b"");
    description.check("GET", "/v1/jobs/{id}", &unknown);
}
