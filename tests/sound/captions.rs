//! Captions: what is shown is what is printed, within the limits of each format, at the time it is
//! heard.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use docbao::model::article::Article;
use docbao::model::diag::Span;
use docbao::model::phrase::Dialect;
use docbao::sound::captions::{self, CaptionInfo, Captions, FORMATS, read_marks};
use docbao::sound::marks::{SentenceMark, WordMark};
use docbao::voice::TONE;
use docbao::{
    Content, Context, Outcome, Output, ReadingPolicy, Request, Target, VoiceSettings, perform_on,
};
use proptest::prelude::*;
use subtp::srt::SubRip;
use subtp::vtt::{VttBlock, WebVtt};

use crate::support::article;

const CASES: &str = "tests/cases/captions";

/// What is heard of an article when a tone of the scored length reads it, and the length of the
/// sound in ms.
fn heard(article: &Article) -> (Vec<SentenceMark>, f64) {
    let mut request = Request::text("");
    request.voice = VoiceSettings { dialect: Some(Dialect::Northern), ..VoiceSettings::of(TONE) };
    let kept = |name: &str, content| Output { target: Target::Kept(name.to_owned()), content };
    let json = Content::Captions { format: "json".to_owned() };
    request.outputs.files = vec![kept("wav", Content::audio("wav")), kept("json", json)];
    let context = Context::default();
    let mut performed = perform_on(&context, &request, article, &mut |_| Ok(())).unwrap();
    let Outcome::Made(made) = performed.outcome else { panic!("{:?}", performed.outcome) };
    let json = performed.kept.iter_mut().find(|kept| kept.name == "json").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marks.json");
    io::copy(&mut json.content, &mut fs::File::create(&path).unwrap()).unwrap();
    (read_marks(&path, &article.text).unwrap(), made.speech_seconds * 1000.0)
}

/// The file of these marks in a format.
fn written(format: Captions, sentences: &[SentenceMark], info: &CaptionInfo) -> String {
    written_at(24_000, format, sentences, info)
}

fn written_at(
    sample_rate: u32,
    format: Captions,
    sentences: &[SentenceMark],
    info: &CaptionInfo,
) -> String {
    let mut bytes = Vec::new();
    let mut sink = captions::create(&mut bytes, format, sample_rate, info).unwrap();
    sentences.iter().for_each(|sentence| sink.write(sentence).unwrap());
    sink.finish().unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The format of lyrics.
fn lrc() -> Captions {
    "lrc".parse().unwrap()
}

/// A cue as a reader of its format finds it: times in ms, and its lines.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    start: u64,
    end: u64,
    lines: Vec<String>,
}

/// Most characters of a line, and most lines of a cue.
const LIMITS: [(&str, usize, usize); 4] =
    [("vtt", 65, 2), ("srt", 32, 2), ("ass", 42, 2), ("lrc", 65, 1)];

/// Reads a file by the letter of its format. A lyric ends when the next one begins.
fn read(format: Captions, text: &str) -> Vec<Shown> {
    let mut shown = Vec::new();
    if format == lrc() {
        let (_, lyrics) = text.split_once("\n\n").unwrap();
        for line in lyrics.lines() {
            let (time, text) = line.strip_prefix('[').unwrap().split_once(']').unwrap();
            let (minutes, rest) = time.split_once(':').unwrap();
            let (seconds, hundredths) = rest.split_once('.').unwrap();
            assert!(minutes.len() >= 2 && seconds.len() == 2 && hundredths.len() == 2, "{line}");
            let [minutes, seconds, hundredths] =
                [minutes, seconds, hundredths].map(|part| part.parse::<u64>().unwrap());
            assert!(seconds < 60, "{line}");
            let start = (minutes * 60 + seconds) * 1000 + hundredths * 10;
            let lines = vec![text.strip_prefix(' ').unwrap_or(text).to_owned()];
            shown.push(Shown { start, end: start, lines });
        }
        for at in 1..shown.len() {
            shown[at - 1].end = shown[at].start;
        }
        return shown;
    }
    if format.name() == "ass" {
        return karaoke(text).into_iter().map(|(shown, _)| shown).collect();
    }
    let blocks = text.strip_suffix('\n').unwrap().split("\n\n");
    let header = if format == Captions::VTT { 2 } else { 0 };
    for (number, block) in blocks.skip(header).filter(|block| !block.is_empty()).enumerate() {
        let mut lines = block.lines();
        let name = lines.next().unwrap();
        assert!(format == Captions::VTT || name == (number + 1).to_string(), "{block}");
        let (start, end) = lines.next().unwrap().split_once(" --> ").unwrap();
        let point = if format == Captions::VTT { '.' } else { ',' };
        let time = |text: &str| {
            let (whole, ms) = text.split_once(point).unwrap();
            let parts: Vec<u64> = whole.split(':').map(|part| part.parse().unwrap()).collect();
            assert!(ms.len() == 3 && parts.len() == 3 && parts[1] < 60 && parts[2] < 60, "{text}");
            ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + ms.parse::<u64>().unwrap()
        };
        let plain = |line: &str| match format.name() {
            "vtt" => {
                let bare = line.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "");
                assert!(!bare.contains(['<', '>', '&']), "{line}");
                line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            }
            _ => line.to_owned(),
        };
        let lines = lines.map(plain).collect();
        shown.push(Shown { start: time(start), end: time(end), lines });
    }
    shown
}

