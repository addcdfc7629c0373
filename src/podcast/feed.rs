//! The feed: RSS 2.0 with the tags of Apple Podcasts and of the podcast namespace.
//!
//! Sources: RSS 2.0.11 (rssboard.org/rss-specification) and the RSS Best Practices Profile; "A
//! Podcaster's Guide to RSS" (Apple); the podcast namespace 1.0 (podcastindex.org); RFC 4287 for the
//! link to itself, RFC 5005 section 3 for pages; RSS Content Module for the notes.

use std::io;

use askama::Template;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesPI, BytesText, Event};
use uuid::Uuid;

use super::item::Item;
use super::markup::paragraphs;
use super::metadata::EpisodeMetadata;
use super::show::Show;
use crate::model::digest::Digest;
use crate::model::shown::shown;

/// The namespaces of the tags, with their prefixes.
pub(super) const NAMESPACES: [(&str, &str); 4] = [
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("xmlns:podcast", "https://podcastindex.org/namespace/1.0"),
];

/// The file of the first page of the feed.
pub(super) const FIRST: &str = "feed.xml";

/// What a browser shows of a feed: its style sheet, in CSS. Browsers leave XSLT out from 2026 on.
pub(super) const STYLE: &str = include_str!("templates/feed.css");

/// The file of the style sheet, beside the feed.
pub(super) const STYLE_FILE: &str = "feed.css";

/// A page of the feed.
pub(super) struct Page {
    /// The name of its file.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The pages of the feed of a show, the newest episodes first: as many as are needed, at least one.
/// `items` come in this order. All but the first have names that no other edition of the feed has, so
/// that a first page leads to what belongs to it for as long as that is there.
///
/// # Errors
/// None in practice: it writes into memory.
pub(super) fn pages(
    show: &Show,
    guid: &Uuid,
    image: &str,
    items: &[Item],
) -> io::Result<Vec<Page>> {
    let count = items.len().div_ceil(show.page_size).max(1);
    let edition = |edition: &str| {
        let later = (2..=count).map(|page| format!("feed-{page}.{edition}.xml"));
        let names: Vec<String> = std::iter::once(FIRST.to_owned()).chain(later).collect();
        let feed = Feed { show, guid, image, names: &names };
        let page = |at: usize| {
            let own = items.iter().skip(at * show.page_size).take(show.page_size);
            Ok(Page { name: names[at].clone(), bytes: feed.page(at, items.first(), own)? })
        };
        (0..count).map(page).collect::<io::Result<Vec<Page>>>()
    };
    let unnamed = edition("")?;
    let bytes: Vec<&[u8]> = unnamed.iter().map(|page| &page.bytes[..]).collect();
    edition(&Digest::of_parts(&bytes).to_string()[..LONG_ENOUGH])
}

/// Whether a file in the folder of a feed is a page other than the first, by its name: `feed-2.xml` of
/// older programs, or `feed-2.0123abcd.xml`.
pub(super) fn is_later_page(file: &str) -> bool {
    let Some(own) = file.strip_prefix("feed-").and_then(|rest| rest.strip_suffix(".xml")) else {
        return false;
    };
    let (number, edition) = own.split_once('.').unwrap_or((own, "00000000"));
    let is_hexadecimal = edition.bytes().all(|digit| digit.is_ascii_hexdigit());
    number.parse::<usize>().is_ok() && edition.len() == LONG_ENOUGH && is_hexadecimal
}

struct Feed<'a> {
    show: &'a Show,
    guid: &'a Uuid,
    /// The picture of the show, below the feed's folder.
    image: &'a str,
    /// The files of its pages.
    names: &'a [String],
}

/// So many digits of the digest of an edition tell it from the others.
const LONG_ENOUGH: usize = 8;

type Xml = Writer<Vec<u8>>;

