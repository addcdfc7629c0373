//! `docbao voices install`.

use std::io::Write;
use std::str::FromStr;

use clap::Args;
use clap::builder::ValueHint;

use crate::cli::json::{Kind, print_json};
use crate::cli::language::told;
use crate::cli::{Failure, interrupt, note, progress, stdout};
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::voice::install::{
    Catalogue, Entry, InstallRequest, Outcome, Progress, Source, VoiceFolder,
};

/// Install a neural voice in Piper's format: one that the catalogue knows, or any other.
///
/// A model (.onnx) and its configuration (.onnx.json) are fetched, checked and put into the folder of
/// voices. A download that breaks or is stopped with Ctrl-C continues when the same command is given
/// again. Proxies are taken from ALL_PROXY, HTTPS_PROXY, HTTP_PROXY and NO_PROXY,
/// certificates of your own network from SSL_CERT_FILE. On a machine without a network, bring the two
/// files there and name the model with --from.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao voices install vi_VN-vais1000-medium\n  docbao voices install --from giong.onnx"
)]
pub(super) struct Install {
    /// The voice: a name that `docbao voices` lists as installable, or, with --from, the name the
    /// voice gets; by default that of its file.
    #[arg(required_unless_present = "from")]
    name: Option<String>,
    /// Where the model is: a file, NAME.onnx, or an address that begins with http:// or https://. Its
    /// configuration, NAME.onnx.json, is taken from beside it. Of a voice that the catalogue knows,
    /// the files must be those that it knows.
    // Read later: what is wrong with an address is said without the password in it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath, help_heading = "Voices")]
    from: Option<String>,
    /// Print errors only.
    #[arg(short, long)]
    quiet: bool,
}

impl Install {
    pub(super) fn run(&self, catalogue: &Catalogue, json: bool) -> Result<(), Failure> {
        interrupt::listen();
        let from = self.from.as_deref().map(Source::from_str).transpose()?;
        let name = self.name.as_deref().or(from.as_ref().and_then(Source::stem));
        let name = name.unwrap_or_default();
        let entry = catalogue.entry(name);
        let source = from.as_ref().or(entry.map(|entry| &entry.source));
        let source = source.ok_or_else(|| unknown(name, catalogue))?;
        let shelf = VoiceFolder::open()?;
        let quiet = self.quiet || json;
        if !quiet {
            note(&about(name, entry));
        }
        let bar = progress::bar(!quiet, progress::BYTES);
        let mut tell = |file: &str, progress: Progress| {
            if bar.prefix() != file {
                bar.set_prefix(file.to_owned());
            }
            if let Some(of) = progress.of {
                bar.set_length(of);
            }
            bar.set_position(progress.done);
            interrupt::take_care();
            interrupt::check()
        };
        let outcome = shelf.install(&InstallRequest { name, source, entry }, &mut tell);
        bar.finish_and_clear();
        let outcome = outcome?;
        if json {
            let voices = super::list::all(catalogue)?;
            let voice = voices.iter().find(|voice| voice.name == name);
            return voice.map_or(Ok(()), |voice| print_json(Kind::Voice, voice));
        }
        if !self.quiet {
            let folder = shelf.folder().display();
            let told = match outcome {
                Outcome::Installed => told!("{name} is installed: {folder}", name, folder),
                Outcome::AlreadyThere => {
                    told!("{name} was installed already, and is whole: {folder}", name, folder)
                }
            };
            writeln!(stdout(), "{told}")?;
        }
        Ok(())
    }
}

/// What is printed before a voice is fetched: above all its licence.
fn about(name: &str, entry: Option<&Entry>) -> Message {
    let Some(entry) = entry else {
        return message!("{name}: the catalogue knows neither this voice nor its licence", name);
    };
    let about =
        entry.about.as_deref().map(|about| message!("; {about}", about = Message::from(about)));
    let card = entry.card.as_deref().map(|card| format!(": {card}"));
    message!(
        "{name}: licence {licence}{about}{card}",
        name,
        licence = entry.licence,
        about = about.unwrap_or_default(),
        card = card.unwrap_or_default()
    )
}

fn unknown(name: &str, catalogue: &Catalogue) -> Error {
    let names: Vec<_> = catalogue.entries().iter().map(|entry| &entry.name[..]).collect();
    let names = names.join(", ");
    Error::voice(message!(
        "the catalogue has no voice {name}: it has {names}; any other Piper voice is installed with \
         --from FILE.onnx or its address",
        name,
        names
    ))
}
