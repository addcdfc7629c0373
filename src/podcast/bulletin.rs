//! Bulletins: several articles of a show that are one episode, each with its title before it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::bulletin_settings::filled;
use super::date::PublicationTime;
use super::decided::Decided;
use super::metadata::{self, EpisodeKind, EpisodeMetadata, ItemMetadata, ListedItem};
use super::show::Show;
use crate::model::article::{Article, Block, BlockKind, Origin};
use crate::model::diag::Span;
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::metadata::Metadata;
use crate::model::request::Request;
use crate::model::roles;
use crate::model::voice_settings::{PhonemesBy, VoiceSettings};
use crate::text::readers::dates;

/// The titles of the chapters before the first article and after the last.
const OPENING: &str = "Mở đầu";
const END: &str = "Kết";

/// Several articles that are one episode.
pub(super) struct Bulletin {
    /// The folder they are in, below that of the show, or their day.
    pub below: String,
    /// What messages call it.
    pub name: String,
    pub date: PublicationTime,
    /// In the order in which they are heard; at least one.
    pub items: Vec<BulletinItem>,
}

/// One of them.
pub(super) struct BulletinItem {
    /// Its path below the folder of the show.
    pub below: String,
    /// Its file.
    pub file: PathBuf,
    /// As it is read: with its title, and under what a person has decided of it.
    pub article: Article,
    pub metadata: ItemMetadata,
    pub decided: Decided,
    /// By how many bytes its text begins later than as it was read.
    pub moved: usize,
}

impl Bulletin {
    /// The one article that all of them are, with what is said before and after them.
    ///
    /// # Errors
    /// None in practice: it is written into memory.
    pub(super) fn whole(&self, show: &Show) -> Result<Article, Error> {
        let texts = self.texts(show);
        let headlines = self.items.iter().map(|item| item.metadata.title.as_str());
        let headlines = headlines.filter(|_| !texts.headlines.is_empty());
        let opening = lines(BlockKind::Paragraph, &texts.greeting)
            .chain(lines(BlockKind::Paragraph, &texts.headlines))
            .chain(headlines.map(|title| (BlockKind::List, title)));
        let opening = frame("the greeting", OPENING, opening);
        let end = frame("the farewell", END, lines(BlockKind::Paragraph, &texts.farewell));
        let (begins, closes) = (opening.is_some(), end.is_some());
        let items = self.items.iter().map(|item| item.article.clone());
        let all = opening.into_iter().chain(items).chain(end).collect();
        let origin = Origin { name: self.name.clone(), digest: Digest::default() };
        let mut whole = Article::join(all, origin);
        whole.has_separate_parts = true;
        if let Some(first) = whole.parts.first_mut() {
            first.is_frame = begins;
        }
        if let Some(last) = whole.parts.last_mut().filter(|_| closes) {
            last.is_frame = true;
        }
        let parts = whole.parts.iter_mut().filter(|part| !part.is_frame);
        parts.zip(&self.items).for_each(|(part, item)| part.title.clone_from(&item.metadata.title));
        whole.metadata = Metadata {
            title: Some(texts.title),
            date: dates::read(&self.date.day()),
            language: Some(show.language.clone()),
            ..Metadata::default()
        };
        let written = serde_json::to_vec(&whole);
        let written = written.map_err(|error| Error::input(&*self.name, error.to_string()))?;
        whole.origin.digest = Digest::of(&written);
        Ok(whole)
    }

    /// What a feed says of it.
    pub(super) fn metadata(&self, show: &Show) -> EpisodeMetadata {
        let items = self.items.iter().map(|item| ListedItem {
            title: item.metadata.title.clone(),
            link: item.metadata.link.clone(),
            file: item.below.clone(),
        });
        let items: Vec<ListedItem> = items.collect();
        let is_explicit = self.items.iter().any(|item| item.metadata.explicit == Some(true));
        EpisodeMetadata {
            title: self.texts(show).title,
            description: metadata::shortened(&listing(&items)),
            author: None,
            date: self.date.clone(),
            link: None,
            guid: None,
            season: None,
            episode: None,
            kind: EpisodeKind::Full,
            image: None,
            explicit: is_explicit.then_some(true),
            items,
        }
    }

