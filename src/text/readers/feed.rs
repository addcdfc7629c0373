//! Feeds: RSS 2.0 and Atom (RFC 4287). Each entry is an article, as far as the feed has its text.

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};

use super::attributes::attributes;
use super::builder::{self, Builder};
use super::decode::{self, Decoded};
use super::reader::{Input, Reader};
use super::{dates, dom, refine, tree};
use crate::model::article::{Article, BlockKind};
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::metadata::Metadata;

/// More entries than this are not read.
const MOST_ENTRIES: usize = 2000;

/// The reader of feeds.
pub(super) struct Feed;

impl Reader for Feed {
    fn extensions(&self) -> &'static [&'static str] {
        &["rss", "atom"]
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        let start = String::from_utf8_lossy(&input.bytes[..input.bytes.len().min(2048)]);
        let start = start.trim_start_matches('\u{FEFF}').trim_start();
        let is_xml =
            start.starts_with("<?xml") || start.starts_with("<rss") || start.starts_with("<feed");
        is_xml && ["<rss", "<feed"].iter().any(|root| start.contains(root))
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let name = input.name;
        let Decoded { text, notes } = decode::text(input)?;
        let mut feed = Entries::default();
        let mut reader = XmlReader::from_str(&text);
        loop {
            let event = reader.read_event().map_err(|cause| {
                let at = (reader.error_position() as usize).min(text.len());
                let line = text[..at].matches('\n').count() + 1;
                Error::input(
                    name,
                    message!(
                        "is a damaged feed, at line {line}: {cause}",
                        line,
                        cause = cause.to_string()
                    ),
                )
            })?;
            match event {
                Event::Start(element) => feed.start(&element),
                Event::Empty(element) => {
                    feed.start(&element);
                    feed.end(element.name().as_ref());
                }
                Event::End(element) => feed.end(element.name().as_ref()),
                Event::Text(part) => feed.value.push_str(&part),
                Event::CData(part) => feed.value.push_str(&part),
                Event::GeneralRef(entity) => {
                    feed.value.push_str(&builder::decoded(&format!("&{};", &*entity)));
                }
                Event::Eof => break,
                _ => {}
            }
            if feed.entries.len() > MOST_ENTRIES {
                let reason = message!("is a feed of more than {most} entries", most = MOST_ENTRIES);
                return Err(Error::input(name, reason));
            }
        }
        let title = Some(builder::line(&feed.title)).filter(|title| !title.is_empty());
        let entries = feed.entries.into_iter();
        let articles =
            entries.filter_map(|entry| entry.article(name, title.as_deref()).transpose());
        let mut articles = articles.collect::<Result<Vec<_>, _>>()?;
        match articles.first_mut() {
            Some(first) => first.notes = notes,
            None => {
                return Err(Error::input(name, "is a feed without an entry that has text"));
            }
        }
        Ok(articles)
    }
}

/// An entry of a feed, as its elements say.
#[derive(Default)]
struct Entry {
    title: String,
    /// The whole text, as HTML, or what there is of it.
    content: String,
    summary: String,
    link: String,
    author: String,
    date: String,
    section: String,
}

/// A feed while it is read.
#[derive(Default)]
struct Entries {
    title: String,
    entries: Vec<Entry>,
    /// The entry that is open.
    open: Option<Entry>,
    /// The elements that are open inside it.
    path: Vec<String>,
    /// The text of the innermost element so far.
    value: String,
}

impl Entries {
    fn start(&mut self, element: &BytesStart) {
        let name = element.name().as_ref().to_owned();
        if matches!(&*name, "item" | "entry") {
            self.open = Some(Entry::default());
        }
        if let (Some(entry), "link") = (&mut self.open, &*name) {
            let attribute = |wanted: &str| {
                let mut all = attributes(element).flatten();
                all.find(|one| one.key.as_ref() == wanted).map(|one| one.value.into_owned())
            };
            let is_page = attribute("rel").is_none_or(|rel| rel == "alternate");
            if let Some(href) = attribute("href").filter(|_| is_page) {
                entry.link = href;
            }
        }
        self.path.push(name);
        self.value.clear();
    }

