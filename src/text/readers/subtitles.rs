//! Subtitles: SubRip (`.srt`) and WebVTT (`.vtt`). What is said is the text of the cues, joined to
//! paragraphs; numbers, times and the signs of formatting are not.

use super::builder::{self, Builder};
use super::decode::{self, Decoded};
use super::reader::{Input, Reader};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::manner::{self, Manner, MannerKind};

/// A silence that is longer, in seconds, ends a paragraph after a sentence.
const GAP: f64 = 1.5;

/// A paragraph with more characters ends at the next sentence.
const LONGEST: usize = 600;

/// The reader of subtitles.
pub(super) struct Subtitles;

impl Reader for Subtitles {
    fn extensions(&self) -> &'static [&'static str] {
        &["srt", "vtt"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        if self.extensions().contains(&&*input.extension()) {
            return true;
        }
        let text = String::from_utf8_lossy(&input.bytes[..input.bytes.len().min(1024)]);
        let mut lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
        let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
        let second = lines.next().unwrap_or_default();
        first == "WEBVTT"
            || first.starts_with("WEBVTT ")
            || (first.bytes().all(|b| b.is_ascii_digit()) && times(second).is_some())
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let name = input.name;
        let Decoded { text, notes } = decode::text(input)?;
        let cues = cues(&text);
        if cues.is_empty() {
            let reason =
                "has no cue: a line such as 00:00:01,000 --> 00:00:03,500 and text below it";
            return Err(Error::input(name, reason));
        }
        Ok(vec![Article { notes, ..article(&cues) }])
    }
}

/// A piece of text that is shown for a time.
#[derive(Debug, PartialEq)]
struct Cue {
    /// When it is shown, in seconds from the start.
    start: f64,
    end: f64,
    /// Its lines, without formatting.
    lines: Vec<Line>,
}

/// A line of a cue.
#[derive(Debug, PartialEq)]
struct Line {
    text: String,
    /// Who says it, where a voice tag of WebVTT names them.
    speaker: Option<String>,
    /// The line of the file, from 1.
    number: usize,
}

impl Cue {
    /// Its time as a manner gives it.
    fn time(&self) -> manner::Cue {
        // The cast saturates.
        let ms = |seconds: f64| (seconds * 1000.0).round() as u32;
        manner::Cue { start_ms: ms(self.start), end_ms: ms(self.end.max(self.start)) }
    }
}

/// The cues in a file.
fn cues(text: &str) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut is_open = false;
    let mut lines = (1..).zip(text.lines().map(str::trim)).peekable();
    while let Some((number, line)) = lines.next() {
        if let Some((start, end)) = times(line) {
            cues.push(Cue { start, end, lines: Vec::new() });
            is_open = true;
        } else if line.is_empty() {
            is_open = false;
        } else if let Some(cue) = cues.last_mut().filter(|_| is_open) {
            // Some files have no blank line before the number of the next cue.
            let is_number = line.bytes().all(|b| b.is_ascii_digit());
            if is_number && lines.peek().is_some_and(|(_, next)| times(next).is_some()) {
                is_open = false;
            } else {
                cue.lines.push(Line { text: plain(line), speaker: speaker(line), number });
            }
        }
    }
    cues
}

/// The times of a line such as `00:00:01,000 --> 00:00:03,500`, in seconds.
fn times(line: &str) -> Option<(f64, f64)> {
    let (start, end) = line.split_once("-->")?;
    let end = end.split_whitespace().next()?;
    Some((seconds(start.trim())?, seconds(end)?))
}

/// `01:02:03,456`, `02:03.456`.
fn seconds(time: &str) -> Option<f64> {
    let parts: Vec<f64> =
        time.split(':').map(|part| part.replace(',', ".").parse().ok()).collect::<Option<_>>()?;
    let is_time = (2..=3).contains(&parts.len()) && parts.iter().all(|part| *part >= 0.0);
    is_time.then(|| parts.iter().fold(0.0, |sum, part| sum * 60.0 + part))
}

/// Who a voice tag names: `<v Lan>`, `<v.loud Lan>` (WebVTT, 3.4).
fn speaker(line: &str) -> Option<String> {
    let (classes, name) = line.split_once("<v")?.1.split_once('>')?.0.split_once(' ')?;
    let is_tag = classes.is_empty() || classes.starts_with('.');
    is_tag.then(|| builder::line(name)).filter(|name| !name.is_empty())
}

