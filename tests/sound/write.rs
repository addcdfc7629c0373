//! The write stage: files are right, and appear whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use docbao::files::{AtomicFile, publish, sweep};
use docbao::model::diag::Span;
use docbao::model::tags::Tags;
use docbao::sound::captions::{self, CaptionInfo, Captions};
use docbao::sound::formats::{self, AudioWriter, Encoding, Format};
use docbao::sound::marks::{SentenceMark, WordMark};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn wav(file: &mut AtomicFile) -> Box<dyn AudioWriter + '_> {
    let encoding = Encoding::new(Format::WAV, Some(24_000), None).unwrap();
    formats::create(file, &encoding, 24_000, &Tags::default(), &[]).unwrap()
}

#[test]
fn a_wav_file_reads_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bài đọc.wav");
    let mut file = AtomicFile::create(&path).unwrap();
    let mut writer = wav(&mut file);
    writer.write(&[0.0, 0.5, -0.5]).unwrap();
    writer.write(&vec![0.25; 20_000]).unwrap();
    writer.write(&[2.0, -2.0]).unwrap();
    writer.finish().unwrap();
    assert!(!path.exists(), "the name is given only at the end");
    file.finish().unwrap();

    let mut read = hound::WavReader::open(&path).unwrap();
    let spec = read.spec();
    assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (1, 24_000, 16));
    let samples: Vec<i16> = read.samples().map(Result::unwrap).collect();
    assert_eq!(samples.len(), 20_005);
    assert_eq!(samples[..4], [0, 16_384, -16_384, 8192]);
    assert_eq!(samples[20_003..], [32_767, -32_767]);
    assert_eq!(names(folder.path()), ["bài đọc.wav"]);
}

#[test]
fn an_abandoned_file_leaves_nothing_and_spares_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    fs::write(&path, "before").unwrap();
    let mut file = AtomicFile::create(&path).unwrap();
    let mut writer = wav(&mut file);
    writer.write(&[0.1; 30_000]).unwrap();
    drop(writer);
    drop(file);
    assert_eq!(fs::read_to_string(&path).unwrap(), "before");
    assert_eq!(names(folder.path()), ["a.wav"]);
}

#[test]
fn a_sealed_file_is_whole_before_it_has_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let seal = |text: &str| {
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.seal().unwrap()
    };
    let sealed = seal("one");
    assert_eq!(fs::read_to_string(sealed.temporary()).unwrap(), "one");
    assert_eq!(sealed.path(), path);
    assert!(!path.exists());
    publish(vec![sealed]).unwrap();
    drop(seal("two"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "one");
    assert_eq!(names(folder.path()), ["a.txt"]);
}

#[test]
fn what_a_killed_process_left_is_swept_and_what_a_living_one_writes_is_not() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".docbao-dead.part"), "left").unwrap();
    fs::write(folder.path().join("my.part"), "not ours").unwrap();
    fs::write(folder.path().join(".docbao-notes"), "not ours").unwrap();
    fs::create_dir(folder.path().join(".docbao-folder.part")).unwrap();
    let living = AtomicFile::create(&folder.path().join("a.txt")).unwrap();
    assert!(!folder.path().join(".docbao-dead.part").exists(), "the first file sweeps the folder");
    fs::write(folder.path().join(".docbao-dead.part"), "left").unwrap();
    assert_eq!(sweep(folder.path()), 1);
    living.finish().unwrap();
    let left = [".docbao-folder.part", ".docbao-notes", "a.txt", "my.part"];
    assert_eq!(names(folder.path()), left);
    assert_eq!(sweep(&folder.path().join("missing")), 0);
}

#[test]
fn a_missing_folder_and_a_folder_as_target_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nowhere/a.wav");
    let error = AtomicFile::create(&missing).unwrap_err();
    assert!(
        error.kind() == docbao::model::error::ErrorKind::Write
            && error.place().unwrap().name == missing.display().to_string(),
        "{error}"
    );
    let error = AtomicFile::create(folder.path()).unwrap_err().to_string();
    assert!(error.contains("is a folder"), "{error}");
    assert!(names(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn devices_are_refused_and_links_are_kept() {
    let error = AtomicFile::create(Path::new("/dev/null")).unwrap_err().to_string();
    assert!(error.contains("not a regular file"), "{error}");

    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    fs::write(&real, "before").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let mut file = AtomicFile::create(&link).unwrap();
    file.write_all(b"after").unwrap();
    file.finish().unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), "after");
}

#[cfg(unix)]
#[test]
fn permissions_are_the_usual_ones_or_those_of_the_file_before() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (plain, new, old) =
        (folder.path().join("plain"), folder.path().join("new"), folder.path().join("old"));
    fs::write(&plain, "").unwrap();
    AtomicFile::create(&new).unwrap().finish().unwrap();
    assert_eq!(mode(&new), mode(&plain));
    fs::write(&old, "").unwrap();
    fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).unwrap();
    AtomicFile::create(&old).unwrap().finish().unwrap();
    assert_eq!(mode(&old), 0o640);
}

/// Root may write anywhere, so the case is tried only where the system refuses.
#[cfg(unix)]
#[test]
fn an_unwritable_folder_is_an_error_that_names_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.path().join("probe"), "").is_ok() {
        return;
    }
    let error = AtomicFile::create(&folder.path().join("a.wav")).unwrap_err();
    assert!(error.to_string().contains("a.wav"), "{error}");
}

#[test]
fn marks_are_json_with_times_spans_and_texts() {
    let word = WordMark {
        start_ms: 0.0,
        end_ms: 412.5,
        span: Span::new(0, 2),
        text: "26".into(),
        spoken: "hai mươi sáu".into(),
        phones: Vec::new(),
    };
    let sentence = |sentence| SentenceMark {
        sentence,
        start_ms: 0.0,
        end_ms: 412.5,
        span: Span::new(0, 2),
        text: "26 \"văn bản\"".into(),
        spoken: "hai mươi sáu văn bản".into(),
        words: vec![word.clone()],
        breaths: vec![0],
    };
    let json = |sentences: &[SentenceMark]| {
        let mut bytes = Vec::new();
        let info = CaptionInfo::default();
        let mut marks = captions::create(&mut bytes, Captions::JSON, 24_000, &info).unwrap();
        sentences.iter().for_each(|sentence| marks.write(sentence).unwrap());
        marks.finish().unwrap();
        serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()
    };
    let empty = json(&[]);
    let json = json(&[sentence(0), sentence(1)]);
    assert_eq!(json["sample_rate"], 24_000);
    assert_eq!(json["sentences"].as_array().unwrap().len(), 2);
    let first = &json["sentences"][0]["words"][0];
    assert_eq!(first["spoken"], "hai mươi sáu");
    assert_eq!((&first["end_ms"], &first["span"]["end"]), (&412.5.into(), &2.into()));

    assert_eq!(empty["sentences"], serde_json::json!([]));
}
