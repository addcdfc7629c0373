//! A syllable in its parts, as the orthography distinguishes syllables.

use crate::model::phrase::Tone;

macro_rules! letters_of {
    ($(#[$doc:meta])* $name:ident { $($member:ident $spelling:literal)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)] // the members are named by their spellings
        pub enum $name { $($member,)* }

        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [$name] = &[$($name::$member,)*];

            /// How it is written by default.
            #[must_use]
            pub fn spelling(self) -> &'static str {
                match self { $($name::$member => $spelling,)* }
            }

            /// The one that is written so by default.
            #[must_use]
            pub fn spelled(letters: &str) -> Option<$name> {
                match letters { $($spelling => Some($name::$member),)* _ => None }
            }
        }
    };
}

letters_of! {
    /// An initial consonant. Spellings that depend on the next letter (c k q, g gh, ng ngh) are one
    /// onset; `None` is a syllable that starts with its vowel.
    Onset {
        None "" B "b" C "c" Ch "ch" D "d" Dd "đ" G "g" Gi "gi" H "h" Kh "kh" L "l" M "m" N "n"
        Ng "ng" Nh "nh" P "p" Ph "ph" R "r" S "s" T "t" Th "th" Tr "tr" V "v" X "x"
    }
}

letters_of! {
    /// A vowel. `AShort` is also the vowel of ay and au; `OLong` that of oong and ooc; `Ie`, `Uo`
    /// and `Uwo` are also written ia ya, ua and ưa.
    Nucleus {
        A "a" AShort "ă" E "e" Ee "ê" I "i" O "o" OLong "oo" Oo "ô" Ow "ơ" OwShort "â" U "u"
        Uw "ư" Ie "iê" Uo "uô" Uwo "ươ"
    }
}

letters_of! {
    /// A final: the semivowels `I` (also written y) and `U` (also written o), or a consonant.
    Coda { I "i" U "u" M "m" N "n" Ng "ng" Nh "nh" P "p" T "t" C "c" Ch "ch" }
}

impl Coda {
    /// Whether it is an oral stop, which only sắc and nặng may meet.
    #[must_use]
    pub fn is_stop(self) -> bool {
        matches!(self, Coda::P | Coda::T | Coda::C | Coda::Ch)
    }
}

/// What makes a rime: everything of a syllable but its onset and tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rime {
    /// Whether the labial glide is before the nucleus (hoa, quả, tuyết).
    pub glide: bool,
    /// The vowel.
    pub nucleus: Nucleus,
    /// The final, if any.
    pub coda: Option<Coda>,
}

/// A syllable as the orthography distinguishes syllables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WrittenSyllable {
    /// The initial consonant.
    pub onset: Onset,
    /// The rest but for the tone.
    pub rime: Rime,
    /// The tone.
    pub tone: Tone,
    /// Whether the vowel is written with y where i would sound the same (kỹ beside kĩ, quýt beside
    /// quít). Makes no sound; kept so that the syllable is spelled back as it was.
    pub written_y: bool,
}
