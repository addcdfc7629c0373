//! Front matter: data about an article before its text, between two fences, as site generators have
//! it. It is never read aloud.
//!
//! Between lines of `---` it is read as the part of YAML 1.2 that is in use there: `key: value`,
//! values over several lines, quotation marks, lists. Between lines of `+++` it is TOML 1.

use toml::de::{DeTable, DeValue};

use crate::model::diag::Span;
use crate::model::message::{Message, message};
use crate::model::metadata::{Field, FrontMatter};
use crate::text::readers::yaml;

/// Fences further apart than this many lines are ruled lines of a text.
const LONGEST: usize = 200;

/// Where the title of a front matter is in the source, if it is there on one line exactly as its value.
pub(super) fn title_in(front: &FrontMatter, source: &str) -> Option<Span> {
    let field = front.field("title")?;
    let [title] = &field.values[..] else { return None };
    let line = source.lines().nth(field.line - 1)?;
    let value = line.find(title.as_str()).filter(|_| !title.is_empty())?;
    let before: usize = source.split_inclusive('\n').take(field.line - 1).map(str::len).sum();
    let start = before + value;
    Some(Span::new(start, start + title.len()))
}

/// The front matter of a text, if it opens with one: a fence on the first line, another one within
/// 200 lines, and an entry right after the first. Anything else is ruled lines.
#[must_use]
pub(super) fn front_matter(source: &str) -> Option<FrontMatter> {
    let fence = source.lines().next().map(str::trim_end).filter(|l| ["---", "+++"].contains(l))?;
    let mut start = None;
    let mut offset = 0;
    let mut inner = None;
    for (at, line) in source.split_inclusive('\n').enumerate().take(LONGEST + 2) {
        let text = line.trim_end();
        let closes = text == fence || (fence == "---" && text == "...");
        if at > 0 && closes {
            inner = Some((start?, offset, offset + line.len()));
            break;
        }
        offset += line.len();
        if at == 0 {
            start = Some(offset);
        }
    }
    let (start, stop, end) = inner?;
    let inside = &source[start..stop];
    let first = inside.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'))?;
    let (fields, faults) = if fence == "---" {
        yaml::entry(first)?;
        yaml::fields(inside)
    } else {
        if !first.contains('=') && !first.starts_with('[') {
            return None;
        }
        toml_fields(inside)
    };
    // Lines count from the opening fence.
    let fields = fields.into_iter().map(|field| field.moved(1));
    let faults = faults.into_iter().map(|(line, reason)| (line + 1, reason));
    Some(FrontMatter { fields: fields.collect(), faults: faults.collect(), end })
}

type Read = (Vec<Field>, Vec<(usize, Message)>);

fn toml_fields(text: &str) -> Read {
    let line = |offset: usize| text[..offset.min(text.len())].matches('\n').count() + 1;
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().map_or(1, |span| line(span.start));
            return (
                Vec::new(),
                vec![(at, message!("not TOML: {error}", error = error.message()))],
            );
        }
    };
    let mut fields: Vec<Field> = table
        .get_ref()
        .iter()
        .map(|(key, value)| {
            let values = match value.get_ref() {
                DeValue::Array(array) => array.iter().filter_map(|v| scalar(v.get_ref())).collect(),
                other => scalar(other).into_iter().collect(),
            };
            let mut field = Field::new(key.get_ref(), values, line(key.span().start));
            if let DeValue::Table(inner) = value.get_ref() {
                let entries = inner.iter().filter_map(|(key, value)| {
                    let value = scalar(value.get_ref())?;
                    Some(Field::inner(key.get_ref(), value, line(key.span().start)))
                });
                field.entries = entries.collect();
            }
            field
        })
        .collect();
    fields.sort_by_key(|field| field.line);
    (fields, Vec::new())
}

fn scalar(value: &DeValue) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.trim().to_owned()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, usize)> {
        let front = front_matter(text).unwrap();
        assert_eq!(front.faults, []);
        front.fields.into_iter().map(|f| (f.key, f.values.join("|"), f.line)).collect()
    }

    #[test]
    fn both_kinds_are_read_with_their_lines() {
        let yaml = "---\n# a comment\ntitle: \"Mưa: lớn\"\ndraft: true # not yet\n\nEpisode-Type: 'bonus'\n---\nMưa\n";
        let expected =
            [("title", "Mưa: lớn", 3), ("draft", "true", 4), ("episode_type", "bonus", 6)];
        let expected = expected.map(|(key, value, line)| (key.to_owned(), value.to_owned(), line));
        assert_eq!(read(yaml), expected);
        let toml = "+++\ntitle = \"Mưa: lớn\"\ndate = 2024-03-05T06:00:00+07:00\ntags = [\"a\", \"b\"]\n+++\n";
        let found = read(toml);
        assert_eq!(found[1], ("date".to_owned(), "2024-03-05T06:00:00+07:00".to_owned(), 3));
        assert_eq!(found[2].1, "a|b");
        let front = front_matter(yaml).unwrap();
        assert_eq!(&yaml[front.end..], "Mưa\n");
    }

    #[test]
    fn ruled_lines_are_no_front_matter() {
        for text in [
            "",
            "---",
            "---\n---\n",
            "---\nMưa lớn ở miền Bắc.\n---\nTrời mưa.\n",
            "Mưa\n---\ntitle: x\n---\n",
            "---\ntitle: x\nno end\n",
            "+++\nMưa lớn\n+++\n",
        ] {
            assert_eq!(front_matter(text), None, "{text}");
        }
        let far = format!("---\na: b\n{}---\n", "x\n".repeat(LONGEST));
        assert_eq!(front_matter(&far), None);
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let faults = |text| front_matter(text).unwrap().faults;
        assert_eq!(faults("+++\na = 1\nb = x\n+++\n")[0].0, 3);
        assert_eq!(faults("---\na: 1\nwhat is this\n---\n")[0].0, 3);
        assert_eq!(faults("---\na: \"open\n---\n")[0].0, 2);
    }
}
