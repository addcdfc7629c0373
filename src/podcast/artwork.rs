//! Pictures of shows and episodes: what directories ask of them, read from the head of the file.

use std::path::Path;

use crate::model::error::Error;
use crate::model::message::{Message, message};

/// The smallest and the largest side of a show's picture in pixels (Apple Podcasts for Creators,
/// "Artwork requirements").
const SIDE: std::ops::RangeInclusive<u32> = 1400..=3000;

/// What a picture file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Artwork {
    /// Its media type.
    pub mime: &'static str,
    pub width: u32,
    pub height: u32,
    pub colours: Colours,
}

/// How colours are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colours {
    /// Red, green and blue, or what is converted to them (YCbCr, a palette).
    Rgb,
    /// The same, with transparency.
    Transparent,
    /// Shades of gray.
    Gray,
    /// The four inks of printing.
    Cmyk,
}

impl Artwork {
    /// The picture in a file, if it is a JPEG or a PNG with a whole head.
    pub(super) fn read(bytes: &[u8]) -> Option<Artwork> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") { png(bytes) } else { jpeg(bytes) }
    }

    /// The picture in this file, which players must be able to show.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if it is no such picture.
    pub(super) fn of_file(path: &Path, bytes: &[u8]) -> Result<Artwork, Error> {
        Artwork::read(bytes).ok_or_else(|| {
            let reason = "is no picture in JPEG or PNG; players show no others";
            Error::input(path.display().to_string(), reason)
        })
    }

    /// The usual extension of its files.
    pub(super) fn extension(&self) -> &'static str {
        if self.mime == "image/png" { "png" } else { "jpg" }
    }

    /// Why directories do not accept it, as full sentences.
    pub(super) fn faults(&self) -> Vec<Message> {
        let Artwork { width, height, colours, .. } = self;
        let mut faults = Vec::new();
        if width != height {
            faults.push(message!(
                "the picture is {width} × {height} pixels; directories ask for a square",
                width,
                height
            ));
        }
        if !SIDE.contains(width) || !SIDE.contains(height) {
            let (least, most) = (SIDE.start(), SIDE.end());
            faults.push(message!("the picture is {width} × {height} pixels; Apple asks for {least} to {most} on each side", width, height, least, most));
        }
        match colours {
            Colours::Rgb => {}
            Colours::Transparent => {
                faults.push("the picture has transparency; save it without".into());
            }
            Colours::Gray => {
                faults.push("the picture is in shades of gray; save it in RGB".into());
            }
            Colours::Cmyk => {
                faults.push("the picture is in CMYK, for printing; save it in RGB".into());
            }
        }
        faults
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

/// The IHDR chunk is the first (PNG, third edition, sections 5.6 and 11.2.1).
fn png(bytes: &[u8]) -> Option<Artwork> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let colours = match bytes.get(25)? {
        2 | 3 => Colours::Rgb,
        6 => Colours::Transparent,
        0 | 4 => Colours::Gray,
        _ => return None,
    };
    Some(Artwork { mime: "image/png", width: number(16)?, height: number(20)?, colours })
}

/// The frame header has them (ITU-T T.81, B.1.1.3 and B.2.2): a segment after others.
fn jpeg(bytes: &[u8]) -> Option<Artwork> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // A fill byte.
            0xff => at += 1,
            // SOF0 to SOF15, but not DHT, JPG and DAC.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let colours = match bytes.get(at + 9)? {
                    1 => Colours::Gray,
                    3 => Colours::Rgb,
                    4 => Colours::Cmyk,
                    _ => return None,
                };
                let (height, width) = (word(bytes, at + 5)?, word(bytes, at + 7)?);
                return Some(Artwork { mime: "image/jpeg", width, height, colours });
            }
            _ => at += 2 + word(bytes, at + 2)?.max(2) as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_head(width: u32, height: u32, colours: u8) -> Vec<u8> {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &size, &[8, colours, 0, 0, 0]].concat()
    }

    fn jpeg_head(width: u16, height: u16, components: u8) -> Vec<u8> {
        let size = [height.to_be_bytes(), width.to_be_bytes()].concat();
        let before = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc4\0\x03x\xff\xc2\0\x11\x08";
        [&before[..], &size, &[components]].concat()
    }

    #[test]
    fn heads_are_read() {
        let read = |bytes: &[u8]| Artwork::read(bytes).map(|p| (p.width, p.height, p.colours));
        assert_eq!(read(&png_head(3000, 1400, 2)), Some((3000, 1400, Colours::Rgb)));
        assert_eq!(read(&png_head(1, 1, 6)), Some((1, 1, Colours::Transparent)));
        assert_eq!(read(&jpeg_head(1400, 1500, 3)), Some((1400, 1500, Colours::Rgb)));
        assert_eq!(read(&jpeg_head(1400, 1400, 4)), Some((1400, 1400, Colours::Cmyk)));
        assert_eq!(Artwork::read(&jpeg_head(9, 9, 3)).unwrap().extension(), "jpg");
        for whole in [png_head(9, 9, 2), jpeg_head(9, 9, 3)] {
            for end in 0..whole.len() {
                if Artwork::read(&whole[..end]).is_some() {
                    assert!(end > 25, "{end}");
                }
            }
        }
        assert_eq!(read(b"GIF89a"), None);
        assert_eq!(read(b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0"), None);
    }

    #[test]
    fn faults_are_sentences() {
        let faults = |bytes: &[u8]| Artwork::read(bytes).unwrap().faults();
        assert_eq!(faults(&png_head(1400, 1400, 2)), [] as [Message; 0]);
        assert_eq!(faults(&jpeg_head(3000, 3000, 3)), [] as [Message; 0]);
        assert_eq!(faults(&png_head(1399, 1399, 2)).len(), 1);
        assert_eq!(faults(&png_head(1400, 3001, 0)).len(), 3);
        assert!(faults(&jpeg_head(1400, 1400, 4))[0].to_string().contains("CMYK"));
        assert!(faults(&png_head(1400, 1400, 6))[0].to_string().contains("transparency"));
    }
}
