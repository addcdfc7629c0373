//! What a feed says of an episode.

use std::path::PathBuf;

use roxmltree::Node;

use super::fault::Level;
use super::inspection::Inspection;
use super::page::{FeedPage, children, text};
use super::{placeholder, said, times};
use crate::files::bounded;
use crate::model::message::{Message, message};
use crate::podcast::date::PublicationTime;

/// An episode as its feed has it, with the files it names.
pub(super) struct ListedEpisode {
    pub page: PathBuf,
    /// The lines where it begins and ends.
    pub line: usize,
    pub last_line: usize,
    pub title: Option<String>,
    /// Its season and its number in it.
    pub number: Option<(u32, u32)>,
    pub guid: Option<String>,
    pub date: Option<PublicationTime>,
    /// Length in seconds.
    pub duration: Option<f64>,
    /// The enclosure, and what can be had instead of it.
    pub sounds: Vec<ListedSound>,
    pub transcripts: Vec<ListedFile>,
    pub chapters: Option<ListedFile>,
    pub image: Option<PathBuf>,
    /// The pictures of its chapters that are in the feed's folder.
    pub pictures: Vec<PathBuf>,
}

/// A sound that an episode names.
pub(super) struct ListedSound {
    pub line: usize,
    pub url: String,
    pub file: Option<PathBuf>,
    pub mime: String,
    pub length: Option<u64>,
    pub integrity: Option<String>,
}

/// Another file that an episode names.
pub(super) struct ListedFile {
    pub line: usize,
    pub file: PathBuf,
    pub mime: String,
}

impl ListedEpisode {
    /// The files it names that are in the feed's folder.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let sounds = self.sounds.iter().filter_map(|sound| sound.file.clone());
        let texts = self.transcripts.iter().chain(&self.chapters).map(|named| named.file.clone());
        sounds.chain(texts).chain(self.image.clone()).chain(self.pictures.clone()).collect()
    }
}

