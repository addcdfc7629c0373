//! `write` and `decode`: every format gives back the sound it was given, as long as it was and where
//! it was, and says what it was told to say.

use std::fs;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::sound::{RATE, decoded, format, formats, mastered, noise, published, speech, spooled};
use docbao::decode::Decoder;
use docbao::files::{AtomicFile, Output, WriteFault};
use docbao::model::error::ErrorKind;
use docbao::model::tags::{Chapter, Cover, Tags};
use docbao::model::take::to_pcm16;
use docbao::sound::formats::{self, Encoding, FORMATS, Format};
use docbao::sound::master::{self, Master, PRESETS, Preset};
use symphonia::core::formats::FormatReader;
use symphonia::core::formats::probe::Hint;
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::{ChapterGroupItem, RawValue};

fn preset(name: &str) -> Preset {
    name.parse().unwrap()
}

/// The smallest PNG: one black pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0,
    0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xae, 0x42, 0x60, 0x82,
];

fn tags() -> Tags {
    let text = |text: &str| Some(text.to_owned());
    Tags {
        title: text("Cổng trường mở ra"),
        author: text("Tòa soạn"),
        album: text("Báo nói"),
        date: text("2024-05-31T08:00:00+07:00"),
        language: text("vi"),
        source_url: text("https://example.org/bai-viet?id=1&x=2"),
        comment: text("Giọng đọc tổng hợp"),
        track: Some(12),
        cover: Some(Cover::new("cover", PNG.to_vec()).unwrap()),
    }
}

fn chapters() -> Vec<Chapter> {
    let chapter = |title: &str, start_ms, end_ms| Chapter { title: title.into(), start_ms, end_ms };
    vec![
        chapter("Mở đầu", 0.0, 1234.0),
        chapter("Phần hai: “ngày mai”", 1234.0, 5000.0),
        chapter(&"dài ".repeat(100), 5000.0, 7654.0),
    ]
}

/// Encodes samples as they are.
fn encoded(encoding: &Encoding, samples: &[f32], chunk: usize) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    write(&mut out, encoding, samples, chunk).unwrap();
    out.into_inner()
}

fn write(
    out: &mut dyn Output,
    encoding: &Encoding,
    samples: &[f32],
    chunk: usize,
) -> Result<(), WriteFault> {
    let mut writer = formats::create(out, encoding, RATE, &Tags::default(), &[])?;
    samples.chunks(chunk).try_for_each(|chunk| writer.write(chunk))?;
    Ok(writer.finish()?)
}

/// Encodes samples as they are, into a file.
fn encode(path: &Path, encoding: &Encoding, samples: &[f32], chunk: usize) {
    fs::write(path, encoded(encoding, samples, chunk)).unwrap();
}

/// How alike two stretches are: 1 if they differ in strength at most.
fn correlation(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum()
    };
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn every_format_gives_back_the_sound_in_its_place_and_length() {
    let folder = tempfile::tempdir().unwrap();
    for format in formats() {
        for &rate in format.sample_rates() {
            // At low rates a lossy format has but its lowest tones.
            let least = if format.is_lossy() && rate < 32_000 { 0.95 } else { 0.99 };
            // At the highest bitrate: place and length are at stake here, and what a lower one leaves
            // out depends on the voice. Levels at every bitrate are held below.
            let bitrate = format.bitrates(rate).last().copied();
            let encoding = Encoding::new(format, Some(rate), bitrate).unwrap();
            // A sound of no whole number of packets.
            let original = &speech()[..speech().len() / 977 * 977 - 500];
            let (sound, _) = mastered(original, &preset("none"), rate);
            let path = folder.path().join(format!("{rate}.{format}"));
            encode(&path, &encoding, &sound, 5000);

            let (heard, heard_rate) = decoded(&path);
            assert_eq!(heard_rate, if format.name() == "opus" { 48_000 } else { rate });
            let sound = if heard_rate == rate {
                sound
            } else {
                mastered(original, &preset("none"), heard_rate).0
            };
            let about = (sound.len() as i64 - heard.len() as i64).unsigned_abs();
            // Opus counts in 48ths of a millisecond; a sound of another rate may end between two.
            let slack = if format.name() == "opus" { 48_000 / u64::from(rate) } else { 0 };
            assert!(about <= slack, "{format} at {rate}: {} for {}", heard.len(), sound.len());
            // Where it begins and where it ends: a sound late by a sample would be seen there.
            let length = sound.len().min(heard.len());
            for stretch in [0..length / 4, length - length / 4..length] {
                let alike = correlation(&sound[stretch.clone()], &heard[stretch]);
                assert!(alike > least, "{format} at {rate}: {alike}");
            }
            if !format.is_lossy() {
                let steps = heard.iter().map(|sample| (sample * 32_768.0) as i16);
                assert!(steps.eq(sound.iter().map(|sample| to_pcm16(*sample))), "{format}");
            }
        }
    }
}

