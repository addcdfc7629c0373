//! The voices inside the program. A new one is a folder and an entry here.

/// A built-in voice: its files by name.
pub(super) struct BuiltIn {
    pub name: &'static str,
    pub files: &'static [(&'static str, &'static [u8])],
}

/// A voice's files, taken from its folder when the program is built.
macro_rules! voice {
    ($name:literal: $($file:literal)*) => {
        BuiltIn {
            name: $name,
            files: &[$(
                ($file, include_bytes!(concat!("../../../../voices/", $name, "/", $file))),
            )*],
        }
    };
}

/// The default voice is first.
pub(super) const BUILT_IN: &[BuiltIn] = &[
    voice!("bac-nu-trong": "voice.toml" "durations.tsv" "tones.tsv" "model.bin"),
    voice!("bac": "voice.toml" "durations.tsv" "tones.tsv" "model.bin"),
    voice!("bac-nu": "voice.toml" "durations.tsv" "tones.tsv" "model.bin"),
    voice!("bac-trong": "voice.toml" "durations.tsv" "tones.tsv" "model.bin"),
];
