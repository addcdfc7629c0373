//! The phrases by which what is printed around an article is known.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::error::Error;
use crate::model::tables;
use crate::text::readers::pieces::Piece;
use crate::text::readers::words::words;

/// What a phrase says about the line it stands in; `tables/phrases.tsv` explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Boilerplate,
    Edge,
    Crumb,
    Footer,
    Related,
    Comments,
    Author,
    Contents,
    Notes,
    Tags,
    Section,
    Byline,
    Speaker,
    Caption,
    Credit,
    /// Who gives pictures, at the start of a credit without a colon: Công an, Báo.
    Giver,
    Count,
    Scene,
    Agency,
    /// The start of a text of news, behind the initials of a paper.
    News,
    /// The same: a part of the day, before a date.
    Day,
    /// Where news is from, at the start of a text that touches it: Hà NộiSáng 5/3.
    Place,
}

impl Role {
    fn parse(name: &str) -> Option<Role> {
        Some(match name {
            "boilerplate" => Role::Boilerplate,
            "edge" => Role::Edge,
            "crumb" => Role::Crumb,
            "footer" => Role::Footer,
            "related" => Role::Related,
            "comments" => Role::Comments,
            "author" => Role::Author,
            "contents" => Role::Contents,
            "notes" => Role::Notes,
            "tags" => Role::Tags,
            "section" => Role::Section,
            "byline" => Role::Byline,
            "speaker" => Role::Speaker,
            "caption" => Role::Caption,
            "credit" => Role::Credit,
            "giver" => Role::Giver,
            "count" => Role::Count,
            "scene" => Role::Scene,
            "agency" => Role::Agency,
            "news" => Role::News,
            "day" => Role::Day,
            "place" => Role::Place,
            _ => return None,
        })
    }

    /// Whether the phrase is compared with the whole line rather than a part of it.
    fn is_whole(self) -> bool {
        matches!(
            self,
            Role::Boilerplate
                | Role::Edge
                | Role::Related
                | Role::Comments
                | Role::Author
                | Role::Contents
                | Role::Notes
                | Role::Tags
                | Role::Section
                | Role::Agency
                | Role::Place
        )
    }
}

#[derive(Default)]
struct Phrases {
    /// By the whole line; a phrase may have two roles (`Bình luận`).
    whole: HashMap<String, Vec<Role>>,
    /// By a part, in small letters as written.
    part: Vec<(Role, &'static str)>,
}

const FILE: &str = "src/text/readers/tables/phrases.tsv";

fn phrases() -> &'static Phrases {
    static TABLE: OnceLock<Phrases> = OnceLock::new();
    TABLE.get_or_init(|| load(include_str!("tables/phrases.tsv")).unwrap_or_default())
}

fn load(text: &'static str) -> Result<Phrases, Error> {
    let mut phrases = Phrases::default();
    for (line, row) in tables::rows(FILE, text, &["role", "phrase", "why"])? {
        let bad = |reason: &str| tables::bad_row(FILE, line, reason);
        let role = Role::parse(row[0]).ok_or_else(|| bad("there is no such role"))?;
        let phrase = row[1];
        if phrase.is_empty() || phrase.to_lowercase() != phrase {
            return Err(bad("the phrase is empty or not in small letters"));
        }
        if phrases.part.contains(&(role, phrase)) {
            return Err(bad("the phrase has a row already"));
        }
        if role.is_whole() {
            phrases.whole.entry(words(phrase).0).or_default().push(role);
        }
        phrases.part.push((role, phrase));
    }
    Ok(phrases)
}

/// Whether the whole piece is a phrase of the role, a count after it aside.
pub(super) fn is_whole(piece: &Piece, role: Role) -> bool {
    !piece.key.is_empty() && is_phrase(piece.key.uncounted(), role)
}

/// Whether a text (an agency's name) is a phrase of the role.
pub(super) fn names(text: &str, role: Role) -> bool {
    is_phrase(&words(text).0, role)
}

fn is_phrase(key: &str, role: Role) -> bool {
    phrases().whole.get(key).is_some_and(|roles| roles.contains(&role))
}

/// Whether a line opens what a site prints around an article.
pub(super) fn opens_site_text(piece: &Piece) -> bool {
    const ROLES: [Role; 6] =
        [Role::Boilerplate, Role::Related, Role::Comments, Role::Contents, Role::Notes, Role::Tags];
    ROLES.iter().any(|&role| is_whole(piece, role))
}

