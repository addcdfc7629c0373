//! The rules of a robots.txt (RFC 9309): which paths of a host programs may fetch.

use crate::model::message::{Message, message};

/// The name that rules for this program alone have.
const OWN_NAME: &str = "docbao";

/// The rules that hold for this program.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Robots(Vec<Rule>);

/// A line that allows or forbids paths.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    allows: bool,
    /// The start of the paths, in the form of [`octets`]; `*` is any characters, `$` at the end the end.
    pattern: String,
    /// The line as it is written, and its number from 1.
    written: String,
    line: usize,
}

impl From<&Rule> for Message {
    fn from(rule: &Rule) -> Message {
        message!("`{rule}` in line {line}", rule = rule.written, line = rule.line)
    }
}

impl Robots {
    /// The rules in a text: those for this program if there are any, or else those for everyone. What
    /// cannot be understood is passed over.
    pub(super) fn parse(text: &str) -> Robots {
        let (mut own, mut everyone) = (Vec::new(), Vec::new());
        let mut is_named = false;
        // Whom the group is for, and whether its rules have begun.
        let (mut for_own, mut for_all, mut in_rules) = (false, false, false);
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        for (at, line) in text.split(['\n', '\r']).enumerate() {
            let written = line.split('#').next().unwrap_or_default().trim();
            let Some((key, value)) = written.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if in_rules {
                        (for_own, for_all, in_rules) = (false, false, false);
                    }
                    for_own |= names_own(value);
                    for_all |= value.starts_with('*');
                    is_named |= for_own;
                }
                key @ ("allow" | "disallow") => {
                    in_rules = true;
                    // `Disallow:` alone forbids nothing.
                    if value.is_empty() {
                        continue;
                    }
                    let rule = || Rule {
                        allows: key == "allow",
                        pattern: octets(value, true),
                        written: written.to_owned(),
                        line: at + 1,
                    };
                    own.extend(for_own.then(rule));
                    everyone.extend(for_all.then(rule));
                }
                _ => {}
            }
        }
        Robots(if is_named { own } else { everyone })
    }

    /// The rule that forbids a path with its query. The longest rule that fits decides; of two that are
    /// equally long, the one that allows.
    pub(super) fn forbids(&self, path: &str) -> Option<&Rule> {
        let path = octets(path, false);
        let fitting = self.0.iter().filter(|rule| fits(&rule.pattern, &path));
        let decides = fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows));
        decides.filter(|rule| !rule.allows && path != "/robots.txt")
    }
}

/// Whether the name in a `User-agent` line, without a version behind it, is this program's.
fn names_own(value: &str) -> bool {
    let end = value.find(|c: char| !(c.is_ascii_alphabetic() || "-_".contains(c)));
    value[..end.unwrap_or(value.len())].eq_ignore_ascii_case(OWN_NAME)
}

/// A path or a pattern in one form: what need not be percent-encoded is not, all else outside ASCII is,
/// and so are signs of patterns that are meant as themselves (RFC 9309, sections 2.2.2 and 2.2.3).
fn octets(text: &str, is_pattern: bool) -> String {
    let bytes = text.as_bytes();
    let hex = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let mut octets = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let code = (byte == b'%').then(|| Some(hex(at + 1)? * 16 + hex(at + 2)?)).flatten();
        if let Some(code) = code {
            match u8::try_from(code) {
                Ok(plain) if plain.is_ascii_alphanumeric() || b"-._~".contains(&plain) => {
                    octets.push(plain.into());
                }
                _ => octets.push_str(&format!("%{code:02X}")),
            }
            at += 3;
            continue;
        }
        let is_last = at + 1 == bytes.len();
        match byte {
            b'*' if is_pattern => octets.push('*'),
            b'$' if is_pattern && is_last => octets.push('$'),
            b'*' | b'$' => octets.push_str(&format!("%{byte:02X}")),
            byte if byte.is_ascii_graphic() => octets.push(byte.into()),
            byte => octets.push_str(&format!("%{byte:02X}")),
        }
        at += 1;
    }
    octets
}

