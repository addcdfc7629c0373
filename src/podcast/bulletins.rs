//! The bulletins of a show: which of its articles are one, in which order, and of which day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::bulletin::{Bulletin, BulletinItem};
use super::bulletin_settings::{BulletinSettings, Grouping};
use super::date::PublicationTime;
use super::decided::Decided;
use super::metadata;
use super::request::BuildRequest;
use super::show::Show;
use super::stock::Stock;
use crate::batch::{ArticleFile, Event};
use crate::job::{self, Outcome};
use crate::model::date::PublicationDate;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::request::Source;
use crate::text::readers::{self, dates};

/// What a folder holds of bulletins.
#[derive(Default)]
pub(super) struct Bulletins {
    pub whole: Vec<Bulletin>,
    /// Those that are to stay as they were, by what [`Bulletin::below`] is.
    pub kept: Vec<String>,
    /// The articles that are episodes of their own.
    pub others: Vec<ArticleFile>,
}

/// Finds the bulletins among the articles of a show, and reads them. What cannot be read, and what is a
/// draft, is reported.
///
/// # Errors
/// What `report` gives.
pub(super) fn read(
    show: &Show,
    request: &BuildRequest,
    stock: &Stock,
    files: Vec<ArticleFile>,
    report: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<Bulletins, Error> {
    let mut found = Bulletins::default();
    let Some(settings) = &show.bulletin else {
        found.others = files;
        return Ok(found);
    };
    let mut groups: BTreeMap<String, Vec<BulletinItem>> = BTreeMap::new();
    let mut broken: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let folder = folder_of(&file);
        if settings.by == Grouping::Folder && folder.is_none() {
            found.others.push(file);
            continue;
        }
        let below = file.slashed();
        let day = folder.as_deref().and_then(day_of);
        let read = read_item(show, request, &file).and_then(|(item, notes)| {
            let Some(item) = item else { return Ok((None, notes)) };
            let group = match (settings.by, folder.clone()) {
                (Grouping::Folder, Some(folder)) => folder,
                _ => match item.metadata.date.as_ref().map(PublicationTime::day).or(day) {
                    Some(day) => day,
                    None => return Err(metadata::no_date(&item.article.origin.name)),
                },
            };
            Ok((Some((group, item)), notes))
        });
        match read {
            Ok((item, notes)) => {
                notes.into_iter().try_for_each(|note| report(Event::Note(note)))?;
                match item {
                    Some((group, item)) => groups.entry(group).or_default().push(item),
                    None => {
                        report(Event::Done(
                            &file.path.display().to_string(),
                            None,
                            Outcome::Draft,
                        ))?;
                    }
                }
            }
            Err(error) => {
                report(Event::Done(
                    &file.path.display().to_string(),
                    None,
                    Outcome::Failed(error),
                ))?;
                // The day of what cannot be read is that of the bulletin it was in.
                let known = match settings.by {
                    Grouping::Folder => folder,
                    Grouping::Day => stock.bulletin_of(&below),
                };
                if let Some(group) = known {
                    *broken.entry(group).or_default() += 1;
                }
            }
        }
    }
    for (below, count) in broken {
        let is_left = groups.contains_key(&below);
        if request.skips_failed && is_left {
            continue;
        }
        groups.remove(&below);
        let name = request.folder.join(&below).display().to_string();
        report(Event::Done(&name, None, Outcome::Failed(incomplete(&name, count, is_left))))?;
        found.kept.push(below);
    }
    for (below, items) in groups {
        let name = request.folder.join(&below).display().to_string();
        match date_of(show, settings, &below, &items) {
            Some(date) => found.whole.push(Bulletin { below, name, date, items: in_order(items) }),
            None => {
                let reason = "has no date: name the folder by its day, such as 2024-03-05, or give its \
                              articles a `date`";
                let error = Error::input(&*name, reason);
                report(Event::Done(&name, None, Outcome::Failed(error)))?;
                found.kept.push(below);
            }
        }
    }
    Ok(found)
}

/// The error of a bulletin of which so many articles cannot be had.
pub(super) fn incomplete(name: &str, count: usize, is_left: bool) -> Error {
    let reason = match count {
        1 => message!("stays as it was: an article of it cannot be read aloud"),
        _ => message!("stays as it was: {count} articles of it cannot be read aloud", count),
    };
    let error = Error::input(name, reason);
    match is_left {
        true => error.with_hint(Hint::give("skip_failed", "to make it without them")),
        false => error,
    }
}

/// The first folder on the way to a file, if it is in one.
fn folder_of(file: &ArticleFile) -> Option<String> {
    let below = file.slashed();
    below.split_once('/').map(|(folder, _)| folder.to_owned())
}

/// The day with which the name of a folder begins, `2024-03-05` or `2024-03-05-chieu`.
fn day_of(folder: &str) -> Option<String> {
    let (day, rest) = folder.split_at_checked("2024-03-05".len())?;
    let is_end = !rest.starts_with(|c: char| c.is_ascii_digit());
    day.parse::<Date>().ok().filter(|_| is_end).map(|day| day.to_string())
}

/// When a bulletin is published: on the day that its folder is named by, or else of its newest article.
fn date_of(
    show: &Show,
    settings: &BulletinSettings,
    below: &str,
    items: &[BulletinItem],
) -> Option<PublicationTime> {
    let newest = || items.iter().filter_map(|item| item.metadata.date.as_ref()).max();
    let day = match day_of(below) {
        Some(day) => dates::read(&day)?.day,
        None => dates::read(&newest()?.day())?.day,
    };
    let date = PublicationDate { day, time: settings.time, offset: None };
    PublicationTime::new(&date, show.offset)
}

/// Articles by their `order`, then by name.
fn in_order(mut items: Vec<BulletinItem>) -> Vec<BulletinItem> {
    items.sort_by(|a, b| {
        let order = |item: &BulletinItem| item.metadata.order.unwrap_or(u32::MAX);
        order(a).cmp(&order(b)).then_with(|| readers::natural(&a.below, &b.below))
    });
    items
}

/// An article of a bulletin, unless it is a draft, and notes on its front matter.
fn read_item(
    show: &Show,
    request: &BuildRequest,
    file: &ArticleFile,
) -> Result<(Option<BulletinItem>, Vec<Message>), Error> {
    let decided = Decided::of(&file.path)?;
    let mut article = job::read(&Source::File(file.path.clone()), &request.manner.reading)?;
    decided.describe(&mut article);
    let (metadata, notes) = metadata::read_item(&file.path, &article, show)?;
    let Some(mut metadata) = metadata else { return Ok((None, notes)) };
    metadata.link = metadata.link.take().or_else(|| decided.checked_link());
    let article = decided.edits.apply(&article)?.into_owned();
    let length = article.text.len();
    let article = article.with_headline();
    let moved = article.text.len() - length;
    let (below, file) = (file.slashed(), file.path.clone());
    Ok((Some(BulletinItem { below, file, article, metadata, decided, moved }), notes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_named_by_days() {
        for (folder, day) in [
            ("2024-03-05", Some("2024-03-05")),
            ("2024-03-05-chieu", Some("2024-03-05")),
            ("2024-03-051", None),
            ("2024-02-30", None),
            ("tin", None),
        ] {
            assert_eq!(day_of(folder).as_deref(), day, "{folder}");
        }
    }
}
