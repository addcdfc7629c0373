//! How a text is read where good newsreaders differ.

use std::str::FromStr;

use serde::de::IntoDeserializer;
use serde::de::value::Error as NameError;
use serde::{Deserialize, Serialize};

/// What a listener may prefer. The defaults are those of Hanoi's national broadcasters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// What the text is about: which readings of ambiguous abbreviations and dashes come first.
    pub profile: Profile,
    /// How foreign words are read.
    pub foreign: Foreign,
    /// What becomes of passages in other languages that no voice is there for.
    pub passages: Passages,
    /// How much is said of addresses of the web.
    pub addresses: Addresses,
    /// What is said of a document's number whose type was just named.
    pub documents: Documents,
    /// How numbers are put into words.
    pub style: NumberStyle,
}

/// How numbers are put into words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NumberStyle {
    /// The word for a thousand.
    pub thousand: Thousand,
    /// The word for an empty ten.
    pub zero_ten: ZeroTen,
    /// Whether the zero of `02 Nghị quyết` is said.
    pub leading_zero: LeadingZero,
    /// How two decimals are said.
    pub decimals: Decimals,
    /// How the years of this century are said.
    pub years: Years,
    /// The word for a stroke below money and in a stretch of time.
    pub per: Per,
}

/// Makes an enum whose serialized names are those of settings files and of the command line.
macro_rules! choices {
    ($(#[doc = $about:literal])* $name:ident { $($(#[$attribute:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$attribute])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Its names, as settings give them.
            pub const NAMES: &'static [&'static str] = &[$($text),*];
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(name: &str) -> Result<$name, NameError> {
                $name::deserialize(name.into_deserializer())
            }
        }
    };
}

choices! {
    /// A domain of news.
    Profile {
        /// The one that the words of the article speak of most; news where none is clear.
        #[default] Auto = "auto",
        /// Anything.
        News = "news",
        /// Markets, banks, companies.
        Finance = "finance",
        /// Matches and players.
        Sport = "sport",
        /// Laws, courts, offices.
        Law = "law",
        /// Weather and the sea.
        Weather = "weather",
        /// Hospitals, illnesses, medicine.
        Health = "health",
        /// Schools and examinations.
        Education = "education",
        /// Computers, telephones, programs.
        Technology = "technology",
        /// Music, films, television.
        Show = "show",
        /// Coins that computers keep.
        Crypto = "crypto",
    }
}

choices! {
    /// What becomes of foreign words.
    Foreign {
        /// They stay as written in the spoken text; the phonemizer reads them in Vietnamese
        /// syllables.
        #[default] Keep = "keep",
        /// They are written in Vietnamese syllables in the spoken text: Messi, mét xi.
        Transliterate = "respell",
        /// They are read letter by letter.
        Spell = "spell",
    }
}

choices! {
    /// What becomes of a passage in another language, a sentence or more.
    Passages {
        /// It is read as foreign words are.
        #[default] Read = "read",
        /// It is left out.
        Skip = "skip",
    }
}

choices! {
    /// How much is said of addresses of the web.
    Addresses {
        /// All of them, sign by sign, but of one with a long path the site.
        #[default] Whole = "whole",
        /// The name of the site.
        Domain = "domain",
        /// Nothing.
        Skip = "skip",
    }
}

choices! {
    /// What is said of a document's number whose type was just named: Thông tư số 64/2013/TT-BTC.
    Documents {
        /// The type once, and who issued it: của bộ tài chính.
        #[default] Short = "short",
        /// All that is written: thông tư bộ tài chính.
        Full = "full",
    }
}

choices! {
    /// The word for a thousand.
    Thousand {
        /// Of the North.
        #[default] Nghin = "nghìn",
        /// Of the South.
        Ngan = "ngàn",
    }
}

choices! {
    /// The word for an empty ten: 105 is một trăm linh năm or một trăm lẻ năm.
    ZeroTen {
        /// Of the North.
        #[default] Linh = "linh",
        /// Of the South.
        Le = "lẻ",
    }
}

choices! {
    /// Whether the zero that fills a count is said: 02 Nghị quyết.
    LeadingZero {
        /// hai Nghị quyết.
        #[default] Drop = "drop",
        /// không hai Nghị quyết.
        Say = "say",
    }
}

choices! {
    /// How two decimals are said. One, three or more are said digit by digit in any case.
    Decimals {
        /// 55,61: năm mươi lăm phẩy sáu mươi mốt.
        #[default] Number = "number",
        /// 55,61: năm mươi lăm phẩy sáu một.
        Digits = "digits",
    }
}

choices! {
    /// How the years of this century are said.
    Years {
        /// 2021: hai nghìn không trăm hai mươi mốt.
        #[default] Full = "full",
        /// 2021: hai nghìn hai mươi mốt.
        Short = "short",
    }
}

choices! {
    /// The word for a stroke below money and in a stretch of time: 25.000 đồng/kg, 2h/ngày. Speeds and
    /// densities are said with trên in any case.
    Per {
        /// hai mươi lăm nghìn đồng một ki lô gam.
        #[default] One = "một",
        /// hai mươi lăm nghìn đồng mỗi ki lô gam.
        Each = "mỗi",
        /// hai mươi lăm nghìn đồng trên ki lô gam.
        Over = "trên",
    }
}

impl Per {
    /// The word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Per::One => "một",
            Per::Each => "mỗi",
            Per::Over => "trên",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_others_are_errors_that_name_them() {
        assert_eq!("ngàn".parse(), Ok(Thousand::Ngan));
        assert_eq!("sport".parse(), Ok(Profile::Sport));
        let error = "spot".parse::<Profile>().unwrap_err().to_string();
        assert!(error.contains("`spot`") && error.contains("`sport`"), "{error}");
    }

    #[test]
    fn every_name_is_one_of_its_choices() {
        assert!(Years::NAMES.iter().all(|name| name.parse::<Years>().is_ok()));
        assert!(Foreign::NAMES.iter().all(|name| name.parse::<Foreign>().is_ok()));
    }

    #[test]
    fn options_are_written_and_read_back() {
        let options = Options {
            foreign: Foreign::Transliterate,
            style: NumberStyle { zero_ten: ZeroTen::Le, ..NumberStyle::default() },
            ..Options::default()
        };
        let json = serde_json::to_string(&options).unwrap();
        assert_eq!(
            json,
            r#"{"profile":"auto","foreign":"respell","passages":"read","addresses":"whole","documents":"short","style":{"thousand":"nghìn","zero_ten":"lẻ","leading_zero":"drop","decimals":"number","years":"full","per":"một"}}"#
        );
        assert_eq!(serde_json::from_str::<Options>(&json).unwrap(), options);
    }
}