impl Inspection {
    /// Checks what a page says of an episode.
    pub(super) fn episode<'a>(&mut self, page: &FeedPage<'a>, item: Node<'a, 'a>) -> ListedEpisode {
        let line = page.line(item);
        let missing = |check: &mut Inspection, level: Level, tag: &str, why: &str| {
            let message =
                message!("the episode has no <{tag}>: {why}", tag, why = Message::from(why));
            check.report(level, page.file, Some(line), message);
        };
        if text(item, "title").is_none() {
            missing(self, Level::Error, "title", "players show it");
        }
        let guid = text(item, "guid").map(str::to_owned);
        if guid.is_none() {
            missing(self, Level::Error, "guid", "players know episodes by it");
        }
        if text(item, "description").is_none() {
            missing(self, Level::Warning, "description", "players show it before the sound");
        }
        if text(item, "pubDate").is_none() {
            missing(self, Level::Error, "pubDate", "players order episodes by it");
        }
        let date = self.date(page, item, "pubDate");
        self.words(page, item);
        let duration = text(item, "itunes:duration");
        if duration.is_none() {
            missing(self, Level::Warning, "itunes:duration", "players show it before the sound");
        }
        let seconds = duration.and_then(seconds);
        if let (Some(duration), None) = (duration, seconds) {
            let message = message!(
                "<itunes:duration> must be seconds or HH:MM:SS, and `{duration}` is neither",
                duration
            );
            self.report(
                Level::Error,
                page.file,
                self.line_of(page, item, "itunes:duration"),
                message,
            );
        }
        let enclosures = children(item, "enclosure");
        if enclosures.len() != 1 {
            let message = message!(
                "the episode has {enclosures} enclosures instead of one",
                enclosures = enclosures.len()
            );
            self.report(Level::Error, page.file, Some(line), message);
        }
        let mut sounds: Vec<ListedSound> = Vec::new();
        for node in enclosures {
            sounds.push(self.sound(page, node, node.attribute("url"), None));
        }
        for node in children(item, "podcast:alternateEnclosure") {
            let integrity = children(node, "podcast:integrity").into_iter();
            let integrity = integrity.filter(|node| node.attribute("type") == Some("sri"));
            let integrity = integrity.filter_map(|node| node.attribute("value")).next();
            let source = children(node, "podcast:source").first().and_then(|s| s.attribute("uri"));
            sounds.push(self.sound(page, node, source, integrity));
        }
        let transcripts = children(item, "podcast:transcript");
        let transcripts = transcripts.into_iter().filter_map(|node| self.named(page, node));
        let transcripts = transcripts.collect();
        let chapters = children(item, "podcast:chapters").into_iter().next();
        let chapters = chapters.and_then(|node| self.named(page, node));
        let pictures = chapters.iter().flat_map(|file| self.pictures(file)).collect();
        let image = children(item, "itunes:image").into_iter().next();
        if let Some(image) = image {
            self.picture(page, image, false);
        }
        let image = image.and_then(|node| self.local(node.attribute("href")?));
        let last_line = page.last_line(item);
        let page = page.file.to_owned();
        let number = |tag: &str| text(item, tag).and_then(|text| text.parse().ok());
        ListedEpisode {
            page,
            line,
            last_line,
            title: text(item, "title").map(str::to_owned),
            number: number("itunes:episode").map(|it| (number("itunes:season").unwrap_or(1), it)),
            guid,
            date,
            duration: seconds,
            sounds,
            transcripts,
            chapters,
            image,
            pictures,
        }
    }

    /// Checks what is said of an episode for people, and where it leads.
    fn words<'a>(&mut self, page: &FeedPage<'a>, item: Node<'a, 'a>) {
        let mut found = Vec::new();
        if let Some(author) = text(item, "itunes:author") {
            found.extend(said::author_fault(author).map(|fault| ("itunes:author", fault)));
        }
        let description = text(item, "description").filter(|it| text(item, "title") != Some(it));
        if description.is_some_and(said::is_cut) {
            let fault = "the description ends in the middle of a sentence; write a whole one as \
                         `description:` in the front matter";
            found.push(("description", fault.to_string().into()));
        }
        if let Some(link) = text(item, "link") {
            match self.local(link) {
                Some(file) if !file.is_file() => {
                    let fault = message!(
                        "the link {link} leads to a page that is not there; build again",
                        link
                    );
                    found.push(("link", fault));
                }
                Some(_) => {}
                None => found.extend(placeholder::of_address(link).map(|fault| ("link", fault))),
            }
        }
        for (tag, fault) in found {
            self.report(Level::Warning, page.file, self.line_of(page, item, tag), fault);
        }
    }

    fn line_of<'a>(&self, page: &FeedPage<'a>, item: Node<'a, 'a>, tag: &str) -> Option<usize> {
        children(item, tag).first().map(|node| page.line(*node))
    }

    fn sound(
        &mut self,
        page: &FeedPage,
        node: Node,
        url: Option<&str>,
        integrity: Option<&str>,
    ) -> ListedSound {
        let line = page.line(node);
        let url = url.unwrap_or_default().to_owned();
        let file = self.file_of(page, line, &url);
        let length = node.attribute("length").and_then(|length| length.parse().ok());
        if length.is_none() {
            let message = "`length` must be the size of the file in bytes".to_owned();
            self.report(Level::Error, page.file, Some(line), message);
        }
        let mime = node.attribute("type").unwrap_or_default().to_owned();
        let integrity = integrity.map(str::to_owned);
        ListedSound { line, url, file, mime, length, integrity }
    }

    fn named(&mut self, page: &FeedPage, node: Node) -> Option<ListedFile> {
        let line = page.line(node);
        let file = self.file_of(page, line, node.attribute("url").unwrap_or_default())?;
        let mime = node.attribute("type").unwrap_or_default().to_owned();
        Some(ListedFile { line, file, mime })
    }

    /// The pictures of chapters that are in the feed's folder; those that are not there are reported.
    fn pictures(&mut self, chapters: &ListedFile) -> Vec<PathBuf> {
        // What cannot be read is reported with its times.
        let text = bounded::read_text(&chapters.file, bounded::TIMES).unwrap_or_default();
        let mut found = Vec::new();
        for url in times::pictures(&text) {
            match self.local(&url) {
                Some(file) if file.is_file() => found.push(file),
                Some(file) => {
                    let message = message!(
                        "{file}, the picture of a chapter, is not there; build the feed again",
                        file = file.display()
                    );
                    self.report(Level::Error, &chapters.file, None, message);
                }
                None => {}
            }
        }
        found
    }

    /// The file of a URL, if it is there.
    fn file_of(&mut self, page: &FeedPage, line: usize, url: &str) -> Option<PathBuf> {
        let Some(file) = self.local(url) else {
            let message = message!("`{url}` is not under {base}", url, base = self.base());
            self.report(Level::Error, page.file, Some(line), message);
            return None;
        };
        if !file.is_file() {
            let message =
                message!("{file} is not there; build the feed again", file = file.display());
            self.report(Level::Error, page.file, Some(line), message);
            return None;
        }
        Some(file)
    }
}

/// A length as `itunes:duration` has it: seconds, MM:SS or HH:MM:SS.
fn seconds(text: &str) -> Option<f64> {
    let parts: Option<Vec<u32>> = text.split(':').map(|part| part.parse().ok()).collect();
    match parts?[..] {
        [seconds] => Some(f64::from(seconds)),
        [minutes, seconds] => Some(f64::from(minutes) * 60.0 + f64::from(seconds)),
        [hours, minutes, seconds] => {
            Some(f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + f64::from(seconds))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn durations_are_read_in_all_forms() {
        let cases = [("65", Some(65.0)), ("01:05", Some(65.0)), ("1:00:05", Some(3605.0))];
        for (text, expected) in cases.into_iter().chain([("x", None), ("1:2:3:4", None)]) {
            assert_eq!(super::seconds(text), expected, "{text}");
        }
    }
}
