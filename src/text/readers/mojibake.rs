//! UTF-8 that was read as windows-1252 and saved again: `Viá»‡t Nam` for `Việt Nam`.
//!
//! Where every byte is still there it is turned back. Where programs lost some on the way, it cannot
//! be.

/// So many damaged letters show that a text was damaged: fewer may be anything.
const EVIDENCE: usize = 3;

/// What became of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Repair {
    /// There is no damage of this kind.
    Whole,
    /// It was damaged; this is what it was.
    Repaired(String),
    /// It is damaged on this line, from 1, and what it was cannot be told.
    Lost(usize),
}

/// Repairs a text line by line, since often only parts of a text were damaged.
pub(super) fn repair(text: &str) -> Repair {
    // What every damaged Vietnamese text has.
    if !text.contains(['Ã', 'á', 'Ä', 'Æ', 'â', 'Â']) {
        return Repair::Whole;
    }
    let damaged: Vec<usize> = text.split('\n').map(damaged_letters).collect();
    if damaged.iter().sum::<usize>() < EVIDENCE {
        return Repair::Whole;
    }
    let mut out = String::with_capacity(text.len());
    for (at, (line, damaged)) in text.split('\n').zip(damaged).enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if damaged == 0 {
            out.push_str(line);
            continue;
        }
        match undone(line) {
            Some(repaired) => out.push_str(&repaired),
            None => return Repair::Lost(at + 1),
        }
    }
    Repair::Repaired(out)
}

/// How many letters of a line have the form that UTF-8 has when it is read as windows-1252: a first
/// byte and as many others as it asks for.
fn damaged_letters(line: &str) -> usize {
    let (mut found, mut wanted, mut is_letter) = (0, 0u32, false);
    for c in line.chars() {
        // A first byte is a letter of Latin-1: what any other stands for matters only behind one.
        let is_latin1 = c <= 'ÿ';
        match if is_latin1 || wanted > 0 { byte_of(c) } else { None } {
            Some(0x80..=0xBF) if wanted > 0 => {
                wanted -= 1;
                if wanted == 0 && is_letter {
                    found += 1;
                }
            }
            // The first bytes of Latin letters with Vietnamese marks and of quotation marks.
            Some(0xC2..=0xC6) => (wanted, is_letter) = (1, true),
            Some(0xE1 | 0xE2) => (wanted, is_letter) = (2, true),
            _ => (wanted, is_letter) = (0, false),
        }
    }
    found
}

/// A line as it was, if all of its bytes are there.
fn undone(line: &str) -> Option<String> {
    let bytes = line.chars().map(byte_of).collect::<Option<Vec<u8>>>()?;
    String::from_utf8(bytes).ok()
}

/// The byte that windows-1252 reads as this character; bytes that it leaves undefined, and those that
/// programs kept as control characters, as they are.
fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    if unmappable { None } else { bytes.first().copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn damaged(text: &str) -> String {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_is_damaged_is_repaired_line_by_line() {
        let good = "Vịnh Hạ Long đón khách “quốc tế”";
        assert_eq!(repair(&damaged(good)), Repair::Repaired(good.to_owned()));
        let as_latin1: String = good.bytes().map(char::from).collect();
        assert_eq!(repair(&as_latin1), Repair::Repaired(good.to_owned()));
        let mixed = format!("Giá vàng tăng\n{}", damaged(good));
        assert_eq!(repair(&mixed), Repair::Repaired(format!("Giá vàng tăng\n{good}")));
    }

    #[test]
    fn what_lost_bytes_is_not() {
        let lost =
            damaged("Vịnh Hạ Long đón khách quốc tế").replace('\u{8D}', "").replace('‹', "?");
        assert_eq!(repair(&lost), Repair::Lost(1));
    }

    #[test]
    fn good_text_stays() {
        for text in [
            "",
            "Việt Nam",
            "«bánh cá» và «bánh đá», «cà phê sữa đá»",
            "Ãƒ",
            "São Paulo, Åland, garçon",
        ] {
            assert_eq!(repair(text), Repair::Whole, "{text}");
        }
    }
}
