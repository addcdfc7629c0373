//! The tags of an article's files.

use crate::model::address::without_passwords;
use crate::model::metadata::Metadata;
use crate::model::shown::shown;
use crate::model::tags::Tags;

/// The given tags, and for the others what the article says. A comment always says that the voice is
/// synthetic, in the language of the listeners. An address is without a password, and nothing has
/// characters that players would obey.
pub(super) fn complete(given: &Tags, metadata: &Metadata, voice: &str) -> Tags {
    let note = format!("Giọng đọc tổng hợp: docbao, giọng {voice}.");
    let comment = match &given.comment {
        Some(comment) => format!("{comment}\n{note}"),
        None => note,
    };
    let day = || metadata.date.map(|date| date.day.to_string());
    let address = given.source_url.as_ref().or(metadata.address.as_ref());
    let language = || metadata.language.clone().or_else(|| Some("vi".to_owned()));
    let tags = Tags {
        title: given.title.clone().or_else(|| metadata.title.clone()),
        author: given.author.clone().or_else(|| metadata.author()),
        album: given.album.clone().or_else(|| metadata.collection.clone()),
        date: given.date.clone().or_else(day),
        language: given.language.clone().or_else(language),
        source_url: address.map(|address| without_passwords(address).into_owned()),
        comment: Some(comment),
        ..given.clone()
    };
    let clean = |text: Option<String>| text.map(|text| shown(&text).into_owned());
    Tags {
        title: clean(tags.title),
        author: clean(tags.author),
        album: clean(tags.album),
        date: clean(tags.date),
        language: clean(tags.language),
        source_url: clean(tags.source_url),
        comment: clean(tags.comment),
        ..tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::readers;

    const ARTICLE: &str = "Mưa lớn ở miền núi\n\n05/03/2024 06:30\n\nTừ đêm nay, các tỉnh miền Bắc có \
        mưa to đến rất to, nhiều nơi trên 100 mm.\n\nNgười dân cần đề phòng lũ quét và sạt lở đất ở \
        vùng núi.\n\nTheo TTXVN\n";

    #[test]
    fn an_article_gives_what_was_not_given() {
        let metadata = readers::article(ARTICLE.to_owned()).metadata;
        let found = complete(&Tags::default(), &metadata, "bac");
        assert_eq!(found.title.as_deref(), Some("Mưa lớn ở miền núi"));
        assert_eq!(found.author.as_deref(), Some("Theo TTXVN"));
        assert_eq!(found.date.as_deref(), Some("2024-03-05"));
        assert_eq!(found.comment.as_deref(), Some("Giọng đọc tổng hợp: docbao, giọng bac."));
        let source_url = Some("https://lan:secret@example.org/a".to_owned());
        let private = Tags { source_url, ..Tags::default() };
        let found = complete(&private, &metadata, "bac");
        assert_eq!(found.source_url.as_deref(), Some("https://example.org/a"));
        let given = Tags {
            title: Some("Mưa".to_owned()),
            comment: Some("Bản tin sáng.".to_owned()),
            album: Some("Báo\u{1b}[31m \u{202e}".to_owned()),
            ..Tags::default()
        };
        let found = complete(&given, &metadata, "bac");
        assert_eq!(found.title.as_deref(), Some("Mưa"));
        assert_eq!(found.album.as_deref(), Some("Báo\u{fffd}[31m \u{fffd}"));
        assert!(found.comment.unwrap().starts_with("Bản tin sáng.\nGiọng đọc tổng hợp"));
    }

    #[test]
    fn a_front_matter_gives_what_the_text_does_not() {
        let front = "---\nauthor: [Một người, Người khác]\ndate: 2024-03-06\nlang: en\nlink: \
            https://example.org/mua\n---\n";
        let metadata = readers::article(format!("{front}{ARTICLE}")).metadata;
        let found = complete(&Tags::default(), &metadata, "bac");
        assert_eq!(found.author.as_deref(), Some("Một người, Người khác"));
        assert_eq!(found.date.as_deref(), Some("2024-03-06"));
        assert_eq!(found.language.as_deref(), Some("en"));
        assert_eq!(found.source_url.as_deref(), Some("https://example.org/mua"));
    }
}
