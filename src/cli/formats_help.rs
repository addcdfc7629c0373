//! What help texts say about what narrations are written as, and about captions: taken from the tables
//! of the formats.

use crate::model::error::listed;
use crate::sound::Medium;
use crate::sound::captions;
use crate::sound::formats::Format;

/// Of `--format`.
pub(super) fn format() -> String {
    let names = Medium::all().map(|medium| format!("{medium} ({})", medium.about()));
    format!(
        "What the speech is written as: {}. By default what the name of the output asks for, and \
         {} for a folder or a name without an ending",
        listed(&names.collect::<Vec<_>>(), "or"),
        Format::WAV
    )
}

/// The usual extensions of all files that speech is written to.
pub(super) fn extensions() -> String {
    let extensions = Medium::all().map(|medium| format!(".{}", medium.name()));
    extensions.collect::<Vec<_>>().join(", ")
}

/// Of `--sample-rate`.
pub(super) fn sample_rate() -> String {
    // A rate that does not follow the voice's is the same for any two voices.
    let fixed = |format: Format| {
        let rate = format.usual_rate(24_000);
        (rate == format.usual_rate(48_000)).then_some(rate)
    };
    format!("Samples per second: by default {}, and the voice's own for others", usual(fixed))
}

/// Of `--bitrate`.
pub(super) fn bitrate() -> String {
    let bitrate = |format: Format| format.usual_bitrate(format.usual_rate(48_000));
    let formats = labels(|format| bitrate(format).is_some());
    format!("The bitrate of {formats}, in kbit/s; by default {}", usual(bitrate))
}

/// Of `--loudness`.
pub(super) fn loudness() -> String {
    format!(
        "How loud the sound is made: apple (-16 LUFS), spotify (-14 LUFS), acx (for audiobook shops) \
         or none (as it is spoken). By default apple for {}, which are for listeners, and none for \
         {}, which are for further work",
        labels(Format::is_lossy),
        labels(|format| !format.is_lossy()),
    )
}

/// Of `--captions`.
pub(super) fn captions() -> String {
    let names = captions::FORMATS.iter().map(|format| format!("{format} ({})", format.about()));
    format!(
        "Captions beside the sound, under its name, separated by commas: {}",
        listed(&names.collect::<Vec<_>>(), "or")
    )
}

/// The media for whose sound something is so, as people call them.
fn labels(is_so: impl Fn(Format) -> bool) -> String {
    let media = Medium::all().filter(|medium| is_so(medium.format()));
    let labels = media.map(|medium| medium.label().to_owned());
    listed(&labels.collect::<Vec<_>>(), "and")
}

/// A value of the sound of media, with those that have it: `96 for MP3 and M4A, 48 for Opus`.
fn usual(value: impl Fn(Format) -> Option<u32>) -> String {
    let mut values: Vec<u32> = Vec::new();
    for value in Medium::all().filter_map(|medium| value(medium.format())) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let groups =
        values.iter().map(|&it| format!("{it} for {}", labels(|format| value(format) == Some(it))));
    groups.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn usual_values_name_their_formats() {
        assert_eq!(
            super::sample_rate(),
            "Samples per second: by default 44100 for MP3, M4A, M4B and EPUB, and the voice's own \
             for others"
        );
        assert_eq!(
            super::bitrate(),
            "The bitrate of MP3, M4A, M4B, Opus and EPUB, in kbit/s; by default 96 for MP3, M4A, M4B \
             and EPUB, 48 for Opus"
        );
    }
}
