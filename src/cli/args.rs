//! Arguments that several commands share.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use clap::builder::ValueHint;
use etcetera::BaseStrategy;

use super::read_args::ReadArgs;
use super::{choices, note, settings};
use crate::job::Context;
use crate::job::cache::Cache;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::pauses::Pauses;
use crate::model::phrase::Dialect;
use crate::model::request::{Heeded, ReadingSettings, Request};
use crate::model::roles;
use crate::model::spoken::Confidence;
use crate::model::units::{Millis, Semitones};
use crate::model::voice_settings::{PhonemesBy, VoiceSettings};
use crate::voice::{Engines, HttpBounds};

/// How the text is spoken.
#[derive(Debug, Args)]
#[command(next_help_heading = "Voice")]
pub(super) struct VoiceArgs {
    /// The voice that speaks: a name that `docbao voices` lists, the folder of a voice, the model of a
    /// Piper voice, an .onnx file with its .json file beside it, or a voice of a server that has OpenAI's
    /// speech interface, by the address of that: http://127.0.0.1:8880/v1#NAME (docs/http-voices.md).
    // `Other`: a name or a path (see `settings`).
    #[arg(long, value_name = "NAME", default_value = VoiceSettings::DEFAULT_NAME, value_hint = ValueHint::Other,
          value_parser = choices::voice(), hide_possible_values = true)]
    pub voice: String,
    /// Another voice for a part of the articles. PART is a language, such as `en` (its passages are
    /// then said as they are written), `question` or `answer` of an interview, a speaker by name (of a
    /// chat, of an interview, of a mark such as [giọng Lan]), a kind of block, such as `heading`, `quote`
    /// (trích), which is also whole sentences between quotation marks, or `item 2` (bài 2), the second of
    /// several articles in one file. VOICE is as for --voice. May be given several times:
    /// --voice-for question=bac-nu. In a settings file it is a table: [voices] quote = "bac-nu"
    #[arg(
        long = "voice-for",
        value_name = "PART=VOICE",
        value_hint = ValueHint::Other,
        value_parser = voice_for
    )]
    voices: Vec<(String, String)>,
    /// Subtitles only: let each be heard when it is shown, and say it faster, at most twice as fast,
    /// where it is too long for its time. What does not fit is reported.
    #[arg(long)]
    fit: bool,
    /// Whose Vietnamese it speaks: north (Hanoi), central (Huế) or south (Saigon). By default the
    /// voice's own.
    #[arg(long, value_name = "DIALECT", value_parser = choices::dialect(), hide_possible_values = true)]
    pub dialect: Option<Dialect>,
    /// How fast it speaks: 1 is the voice's own speed, 2 twice as fast; 0.5 to 3.
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0, value_parser = rate)]
    rate: f32,
    /// How much higher it speaks, in semitones; -12 to 12. A Piper voice cannot.
    #[arg(long, value_name = "SEMITONES", default_value_t = 0.0, value_parser = pitch, allow_negative_numbers = true)]
    pitch: f32,
    /// Who speaks, where a Piper voice has several speakers: a name or a number. By default the
    /// voice's own first speaker.
    #[arg(long, value_name = "SPEAKER")]
    speaker: Option<String>,
    /// How much the sound of a Piper voice varies, 0 to 2: 0 is flat, and by default it is the
    /// voice's own, commonly 0.667. The same text sounds the same on every run in any case.
    #[arg(long, value_name = "AMOUNT", value_parser = noise)]
    noise: Option<f32>,
    /// How much the lengths of a Piper voice's sounds vary, 0 to 2; by default the voice's own,
    /// commonly 0.8.
    #[arg(long, value_name = "AMOUNT", value_parser = noise)]
    noise_width: Option<f32>,
    /// Who makes the phonemes of a Piper voice: docbao, which knows those of Vietnamese, or, for
    /// voices of other languages, the program espeak-ng, which must be installed; auto takes the one
    /// that the voice needs.
    #[arg(long, value_name = "PROGRAM", default_value = "docbao", value_parser = PhonemesBy::from_str)]
    phonemizer: PhonemesBy,
    #[command(flatten)]
    http: HttpArgs,
    /// Speak without the faint echo of a small room, which the voices otherwise have: for those who
    /// add their own.
    #[arg(long)]
    dry: bool,
    /// The pause after a part of the text, in milliseconds: title, dateline, sapo, heading,
    /// verse, list (an item), quote, table (a row), paragraph, sentence, clause (; : –), phrase (a comma)
    /// or breath. May be given several times.
    #[arg(long = "pause", value_name = "PART=MS", value_parser = pause)]
    pauses: Vec<(String, f32)>,
}

