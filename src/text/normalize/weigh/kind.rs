//! What a candidate can be, as far as weights tell candidates apart.

/// What a candidate is, as far as weights tell candidates apart. What the sign between two numbers
/// is changes what cues are worth, so the signs have kinds of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text::normalize) enum Kind {
    /// A day and a month: 12/6.
    Date,
    /// A day and a month with a dash: 12-6.
    DashDate,
    /// A day and a month with a point: 12.6.
    PointDate,
    /// A street or house of the name of a day: đường 3/2.
    NamedDate,
    /// A part of a whole: một phần ba.
    Part,
    /// So many of so many, or one to the other: năm trên bảy.
    Ratio,
    /// Two numbers, one after the other, with a stroke: the games of a set, 6/3.
    StrokeScore,
    /// Two numbers, one after the other, with a dash: a score, a row.
    Score,
    /// Two numbers, one after the other, with a colon: a score.
    ColonScore,
    /// One number to the other with a colon: một trên hai mươi.
    ColonRatio,
    /// What the classes of times make of a colon.
    Clock,
    /// What the other classes make of the stretch.
    Rest,
    /// One of the things that an abbreviation stands for.
    Sense,
}

impl Kind {
    /// Every kind with its name in tables and explanations, in the order of the columns of the weights.
    pub(super) const ALL: [(Kind, &'static str); 13] = [
        (Kind::Date, "date"),
        (Kind::DashDate, "date-dash"),
        (Kind::PointDate, "date-point"),
        (Kind::NamedDate, "date-name"),
        (Kind::Part, "part"),
        (Kind::Ratio, "ratio"),
        (Kind::StrokeScore, "score-stroke"),
        (Kind::Score, "score"),
        (Kind::ColonScore, "score-colon"),
        (Kind::ColonRatio, "ratio-colon"),
        (Kind::Clock, "clock"),
        (Kind::Rest, "rest"),
        (Kind::Sense, "sense"),
    ];

    /// Its name in tables and in explanations.
    pub(in crate::text::normalize) fn name(self) -> &'static str {
        Kind::ALL[self as usize].1
    }

    /// The kind of a name.
    pub(super) fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|(_, known)| *known == name).map(|(kind, _)| kind)
    }
}
