//! Speech over HTTP, for programs that know OpenAI's speech interface: a [`Server`] answers until it is told
//! to stop. Nothing is kept between requests but open voices.

mod answer;
mod asked;
mod connections;
mod guard;
mod jobs;
mod lists;
mod metrics;
mod patient;
mod pieces;
mod refusal;
mod settings;
mod speaker;
mod speech;
mod state;
mod studio;
mod uploads;
mod voices;
mod workshop;
mod wyoming;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tower_http::cors::CorsLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

use self::connections::Bounds;
use self::jobs::Queue;
use self::refusal::Refusal;
pub use self::settings::{JobSettings, Settings};
use self::state::Shared;
use crate::job::Context;
use crate::model::error::Error;
use crate::model::message::message;

/// When the server is told to stop, requests may still take so long.
const GRACE: Duration = Duration::from_secs(30);

/// A client that sends nothing of its request's body for so long is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a job of the studio is kept after it is over, how many there are at most, and how large the cache
/// of their utterances grows, in bytes, where there is no folder for jobs.
const KEEP_RENDERS: Duration = Duration::from_secs(24 * 60 * 60);
const MOST_RENDERS: usize = 100;
const RENDERS_CACHE: u64 = 500_000_000;

/// A server that listens and does not answer yet.
pub struct Server {
    listener: TcpListener,
    router: Router,
    wyoming: Option<TcpListener>,
    shared: Arc<Shared>,
    runtime: Runtime,
    /// Heard from the start, so that who has been told the address can stop it in order.
    orders: Orders,
    /// Where the studio keeps its jobs if there is no folder for jobs. It goes with the server.
    _renders: Option<TempDir>,
}

impl Server {
    /// Listens, and opens the voice that speaks where a request does not say.
    ///
    /// # Errors
    /// Of kind `Request` if the address cannot be had or a setting is wrong; as
    /// [`Engines::open`](crate::voice::Engines::open).
    pub fn bind(context: Context, settings: &Settings) -> Result<Server, Error> {
        let listener = listen(settings.address)?;
        let wyoming = settings.wyoming.map(listen).transpose()?;
        context.prepare(&settings.manner)?;
        let renders = (settings.studio && settings.jobs.is_none()).then(TempDir::new);
        // The rest of the studio, and of the server, is there without it.
        let renders = renders.and_then(|made| {
            made.inspect_err(|cause| tracing::warn!(%cause, "the studio cannot keep files")).ok()
        });
        let kept = renders.as_ref().map(|folder| JobSettings {
            folder: folder.path().to_owned(),
            keep: KEEP_RENDERS,
            most: MOST_RENDERS,
            cache_limit: RENDERS_CACHE,
        });
        let shared = Arc::new(Shared::new(context, settings, kept.as_ref())?);
        let router = router(&shared, settings)?;
        let runtime = Runtime::new().map_err(cannot_run)?;
        let orders = {
            let _inside = runtime.enter();
            Orders::listen().map_err(cannot_run)?
        };
        Ok(Server { listener, router, wyoming, shared, runtime, orders, _renders: renders })
    }

    /// Where it listens for programs that speak Wyoming.
    ///
    /// # Errors
    /// As [`TcpListener::local_addr`].
    pub fn wyoming_address(&self) -> io::Result<Option<SocketAddr>> {
        self.wyoming.as_ref().map(TcpListener::local_addr).transpose()
    }

    /// Where it listens.
    ///
    /// # Errors
    /// As [`TcpListener::local_addr`].
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until it is told to stop by Ctrl-C or a signal to end; then those who are being answered
    /// are answered to the end, for half a minute at most.
    ///
    /// # Errors
    /// Of kind `Request` if the system does not let it.
    pub fn run(self) -> Result<(), Error> {
        let Server { listener, router, wyoming, shared, runtime, mut orders, _renders } = self;
        let result = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let (told, stop) = watch::channel(false);
            let mut stopped = stop.clone();
            let until_told = async move { drop(stopped.wait_for(|is_over| *is_over).await) };
            let web = connections::serve(listener, router, Bounds::USUAL, until_told);
            let wyoming = wyoming.map(tokio::net::TcpListener::from_std).transpose()?;
            let jobs: Vec<_> = shared.queues().cloned().collect();
            jobs.iter().for_each(Queue::start);
            let assistants = async {
                if let Some(listener) = wyoming {
                    wyoming::serve(listener, shared, stop).await;
                }
            };
            let serving = tokio::spawn(async { tokio::join!(web, assistants) });
            orders.stop().await?;
            tracing::info!("stops");
            jobs.iter().for_each(|jobs| jobs.stop());
            let _ = told.send(true);
            tokio::select! {
                served = serving => served.map(|_| ()).map_err(io::Error::other),
                // Those who are still being answered are cut off, and at once if that is asked for again.
                () = tokio::time::sleep(GRACE) => Ok(()),
                again = orders.stop() => again,
            }
        });
        runtime.shutdown_background();
        result.map_err(cannot_run)
    }
}

