//! Roles: the names by which parts of an article are given voices, `quote`, `heading`, `question`, and what
//! people also call them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::error::Error;
use crate::model::message::message;
use crate::model::tables::{bad_row, rows};

const FILE: &str = "src/model/roles.tsv";

/// The role of a stretch between quotation marks and of a block of quoted text.
pub const QUOTE: &str = "quote";

/// What the number of an article comes after, where several are one recording: `item 2`.
const ITEM: &str = "item ";

/// What people call such an article, before its number.
const ITEM_NAMES: [&str; 4] = ["item", "bài", "tin", "article"];

/// The roles of each name.
type Roles = HashMap<&'static str, Vec<&'static str>>;

fn table() -> &'static Roles {
    static ROLES: LazyLock<Roles> = LazyLock::new(|| {
        load(include_str!("roles.tsv")).expect("the embedded table is read in a test")
    });
    &ROLES
}

fn load(text: &'static str) -> Result<Roles, Error> {
    let mut roles = Roles::new();
    for (line, row) in rows(FILE, text, &["name", "role"])? {
        let (name, role) = (row[0], row[1]);
        if part_name(name) != name || role.is_empty() {
            return Err(bad_row(FILE, line, message!("`{name}` is no name in lower case", name)));
        }
        let known = roles.entry(name).or_default();
        if known.contains(&role) {
            return Err(bad_row(
                FILE,
                line,
                message!("{name} is listed twice as {role}", name, role),
            ));
        }
        known.push(role);
    }
    Ok(roles)
}

/// The name of a part as it is compared: in lower case, with single spaces.
#[must_use]
pub fn part_name(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The roles that a name of a part means: `trích` is `quote`, `tiêu đề` both `title` and `heading`, `bài 2`
/// is `item 2`. Any other name, such as that of a speaker, is its own role, in lower case.
#[must_use]
pub fn roles(name: &str) -> Vec<String> {
    let name = part_name(name);
    if let Some(roles) = table().get(&*name) {
        return roles.iter().map(|&role| role.to_owned()).collect();
    }
    let numbered = name.split_once(' ').filter(|(before, _)| ITEM_NAMES.contains(before));
    match numbered.and_then(|(_, number)| number.parse().ok()) {
        Some(number) => vec![item(number)],
        None => vec![name],
    }
}

/// The role of an article of several that are one recording, by its number from 1.
#[must_use]
pub fn item(number: u32) -> String {
    format!("{ITEM}{number}")
}

/// The role of a part of one article of several: `item 2 quote`.
#[must_use]
pub fn of_item(number: u32, role: &str) -> String {
    format!("{ITEM}{number} {role}")
}

/// Whether a role is one of an article of several, or of a part of it.
#[must_use]
pub fn is_of_item(role: &str) -> bool {
    let number = role.strip_prefix(ITEM).and_then(|rest| rest.split(' ').next());
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// Whether a role is another language than Vietnamese, by the primary subtag of BCP 47.
#[must_use]
pub fn is_language(role: &str) -> bool {
    matches!(role.len(), 2 | 3) && role != "vi" && role.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether a role is that of quotations, of all or of those of one article.
#[must_use]
pub fn is_quote(role: &str) -> bool {
    role == QUOTE || (is_of_item(role) && role.ends_with(" quote"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_roles() {
        for (name, meant) in [
            ("Trích", &["quote"][..]),
            ("quote", &["quote"]),
            ("Tiêu  đề", &["title", "heading"]),
            ("Bài 2", &["item 2"]),
            ("item 12", &["item 12"]),
            ("bài hát", &["bài hát"]),
            ("Ông Lê  Nam", &["ông lê nam"]),
            ("tiếng Anh", &["en"]),
        ] {
            assert_eq!(roles(name), meant, "{name}");
        }
        assert!(is_of_item("item 2") && is_of_item("item 2 quote") && !is_of_item("item x"));
        assert!(is_language("en") && !is_language("vi") && !is_language("item 2"));
        assert!(is_quote("quote") && is_quote("item 2 quote") && !is_quote("lan quote"));
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for row in ["Trích\tquote", "trích\t", "trích\tquote\ntrích\tquote"] {
            let text = format!("name\trole\n{row}\n").leak();
            let error = load(text).unwrap_err().to_string();
            assert!(error.contains("line "), "{error}");
        }
    }
}