impl Feed<'_> {
    fn page<'a>(
        &self,
        page: usize,
        latest: Option<&Item>,
        mut items: impl Iterator<Item = &'a Item>,
    ) -> io::Result<Vec<u8>> {
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let style = format!("xml-stylesheet type=\"text/css\" href=\"{STYLE_FILE}\"");
        xml.write_event(Event::PI(BytesPI::new(style)))?;
        let rss = xml.create_element("rss").with_attribute(("version", "2.0"));
        rss.with_attributes(NAMESPACES).write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| {
                self.show(xml, page, latest)?;
                items.try_for_each(|item| self.item(xml, item))
            })?;
            Ok(())
        })?;
        let mut bytes = xml.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn show(&self, xml: &mut Xml, page: usize, latest: Option<&Item>) -> io::Result<()> {
        let show = self.show;
        text(xml, "title", &show.title)?;
        text(xml, "link", &show.link)?;
        text(xml, "description", &show.description)?;
        text(xml, "language", &show.language)?;
        if let Some(copyright) = &show.copyright {
            text(xml, "copyright", copyright)?;
        }
        // The present time is not used: the same articles give the same feed.
        if let Some(item) = latest {
            text(xml, "pubDate", &item.metadata.date.rfc2822())?;
            text(xml, "lastBuildDate", &item.metadata.date.rfc2822())?;
        }
        text(xml, "generator", concat!("docbao ", env!("CARGO_PKG_VERSION")))?;
        self.links(xml, page)?;
        let image = show.base_url.join(self.image);
        xml.create_element("image").write_inner_content(|xml| {
            text(xml, "url", &image)?;
            text(xml, "title", &show.title)?;
            text(xml, "link", &show.link)
        })?;
        empty(xml, "itunes:image", &[("href", &image)])?;
        let category =
            xml.create_element("itunes:category").with_attribute(("text", show.category));
        match show.subcategory {
            Some(sub) => category
                .write_inner_content(|xml| empty(xml, "itunes:category", &[("text", sub)]))?,
            None => category.write_empty()?,
        };
        text(xml, "itunes:explicit", truth(show.explicit))?;
        text(xml, "itunes:author", &show.author)?;
        text(xml, "itunes:type", show.kind.name())?;
        xml.create_element("itunes:owner").write_inner_content(|xml| {
            text(xml, "itunes:name", &show.owner.name)?;
            text(xml, "itunes:email", &show.owner.email)
        })?;
        text(xml, "podcast:guid", &self.guid.to_string())?;
        let locked = if show.locked { "yes" } else { "no" };
        text_with(xml, "podcast:locked", &[("owner", &show.owner.email)], locked)?;
        text(xml, "podcast:medium", "podcast")?;
        if let Some(funding) = &show.funding {
            text_with(xml, "podcast:funding", &[("url", &funding.url)], &funding.text)?;
        }
        synthetic(xml)
    }

    /// Where the feed and its other pages are; pages count from 0.
    fn links(&self, xml: &mut Xml, page: usize) -> io::Result<()> {
        let last = self.names.len() - 1;
        let mut links = vec![("self", page)];
        if last > 0 {
            links.extend([("first", 0), ("last", last)]);
            links.extend((page > 0).then(|| ("previous", page - 1)));
            links.extend((page < last).then_some(("next", page + 1)));
        }
        for (relation, to) in links {
            let url = self.show.base_url.join(&self.names[to]);
            let link = [("href", &url[..]), ("rel", relation), ("type", "application/rss+xml")];
            empty(xml, "atom:link", &link)?;
        }
        Ok(())
    }

    fn item(&self, xml: &mut Xml, item: &Item) -> io::Result<()> {
        xml.create_element("item").write_inner_content(|xml| self.episode(xml, item))?;
        Ok(())
    }

    fn episode(&self, xml: &mut Xml, item: &Item) -> io::Result<()> {
        let (show, said) = (self.show, &item.metadata);
        text(xml, "title", &said.title)?;
        text(xml, "link", &self.link(item))?;
        text_with(xml, "guid", &[("isPermaLink", "false")], &item.guid)?;
        text(xml, "pubDate", &said.date.rfc2822())?;
        text(xml, "description", &said.description)?;
        text(
            xml,
            "content:encoded",
            &Notes { said, page: self.page_of(item).as_deref() }.render()?,
        )?;
        let mut sounds = item.sounds.iter();
        if let Some(sound) = sounds.next() {
            let (url, bytes) =
                (show.base_url.join(sound.file.path.as_str()), sound.bytes.to_string());
            let enclosure = [("url", &url[..]), ("length", &bytes), ("type", &sound.file.mime)];
            empty(xml, "enclosure", &enclosure)?;
        }
        text(xml, "itunes:title", &said.title)?;
        text(xml, "itunes:duration", &(item.seconds.round() as u64).to_string())?;
        text(xml, "itunes:explicit", truth(said.explicit.unwrap_or(show.explicit)))?;
        text(xml, "itunes:episodeType", said.kind.name())?;
        if let Some(season) = said.season {
            text(xml, "itunes:season", &season.to_string())?;
            text(xml, "podcast:season", &season.to_string())?;
        }
        if let Some(episode) = said.episode {
            text(xml, "itunes:episode", &episode.to_string())?;
            text(xml, "podcast:episode", &episode.to_string())?;
        }
        if let Some(author) = &said.author {
            text(xml, "itunes:author", author)?;
            let role = [("group", "writing"), ("role", "author")];
            text_with(xml, "podcast:person", &role, author)?;
        }
        if let Some(image) = &item.image {
            empty(xml, "itunes:image", &[("href", &show.base_url.join(image.as_str()))])?;
        }
        for transcript in &item.transcripts {
            let url = show.base_url.join(transcript.path.as_str());
            let attributes = [("url", &url[..]), ("type", &transcript.mime)];
            empty(xml, "podcast:transcript", &attributes)?;
        }
        if let Some(chapters) = &item.chapters {
            let url = show.base_url.join(chapters.path.as_str());
            empty(xml, "podcast:chapters", &[("url", &url), ("type", &chapters.mime)])?;
        }
        for sound in sounds {
            self.alternative(xml, sound, item.seconds)?;
        }
        synthetic(xml)
    }

    fn alternative(
        &self,
        xml: &mut Xml,
        sound: &super::item::SoundRef,
        seconds: f64,
    ) -> io::Result<()> {
        let bytes = sound.bytes.to_string();
        let bitrate = (sound.bytes as f64 * 8.0 / seconds.max(0.001)).round().to_string();
        let attributes = [
            ("type", &sound.file.mime[..]),
            ("length", &bytes),
            ("bitrate", &bitrate),
            ("lang", &self.show.language),
        ];
        let element = xml.create_element("podcast:alternateEnclosure").with_attributes(attributes);
        element.write_inner_content(|xml| {
            empty(
                xml,
                "podcast:source",
                &[("uri", &self.show.base_url.join(sound.file.path.as_str()))],
            )?;
            empty(xml, "podcast:integrity", &[("type", "sri"), ("value", &sound.integrity)])
        })?;
        Ok(())
    }

    /// The page of an episode: that of its article, or where it is read along, or its place on the
    /// show's page.
    fn link(&self, item: &Item) -> String {
        let own = || self.show.base_url.place(item.name.as_str());
        item.metadata.link.clone().or_else(|| self.page_of(item)).unwrap_or_else(own)
    }

    /// The address where an episode is read along.
    fn page_of(&self, item: &Item) -> Option<String> {
        item.page.as_ref().map(|page| self.show.base_url.join(page.as_str()))
    }
}