#[test]
fn levels_survive_encoding_at_every_bitrate() {
    let folder = tempfile::tempdir().unwrap();
    for format in formats().filter(|format| format.is_lossy()) {
        let rate = Encoding::new(format, None, None).unwrap().output_rate(RATE);
        let (sound, mastered) = mastered(speech(), &preset("apple").with_headroom(3.0), rate);
        // Below half of the usual bitrate, AAC is not what one asks for.
        for &bitrate in format.bitrates(rate).iter().filter(|bitrate| **bitrate >= 48) {
            let path = folder.path().join(format!("{bitrate}.{format}"));
            encode(&path, &Encoding::new(format, None, Some(bitrate)).unwrap(), &sound, 5000);
            let heard = master::verify(&path).unwrap();
            let change = heard.integrated_lufs - mastered.after.integrated_lufs;
            assert!(change.abs() < 0.4, "{format} at {bitrate} kbit/s: {change} LU");
        }
    }
}

#[test]
fn every_preset_is_met_by_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for format in formats() {
        let encoding = Encoding::new(format, None, None).unwrap();
        for preset in PRESETS {
            let path = folder.path().join(format!("{preset}.{format}"));
            let heard = published(&path, speech(), &preset, &encoding, &Tags::default(), &[]);
            assert_eq!(
                preset.faults(&heard),
                [] as [docbao::model::message::Message; 0],
                "{format} {preset}"
            );
            if let Some(master::Level::Loudness(aim)) = preset.level {
                let off = heard.integrated_lufs - aim;
                assert!(off.abs() < 0.5, "{format} {preset}: {off} LU");
            }
        }
    }
}

#[test]
fn the_same_sound_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let sound = &speech()[..5 * RATE as usize];
    for format in formats() {
        let encoding = Encoding::new(format, None, None).unwrap();
        let bytes = |name: &str| {
            let path = folder.path().join(format!("{name}.{format}"));
            published(&path, sound, &preset("apple"), &encoding, &tags(), &chapters());
            fs::read(path).unwrap()
        };
        let first = bytes("a");
        assert!(first == bytes("b"), "{format}");
        let path = folder.path().join(format!("chunks.{format}"));
        encode(&path, &encoding, sound, 1);
        let one_by_one = fs::read(&path).unwrap();
        encode(&path, &encoding, sound, usize::MAX);
        assert!(fs::read(&path).unwrap() == one_by_one, "{format}");
    }
}

/// Opens a file with a reader that shares nothing with the writers.
fn reader(path: &Path) -> Box<dyn FormatReader> {
    let file = fs::File::open(path).unwrap();
    let stream = MediaSourceStream::new(Box::new(file), Default::default());
    let probe = symphonia::default::get_probe();
    probe.probe(&Hint::new(), stream, Default::default(), Default::default()).unwrap()
}