/// Whether the piece is a row of buttons, menu entries or section labels and nothing else.
pub(super) fn is_row_of_links(piece: &Piece) -> bool {
    const LONGEST: usize = 24;
    let words: Vec<&str> =
        piece.key.0.split(' ').filter(|w| !w.bytes().all(|b| b.is_ascii_digit())).collect();
    if words.is_empty() || words.len() > LONGEST {
        return false;
    }
    let known = |phrase: &str| {
        [Role::Boilerplate, Role::Edge, Role::Section].into_iter().any(|r| is_phrase(phrase, r))
    };
    // reached[i]: the first i words are phrases, one after another.
    let mut reached = vec![false; words.len() + 1];
    reached[0] = true;
    for from in 0..words.len() {
        for to in from + 1..=words.len().min(from + 8) {
            if reached[from] && !reached[to] {
                reached[to] = known(&words[from..to].join(" "));
            }
        }
    }
    let all_sections = is_phrase(&words.join(" "), Role::Section);
    reached[words.len()] && !all_sections
}

/// The phrase of the role that the piece starts with, marks before it left out.
pub(super) fn starts_with(piece: &Piece, role: Role) -> Option<&'static str> {
    let bare = piece.lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let starts = |text: &str, phrase: &str| {
        text.strip_prefix(phrase).is_some_and(|rest| {
            !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
        })
    };
    part(role).find(|phrase| starts(&piece.lower, phrase) || starts(bare, phrase))
}

/// Whether a text begins with a phrase of the role.
pub(super) fn begins(text: &str, role: Role) -> bool {
    /// No phrase is longer, in characters.
    const LONGEST: usize = 24;
    let lower: String = text.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    part(role).any(|phrase| {
        lower.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether a line is of counts and what is counted: `12 bình luận`, `8.410 lượt xem - 7 phút đọc`,
/// `4,9/5 (37 bình chọn)`.
pub(super) fn is_count(line: &str) -> bool {
    /// A longer line says more, in characters.
    const LONGEST: usize = 80;
    /// Words that join counts.
    const JOINTS: [&str; 6] = ["từ", "và", "trên", "người", "đang", "trong"];
    if line.chars().count() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let line = line.to_lowercase();
    let mut rest = line.clone();
    for phrase in part(Role::Count) {
        rest = rest.replace(phrase, " ");
    }
    let is_number =
        |word: &str| word.trim_end_matches(['k', 'm']).bytes().all(|b| b.is_ascii_digit());
    let mut words = rest.split(|c: char| !c.is_alphanumeric());
    rest != line && words.all(|word| is_number(word) || JOINTS.contains(&word))
}

/// Whether a phrase of the role stands in the piece.
pub(super) fn contains(piece: &Piece, role: Role) -> bool {
    part(role).any(|phrase| piece.lower.contains(phrase))
}

/// The phrases of a role.
pub(super) fn part(role: Role) -> impl Iterator<Item = &'static str> {
    phrases().part.iter().filter(move |(r, _)| *r == role).map(|(_, phrase)| *phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_loads() {
        assert!(load(include_str!("tables/phrases.tsv")).unwrap().part.len() > 300);
    }

    #[test]
    fn bad_rows_are_named_by_their_line() {
        let error = |text| load(text).err().unwrap().to_string();
        assert!(error("role\tphrase\twhy\nx\ty\tz\n").contains("line 2: there is no such role"));
        assert!(error("role\tphrase\twhy\nedge\tY\tz\n").contains("not in small letters"));
        assert!(error("role\tphrase\twhy\nedge\ty\tz\nedge\ty\tz\n").contains("line 3"));
    }

    #[test]
    fn case_spacing_marks_and_tone_placement_do_not_matter() {
        assert!(words("Hoà bình, hoá học!").same(&words("HÒA  BÌNH - HÓA HỌC")));
        assert!(words("năm 2021- 2026").same(&words("Năm 2021 - 2026")));
        assert!(!words("hòa bình").same(&words("hoa bình")));
        assert_eq!(words("Bình Lục - Ảnh 1").after(&words("bình lục")), Some("anh\u{309} 1"));
    }
}
