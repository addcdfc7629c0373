//! Advanced SubStation Alpha, version 4.00+, with the time of every word: the words of a line are coloured one
//! after the other as they are heard (`\k`, karaoke). It has no standard; this is what libass reads
//! (<https://github.com/libass/libass/wiki/ASS-File-Format-Guide>), and FFmpeg, mpv, VLC and Aegisub with it.

use std::io::{self, Write};

use super::cues::{Cue, Layout, Piece};
use super::info::{CaptionInfo, SYNTHETIC};
use super::row::Row;
use super::text::{one_line, parts};
use super::writer::{self, Notation};

/// The row of the table; its media type is the one in use, unregistered.
pub(super) static ROW: Row = Row {
    name: "ass",
    extension: "ass",
    mime: "text/x-ssa",
    about: "Advanced SubStation Alpha, every word marked as it is heard",
    has_phones: false,
    start: |out, _, info| writer::start(out, Ass::default(), info),
};

/// What the text looks like: white, and yellow from the moment at which it is heard; colours are written
/// as alpha, blue, green, red. Lines are broken by us alone.
const LOOK: &str = "\
ScriptType: v4.00+
WrapStyle: 2
ScaledBorderAndShadow: yes
PlayResX: 1920
PlayResY: 1080

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,64,&H0000E1FF,&H00FFFFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,80,80,60,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
";

#[derive(Default)]
struct Ass {
    /// Where the last line ends, in hundredths of a second.
    last: u64,
}

impl Notation for Ass {
    /// Two lines of 42 characters, as the Netflix Timed Text Style Guide has them for films; a second line
    /// is cheap.
    fn layout(&self) -> Layout {
        Layout { characters: 42, second_line: Some(8) }
    }

    fn begin(&mut self, out: &mut dyn Write, info: &CaptionInfo) -> io::Result<()> {
        writeln!(out, "[Script Info]\n; {SYNTHETIC}")?;
        let tags = [("Title", &info.title), ("Original Script", &info.author)];
        for (name, value) in tags {
            let value = one_line(value.as_deref().unwrap_or_default());
            if !value.is_empty() {
                writeln!(out, "{name}: {value}")?;
            }
        }
        write!(out, "Language: {}\n{LOOK}", one_line(&info.language))
    }

    fn cue(&mut self, out: &mut dyn Write, cue: &Cue) -> io::Result<()> {
        // What is shorter than a hundredth lasts one, and no line begins before the last one ends.
        let start = hundredths(cue.start).max(self.last);
        let end = hundredths(cue.end).max(start + 1);
        self.last = end;
        write!(out, "Dialogue: 0,{},{},Default,,0,0,0,,", time(start), time(end))?;
        let pieces: Vec<&Piece> = cue.pieces.iter().flatten().collect();
        // A piece lasts until the next one begins, so that a silence does not hasten what follows.
        let begins = |at: usize| {
            pieces
                .get(at)
                .map_or(end, |piece| hundredths(piece.start.round() as u64).clamp(start, end))
        };
        let (mut number, mut now) = (0, start);
        for (line, pieces) in cue.pieces.iter().enumerate() {
            if line > 0 {
                out.write_all(b"\\N")?;
            }
            for piece in pieces {
                number += 1;
                let until = begins(number).max(now);
                write!(out, "{{\\k{}}}{}", until - now, escaped(&piece.text))?;
                now = until;
            }
        }
        writeln!(out)
    }
}

/// A text in which nothing is a tag. Braces are escaped; for a backslash there is no escape, so a character of
/// no width keeps it from the letter after it, as FFmpeg does.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\u{2060}").replace('{', "\\{").replace('}', "\\}")
}

/// Milliseconds as the hundredths of a second in which this format counts.
fn hundredths(ms: u64) -> u64 {
    ms / 10
}

fn time(hundredths: u64) -> String {
    let (hours, minutes, seconds, ms) = parts(hundredths * 10);
    format!("{hours}:{minutes:02}:{seconds:02}.{:02}", ms / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_tag() {
        assert_eq!(escaped(r"{\b1} \N"), "\\{\\\u{2060}b1\\} \\\u{2060}N");
        assert_eq!(time(366_123), "1:01:01.23");
    }
}
