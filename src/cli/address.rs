//! Addresses of the web among the arguments of commands.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// How long the name of a file may be that is made from an address, in bytes: file systems have room
/// for 255, and an ending is still to come.
const LONGEST: usize = 200;

/// The address that an argument is, and not a path.
pub(super) fn address(argument: &Path) -> Option<&str> {
    let text = argument.to_str()?;
    let begins = |with: &str| text.get(..with.len()).is_some_and(|s| s.eq_ignore_ascii_case(with));
    (begins("http://") || begins("https://")).then_some(text)
}

/// What a file with the page at an address would be called: the last name in its path, or else its
/// host, with the ending `.html`.
pub(super) fn file_name(address: &str) -> PathBuf {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (_, place) = address[..end].split_once("//").unwrap_or(("", address));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = percent_decode_str(last).decode_utf8_lossy();
    let mut name = fit(without_ending(&last));
    if name.is_empty() {
        name = fit(host.rsplit('@').next().unwrap_or_default());
    }
    PathBuf::from(format!("{name}.html"))
}

/// A name without an ending such as `.html`, `.php` or `.aspx`.
fn without_ending(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending))
            if (2..=8).contains(&ending.len())
                && ending.starts_with(|c: char| c.is_ascii_alphabetic())
                && ending.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            stem
        }
        _ => name,
    }
}

/// A name that every file system takes: what some of them do not allow becomes a hyphen, and it is cut
/// where it is too long.
pub(super) fn fit(name: &str) -> String {
    let is_foreign = |c: char| c.is_control() || "/\\:*?\"<>|\u{FFFD}".contains(c);
    let clean: String = name.chars().map(|c| if is_foreign(c) { '-' } else { c }).collect();
    let mut end = clean.len().min(LONGEST);
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    clean[..end].trim_matches([' ', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for text in ["http://a", "https://example.org/bai", "HTTPS://EXAMPLE.ORG/", "http://"] {
            assert_eq!(address(Path::new(text)), Some(text));
        }
        for text in ["http:/a", "https", "bai.html", "./http://a", "-", "", "ftp://a", "httpś://"]
        {
            assert_eq!(address(Path::new(text)), None, "{text}");
        }
    }

    #[test]
    fn a_page_gives_its_file_a_name() {
        let long = format!("https://a.vn/{}", "ă".repeat(300));
        let cut = format!("{}.html", "ă".repeat(100));
        for (address, name) in [
            ("https://example.org/tin/bai-viet-123.html?x=/y", "bai-viet-123.html"),
            ("https://example.org/tin/bai-viet/", "bai-viet.html"),
            ("https://example.org/tin/gia-1.2-trieu", "gia-1.2-trieu.html"),
            ("https://example.org/xem.aspx#muc/2", "xem.html"),
            ("https://example.org/M%C6%B0a%20to", "Mưa to.html"),
            ("https://example.org/a%2F..%2F..%2Fetc", "a-..-..-etc.html"),
            ("https://example.org/%2e%2e", "example.org.html"),
            ("https://example.org/..", "example.org.html"),
            ("https://example.org/a%00b%FF", "a-b-.html"),
            ("https://example.org", "example.org.html"),
            ("https://example.org:8080/?p=7", "example.org-8080.html"),
            ("https://lan:mat-khau@example.org/", "example.org.html"),
            (&long, &cut),
        ] {
            assert_eq!(file_name(address), Path::new(name), "{address}");
        }
    }
}
