//! Letters for a raster: those of the fonts of embedded-graphics, which know Western Europe only, with the
//! marks of Vietnamese put on them, and the symbols of the International Phonetic Alphabet that our voices
//! have, drawn here.

use std::convert::Infallible;

use embedded_graphics::draw_target::DrawTarget;
use embedded_graphics::geometry::{OriginDimensions, Point, Size};
use embedded_graphics::mono_font::{MonoFont, MonoTextStyle};
use embedded_graphics::pixelcolor::BinaryColor;
use embedded_graphics::text::{Baseline, Text};
use embedded_graphics::{Drawable, Pixel};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// Marks over a letter: the character, and its rows.
const ABOVE: [(char, &[&str]); 7] = [
    ('\u{300}', &["#..", ".#."]),
    ('\u{301}', &["..#", ".#."]),
    ('\u{302}', &[".#.", "#.#"]),
    ('\u{303}', &[".#.#", "#.#."]),
    ('\u{306}', &["#..#", ".##."]),
    ('\u{309}', &["##.", "..#", ".#."]),
    // The tie of two letters, over the first and the space to the next.
    ('\u{361}', &["....####.", "...#....#"]),
];
/// The mark at the upper right of o and u, and the one below.
const HORN: char = '\u{31b}';
const DOT_BELOW: char = '\u{323}';

/// Symbols of sounds: their rows, and how many of these are below the line.
const SYMBOLS: [(char, &[&str], i32); 16] = [
    ('ʔ', &[".###.", "#...#", "....#", "...#.", "..#..", "..#..", "..#..", "..#.."], 0),
    ('ɓ', &["..##.", ".#...", "#....", "####.", "#...#", "#...#", "#...#", "####."], 0),
    ('ɗ', &["....##", "...#..", "...#..", ".####.", "#..#..", "#..#..", "#..#..", ".###.."], 0),
    ('ʰ', &["#...", "#...", "##..", "#.#.", "#.#.", "....", "....", "...."], 0),
    ('ʈ', &[".#...", ".#...", "####.", ".#...", ".#...", ".#...", ".#...", ".#...", "..##."], 2),
    ('ɕ', &[".###.", "#....", "#....", "#.##.", "##..#", ".###."], 0),
    ('ʂ', &[".###.", "#....", ".##..", "...#.", "####.", "#....", ".##.."], 2),
    ('ʐ', &["#####", "...#.", "..#..", ".#...", "#####", "....#", "...#."], 2),
    ('ɣ', &["#...#", "#...#", ".#.#.", "..#..", ".#.#.", ".#.#.", "..#.."], 3),
    ('ɲ', &[".###.", ".#..#", ".#..#", ".#..#", ".#..#", ".#...", "#...."], 2),
    ('ŋ', &["####.", "#...#", "#...#", "#...#", "#...#", "....#", "..##."], 2),
    ('ə', &[".###.", "....#", "#####", "#...#", "#...#", ".###."], 0),
    ('ɨ', &["..#..", ".....", ".##..", "..#..", "#####", "..#..", "..#..", ".###."], 0),
    ('ɛ', &[".###.", "#...#", ".##..", "#....", "#...#", ".###."], 0),
    ('ɔ', &[".###.", "#...#", "....#", "....#", "#...#", ".###."], 0),
    ('ː', &["#.#", ".#.", "...", "...", ".#.", "#.#"], 0),
];

/// A text as letters that are drawn side by side.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for c in text.nfd() {
        match letters.last_mut() {
            Some(letter) if is_combining_mark(c) => letter.add(c),
            _ => letters.push(Letter { base: c, marks: Vec::new() }),
        }
    }
    letters
}

/// A letter and what is on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    base: char,
    marks: Vec<char>,
}

impl Letter {
    /// Puts a mark on it; the font has some letters with one.
    fn add(&mut self, mark: char) {
        match compose(self.base, mark).filter(|whole| is_western(*whole)) {
            Some(whole) if self.marks.is_empty() => self.base = whole,
            _ => self.marks.push(mark),
        }
    }