/// A number in this range.
pub(super) fn within(text: &str, range: RangeInclusive<f32>) -> Result<f32, Message> {
    match text.parse::<f32>() {
        Ok(value) if range.contains(&value) => Ok(value),
        _ => Err(message!(
            "give a number from {least} to {most}",
            least = range.start(),
            most = range.end()
        )),
    }
}

fn rate(text: &str) -> Result<f32, Message> {
    within(text, 0.5..=3.0)
}

fn noise(text: &str) -> Result<f32, Message> {
    within(text, 0.0..=2.0)
}

fn pitch(text: &str) -> Result<f32, Message> {
    within(text, -12.0..=12.0)
}

fn voice_for(text: &str) -> Result<(String, String), Message> {
    let example = "write it as PART=VOICE, such as question=bac-nu";
    let (part, voice) = text.split_once('=').ok_or(example)?;
    let (part, voice) = (roles::part_name(part), voice.trim());
    if part.is_empty() || voice.is_empty() {
        Err(example.to_string().into())
    } else {
        Ok((part, voice.to_owned()))
    }
}

fn pause(text: &str) -> Result<(String, f32), Message> {
    let (part, value) = text.split_once('=').ok_or("write it as PART=MS, such as sentence=500")?;
    let mut probe = Pauses::default();
    if pause_of(&mut probe, part).is_none() {
        return Err(message!(
            "`{part}` is not one of title, dateline, sapo, heading, verse, list, quote, table, \
             paragraph, sentence, clause, phrase, breath",
            part
        ));
    }
    Ok((part.to_owned(), within(value, 0.0..=10_000.0)?))
}

fn pause_of<'a>(pauses: &'a mut Pauses, part: &str) -> Option<&'a mut Millis> {
    Some(match part {
        "title" => &mut pauses.title,
        "dateline" => &mut pauses.dateline,
        "sapo" => &mut pauses.sapo,
        "heading" => &mut pauses.heading,
        "verse" => &mut pauses.verse,
        "list" => &mut pauses.list,
        "quote" => &mut pauses.quote,
        "table" => &mut pauses.table,
        "paragraph" => &mut pauses.paragraph,
        "sentence" => &mut pauses.sentence,
        "clause" => &mut pauses.clause,
        "phrase" => &mut pauses.phrase,
        "breath" => &mut pauses.breath,
        _ => return None,
    })
}

impl VoiceArgs {
    /// The pauses they ask for.
    pub(super) fn pauses(&self) -> Pauses {
        let mut pauses = Pauses::default();
        for (part, value) in &self.pauses {
            if let Some(pause) = pause_of(&mut pauses, part) {
                *pause = Millis(*value);
            }
        }
        pauses
    }

    /// The request with the voices they ask for parts of articles. They are as fast and as dry as the
    /// narrator's; the phonemes of another language are made by the program that knows it.
    fn add_others(&self, request: Request) -> Request {
        self.voices.iter().fold(request, |request, (part, name)| {
            let settings = VoiceSettings {
                rate: self.rate,
                dry: self.dry,
                phonemizer: PhonemesBy::Whoever,
                ..VoiceSettings::of(name)
            };
            request.voice_for(part, settings)
        })
    }

    /// The voice they ask for.
    pub(super) fn settings(&self) -> VoiceSettings {
        VoiceSettings {
            dialect: self.dialect,
            rate: self.rate,
            pitch: Semitones(self.pitch),
            dry: self.dry,
            speaker: self.speaker.clone(),
            noise: self.noise,
            noise_width: self.noise_width,
            phonemizer: self.phonemizer,
            ..VoiceSettings::of(&self.voice)
        }
    }
}

/// How servers that speak are asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Voice")]
pub(super) struct HttpArgs {
    /// How many requests a voice of a server has open at once; never more than --jobs.
    #[arg(long, value_name = "COUNT", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=256))]
    voice_requests: u16,
    /// How long an answer of the server of a voice may take, in seconds, and how long it is asked again
    /// when it fails.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=3600))]
    voice_timeout: u64,
}

