//! What is said in a language, by what is said in English: a catalogue of gettext (PO), which every
//! translator's editor opens.

use std::collections::HashMap;

use polib::message::MessageView;

/// The text of the Vietnamese catalogue.
pub(super) const VIETNAMESE: &str = include_str!("vi.po");

/// What is said in a language, by the patterns in English.
#[derive(Debug)]
pub(super) struct Catalogue(HashMap<String, String>);

impl Catalogue {
    /// The catalogue in the text of a file.
    ///
    /// # Errors
    /// What is no PO.
    pub(super) fn read(text: &str) -> Result<Catalogue, String> {
        let read = polib::po_file::parse_from_reader(text.as_bytes());
        let read = read.map_err(|error| error.to_string())?;
        let entry = |message: &dyn MessageView| {
            let said = message.msgstr().ok().filter(|said| !said.is_empty())?;
            Some((message.msgid().to_owned(), said.to_owned()))
        };
        Ok(Catalogue(read.messages().filter_map(entry).collect()))
    }

    /// What is said for a pattern.
    pub(super) fn said(&self, pattern: &str) -> Option<&str> {
        self.0.get(pattern).map(String::as_str)
    }

    /// All patterns, each with what is said for it.
    #[cfg(test)]
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(pattern, said)| (pattern.as_str(), said.as_str()))
    }
}
