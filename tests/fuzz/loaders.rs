//! The loaders of settings and tables.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use docbao::batch::Ledger;
use docbao::job::cache::Cache;
use docbao::podcast::{self, BuildRequest, Show};
use docbao::text::readers;
use docbao::voice::TONE;
use docbao::voice::install::Catalogue;
use docbao::voice::parametric::data::Manifest;
use docbao::voice::parametric::phonemize::spelling;
use docbao::voice::piper::Config;
use docbao::{
    Confidence, Context, Digest, ErrorKind, FrontEnd, LexiconText, ReadingSettings, Request, Take,
    VoiceSettings,
};

use crate::campaign::{Attempt, Target};
use crate::checkers::png;
use crate::copies::copy;

const LARGEST: usize = 1 << 15;

/// Each of these builds a show or starts the program.
const LARGEST_OF_SHOWS: usize = 1 << 12;

const LARGEST_OF_ARTICLES: usize = 1 << 9;

/// Nothing is made when the target starts.
fn nothing(_: &Path) -> Vec<Vec<u8>> {
    Vec::new()
}

pub(crate) fn targets() -> Vec<Target> {
    let target = |name, seeds, open| Target { name, largest: LARGEST, seeds, made: nothing, open };
    let show =
        |name, seeds, made, open| Target { name, largest: LARGEST_OF_SHOWS, seeds, made, open };
    vec![
        target("lexicon_tsv", &[], |_| lexicon("names.tsv")),
        target("lexicon_pls", &[], |_| lexicon("names.pls")),
        target("catalogue", &["src/voice/install/tables"], |_| text(Catalogue::parse)),
        target("voice_manifest", &["voices/bac/voice.toml"], |_| text(Manifest::parse)),
        target("voice_config", &[], |_| text(Config::parse)),
        Target { made: requests, ..target("request", &[], |_| request()) },
        Target { made: takes, ..target("cache_entry", &[], cache_entry) },
        Target { made: records, ..target("ledger", &[], ledger) },
        Target { largest: LARGEST_OF_SHOWS, ..target("settings", &[], settings) },
        show("podcast_toml", &["src/podcast/example.toml"], nothing, |work| {
            builds(work, "podcast.toml")
        }),
        // All that is below the front matter is spoken.
        Target {
            largest: LARGEST_OF_ARTICLES,
            ..show("front_matter", &[], nothing, |work| builds(work, "a.md"))
        },
        show(
            "register",
            &[],
            |work| made(work, "episodes.toml"),
            |work| builds(work, "episodes.toml"),
        ),
        show("stock", &[], |work| made(work, STOCK), |work| builds(work, STOCK)),
    ]
}

/// What was last in a feed.
const STOCK: &str = ".docbao/public/feed.json";

/// A function that parses a text of this name.
fn text<T: 'static>(parse: fn(&str, &str) -> Result<T, docbao::Error>) -> Attempt {
    Box::new(move |bytes| match parse("file", &String::from_utf8_lossy(bytes)) {
        Ok(_) => "whole".to_owned(),
        Err(error) => error.to_string(),
    })
}

/// A text is read with a lexicon.
fn lexicon(name: &'static str) -> Attempt {
    let article = readers::article("Messi và NATO đến TP.HCM ngày 5/3, 12 km.".to_owned());
    Box::new(move |bytes| {
        let text = LexiconText::new(name, &String::from_utf8_lossy(bytes));
        let settings = ReadingSettings { lexicons: vec![text], ..ReadingSettings::default() };
        match FrontEnd::new(&settings, &spelling) {
            Ok(front_end) => {
                let script = front_end.script(&article, Confidence::Likely);
                format!("{}", script.utterances.len())
            }
            Err(error) => error.to_string(),
        }
    })
}

fn requests(_: &Path) -> Vec<Vec<u8>> {
    let mut request = Request::text("Mưa.").output("a.mp3").unwrap();
    request.reading.lexicons.push(LexiconText::new("a.tsv", "written\tsaid\na\tb"));
    request.tags.title = Some("Tin".to_owned());
    vec![serde_json::to_vec(&request).unwrap()]
}

/// A request that came from another program.
fn request() -> Attempt {
    let article = readers::article("Mưa to ngày 5/3, 12 km.".to_owned());
    Box::new(move |bytes| {
        let request = match serde_json::from_slice::<Request>(bytes) {
            Ok(request) => request,
            Err(error) => return error.to_string(),
        };
        let key = request.key(&Digest::of(b"source"), &Digest::of(b"engine"));
        match FrontEnd::new(&request.reading, &spelling) {
            Ok(front_end) => {
                let script = front_end.script(&article, Confidence::Likely);
                format!("{} {}", key.is_ok(), script.utterances.len())
            }
            Err(error) => error.to_string(),
        }
    })
}

/// The key of the entry that is changed.
fn key() -> Digest {
    Digest::of(b"key")
}

/// The file of the only entry of a cache.
fn entry(folder: &Path) -> std::path::PathBuf {
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "utterance") {
                return path;
            }
        }
    }
    panic!("the cache has no entry")
}

