//! Marks in a text for whoever reads it aloud; `docs/marks.md` explains them to users.
//!
//! `[nghỉ 2s]` is a silence, `{Messi|mét xi}` says how something is said, and what is between `[bỏ]` and
//! `[/bỏ]` is not read. English names of the marks and the `break` of SSML are understood too. A doubled
//! bracket is only a bracket.

use crate::model::article::Article;
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};

/// The silence of a mark that gives none, in milliseconds.
const USUAL: u32 = 1000;

/// A mark with more bytes inside is text.
const LONGEST: usize = 200;

/// Finds the marks in an article's text and adds what they ask for.
pub(super) fn find(article: &mut Article) {
    let text = &article.text;
    let mut found = Vec::new();
    // Where the part begins that is not to be read.
    let mut skipped: Option<usize> = None;
    let mut at = 0;
    while let Some(next) = text[at..].find(['[', '{', '<']) {
        let start = at + next;
        let rest = &text[start..];
        let opening = &rest[..1];
        at = start + 1;
        if rest[1..].starts_with(opening) {
            // Doubled: a bracket.
            at += 1;
            continue;
        }
        let Some((mark, length)) = mark(rest) else { continue };
        let span = Span::new(start, start + length);
        at = span.end;
        let kind = match mark {
            Mark::Direction(kind) => kind,
            Mark::SkipFrom => {
                skipped = skipped.or(Some(start));
                continue;
            }
            Mark::SkipTo => {
                let Some(from) = skipped.take() else { continue };
                found.retain(|direction: &Direction| direction.span.start < from);
                found
                    .push(Direction { span: Span::new(from, span.end), kind: DirectionKind::Skip });
                continue;
            }
        };
        found.push(Direction { span, kind });
    }
    article.directions.append(&mut found);
    article.directions.sort_by_key(|direction| direction.span.start);
}

/// A mark.
enum Mark {
    Direction(DirectionKind),
    SkipFrom,
    SkipTo,
}

/// The mark that a text begins with, and how many bytes it has.
fn mark(text: &str) -> Option<(Mark, usize)> {
    let close = match text.as_bytes().first()? {
        b'[' => ']',
        b'{' => '}',
        _ => '>',
    };
    // Not looked for in all that follows: there may be thousands of brackets that nothing closes.
    let end = text.bytes().take(LONGEST + 1).position(|byte| char::from(byte) == close)?;
    let inside = text[1..end].trim();
    let length = end + 1;
    let lower = inside.to_lowercase();
    let direction = |kind| Some((Mark::Direction(kind), length));
    match close {
        '}' => match inside.split_once('|') {
            Some((written, said)) => {
                let is_said = !written.trim().is_empty()
                    && said.chars().any(char::is_alphabetic)
                    && said.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
                let said = said.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                is_said.then_some((Mark::Direction(DirectionKind::Say(said)), length))
            }
            None => direction(DirectionKind::Pause(pause(&lower)?)),
        },
        ']' => match &*lower {
            "bỏ" | "skip" => Some((Mark::SkipFrom, length)),
            "/bỏ" | "/skip" => Some((Mark::SkipTo, length)),
            _ if is_editing(&lower) => direction(DirectionKind::Skip),
            _ => direction(DirectionKind::Pause(pause(&lower)?)),
        },
        _ => {
            let attributes = lower.strip_prefix("break")?.trim_end_matches('/').trim();
            direction(DirectionKind::Pause(ssml_break(attributes)?))
        }
    }
}

/// What encyclopedias print in brackets for those who edit them: `[cần dẫn nguồn]`, `[sửa | sửa mã
/// nguồn]`, `[*7]`, `[chú thích 2]`.
fn is_editing(mark: &str) -> bool {
    const MARKS: [&str; 9] = [
        "cần dẫn nguồn",
        "cần giải thích",
        "cần chú thích",
        "sửa",
        "sửa mã nguồn",
        "sửa | sửa mã nguồn",
        "citation needed",
        "edit",
        "liên kết hỏng",
    ];
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbered = ["*", "chú thích ", "ghi chú ", "note ", "nb "];
    MARKS.contains(&mark)
        || numbered.iter().any(|name| mark.strip_prefix(name).is_some_and(is_number))
}