    /// Its pixels, from the upper left corner of its cell; marks may be above and below the cell.
    pub(super) fn pixels(&self, font: &MonoFont<'_>) -> Vec<(i32, i32)> {
        let (base, stroke) = match self.base {
            'đ' => ('d', true),
            'Đ' => ('D', true),
            c if is_western(c) => (c, false),
            _ => ('?', false),
        };
        let is_above = |mark: &char| ABOVE.iter().any(|(above, _)| above == mark);
        let symbol = SYMBOLS.iter().find(|(symbol, ..)| *symbol == self.base);
        let mut pixels = symbol.map_or_else(
            || plain(base, font),
            |(_, rows, below)| {
                let left = (font.character_size.width as i32 - rows[0].len() as i32) / 2;
                let line = bottom(&plain('x', font));
                art(rows, left, line + 1 + below - rows.len() as i32)
            },
        );
        if base == 'i' && self.marks.iter().any(is_above) {
            pixels.retain(|(_, y)| *y >= top(&plain('x', font)));
        }
        if stroke {
            let across = match base {
                'd' => (right(&pixels) - 3, right(&pixels) + 1, top(&pixels) + 2),
                _ => (left(&pixels) - 1, left(&pixels) + 3, (top(&pixels) + bottom(&pixels)) / 2),
            };
            pixels.extend((across.0..=across.1).map(|x| (x, across.2)));
        }
        let middle = (left(&pixels) + right(&pixels) + 1) / 2;
        for mark in &self.marks {
            if let Some((_, rows)) = ABOVE.iter().find(|(above, _)| above == mark) {
                let (width, height) = (rows[0].len() as i32, rows.len() as i32);
                pixels.extend(art(rows, middle - width / 2, top(&pixels) - 1 - height));
            } else if *mark == HORN {
                let (x, y) = (right(&pixels), top(&plain('x', font)).max(top(&pixels)));
                pixels.extend([(x + 1, y), (x + 2, y - 1), (x + 2, y - 2)]);
            } else if *mark == DOT_BELOW {
                let y = bottom(&pixels) + 2;
                pixels.extend([(middle, y), (middle - 1, y), (middle, y + 1), (middle - 1, y + 1)]);
            }
        }
        pixels
    }
}

/// Whether the fonts have it.
fn is_western(c: char) -> bool {
    (c as u32) < 0x100 && !c.is_control()
}

fn art(rows: &[&str], x: i32, y: i32) -> Vec<(i32, i32)> {
    let row = |(down, row): (usize, &&str)| {
        let inked = row.bytes().enumerate().filter(|(_, byte)| *byte == b'#');
        inked.map(|(along, _)| (x + along as i32, y + down as i32)).collect::<Vec<_>>()
    };
    rows.iter().enumerate().flat_map(row).collect()
}

fn top(pixels: &[(i32, i32)]) -> i32 {
    pixels.iter().map(|(_, y)| *y).min().unwrap_or_default()
}

fn bottom(pixels: &[(i32, i32)]) -> i32 {
    pixels.iter().map(|(_, y)| *y).max().unwrap_or_default()
}

fn left(pixels: &[(i32, i32)]) -> i32 {
    pixels.iter().map(|(x, _)| *x).min().unwrap_or_default()
}

fn right(pixels: &[(i32, i32)]) -> i32 {
    pixels.iter().map(|(x, _)| *x).max().unwrap_or_default()
}

/// A character of a font.
fn plain(c: char, font: &MonoFont<'_>) -> Vec<(i32, i32)> {
    let mut inked = Inked::default();
    let style = MonoTextStyle::new(font, BinaryColor::On);
    let (mut bytes, place) = ([0; 4], Point::zero());
    let text = c.encode_utf8(&mut bytes);
    let Ok(_) = Text::with_baseline(text, place, style, Baseline::Top).draw(&mut inked);
    inked.0
}

/// Notes the pixels that are drawn.
#[derive(Default)]
struct Inked(Vec<(i32, i32)>);

impl OriginDimensions for Inked {
    fn size(&self) -> Size {
        Size::new(64, 64)
    }
}

impl DrawTarget for Inked {
    type Color = BinaryColor;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<BinaryColor>>>(
        &mut self,
        pixels: I,
    ) -> Result<(), Infallible> {
        let inked = pixels.into_iter().filter(|Pixel(_, colour)| colour.is_on());
        self.0.extend(inked.map(|Pixel(Point { x, y }, _)| (x, y)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use embedded_graphics::mono_font::iso_8859_1::FONT_8X13;

    use super::*;
    use crate::model::phrase::Phone;

    fn drawn(text: &str) -> BTreeSet<(i32, i32)> {
        let [letter] = &letters(text)[..] else { panic!("{text}") };
        letter.pixels(&FONT_8X13).into_iter().collect()
    }

    #[test]
    fn every_letter_of_vietnamese_looks_like_no_other() {
        let vowels = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
        let letters = vowels.chars().chain(vowels.to_uppercase().chars().collect::<Vec<_>>());
        let mut seen = BTreeSet::new();
        let unknown = drawn("?");
        for letter in letters.chain("dđDĐ".chars()) {
            let pixels = drawn(&letter.to_string());
            assert_ne!(pixels, unknown, "{letter}");
            assert!(seen.insert(pixels), "{letter}");
        }
    }

    #[test]
    fn every_phone_of_our_voices_is_drawn() {
        let unknown = drawn("?");
        let mut seen = BTreeSet::new();
        for phone in Phone::ALL {
            let symbol = phone.symbol();
            let pixels: Vec<_> = letters(symbol).iter().map(|it| it.pixels(&FONT_8X13)).collect();
            let is_known = |it: &Vec<(i32, i32)>| unknown != it.iter().copied().collect();
            assert!(pixels.iter().all(is_known), "{symbol}");
            assert!(seen.insert(pixels), "{symbol}");
        }
    }
}
