//! The cache of utterances: what comes out of it is what would have been spoken, whatever happens
//! to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use docbao::job::cache::{Cache, Usage};
use docbao::model::digest::Digest;
use docbao::model::phrase::{Dialect, Phone, Syllable, Tone};
use docbao::model::take::Take;
use docbao::model::units::{Hertz, Millis, Semitones};
use docbao::text::readers;
use docbao::voice::TONE;
use docbao::voice::parametric::score::{Note, PITCH_POINTS, Score};
use docbao::{Context, Engines, Pauses, ReadingSettings, Request, VoiceSettings};
use proptest::prelude::*;

/// The folder of the entries in a cache's folder.
const ENTRIES: &str = "utterances-4";

const TEXT: &str = "Sáng nay trời mưa to. Đường phố ngập sâu, xe cộ đi lại khó khăn. Mai nắng?";

/// The samples of a text, and how many of its utterances came from the cache.
fn spoken(
    context: &Context,
    voice: &VoiceSettings,
    text: &str,
    pauses: Pauses,
) -> (Vec<i16>, usize) {
    let reading = ReadingSettings { pauses, ..ReadingSettings::default() };
    let front_end = context.front_end(&reading).unwrap();
    let article = readers::paragraphs(text.to_owned());
    let mut request = Request::text("");
    request.voice = voice.clone();
    let (mut samples, mut from_cache) = (Vec::new(), 0);
    let narrator = context.narrator(&request).unwrap();
    narrator
        .narrate(front_end.utterances(&article), |_, speech| {
            samples.extend(speech.take.samples);
            from_cache += usize::from(speech.from_cache);
            Ok(())
        })
        .unwrap();
    (samples, from_cache)
}

