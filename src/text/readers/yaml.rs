//! The part of YAML 1.2 that front matters are written in: entries with plain, quoted,
//! folded (`>`) and literal (`|`) values, lists, and entries inside one, in lines below it or in braces.

use crate::model::message::{Message, message};
use crate::model::metadata::Field;

/// Name and rest of the line, if an entry begins there.
pub(super) fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(':')?;
    let named = key.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && key.chars().count() <= 40
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    (named && (rest.is_empty() || rest.starts_with(' '))).then_some((key, rest.trim()))
}

/// The entries, each with its line from 1, and what cannot be understood.
pub(super) fn fields(text: &str) -> (Vec<Field>, Vec<(usize, Message)>) {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let (mut fields, mut faults) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let number = at + 1;
        at += 1;
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((key, rest)) = entry(line) else {
            faults.push((number, message!("`{line}` is not an entry; write `name: value`", line)));
            continue;
        };
        // What is indented, and list items, belong to the entry above.
        let from = at;
        let belongs = |line: &&str| {
            line.is_empty() || line.starts_with(' ') || line.starts_with("- ") || *line == "-"
        };
        at += lines[at..].iter().take_while(|line| belongs(line)).count();
        match values(rest, &lines[from..at]) {
            Ok(values) => {
                let entries = inner(rest, &lines[from..at], number);
                fields.push(Field { entries, ..Field::new(key, values, number) });
            }
            Err(reason) => {
                faults.push((number, message!("`{key}`: {reason}", key = key.trim(), reason)));
            }
        }
    }
    (fields, faults)
}

/// The entries inside an entry on this line: in braces behind its name, or one on each line below it. What
/// is no such entry, or has a value of several lines, is left out.
fn inner(rest: &str, below: &[&str], number: usize) -> Vec<Field> {
    let field = |line: &str, number: usize| {
        let (key, value) = entry(line.trim())?;
        let value = scalar(value).ok().filter(|value| !value.is_empty())?;
        Some(Field::inner(key, value, number))
    };
    if let Some(inside) = rest.strip_prefix('{').and_then(|rest| rest.rsplit_once('}')) {
        let parts = inside.0.split(',');
        return parts.filter_map(|part| field(part, number)).collect();
    }
    if !(rest.is_empty() || rest.starts_with('#')) {
        return Vec::new();
    }
    let lines = below.iter().zip(number + 1..);
    lines.filter_map(|(line, number)| field(line, number)).collect()
}

fn values(rest: &str, below: &[&str]) -> Result<Vec<String>, Message> {
    let words = || below.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    if rest.starts_with(['|', '>']) {
        return Ok(vec![block(rest.starts_with('|'), below)]);
    }
    if rest.is_empty() || rest.starts_with('#') {
        let items: Option<Vec<_>> = words().map(|line| line.strip_prefix('-')).collect();
        return match items {
            Some(items) => items.into_iter().map(|item| scalar(item.trim())).collect(),
            // Entries of its own, or text that begins on the next line.
            None if words().any(|line| entry(line).is_some()) => Ok(Vec::new()),
            None => Ok(vec![scalar(&words().collect::<Vec<_>>().join(" "))?]),
        };
    }
    let whole = [rest].into_iter().chain(words()).collect::<Vec<_>>().join(" ");
    if let Some(list) = whole.strip_prefix('[') {
        let (list, _) = list.rsplit_once(']').ok_or("the list has no `]`")?;
        return items(list);
    }
    if whole.starts_with('{') {
        return Ok(Vec::new());
    }
    Ok(vec![scalar(&whole)?])
}

/// The items of a list in brackets; commas inside quotation marks do not separate.
fn items(list: &str) -> Result<Vec<String>, Message> {
    let mut items = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in list.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) if list[start..at].trim().is_empty() => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            (',', None) => {
                items.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&list[start..]);
    items.into_iter().map(str::trim).filter(|item| !item.is_empty()).map(scalar).collect()
}

