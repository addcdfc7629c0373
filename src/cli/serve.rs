//! `docbao serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::args::{VoiceArgs, context, manner, size};
use super::read_args::ReadArgs;
use super::{Failure, config, note, source};
use crate::model::error::{Error, Hint};
use crate::model::message::message;
use crate::model::request::{Heeded, Request};
use crate::serve::{JobSettings, Server, Settings};

/// The environment variable with the token.
const TOKEN: &str = "DOCBAO_TOKEN";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Serve speech over HTTP, for programs that know OpenAI's speech interface.
///
/// POST /v1/audio/speech speaks a text while it is sent; GET /v1/audio/voices lists the voices; with
/// --jobs-folder, POST /v1/jobs makes files of an article. Without other orders it listens on this machine
/// only. On others, give a token in the environment variable DOCBAO_TOKEN or in a file, which clients send
/// as `Authorization: Bearer TOKEN`, and put a proxy with TLS in front. docs/server.md says more. Ctrl-C
/// stops it once all that was asked for is answered.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao serve\n  docbao serve --jobs-folder viec --listen 0.0.0.0:8880 --token-file token"
)]
pub(super) struct Serve {
    /// The address and the port to listen on; port 0 takes any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8880", help_heading = "Server")]
    listen: SocketAddr,
    /// Also listen here for voice assistants that speak Wyoming, such as Home Assistant, for example at
    /// 127.0.0.1:10200. The protocol has no tokens: whoever reaches the address may use it.
    #[arg(long, value_name = "ADDRESS", help_heading = "Server")]
    wyoming: Option<SocketAddr>,
    /// A file with the token that clients must give.
    #[arg(long, value_name = "FILE", conflicts_with = "without_token", help_heading = "Server")]
    token_file: Option<PathBuf>,
    /// Let everybody who reaches the server use it, on other addresses than this machine's too.
    #[arg(long, help_heading = "Server")]
    without_token: bool,
    /// How many requests are spoken at once; more are answered with status 429.
    #[arg(long, value_name = "COUNT", default_value_t = 64, help_heading = "Server")]
    most_requests: u32,
    /// The largest body of a request.
    #[arg(long, value_name = "SIZE", default_value = "4MB", value_parser = size, help_heading = "Server")]
    largest_body: u64,
    /// How many seconds a request may be spoken.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, help_heading = "Server")]
    longest_request: u64,
    /// The folder of jobs: articles that become files while their clients come and go (`POST /v1/jobs`).
    /// Without it, there are no jobs.
    #[arg(long, value_name = "DIR", help_heading = "Server")]
    jobs_folder: Option<PathBuf>,
    /// How many days a job and its files are kept after it is over.
    #[arg(
        long,
        value_name = "DAYS",
        default_value_t = 30,
        requires = "jobs_folder",
        help_heading = "Server"
    )]
    keep_jobs_days: u32,
    /// How many jobs there are at most; of those that are over, the oldest make room for new ones.
    #[arg(
        long,
        value_name = "COUNT",
        default_value_t = 1000,
        requires = "jobs_folder",
        help_heading = "Server"
    )]
    most_jobs: u32,
    /// How large the cache of utterances in the folder of jobs may grow: of an article that comes again with a
    /// word changed, only that sentence is spoken. After each job, what was not used for the longest time is
    /// removed. 0 for no cache.
    #[arg(
        long,
        value_name = "SIZE",
        default_value = "2GB",
        value_parser = size,
        requires = "jobs_folder",
        help_heading = "Server"
    )]
    jobs_cache: u64,
    /// Let jobs and the studio name the address of an article, which is then fetched from the public network,
    /// or with --allow-private-addresses from any.
    #[arg(long, help_heading = "Server")]
    allow_addresses: bool,
    /// Whether there is a studio at /studio, a page on which articles are looked through, corrected, heard
    /// and rendered: on, off, or auto, on if the server listens on this machine only.
    #[arg(long, value_name = "WHETHER", value_enum, default_value_t, help_heading = "Server")]
    studio: Studio,
    /// The lexicon in which the studio keeps readings that are chosen there: a file with the tab-separated
    /// columns `written` and `said`, which is made if it is not there. Without it, the page keeps them.
    #[arg(long, value_name = "FILE", help_heading = "Server")]
    lexicon_file: Option<PathBuf>,
    /// The folder of a show, with its podcast.toml: articles of the studio can be published in it, and the
    /// show is built anew, into the folder `public` in it.
    #[cfg(feature = "podcast")]
    #[arg(long, value_name = "DIR", help_heading = "Server")]
    show: Option<PathBuf>,
    /// The origin of web pages that may use it from a browser, such as `https://example.org`, or `*` for all.
    #[arg(long, value_name = "ORIGIN", help_heading = "Server")]
    allow_origin: Option<String>,
    /// A name by which clients may reach it, besides `localhost` and addresses, such as `doc.example.org`.
    /// Requests for other names are refused if there is such a name or if it listens on this machine only.
    /// May be given several times.
    #[arg(long, value_name = "NAME", help_heading = "Server")]
    allow_host: Vec<String>,
    /// How it logs, on standard error.
    #[arg(long, value_name = "FORM", value_enum, default_value_t, help_heading = "Server")]
    log: Log,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Log {
    /// A line of text for each answer.
    #[default]
    Text,
    /// A line of JSON for each answer.
    Json,
    /// Nothing.
    None,
}