/// Whether a path begins as a pattern says. `*` is taken for as little as possible: what fits with more
/// also fits with less, because only the last part may have to be at the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let (first, others) = pattern.split_once('*').map_or((pattern, None), |(a, b)| (a, Some(b)));
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let Some(others) = others else { return !is_whole || rest.is_empty() };
    let (middle, last) = others.rsplit_once('*').map_or((None, others), |(a, b)| (Some(a), b));
    for part in middle.into_iter().flat_map(|middle| middle.split('*')) {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    if is_whole { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of the line that forbids a path.
    fn forbidden(text: &str, path: &str) -> Option<usize> {
        Robots::parse(text).forbids(path).map(|rule| rule.line)
    }

    #[test]
    fn paths_fit_patterns() {
        for (pattern, path, expected) in [
            ("/", "/", true),
            ("/", "/a", true),
            ("/a", "/abc", true),
            ("/a", "/A", false),
            ("/a/", "/a", false),
            ("a", "/a", false),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("/a$b", "/a$b", true),
            ("/*.php", "/a/b.php?x", true),
            ("/*.php$", "/a/b.php?x", false),
            ("/*.php$", "/a.php/b.php", true),
            ("*/rieng", "/a/rieng/b", true),
            ("/a*b*c$", "/axbxcxc", true),
            ("/a*b*c$", "/axcxb", false),
            ("/a*$", "/a", true),
            ("/a**b", "/ab", true),
            ("/*?x=", "/a?x=1", true),
            ("/ab*b$", "/ab", false),
            // RFC 9309, section 2.2.2.
            ("/foo/bar?baz=quz", "/foo/bar?baz=quz", true),
            ("/foo/bar/ツ", "/foo/bar/%E3%83%84", true),
            ("/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84", true),
            ("/foo/bar/%62%61%7A", "/foo/bar/baz", true),
            ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", true),
            ("/path/file-with-a-%2A.html", "/path/file-with-a-b.html", false),
            ("/a%2Fb", "/a/b", false),
            ("/100%", "/100%", true),
        ] {
            let fits = fits(&octets(pattern, true), &octets(path, false));
            assert_eq!(fits, expected, "{pattern} and {path}");
        }
    }

    #[test]
    fn the_rules_of_the_right_group_decide() {
        for (text, path, line) in [
            ("", "/a", None),
            ("<html><body>Không có</body></html>", "/a", None),
            ("User-agent: *\nDisallow: /", "/a", Some(2)),
            ("User-agent: *\nDisallow:", "/a", None),
            ("User-agent: *\nDisallow: /a", "/b", None),
            ("User-agent: *\nDisallow: /", "/robots.txt", None),
            ("\u{FEFF}USER-AGENT : * # all\r\n disallow : /a # not this\r\n", "/a", Some(2)),
            ("User-agent: *\rDisallow: /a", "/a", Some(2)),
            ("Disallow: /", "/a", None),
            ("User-agent: other\nDisallow: /", "/a", None),
            // Its own group beats that for everyone, wherever it is.
            ("User-agent: DocBao/2.0\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", None),
            ("User-agent: *\nAllow: /\n\nUser-agent: docbao\nDisallow: /a", "/a", Some(5)),
            ("User-agent: docbao\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", None),
            ("User-agent: docbaobot\nDisallow: /", "/a", None),
            // Groups for the same name are one.
            ("User-agent: docbao\nDisallow: /a\n\nUser-agent: docbao\nDisallow: /b", "/b", Some(5)),
            // A group for several, with lines in it that are no rules.
            ("User-agent: x\nCrawl-delay: 5\nUser-agent: docbao\n\nDisallow: /a", "/a", Some(5)),
            ("User-agent: docbao\nDisallow: /a\nUser-agent: x\nDisallow: /b", "/b", None),
            // The longest rule decides, and of equal ones that which allows.
            ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", None),
            ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", Some(3)),
            ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", None),
            ("User-agent: *\nAllow: /$\nDisallow: /", "/", None),
            ("User-agent: *\nAllow: /$\nDisallow: /", "/a", Some(3)),
        ] {
            assert_eq!(forbidden(text, path), line, "{path} under {text}");
        }
    }

    #[test]
    fn a_rule_is_told_as_it_is_written() {
        let robots = Robots::parse("User-agent: *\nDisallow: /riêng/*.html$ # private");
        let rule = robots.forbids("/ri%C3%AAng/a.html").unwrap();
        assert_eq!(Message::from(rule), "`Disallow: /riêng/*.html$` in line 2");
    }
}