/// A line without its formatting: `<i>`, `<v Lan>`, `{\an8}`, musical notes. Entities are decoded.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let (close, is_tag) = match tag.strip_prefix('<') {
            Some(inner) => (
                '>',
                inner.starts_with(|c: char| c.is_alphabetic() || c == '/' || c.is_ascii_digit()),
            ),
            None => ('}', tag.starts_with("{\\")),
        };
        match tag.find(close).filter(|_| is_tag) {
            Some(end) => rest = &tag[end + 1..],
            None => {
                out.push_str(&tag[..1]);
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    let out = builder::decoded(&out);
    builder::line(&out.replace(['♪', '♫', '♩', '♬'], " "))
}

/// What a line says between its brackets, if all of it is in brackets: a sound, such as `(Tiếng cười)`.
fn is_sound(line: &str) -> bool {
    let pairs = [('(', ')'), ('[', ']')];
    pairs.iter().any(|&(open, close)| {
        line.strip_prefix(open)
            .and_then(|line| line.strip_suffix(close))
            .is_some_and(|inside| !inside.contains([open, close]))
    })
}

/// The text of cues: sentences go on from cue to cue, and a paragraph ends where the speaker changes or
/// a silence follows a sentence.
fn article(cues: &[Cue]) -> Article {
    let mut builder = Builder::default();
    let mut last_end = 0.0;
    for cue in cues {
        for (at, Line { text: line, speaker, number }) in cue.lines.iter().enumerate() {
            if line.is_empty() {
                continue;
            }
            builder.at_line(*number);
            if is_sound(line) {
                builder.block(BlockKind::Boilerplate, "a sound that the subtitles describe", line);
                continue;
            }
            let speech = line.trim_start_matches(['-', '–', '—']).trim_start();
            let is_turn = speech.len() < line.len() && cue.lines.len() > 1;
            let before = builder.current();
            let is_whole = before.ends_with(['.', '!', '?', '…', '"', '”']);
            let is_late = at == 0 && cue.start - last_end > GAP;
            let is_long = before.chars().count() > LONGEST;
            if !builder.is_open() || is_turn || (is_whole && (is_late || is_long)) {
                builder.open(BlockKind::Paragraph, "the text of subtitles");
            }
            builder.push(" ");
            let from = builder.position();
            builder.push(speech);
            let span = builder.since(from);
            builder.speak(Manner { span, kind: MannerKind::Cue(cue.time()) });
            if let Some(speaker) = speaker {
                builder.speak(Manner::part(span, speaker));
            }
        }
        last_end = cue.end;
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(BlockKind, String)> {
        let article = article(&cues(text));
        article.blocks.iter().map(|block| (block.kind, article.line_of(block))).collect()
    }

    #[test]
    fn the_text_of_cues_is_joined() {
        let text = "1\n00:00:01,000 --> 00:00:02,000\n<i>Hôm nay</i> {\\an8}trời\n\n2\n00:00:02,100 --> 00:00:03,000\nmưa &amp; gió.\n3\n00:00:09,000 --> 00:00:10,000\n(Tiếng cười)\n- Thật à?\n- Thật.\n";
        let expected = [
            (BlockKind::Paragraph, "Hôm nay trời mưa & gió."),
            (BlockKind::Boilerplate, "(Tiếng cười)"),
            (BlockKind::Paragraph, "Thật à?"),
            (BlockKind::Paragraph, "Thật."),
        ];
        assert_eq!(read(text), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn web_vtt_has_a_head_and_short_times() {
        let text = "WEBVTT - bản tin\n\nNOTE ghi chú\n\nx\n00:01.000 --> 00:02.000 align:start\n<v Lan>Xin chào.\n";
        assert_eq!(speaker("<v.loud Lan>Xin").as_deref(), Some("Lan"));
        assert_eq!(speaker("<video a>"), None);
        assert_eq!(read(text), [(BlockKind::Paragraph, "Xin chào.".to_owned())]);
    }

    #[test]
    fn what_is_no_time_is_no_cue() {
        for line in ["a --> b", "1 --> 2", "00:00:01", "-1:00 --> 00:01", "00:00:00:01 --> 00:02"] {
            assert_eq!(times(line), None, "{line}");
        }
    }
}
