//! The voices that can be installed by name.

use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;

use super::source::Source;
use super::voice_file::VoiceFile;
use crate::files::bounded;
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::phrase::Dialect;
use crate::model::tables::{bad_row, rows};
use crate::voice::installed;

const TABLE: (&str, &str) = ("catalogue.tsv", include_str!("tables/catalogue.tsv"));

const COLUMNS: [&str; 16] = [
    "name",
    "dialect",
    "sex",
    "speakers",
    "quality",
    "sample_rate",
    "licence",
    "card",
    "model",
    "model_bytes",
    "model_sha256",
    "model_md5",
    "config_bytes",
    "config_sha256",
    "config_md5",
    "about",
];

/// A table of voices that can be installed by name.
#[derive(Debug, Clone)]
pub struct Catalogue {
    entries: Vec<Entry>,
}

/// What is known of a voice that can be installed. `None` is what is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Whose Vietnamese it speaks.
    pub dialect: Option<Dialect>,
    /// Who speaks.
    pub sex: Option<Sex>,
    /// How many it can speak as.
    pub speakers: Option<u32>,
    /// Piper's level of quality.
    pub quality: Option<String>,
    /// Samples per second.
    pub sample_rate: Option<u32>,
    /// The licence of its recordings.
    pub licence: String,
    /// The page that describes it.
    pub card: Option<String>,
    /// What whoever publishes with it should know.
    pub about: Option<String>,
    /// Where its files are.
    pub source: Source,
    /// Its model.
    pub model: Expected,
    /// Its configuration.
    pub config: Expected,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// A woman.
    Female,
    /// A man.
    Male,
    /// Several speakers, women and men.
    Mixed,
}

/// What is known of a file beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// Its length.
    pub bytes: Option<u64>,
    /// Its SHA-256.
    pub sha256: Option<Digest>,
    /// Its MD5 (RFC 1321), which shows damage but not malice.
    pub md5: Option<[u8; 16]>,
}

impl Entry {
    /// What is known of a file of it.
    pub(super) fn expected(&self, file: VoiceFile) -> &Expected {
        match file {
            VoiceFile::Model => &self.model,
            VoiceFile::Config => &self.config,
        }
    }
}

impl Sex {
    /// The name used in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Mixed => "mixed",
        }
    }
}

impl Catalogue {
    /// The voices that the program knows.
    ///
    /// # Errors
    /// Of kind `Table` if the table inside the program is damaged.
    pub fn built_in() -> Result<Catalogue, Error> {
        Catalogue::parse(TABLE.0, TABLE.1)
    }

    /// The table in a file.
    ///
    /// # Errors
    /// Of kind `Read` if it cannot be read as text; of kind `Table` if a row says something it
    /// cannot.
    pub fn read(path: &Path) -> Result<Catalogue, Error> {
        let text = bounded::read_text(path, bounded::LISTS);
        let text = text.map_err(|cause| Error::read(path, cause))?;
        Catalogue::parse(&path.display().to_string(), &text)
    }

    /// A table; `file` is what messages call it.
    ///
    /// # Errors
    /// Of kind `Table` if a row says something it cannot.
    pub fn parse(file: &str, text: &str) -> Result<Catalogue, Error> {
        let mut names = BTreeSet::new();
        let mut entries = Vec::new();
        for (line, fields) in rows(file, text, &COLUMNS)? {
            let entry = entry(&fields).map_err(|reason| bad_row(file, line, reason))?;
            if !names.insert(entry.name.clone()) {
                let reason = message!("there is a voice {entry} already", entry = entry.name);
                return Err(bad_row(file, line, reason));
            }
            entries.push(entry);
        }
        Ok(Catalogue { entries })
    }

    /// All voices, in the order of the table.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A voice by its name.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

fn entry(fields: &[&str]) -> Result<Entry, Message> {
    let field = |column: &str| {
        let at = COLUMNS.iter().position(|name| *name == column).unwrap_or_default();
        Some(fields[at]).filter(|field| *field != "-")
    };
    let needed = |column: &str| {
        field(column)
            .filter(|text| !text.is_empty())
            .ok_or(message!("the {column} is missing", column))
    };
    let text = |column: &str| field(column).map(str::to_owned);
    let number = |column: &str| field(column).map(|text| positive(column, text)).transpose();
    let small = |column: &str| -> Result<Option<u32>, Message> {
        let wrong = |_| message!("the {column} is too large", column);
        number(column)?.map(|number| u32::try_from(number).map_err(wrong)).transpose()
    };
    let expected = |file: &str| -> Result<Expected, Message> {
        let sha256 = field(&format!("{file}_sha256")).map(str::parse::<Digest>).transpose();
        let md5 = field(&format!("{file}_md5")).map(md5).transpose();
        Ok(Expected { bytes: number(&format!("{file}_bytes"))?, sha256: sha256?, md5: md5? })
    };
    let name = needed("name")?;
    if !installed::is_name(name) {
        return Err(message!("`{name}` cannot be the name of a voice", name));
    }
    let model = needed("model")?;
    let source: Source = model.parse().map_err(|error: Error| Message::from(&error))?;
    if !matches!(source, Source::Url(_)) {
        return Err(message!("`{model}` is no address: it begins with http:// or https://", model));
    }
    let dialect = field("dialect").map(Dialect::from_str).transpose();
    Ok(Entry {
        name: name.to_owned(),
        dialect: dialect.map_err(|error| Message::from(&error))?,
        sex: field("sex").map(sex).transpose()?,
        speakers: small("speakers")?,
        quality: text("quality"),
        sample_rate: small("sample_rate")?,
        licence: needed("licence")?.to_owned(),
        card: text("card"),
        about: text("about"),
        source,
        model: expected("model")?,
        config: expected("config")?,
    })
}

fn positive(column: &str, text: &str) -> Result<u64, Message> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or(message!("{column}: `{text}` is no number of 1 or more", column, text))
}