/// A value of several lines: each a line of its own, or folded into paragraphs.
fn block(literal: bool, lines: &[&str]) -> String {
    let filled = lines.iter().filter(|line| !line.is_empty());
    let indent = filled.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let mut text = String::new();
    for line in lines {
        let line = line.get(indent..).unwrap_or_default();
        if literal || line.is_empty() {
            text.push_str(line);
            text.push('\n');
        } else {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            text.push_str(line);
        }
    }
    text.trim().to_owned()
}

/// A plain or quoted value without the comment after it.
fn scalar(text: &str) -> Result<String, Message> {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(&text[1..], quote),
        _ => {
            let end = text.find(" #").unwrap_or(text.len());
            Ok(text[..end].trim().to_owned())
        }
    }
}

/// The text up to the closing quotation mark: `''` means `'`, and in double ones `\` escapes.
fn quoted(text: &str, quote: char) -> Result<String, Message> {
    let mut value = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == quote {
            if quote == '\'' && chars.peek() == Some(&'\'') {
                chars.next();
                value.push('\'');
                continue;
            }
            let rest: String = chars.collect();
            let rest = rest.trim();
            return if rest.is_empty() || rest.starts_with('#') {
                Ok(value.trim().to_owned())
            } else {
                Err(message!("something follows the closing quotation mark: `{rest}`", rest))
            };
        }
        if c == '\\' && quote == '"' {
            value.push(match chars.next() {
                Some('n') => '\n',
                Some('t') => ' ',
                Some(c @ ('"' | '\\' | '/')) => c,
                Some(other) => {
                    return Err(message!("`\\{other}` is not known; write `\\\\`", other));
                }
                None => break,
            });
        } else {
            value.push(c);
        }
    }
    Err("the quotation mark is not closed".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> String {
        let (fields, faults) = fields(text);
        assert_eq!(faults, [], "{text}");
        fields[0].values.join("|")
    }

    #[test]
    fn values_are_read_as_yaml_has_them() {
        let cases = [
            ("a: x", "x"),
            ("a:", ""),
            ("a: x # y", "x"),
            ("a: x#y", "x#y"),
            ("a: 'it''s'", "it's"),
            ("a: \"say \\\"x\\\"\" # y", "say \"x\""),
            ("a: [x, \"y, z\", 'w']", "x|y, z|w"),
            ("a:\n  - x\n  - 'y: z'", "x|y: z"),
            ("a:\n- x\n- y", "x|y"),
            ("a: one\n  two", "one two"),
            ("a:\n  one\n  two", "one two"),
            ("a: >\n  one\n  two\n\n  three", "one two\nthree"),
            ("a: |-\n  one\n    two", "one\n  two"),
            ("a:\n  b: c\n  d: e", ""),
            ("a: {b: c}", ""),
            ("a: https://example.org/x", "https://example.org/x"),
            ("a: 19:14", "19:14"),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn entries_may_have_entries() {
        let text = "a: x\nvoices:\n  quote: bac-nu # a woman\n  Ông Nam: 'bac'\n\n  - x\n  empty:\nb: {c: d, e f: g}\n";
        let (fields, faults) = fields(text);
        assert_eq!(faults, []);
        let inner = |at: usize| {
            let entries = fields[at].entries.iter();
            entries.map(|one| (&*one.key, one.text(), one.line)).collect::<Vec<_>>()
        };
        assert_eq!(inner(0), []);
        assert_eq!(inner(1), [("quote", "bac-nu".to_owned(), 3), ("Ông Nam", "bac".to_owned(), 4)]);
        assert_eq!(inner(2), [("c", "d".to_owned(), 8), ("e f", "g".to_owned(), 8)]);
    }

    #[test]
    fn faults_are_told() {
        for text in ["a: \"x", "a: 'x' y", "a: \"\\q\"", "a: [x", "x", "a:b"] {
            assert_eq!(fields(text).1.len(), 1, "{text}");
        }
    }
}
