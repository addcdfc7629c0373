//! Addresses of the web as they may be shown and kept.

use std::borrow::Cow;

/// A text in which no address has a name and a password before its host: `https://name:word@example.org/a`
/// becomes `https://example.org/a`.
#[must_use]
pub fn without_passwords(text: &str) -> Cow<'_, str> {
    const SLASHES: &str = "://";
    let ends = |c: char| c.is_whitespace() || c.is_control() || "/\\?#\"'`<>“”".contains(c);
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(SLASHES) {
        let (before, place) = rest.split_at(at + SLASHES.len());
        let site = &place[..place.find(ends).unwrap_or(place.len())];
        kept.push_str(before);
        rest = &place[site.rfind('@').map_or(0, |at| at + 1)..];
    }
    if kept.len() + rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(kept + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_passwords_are_left_out() {
        for (text, expected) in [
            ("https://lan:mat-khau@example.org/a?b#c", "https://example.org/a?b#c"),
            ("https://lan@example.org", "https://example.org"),
            ("HTTP://a:b@c@[::1]:80/", "HTTP://[::1]:80/"),
            (
                "cannot read http://a:b@x.vn: no; try `http://c:d@y.vn/`",
                "cannot read http://x.vn: no; try `http://y.vn/`",
            ),
            ("https://example.org/@lan", "https://example.org/@lan"),
            (
                "https://example.org/a?to=lan@example.org",
                "https://example.org/a?to=lan@example.org",
            ),
            ("lan@example.org", "lan@example.org"),
            ("://", "://"),
            ("", ""),
        ] {
            assert_eq!(without_passwords(text), expected);
        }
    }
}
