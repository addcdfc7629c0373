//! MP3 files: written by LAME, where this program was built with it.

#[cfg(feature = "mp3")]
use super::lame::start;
use super::row::{Bitrates, Row, SAMPLE_RATES, UsualRate};

/// The row of the table; its media type is that of RFC 3003. The bitrates are those of Layer III
/// (ISO/IEC 11172-3, 2.4.2.3, and 13818-3) that the encoder has.
pub(super) static ROW: Row = Row {
    name: "mp3",
    label: "MP3",
    extensions: &["mp3"],
    mime: "audio/mpeg",
    about: "plays everywhere",
    lossy: true,
    universal: true,
    headroom_db: 0.3,
    sample_rates: SAMPLE_RATES,
    usual_rate: UsualRate::Always(44_100),
    bitrates: &[
        Bitrates {
            from: 32_000,
            choices: &[32, 40, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
            usual: 96,
        },
        Bitrates {
            from: 16_000,
            choices: &[8, 16, 24, 32, 40, 48, 64, 80, 96, 112, 128, 160],
            usual: 64,
        },
        Bitrates { from: 0, choices: &[8, 16, 24, 32, 40, 48, 64], usual: 32 },
    ],
    missing_feature: if cfg!(feature = "mp3") { None } else { Some("mp3") },
    start,
};

#[cfg(not(feature = "mp3"))]
fn start<'a>(
    _out: &'a mut dyn crate::files::Output,
    _order: &super::row::Order,
) -> Result<Box<dyn super::row::AudioWriter + 'a>, crate::files::WriteFault> {
    Err(std::io::Error::from(std::io::ErrorKind::Unsupported).into())
}