/// Whether there is a studio.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Studio {
    /// If the server listens on this machine only.
    #[default]
    Auto,
    /// Yes.
    On,
    /// No.
    Off,
}

impl Serve {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let settings = Settings {
            address: self.listen,
            wyoming: self.wyoming,
            token: self.token()?,
            jobs: self.jobs_folder.as_ref().map(|folder| JobSettings {
                folder: folder.clone(),
                keep: DAY * self.keep_jobs_days,
                most: self.most_jobs.max(1) as usize,
                cache_limit: self.jobs_cache,
            }),
            addresses: self.allow_addresses,
            studio: match self.studio {
                Studio::Auto => self.listen.ip().is_loopback(),
                Studio::On => true,
                Studio::Off => false,
            },
            lexicon: self.lexicon_file.clone(),
            #[cfg(feature = "podcast")]
            show: self.show.clone(),
            // What clients send may come from anybody.
            manner: Request { heeded: Heeded::default(), ..manner(&self.read, &self.voice, None)? },
            most_requests: self.most_requests.max(1) as usize,
            largest_body: usize::try_from(self.largest_body).unwrap_or(usize::MAX),
            longest_request: Duration::from_secs(self.longest_request),
            names: self.allow_host.clone(),
            origin: self.allow_origin.clone(),
        };
        if !self.listen.ip().is_loopback() && settings.token.is_none() && !self.without_token {
            let reason = message!(
                "{listen} is reached from other machines, and no token is asked for: set {token}",
                listen = self.listen,
                token = TOKEN
            );
            let hint = Hint::give("without_token", "to let everybody use it");
            return Err(Error::request(reason).with_hint(hint).into());
        }
        log(self.log);
        let server = Server::bind(context(&self.voice, None), &settings)?;
        let address = server.address()?;
        note(&message!("speech is served on http://{address}/v1", address));
        if let Some(address) = server.wyoming_address()? {
            note(&message!("voice assistants are served on tcp://{address} (Wyoming)", address));
        }
        if settings.studio {
            note(&message!("the studio is at http://{address}/studio", address));
        }
        server.run()?;
        Ok(())
    }

    /// The token that clients must give.
    fn token(&self) -> Result<Option<String>, Error> {
        if self.without_token {
            return Ok(None);
        }
        let given = match &self.token_file {
            Some(path) => config::plain_text(path)?,
            None => std::env::var(TOKEN).unwrap_or_default(),
        };
        let given = given.trim();
        if let Some(path) = self.token_file.as_ref().filter(|_| given.is_empty()) {
            return Err(Error::input(source::name(path), "has no token in it"));
        }
        Ok((!given.is_empty()).then(|| given.to_owned()))
    }
}

/// Logs from now on.
fn log(form: Log) {
    let lines = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false);
    match form {
        Log::Text => lines.with_ansi(false).init(),
        Log::Json => lines.json().init(),
        Log::None => {}
    }
}
