//! Names of voices that servers have: addresses.

use percent_encoding::percent_decode_str;

/// Whether a name is the address of a voice of a server: `http://127.0.0.1:8880/v1#bac`.
pub(super) fn is_address(name: &str) -> bool {
    let has = |scheme: &str| {
        name.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    has("http://") || has("https://")
}

/// What the voice of a server is called there, if the name is that of one: what is after the `#` of its
/// address, up to an `&`.
#[must_use]
pub fn remote_name(name: &str) -> Option<String> {
    let (_, fragment) = name.split_once('#').filter(|_| is_address(name))?;
    let called = fragment.split('&').next().unwrap_or_default();
    Some(percent_decode_str(called).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_name_voices_of_servers() {
        assert_eq!(remote_name("HTTP://a:1/v1#b%C3%A1c&model=x").as_deref(), Some("bác"));
        assert_eq!(remote_name("https://a/v1#").as_deref(), Some(""));
        for name in ["bac", "https://a/v1", "voices/http://a#b", "ftp://a#b", "http:/", "giọng#a"]
        {
            assert_eq!(remote_name(name), None, "{name}");
        }
    }
}
