//! The page of a show: every episode with a player, for people without a podcast program, and for
//! directories that look for the feed.

use std::io;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::address::relative;
use super::item::Item;
use super::markup::paragraphs;
use super::show::{Show, ShowKind};
use crate::model::digest::Digest;
use crate::sound::page::PALETTE;

/// What the template is filled with.
#[derive(Template)]
#[template(path = "show.html", escape = "xml")]
struct ShowPage<'a> {
    show: &'a Show,
    image: &'a str,
    /// In the order in which they are heard: the newest first, or the first of a serial first.
    items: &'a [&'a Item],
    style: &'a str,
    style_digest: &'a str,
    script: &'a str,
    script_digest: &'a str,
}

const STYLE: &str = include_str!("templates/show.css");
const SCRIPT: &str = include_str!("templates/show.js");

/// The page in HTML. It needs nothing but the files beside it: its policy allows the one style sheet and
/// the one script that are in it, by their digests, and pictures and sound by their addresses. `image` is
/// the picture of the show, below the feed's folder; `items` come with the newest first.
///
/// # Errors
/// None in practice: it writes into memory.
pub(super) fn page(show: &Show, image: &str, items: &[Item]) -> io::Result<String> {
    let digest = |text: &str| STANDARD.encode(Digest::of(text.as_bytes()).bytes());
    let style = format!("{PALETTE}{STYLE}");
    let items: Vec<&Item> = match show.kind {
        ShowKind::Episodic => items.iter().collect(),
        ShowKind::Serial => items.iter().rev().collect(),
    };
    let page = ShowPage {
        show,
        image,
        items: &items,
        style: &style,
        style_digest: &digest(&style),
        script: SCRIPT,
        script_digest: &digest(SCRIPT),
    };
    Ok(page.render()?)
}

/// The extension of a file as readers know it: `MP3`.
fn extension(path: &str) -> String {
    path.rsplit('.').next().unwrap_or_default().to_uppercase()
}

/// A length in words: `3 phút 5 giây`.
fn length(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    let parts = [(seconds / 3600, "giờ"), (seconds / 60 % 60, "phút"), (seconds % 60, "giây")];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, unit)| format!("{count} {unit}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn lengths_are_in_words() {
        assert_eq!(super::length(3725.4), "1 giờ 2 phút 5 giây");
        assert_eq!(super::length(60.0), "1 phút");
    }
}
