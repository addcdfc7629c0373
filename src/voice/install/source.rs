//! Where the files of a voice come from.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::voice_file::VoiceFile;
use crate::files::{self, Progress, Transfer};
use crate::model::address::without_passwords;
use crate::model::error::{Error, ErrorKind, Hint};
use crate::model::message::message;

/// How much is copied at once.
const BUFFER: usize = 1 << 20;

/// Where a model is; its configuration is there too, its name that of the model with `.json` at the
/// end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// On a server.
    Url(String),
    /// On this machine.
    File(PathBuf),
}

/// Reads an address that begins with `http://` or `https://`, or else a path.
///
/// # Errors
/// Of kind `Request` if it is not that of a model, `….onnx`.
impl FromStr for Source {
    type Err = Error;

    fn from_str(text: &str) -> Result<Source, Error> {
        let is_url = text.starts_with("http://") || text.starts_with("https://");
        let source =
            if is_url { Source::Url(text.to_owned()) } else { Source::File(PathBuf::from(text)) };
        if source.stem().is_none() {
            return Err(Error::request(message!(
                "`{text}` is no model of a voice: name the file that ends in .onnx; its \
                 configuration, .onnx.json, is taken from beside it",
                text
            )));
        }
        Ok(source)
    }
}

impl Source {
    /// The name of the model's file, without `.onnx`; it need not be fit for a voice's name.
    #[must_use]
    pub fn stem(&self) -> Option<&str> {
        let name = match self {
            Source::Url(url) => split_query(url).0.rsplit('/').next()?,
            Source::File(path) => path.file_name()?.to_str()?,
        };
        name.strip_suffix(".onnx").filter(|stem| !stem.is_empty())
    }

    /// The address or path of the model, as it may be shown and kept: without a password.
    #[must_use]
    pub fn text(&self) -> String {
        without_passwords(&self.place(VoiceFile::Model)).into_owned()
    }

    /// Address or path of a file.
    pub(super) fn place(&self, file: VoiceFile) -> String {
        let end = if file == VoiceFile::Config { ".json" } else { "" };
        match self {
            Source::Url(url) => {
                let (path, query) = split_query(url);
                format!("{path}{end}{query}")
            }
            Source::File(path) => format!("{}{end}", path.display()),
        }
    }

    /// Brings a file to where it is wanted. Gives whether bytes of an earlier run are part of it.
    pub(super) fn transfer(
        &self,
        transfer: &Transfer,
        on_progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        match self {
            Source::Url(_) => fetch(transfer, on_progress),
            Source::File(_) => {
                let copied = copy(Path::new(transfer.from), transfer, on_progress);
                if copied.is_err() {
                    files::discard(transfer.part)?;
                }
                copied.map(|()| false)
            }
        }
    }

    /// An error of a download, with what to do without a network.
    pub(super) fn with_advice(&self, error: Error) -> Error {
        if error.kind() != ErrorKind::Download {
            return error;
        }
        let (model, config) = (self.place(VoiceFile::Model), self.place(VoiceFile::Config));
        let purpose = message!(
            "FILE.onnx, where there is no network here: bring {model} and {config} from a machine \
             that has one",
            model,
            config
        );
        error.with_hint(Hint::give("from", &purpose))
    }
}

/// An address up to its query or fragment, and that.
fn split_query(url: &str) -> (&str, &str) {
    url.split_at(url.find(['?', '#']).unwrap_or(url.len()))
}

/// Fetches a file. Gives whether bytes of an earlier run are part of it.
fn fetch(
    transfer: &Transfer,
    on_progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<bool, Error> {
    #[cfg(feature = "net")]
    return files::fetch(transfer, on_progress);
    #[cfg(not(feature = "net"))]
    {
        let _ = on_progress;
        Err(Error::download(transfer.from, "this program was built without downloads"))
    }
}

fn copy(
    from: &Path,
    transfer: &Transfer,
    on_progress: &mut dyn FnMut(Progress) -> Result<(), Error>,
) -> Result<(), Error> {
    let cannot_read = |cause| Error::read(from, cause);
    let cannot_write = |cause| Error::write(transfer.part, cause);
    let mut from_file = File::open(from).map_err(cannot_read)?;
    let found = from_file.metadata().map_err(cannot_read)?;
    if !found.is_file() {
        return Err(cannot_read(io::Error::other("it is not a regular file")));
    }
    let mut to = File::create(transfer.part).map_err(cannot_write)?;
    let (mut done, of) = (0, Some(found.len()));
    let mut buffer = vec![0; BUFFER];
    loop {
        on_progress(Progress { done, of })?;
        let read = from_file.read(&mut buffer).map_err(cannot_read)?;
        if read == 0 {
            return to.sync_all().map_err(cannot_write);
        }
        done += read as u64;
        if done > transfer.most {
            let reason = message!("it has more than {most} bytes", most = transfer.most);
            return Err(cannot_read(io::Error::other(reason)));
        }
        to.write_all(&buffer[..read]).map_err(cannot_write)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_beside_the_model() {
        for (text, stem, config) in [
            ("a/b.onnx", "b", "a/b.onnx.json"),
            ("b.x.onnx", "b.x", "b.x.onnx.json"),
            ("http://example.org/b.onnx", "b", "http://example.org/b.onnx.json"),
            (
                "https://example.org/a/b.onnx?download=true",
                "b",
                "https://example.org/a/b.onnx.json?download=true",
            ),
        ] {
            let source: Source = text.parse().unwrap();
            assert_eq!(source.stem(), Some(stem));
            assert_eq!(source.place(VoiceFile::Model), text);
            assert_eq!(source.place(VoiceFile::Config), config);
        }
        for text in ["", "a", ".onnx", "a.onnx.json", "http://example.org/?a.onnx", "a.onnx/"] {
            let source = text.parse::<Source>();
            assert!(source.is_err() || text == "a.onnx/", "{text}");
        }
    }
}