fn with_cache(folder: &Path) -> Context {
    Context::new(Engines::default(), Some(Cache::open(folder).unwrap()))
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let shelves = fs::read_dir(folder.join(ENTRIES)).unwrap();
    let mut paths: Vec<_> = shelves
        .flat_map(|shelf| fs::read_dir(shelf.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

#[test]
fn the_sound_is_the_same_without_a_cache_with_an_empty_one_and_with_a_full_one() {
    let folder = tempfile::tempdir().unwrap();
    let settings = VoiceSettings::of("bac");
    let plain = spoken(&Context::default(), &settings, TEXT, Pauses::default());
    let context = with_cache(folder.path());
    let empty = spoken(&context, &settings, TEXT, Pauses::default());
    let full = spoken(&with_cache(folder.path()), &settings, TEXT, Pauses::default());
    assert!(plain.0.iter().any(|sample| *sample != 0));
    assert!(plain.0 == empty.0 && plain.0 == full.0);
    assert_eq!((plain.1, empty.1, full.1), (0, 0, 3));
    assert_eq!(context.cache().unwrap().warnings(), [] as [&str; 0]);
    let bytes: u64 = entries(folder.path()).iter().map(|p| p.metadata().unwrap().len()).sum();
    assert!(bytes < plain.0.len() as u64 * 3 / 2, "{bytes} bytes for {} samples", plain.0.len());
}

#[test]
fn a_corrected_sentence_is_the_only_one_that_is_spoken() {
    let folder = tempfile::tempdir().unwrap();
    let settings = VoiceSettings::of(TONE);
    let context = with_cache(folder.path());
    spoken(&context, &settings, TEXT, Pauses::default());
    let (_, from_cache) =
        spoken(&context, &settings, &TEXT.replace("ngập sâu", "ngập"), Pauses::default());
    assert_eq!((from_cache, entries(folder.path()).len()), (2, 4));
}

#[test]
fn damaged_entries_are_spoken_again_and_reported() {
    let folder = tempfile::tempdir().unwrap();
    let settings = VoiceSettings::of(TONE);
    let (sound, _) = spoken(&with_cache(folder.path()), &settings, TEXT, Pauses::default());
    let damages = [
        |_: &[u8]| Vec::new(),
        |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec(),
        |bytes: &[u8]| bytes.iter().map(|byte| !byte).collect(),
        |_: &[u8]| b"no such thing".to_vec(),
    ];
    for damage in damages {
        for path in entries(folder.path()) {
            fs::write(&path, damage(&fs::read(&path).unwrap())).unwrap();
        }
        let context = with_cache(folder.path());
        let again = spoken(&context, &settings, TEXT, Pauses::default());
        assert!(again.0 == sound);
        assert_eq!(again.1, 0);
        let warnings = context.cache().unwrap().warnings();
        assert_eq!(warnings.len(), 3);
        assert!(warnings[0].to_string().contains("damaged"), "{warnings:?}");
        assert_eq!(spoken(&context, &settings, TEXT, Pauses::default()), (sound.clone(), 3));
    }
}

#[test]
fn a_cache_that_cannot_be_written_or_read_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let settings = VoiceSettings::of(TONE);
    let (sound, _) = spoken(&Context::default(), &settings, TEXT, Pauses::default());
    let context = with_cache(folder.path());
    // A file where the entries' folder was.
    fs::remove_dir(folder.path().join(ENTRIES)).unwrap();
    fs::write(folder.path().join(ENTRIES), "").unwrap();
    assert_eq!(spoken(&context, &settings, TEXT, Pauses::default()), (sound, 0));
    let warnings = context.cache().unwrap().warnings();
    assert!(
        warnings.iter().any(|what| what.to_string().starts_with("cannot write ")),
        "{warnings:?}"
    );
    assert!(warnings.len() <= 8);
    assert!(context.cache().unwrap().warnings().is_empty(), "reported once");
    assert!(Cache::open(&folder.path().join(ENTRIES)).is_err());
}

#[test]
fn entries_that_were_swapped_are_spoken_again() {
    let folder = tempfile::tempdir().unwrap();
    let settings = VoiceSettings::of(TONE);
    let (sound, _) = spoken(&with_cache(folder.path()), &settings, TEXT, Pauses::default());
    let paths = entries(folder.path());
    let [first, second, _] = &paths[..] else { panic!("{paths:?}") };
    let (one, other) = (fs::read(first).unwrap(), fs::read(second).unwrap());
    fs::write(first, other).unwrap();
    fs::write(second, one).unwrap();
    let context = with_cache(folder.path());
    assert_eq!(spoken(&context, &settings, TEXT, Pauses::default()), (sound.clone(), 1));
    let warnings = context.cache().unwrap().warnings();
    assert!(
        warnings.len() == 2 && warnings[0].to_string().contains("another entry"),
        "{warnings:?}"
    );
    assert_eq!(spoken(&context, &settings, TEXT, Pauses::default()), (sound, 3));
}

/// Puts something in the place of an entry, whose path is given first, or of its folder. A folder outside
/// the cache, which holds a file that is named like an entry, is given second.
#[cfg(unix)]
type Replace = fn(&Path, &Path);

#[cfg(unix)]
#[test]
fn whatever_is_in_the_place_of_an_entry_stops_nothing_and_no_link_is_followed() {
    use std::os::unix::fs::symlink;
    use std::process::Command;
    let settings = VoiceSettings::of(TONE);
    let (sound, _) = spoken(&Context::default(), &settings, TEXT, Pauses::default());
    let replacements: [(&str, Replace); 7] = [
        ("a folder", |entry, _| {
            fs::remove_file(entry).unwrap();
            fs::create_dir_all(entry.join("deep")).unwrap();
        }),
        ("a link to a file", |entry, outside| {
            let name = entry.file_name().unwrap();
            fs::rename(entry, outside.join(name)).unwrap();
            symlink(outside.join(name), entry).unwrap();
        }),
        ("a link to nothing", |entry, _| {
            fs::remove_file(entry).unwrap();
            symlink("nothing", entry).unwrap();
        }),
        ("a pipe", |entry, _| {
            fs::remove_file(entry).unwrap();
            assert!(Command::new("mkfifo").arg(entry).status().unwrap().success());
        }),
        ("a file as its folder", |entry, _| {
            let shelf = entry.parent().unwrap();
            fs::remove_dir_all(shelf).unwrap();
            fs::write(shelf, "no folder").unwrap();
        }),
        ("a link as its folder", |entry, outside| {
            let shelf = entry.parent().unwrap();
            fs::rename(entry, outside.join(entry.file_name().unwrap())).unwrap();
            fs::remove_dir_all(shelf).unwrap();
            symlink(outside, shelf).unwrap();
        }),
        ("a link as the folder of all", |entry, outside| {
            let (shelf, all) = (entry.parent().unwrap(), entry.ancestors().nth(2).unwrap());
            fs::rename(shelf, outside.join(shelf.file_name().unwrap())).unwrap();
            fs::remove_dir_all(all).unwrap();
            symlink(outside, all).unwrap();
        }),
    ];
    for (what, replace) in replacements {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let context = with_cache(folder.path());
        spoken(&context, &settings, TEXT, Pauses::default());
        replace(&entries(folder.path())[0], outside.path());
        fs::write(outside.path().join(format!("{}.utterance", "0".repeat(62))), "kept").unwrap();
        let before = tree(outside.path());
        let (again, from_cache) = spoken(&context, &settings, TEXT, Pauses::default());
        assert!(again == sound && from_cache <= 2, "{what}");
        let cache = context.cache().unwrap();
        assert!(!cache.warnings().is_empty(), "{what} is not reported");
        assert_eq!(cache.trim(0).unwrap(), Usage::default(), "{what}");
        assert_eq!(tree(outside.path()), before, "{what}");
    }
}

/// All files and folders below a folder, with when they were changed.
#[cfg(unix)]
fn tree(folder: &Path) -> Vec<(PathBuf, SystemTime)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        found.push((entry.path(), entry.metadata().unwrap().modified().unwrap()));
        if entry.file_type().unwrap().is_dir() {
            found.extend(tree(&entry.path()));
        }
    }
    found.sort();
    found
}