#[test]
fn tags_and_chapters_are_read_back_by_others() {
    let folder = tempfile::tempdir().unwrap();
    for format in formats().filter(|format| *format != Format::WAV) {
        let path = folder.path().join(format!("a.{format}"));
        let encoding = Encoding::new(format, None, None).unwrap();
        published(&path, speech(), &preset("none"), &encoding, &tags(), &chapters());
        if format.mime() == "audio/mp4" {
            mp4_tags_are_right(&path, format);
            continue;
        }
        let mut reader = reader(&path);
        let (mut found, mut covers) = (Vec::new(), Vec::new());
        let mut metadata = reader.metadata();
        while let Some(revision) = metadata.pop().or_else(|| metadata.current().cloned()) {
            for tag in &revision.media.tags {
                found.push((tag.raw.key.clone(), text(&tag.raw.value)));
            }
            covers.extend(revision.media.visuals.iter().map(|visual| visual.data.to_vec()));
            if metadata.is_latest() {
                break;
            }
        }
        assert!(covers.iter().any(|cover| cover == PNG), "{format}: {} covers", covers.len());
        let names: [&str; 8] = if format.name() == "mp3" {
            ["TIT2", "TPE1", "TALB", "TDRC", "TLAN", "WOAS", "COMM", "TRCK"]
        } else {
            ["TITLE", "ARTIST", "ALBUM", "DATE", "LANGUAGE", "URL", "COMMENT", "TRACKNUMBER"]
        };
        let tags = tags();
        let (date, language) = if format.name() == "mp3" {
            ("2024-05-31".to_owned(), "vie".to_owned())
        } else {
            (tags.date.unwrap(), tags.language.unwrap())
        };
        let values = [
            tags.title.unwrap(),
            tags.author.unwrap(),
            tags.album.unwrap(),
            date,
            language,
            tags.source_url.unwrap(),
            tags.comment.unwrap(),
            tags.track.unwrap().to_string(),
        ];
        for (name, value) in names.iter().zip(values) {
            let is_it = |(key, found): &&(String, String)| {
                key.eq_ignore_ascii_case(name) && *found == value
            };
            assert!(found.iter().any(|pair| is_it(&pair)), "{format}: {name}={value} in {found:?}");
        }
        if format.name() == "flac" {
            // The reader knows FLAC's chapters only as cue sheets.
            let bytes = fs::read(&path).unwrap();
            for line in ["CHAPTER002=00:00:01.234", "CHAPTER002NAME=Phần hai: “ngày mai”"] {
                assert!(
                    bytes.windows(line.len()).any(|window| window == line.as_bytes()),
                    "{line}"
                );
            }
            continue;
        }
        let listed = reader.chapters().unwrap_or_else(|| panic!("{format} has no chapters"));
        let mut have = Vec::new();
        chapters_of(&listed.items, &mut have);
        let want = chapters().into_iter().map(|chapter| (chapter.title, chapter.start_ms as u64));
        assert_eq!(have, want.collect::<Vec<_>>(), "{format}");
    }
}

fn text(value: &RawValue) -> String {
    value.to_string()
}

fn chapters_of(items: &[ChapterGroupItem], found: &mut Vec<(String, u64)>) {
    for item in items {
        match item {
            ChapterGroupItem::Group(group) => chapters_of(&group.items, found),
            ChapterGroupItem::Chapter(chapter) => {
                let title = text(&chapter.tags[0].raw.value);
                let (seconds, nanos) = chapter.start_time.parts();
                found.push((title, seconds.unsigned_abs() * 1000 + u64::from(nanos) / 1_000_000));
            }
        }
    }
}

fn mp4_tags_are_right(path: &Path, format: Format) {
    let (read, want) = (mp4ameta::Tag::read_from_path(path).unwrap(), tags());
    assert_eq!(read.title(), want.title.as_deref());
    assert_eq!(read.artist(), want.author.as_deref());
    assert_eq!(read.album(), want.album.as_deref());
    assert_eq!(read.year(), want.date.as_deref());
    assert_eq!(read.comment(), want.comment.as_deref());
    assert_eq!(read.track_number(), Some(12));
    assert_eq!(read.artwork().map(|image| image.data), Some(PNG));
    let url = read.strings_of(&mp4ameta::Fourcc(*b"purl")).next();
    assert_eq!(url, want.source_url.as_deref());
    let is_book = read.media_type() == Some(mp4ameta::MediaType::AudioBook);
    assert_eq!(is_book, format.name() == "m4b");
    for (kind, most) in [(read.chapter_list(), 255), (read.chapter_track(), usize::MAX)] {
        let have = kind.iter().map(|c| (c.title.clone(), c.start.as_millis() as f64));
        let want = chapters().into_iter().map(|chapter| {
            let title: String = chapter
                .title
                .chars()
                .scan(0, |bytes, letter| {
                    *bytes += letter.len_utf8();
                    (*bytes <= most).then_some(letter)
                })
                .collect();
            (title, chapter.start_ms)
        });
        assert_eq!(have.collect::<Vec<_>>(), want.collect::<Vec<_>>());
    }
}

#[test]
fn mp4_can_be_played_before_its_last_byte_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.m4a");
    let encoding = Encoding::new(format("m4a"), None, None).unwrap();
    published(&path, speech(), &preset("none"), &encoding, &tags(), &chapters());
    let bytes = fs::read(&path).unwrap();
    let place = |name: &[u8]| bytes.windows(4).position(|window| window == name).unwrap();
    assert!(place(b"moov") < place(b"mdat"));
}

