//! What a feed says of its show.

use roxmltree::Node;

use super::fault::Level;
use super::inspection::Inspection;
use super::page::{FeedPage, children, text};
use super::placeholder;
use crate::files::bounded;
use crate::model::message::{Message, message};
use crate::podcast::artwork::Artwork;
use crate::podcast::category;
use crate::podcast::date::PublicationTime;
use crate::podcast::init::PLACEHOLDER;
use crate::podcast::show::LONGEST_TEXT;

/// What Apple does not accept a show without ("A Podcaster's Guide to RSS", show tags), and RSS 2.0
/// neither (`link`).
const REQUIRED: [&str; 5] = ["title", "link", "description", "language", "itunes:explicit"];

/// What it should have.
const RECOMMENDED: [(&str, &str); 4] = [
    ("itunes:author", "directories show it under the title"),
    ("itunes:owner", "directories write to its address, and ask it whether the show is yours"),
    ("itunes:type", "players order the episodes by it"),
    ("podcast:guid", "directories know the show by it when it moves"),
];

impl Inspection {
    /// Checks what a page says of its show.
    pub(super) fn show<'a>(&mut self, page: &FeedPage<'a>, channel: Node<'a, 'a>) {
        let at = Some(page.line(channel));
        for tag in REQUIRED.into_iter().filter(|tag| text(channel, tag).is_none()) {
            let message = message!("<{tag}> is missing or empty; directories ask for it", tag);
            self.report(Level::Error, page.file, at, message);
        }
        for (tag, why) in RECOMMENDED {
            if children(channel, tag).is_empty() {
                let message = message!("<{tag}> is missing; {why}", tag, why = Message::from(why));
                self.report(Level::Warning, page.file, at, message);
            }
        }
        let mut values = vec![
            ("itunes:explicit", &["true", "false"][..]),
            ("itunes:type", &["episodic", "serial"]),
            ("podcast:locked", &["yes", "no"]),
        ];
        values
            .retain(|(tag, known)| text(channel, tag).is_some_and(|found| !known.contains(&found)));
        for (tag, known) in values {
            let line = children(channel, tag).first().map(|node| page.line(*node));
            let message = message!("<{tag}> must be {known}", tag, known = Message::any_of(known));
            self.report(Level::Error, page.file, line, message);
        }
        if let Some(guid) = text(channel, "podcast:guid")
            && uuid::Uuid::parse_str(guid).is_err()
        {
            let line = children(channel, "podcast:guid").first().map(|node| page.line(*node));
            let message = message!("<podcast:guid> must be a UUID, and `{guid}` is not", guid);
            self.report(Level::Error, page.file, line, message);
        }
        if text(channel, "description").is_some_and(|text| text.len() > LONGEST_TEXT) {
            let message = message!(
                "the description of the show is longer than {longest_text} bytes",
                longest_text = LONGEST_TEXT
            );
            self.report(Level::Error, page.file, at, message);
        }
        self.is_serial |= text(channel, "itunes:type") == Some("serial");
        self.placeholders(page, channel);
        self.date(page, channel, "pubDate");
        self.date(page, channel, "lastBuildDate");
        self.categories(page, channel);
        match children(channel, "itunes:image").first() {
            Some(image) => self.picture(page, *image, true),
            None => {
                let message = "<itunes:image> is missing: directories ask for a picture".to_owned();
                self.report(Level::Error, page.file, at, message);
            }
        }
    }

    /// Checks whether what the show says of itself was filled in.
    fn placeholders<'a>(&mut self, page: &FeedPage<'a>, channel: Node<'a, 'a>) {
        let links = children(channel, "atom:link").into_iter();
        let own = links.filter(|link| link.attribute("rel") == Some("self"));
        let funding = children(channel, "podcast:funding").into_iter();
        let named = own
            .map(|link| (link, link.attribute("href")))
            .chain(funding.map(|node| (node, node.attribute("url"))))
            .chain(children(channel, "link").into_iter().map(|link| (link, link.text())));
        let addresses = named
            .filter_map(|(node, address)| Some((node, placeholder::of_address(address?.trim())?)));
        let owners = children(channel, "itunes:owner").into_iter();
        let emails = owners.flat_map(|owner| children(owner, "itunes:email"));
        let emails =
            emails.filter_map(|node| Some((node, placeholder::of_email(node.text()?.trim())?)));
        for (node, fault) in addresses.chain(emails) {
            self.report(Level::Warning, page.file, Some(page.line(node)), fault);
        }
    }

    /// Checks a date, if there is one, and gives it.
    pub(super) fn date<'a>(
        &mut self,
        page: &FeedPage<'a>,
        parent: Node<'a, 'a>,
        tag: &str,
    ) -> Option<PublicationTime> {
        let date = text(parent, tag)?;
        let read = PublicationTime::parse_rfc2822(date);
        if read.is_none() {
            let line = children(parent, tag).first().map(|node| page.line(*node));
            let message = message!(
                "<{tag}> must be a date such as Tue, 5 Mar 2024 06:30:00 +0700 (RFC 2822), and \
                 `{date}` is not",
                tag,
                date
            );
            self.report(Level::Error, page.file, line, message);
        }
        read
    }

    fn categories<'a>(&mut self, page: &FeedPage<'a>, channel: Node<'a, 'a>) {
        let mains = children(channel, "itunes:category");
        if mains.is_empty() {
            let message = "<itunes:category> is missing: directories sort shows by it".to_owned();
            self.report(Level::Error, page.file, Some(page.line(channel)), message);
        }
        for main in mains {
            let name = main.attribute("text").unwrap_or_default();
            let subs = children(main, "itunes:category");
            let subs = subs.iter().map(|sub| sub.attribute("text").unwrap_or_default());
            let known = category::category(name).and_then(|main| {
                subs.into_iter().try_for_each(|sub| category::subcategory(main, sub).map(|_| ()))
            });
            if let Err(reason) = known {
                self.report(Level::Error, page.file, Some(page.line(main)), reason);
            }
        }
    }

    /// Checks a picture: of the show, or of an episode, for which directories are less strict.
    pub(super) fn picture(&mut self, page: &FeedPage, image: Node, of_show: bool) {
        let line = Some(page.line(image));
        let url = image.attribute("href").unwrap_or_default();
        let Some(file) = self.local(url) else {
            let message = message!("the picture is not under {base}", base = self.base());
            return self.report(Level::Warning, page.file, line, message);
        };
        let Ok(bytes) = bounded::read(&file, bounded::PICTURE) else {
            let message = message!("the picture {file} cannot be read", file = file.display());
            return self.report(Level::Error, page.file, line, message);
        };
        let Some(picture) = Artwork::read(&bytes) else {
            let message = "is neither a JPEG nor a PNG";
            return self.report(Level::Error, &file, None, message);
        };
        let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if !matches!((picture.extension(), extension), ("png", "png") | ("jpg", "jpg" | "jpeg")) {
            let message = message!(
                "is a {mime}, and its name has the extension of another",
                mime = picture.mime
            );
            self.report(Level::Error, &file, None, message);
        }
        if of_show && bytes == PLACEHOLDER {
            let message = "is the placeholder that `docbao podcast init` wrote; put a picture of \
                           your own in its place, and build again";
            self.report(Level::Warning, &file, None, message);
        }
        let level = if of_show { Level::Error } else { Level::Warning };
        for fault in picture.faults() {
            self.report(level, &file, None, fault);
        }
    }
}
