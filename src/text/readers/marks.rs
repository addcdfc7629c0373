//! Marks in a text for whoever reads it aloud; `docs/marks.md` explains them to users.
//!
//! `[nghỉ 2s]` is a silence, `{Messi|mét xi}` says how something is said, what is between `[bỏ]` and
//! `[/bỏ]` is not read, and what is between `[giọng Lan]` and `[/giọng]` is spoken by another voice.
//! English names of the marks and the `break` of SSML are understood too. A doubled bracket is only a
//! bracket.

use crate::model::article::Article;
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};
use crate::model::manner::{Manner, MannerKind};
use crate::model::roles::roles;

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
    let mut stretches = Stretches::default();
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
            Mark::From(manner) => {
                stretches.begin(span, manner);
                continue;
            }
            Mark::To(group) => {
                stretches.end(span, group);
                continue;
            }
        };
        found.push(Direction { span, kind });
    }
    let Stretches { marks, mut manners, .. } = stretches.finish(text.len());
    found.extend(marks.into_iter().map(|span| Direction { span, kind: DirectionKind::Mark }));
    article.manners.append(&mut manners);
    article.directions.append(&mut found);
    article.directions.sort_by_key(|direction| direction.span.start);
}

/// A mark.
enum Mark {
    Direction(DirectionKind),
    SkipFrom,
    SkipTo,
    From(Begin),
    To(Group),
}

/// What the beginning of a stretch asks for.
struct Begin {
    group: Group,
    kind: MannerKind,
    /// Whether it is written with a colon, `[giọng: Lan]`: then it holds, without an end of its own, up
    /// to the next such mark or the end of the text.
    is_open_ended: bool,
}

/// The kinds of stretches: a mark that ends one ends the last of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Voice,
    Slow,
    Fast,
    Emphasis,
}

impl Group {
    /// The names of each kind of mark.
    const NAMES: [(&str, Group); 9] = [
        ("giọng", Group::Voice),
        ("vai", Group::Voice),
        ("voice", Group::Voice),
        ("chậm", Group::Slow),
        ("slow", Group::Slow),
        ("nhanh", Group::Fast),
        ("fast", Group::Fast),
        ("nhấn", Group::Emphasis),
        ("emphasis", Group::Emphasis),
    ];

    /// The speed that it asks for, in percent.
    const SLOW: u16 = 80;
    const FAST: u16 = 125;

    /// What a mark begins or ends, by what is inside its brackets, in lower case.
    fn mark(inside: &str) -> Option<Mark> {
        let named = |text: &str| Group::NAMES.iter().find(|(name, _)| *name == text);
        if let Some(end) = inside.strip_prefix('/') {
            return named(end.trim()).map(|(_, group)| Mark::To(*group));
        }
        let (name, part) = inside.split_once([' ', ':']).unwrap_or((inside, ""));
        let (_, group) = named(name)?;
        let is_open_ended = inside[name.len()..].trim_start().starts_with(':');
        let named = roles(part.trim_start_matches([':', ' ']));
        let part = named.into_iter().next().unwrap_or_default();
        let kind = match group {
            Group::Voice if !part.is_empty() => MannerKind::Part(part),
            Group::Slow if part.is_empty() => MannerKind::Rate(Group::SLOW),
            Group::Fast if part.is_empty() => MannerKind::Rate(Group::FAST),
            Group::Emphasis if part.is_empty() => MannerKind::Emphasis,
            _ => return None,
        };
        Some(Mark::From(Begin { group: *group, kind, is_open_ended }))
    }
}

/// The stretches between marks.
#[derive(Default)]
struct Stretches {
    /// The marks whose stretches have not ended.
    open: Vec<(Span, Begin)>,
    /// The marks that are no text, because they begin or end a stretch.
    marks: Vec<Span>,
    manners: Vec<Manner>,
}

impl Stretches {
    fn begin(&mut self, mark: Span, begin: Begin) {
        if begin.is_open_ended {
            self.close_open_ended(mark.start);
        }
        self.open.push((mark, begin));
    }

    fn end(&mut self, mark: Span, group: Group) {
        let Some(at) = self.open.iter().rposition(|(_, begin)| begin.group == group) else {
            return;
        };
        let (from, begin) = self.open.remove(at);
        self.close(from, begin, mark.start);
        self.marks.push(mark);
    }

    fn close(&mut self, mark: Span, begin: Begin, end: usize) {
        self.marks.push(mark);
        self.manners.push(Manner { span: Span::new(mark.end, end), kind: begin.kind });
    }

    fn close_open_ended(&mut self, end: usize) {
        if let Some(at) = self.open.iter().rposition(|(_, begin)| begin.is_open_ended) {
            let (mark, begin) = self.open.remove(at);
            self.close(mark, begin, end);
        }
    }

    /// What is found in a text of this length. A mark without an end is text.
    fn finish(mut self, length: usize) -> Stretches {
        self.close_open_ended(length);
        self
    }
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
            _ => match Group::mark(&lower) {
                Some(mark) => Some((mark, length)),
                None => direction(DirectionKind::Pause(pause(&lower)?)),
            },
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
    fn stretches_are_spoken_as_asked() {
        let stretches = |text: &str| {
            let mut article = Article { text: text.to_owned(), ..Article::default() };
            find(&mut article);
            let marks = article.directions.iter();
            assert!(marks.clone().all(|mark| mark.kind == DirectionKind::Mark), "{text}");
            let manners = article.manners.into_iter();
            let manner = |manner: Manner| match manner.kind {
                MannerKind::Part(name) => format!("{name}: {}", manner.span.of(text).trim()),
                kind => format!("{kind:?}: {}", manner.span.of(text).trim()),
            };
            (marks.count(), manners.map(manner).collect::<Vec<_>>().join("; "))
        };
        for (text, marks, manners) in [
            ("a [giọng Lan] b [/giọng] c", 2, "lan: b"),
            ("[Vai  Người dẫn]b[/vai]", 2, "người dẫn: b"),
            ("[giọng: lan] b [giọng: nam] c", 2, "lan: b; nam: c"),
            ("[voice: lan] b [slow]c[/slow] d", 3, "Rate(80): c; lan: b c d"),
            ("[nhanh] b [/nhanh]", 2, "Rate(125): b"),
            ("a [nhấn]b[/nhấn] c", 2, "Emphasis: b"),
            ("[giọng nói không rõ] b", 0, ""),
            ("[/giọng] b [giọng]", 0, ""),
            ("[chậm quá] b [/chậm]", 0, ""),
        ] {
            let (found, said) = stretches(text);
            let said = said.replace("[slow]", "").replace("[/slow]", "");
            assert_eq!((found, &*said), (marks, manners), "{text}");
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