#[cfg(unix)]
#[test]
fn a_cache_is_not_made_through_links() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().unwrap();
    let (cache, outside) = (root.path().join("cache"), root.path().join("outside"));
    fs::create_dir(&cache).unwrap();
    symlink(&outside, cache.join("CACHEDIR.TAG")).unwrap();
    Cache::open(&cache).unwrap();
    assert!(!outside.exists());
    fs::remove_dir(cache.join(ENTRIES)).unwrap();
    fs::create_dir(&outside).unwrap();
    symlink(&outside, cache.join(ENTRIES)).unwrap();
    let error = Cache::open(&cache).unwrap_err().to_string();
    assert!(error.contains(ENTRIES) && error.contains("link"), "{error}");
    // The folder of the cache itself may be a link.
    symlink(&outside, root.path().join("elsewhere")).unwrap();
    Cache::open(&root.path().join("elsewhere")).unwrap();
    assert!(outside.join(ENTRIES).is_dir());
}

#[test]
fn entries_of_earlier_forms_are_trimmed_and_what_is_no_entry_stays() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).unwrap();
    let old = folder.path().join("utterances-3/ab");
    let named = format!("{}.utterance", "c".repeat(62));
    let strange = [
        old.join("short.utterance"),
        folder.path().join("utterances-3/notes").join(&named),
        folder.path().join(&named),
    ];
    for path in [&old.join(&named)].into_iter().chain(&strange) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "12345").unwrap();
    }
    assert_eq!(cache.usage().unwrap(), Usage { entries: 1, bytes: 5 });
    assert_eq!(cache.trim(0).unwrap(), Usage::default());
    assert!(!old.join(&named).exists() && strange.iter().all(|path| path.exists()));
    let warnings = cache.warnings();
    assert!(
        warnings.iter().any(|what| what.to_string().contains("does not belong")),
        "{warnings:?}"
    );
}

#[test]
fn what_was_not_used_for_longest_is_trimmed_first() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).unwrap();
    let take = Take::new(24_000, vec![1; 1000], Vec::new());
    let keys: Vec<_> = (0..5u8).map(|n| Digest::of(&[n])).collect();
    for key in &keys {
        cache.put(key, &take);
    }
    let usage = cache.usage().unwrap();
    let one = usage.bytes / 5;
    assert_eq!(usage, Usage { entries: 5, bytes: 5 * one });
    let hours = |hours: u64| SystemTime::now() - Duration::from_secs(3600 * hours);
    let age = |path: &Path, when| fs::File::open(path).unwrap().set_modified(when).unwrap();
    let path = |key: &Digest| {
        let name = key.to_string();
        folder.path().join(ENTRIES).join(&name[..2]).join(format!("{}.utterance", &name[2..]))
    };
    for (at, key) in keys.iter().enumerate() {
        age(&path(key), hours(10 - at as u64));
    }
    // The oldest is used once more.
    assert!(cache.get(&keys[0], 24_000).is_some());
    let dead = path(&keys[4]).with_file_name(".docbao-dead.part");
    let living = path(&keys[4]).with_file_name(".docbao-living.part");
    fs::write(&dead, "left").unwrap();
    fs::write(&living, "on its way").unwrap();
    age(&dead, hours(2));

    let left = cache.trim(one * 3 + one / 2).unwrap();
    assert_eq!(left, Usage { entries: 3, bytes: 3 * one });
    assert_eq!(cache.usage().unwrap(), left);
    let there = keys.iter().map(|key| cache.get(key, 24_000).is_some());
    assert_eq!(there.collect::<Vec<_>>(), [true, false, false, true, true]);
    assert!(!dead.exists() && living.exists());
    assert_eq!(cache.trim(0).unwrap(), Usage::default());
    assert_eq!(cache.warnings(), [] as [&str; 0]);
}

