//! Names of character encodings.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::error::Error;
use crate::model::message::message;

/// How the characters of a file are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark; ASCII is part of it.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Microsoft's code page for Vietnamese: tone marks are combining characters.
    Windows1258,
    /// TCVN 5712:1993 VN3, the code of ABC fonts such as .VnTime. Fonts of capitals (.VnTimeH) use
    /// the codes of lower case, so capitals with tone marks may come out in lower case.
    Tcvn3,
    /// VNI for Windows, the code of VNI-Times and similar fonts.
    Vni,
}

impl Encoding {
    /// All of them, in the order messages list them.
    pub const ALL: [Encoding; 6] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Windows1258,
        Encoding::Tcvn3,
        Encoding::Vni,
    ];

    /// The name used in settings and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1258 => "windows-1258",
            Encoding::Tcvn3 => "tcvn3",
            Encoding::Vni => "vni",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Takes the name in any case, with or without hyphens, and the usual other names.
impl FromStr for Encoding {
    type Err = Error;

    fn from_str(name: &str) -> Result<Encoding, Error> {
        let key: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Ok(match key.as_str() {
            "utf8" | "ascii" => Encoding::Utf8,
            "utf16le" | "utf16" => Encoding::Utf16Le,
            "utf16be" => Encoding::Utf16Be,
            "windows1258" | "cp1258" | "1258" => Encoding::Windows1258,
            "tcvn3" | "tcvn" | "tcvn5712" | "abc" | "vn3" => Encoding::Tcvn3,
            "vni" | "vniwin" | "vniwindows" => Encoding::Vni,
            _ => {
                let known = Encoding::ALL.map(Encoding::name).join(", ");
                return Err(Error::request(message!(
                    "`{name}` is not an encoding docbao reads; it reads {known}. Convert other \
                     files to UTF-8 first, for example with `iconv -f VISCII -t UTF-8`",
                    name,
                    known
                )));
            }
        })
    }
}

impl From<Encoding> for String {
    fn from(encoding: Encoding) -> String {
        encoding.name().to_owned()
    }
}

impl TryFrom<String> for Encoding {
    type Error = Error;

    fn try_from(name: String) -> Result<Encoding, Error> {
        name.parse()
    }
}
