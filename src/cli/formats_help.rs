//! What help texts say about what narrations are written as, and about captions: taken from the tables
//! of the formats.

use crate::model::message::{Message, message};
use crate::sound::Medium;
use crate::sound::captions;
use crate::sound::formats::Format;

/// All of these texts.
pub(super) fn all() -> [Message; 6] {
    [format(), output(), sample_rate(), bitrate(), loudness(), captions()]
}

/// Of `--format`.
pub(super) fn format() -> Message {
    let media = Medium::all().map(|medium| described(medium.name(), medium.about()));
    message!(
        "What the speech is written as: {media}. By default what the name of the output asks for, and \
         {usual} for a folder or a name without an ending",
        media = Message::any_of(&media.collect::<Vec<_>>()),
        usual = Format::WAV.name()
    )
}

/// Of `--output`.
pub(super) fn output() -> Message {
    let extensions: Vec<_> = Medium::all().map(|medium| format!(".{}", medium.name())).collect();
    message!(
        "Where the speech goes: a file, whose ending says its format ({extensions}), or a folder with a file \
         for each of several articles. A folder is made if it is not there. `-` is standard output, for one \
         article",
        extensions = extensions.join(", ")
    )
}

/// Of `--sample-rate`.
pub(super) fn sample_rate() -> Message {
    // A rate that does not follow the voice's is the same for any two voices.
    let fixed = |format: Format| {
        let rate = format.usual_rate(24_000);
        (rate == format.usual_rate(48_000)).then_some(rate)
    };
    message!(
        "Samples per second: by default {rates}, and the voice's own for others",
        rates = usual(fixed)
    )
}

/// Of `--bitrate`.
pub(super) fn bitrate() -> Message {
    let bitrate = |format: Format| format.usual_bitrate(format.usual_rate(48_000));
    message!(
        "The bitrate of {formats}, in kbit/s; by default {bitrates}",
        formats = labels(|format| bitrate(format).is_some()),
        bitrates = usual(bitrate)
    )
}

/// Of `--loudness`.
pub(super) fn loudness() -> Message {
    message!(
        "How loud the sound is made: apple (-16 LUFS), spotify (-14 LUFS), acx (for audiobook shops) \
         or none (as it is spoken). By default apple for {lossy}, which are for listeners, and none for \
         {lossless}, which are for further work",
        lossy = labels(Format::is_lossy),
        lossless = labels(|format| !format.is_lossy())
    )
}

/// Of `--captions`.
pub(super) fn captions() -> Message {
    let formats = captions::FORMATS.iter().map(|format| described(format.name(), format.about()));
    message!(
        "Captions beside the sound, under its name, separated by commas: {formats}",
        formats = Message::any_of(&formats.collect::<Vec<_>>())
    )
}

/// A name with what it stands for.
fn described(name: &str, about: &'static str) -> Message {
    message!("{name} ({about})", name, about = Message::from(about))
}

/// The media for whose sound something is so, as people call them.
fn labels(is_so: impl Fn(Format) -> bool) -> Message {
    let media = Medium::all().filter(|medium| is_so(medium.format()));
    let labels = media.map(|medium| medium.label().to_owned());
    Message::all_of(&labels.collect::<Vec<_>>())
}

/// A value of the sound of media, with those that have it: `96 for MP3 and M4A, 48 for Opus`.
fn usual(value: impl Fn(Format) -> Option<u32>) -> Message {
    let mut values: Vec<u32> = Vec::new();
    for value in Medium::all().filter_map(|medium| value(medium.format())) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let group = |&it: &u32| {
        message!("{it} for {labels}", it, labels = labels(|format| value(format) == Some(it)))
    };
    Message::joined(&values.iter().map(group).collect::<Vec<_>>())
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
