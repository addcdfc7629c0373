//! The JSON beside a voice's model: what it calls its sounds, and how it is meant to be run.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::model::error::Error;
use crate::model::message::{Message, message};

/// The signs Piper puts around phonemes.
pub(super) const START: char = '^';
pub(super) const PAD: char = '_';
pub(super) const END: char = '$';

/// Piper's values for what a voice's JSON leaves out (`piper/config.py` of piper-tts).
const USUAL_NOISE: f64 = 0.667;
const USUAL_LENGTH: f64 = 1.0;
const USUAL_WIDTH: f64 = 0.8;
const USUAL_HOP: u64 = 256;

/// More numbers than this for one phoneme are no voice's.
const MOST_IDS: usize = 16;

/// More speakers or sounds than this are no voice's.
const MOST: u64 = 1 << 16;

/// What a voice's phonemes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phonemes {
    /// espeak-ng's, in the International Phonetic Alphabet.
    Espeak,
    /// The letters of the text.
    Text,
}

/// What a voice's JSON says.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Samples per second, 8000 to 48000.
    pub sample_rate: u32,
    /// What its phonemes are.
    pub phonemes: Phonemes,
    /// espeak-ng's name of the language it speaks, such as `vi` or `en-us`; empty for a voice of
    /// text phonemes that names none.
    pub language: String,
    /// The numbers of each phoneme.
    pub ids: BTreeMap<String, Vec<i32>>,
    /// Vowels that are one phoneme together, as the characters they are written with.
    pub clusters: Vec<Vec<String>>,
    /// How much the voice varies in sound: 0 to 2.
    pub noise: f32,
    /// How much longer than its own each sound is: 0.1 to 10.
    pub length: f32,
    /// How much the lengths of sounds vary: 0 to 2.
    pub noise_width: f32,
    /// Speakers by name; a voice of several speakers need not name them.
    pub speakers: BTreeMap<String, u32>,
    /// How many speakers it has, at least 1.
    pub speaker_count: u32,
    /// Who speaks unless another is asked for.
    pub usual_speaker: u32,
    /// Samples of one frame of the model.
    pub hop: usize,
}

impl Config {
    /// Reads and checks the JSON of a voice; `file` is what messages call it.
    ///
    /// # Errors
    /// Of kind `Voice` naming the file and the key, if it is not JSON, a key is missing that Piper
    /// has no usual value for, or a value cannot be.
    pub fn parse(file: &str, text: &str) -> Result<Config, Error> {
        let root: Value = serde_json::from_str(text).map_err(|cause| {
            Error::voice(message!("{file}: is not JSON: {cause}", file, cause = cause.to_string()))
        })?;
        let Value::Object(root) = root else {
            return Err(Error::voice(message!("{file}: is no JSON of a Piper voice", file)));
        };
        let root = Keys { file, path: String::new(), map: &root };
        let empty = Map::new();
        let (audio, espeak) = (root.table("audio", &empty)?, root.table("espeak", &empty)?);
        let inference = root.table("inference", &empty)?;
        let phonemes = match root.text("phoneme_type")? {
            None | Some("espeak") => Phonemes::Espeak,
            Some("text") => Phonemes::Text,
            Some(other) => {
                let reason =
                    message!("is `{other}`: only voices of `espeak` and `text` are known", other);
                return Err(root.wrong("phoneme_type", &reason));
            }
        };
        let language = match (espeak.text("voice")?, phonemes) {
            (Some(voice), _) => voice.to_owned(),
            (None, Phonemes::Text) => String::new(),
            (None, Phonemes::Espeak) => return Err(espeak.missing("voice")),
        };
        let symbols = root.whole("num_symbols", 1, MOST)?.unwrap_or(MOST);
        let speaker_count = root.whole("num_speakers", 0, MOST)?.unwrap_or(1).max(1);
        let usual = root.whole("default_speaker_id", 0, speaker_count - 1)?.unwrap_or(0);
        let rate = audio.whole("sample_rate", 8000, 48_000)?;
        let noise = inference.number("noise_scale", 0.0, 2.0)?.unwrap_or(USUAL_NOISE);
        let length = inference.number("length_scale", 0.1, 10.0)?.unwrap_or(USUAL_LENGTH);
        let width = inference.number("noise_w", 0.0, 2.0)?.unwrap_or(USUAL_WIDTH);
        let hop = root.whole("hop_length", 1, 4096)?.unwrap_or(USUAL_HOP);
        Ok(Config {
            sample_rate: rate.ok_or_else(|| audio.missing("sample_rate"))? as u32,
            phonemes,
            language,
            ids: ids(&root, symbols)?,
            clusters: clusters(&root)?,
            noise: noise as f32,
            length: length as f32,
            noise_width: width as f32,
            speakers: speakers(&root, speaker_count)?,
            speaker_count: speaker_count as u32,
            usual_speaker: usual as u32,
            hop: hop as usize,
        })
    }
}

