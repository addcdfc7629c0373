//! The two files of a voice.

/// A file of a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VoiceFile {
    /// The model.
    Model,
    /// Its configuration.
    Config,
}

/// The most bytes of a configuration that is read.
pub(super) const LARGEST_CONFIG: u64 = 16 << 20;

impl VoiceFile {
    pub(super) const ALL: [VoiceFile; 2] = [VoiceFile::Model, VoiceFile::Config];

    /// Its name, for the voice of this name.
    pub(super) fn name(self, voice: &str) -> String {
        match self {
            VoiceFile::Model => format!("{voice}.onnx"),
            VoiceFile::Config => format!("{voice}.onnx.json"),
        }
    }

    /// The most bytes of such a file. A protocol buffer, which a model is, has less than 2 GiB
    /// (protobuf.dev, "Proto Limits"); Piper's configurations have some thousand bytes.
    pub(super) fn most(self) -> u64 {
        match self {
            VoiceFile::Model => (2 << 30) - 1,
            VoiceFile::Config => LARGEST_CONFIG,
        }
    }
}
