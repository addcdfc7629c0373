//! The categories of Apple Podcasts, which directories sort shows by.

use crate::model::message::{Message, message};
use crate::model::tables;

const TABLE: &str = include_str!("tables/categories.tsv");

/// Category and subcategory of a row; the subcategory is empty in the row of the category itself.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    // The table is part of the program; a test reads all of it.
    let rows = tables::rows("categories.tsv", TABLE, &["category", "subcategory"]);
    rows.unwrap_or_default().into_iter().map(|(_, fields)| (fields[0], fields[1]))
}

/// The category that a user means, in Apple's spelling; upper and lower case do not matter.
///
/// # Errors
/// The names there are.
pub(super) fn category(name: &str) -> Result<&'static str, Message> {
    let mains = || rows().filter(|(_, sub)| sub.is_empty()).map(|(main, _)| main);
    find(mains(), name).ok_or_else(|| {
        let names: Vec<_> = mains().collect();
        message!(
            "Apple Podcasts has no category `{name}`; choose one of {names}",
            name,
            names = names.join(", ")
        )
    })
}

/// The subcategory that a user means within a category.
///
/// # Errors
/// The names there are.
pub(super) fn subcategory(category: &str, name: &str) -> Result<&'static str, Message> {
    let subs =
        || rows().filter(|(main, sub)| *main == category && !sub.is_empty()).map(|(_, sub)| sub);
    find(subs(), name).ok_or_else(|| {
        let names: Vec<_> = subs().collect();
        if names.is_empty() {
            return message!("{category} has no subcategories; leave `subcategory` out", category);
        }
        message!(
            "{category} has no subcategory `{name}`; choose one of {names}",
            category,
            name,
            names = names.join(", ")
        )
    })
}

fn find(names: impl Iterator<Item = &'static str>, name: &str) -> Option<&'static str> {
    let mut names = names;
    names.find(|known| known.eq_ignore_ascii_case(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads_whole() {
        tables::rows("categories.tsv", TABLE, &["category", "subcategory"]).unwrap();
        assert_eq!(rows().filter(|(_, sub)| sub.is_empty()).count(), 19);
        for (main, _) in rows() {
            assert!(rows().any(|row| row == (main, "")), "{main} has no row of its own");
        }
    }

    #[test]
    fn names_are_found_or_listed() {
        assert_eq!(category("news"), Ok("News"));
        assert_eq!(subcategory("News", "daily news"), Ok("Daily News"));
        assert!(category("Tin tức").unwrap_err().to_string().contains("True Crime"));
        assert!(subcategory("News", "Books").unwrap_err().to_string().contains("Tech News"));
        assert!(
            subcategory("History", "Books").unwrap_err().to_string().contains("no subcategories")
        );
    }
}