/// The dialogue of an Advanced SubStation Alpha file, and of each line when its pieces begin, in ms.
fn karaoke(text: &str) -> Vec<(Shown, Vec<u64>)> {
    let (head, events) = text.split_once("\n[Events]\n").unwrap();
    assert!(head.starts_with("[Script Info]\n") && head.contains("\nScriptType: v4.00+\n"));
    let columns = |line: &str| line.split_once(": ").unwrap().1.split(',').count();
    let styles = head.split_once("\n[V4+ Styles]\n").unwrap().1.trim_end();
    assert!(styles.lines().map(columns).eq([23, 23]), "{styles}");
    let mut lines = events.lines();
    assert_eq!(columns(lines.next().unwrap()), 10);
    let time = |text: &str| {
        let parts: Vec<u64> = text.split([':', '.']).map(|part| part.parse().unwrap()).collect();
        assert!(
            parts.len() == 4
                && parts[1] < 60
                && parts[2] < 60
                && text.ends_with(|c: char| c.is_ascii_digit()),
            "{text}"
        );
        ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3] * 10
    };
    let dialogue = |line: &str| {
        let fields: Vec<_> = line.strip_prefix("Dialogue: ").unwrap().splitn(10, ',').collect();
        let (start, end) = (time(fields[1]), time(fields[2]));
        let (mut lines, mut begins, mut now) = (vec![String::new()], Vec::new(), start);
        let mut rest = fields[9];
        while let Some(next) = rest.chars().next() {
            let line = lines.last_mut().unwrap();
            let escape = [("\\{", "{"), ("\\}", "}"), ("\\\u{2060}", "\\")];
            if let Some(after) = rest.strip_prefix("{\\k") {
                let (length, after) = after.split_once('}').unwrap();
                begins.push(now);
                now += length.parse::<u64>().unwrap() * 10;
                rest = after;
            } else if let Some(after) = rest.strip_prefix("\\N") {
                lines.push(String::new());
                rest = after;
            } else if let Some((written, plain)) = escape.iter().find(|it| rest.starts_with(it.0)) {
                line.push_str(plain);
                rest = &rest[written.len()..];
            } else {
                assert!(!['{', '}', '\\'].contains(&next), "{rest}");
                line.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        assert_eq!(now, end, "{line}: the pieces last as long as the line");
        (Shown { start, end, lines }, begins)
    };
    lines.map(dialogue).collect()
}

/// Start and end in seconds, and a text.
type Interval = (f64, f64, String);

/// The tiers of a TextGrid in the long form: names, and intervals.
fn tiers(text: &str) -> Vec<(String, Vec<Interval>)> {
    let mut lines = text.lines().map(str::trim);
    let mut value = |name: &str| {
        let line = lines.next().unwrap();
        line.strip_prefix(name).unwrap_or_else(|| panic!("{name}, not {line}")).to_owned()
    };
    let quoted = |value: String| {
        let inner = value.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
        assert!(!inner.replace("\"\"", "").contains('"'), "{inner}");
        inner.replace("\"\"", "\"")
    };
    assert_eq!(value("File type = ") + &value("Object class = "), "\"ooTextFile\"\"TextGrid\"");
    value("");
    assert_eq!(value("xmin = "), "0");
    let end: f64 = value("xmax = ").parse().unwrap();
    value("tiers? <exists>");
    let count: usize = value("size = ").parse().unwrap();
    value("item []:");
    let tiers = (1..=count).map(|number| {
        value(&format!("item [{number}]:"));
        value("class = \"IntervalTier\"");
        let name = quoted(value("name = "));
        assert_eq!(value("xmin = "), "0");
        assert_eq!(value("xmax = ").parse::<f64>().unwrap(), end);
        let count: usize = value("intervals: size = ").parse().unwrap();
        let intervals = (1..=count).map(|number| {
            value(&format!("intervals [{number}]:"));
            let [start, end] = ["xmin = ", "xmax = "].map(|it| value(it).parse::<f64>().unwrap());
            (start, end, quoted(value("text = ")))
        });
        let intervals: Vec<_> = intervals.collect();
        // They fill the time without gaps.
        assert_eq!(
            intervals.iter().fold(0.0, |at, it| {
                assert!(it.0 == at && it.1 > at, "{name}: {it:?} after {at}");
                it.1
            }),
            end
        );
        (name, intervals)
    });
    tiers.collect()
}

#[test]
fn words_are_marked_when_they_are_heard_and_nothing_is_a_tag() {
    let document = article("tests/cases/captions/mua.txt");
    let sentences = read_marks(Path::new(&format!("{CASES}/mua.json")), &document.text).unwrap();
    let lines = karaoke(&written("ass".parse().unwrap(), &sentences, &CaptionInfo::default()));
    let begins: Vec<u64> = lines.into_iter().flat_map(|(_, begins)| begins).collect();
    let words = sentences.iter().flat_map(|sentence| &sentence.words);
    let heard = |word: &WordMark| begins.iter().any(|at| at.abs_diff(word.start_ms as u64) <= 11);
    let (all, found) = (words.clone().count(), words.filter(|word| heard(word)).count());
    assert!(begins.len() > 50 && found * 10 >= all * 9, "{found} of {all} words");
    let odd = sentence(r"{\b1} a\N {x} \ b");
    let lines = karaoke(&written(
        "ass".parse().unwrap(),
        std::slice::from_ref(&odd),
        &CaptionInfo::default(),
    ));
    assert_eq!(
        lines.iter().map(|(line, _)| line.lines.join(" ")).collect::<Vec<_>>().join(" "),
        odd.text
    );
}

#[test]
fn praat_gets_tiers_without_gaps() {
    let document = article("tests/cases/captions/mua.txt");
    let sentences = read_marks(Path::new(&format!("{CASES}/mua.json")), &document.text).unwrap();
    let grid: Captions = "textgrid".parse().unwrap();
    let info = CaptionInfo { seconds: Some(1000.0), ..CaptionInfo::default() };
    let found = tiers(&written(grid, &sentences, &info));
    assert_eq!(found.iter().map(|(name, _)| &name[..]).collect::<Vec<_>>(), ["sentences", "words"]);
    let words: Vec<_> = found[1].1.iter().filter(|interval| !interval.2.is_empty()).collect();
    let ours = sentences.iter().flat_map(|it| &it.words).filter(|it| it.end_ms > it.start_ms);
    assert_eq!(words.len(), ours.clone().count());
    for (word, ours) in words.iter().zip(ours) {
        assert_eq!(word.2, ours.spoken);
        for (have, want) in [(word.0, ours.start_ms), (word.1, ours.end_ms)] {
            assert!((have * 1000.0 - want).abs() < 1e-3, "{word:?} {ours:?}");
        }
    }
    assert_eq!(found[0].1.last().unwrap().1, 1000.0);
    let quoted = tiers(&written(grid, &[sentence("\"a\" b")], &CaptionInfo::default()));
    assert_eq!(quoted[0].1[0].2, "\"a\" b");
    tiers(&written(grid, &[], &CaptionInfo::default()));
}

/// A text without what parts its words.
fn bare(text: &str) -> String {
    let text = text.replace('→', "-->");
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// What holds for the captions of any marks whose sound has this length.
fn check(sentences: &[SentenceMark], length: f64) {
    let printed: String = sentences.iter().map(|sentence| bare(&sentence.text)).collect();
    for (name, characters, most_lines) in LIMITS {
        let format: Captions = name.parse().unwrap();
        let shown = read(format, &written(format, sentences, &CaptionInfo::default()));
        let all: String = shown.iter().flat_map(|cue| &cue.lines).map(|line| bare(line)).collect();
        assert_eq!(all, printed, "{}", format.name());
        let mut last = 0;
        for cue in &shown {
            assert!((1..=most_lines).contains(&cue.lines.len()), "{cue:?}");
            for line in &cue.lines {
                assert!(line.chars().count() <= characters && !line.trim().is_empty(), "{cue:?}");
            }
            assert!(last <= cue.start && cue.start <= cue.end, "{cue:?}");
            assert!(format == lrc() || cue.start < cue.end, "{cue:?}");
            last = cue.end;
        }
        // A cue is shown for a millisecond at least, or the smallest time of its format, though its words
        // have no time.
        let smallest = if name == "ass" { 10 } else { 1 };
        let least = length.round() as u64 + smallest * shown.len() as u64;
        assert!(last <= least, "{} ends at {last} of {length}", format.name());
    }
}

#[test]
fn goldens() {
    let document = article("tests/cases/captions/mua.txt");
    let marks = format!("{CASES}/mua.json");
    // New marks are taken only if they are asked for: DOCBAO_ACCEPT=marks.
    if std::env::var_os("DOCBAO_ACCEPT").is_some_and(|what| what == "marks") {
        let info = CaptionInfo::default();
        let text = written_at(22_050, Captions::JSON, &heard(&document).0, &info);
        fs::write(&marks, text).unwrap();
    }
    // The marks are those of one day, so that a voice that speaks otherwise changes no captions.
    let sentences = read_marks(Path::new(&marks), &document.text).unwrap();
    let info = CaptionInfo {
        title: Some("Mưa lớn [vùng núi]:\n--> & <b>".to_owned()),
        author: Some("An Nhiên".to_owned()),
        album: Some("Bản tin".to_owned()),
        speaker: Some("bac".to_owned()),
        ..CaptionInfo::default()
    };
    for format in FORMATS.iter().copied().filter(|&format| format != Captions::JSON) {
        let name = format!("mua.{}", format.extension());
        crate::support::golden(&name, &written(format, &sentences, &info));
    }
}

#[test]
fn captions_say_their_language() {
    let info = CaptionInfo { language: "en-GB".to_owned(), ..CaptionInfo::default() };
    assert!(written(Captions::VTT, &[], &info).contains("Language: en-GB\n"));
    assert!(written(lrc(), &[], &info).contains("[la:en-GB]\n"));
}

#[test]
fn the_page_on_captions_has_a_row_for_every_format() {
    let page = fs::read_to_string("docs/captions.md").unwrap();
    for format in FORMATS {
        let row = format!("| `{format}` | `.{}`", format.extension());
        assert!(page.lines().any(|line| line.starts_with(&row)), "{row}");
    }
}

/// An output that takes nothing.
struct Full;

impl Write for Full {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_output_that_is_full_is_an_error() {
    let long = sentence(&"dài ".repeat(5000));
    for &format in FORMATS {
        let mut out = Full;
        let mut sink = captions::create(&mut out, format, 24_000, &CaptionInfo::default()).unwrap();
        let written = sink.write(&long).and_then(|()| sink.finish());
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::StorageFull, "{format}");
    }
}

#[test]
fn other_programs_read_what_we_write() {
    let document = article("tests/cases/captions/mua.txt");
    let sentences = read_marks(Path::new(&format!("{CASES}/mua.json")), &document.text).unwrap();
    let info = CaptionInfo::default();

    let srt = written(Captions::SRT, &sentences, &info);
    let parsed = SubRip::parse(&srt).unwrap();
    let ours = read(Captions::SRT, &srt);
    assert!(ours.len() > 10);
    assert_eq!(parsed.subtitles.len(), ours.len());
    for (number, (parsed, ours)) in parsed.subtitles.iter().zip(&ours).enumerate() {
        assert_eq!(parsed.sequence as usize, number + 1);
        let ms = |time: &subtp::srt::SrtTimestamp| {
            let minutes = u64::from(time.hours) * 60 + u64::from(time.minutes);
            (minutes * 60 + u64::from(time.seconds)) * 1000 + u64::from(time.milliseconds)
        };
        assert_eq!((ms(&parsed.start), ms(&parsed.end)), (ours.start, ours.end));
        assert_eq!(parsed.text, ours.lines);
    }

    let vtt = written(Captions::VTT, &sentences, &info);
    let parsed = WebVtt::parse(&vtt).unwrap();
    let cues = parsed.blocks.iter().filter(|block| matches!(block, VttBlock::Que(_)));
    assert_eq!(cues.count(), read(Captions::VTT, &vtt).len());
    assert!(parsed.blocks.iter().any(|block| matches!(block, VttBlock::Comment(_))));

    let transcript = written(Captions::TRANSCRIPT, &sentences, &info);
    let transcript: serde_json::Value = serde_json::from_str(&transcript).unwrap();
    assert_eq!(transcript["version"], "1.0.0");
    let segments = transcript["segments"].as_array().unwrap();
    let cues = read(Captions::VTT, &vtt);
    assert_eq!(segments.len(), cues.len());
    for (segment, cue) in segments.iter().zip(cues) {
        assert_eq!(segment["startTime"].as_f64().unwrap() * 1000.0, cue.start as f64);
        assert_eq!(bare(segment["body"].as_str().unwrap()), bare(&cue.lines.concat()));
        assert!(!segment["body"].as_str().unwrap().contains("nui- "), "an address is not parted");
        assert!(segment.get("speaker").is_none());
    }
}

#[test]
fn an_article_is_shown_whole_and_in_time() {
    for path in ["samples/binh-luc.txt", "tests/cases/captions/mua.txt"] {
        let document = article(path);
        let (sentences, length) = heard(&document);
        check(&sentences, length);
        // All that is read is shown, marks and all.
        let policy = ReadingPolicy::default();
        let read = document.read(&policy);
        let printed: String = read.map(|block| bare(document.text_of(block))).collect();
        let shown: String = sentences.iter().map(|sentence| bare(&sentence.text)).collect();
        assert_eq!(shown, printed, "{path}");
        for sentence in &sentences {
            assert_eq!(sentence.span.of(&document.text), sentence.text);
            assert_eq!(sentence.breaths[0], 0);
            for pair in sentence.breaths.windows(2) {
                let (before, after) = (&sentence.words[pair[1] - 1], &sentence.words[pair[1]]);
                assert!(after.start_ms - before.end_ms >= 80.0, "{before:?} {after:?}");
            }
        }
    }
}

#[test]
fn cues_begin_where_a_breath_is_taken() {
    let document = article("samples/binh-luc.txt");
    let (sentences, _) = heard(&document);
    let breaths: Vec<u64> = sentences
        .iter()
        .flat_map(|sentence| sentence.breaths.iter().map(|&at| sentence.words[at].start_ms))
        .map(|time| time.round() as u64)
        .collect();
    let shown = read(Captions::VTT, &written(Captions::VTT, &sentences, &CaptionInfo::default()));
    let at_breath = shown.iter().filter(|cue| breaths.contains(&cue.start)).count();
    assert!(at_breath * 100 >= shown.len() * 90, "{at_breath} of {} cues", shown.len());
    let long = shown.iter().filter(|cue| cue.end - cue.start > 7000).count();
    assert!(long * 100 <= shown.len() * 5, "{long} of {} cues are long", shown.len());
    let short = shown.iter().filter(|cue| cue.end - cue.start < 833).count();
    assert!(short * 100 <= shown.len() * 2, "{short} of {} cues are short", shown.len());
}

/// A sentence of a case: words apart by spaces, each 60 ms a character; `[…]` is one reading, and
/// `|` a breath of 300 ms.
fn sentence(case: &str) -> SentenceMark {
    let (mut text, mut words, mut breaths, mut now) = (String::new(), Vec::new(), vec![0], 0.0);
    let mut reading: Option<usize> = None;
    for token in case.split(' ') {
        if token == "|" {
            breaths.push(words.len());
            now += 300.0;
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        let start = reading.unwrap_or(text.len());
        text.push_str(token.trim_start_matches('[').trim_end_matches(']'));
        if token.starts_with('[') {
            reading = Some(start);
        }
        if token.ends_with(']') || reading.is_none() {
            reading = None;
            let span = Span::new(start, text.len());
            if span.of(&text).contains(char::is_alphanumeric) {
                let end = now + 60.0 * span.of(&text).chars().count() as f64;
                let (text, spoken) = (span.of(&text).to_owned(), "a".to_owned());
                words.push(WordMark {
                    start_ms: now,
                    end_ms: end,
                    span,
                    text,
                    spoken,
                    phones: Vec::new(),
                });
                now = end;
            }
        }
    }
    let span = Span::new(0, text.len());
    let spoken = String::new();
    SentenceMark { sentence: 0, start_ms: 0.0, end_ms: now, span, text, spoken, words, breaths }
}

#[test]
fn lines_are_broken_where_a_reader_would() {
    let path = format!("{CASES}/lines.tsv");
    for case in crate::support::cases(Path::new(&path), &["sentence", "shown", "why"]) {
        let mark = sentence(&case.fields[0]);
        let file = written(Captions::SRT, &[mark], &CaptionInfo::default());
        let cues: Vec<_> =
            read(Captions::SRT, &file).iter().map(|cue| cue.lines.join(" / ")).collect();
        assert_eq!(cues.join(" // "), case.fields[1], "{}", case.place);
    }
}

#[test]
fn a_reading_of_several_words_is_shown_once_for_their_joint_time() {
    let mut mark = sentence("gặp TP.HCM nhé");
    // Two words that are read from the same source.
    let second = WordMark { start_ms: 900.0, end_ms: 1500.0, ..mark.words[1].clone() };
    mark.words[1].end_ms = 900.0;
    mark.words.insert(2, second);
    mark.words[3].start_ms = 1500.0;
    mark.words[3].end_ms = 1800.0;
    check(&[mark.clone()], 1800.0);
    let shown = read(Captions::SRT, &written(Captions::SRT, &[mark], &CaptionInfo::default()));
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].start, shown[0].end), (0, 1800));
    assert_eq!(shown[0].lines, ["gặp TP.HCM nhé"]);
}