/// `nghỉ`, `nghỉ 2s`, `pause: 1.5`: the silence in milliseconds.
fn pause(mark: &str) -> Option<u32> {
    let time = ["nghỉ", "pause", "ngừng"].iter().find_map(|name| mark.strip_prefix(name))?;
    let time = time.trim_start_matches([':', '=', ' ']).trim();
    if time.is_empty() { Some(USUAL) } else { milliseconds(time) }
}

/// The attributes of SSML's `break`: the silence in milliseconds.
pub(super) fn ssml_break(attributes: &str) -> Option<u32> {
    let value = |name: &str| {
        let (_, rest) = attributes.split_once(name)?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    };
    match (value("time"), value("strength")) {
        (Some(time), _) => milliseconds(time),
        // The strengths of SSML 1.1, 3.2.3, in our own lengths.
        (None, Some(strength)) => Some(match strength {
            "none" => 0,
            "x-weak" => 150,
            "weak" => 300,
            "medium" => 600,
            "strong" => 1000,
            "x-strong" => 1500,
            _ => return None,
        }),
        (None, None) => attributes.is_empty().then_some(USUAL),
    }
}

/// `2s`, `1,5 giây`, `500ms`, or a number of seconds, as milliseconds: at most a minute.
fn milliseconds(time: &str) -> Option<u32> {
    let split = time.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    let (number, unit) = time.split_at(split.unwrap_or(time.len()));
    let number: f64 = number.replace(',', ".").parse().ok()?;
    let scale = match unit.trim() {
        "" | "s" | "giây" | "sec" | "seconds" => 1000.0,
        "ms" | "mili giây" => 1.0,
        "phút" | "m" | "min" => 60_000.0,
        _ => return None,
    };
    Some((number * scale).min(f64::from(Direction::LONGEST_PAUSE)) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, DirectionKind)> {
        let mut article = Article { text: text.to_owned(), ..Article::default() };
        find(&mut article);
        let directions = std::mem::take(&mut article.directions);
        let of = |direction: Direction| (direction.span.of(text).to_owned(), direction.kind);
        directions.into_iter().map(of).collect()
    }

    #[test]
    fn marks_are_found() {
        use DirectionKind::{Pause, Say, Skip};
        let cases = [
            ("a [nghỉ] b", "[nghỉ]", Pause(1000)),
            ("a [nghỉ 2s] b", "[nghỉ 2s]", Pause(2000)),
            ("a [Nghỉ 1,5 giây]", "[Nghỉ 1,5 giây]", Pause(1500)),
            ("[pause:0.5]", "[pause:0.5]", Pause(500)),
            ("{pause 300ms}", "{pause 300ms}", Pause(300)),
            ("[nghỉ 9 phút]", "[nghỉ 9 phút]", Pause(60_000)),
            ("<break time=\"500ms\"/>", "<break time=\"500ms\"/>", Pause(500)),
            ("<break/>", "<break/>", Pause(1000)),
            ("<break strength='strong' />", "<break strength='strong' />", Pause(1000)),
            ("{Messi|Mét xi}", "{Messi|Mét xi}", Say("mét xi".to_owned())),
            ("cầu[cần dẫn nguồn] dài", "[cần dẫn nguồn]", Skip),
            ("nhịp [*7].", "[*7]", Skip),
            ("a [bỏ] b [nghỉ] c [/bỏ] d", "[bỏ] b [nghỉ] c [/bỏ]", Skip),
        ];
        for (text, source, kind) in cases {
            assert_eq!(found(text), [(source.to_owned(), kind)], "{text}");
        }
    }

    #[test]
    fn other_brackets_are_text() {
        for text in [
            "[1]",
            "[[nghỉ 2s]]",
            "{{a|b}}",
            "{a}",
            "{|x|}",
            "{a|1}",
            "[nghỉ hè]",
            "[sửa chữa]",
            "[nghỉ 2kg]",
            "[bỏ] không hết",
            "[/bỏ]",
            "a < b > c",
            "<breakfast>",
            "[nghỉ",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
