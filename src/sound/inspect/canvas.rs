//! A raster to draw on: points, lines, boxes, text, and the colours of levels.

use embedded_graphics::mono_font::MonoFont;
use embedded_graphics::mono_font::iso_8859_1::{FONT_8X13, FONT_9X15_BOLD};

use super::letters::letters;

/// A colour: red, green, blue.
pub(super) type Colour = [u8; 3];

/// Which side of a text is at its place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Left,
    Middle,
    Right,
}

/// How many pixels a small text is wide.
pub(super) fn text_width(text: &str) -> usize {
    letters(text).len() * FONT_8X13.character_size.width as usize
}

/// Width of a character of a heading, in pixels.
pub(super) const HEADING_WIDTH: usize = FONT_9X15_BOLD.character_size.width as usize;

/// An image of pixels, white at first.
#[derive(Debug, Clone)]
pub(super) struct Canvas {
    pub width: usize,
    pub height: usize,
    /// Red, green and blue of each pixel, row by row from the top.
    pub pixels: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Canvas {
        Canvas { width, height, pixels: vec![255; width * height * 3] }
    }

    /// Covers a pixel with a colour, `opacity` from 0 to 1; outside of the canvas nothing happens.
    pub(super) fn blend(&mut self, x: isize, y: isize, colour: Colour, opacity: f32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        let at = (y * self.width + x) * 3;
        for (old, new) in self.pixels[at..at + 3].iter_mut().zip(colour) {
            let mixed = f32::from(*old) + (f32::from(new) - f32::from(*old)) * opacity;
            *old = mixed.round() as u8;
        }
    }

    /// Covers a box of pixels.
    pub(super) fn cover(
        &mut self,
        x: std::ops::Range<usize>,
        y: std::ops::Range<usize>,
        colour: Colour,
        opacity: f32,
    ) {
        for y in y {
            for x in x.clone() {
                self.blend(x as isize, y as isize, colour, opacity);
            }
        }
    }

    /// A disc with a soft edge.
    pub(super) fn disc(&mut self, x: f32, y: f32, radius: f32, colour: Colour, opacity: f32) {
        let reach = radius.ceil() as isize + 1;
        for row in -reach..=reach {
            for column in -reach..=reach {
                let (px, py) = (x as isize + column, y as isize + row);
                let away = (px as f32 + 0.5 - x).hypot(py as f32 + 0.5 - y);
                let inside = (radius + 0.5 - away).clamp(0.0, 1.0);
                if inside > 0.0 {
                    self.blend(px, py, colour, inside * opacity);
                }
            }
        }
    }

    /// A small text whose anchor is at `x` and whose middle is at `y`.
    pub(super) fn label(&mut self, x: usize, y: usize, anchor: Anchor, text: &str, colour: Colour) {
        self.text(&FONT_8X13, x, y, anchor, text, colour);
    }

    /// A larger text, from `x` to the right.
    pub(super) fn heading(&mut self, x: usize, y: usize, text: &str, colour: Colour) {
        self.text(&FONT_9X15_BOLD, x, y, Anchor::Left, text, colour);
    }

    fn text(
        &mut self,
        font: &MonoFont<'_>,
        x: usize,
        y: usize,
        anchor: Anchor,
        text: &str,
        colour: Colour,
    ) {
        let letters = letters(text);
        let (width, height) =
            (font.character_size.width as usize, font.character_size.height as usize);
        let whole = letters.len() * width;
        let left = match anchor {
            Anchor::Left => x as isize,
            Anchor::Middle => x as isize - whole as isize / 2,
            Anchor::Right => x as isize - whole as isize,
        };
        let top = y as isize - height as isize / 2;
        for (at, letter) in letters.iter().enumerate() {
            let left = left + (at * width) as isize;
            for (x, y) in letter.pixels(font) {
                self.blend(left + x as isize, top + y as isize, colour, 1.0);
            }
        }
    }
}

/// The colour of a level, 0 (paper) to 1 (ink), in even steps to the eye: lightness falls in a
/// straight line in Oklab (Ottosson, B. (2020), "A perceptual color space for image processing"),
/// with a little blue on the way.
pub(super) fn shade(level: f32) -> Colour {
    let level = level.clamp(0.0, 1.0);
    let lightness = 1.0 - 0.86 * level;
    let chroma = 0.07 * (std::f32::consts::PI * level).sin();
    oklab(lightness, -0.15 * chroma, -chroma)
}

/// An Oklab colour in sRGB.
fn oklab(lightness: f32, a: f32, b: f32) -> Colour {
    let cone = |of_a: f32, of_b: f32| (lightness + of_a * a + of_b * b).powi(3);
    let long = cone(0.396_337_78, 0.215_803_76);
    let medium = cone(-0.105_561_346, -0.063_854_17);
    let short = cone(-0.089_484_18, -1.291_485_5);
    let linear = [
        4.076_741_7 * long - 3.307_711_6 * medium + 0.230_969_94 * short,
        -1.268_438 * long + 2.609_757_4 * medium - 0.341_319_38 * short,
        -0.004_196_086_3 * long - 0.703_418_6 * medium + 1.707_614_7 * short,
    ];
    linear.map(|value| {
        let value = value.clamp(0.0, 1.0);
        let encoded = if value <= 0.003_130_8 {
            12.92 * value
        } else {
            1.055 * value.powf(1.0 / 2.4) - 0.055
        };
        (encoded * 255.0).round() as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_run_from_white_to_near_black_in_even_steps() {
        assert_eq!(shade(0.0), [255, 255, 255]);
        let grey = |level: f32| shade(level).iter().map(|c| u32::from(*c)).sum::<u32>();
        for step in 0..100 {
            let (light, dark) = (grey(step as f32 / 100.0), grey((step + 1) as f32 / 100.0));
            assert!(dark < light && light - dark < 15, "step {step}: {light} {dark}");
        }
        assert!(grey(1.0) < 60);
    }

    #[test]
    fn texts_are_drawn_and_nothing_is_drawn_outside() {
        let mut canvas = Canvas::new(40, 20);
        canvas.label(30, 10, Anchor::Left, "Đường dài hơn", [0, 0, 0]);
        canvas.disc(-1.0, 19.0, 4.0, [0, 0, 0], 1.0);
        canvas.blend(-1, 400, [0, 0, 0], 1.0);
        assert!(canvas.pixels.contains(&0));
        assert_eq!(text_width("Đường"), 5 * 8);
    }
}
