//! The pages of a feed as XML, one after another.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use roxmltree::{Document, Node};

use super::episode::ListedEpisode;
use super::fault::Level;
use super::inspection::Inspection;
use super::page::{FeedPage, children, text};
use crate::files::bounded;
use crate::model::message::message;
use crate::model::xml;
use crate::podcast::address::BaseAddress;

/// More pages than this are a mistake.
const MOST: usize = 10_000;

/// Reads all pages from the first on; gives how many there are, and their episodes.
pub(super) fn read(
    check: &mut Inspection,
    first: &Path,
    bytes: Vec<u8>,
) -> (usize, Vec<ListedEpisode>) {
    let mut episodes = Vec::new();
    let mut seen: BTreeSet<PathBuf> = BTreeSet::new();
    let mut next = Some((first.to_owned(), Some(bytes)));
    let mut before: Option<PathBuf> = None;
    let mut last: Option<PathBuf> = None;
    let mut guid = None;
    while let Some((file, bytes)) = next.take() {
        if seen.len() >= MOST || !seen.insert(file.clone()) {
            let message = "the pages of the feed form a circle".to_owned();
            check.report(Level::Error, &file, None, message);
            break;
        }
        let bytes = bytes.map_or_else(|| bounded::read(&file, bounded::LISTS), Ok);
        let Ok(bytes) = bytes else {
            let message = "this page of the feed cannot be read, and another one names it; build \
                           the feed again"
                .to_owned();
            check.report(Level::Error, &file, None, message);
            break;
        };
        let Some(source) = utf8(check, &file, bytes) else { break };
        if let Err((line, reason)) = xml::check(&source) {
            check.report(Level::Error, &file, Some(line), reason);
            break;
        }
        let xml = match Document::parse(&source) {
            Ok(xml) => xml,
            Err(error) => {
                let line = Some(error.pos().row as usize);
                check.report(
                    Level::Error,
                    &file,
                    line,
                    message!("not well-formed XML: {error}", error = error.to_string()),
                );
                break;
            }
        };
        let page = FeedPage::new(&file, &xml);
        let Some(channel) = channel(check, &page) else { break };
        if check.base.is_none() {
            check.base = base(check, &page, channel);
        }
        check.show(&page, channel);
        let own = text(channel, "podcast:guid").map(str::to_owned);
        if before.is_some() && own != guid {
            let message = "`podcast:guid` is not that of the first page".to_owned();
            check.report(Level::Error, &file, Some(page.line(channel)), message);
        }
        guid = own;
        episodes
            .extend(children(channel, "item").into_iter().map(|item| check.episode(&page, item)));
        let link = |relation: &str| {
            let links = children(channel, "atom:link").into_iter();
            let mut links = links.filter(|link| link.attribute("rel") == Some(relation));
            links.find_map(|link| link.attribute("href")).map(|url| check.local(url))
        };
        let following = link("next");
        let wrong = [
            ("self", Some(&file), link("self")),
            ("previous", before.as_ref(), link("previous").or_else(|| link("prev"))),
            (
                "first",
                (seen.len() > 1 || following.is_some()).then_some(&first.to_owned()),
                link("first"),
            ),
        ]
        .into_iter()
        .find(|(_, expected, found)| found.as_ref().map(Option::as_ref) != expected.map(Some))
        .map(|(relation, ..)| relation);
        let named_last = link("last").flatten();
        if let Some(relation) = wrong {
            let message = message!(
                "the link `{relation}` does not lead where it should; pages are chained by \
                 self, first, previous, next and last (RFC 5005, section 3)",
                relation
            );
            check.report(Level::Error, &file, Some(page.line(channel)), message);
        }
        match following {
            Some(Some(path)) => next = Some((path, None)),
            Some(None) => {
                let message = message!("the next page is not under {base}", base = check.base());
                check.report(Level::Error, &file, Some(page.line(channel)), message);
            }
            None if seen.len() > 1 && named_last.as_ref() != Some(&file) => {
                let message =
                    "this is the last page, and the link `last` leads to another".to_owned();
                check.report(Level::Error, &file, Some(page.line(channel)), message);
            }
            None => {}
        }
        if last.is_some() && named_last != last {
            let message = "the link `last` is not that of the page before".to_owned();
            check.report(Level::Error, &file, Some(page.line(channel)), message);
        }
        last = named_last;
        before = Some(file);
    }
    (seen.len(), episodes)
}

fn utf8(check: &mut Inspection, file: &Path, bytes: Vec<u8>) -> Option<String> {
    match String::from_utf8(bytes) {
        Ok(source) => Some(source),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            check.report(
                Level::Error,
                file,
                Some(line),
                "not in UTF-8; save it as UTF-8".to_owned(),
            );
            None
        }
    }
}

fn channel<'a>(check: &mut Inspection, page: &FeedPage<'a>) -> Option<Node<'a, 'a>> {
    let root = page.xml.root_element();
    let channel = children(root, "channel").into_iter().next();
    if root.tag_name().name() != "rss" || channel.is_none() {
        let message = "no RSS: the outermost element must be <rss> with a <channel>".to_owned();
        check.report(Level::Error, page.file, Some(page.line(root)), message);
        return None;
    }
    channel
}

/// The address of the folder, from the link of the first page to itself.
fn base(check: &mut Inspection, page: &FeedPage, channel: Node) -> Option<BaseAddress> {
    let own = channel
        .children()
        .find(|node| node.tag_name().name() == "link" && node.attribute("rel") == Some("self"));
    let url = own.and_then(|link| link.attribute("href")).unwrap_or_default();
    let name = page.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let base = BaseAddress::of_file(url, name);
    if base.is_some() {
        return base;
    }
    let message = message!(
        "no link of the feed to itself: write <atom:link rel=\"self\" href=\"https://…/{name}\"/>. \
         Without it the files of the feed cannot be found",
        name
    );
    check.report(Level::Error, page.file, Some(page.line(channel)), message);
    None
}