#[test]
fn hours_are_written_in_every_format() {
    let mut mark = sentence("lâu");
    let ten_hours = 36_000_000.0;
    mark.words[0].start_ms = ten_hours;
    mark.words[0].end_ms = ten_hours + 500.0;
    for (format, time) in [
        (Captions::VTT, "10:00:00.000 --> 10:00:00.500"),
        (Captions::SRT, "10:00:00,000 --> 10:00:00,500"),
        (lrc(), "[600:00.00]lâu"),
        (Captions::TRANSCRIPT, "\"startTime\":36000.0,\"endTime\":36000.5"),
    ] {
        let file = written(format, std::slice::from_ref(&mark), &CaptionInfo::default());
        assert!(file.contains(time), "{file}");
    }
}

#[test]
fn no_sentences_make_a_file_that_can_be_read() {
    for &format in FORMATS {
        let text = written(format, &[], &CaptionInfo::default());
        match format.name() {
            "vtt" => assert!(WebVtt::parse(&text).unwrap().blocks.len() == 1),
            "srt" => assert_eq!(text, ""),
            "lrc" => assert!(text.ends_with("\n\n")),
            "ass" => assert!(karaoke(&text).is_empty()),
            "textgrid" => assert_eq!(tiers(&text).len(), 2),
            _ => {
                let json: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert!(json.is_object());
            }
        }
    }
}

