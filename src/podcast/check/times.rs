//! Times in transcripts and chapters.

use crate::model::message::{Message, message};
use serde::Deserialize;

/// When something begins and ends in the sound, in seconds, and the line that says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    pub line: Option<usize>,
    pub start: f64,
    pub end: f64,
}

/// A transcript or a list of chapters that cannot be read: the line, and why.
pub(super) type Unreadable = (Option<usize>, Message);

/// The cues of a transcript, by its media type.
pub(super) fn transcript(mime: &str, text: &str) -> Result<Vec<Interval>, Unreadable> {
    match mime {
        "text/vtt" => {
            if !text.trim_start_matches('\u{feff}').starts_with("WEBVTT") {
                return Err((Some(1), "a WebVTT file must begin with WEBVTT".into()));
            }
            cues(text, '.')
        }
        "application/x-subrip" | "application/srt" => cues(text, ','),
        "application/json" => segments(text),
        // These have no times.
        "text/html" | "text/plain" => Ok(Vec::new()),
        _ => Err((None, message!("`{mime}` is no type of transcripts", mime))),
    }
}

/// The chapters of an episode (JSON Chapters Format 1.2 of the podcast namespace).
pub(super) fn chapters(text: &str) -> Result<Vec<Interval>, Unreadable> {
    #[derive(Deserialize)]
    struct TimesFile {
        version: String,
        chapters: Vec<ChapterTimes>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct ChapterTimes {
        start_time: f64,
        end_time: Option<f64>,
    }
    let file: TimesFile = json(text)?;
    if !file.version.starts_with("1.2") {
        let reason = message!(
            "the version of chapters is {version}, and it must be 1.2",
            version = file.version
        );
        return Err((None, reason));
    }
    let chapters = file.chapters.iter();
    Ok(chapters
        .map(|chapter| Interval {
            line: None,
            start: chapter.start_time,
            end: chapter.end_time.unwrap_or(chapter.start_time),
        })
        .collect())
}

/// The addresses of the pictures of chapters; none of a list that cannot be read.
pub(super) fn pictures(text: &str) -> Vec<String> {
    #[derive(Deserialize)]
    struct PicturesFile {
        chapters: Vec<ChapterPicture>,
    }
    #[derive(Deserialize)]
    struct ChapterPicture {
        img: Option<String>,
    }
    let file: Option<PicturesFile> = serde_json::from_str(text).ok();
    file.into_iter().flat_map(|file| file.chapters).filter_map(|chapter| chapter.img).collect()
}

/// The transcript format of the podcast namespace in JSON.
fn segments(text: &str) -> Result<Vec<Interval>, Unreadable> {
    #[derive(Deserialize)]
    struct TimesFile {
        #[serde(rename = "version")]
        _version: String,
        segments: Vec<SegmentTimes>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct SegmentTimes {
        start_time: f64,
        end_time: Option<f64>,
        #[serde(rename = "body")]
        _body: String,
    }
    let file: TimesFile = json(text)?;
    let segments = file.segments.iter();
    Ok(segments
        .map(|segment| Interval {
            line: None,
            start: segment.start_time,
            end: segment.end_time.unwrap_or(segment.start_time),
        })
        .collect())
}

fn json<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Unreadable> {
    serde_json::from_str(text)
        .map_err(|error| (Some(error.line().max(1)), error.to_string().into()))
}

/// The lines with an arrow of `.vtt` and `.srt` files; `mark` comes before the milliseconds.
fn cues(text: &str, mark: char) -> Result<Vec<Interval>, Unreadable> {
    let arrows = text.lines().enumerate().filter(|(_, line)| line.contains("-->"));
    arrows
        .map(|(at, line)| {
            let (start, rest) = line.split_once("-->").unwrap_or_default();
            let end = rest.split_whitespace().next().unwrap_or_default();
            let times = time(start.trim(), mark).zip(time(end, mark));
            let (start, end) = times.ok_or_else(|| {
                (
                    Some(at + 1),
                    message!("`{line}` must be two times such as 00:00:01{mark}500", line, mark),
                )
            })?;
            Ok(Interval { line: Some(at + 1), start, end })
        })
        .collect()
}

/// `00:01:02.345`, and in `.vtt` files also `01:02.345`, in seconds.
fn time(text: &str, mark: char) -> Option<f64> {
    let (whole, milliseconds) = text.split_once(mark)?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if milliseconds.len() != 3 || !digits(milliseconds) {
        return None;
    }
    let parts: Vec<&str> = whole.split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [hours, minutes, seconds] => (hours, minutes, seconds),
        [minutes, seconds] if mark == '.' => ("0", minutes, seconds),
        _ => return None,
    };
    if ![hours, minutes, seconds].into_iter().all(digits) {
        return None;
    }
    let number = |part: &str| part.parse::<f64>().ok();
    let (minutes, seconds) = (number(minutes)?, number(seconds)?);
    let sound = minutes < 60.0 && seconds < 60.0;
    let whole = number(hours)? * 3600.0 + minutes * 60.0 + seconds;
    sound.then_some(whole + number(milliseconds)? / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_read_in_all_formats() {
        let cue = |line, start, end| Interval { line, start, end };
        let vtt = "WEBVTT\n\n1\n00:01.500 --> 01:00:02.000 align:start\nMưa\n";
        assert_eq!(transcript("text/vtt", vtt), Ok(vec![cue(Some(4), 1.5, 3602.0)]));
        let srt = "1\n00:00:01,500 --> 00:00:02,000\nMưa\n";
        assert_eq!(transcript("application/x-subrip", srt), Ok(vec![cue(Some(2), 1.5, 2.0)]));
        let json = r#"{"version":"1.0.0","segments":[{"startTime":1.5,"endTime":2,"body":"x"}]}"#;
        assert_eq!(transcript("application/json", json), Ok(vec![cue(None, 1.5, 2.0)]));
        let json = r#"{"version":"1.2.0","chapters":[{"startTime":0,"title":"x"}]}"#;
        assert_eq!(chapters(json), Ok(vec![cue(None, 0.0, 0.0)]));
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let line = |mime, text| transcript(mime, text).unwrap_err().0;
        assert_eq!(line("text/vtt", "1\n00:01.500 --> 00:02.000\n"), Some(1));
        assert_eq!(line("text/vtt", "WEBVTT\n\n00:01,500 --> 00:02,000\n"), Some(3));
        assert_eq!(line("application/x-subrip", "1\n00:99:01,500 --> 00:00:02,000\n"), Some(2));
        assert_eq!(line("application/json", "{\n\"version\": 1}"), Some(2));
        assert_eq!(line("text/x", ""), None);
        assert!(chapters(r#"{"version":"2","chapters":[]}"#).is_err());
        assert!(chapters(r#"{"version":"1.2.0"}"#).is_err());
    }
}
