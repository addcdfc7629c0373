//! `Phrase`: an utterance as Vietnamese sounds. What `phonemize` gives and `prosody` takes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::error::Error;
use crate::model::message::message;
use crate::model::units::Millis;

/// A lexical tone of the standard orthography. How a tone sounds depends on the dialect and the voice;
/// Central and Southern readings already map `Nga` to `Hoi` where the dialect merges them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// No mark: level (A1).
    Ngang,
    /// Grave: low falling (A2).
    Huyen,
    /// Hook above: dipping (C1).
    Hoi,
    /// Tilde: rising, glottalized in the North (C2).
    Nga,
    /// Acute: rising (B1; D1 in stopped syllables).
    Sac,
    /// Dot below: low, glottalized in the North (B2; D2 in stopped syllables).
    Nang,
}

impl Tone {
    /// All tones in dictionary order of their numbering, 1 to 6.
    pub const ALL: [Tone; 6] =
        [Tone::Ngang, Tone::Huyen, Tone::Hoi, Tone::Nga, Tone::Sac, Tone::Nang];

    /// The conventional number, 1 (ngang) to 6 (nặng).
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// A regional standard of pronunciation.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub enum Dialect {
    /// Hanoi.
    #[default]
    #[serde(rename = "north")]
    Northern,
    /// Huế.
    #[serde(rename = "central")]
    Central,
    /// Saigon.
    #[serde(rename = "south")]
    Southern,
}

impl Dialect {
    /// Every dialect, from north to south.
    pub const ALL: [Dialect; 3] = [Dialect::Northern, Dialect::Central, Dialect::Southern];

    /// The name used in settings and text forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Northern => "north",
            Dialect::Central => "central",
            Dialect::Southern => "south",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads a dialect by its [`name`](Dialect::name).
///
/// # Errors
/// Of kind `Request` for any other word.
impl FromStr for Dialect {
    type Err = Error;

    fn from_str(name: &str) -> Result<Dialect, Error> {
        Dialect::ALL.into_iter().find(|dialect| dialect.name() == name).ok_or_else(|| {
            Error::request(message!("no dialect `{name}`: choose north, central or south", name))
        })
    }
}

macro_rules! phones {
    ($($name:ident $symbol:literal $doc:literal;)*) => {
        /// A speech sound of some Vietnamese dialect, named by its symbol in the International
        /// Phonetic Alphabet. Inventory: Kirby, J. (2011), "Vietnamese (Hanoi Vietnamese)",
        /// JIPA 41(3), with the Central and Southern sounds of Thompson, L. (1965), "A Vietnamese
        /// Reference Grammar". A syllable uses a phone as onset, nucleus or coda; voices key their
        /// data by `symbol`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Phone { $(#[doc = $doc] $name,)* }

        impl Phone {
            /// Every phone, in declaration order.
            pub const ALL: &'static [Phone] = &[$(Phone::$name,)*];

            /// The IPA symbol, unique to the phone.
            #[must_use]
            pub fn symbol(self) -> &'static str {
                match self { $(Phone::$name => $symbol,)* }
            }
        }
    };
}

phones! {
    Glottal "ʔ" "The onset of a syllable written without one (ăn, uống).";
    B "ɓ" "b";
    D "ɗ" "đ";
    P "p" "p: loanword onset, and coda.";
    T "t" "t: onset and coda.";
    Th "tʰ" "th";
    Tr "ʈ" "tr where kept apart from ch.";
    Ch "tɕ" "ch; tr too in the North.";
    K "k" "c, k, q; coda c.";
    F "f" "ph";
    V "v" "v";
    S "s" "x; s too in the North.";
    Sh "ʂ" "s where kept apart from x.";
    Z "z" "d, gi, r in the North.";
    R "ʐ" "r where kept apart from d and gi.";
    J "j" "d, gi (and v) in the South; coda i, y.";
    X "x" "kh";
    Gh "ɣ" "g, gh";
    H "h" "h";
    M "m" "m: onset and coda.";
    N "n" "n: onset and coda.";
    Nh "ɲ" "nh: onset and coda.";
    Ng "ŋ" "ng, ngh; coda ng.";
    L "l" "l";
    W "w" "The glide o, u before the nucleus; coda o, u.";
    A "a" "a";
    AShort "ă" "ă; also the short a of ay, au.";
    E "ɛ" "e";
    EShort "ɛ̆" "The vowel of anh, ach in the North.";
    Ee "e" "ê";
    I "i" "i, y";
    O "ɔ" "o";
    OShort "ɔ̆" "The vowel of ong, oc.";
    Oo "o" "ô";
    Ow "əː" "ơ";
    OwShort "ə̆" "â";
    U "u" "u";
    Uw "ɨ" "ư";
    Ie "iə" "iê, ia, yê, ya";
    Uo "uə" "uô, ua";
    Uwo "ɨə" "ươ, ưa";
    Kh "c" "Coda ch, a fronted stop.";
    Kp "k͡p" "Coda c after o, ô, u: doubly articulated.";
    Ngm "ŋ͡m" "Coda ng after o, ô, u: doubly articulated.";
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

/// One syllable as the chosen dialect sounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Syllable {
    /// The initial consonant; [`Phone::Glottal`] where none is written.
    pub onset: Phone,
    /// Whether the labial glide /w/ is between onset and nucleus (hoa, quả, tuyết).
    pub glide: bool,
    /// The vowel.
    pub nucleus: Phone,
    /// The final consonant or semivowel, if any.
    pub coda: Option<Phone>,
    /// The tone.
    pub tone: Tone,
}

