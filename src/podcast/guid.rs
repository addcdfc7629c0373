//! Identifiers: of a show by the rule of the podcast namespace, of an episode by a rule of our own,
//! both UUIDs of version 5 (RFC 9562, section 5.5), so that nothing depends on chance.

use uuid::{Uuid, uuid};

/// The namespace of shows (podcast namespace, tag `guid`).
const SHOWS: Uuid = uuid!("ead4c236-bf58-58c6-a2c6-a6b28d128cb6");

/// The `podcast:guid` of a show: the UUID of version 5 of its feed's URL without the scheme and without
/// slashes at the end (podcast namespace, tag `guid`).
#[must_use]
pub(super) fn of_show(feed_url: &str) -> Uuid {
    let bare = feed_url.split_once("://").map_or(feed_url, |(_, rest)| rest);
    Uuid::new_v5(&SHOWS, bare.trim_end_matches('/').as_bytes())
}

/// A new identifier for an episode of a show: the UUID of version 5 of the name under which it was
/// first seen, in the namespace of the show.
#[must_use]
pub(super) fn of_episode(show: &Uuid, name: &str) -> Uuid {
    Uuid::new_v5(show, name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples in the namespace's documentation of the tag.
    #[test]
    fn the_published_examples_come_out() {
        let cases = [
            ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
            ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
            ("http://podnews.net/rss//", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ];
        for (url, expected) in cases {
            assert_eq!(of_show(url).to_string(), expected, "{url}");
        }
    }

    #[test]
    fn episodes_have_their_own() {
        let show = of_show("https://example.org/feed.xml");
        assert_ne!(of_episode(&show, "a"), of_episode(&show, "b"));
        assert_ne!(of_episode(&show, "a"), of_episode(&SHOWS, "a"));
    }
}