#[test]
fn marks_are_read_back_and_those_of_another_text_are_refused() {
    let document = article("tests/cases/captions/mua.txt");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    let (sentences, _) = heard(&document);
    fs::write(&path, written(Captions::JSON, &sentences, &CaptionInfo::default())).unwrap();
    assert_eq!(read_marks(&path, &document.text).unwrap(), sentences);

    let refused = |source: &str, words: &str| {
        let error = read_marks(&path, source).unwrap_err();
        assert!(error.kind() == docbao::model::error::ErrorKind::Input, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    };
    refused("Một bài khác.", "the marks are of another text");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"start_ms\":0.0", "\"start_ms\":9e9", 2)).unwrap();
    refused(&document.text, "do not ascend");
    fs::write(&path, "[1, 2]").unwrap();
    refused(&document.text, "is not a file of marks");
    fs::remove_file(&path).unwrap();
    assert!(
        read_marks(&path, "")
            .is_err_and(|error| error.kind() == docbao::model::error::ErrorKind::Read)
    );
}

/// Any text cut into any words, heard in any times that ascend.
fn any_sentence() -> impl Strategy<Value = SentenceMark> {
    let piece = prop_oneof![
        8 => "[a-zđêơư]{1,7}[,.;:!?]?",
        2 => "[0-9]{1,4}([.,/][0-9]{1,3}){0,4}",
        1 => "[A-Z][a-z]{1,5}",
        1 => "[-–—“”\"'()<>&\\[\\]→]{1,4}",
        1 => "(https://)?[a-z0-9./?=&-]{20,90}",
        1 => "[\u{300}-\u{30f}\u{200d}\u{fe0f}👩🏽漢]{1,80}",
        1 => ".{0,12}",
        1 => "[\u{0}\u{7}\u{85}\u{a0}\t\n-]{1,3}",
    ];
    let space = prop_oneof![6 => Just(" "), 1 => Just(""), 1 => Just("\n"), 1 => Just("  ")];
    let tokens = prop::collection::vec((piece, space, 0..6u8, 0..900u32, 0..700u32), 1..60);
    (tokens, 0..1_000_000u32).prop_map(|(tokens, offset)| {
        let base = offset as usize;
        let mut mark = SentenceMark {
            sentence: 0,
            start_ms: 0.0,
            end_ms: 0.0,
            span: Span::new(base, base),
            text: String::new(),
            spoken: String::new(),
            words: Vec::new(),
            breaths: vec![0],
        };
        let mut now = f64::from(offset) / 7.0;
        for (token, space, how, duration, pause) in tokens {
            let start = mark.text.len();
            mark.text.push_str(&token);
            let span = Span::new(base + start, base + mark.text.len());
            mark.text.push_str(space);
            // Some pieces are not said; some are said in two words, or in one with the piece before.
            if how == 0 || token.is_empty() {
                continue;
            }
            if how == 1 && pause > 300 {
                mark.breaths.push(mark.words.len());
                now += f64::from(pause);
            }
            let times = if how == 2 { 2 } else { 1 };
            for _ in 0..times {
                let end = now + f64::from(duration) / 3.0;
                let text = token.clone();
                mark.words.push(WordMark {
                    start_ms: now,
                    end_ms: end,
                    span,
                    text,
                    spoken: String::new(),
                    phones: Vec::new(),
                });
                now = end;
            }
            if how == 3 && mark.words.len() > 1 {
                let word = mark.words.pop().unwrap();
                let last = mark.words.last_mut().unwrap();
                last.span = last.span.to(word.span);
                last.end_ms = word.end_ms;
            }
        }
        mark.breaths.retain(|&at| at < mark.words.len());
        mark.breaths.dedup();
        mark.span.end = base + mark.text.len();
        mark.end_ms = now;
        mark
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn limits_hold_and_nothing_is_lost_whatever_is_said(first in any_sentence(), second in any_sentence()) {
        let mut sentences = vec![first, second];
        sentences.retain(|sentence| !sentence.words.is_empty());
        let shift = sentences.first().map_or(0.0, |first| first.end_ms);
        if let [_, second] = &mut sentences[..] {
            second.sentence = 1;
            let from = second.words[0].start_ms;
            for word in &mut second.words {
                word.start_ms += shift - from;
                word.end_ms += shift - from;
            }
            second.end_ms += shift - from;
        }
        let length = sentences.last().map_or(0.0, |last| last.end_ms);
        check(&sentences, length);
    }
}
