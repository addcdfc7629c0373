//! Where the name of a voice becomes an engine: the only place that knows all kinds of them.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::engine::Engine;
use super::install::{Catalogue, Entry};
use super::means::{HttpBounds, Means};
use super::parametric::data::Voice;
use super::{http, installed, parametric, piper, remote_name, tone};
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::voice_settings::VoiceSettings;

/// Voices that are kept open; of more, the one that was asked for least recently is let go. A neural
/// voice takes some hundred megabytes.
const MOST_OPEN: usize = 8;

/// A kind of engine.
struct Kind {
    /// Whether a voice of this name is one of the kind.
    has: fn(&str) -> bool,
    open: Open,
}

/// Opens the voice that the settings name.
type Open = fn(&VoiceSettings, &Means) -> Result<Arc<dyn Engine>, Error>;

/// Every kind. A name belongs to the first that has it, or else to the last.
const KINDS: [Kind; 4] = [
    Kind {
        has: |name| name == tone::NAME,
        open: |settings, _| Ok(Arc::new(tone::open(settings)?)),
    },
    Kind { has: remote_name::is_address, open: http::open },
    Kind { has: is_piper, open: |settings, means| piper::open(settings, means.worker.as_deref()) },
    // Where there is no such voice, it says which there are.
    Kind {
        has: |_| true,
        open: |settings, _| {
            let found = parametric::Parametric::open(settings);
            Ok(Arc::new(found.map_err(|error| not_installed(&settings.name).unwrap_or(error))?))
        },
    },
];

/// The error of a voice that could be installed, if this is its name or a part of it.
fn not_installed(name: &str) -> Option<Error> {
    if Voice::list().contains(&name) || !installed::is_name(name) || Path::new(name).is_dir() {
        return None;
    }
    let catalogue = Catalogue::built_in().ok()?;
    let part = name.to_lowercase();
    let is_meant = |entry: &&Entry| entry.name.to_lowercase().contains(&part);
    let mut meant = catalogue.entries().iter().filter(is_meant);
    let entry = catalogue.entry(name).or_else(|| meant.next())?;
    let reason = match entry.name == name {
        true => message!("the voice {name} is not installed", name),
        false => message!(
            "there is no voice {name}, and {entry} is not installed",
            name,
            entry = entry.name
        ),
    };
    let hint = Hint::run(&["voices", "install", &entry.name], "to install it");
    Some(Error::voice(reason).with_hint(hint))
}

/// Whether a name is that of the file of a Piper voice's model, or of an installed voice. Voices inside
/// the program and folders come before installed voices.
fn is_piper(name: &str) -> bool {
    let is_own = || Voice::list().contains(&name) || Path::new(name).is_dir();
    installed::is_model(name) || (!is_own() && installed::installed(name).is_some())
}

/// Names of the voices inside the program, the default one first.
#[must_use]
pub fn voice_names() -> Vec<&'static str> {
    Voice::list()
}

/// Opens voices, and keeps those that were opened: who asks again for the same settings shares the
/// engine. The files of a voice that is open are not read again, even if they change.
#[derive(Default)]
pub struct Engines {
    /// The open voices, that which was asked for last at the end.
    open: Mutex<Vec<(VoiceSettings, Arc<dyn Engine>)>>,
    means: Means,
}

impl fmt::Debug for Engines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        f.debug_list().entries(open.iter().map(|(settings, _)| settings)).finish()
    }
}

impl Engines {
    /// What a user should know of the open voices and was not yet told, as sentences.
    #[must_use]
    pub fn warnings(&self) -> Vec<Message> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().flat_map(|(_, engine)| engine.warnings()).collect()
    }

    /// Engines that run the models of neural voices in processes of this program.
    ///
    /// Such a model comes from strangers, and what runs it gives it whatever memory and time it asks
    /// for. In a process of its own its memory is bounded (on Linux) and so is its time, and one that
    /// asks for more is an error of the voice; without such a program it runs in this process, and can
    /// end it. The program must call [`run_worker`](super::run_worker) before it does anything else;
    /// the command `docbao` does, and one that embeds the library names itself
    /// (`std::env::current_exe`).
    #[must_use]
    pub fn with_worker(self, program: impl Into<PathBuf>) -> Engines {
        Engines { means: Means { worker: Some(program.into()), ..self.means }, ..self }
    }

    /// Engines that ask servers within these bounds, for voices whose name is an address.
    #[must_use]
    pub fn with_http_bounds(self, http: HttpBounds) -> Engines {
        Engines { means: Means { http, ..self.means }, ..self }
    }

    /// The engine of the voice that the settings name.
    ///
    /// # Errors
    /// Of kind `Voice` or `Table` if there is no such voice or its files are damaged; of kind `Read`
    /// if the files of a voice cannot be read; of kind `Request` if the settings ask for what the
    /// voice cannot do.
    pub fn open(&self, settings: &VoiceSettings) -> Result<Arc<dyn Engine>, Error> {
        settings.check()?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let known = open.iter().position(|(of, _)| of == settings);
        let (settings, engine) = match known {
            Some(place) => open.remove(place),
            None => (settings.clone(), self.open_new(settings)?),
        };
        open.push((settings, Arc::clone(&engine)));
        let excess = open.len().saturating_sub(MOST_OPEN);
        open.drain(..excess);
        Ok(engine)
    }

    fn open_new(&self, settings: &VoiceSettings) -> Result<Arc<dyn Engine>, Error> {
        let [kinds @ .., last] = &KINDS;
        let kind = kinds.iter().find(|kind| (kind.has)(&settings.name)).unwrap_or(last);
        (kind.open)(settings, &self.means)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_voice_is_shared_until_many_others_were_asked_for() {
        let engines = Engines::default();
        let open = |rate: f32| {
            engines.open(&VoiceSettings { rate, ..VoiceSettings::of(tone::NAME) }).unwrap()
        };
        let first = open(1.0);
        let others: Vec<_> = (1..MOST_OPEN).map(|at| open(1.0 + at as f32 / 10.0)).collect();
        assert!(Arc::ptr_eq(&first, &open(1.0)));
        open(2.9);
        assert!(Arc::ptr_eq(&first, &open(1.0)), "it was asked for just before");
        assert!(!Arc::ptr_eq(&others[0], &open(1.1)));
    }

    #[test]
    fn what_cannot_be_opened_is_an_error() {
        let refused = |settings: &VoiceSettings| match Engines::default().open(settings) {
            Ok(_) => panic!("{settings:?}"),
            Err(error) => error.to_string(),
        };
        let error = refused(&VoiceSettings::of("nobody"));
        assert!(
            error.starts_with("there is no voice nobody: built in are bac-nu-trong, bac, "),
            "{error}"
        );
        let error = refused(&VoiceSettings { rate: 9.0, ..VoiceSettings::default() });
        assert!(error.starts_with("rate is 9: "), "{error}");
        let neural = VoiceSettings { noise: Some(1.0), ..VoiceSettings::default() };
        assert!(refused(&neural).ends_with("and bac-nu-trong is none; leave out `noise`"));
        #[cfg(not(feature = "net"))]
        assert!(refused(&VoiceSettings::of("http://a/v1#b")).contains("without the network"));
        #[cfg(not(feature = "piper"))]
        assert!(refused(&VoiceSettings::of("a.onnx")).contains("built without those"));
    }
}
