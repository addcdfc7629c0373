//! What an article says about itself, from its front matter or else from its blocks.

use crate::model::article::{Article, BlockKind};
use crate::model::message::message;
use crate::model::metadata::{Field, FrontMatter, Metadata};
use crate::text::readers::dates;

/// A byline that is longer, in characters, is not a name.
const LONGEST_AUTHOR: usize = 80;

/// The metadata of an article whose blocks and front matter are known. A date in the front matter
/// that cannot be read is added to the front matter's faults.
pub(super) fn find(article: &mut Article) -> Metadata {
    let first = |kind| article.blocks.iter().find(|block| block.kind == kind);
    let line = |block| article.line_of(block);
    let title = first(BlockKind::Title).map(line);
    let byline = first(BlockKind::Byline).map(line);
    let byline = byline.filter(|line| line.chars().count() <= LONGEST_AUTHOR);
    let mut datelines = article.blocks.iter().filter(|block| block.kind == BlockKind::Dateline);
    let dateline = datelines.find_map(|block| dates::read(article.text_of(block)));
    let Some(front) = &mut article.front_matter else {
        let authors = byline.into_iter().collect();
        return Metadata { title, authors, date: dateline, ..Metadata::default() };
    };
    let date = date(front);
    let text = |keys: &[&str]| keys.iter().find_map(|key| front.field(key)).map(Field::text);
    let authors = front.field("author").or_else(|| front.field("authors"));
    Metadata {
        title: text(&["title"]).or(title),
        authors: authors.map_or_else(|| byline.into_iter().collect(), |f| f.values.clone()),
        date: date.or(dateline),
        language: text(&["language", "lang"]),
        section: text(&["section", "category"]),
        description: text(&["description"]),
        cover: text(&["image", "cover"]),
        address: text(&["link", "url"]),
        collection: None,
    }
}

/// The date in a front matter.
fn date(front: &mut FrontMatter) -> Option<crate::model::date::PublicationDate> {
    let (value, line) = front.field("date").map(|field| (field.values.join(" "), field.line))?;
    let found = dates::read(&value);
    if found.is_none() {
        let reason = message!(
            "`{value}` is not a date; write it as 2024-03-05, 2024-03-05 06:30 or \
             2024-03-05T06:30+07:00",
            value
        );
        front.faults.push((line, reason));
    }
    found
}