#[test]
fn what_cannot_be_written_is_refused_with_what_can() {
    type Case<'a> = (&'a str, Option<u32>, Option<u32>, &'a [&'a str]);
    let cases: [Case; 6] = [
        ("flac", Some(44_000), None, &["44000", "24000", "44100"]),
        ("opus", Some(44_100), None, &["44100", "48000"]),
        ("wav", None, Some(96), &["no bitrate"]),
        ("opus", None, Some(500), &["500", "48", "256"]),
        ("m4b", None, Some(95), &["95", "96"]),
        ("m4a", Some(24_000), Some(128), &["128", "24000", "64"]),
    ];
    for (name, rate, bitrate, says) in cases {
        let error = Encoding::new(format(name), rate, bitrate).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        let error = error.to_string();
        assert!(says.iter().all(|word| error.contains(word)), "{error}");
    }
    let error = "mp4".parse::<Format>().unwrap_err().to_string();
    assert!(error.contains("mp4") && error.contains("m4a"), "{error}");
    for (path, name) in [("a.MP3", "mp3"), ("b.ogg", "opus"), ("c.m4b", "m4b")] {
        assert_eq!(Format::of(Path::new(path)).unwrap(), format(name));
    }
    for path in ["bài", "bài.txt", ".mp3"] {
        let error = Format::of(Path::new(path)).unwrap_err().to_string();
        assert!(error.contains(path) && error.contains(".opus"), "{error}");
    }
}

#[cfg(feature = "mp3")]
#[test]
fn mp3_has_the_bitrates_of_its_sample_rate() {
    for (rate, good, bad) in [(44_100, 320, 8), (22_050, 160, 320), (8000, 64, 128)] {
        assert!(Encoding::new(format("mp3"), Some(rate), Some(good)).is_ok());
        let error = Encoding::new(format("mp3"), Some(rate), Some(bad)).unwrap_err().to_string();
        assert!(error.contains(&bad.to_string()) && error.contains(&good.to_string()), "{error}");
    }
}