/// The notes of an episode in HTML.
#[derive(Template)]
#[template(path = "notes.html", escape = "xml")]
struct Notes<'a> {
    said: &'a EpisodeMetadata,
    /// Where it is read along.
    page: Option<&'a str>,
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// That the voice is a machine's, as hosts and apps have agreed to say it: `true` where what is heard
/// is performed by a machine (podcast namespace, discussions 669 and 753).
fn synthetic(xml: &mut Xml) -> io::Result<()> {
    text_with(xml, "podcast:txt", &[("purpose", "ai-content")], "true")
}

fn text(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    text_with(xml, name, &[], value)
}

fn text_with(xml: &mut Xml, name: &str, with: &[(&str, &str)], value: &str) -> io::Result<()> {
    let value = shown(value);
    element(xml, name, with).write_text_content(BytesText::new(&value))?;
    Ok(())
}

fn empty(xml: &mut Xml, name: &str, with: &[(&str, &str)]) -> io::Result<()> {
    element(xml, name, with).write_empty()?;
    Ok(())
}

fn element<'a>(
    xml: &'a mut Xml,
    name: &'a str,
    with: &[(&str, &str)],
) -> quick_xml::writer::ElementWriter<'a, Vec<u8>> {
    let mut element = xml.create_element(name);
    for (name, value) in with {
        element = element.with_attribute((*name, &*shown(value)));
    }
    element
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::files::{FileStem, PathBelow};
    use crate::podcast::date::PublicationTime;
    use crate::podcast::item::{FileRef, SoundRef};
    use crate::podcast::metadata::{EpisodeKind, EpisodeMetadata};
    use crate::podcast::show::EXAMPLE;
    use crate::podcast::{guid, page};

    fn show(settings: &str) -> Show {
        Show::parse(Path::new("podcast.toml"), &format!("{settings}\n{EXAMPLE}")).unwrap()
    }

    fn below(path: String) -> PathBelow {
        PathBelow::parse(path).unwrap()
    }

    /// An episode of which everything is said.
    fn item(number: u32) -> Item {
        let file = |extension: &str, mime: &str| FileRef {
            path: below(format!("episodes/mua-{number}.{extension}")),
            mime: mime.to_owned(),
        };
        let sound = |extension, mime, bytes| SoundRef {
            file: file(extension, mime),
            bytes,
            integrity: "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=".to_owned(),
        };
        let date = format!("2024-03-{number:02}T06:30:00+07:00");
        Item {
            guid: format!("mua-{number}"),
            name: FileStem::parse(format!("mua-{number}")).unwrap(),
            version: 1,
            metadata: EpisodeMetadata {
                title: format!("Mưa <to> & gió \"mạnh\" \u{1}số {number}"),
                description: "Mưa to.\n\nGió mạnh & lạnh.".to_owned(),
                author: Some("Theo <TTXVN>".to_owned()),
                date: PublicationTime::try_from(date).unwrap(),
                link: Some("https://example.org/mua?a=1&b=2".to_owned()),
                guid: None,
                season: Some(2),
                episode: Some(number),
                kind: EpisodeKind::Bonus,
                image: None,
                explicit: Some(true),
                items: Vec::new(),
            },
            sounds: vec![
                sound("mp3", "audio/mpeg", 1_200_000),
                sound("opus", "audio/ogg", 300_000),
            ],
            seconds: 100.4,
            transcripts: vec![file("vtt", "text/vtt"), file("srt", "application/x-subrip")],
            chapters: Some(file("chapters.json", "application/json+chapters")),
            image: Some(below(format!("episodes/mua-{number}.jpg"))),
            pictures: Vec::new(),
            page: Some(below(format!("episodes/mua-{number}.html"))),
        }
    }

    fn golden(name: &str, actual: &str) {
        let path = Path::new("tests/cases/golden").join(name);
        if std::env::var_os("DOCBAO_ACCEPT").is_some() {
            std::fs::write(&path, actual).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), actual, "{name}");
    }

    #[test]
    fn later_pages_are_known_by_their_names() {
        for (name, is) in [
            ("feed.xml", false),
            ("feed-2.xml", true),
            ("feed-12.0123abcd.xml", true),
            ("feed-2.old.xml", false),
            ("feed-x.0123abcd.xml", false),
            ("feed-2.0123abcd.html", false),
        ] {
            assert_eq!(is_later_page(name), is, "{name}");
        }
    }

    #[test]
    fn a_feed_and_a_page_look_like_this() {
        let settings = "copyright = \"© 2024\"\npage_size = 1\nkind = \"serial\"\nlocked = false\n\
                        funding = { url = \"https://example.org/ung-ho\", text = \"Ủng hộ\" }\n";
        let show = show(settings);
        let guid = guid::of_show(&show.base_url.join("feed.xml"));
        let plain = Item {
            metadata: EpisodeMetadata {
                author: None,
                link: None,
                season: None,
                episode: None,
                ..item(4).metadata
            },
            sounds: item(4).sounds[..1].to_vec(),
            transcripts: Vec::new(),
            chapters: None,
            image: None,
            page: None,
            ..item(4)
        };
        let items = [item(5), plain, item(3)];
        let pages = pages(&show, &guid, "cover.jpg", &items).unwrap();
        assert_eq!(pages.len(), 3);
        golden("podcast-feed.xml", std::str::from_utf8(&pages[0].bytes).unwrap());
        golden("podcast-feed-2.xml", std::str::from_utf8(&pages[1].bytes).unwrap());
        golden("podcast-index.html", &page::page(&show, "cover.jpg", &items).unwrap());
    }

    #[test]
    fn a_show_without_episodes_is_a_feed_too() {
        let show = show("");
        let guid = guid::of_show(&show.base_url.join("feed.xml"));
        let pages = pages(&show, &guid, "cover.jpg", &[]).unwrap();
        assert_eq!(pages.len(), 1);
        let text = String::from_utf8(pages.into_iter().next().unwrap().bytes).unwrap();
        assert!(!text.contains("<item>") && !text.contains("lastBuildDate"), "{text}");
    }
}