impl HttpArgs {
    /// What they say.
    pub(super) fn bounds(&self) -> HttpBounds {
        let (requests, time) =
            (self.voice_requests.into(), Duration::from_secs(self.voice_timeout));
        HttpBounds { requests, time }
    }
}

/// How articles are read and spoken, and when they are refused: a request that still needs its source,
/// outputs and tags.
pub(super) fn manner(
    read: &ReadArgs,
    voice: &VoiceArgs,
    strictness: Option<Confidence>,
) -> Result<Request, Error> {
    let reading = ReadingSettings { fit: voice.fit, ..read.settings(voice.pauses())? };
    // What the user asks for here and now beats what the article says.
    let heeded = Heeded {
        voice: !is_given("--voice"),
        rate: !is_given("--rate"),
        voices: true,
        decided: given("--voice-for").flat_map(|given| roles_of(&given)).collect(),
    };
    let voiced = voice.settings();
    let request = Request { reading, voice: voiced, strictness, heeded, ..Request::text("") };
    Ok(voice.add_others(request))
}

/// Whether an option is on the command line itself, and not only in a settings file.
fn is_given(option: &str) -> bool {
    given(option).next().is_some()
}

/// The values of an option on the command line itself.
fn given(option: &str) -> impl Iterator<Item = String> {
    let arguments: Vec<String> =
        std::env::args_os().map(|it| it.to_string_lossy().into_owned()).collect();
    let values = arguments.iter().enumerate().filter_map(|(at, argument)| {
        let rest = argument.strip_prefix(option)?;
        let next = || arguments.get(at + 1).cloned().unwrap_or_default();
        if rest.is_empty() { Some(next()) } else { rest.strip_prefix('=').map(str::to_owned) }
    });
    values.collect::<Vec<_>>().into_iter()
}

/// The roles that a PART=VOICE is for.
fn roles_of(given: &str) -> Vec<String> {
    given.split_once('=').map_or_else(Vec::new, |(part, _)| roles::roles(part))
}

/// Opens the voices of a request and loads its lexicons, so that what is wrong with them is found once. A
/// voice that is not there has the file and the line of the setting that asks for it, if one does; `show`
/// is the podcast.toml whose settings count.
///
/// # Errors
/// As [`Context::prepare`].
pub(super) fn prepare(
    context: &Context,
    request: &Request,
    show: Option<&Path>,
) -> Result<(), Error> {
    let narrator = [(None, &request.voice)];
    let others = request.voices.iter().map(|(role, voice)| (Some(&**role), voice));
    for (role, voice) in narrator.into_iter().chain(others) {
        context.open(voice).map_err(|error| match settings::of_voice(role, &voice.name, show) {
            Some(setting) => setting.is_wrong(error),
            None => error,
        })?;
    }
    context.prepare(request)
}

/// What jobs with these voices share, with this cache in it.
pub(super) fn context(voice: &VoiceArgs, cache: Option<Cache>) -> Context {
    Context::new(engines(voice), cache)
}

/// The engines of this program: it runs the models of neural voices in processes of its own, and asks
/// servers as the arguments say.
pub(super) fn engines(voice: &VoiceArgs) -> Engines {
    engines_within(voice.http.bounds())
}

/// As [`engines`], with servers asked within these bounds.
pub(super) fn engines_within(bounds: HttpBounds) -> Engines {
    let engines = Engines::default().with_http_bounds(bounds);
    match std::env::current_exe() {
        Ok(program) => engines.with_worker(program),
        Err(_) => engines,
    }
}

/// Where utterances that were spoken before are kept.
#[derive(Debug, Args)]
#[command(next_help_heading = "Cache")]
pub(super) struct CacheArgs {
    /// Keep what is spoken in this folder, and take from it what was spoken before; the sound is the
    /// same. By default a folder of articles uses a cache in the user's folder for caches, and a
    /// single article uses none.
    #[arg(long, value_name = "DIR", env = "DOCBAO_CACHE", overrides_with = "no_cache")]
    pub cache: Option<PathBuf>,
    /// Keep nothing, and speak everything again.
    #[arg(long, overrides_with = "cache")]
    pub no_cache: bool,
    /// How large the cache may grow: after a run that added to it, what was not used for the longest
    /// time is removed. A number of bytes, or with kB, MB, GB, or KiB, MiB, GiB.
    #[arg(long, value_name = "SIZE", default_value = "2GB", value_parser = size)]
    pub cache_limit: u64,
}

