//! What XML may ask for, before a parser that keeps it all is given it.

use crate::model::message::{Message, message};

/// An element has no more attributes than this: parsers compare each with all others.
const MOST_ATTRIBUTES: usize = 512;

/// Elements are not nested deeper than this.
const DEEPEST: usize = 256;

/// Whether XML is plain enough for a parser that builds a tree of it: few attributes in an element, and
/// not many elements in one another. It is looked at roughly, and once.
///
/// # Errors
/// A sentence, with the line from 1.
pub fn check(text: &str) -> Result<(), (usize, Message)> {
    let bytes = text.as_bytes();
    let (mut at, mut line, mut depth) = (0, 1, 0usize);
    while at < bytes.len() {
        if bytes[at] == b'\n' {
            line += 1;
        }
        if bytes[at] != b'<' {
            at += 1;
            continue;
        }
        for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
            if text[at..].starts_with(open) {
                let end = text[at..].find(close).map_or(bytes.len(), |end| at + end);
                line += count(&bytes[at..end]);
                at = end;
            }
        }
        let first = line;
        let (mut quote, mut attributes, start) = (None, 0, at);
        while at < bytes.len() {
            match (bytes[at], quote) {
                (b'\n', _) => line += 1,
                (b'>', None) => break,
                (mark @ (b'"' | b'\''), None) => (quote, attributes) = (Some(mark), attributes + 1),
                (mark, Some(open)) if mark == open => quote = None,
                _ => {}
            }
            at += 1;
        }
        if attributes > MOST_ATTRIBUTES {
            let reason =
                message!("an element has more than {most} attributes", most = MOST_ATTRIBUTES);
            return Err((first, reason));
        }
        let tag = &bytes[start..at.min(bytes.len())];
        match tag.get(1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) if tag.ends_with(b"/") => {}
            Some(_) => depth += 1,
        }
        if depth > DEEPEST {
            return Err((
                first,
                message!("more than {deepest} elements are in one another", deepest = DEEPEST),
            ));
        }
        at += 1;
    }
    Ok(())
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_cost_a_parser_too_much_is_refused_with_its_line() {
        let attributes = |n: usize| {
            let list: String = (0..n).map(|i| format!(" a{i}='>'")).collect();
            format!("<?xml version='1.0'?>\n<!-- <a> -->\n<r\n{list}/>")
        };
        assert_eq!(check(&attributes(512)), Ok(()));
        assert_eq!(check(&attributes(513)).unwrap_err().0, 3);
        assert_eq!(check(&"<a>".repeat(256)), Ok(()));
        assert_eq!(check(&"<a>\n".repeat(300)).unwrap_err().0, 257);
        assert_eq!(check(&"<a></a><b/><br/>".repeat(1000)), Ok(()));
        assert_eq!(check(&format!("<![CDATA[{}]]>", "<a>".repeat(1000))), Ok(()));
        for odd in ["<", "<!--", "<a", "<a b='", "<![CDATA[", ""] {
            assert_eq!(check(odd), Ok(()), "{odd}");
        }
    }
}
