//! Files that are read as a whole, up to a bound: a mistake, a device or a hostile file costs no memory.

use crate::model::message::message;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The largest file of settings, of a show or of records of ours, in bytes.
pub const SETTINGS: u64 = 4 << 20;

/// The largest lexicon, register or feed, in bytes.
pub const LISTS: u64 = 64 << 20;

/// The largest picture, in bytes.
pub const PICTURE: u64 = 64 << 20;

/// The largest file of words with their times, in bytes: 100 hours of them.
pub const TIMES: u64 = 256 << 20;

/// The bytes of a file.
///
/// # Errors
/// As [`File::open`] and reading; [`io::ErrorKind::FileTooLarge`] if there are more than `most`.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let reason = message!("it is larger than {most}", most = size(most));
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(bytes)
}

/// The text of a file in UTF-8.
///
/// # Errors
/// As [`read`]; [`io::ErrorKind::InvalidData`] if it is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        let reason = message!("it is not in UTF-8 (byte {at} and after)", at);
        io::Error::new(io::ErrorKind::InvalidData, reason)
    })
}

/// A number of bytes for people: `4 MiB`.
fn size(bytes: u64) -> String {
    match bytes {
        1_048_576.. => format!("{} MiB", bytes >> 20),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, b"12345").unwrap();
        assert_eq!(read(&path, 5).unwrap(), b"12345");
        assert_eq!(read(&path, 4).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        #[cfg(unix)]
        {
            let endless = read(Path::new("/dev/zero"), SETTINGS).unwrap_err();
            assert_eq!(endless.to_string(), "it is larger than 4 MiB");
        }
        std::fs::write(&path, b"a\xff").unwrap();
        assert!(read_text(&path, 5).unwrap_err().to_string().contains("byte 2"));
    }
}