/// How much is done at the same time.
#[derive(Debug, Args)]
pub(super) struct ThreadArgs {
    /// How many utterances are spoken at the same time; by default one for each processor. The sound
    /// is the same for every number.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

/// How a run over articles goes, and what is printed of it.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    threads: ThreadArgs,
    /// Speak no article that has a doubtful reading: list what `docbao check` would list at this level
    /// (doubtful, if none is given), write nothing for the article, and end with status 3. Files of it
    /// that were made before stay as they were.
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, require_equals = true,
          default_missing_value = "doubtful", value_parser = choices::confidence(),
          hide_possible_values = true)]
    pub strict: Option<Confidence>,
    /// Make all files again, also those that are up to date.
    #[arg(long)]
    pub force: bool,
    /// Print errors only.
    #[arg(short, long)]
    pub quiet: bool,
    /// Print every part that is not read and every doubtful reading, and not only how many there are.
    #[arg(short, long, overrides_with = "quiet")]
    pub verbose: bool,
    /// Print a report as JSON for programs, instead of lines for people.
    #[arg(long)]
    pub json: bool,
}

impl RunArgs {
    /// The threads that speak.
    pub(super) fn pool(&self) -> Result<rayon::ThreadPool, Error> {
        self.threads.pool()
    }
}

impl ThreadArgs {
    /// The threads that speak.
    pub(super) fn pool(&self) -> Result<rayon::ThreadPool, Error> {
        let threads = self.jobs.map_or(0, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map_err(|error| {
            Error::request(message!(
                "cannot start {threads} threads: {error}",
                threads,
                error = error.to_string()
            ))
        })
    }
}

/// The units of sizes, in bytes.
const SIZES: [(&str, u64); 7] = [
    ("kB", 1000),
    ("MB", 1000 * 1000),
    ("GB", 1000 * 1000 * 1000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("B", 1),
];

/// A number of bytes.
pub(super) fn size(text: &str) -> Result<u64, Message> {
    let unit = SIZES.iter().find_map(|(name, bytes)| Some((text.strip_suffix(name)?, *bytes)));
    let (number, bytes) = unit.unwrap_or((text, 1));
    match number.trim().parse::<f64>() {
        Ok(number) if (0.0..1e15).contains(&number) => Ok((number * bytes as f64) as u64),
        _ => Err("write it as 500MB, 2GB or 1.5GiB".into()),
    }
}

/// A size as a person reads it.
pub(super) fn size_text(bytes: u64) -> String {
    let unit = SIZES[..3].iter().rev().find(|(_, size)| bytes >= *size);
    unit.map_or(format!("{bytes} B"), |(name, size)| {
        format!("{:.1} {name}", bytes as f64 / *size as f64)
    })
}

impl CacheArgs {
    /// The folder of the cache that is asked for, or else of the user's own.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        let own = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("docbao"));
        self.cache.clone().or_else(own)
    }

    /// The cache for a run; `many` says that a folder of articles is narrated. If it cannot be opened,
    /// there is none, and a note says so.
    pub(super) fn open(&self, many: bool) -> Option<Cache> {
        let is_wanted = !self.no_cache && (many || self.cache.is_some());
        let opened = Cache::open(&self.folder().filter(|_| is_wanted)?);
        opened.inspect_err(|error| note(&message!("there is no cache: {error}", error))).ok()
    }

    /// Keeps the cache within its limit.
    pub(super) fn trim(&self, context: &Context) {
        let trim = |cache: &Cache| cache.trim(self.cache_limit);
        if let Some(Err(error)) = context.cache().map(trim) {
            note(&error);
        }
        context.warnings().iter().for_each(note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        let cases = [
            ("500MB", 500_000_000),
            ("2 GB", 2_000_000_000),
            ("1.5KiB", 1536),
            ("0", 0),
            ("7B", 7),
        ];
        for (text, bytes) in cases {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "MB", "-1GB", "1TB", "nan", "1e99"] {
            assert!(size(text).is_err(), "{text}");
        }
        assert_eq!(size_text(12), "12 B");
        assert_eq!(size_text(1_560_000), "1.6 MB");
    }
}