fn cannot_run(cause: io::Error) -> Error {
    Error::request(message!("the server cannot run: {cause}", cause))
}

/// Ctrl-C, and the signals to end.
struct Orders {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Orders {
    /// From now on they do not end the process by themselves.
    #[cfg(unix)]
    fn listen() -> io::Result<Orders> {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Orders { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    #[cfg(not(unix))]
    fn listen() -> io::Result<Orders> {
        Ok(Orders {})
    }

    /// Waits for one of them.
    #[cfg(unix)]
    async fn stop(&mut self) -> io::Result<()> {
        tokio::select! {
            _ = self.interrupt.recv() => Ok(()),
            _ = self.terminate.recv() => Ok(()),
        }
    }

    #[cfg(not(unix))]
    async fn stop(&mut self) -> io::Result<()> {
        tokio::signal::ctrl_c().await
    }
}

/// Listens at an address.
fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
    let failed = |cause: io::Error| {
        Error::request(message!("{address} cannot be listened on: {cause}", address, cause))
    };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    Ok(listener)
}

fn router(shared: &Arc<Shared>, settings: &Settings) -> Result<Router, Error> {
    let guarded = Router::new()
        .route("/v1/audio/speech", post(speech::speech))
        .route("/metrics", get(metrics))
        .merge(jobs::routes());
    let (pages, guarded) = match settings.studio {
        true => (studio::pages(), guarded.merge(studio::routes())),
        false => (Router::new(), guarded),
    };
    let guarded = guarded.layer(middleware::from_fn_with_state(Arc::clone(shared), guard::admit));
    let mut router = Router::new()
        .route("/v1/models", get(lists::list_models))
        .route("/v1/audio/models", get(lists::list_audio_models))
        .route("/v1/audio/voices", get(lists::list_voices))
        .route("/openapi.json", get(describe))
        .route("/healthz", get(|| async { "ok\n" }))
        .merge(pages)
        .merge(guarded)
        .fallback(unknown)
        .method_not_allowed_fallback(not_allowed)
        .layer(DefaultBodyLimit::max(settings.largest_body))
        .layer(RequestBodyTimeoutLayer::new(PATIENCE))
        .layer(middleware::from_fn_with_state(Arc::clone(shared), guard::known_name))
        .layer(middleware::from_fn_with_state(Arc::clone(shared), observe));
    if let Some(origin) = &settings.origin {
        let allowed: HeaderValue = origin.parse().map_err(|_| {
            Error::request(message!(
                "{origin} is no origin of web pages",
                origin = format_args!("{origin:?}")
            ))
        })?;
        let cors = CorsLayer::new()
            .allow_methods([Method::DELETE, Method::GET, Method::POST])
            .allow_headers([
                header::AUTHORIZATION,
                header::CONTENT_TYPE,
                HeaderName::from_static(jobs::IDEMPOTENCY_KEY),
            ]);
        router = router.layer(match &**origin {
            "*" => cors.allow_origin(tower_http::cors::Any),
            _ => cors.allow_origin(allowed),
        });
    }
    Ok(router.with_state(Arc::clone(shared)))
}

/// Counts and logs what is answered.
async fn observe(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let since = Instant::now();
    let method = request.method().clone();
    // Of unknown paths there is no end; they are counted as one.
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let path = path.unwrap_or_else(|| "other".to_owned());
    let status = response.status().as_u16();
    shared.metrics.answered(&path, status);
    let milliseconds = since.elapsed().as_millis() as u64;
    tracing::info!(%method, path, status, milliseconds, "answered");
    response
}

/// `GET /metrics`.
async fn metrics(State(shared): State<Arc<Shared>>) -> Result<Response, Refusal> {
    let failed = |_| Refusal::of(StatusCode::INTERNAL_SERVER_ERROR, "the counters have no text");
    let jobs = shared.queues().flat_map(|queue| queue.states());
    let text = shared.metrics.text(jobs).map_err(failed)?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

/// `GET /openapi.json`: all of this for programs, by OpenAPI 3.1.
async fn describe() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], include_str!("openapi.json")).into_response()
}

async fn unknown() -> Refusal {
    Refusal::of(StatusCode::NOT_FOUND, "there is nothing under this address")
}

async fn not_allowed() -> Refusal {
    Refusal::of(StatusCode::METHOD_NOT_ALLOWED, "this address has no such method")
}
