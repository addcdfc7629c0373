//! The tags of HTML, looked at before a parser is given them: parsers compare each attribute of a tag with
//! all others, so that one tag with many keeps them busy for minutes.

/// What is in these elements is text up to their end tags (HTML Standard, 13.2.6.2 and 13.2.6.4.4).
const RAW: [&str; 7] = ["script", "style", "textarea", "title", "xmp", "iframe", "noframes"];

/// The most attributes that a tag of a page has.
pub(super) fn most_attributes(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut at, mut most) = (0, 0);
    while let Some(open) = html[at..].find('<') {
        at += open;
        let rest = &html[at..];
        if rest.starts_with("<!--") {
            // `<!-->` is a whole comment, and `--!>` ends one too (HTML Standard, 13.2.5.51).
            let ends = ["-->", "--!>"].map(|end| rest[2..].find(end));
            at += ends.into_iter().flatten().min().map_or(rest.len(), |end| 2 + end);
        } else if matches!(bytes.get(at + 1), Some(b'!' | b'?')) {
            at += rest.find('>').unwrap_or(rest.len());
        } else if bytes
            .get(at + 1 + usize::from(rest[1..].starts_with('/')))
            .is_some_and(u8::is_ascii_alphabetic)
        {
            let tag = tag(&bytes[at..]);
            most = most.max(tag.attributes);
            if bytes.get(at + 1) == Some(&b'/') {
                at += tag.end;
                continue;
            }
            let name = rest[1..tag.name_end].to_ascii_lowercase();
            at += tag.end;
            if RAW.contains(&&*name) {
                at += raw_text(&html[at..], &name);
            }
        } else {
            at += 1;
        }
    }
    most
}

/// Where a tag and its name end, counted from its start, and how many attributes it has.
struct Tag {
    name_end: usize,
    end: usize,
    attributes: usize,
}

/// The tag that bytes begin with (HTML Standard, 13.2.5.8 and 13.2.5.32 to 13.2.5.40).
fn tag(bytes: &[u8]) -> Tag {
    let is_gap = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
    let from = |at: usize, ends: &dyn Fn(&u8) -> bool| {
        bytes[at..].iter().position(ends).map_or(bytes.len(), |end| at + end)
    };
    let name_end =
        from(1 + usize::from(bytes.get(1) == Some(&b'/')), &|byte| is_gap(byte) || *byte == b'>');
    let (mut at, mut attributes) = (name_end, 0);
    loop {
        at = from(at, &|byte| !is_gap(byte));
        match bytes.get(at) {
            None => return Tag { name_end, end: at, attributes },
            Some(b'>') => return Tag { name_end, end: at + 1, attributes },
            Some(_) => attributes += 1,
        }
        // An equals sign that a name begins with is part of it.
        at = from(at + 1, &|byte| is_gap(byte) || matches!(byte, b'=' | b'>'));
        let value = from(at, &|byte| !byte.is_ascii_whitespace());
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        at = from(value + 1, &|byte| !byte.is_ascii_whitespace());
        at = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                (from(at + 1, &|byte| byte == quote) + 1).min(bytes.len())
            }
            _ => from(at, &|byte| byte.is_ascii_whitespace() || *byte == b'>'),
        };
    }
}

/// How far the text in an element of this name goes: up to its end tag.
fn raw_text(html: &str, name: &str) -> usize {
    let ends = |(at, _): &(usize, &str)| {
        html.as_bytes()[at + 2..]
            .get(..name.len())
            .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    html.match_indices("</").find(ends).map_or(html.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_parsers_count_them() {
        for (html, most) in [
            ("", 0),
            ("a < b c d", 0),
            ("<p>", 0),
            ("<p/>", 0),
            ("<p a>", 1),
            ("<p a b=c d='e f>' g=\"h i\"/><br j>", 4),
            ("<p\na\n=\n'b c'\nd>", 2),
            ("<p =a=b>", 1),
            ("<p a='b c d", 1),
            ("<p a b c", 3),
            ("</p a b>", 2),
            ("<? <!-- ><p a b c>", 3),
            ("<!doctype html><p a>", 1),
            ("<!-- a --!><p a b>", 2),
            ("<!-- <p a b c> --><p a>", 1),
            ("<!-- <p a b c>", 0),
            ("<!--><p a b c>", 3),
            ("<script a>if (a<b c d e) {}</SCRIPT><p a b>", 2),
            ("<style><p a b></style", 0),
            ("<titled a b>", 2),
            ("<p a=b>c", 1),
        ] {
            assert_eq!(most_attributes(html), most, "{html}");
        }
        let many: String = (0..200_000).map(|at| format!(" a{at}")).collect();
        assert_eq!(most_attributes(&format!("<p{many}>")), 200_000);
    }
}
