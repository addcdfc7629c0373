//! `Audio`: what `synthesize` gives and `write` takes.

/// Mono sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Audio {
    /// Samples a second.
    pub sample_rate: u32,
    /// Amplitudes; full scale is ±1.
    pub samples: Vec<f32>,
}