    fn end(&mut self, name: &str) {
        self.path.pop();
        let value = std::mem::take(&mut self.value);
        let is_direct = self.path.last().is_some_and(|of| matches!(&**of, "item" | "entry"));
        if matches!(name, "item" | "entry") {
            self.entries.extend(self.open.take());
            return;
        }
        let Some(entry) = &mut self.open else {
            let of = self.path.last().map(String::as_str);
            if name == "title" && matches!(of, Some("channel" | "feed")) {
                self.title = value;
            }
            return;
        };
        let field = match name {
            "title" if is_direct => &mut entry.title,
            "content:encoded" | "content" if is_direct => &mut entry.content,
            "description" | "summary" if is_direct => &mut entry.summary,
            "link" if is_direct && entry.link.is_empty() => &mut entry.link,
            "dc:creator" | "author" if is_direct && entry.author.is_empty() => &mut entry.author,
            "name" => &mut entry.author,
            "pubDate" | "published" | "dc:date" => &mut entry.date,
            "updated" if entry.date.is_empty() => &mut entry.date,
            "category" if entry.section.is_empty() => &mut entry.section,
            _ => return,
        };
        *field = value;
    }
}

impl Entry {
    /// The entry as an article; `None` if it has no text.
    ///
    /// # Errors
    /// As [`tree::fragment`].
    fn article(self, name: &str, feed: Option<&str>) -> Result<Option<Article>, Error> {
        let filled = |text: &str| Some(builder::line(text)).filter(|text| !text.is_empty());
        let title = filled(&dom::line(&tree::fragment(name, &self.title)?.root()));
        let text = if self.content.trim().is_empty() { self.summary } else { self.content };
        let mut body = Builder::default();
        dom::add(&tree::fragment(name, &text)?.root(), &mut body);
        let mut builder = Builder::default();
        if let Some(title) = &title {
            builder.block(BlockKind::Title, "the title of the entry", title);
        }
        builder.append(body);
        let (mut article, looks) = builder.finish_with_looks();
        refine::blocks(&mut article, &looks);
        article.metadata = Metadata {
            title,
            authors: filled(&self.author).into_iter().collect(),
            date: dates::read(&self.date),
            section: filled(&self.section),
            address: filled(&self.link),
            collection: feed.map(str::to_owned),
            ..Metadata::default()
        };
        Ok((!article.text.trim().is_empty()).then_some(article))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Article>, Error> {
        let input = Input { name: "a.xml", bytes: text.as_bytes().into(), ..Input::default() };
        assert!(Feed.accepts(&input));
        Feed.read(input)
    }

    #[test]
    fn entries_are_articles() {
        let rss = "<?xml version=\"1.0\"?><rss><channel><title>Báo Mẫu</title><link>https://a.vn</link>\
            <item><title>Mưa &amp; gió</title><link>https://a.vn/1</link>\
            <description><![CDATA[<p>Sáng nay <b>mưa</b> to ở miền núi phía Bắc.</p>]]></description>\
            <pubDate>Tue, 05 Mar 2024 06:30:00 +0700</pubDate></item>\
            <item><title></title></item></channel></rss>";
        let articles = read(rss).unwrap();
        assert_eq!(articles.len(), 1);
        assert_eq!(articles[0].text, "Mưa & gió\n\nSáng nay mưa to ở miền núi phía Bắc.\n");
        let metadata = &articles[0].metadata;
        assert_eq!(metadata.collection.as_deref(), Some("Báo Mẫu"));
        assert_eq!(metadata.address.as_deref(), Some("https://a.vn/1"));
        assert_eq!(metadata.date.unwrap().to_string(), "2024-03-05T06:30:00+07:00");
        let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Nhật ký</title><entry>\
            <title>Ngày nắng</title><link rel=\"self\" href=\"x\"/><link href=\"https://b.vn/2\"/>\
            <author><name>Lan</name></author><updated>2024-03-06T01:00:00Z</updated>\
            <content type=\"html\">&lt;p&gt;Hôm nay trời nắng, cả nhà ra đồng.&lt;/p&gt;</content></entry></feed>";
        let articles = read(atom).unwrap();
        assert_eq!(articles[0].metadata.authors, ["Lan"]);
        assert_eq!(articles[0].metadata.address.as_deref(), Some("https://b.vn/2"));
        assert!(articles[0].text.contains("Hôm nay trời nắng"));
    }

    #[test]
    fn what_has_no_text_says_so() {
        let error = |text| read(text).unwrap_err().to_string();
        assert!(error("<rss><channel></channel></rss>").contains("without an entry"));
        assert!(error("<rss>\n<channel></rss>").contains("line 2"));
    }
}