#[test]
fn utterances_with_another_number_of_words_are_not_taken_for_each_other() {
    let engine = Engines::default().open(&VoiceSettings::of(TONE)).unwrap();
    let front_end = Context::default().front_end(&ReadingSettings::default()).unwrap();
    let article = readers::paragraphs("Mai nắng.".to_owned());
    let one = front_end.utterances(&article).next().unwrap();
    // A last word that is not heard.
    let mut more = one.clone();
    let silent =
        docbao::model::utterance::UtteranceWord { said: String::new(), ..one.words[1].clone() };
    more.words.push(silent);
    more.groups.last_mut().unwrap().words.end += 1;
    let (first, second) = (engine.speak(&one).unwrap(), engine.speak(&more).unwrap());
    assert_ne!(first.words.len(), second.words.len());
    assert_ne!(engine.key(&one).unwrap(), engine.key(&more).unwrap());
}

fn score(note: Note) -> Score {
    Score { notes: vec![note] }
}

fn note() -> Note {
    Note {
        word: 0,
        syllable: Syllable {
            onset: Phone::T,
            glide: false,
            nucleus: Phone::A,
            coda: None,
            tone: Tone::Ngang,
        },
        onset: Millis(70.0),
        glide: Millis(0.0),
        nucleus: Millis(150.0),
        coda: Millis(0.0),
        f0: [Hertz(120.0); PITCH_POINTS],
        creak: [0.0; PITCH_POINTS],
        gain: 1.0,
        pause: Millis(0.0),
    }
}

#[test]
fn everything_in_a_score_counts() {
    let changes: [fn(&mut Note); 15] = [
        |note| note.word = 1,
        |note| note.syllable.onset = Phone::Th,
        |note| note.syllable.glide = true,
        |note| note.syllable.nucleus = Phone::AShort,
        |note| note.syllable.coda = Some(Phone::P),
        |note| note.syllable.tone = Tone::Sac,
        |note| note.onset.0 += 0.001,
        |note| note.glide.0 += 0.001,
        |note| note.nucleus.0 += 0.001,
        |note| note.coda.0 += 0.001,
        |note| note.f0[PITCH_POINTS - 1].0 += 0.001,
        |note| note.creak[0] = 0.1,
        |note| note.gain = 0.999,
        |note| note.pause.0 = 1.0,
        |note| note.pause.0 = -0.0,
    ];
    let mut contents = vec![score(note()).content()];
    for change in changes {
        let mut changed = note();
        change(&mut changed);
        contents.push(score(changed).content());
    }
    contents.push(Score { notes: vec![note(), note()] }.content());
    let count = contents.len();
    contents.sort();
    contents.dedup();
    assert_eq!(contents.len(), count);
}

#[test]
fn program_and_voice_count() {
    let engine = |voice: &str| Engines::default().open(&VoiceSettings::of(voice)).unwrap();
    let digest = |voice: &str| engine(voice).info().digest;
    assert_ne!(digest("bac"), digest("bac-nu"));
    assert_ne!(digest("bac"), digest(TONE));
    let folder = tempfile::tempdir().unwrap();
    for name in ["voice.toml", "durations.tsv", "tones.tsv", "model.bin"] {
        fs::copy(format!("voices/bac/{name}"), folder.path().join(name)).unwrap();
    }
    let voice = folder.path().to_str().unwrap();
    assert_eq!(digest("bac"), digest(voice), "where the voice lies does not count");
    for (name, from, to) in [
        ("voice.toml", "attribution = \"", "attribution = \"x"),
        ("tones.tsv", "\n", "\n# a comment\n"),
    ] {
        let path = folder.path().join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        assert_ne!(digest("bac"), digest(voice), "{name}");
        fs::write(&path, text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    /// One cache for all settings: whatever is stored in it, the sound is that of the settings in use.
    #[test]
    fn settings_are_never_mixed_up(
        changes in prop::collection::vec(
            (0.5f32..3.0, -12.0f32..12.0, 0usize..3, 0.0f32..900.0), 2..5,
        )
    ) {
        let folder = tempfile::tempdir().unwrap();
        for (rate, pitch, dialect, pause) in changes {
            let pauses = Pauses { sentence: Millis(pause), ..Pauses::default() };
            let dialect = Some(Dialect::ALL[dialect]);
            let settings = VoiceSettings {
                dialect, rate, pitch: Semitones(pitch), ..VoiceSettings::of(TONE)
            };
            let plain = spoken(&Context::default(), &settings, TEXT, pauses);
            let cached = with_cache(folder.path());
            prop_assert!(spoken(&cached, &settings, TEXT, pauses).0 == plain.0);
            prop_assert_eq!(spoken(&cached, &settings, TEXT, pauses), (plain.0, 3));
        }
    }
}