#[cfg(not(feature = "mp3"))]
#[test]
fn without_its_encoder_mp3_is_refused_with_the_way_out() {
    let error = Encoding::new(format("mp3"), None, None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    let error = error.to_string();
    assert!(error.contains("--features mp3") && error.contains(".opus"), "{error}");
}

#[test]
fn a_format_is_known_by_its_name() {
    let encoding = Encoding::new(format("opus"), Some(24_000), Some(64)).unwrap();
    let json = serde_json::to_string(&encoding).unwrap();
    assert_eq!(json, r#"{"format":"opus","sample_rate":24000,"bitrate":64}"#);
    assert_eq!(serde_json::from_str::<Encoding>(&json).unwrap(), encoding);
    let wrong = json.replace("64", "65");
    let error = serde_json::from_str::<Encoding>(&wrong).unwrap_err().to_string();
    assert!(error.contains("65 kbit/s"), "{error}");
    for format in FORMATS {
        assert_eq!(format.name(), format.extensions()[0]);
        assert_eq!(format!("{format:?}").parse::<Format>().unwrap(), *format);
    }
}

#[test]
fn the_page_on_audio_has_a_row_for_every_format() {
    let page = fs::read_to_string("docs/audio.md").unwrap();
    for format in FORMATS {
        for extension in format.extensions() {
            let mut rows = page.lines().filter(|line| line.starts_with("| "));
            let cell = format!(".{extension}");
            let is_it = |row: &str| row.split(['|', ',']).any(|part| part.trim() == cell);
            assert!(rows.any(is_it), "{cell}");
        }
    }
}

#[test]
fn a_cover_that_is_no_picture_is_refused_before_anything_is_written() {
    let cover = Some(Cover { mime: "image/png".into(), bytes: b"GIF89a".to_vec() });
    let tags = Tags { cover, ..Tags::default() };
    for name in ["flac", "opus"] {
        let encoding = Encoding::new(format(name), None, None).unwrap();
        let mut out = Cursor::new(Vec::new());
        let fault = formats::create(&mut out, &encoding, RATE, &tags, &[]).err().unwrap();
        let error = fault.in_file(Path::new("a"));
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(error.to_string().contains("cover"), "{error}");
        assert!(out.into_inner().is_empty(), "{name}");
    }
}

#[test]
fn a_file_that_is_not_finished_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let sound = noise(50_000);
    for format in formats() {
        let path = folder.path().join(format!("a.{format}"));
        let encoding = Encoding::new(format, None, None).unwrap();
        let mut file = AtomicFile::create(&path).unwrap();
        let mut writer =
            formats::create(&mut file, &encoding, RATE, &Tags::default(), &chapters()).unwrap();
        writer.write(&sound).unwrap();
        drop(writer);
        drop(file);
        // An error on the way, as of a full disk.
        let mut file = AtomicFile::create(&path).unwrap();
        let mut writer =
            formats::create(&mut file, &encoding, RATE, &Tags::default(), &chapters()).unwrap();
        let full = Master::new(spooled(&sound)).finish(&preset("none"), RATE, |samples| {
            writer.write(samples).unwrap();
            Err(docbao::model::error::Error::request("full"))
        });
        assert_eq!(full.unwrap_err().to_string(), "full");
        drop(writer);
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{format}");
    }
}

/// An output that holds so many bytes and no more, as a full disk does.
struct Full {
    bytes: Cursor<Vec<u8>>,
    most: usize,
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let place = self.bytes.position() as usize;
        match self.most.saturating_sub(place).min(bytes.len()) {
            0 if !bytes.is_empty() => Err(io::ErrorKind::StorageFull.into()),
            room => self.bytes.write(&bytes[..room]),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Full {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(bytes)
    }
}

impl Seek for Full {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[test]
fn an_output_that_is_full_is_an_error_that_names_the_file() {
    let sound = noise(50_000);
    for format in formats() {
        let encoding = Encoding::new(format, None, None).unwrap();
        let whole = encoded(&encoding, &sound, 5000).len();
        for most in [0, 1, 100, whole / 2, whole - 1] {
            let mut out = Full { bytes: Cursor::new(Vec::new()), most };
            let fault = write(&mut out, &encoding, &sound, 5000).unwrap_err();
            let error = fault.in_file(Path::new("bài.tệp"));
            assert_eq!(error.kind(), ErrorKind::Write, "{format}: {error}");
            let cause = error.cause().unwrap().kind();
            assert_eq!(cause, io::ErrorKind::StorageFull, "{format} at {most}: {error}");
            assert!(error.to_string().contains("bài.tệp"), "{error}");
        }
    }
}

#[test]
fn sound_is_written_to_memory_and_read_from_it() {
    for format in formats() {
        let encoding = Encoding::new(format, None, None).unwrap();
        let sound = &speech()[..3 * RATE as usize];
        let bytes = encoded(&encoding, sound, 5000);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, &bytes).unwrap();
        let measured = master::measure(Decoder::new("a", Cursor::new(bytes)).unwrap()).unwrap();
        assert_eq!(measured, master::verify(&path).unwrap(), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_gone_is_an_error_that_names_the_file() {
    for format in formats() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("a.{format}"));
        let encoding = Encoding::new(format, None, None).unwrap();
        let mut file = AtomicFile::create(&path).unwrap();
        let place = folder.path().to_owned();
        drop(folder);
        write(&mut file, &encoding, &noise(10_000), 5000).unwrap();
        let error = file.finish().unwrap_err().to_string();
        assert!(error.contains(&format!("a.{format}")), "{error}");
        assert!(!place.exists());
    }
}

#[test]
fn what_is_no_sound_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bài.mp3");
    let whole = {
        let whole = folder.path().join("whole.opus");
        encode(&whole, &Encoding::new(format("opus"), None, None).unwrap(), &noise(50_000), 5000);
        fs::read(whole).unwrap()
    };
    let cut = &whole[..40];
    for bytes in [b"".as_slice(), b"OggS", b"Ti\xe1\xba\xbfng Vi\xe1\xbb\x87t", &noise_bytes(), cut]
    {
        fs::write(&path, bytes).unwrap();
        let error = master::verify(&path).unwrap_err().to_string();
        assert!(error.contains("bài.mp3"), "{error}");
    }
    let error = master::verify(&folder.path().join("none.mp3")).unwrap_err().to_string();
    assert!(error.contains("none.mp3"), "{error}");
}

fn noise_bytes() -> Vec<u8> {
    noise(20_000).iter().map(|sample| (sample * 127.0) as i8 as u8).collect()
}