    /// How it is read and spoken, where a show's articles are in this manner; `whole` is its article. The
    /// voices of the bulletin take turns, but for articles that have their own.
    pub(super) fn request(&self, show: &Show, manner: &Request, whole: &Article) -> Request {
        let mut request = manner.clone();
        let turns = show.bulletin.iter().flat_map(|settings| &settings.voices);
        let turns: Vec<&str> = turns.map(|voice| voice.name.as_str()).collect();
        let mut pauses = BTreeMap::new();
        let mut decided = BTreeSet::new();
        for ((number, _, span), item) in whole.items().zip(&self.items) {
            let role = roles::item(number);
            let is_free = manner.heeded.voice && !manner.voices.contains_key(&role);
            let turn = turns.get((number as usize - 1) % turns.len().max(1)).filter(|_| is_free);
            if let Some(voice) = item.decided.voice.clone() {
                decided.insert(role.clone());
                request.add_voice(&role, voice);
            } else if let Some(name) = turn {
                request.add_voice(&role, turn_of(name, &manner.voice));
            }
            for (part, voice) in &item.decided.voices {
                for part in roles::roles(part) {
                    // A language is spoken by one voice, whichever article it is in.
                    let is_of_all = roles::is_language(&part);
                    let role = if is_of_all { part } else { roles::of_item(number, &part) };
                    request.add_voice(&role, voice.clone());
                    decided.insert(role);
                }
            }
            request.reading.lexicons.extend(item.decided.lexicon.clone());
            let moved = span.start + item.moved;
            pauses.extend(item.decided.edits.pauses.iter().map(|(at, pause)| (at + moved, *pause)));
        }
        request.reading.edits.pauses = pauses;
        request.heeded.decided.extend(decided);
        request
    }

    fn texts(&self, show: &Show) -> Texts {
        let (day, count) = (self.date.date(), self.items.len());
        let fill = |text: &str| filled(text, day, count, &show.title);
        let none = || Texts { title: show.title.clone(), ..Texts::default() };
        show.bulletin.as_ref().map_or_else(none, |settings| Texts {
            title: fill(&settings.title),
            greeting: fill(&settings.greeting),
            headlines: fill(&settings.headlines),
            farewell: fill(&settings.farewell),
        })
    }
}

/// A voice that speaks in turns, as fast and as dry as the narrator.
pub(super) fn turn_of(name: &str, narrator: &VoiceSettings) -> VoiceSettings {
    VoiceSettings {
        rate: narrator.rate,
        dry: narrator.dry,
        phonemizer: PhonemesBy::Whoever,
        ..VoiceSettings::of(name)
    }
}

/// What is said of a bulletin and in it.
#[derive(Default)]
struct Texts {
    title: String,
    greeting: String,
    headlines: String,
    farewell: String,
}

/// The lines of a text that say something, each a block.
fn lines(kind: BlockKind, text: &str) -> impl Iterator<Item = (BlockKind, &str)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(move |line| (kind, line))
}

/// What is said before or after the articles, as an article; `None` if nothing is.
fn frame<'a>(
    name: &str,
    title: &str,
    lines: impl Iterator<Item = (BlockKind, &'a str)>,
) -> Option<Article> {
    let mut frame = Article::default();
    for (kind, line) in lines {
        let start = frame.text.len();
        frame.text.push_str(line);
        let span = Span::new(start, frame.text.len());
        frame.blocks.push(Block::new(kind, span, "the show says it in every bulletin"));
        frame.text.push_str("\n\n");
    }
    frame.origin.name = name.to_owned();
    frame.metadata.title = Some(title.to_owned());
    (!frame.blocks.is_empty()).then_some(frame)
}

/// The titles of articles, numbered, each a sentence.
fn listing(items: &[ListedItem]) -> String {
    let lines = items.iter().zip(1..).map(|(item, number)| {
        let is_open = item.title.ends_with(|c: char| c.is_alphanumeric());
        format!("{number}. {}{}", item.title, if is_open { "." } else { "" })
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_ends_as_sentences_do() {
        let item = |title: &str| ListedItem { title: title.to_owned(), ..ListedItem::default() };
        assert_eq!(listing(&[item("Mưa to"), item("Sao thế?")]), "1. Mưa to.\n2. Sao thế?");
    }
}