fn cache(work: &Path) -> (Cache, std::path::PathBuf) {
    let folder = work.join("cache");
    let cache = Cache::open(&folder).unwrap();
    cache.put(&key(), &Take::new(24_000, vec![0, 1, -1, 300], vec![0..2, 2..4]));
    let entry = entry(&folder);
    (cache, entry)
}

fn takes(work: &Path) -> Vec<Vec<u8>> {
    vec![fs::read(cache(work).1).unwrap()]
}

fn cache_entry(work: &Path) -> Attempt {
    let (cache, entry) = cache(work);
    Box::new(move |bytes| {
        fs::write(&entry, bytes).unwrap();
        let take = cache.get(&key(), 24_000);
        cache.warnings();
        format!("{}", take.is_some())
    })
}

/// The record of a file in a folder.
const RECORD: &str = ".docbao/made/a.wav.json";

/// A folder with a file that has a record.
fn recorded(folder: &Path) -> Ledger {
    let ledger = Ledger::open(folder).unwrap();
    let file = folder.join("a.wav");
    fs::write(&file, "sound").unwrap();
    ledger.record(Path::new("a.wav"), key(), &[&file], &"report").unwrap();
    ledger
}

fn records(work: &Path) -> Vec<Vec<u8>> {
    let folder = work.join("made");
    recorded(&folder);
    vec![fs::read(folder.join(RECORD)).unwrap()]
}

fn ledger(work: &Path) -> Attempt {
    let folder = work.join("out");
    let ledger = recorded(&folder);
    Box::new(move |bytes| {
        fs::write(folder.join(RECORD), bytes).unwrap();
        let found = ledger.whole::<String>(Path::new("a.wav"), &key(), &[&folder.join("a.wav")]);
        format!("{}", found.is_some())
    })
}

/// The settings of the command line, which only the program itself reads.
fn settings(work: &Path) -> Attempt {
    let file = work.join("docbao.toml");
    Box::new(move |bytes| {
        fs::write(&file, bytes).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_docbao"));
        command.env("DOCBAO_LANG", "en");
        command.args(["normalize", "--config"]).arg(&file).arg("-");
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.env("XDG_CONFIG_HOME", "none").spawn().unwrap();
        // It may have refused its settings before it reads.
        let _ = child.stdin.take().unwrap().write_all("Mưa 5 mm.".as_bytes());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(matches!(output.status.code(), Some(0..=3)), "{}: {said}", output.status);
        said
    })
}

const ARTICLE: &str = "---\ntitle: Tin\ndate: 2024-03-05\n---\nMưa to.\n";

/// A show of one article, new and small.
fn show(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join(".docbao/public")).unwrap();
    fs::create_dir_all(folder.join("public")).unwrap();
    let settings = include_str!("../../src/podcast/example.toml");
    let settings = settings.replace("intro = \"jingle.wav\"", "");
    fs::write(folder.join("podcast.toml"), settings).unwrap();
    fs::write(folder.join("cover.png"), png(1400, 1400)).unwrap();
    fs::write(folder.join("a.md"), ARTICLE).unwrap();
}

/// Builds a show; gives what is wrong with it, or with its feed.
fn build(folder: &Path) -> Result<String, docbao::Error> {
    let settings = Show::load(folder)?;
    let mut manner = Request::text("");
    manner.voice = VoiceSettings { rate: 3.0, ..VoiceSettings::of(TONE) };
    let output = folder.join("public");
    let now = "2024-04-01T00:00:00Z".parse().unwrap();
    let request = BuildRequest {
        skips_failed: false,
        folder,
        output: &output,
        now,
        earlier: true,
        empties: true,
        again: false,
        manner: &manner,
    };
    let build = || podcast::build(&Context::default(), &settings, &request, &mut |_| Ok(()));
    // A process that another target starts has all open files, and so the locks, for a moment.
    let mut built = build();
    while built.as_ref().is_err_and(|error| error.kind() == ErrorKind::Busy) {
        thread::sleep(Duration::from_millis(1));
        built = build();
    }
    built?;
    let report = podcast::check(&output, None)?;
    let said: Vec<String> = report.faults.iter().map(|fault| fault.message.to_string()).collect();
    Ok(said.join(" "))
}

/// A show that is built and has no faults.
pub(crate) fn whole(folder: &Path) {
    show(folder);
    build(folder).unwrap();
}

/// A file of a show that was built.
fn made(work: &Path, name: &str) -> Vec<Vec<u8>> {
    let folder = work.join("made");
    whole(&folder);
    vec![fs::read(folder.join(name)).unwrap()]
}

/// Builds a show with a file of it changed. If that succeeds, the feed is sound XML, and building again
/// succeeds too.
fn builds(work: &Path, name: &'static str) -> Attempt {
    let (template, folder) = (work.join("template"), work.join("show"));
    whole(&template);
    Box::new(move |bytes| {
        let _ = fs::remove_dir_all(&folder);
        copy(&template, &folder);
        fs::write(folder.join(name), bytes).unwrap();
        match build(&folder) {
            Ok(said) => {
                assert!(!said.contains("not well-formed"), "{said}");
                let again = build(&folder).map_err(|error| error.to_string());
                assert_eq!(again.as_ref(), Ok(&said));
                said
            }
            Err(error) => error.to_string(),
        }
    })
}
