//! Two numbers and a sign, as they are written.

/// Two numbers and a sign.
#[derive(Debug, Clone, Copy)]
pub(in crate::text::normalize) struct Pair<'a> {
    /// Index of the first number.
    pub at: usize,
    /// The first number, as written.
    pub first: &'a str,
    /// The sign between them.
    pub sign: Sign,
    /// The second number, as written.
    pub second: &'a str,
}

/// A sign between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text::normalize) enum Sign {
    /// `/`
    Stroke,
    /// `-`
    Hyphen,
    /// A longer dash.
    Dash,
    /// `.`
    Point,
    /// `:`
    Colon,
}

impl Sign {
    /// The sign that a character is.
    pub(in crate::text::normalize) fn of(sign: char) -> Option<Sign> {
        match sign {
            '/' | '⁄' => Some(Sign::Stroke),
            '-' => Some(Sign::Hyphen),
            '–' | '—' => Some(Sign::Dash),
            '.' => Some(Sign::Point),
            ':' => Some(Sign::Colon),
            _ => None,
        }
    }
}

impl<'a> Pair<'a> {
    /// Index after its last lexeme.
    pub(in crate::text::normalize) fn end(&self) -> usize {
        self.at + 3
    }
}
