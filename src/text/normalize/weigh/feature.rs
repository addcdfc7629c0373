//! The features that evidence is made of, and their names in the table of weights.

use std::collections::HashMap;

use super::cues::Cues;

/// One thing that can be seen of a stretch or around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::text::normalize) struct Feature(u16);

/// How many features a group holds at most.
const GROUP: u16 = 128;

/// What a feature speaks of, in the order of the groups.
const GROUPS: [&str; 12] = [
    "bias", "shape", "before1", "before4", "before10", "after1", "after4", "previous", "next",
    "said", "topic", "sense",
];

/// How many features there are.
pub(super) const FEATURES: usize = GROUPS.len() * GROUP as usize;

/// Makes an enum of features of one group, with their names.
macro_rules! features {
    ($(#[doc = $about:literal])* $name:ident in $group:literal { $($(#[doc = $each:literal])* $variant:ident = $text:literal,)* }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::text::normalize) enum $name {
            $($(#[doc = $each])* $variant,)*
        }

        impl $name {
            const NAMES: &'static [&'static str] = &[$($text),*];
        }

        impl From<$name> for Feature {
            fn from(one: $name) -> Feature {
                Feature::of($group, one as u16)
            }
        }
    };
}

features! {
    /// What the stretch itself looks like.
    Flag in 1 {
        /// `/` between two numbers.
        Stroke = "stroke",
        /// `-` between them.
        Hyphen = "hyphen",
        /// A longer dash between them.
        Dash = "dash",
        /// `.` between them.
        Point = "point",
        /// `:` between them.
        Colon = "colon",
        /// White space around the sign.
        Spaced = "spaced",
        /// A day and a month of the calendar.
        Calendar = "calendar",
        /// A day of a feast.
        Feast = "feast",
        /// The first number is smaller.
        Ascends = "ascends",
        /// The numbers are equal.
        Equal = "equal",
        /// The first number is greater.
        Descends = "descends",
        /// The first number begins with a zero.
        ZeroFirst = "zero-first",
        /// The second number begins with a zero.
        ZeroSecond = "zero-second",
        /// The first number is one.
        One = "one",
        /// Both numbers are seven or less.
        Small = "small",
        /// The second number is ten.
        OfTen = "of-ten",
        /// The second number is a hundred.
        OfHundred = "of-hundred",
        /// The second number is twelve or less.
        OfTwelve = "of-twelve",
        /// One of the numbers has three digits or more.
        Long = "long",
        /// Twenty-four of seven: always.
        Always = "always",
        /// The second number can be minutes: two digits below sixty.
        Minutes = "minutes",
        /// It goes on with another date behind a dash.
        StartsRange = "starts-range",
        /// It is in a list of days.
        Listed = "listed",
        /// The second number is one more than the first.
        Next = "next",
        /// It is in a row of two or more that are no days: (25-20, 22-25, 25-18).
        Row = "row",
        /// The numbers add up to ten or a hundred, as shares do: 4/6, 70/30.
        AddsUp = "adds-up",
        /// A name is on either side, as of two teams.
        BetweenNames = "between-names",
    }
}

features! {
    /// What the article is about.
    Topic in 10 {
        /// Matches and players.
        Sport = "sport",
    }
}

features! {
    /// What speaks for a sense of an abbreviation.
    SenseFlag in 11 {
        /// It is the sense that news mean most often.
        Usual = "usual",
        /// It is that, but another is about as usual.
        Rivaled = "rivaled",
        /// No word near speaks for any other sense.
        Unopposed = "unopposed",
        /// A word right beside speaks for it.
        Beside = "beside",
        /// Several conditions hold of which one is on a word right beside.
        BesideAgain = "beside-again",
        /// A word that is near speaks for it.
        Near = "near",
        /// Of the senses that words speak for it is the first of the table.
        First = "first",
        /// The article tells it elsewhere.
        Told = "told",
        /// The article writes its words out elsewhere.
        Written = "written",
        /// It is the sense of the topic of the article.
        Topic = "topic",
    }
}

features! {
    /// What is right before or right after the stretch.
    Neighbor in 7 {
        /// The edge of the block.
        Edge = "edge",
        /// A word in lower case.
        Lower = "lower",
        /// A Vietnamese syllable with a capital.
        Name = "name",
        /// Capitals, or a foreign word with a capital.
        Foreign = "foreign",
        /// Digits.
        Number = "number",
        /// A comma.
        Comma = "comma",
        /// A full stop, an exclamation or a question mark.
        Stop = "stop",
        /// A colon or a semicolon.
        Colon = "colon",
        /// A bracket or a quotation mark.
        Bracket = "bracket",
        /// A dash or a stroke.
        Dash = "dash",
        /// A unit of measure or a sign for one.
        Unit = "unit",
        /// Any other sign.
        Other = "other",
    }
}

/// The classes of readings just before that a feature can speak of.
pub(super) const SAID: [&str; 9] =
    ["date", "score", "time", "fraction", "cardinal", "range", "unit", "code", "abbreviation"];

impl Feature {
    /// That it is of its kind at all.
    pub(super) const BIAS: Feature = Feature(0);

    fn of(group: u16, value: u16) -> Feature {
        debug_assert!(value < GROUP);
        Feature(group * GROUP + value)
    }

    /// A cue of the set `set` among the words before: right before, among the four nearest, among the
    /// ten nearest.
    pub(super) fn before(reach: usize, set: u16) -> Feature {
        Feature::of(
            if reach == 1 {
                2
            } else if reach == 4 {
                3
            } else {
                4
            },
            set,
        )
    }

    /// A cue of the set `set` among the words after: right after, among the four nearest.
    pub(super) fn after(reach: usize, set: u16) -> Feature {
        Feature::of(if reach == 1 { 5 } else { 6 }, set)
    }

    /// A neighbour right after the stretch; one that is right before it is a feature itself.
    pub(super) fn next(neighbor: Neighbor) -> Feature {
        Feature::of(8, neighbor as u16)
    }

    /// That a reading of a class is just before; the index is one of [`SAID`].
    pub(super) fn said(class: usize) -> Feature {
        Feature::of(9, class as u16)
    }

    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Whether it speaks of one candidate alone, not of the whole stretch.
    #[cfg(test)]
    pub(super) fn is_of_candidate(self) -> bool {
        self.0 / GROUP == 11
    }

    /// The feature at an index of the weights, if there is one.
    pub(super) fn at(index: usize) -> Option<Feature> {
        let feature = Feature(index as u16);
        Some(feature).filter(|one| !one.value_name().is_empty())
    }

    fn value_name(self) -> &'static str {
        let value = usize::from(self.0 % GROUP);
        let name = match self.0 / GROUP {
            0 => ["any"].get(value).copied(),
            1 => Flag::NAMES.get(value).copied(),
            2..=6 => Cues::get().set_name(value),
            7 | 8 => Neighbor::NAMES.get(value).copied(),
            9 => SAID.get(value).copied(),
            10 => Topic::NAMES.get(value).copied(),
            11 => SenseFlag::NAMES.get(value).copied(),
            _ => None,
        };
        name.unwrap_or("")
    }

    /// Its name in the table of weights and in explanations: `before4:day`.
    pub(super) fn name(self) -> String {
        format!("{}:{}", GROUPS[usize::from(self.0 / GROUP)], self.value_name())
    }

    /// Every feature, by its name.
    pub(super) fn all() -> HashMap<String, Feature> {
        let features = (0..FEATURES).filter_map(Feature::at);
        features.map(|feature| (feature.name(), feature)).collect()
    }
}