impl Syllable {
    /// Whether the coda is an oral stop, which only sắc and nặng may meet.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        matches!(self.coda, Some(Phone::P | Phone::T | Phone::K | Phone::Kh | Phone::Kp))
    }
}

/// The symbols of the syllable's phones joined by full stops, then the tone's number: `ɗ.iə.ŋ5`.
impl fmt::Display for Syllable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.onset.symbol())?;
        if self.glide {
            f.write_str(".w")?;
        }
        write!(f, ".{}", self.nucleus)?;
        if let Some(coda) = self.coda {
            write!(f, ".{coda}")?;
        }
        write!(f, "{}", self.tone.number())
    }
}

/// The melody of a whole utterance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Intonation {
    /// Falls to its end: statements, titles, captions.
    #[default]
    Statement,
    /// Rises at its end: ends in a question mark.
    Question,
    /// Wider and higher: ends in an exclamation mark.
    Exclamation,
}

/// What a breath group is in its sentence, as far as the melody depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupRole {
    /// Nothing in particular.
    #[default]
    Plain,
    /// An item of a list that goes on after it: cam, quýt … before và táo.
    Item,
    /// It begins with a word that sets it against what was said: nhưng, tuy nhiên.
    Contrast,
}

/// A word of the phrase: some syllables under one index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseWord {
    /// Index of the word in `Utterance::words` that these syllables speak.
    pub word: usize,
    /// Its syllables, at least one.
    pub syllables: Vec<Syllable>,
    /// Whether it is stressed.
    pub is_emphasized: bool,
    /// Whether it is between quotation marks.
    pub is_quoted: bool,
}

/// Words said in one breath, and the silence after them.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseGroup {
    /// The words in order, at least one.
    pub words: Vec<PhraseWord>,
    /// What it is in its sentence.
    pub role: GroupRole,
    /// Silence that follows the group.
    pub pause: Millis,
}

/// An utterance as sounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Breath groups in order, at least one.
    pub groups: Vec<PhraseGroup>,
    /// The melody.
    pub intonation: Intonation,
}

/// One line for each breath group: words separated by spaces, syllables of a word by `-`, the pause
/// last.
impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for group in &self.groups {
            for (i, word) in group.words.iter().enumerate() {
                let space = if i == 0 { "" } else { " " };
                write!(f, "{space}")?;
                for (j, syllable) in word.syllables.iter().enumerate() {
                    let hyphen = if j == 0 { "" } else { "-" };
                    write!(f, "{hyphen}{syllable}")?;
                }
            }
            writeln!(f, " |{}", group.pause.0)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialect_is_read_by_its_name() {
        for dialect in Dialect::ALL {
            assert_eq!(dialect.to_string().parse::<Dialect>().unwrap(), dialect);
        }
        let error = "hanoi".parse::<Dialect>().unwrap_err();
        assert_eq!(error.to_string(), "no dialect `hanoi`: choose north, central or south");
    }

    #[test]
    fn symbols_are_unique() {
        let mut symbols: Vec<_> = Phone::ALL.iter().map(|p| p.symbol()).collect();
        symbols.sort_unstable();
        symbols.dedup();
        assert_eq!(symbols.len(), Phone::ALL.len());
    }
}
