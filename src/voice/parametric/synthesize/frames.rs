//! What an acoustic model gives the vocoder: the sound's parameters every 5 ms.

/// Frames per second.
pub(super) const FRAME_RATE: u32 = 200;
/// Samples per second at which the parameters are defined.
pub(super) const SAMPLE_RATE: u32 = 24_000;
/// Warping of the mel-cepstra: at this rate it follows the mel scale closely.
pub(super) const ALPHA: f32 = 0.466;
/// The most coefficients of a mel-cepstrum, the zeroth included; what a model does not give is 0.
pub(super) const ORDER: usize = 60;
/// Bands whose aperiodicity is given, centred on 3, 6 and 9 kHz.
pub(super) const BANDS: usize = 3;

/// One moment of sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    /// Mel-cepstrum `c`: the spectral envelope is `ln|H(ω)| = Σ c[m] cos(m β(ω))` where β warps
    /// the frequency axis.
    pub mel_cepstrum: [f32; ORDER],
    /// Ratio of noise to the whole in each band, in dB of amplitude; 0 is all noise.
    pub aperiodicity: [f32; BANDS],
    /// Whether the vocal folds sound.
    pub voiced: bool,
    /// Fundamental frequency in Hz, given in unvoiced frames too.
    pub f0: f32,
    /// Glottalization, 0 to 1.
    pub creak: f32,
    /// How loud the sound is from 6 to 11 kHz at least, in nepers as the envelope's;
    /// [`Frame::DULL`] where the envelope says it all.
    pub sharpness: f32,
}

impl Frame {
    /// Less than anything that is heard: 105 dB below full scale.
    pub(super) const DULL: f32 = -12.0;

    /// Nothing heard.
    pub(super) const SILENT: Frame = Frame {
        mel_cepstrum: [0.0; ORDER],
        aperiodicity: [0.0; BANDS],
        voiced: false,
        f0: 0.0,
        creak: 0.0,
        sharpness: Frame::DULL,
    };

    /// The frame a part `t` (0 to 1) of the way to `next`; voicing is the nearer one's.
    pub(super) fn between(&self, next: &Frame, t: f32) -> Frame {
        let mix = |a: f32, b: f32| a + (b - a) * t;
        let mut frame = *self;
        for (c, &n) in frame.mel_cepstrum.iter_mut().zip(&next.mel_cepstrum) {
            *c = mix(*c, n);
        }
        // Aperiodicity means nothing where there is no period: do not mix it in.
        if self.voiced && next.voiced {
            for (a, &n) in frame.aperiodicity.iter_mut().zip(&next.aperiodicity) {
                *a = mix(*a, n);
            }
        } else if next.voiced {
            frame.aperiodicity = next.aperiodicity;
        }
        frame.voiced = if t < 0.5 { self.voiced } else { next.voiced };
        frame.f0 = mix(self.f0, next.f0);
        frame.creak = mix(self.creak, next.creak);
        frame.sharpness = mix(self.sharpness, next.sharpness);
        frame
    }
}
