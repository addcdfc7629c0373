//! What jobs share: the open voices, the cache, and the front end in use.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::job::cache::Cache;
use crate::job::narrate::Narrator;
use crate::model::design::SoundDesign;
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::request::{ReadingSettings, Request};
use crate::model::voice_settings::VoiceSettings;
use crate::sound::design::Tracks;
use crate::text::FrontEnd;
use crate::voice::Engines;
use crate::voice::parametric::phonemize;

/// What jobs share. A voice that was opened stays open for the next job, and lexicons are loaded once.
#[derive(Default)]
pub struct Context {
    engines: Arc<Engines>,
    cache: Option<Cache>,
    /// The front end of the last request: requests that follow one another mostly have the same
    /// settings.
    front_end: Mutex<Option<Arc<FrontEnd>>>,
    /// The music of the last request that had some, and what it is: that of a show is opened once.
    music: Mutex<Option<(SoundDesign, SharedTracks)>>,
}

/// Music that is mixed by one job at a time.
pub(super) type SharedTracks = Arc<Mutex<Tracks>>;

/// The digest of the running program: of its file or, if that cannot be read, of its version.
fn program() -> Digest {
    static PROGRAM: OnceLock<Digest> = OnceLock::new();
    *PROGRAM.get_or_init(|| {
        let file = std::env::current_exe().and_then(|path| Digest::of_file(&path));
        file.map_or_else(|_| Digest::of(env!("CARGO_PKG_VERSION").as_bytes()), |(digest, _)| digest)
    })
}

impl Context {
    /// A context with these voices. With a cache, what was spoken before is taken from it.
    #[must_use]
    pub fn new(engines: Engines, cache: Option<Cache>) -> Context {
        Context { engines: Arc::new(engines), cache, ..Context::default() }
    }

    /// A context with the same open voices and this cache.
    #[must_use]
    pub fn with_cache(&self, cache: Cache) -> Context {
        let engines = Arc::clone(&self.engines);
        Context { engines, cache: Some(cache), ..Context::default() }
    }

    /// The cache of utterances.
    #[must_use]
    pub fn cache(&self) -> Option<&Cache> {
        self.cache.as_ref()
    }

    /// The front end for these settings.
    ///
    /// # Errors
    /// As [`FrontEnd::new`].
    pub fn front_end(&self, settings: &ReadingSettings) -> Result<Arc<FrontEnd>, Error> {
        let mut last = self.front_end.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = last.as_ref().filter(|last| last.settings() == settings) {
            return Ok(Arc::clone(same));
        }
        let made = Arc::new(FrontEnd::new(settings, &phonemize::spelling)?);
        Ok(Arc::clone(last.insert(made)))
    }

    /// Opens the music of a request, if it has some, so that what is wrong with it is found once, before
    /// any article; it waits on the disk of `folder`.
    ///
    /// # Errors
    /// As [`Engines::open`] and [`Tracks::open`].
    pub fn prepare_music(&self, request: &Request, folder: &Path) -> Result<(), Error> {
        if !request.design.is_empty() {
            self.music(request, folder)?;
        }
        Ok(())
    }

    /// The music of a request, opened: as [`Context::prepare_music`].
    pub(super) fn music(&self, request: &Request, folder: &Path) -> Result<SharedTracks, Error> {
        let voice_rate = self.engines.open(&request.voice)?.info().sample_rate;
        let rate = voice_rate.max(Tracks::RATE);
        let mut last = self.music.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((design, tracks)) = last.as_ref() {
            let opened = tracks.lock().unwrap_or_else(PoisonError::into_inner).rate();
            if *design == request.design && opened == rate {
                return Ok(Arc::clone(tracks));
            }
        }
        let tracks = Arc::new(Mutex::new(Tracks::open(&request.design, rate, folder)?));
        *last = Some((request.design.clone(), Arc::clone(&tracks)));
        Ok(tracks)
    }

    /// Opens the voices of a request and loads its lexicons, so that what is wrong with them is found
    /// once, before any article.
    ///
    /// # Errors
    /// As [`Engines::open`] and [`FrontEnd::new`].
    pub fn prepare(&self, request: &Request) -> Result<(), Error> {
        self.open(&request.voice)?;
        request.voices.values().try_for_each(|voice| self.open(voice))?;
        self.front_end(&request.reading)?;
        Ok(())
    }

    /// Opens a voice.
    ///
    /// # Errors
    /// As [`Engines::open`].
    pub fn open(&self, voice: &VoiceSettings) -> Result<(), Error> {
        self.engines.open(voice).map(|_| ())
    }

    /// The narrator with the voices of a request.
    ///
    /// # Errors
    /// As [`Engines::open`] and [`Narrator::with_others`].
    pub fn narrator(&self, request: &Request) -> Result<Narrator<'_>, Error> {
        let narrator = Narrator::new(self.engines.open(&request.voice)?, self.cache.as_ref());
        let others = request.voices.iter().map(|(part, settings)| {
            let engine = self.engines.open(settings);
            engine.map(|engine| (part.clone(), engine))
        });
        narrator.with_others(others.collect::<Result<_, Error>>()?)
    }

    /// What identifies the outputs of a request for an article with these bytes: if it is the same, the
    /// same bytes come out.
    ///
    /// The whole file of the program is part of it: a new program makes every file again. That is quick
    /// if only readings have changed, because unchanged utterances come from the cache.
    ///
    /// # Errors
    /// As [`Engines::open`] and [`Request::key`].
    pub fn key(&self, request: &Request, source: &Digest) -> Result<Digest, Error> {
        let voices = std::iter::once(&request.voice).chain(request.voices.values());
        let engines = voices.map(|voice| Ok(self.engines.open(voice)?.info().digest));
        let engines: Vec<Digest> = engines.collect::<Result<_, Error>>()?;
        let program = program();
        let speaking: Vec<&[u8]> = std::iter::once(program.bytes())
            .chain(engines.iter().map(Digest::bytes))
            .map(|bytes| &bytes[..])
            .collect();
        request.key(source, &Digest::of_parts(&speaking))
    }

    /// What a user should know about the voices and the cache and was not reported before, as
    /// sentences.
    #[must_use]
    pub fn warnings(&self) -> Vec<Message> {
        let cache = self.cache.as_ref().map(Cache::warnings).unwrap_or_default();
        let cache = cache.into_iter().map(|warning| message!("cache: {warning}", warning));
        cache.chain(self.engines.warnings()).collect()
    }
}