/// The numbers of the phonemes, with those of the signs around them.
fn ids(root: &Keys, symbols: u64) -> Result<BTreeMap<String, Vec<i32>>, Error> {
    const KEY: &str = "phoneme_id_map";
    let Some(map) = root.map.get(KEY) else { return Err(root.missing(KEY)) };
    let Value::Object(map) = map else { return Err(root.wrong(KEY, "must be a table")) };
    let mut ids = BTreeMap::new();
    for (phoneme, numbers) in map {
        let list = numbers.as_array().filter(|list| (1..=MOST_IDS).contains(&list.len()));
        let Some(list) = list else {
            let reason = message!(
                "must have 1 to {most_ids} numbers for `{phoneme}`",
                most_ids = MOST_IDS,
                phoneme
            );
            return Err(root.wrong(KEY, &reason));
        };
        let number = |number: &Value| number.as_u64().filter(|number| *number < symbols);
        let Some(numbers) = list.iter().map(number).collect::<Option<Vec<_>>>() else {
            let reason = message!(
                "must have numbers from 0 to {symbols} for `{phoneme}`",
                symbols = symbols - 1,
                phoneme
            );
            return Err(root.wrong(KEY, &reason));
        };
        ids.insert(phoneme.clone(), numbers.into_iter().map(|number| number as i32).collect());
    }
    for sign in [START, PAD, END] {
        if !ids.contains_key(&sign.to_string()) {
            return Err(root.wrong(KEY, &message!("lacks `{sign}`, which every voice has", sign)));
        }
    }
    Ok(ids)
}

fn clusters(root: &Keys) -> Result<Vec<Vec<String>>, Error> {
    const KEY: &str = "vowel_clusters";
    let Some(value) = root.map.get(KEY).filter(|value| !value.is_null()) else {
        return Ok(Vec::new());
    };
    serde_json::from_value(value.clone())
        .map_err(|_| root.wrong(KEY, "must be a list of lists of phonemes"))
}

fn speakers(root: &Keys, count: u64) -> Result<BTreeMap<String, u32>, Error> {
    const KEY: &str = "speaker_id_map";
    let empty = Map::new();
    let table = root.table(KEY, &empty)?;
    let number = |name: &String| -> Result<u32, Error> {
        let number = table.whole(name, 0, count - 1)?;
        Ok(number.ok_or_else(|| table.missing(name))? as u32)
    };
    table.map.keys().map(|name| Ok((name.clone(), number(name)?))).collect()
}

/// A table of the JSON, and where it is.
struct Keys<'a> {
    file: &'a str,
    /// Its name with a point behind it; empty for the whole.
    path: String,
    map: &'a Map<String, Value>,
}

impl<'a> Keys<'a> {
    fn wrong(&self, key: &str, reason: impl Into<Message>) -> Error {
        Error::voice(message!(
            "{file}: `{path}{key}` {reason}",
            file = self.file,
            path = self.path,
            key,
            reason = reason.into()
        ))
    }

    fn missing(&self, key: &str) -> Error {
        self.wrong(key, "is missing; it must be the JSON that belongs to the voice's model")
    }

