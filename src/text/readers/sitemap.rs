//! Sitemaps (sitemaps.org, protocol 0.9): lists of the pages of a site. They hold no text; the pages are
//! fetched one by one.

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;

use super::decode;
use super::reader::Input;
use crate::model::error::Error;
use crate::model::message::message;

/// The most pages of one sitemap that are read: the newest.
const MOST_PAGES: usize = 50;

/// The pages that a sitemap names.
#[derive(Debug, PartialEq, Eq)]
pub struct Sitemap {
    /// The addresses of those that are read: at most 50, the newest first.
    pub addresses: Vec<String>,
    /// How many there are.
    pub listed: usize,
}

/// A page of a sitemap.
#[derive(Default)]
struct Listed {
    address: String,
    /// When it was changed last, in the format of W3C, which sorts as text.
    changed: String,
}

/// The pages of a sitemap; `None` if the source is none.
///
/// # Errors
/// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if it is damaged, lists no page, or lists
/// other sitemaps.
pub fn sitemap(input: &Input<'_>) -> Result<Option<Sitemap>, Error> {
    let start = String::from_utf8_lossy(&input.bytes[..input.bytes.len().min(2048)]);
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    let is_xml = start.starts_with("<?xml") || start.starts_with("<urlset");
    let is_index = is_xml && start.contains("<sitemapindex");
    let is_sitemap = is_index || (is_xml && start.contains("<urlset"));
    if !is_sitemap {
        return Ok(None);
    }
    let text = decode::text(input.clone())?.text;
    let mut pages = pages(&text).map_err(|(at, cause)| {
        let line = text[..at.min(text.len())].matches('\n').count() + 1;
        Error::input(
            input.name,
            message!("is a damaged sitemap, at line {line}: {cause}", line, cause),
        )
    })?;
    let Some(first) = pages.first() else {
        return Err(Error::input(input.name, "is a sitemap that lists nothing"));
    };
    if is_index {
        let reason = message!(
            "lists other sitemaps, not pages: give one of them, such as {address}",
            address = first.address
        );
        return Err(Error::input(input.name, reason));
    }
    let listed = pages.len();
    pages.sort_by(|one, other| other.changed.cmp(&one.changed));
    pages.truncate(MOST_PAGES);
    let addresses = pages.into_iter().map(|page| page.address).collect();
    Ok(Some(Sitemap { addresses, listed }))
}

/// What a sitemap lists, or where and why it is damaged.
fn pages(text: &str) -> Result<Vec<Listed>, (usize, String)> {
    let mut reader = XmlReader::from_str(text);
    let mut pages: Vec<Listed> = Vec::new();
    let mut value = String::new();
    loop {
        let event = reader.read_event();
        match event.map_err(|cause| (reader.error_position() as usize, cause.to_string()))? {
            Event::Start(element) => {
                value.clear();
                if matches!(element.name().as_ref(), "url" | "sitemap") {
                    pages.push(Listed::default());
                }
            }
            Event::Text(part) => value.push_str(&part),
            Event::CData(part) => value.push_str(&part),
            Event::GeneralRef(entity) => {
                value.push_str(&super::builder::decoded(&format!("&{};", &*entity)));
            }
            Event::End(element) => {
                let page = pages.last_mut();
                match (page, element.name().as_ref()) {
                    (Some(page), "loc") => page.address = value.trim().to_owned(),
                    (Some(page), "lastmod") => page.changed = value.trim().to_owned(),
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    pages
        .retain(|page| page.address.starts_with("http://") || page.address.starts_with("https://"));
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Sitemap>, Error> {
        sitemap(&Input { name: "sitemap.xml", bytes: text.as_bytes().into(), ..Input::default() })
    }

    #[test]
    fn the_newest_pages_come_first_and_not_too_many() {
        let url = |at: usize| {
            format!(
                "<url><loc>https://example.org/{at}?a=1&amp;b=2</loc><lastmod>2024-{:02}-01</lastmod>\
                 <image:image><image:loc>https://example.org/a.jpg</image:loc></image:image></url>",
                at % 12 + 1
            )
        };
        let all: String = (0..60).map(url).collect();
        let found =
            read(&format!("<?xml version=\"1.0\"?>\n<urlset>{all}</urlset>")).unwrap().unwrap();
        assert_eq!((found.addresses.len(), found.listed), (MOST_PAGES, 60));
        assert_eq!(found.addresses[0], "https://example.org/11?a=1&b=2");
        let no_dates = "<urlset><url><loc> http://a/1 </loc></url><url><loc>http://a/2</loc></url>\
                        <url><loc>ftp://a/3</loc></url></urlset>";
        assert_eq!(read(no_dates).unwrap().unwrap().addresses, ["http://a/1", "http://a/2"]);
    }

    #[test]
    fn what_lists_no_pages_is_an_error_or_something_else() {
        assert_eq!(read("<?xml version=\"1.0\"?><rss/>").unwrap(), None);
        assert_eq!(read("Bản đồ <urlset>").unwrap(), None);
        let error = |text: &str| read(text).unwrap_err().to_string();
        assert!(error("<urlset></urlset>").contains("lists nothing"));
        let index = "<?xml version=\"1.0\"?><sitemapindex><sitemap><loc>http://a/b.xml</loc></sitemap>\
                     </sitemapindex>";
        assert!(error(index).contains("http://a/b.xml"));
        assert!(error("<urlset>\n<url></urlset>").contains("line 2"));
    }
}