fn sex(text: &str) -> Result<Sex, Message> {
    let all = [Sex::Female, Sex::Male, Sex::Mixed];
    let found = all.into_iter().find(|sex| sex.name() == text);
    found.ok_or(message!("sex: `{text}` is not female, male or mixed", text))
}

fn md5(text: &str) -> Result<[u8; 16], Message> {
    let wrong = || message!("`{text}` is not 32 hexadecimal digits", text);
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(wrong());
    }
    let number = u128::from_str_radix(text, 16).map_err(|_| wrong())?;
    Ok(number.to_be_bytes())
}

pub(super) fn hexadecimal(md5: &[u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(*md5))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "a\tnorth\tfemale\t1\tlow\t16000\tCC0-1.0\t-\thttps://example.org/a.onnx\t9\t-\t\
                       d41d8cd98f00b204e9800998ecf8427e\t-\t-\t-\t-";

    fn parse(rows: &[&str]) -> Result<Catalogue, Error> {
        Catalogue::parse("t.tsv", &format!("{}\n{}\n", COLUMNS.join("\t"), rows.join("\n")))
    }

    #[test]
    fn the_known_voices_have_addresses_lengths_and_digests() {
        let catalogue = Catalogue::built_in().unwrap();
        let names: Vec<_> = catalogue.entries().iter().map(|entry| &entry.name[..]).collect();
        let known = ["vi_VN-vais1000-medium", "vi_VN-25hours_single-low", "vi_VN-vivos-x_low"];
        assert_eq!(names, known);
        for entry in catalogue.entries() {
            assert_eq!(entry.source.stem(), Some(&entry.name[..]));
            for file in [&entry.model, &entry.config] {
                assert!(file.bytes.is_some() && file.md5.is_some(), "{}", entry.name);
            }
        }
    }

    #[test]
    fn a_row_is_read() {
        let catalogue = parse(&[ROW]).unwrap();
        let entry = catalogue.entry("a").unwrap();
        assert_eq!((entry.dialect, entry.sex), (Some(Dialect::Northern), Some(Sex::Female)));
        assert_eq!((entry.speakers, entry.card.as_ref()), (Some(1), None));
        assert_eq!(entry.config, Expected::default());
        let md5 = entry.model.md5.unwrap();
        assert_eq!(hexadecimal(&md5), "d41d8cd98f00b204e9800998ecf8427e");
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        for (from, to, reason) in [
            ("a\tnorth", "../a\tnorth", "`../a` cannot be the name"),
            ("north", "west", "no dialect `west`"),
            ("female", "girl", "`girl` is not female"),
            ("\t1\t", "\t0\t", "speakers: `0` is no number of 1 or more"),
            ("\t1\t", "\t5000000000\t", "the speakers is too large"),
            ("16000", "16 kHz", "sample_rate: `16 kHz` is no number"),
            ("CC0-1.0", "-", "the licence is missing"),
            ("https:", "ftp:", "is no address"),
            ("a.onnx", "a.zip", "name the file that ends in .onnx"),
            ("\t9\t", "\tnine\t", "model_bytes: `nine` is no number"),
            ("d41d", "xyzt", "is not 32 hexadecimal digits"),
            ("9\t-", "9\tabc", "is not 64 hexadecimal digits"),
            ("\t-\t-\t-\t-", "\t-\t-\t-", "15 fields where the header has 16"),
        ] {
            let row = ROW.replacen(from, to, 1);
            assert_ne!(row, ROW, "{from}");
            let error = parse(&[ROW.replacen('a', "b", 1).as_str(), &row]).unwrap_err().to_string();
            assert!(error.starts_with("t.tsv, line 3: ") && error.contains(reason), "{error}");
        }
        let error = parse(&[ROW, ROW]).unwrap_err().to_string();
        assert_eq!(error, "t.tsv, line 3: there is a voice a already");
    }
}