    /// A key that is there and not null.
    fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    fn table(&self, key: &str, empty: &'a Map<String, Value>) -> Result<Keys<'a>, Error> {
        let path = format!("{}{key}.", self.path);
        match self.get(key) {
            None => Ok(Keys { file: self.file, path, map: empty }),
            Some(Value::Object(map)) => Ok(Keys { file: self.file, path, map }),
            Some(_) => Err(self.wrong(key, "must be a table")),
        }
    }

    fn text(&self, key: &str) -> Result<Option<&'a str>, Error> {
        let Some(value) = self.get(key) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| self.wrong(key, "must be a text"))
    }

    fn whole(&self, key: &str, least: u64, most: u64) -> Result<Option<u64>, Error> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let number = value.as_u64().filter(|number| (least..=most).contains(number));
        let reason = || {
            self.wrong(key, &message!("must be a whole number from {least} to {most}", least, most))
        };
        number.map(Some).ok_or_else(reason)
    }

    fn number(&self, key: &str, least: f64, most: f64) -> Result<Option<f64>, Error> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let number = value.as_f64().filter(|number| (least..=most).contains(number));
        let reason =
            || self.wrong(key, &message!("must be a number from {least} to {most}", least, most));
        number.map(Some).ok_or_else(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"audio": {"sample_rate": 22050}, "espeak": {"voice": "vi"},
        "phoneme_id_map": {"_": [0], "^": [1], "$": [2], "a": [3, 4]}}"#;

    #[test]
    fn what_is_left_out_is_as_usual() {
        let config = Config::parse("v.json", WHOLE).unwrap();
        assert_eq!((config.sample_rate, config.hop), (22_050, 256));
        assert_eq!((config.noise, config.length, config.noise_width), (0.667, 1.0, 0.8));
        assert_eq!((config.speaker_count, config.usual_speaker), (1, 0));
        assert_eq!((config.phonemes, config.language.as_str()), (Phonemes::Espeak, "vi"));
        assert_eq!(config.ids["a"], [3, 4]);
    }

    #[test]
    fn what_cannot_be_names_file_and_key() {
        let cases = [
            ("", "", "v.json: is not JSON: EOF while parsing"),
            (WHOLE, "[]", "v.json: is no JSON of a Piper voice"),
            ("22050", "\"a\"", "`audio.sample_rate` must be a whole number from 8000 to 48000"),
            ("22050", "1e9", "`audio.sample_rate` must be a whole number"),
            ("\"sample_rate\": 22050", "", "`audio.sample_rate` is missing"),
            ("{\"sample_rate\": 22050}", "7", "`audio` must be a table"),
            ("\"voice\": \"vi\"", "", "`espeak.voice` is missing"),
            ("\"vi\"", "3", "`espeak.voice` must be a text"),
            ("phoneme_id_map", "map", "`phoneme_id_map` is missing"),
            ("\"$\": [2],", "", "`phoneme_id_map` lacks `$`"),
            ("[3, 4]", "[]", "`phoneme_id_map` must have 1 to 16 numbers for `a`"),
            ("[3, 4]", "[-1]", "must have numbers from 0 to 65535 for `a`"),
            ("{\"audio\"", "{\"num_symbols\": 4, \"audio\"", "from 0 to 3 for `a`"),
            (
                "{\"audio\"",
                "{\"phoneme_type\": \"pinyin\", \"audio\"",
                "`phoneme_type` is `pinyin`: only voices of `espeak` and `text` are known",
            ),
            (
                "{\"audio\"",
                "{\"inference\": {\"noise_scale\": NaN}, \"audio\"",
                "v.json: is not JSON: expected value",
            ),
            (
                "{\"audio\"",
                "{\"inference\": {\"length_scale\": 1e30}, \"audio\"",
                "`inference.length_scale` must be a number from 0.1 to 10",
            ),
            (
                "{\"audio\"",
                "{\"num_speakers\": 2, \"speaker_id_map\": {\"an\": 2}, \"audio\"",
                "`speaker_id_map.an` must be a whole number from 0 to 1",
            ),
            (
                "{\"audio\"",
                "{\"hop_length\": 0, \"audio\"",
                "`hop_length` must be a whole number from 1 to 4096",
            ),
        ];
        for (from, to, message) in cases {
            let text = if from.is_empty() { to.to_owned() } else { WHOLE.replace(from, to) };
            let error = Config::parse("v.json", &text).unwrap_err().to_string();
            assert!(error.starts_with("v.json: ") && error.contains(message), "{error}");
        }
    }
}
