//! `Audio`: mono sound as it is measured.

/// Mono sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Audio {
    /// Samples per second.
    pub sample_rate: u32,
    /// Amplitudes; full scale is ±1.
    pub samples: Vec<f32>,
}
