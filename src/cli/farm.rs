//! `docbao farm`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::args::{
    CacheArgs, HttpArgs, ThreadArgs, VoiceArgs, context, engines_within, manner, prepare,
};
use super::json::{Kind, list, print_json};
use super::outputs::{SoundArgs, TagArgs};
use super::read_args::ReadArgs;
use super::{Failure, choices, interrupt, note, print_fault, source, stdout};
use crate::batch::{self, ArticleFile};
use crate::cli::language::told;
use crate::farm::{Event, Nats, NatsSettings, Queue, Sent, Store, Submitted, Unit, Worker, submit};
use crate::files::{Folding, with_extension};
use crate::job::Context;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::request::{Heeded, Request, Target};
use crate::model::spoken::Confidence;
use crate::sound::Medium;

/// More dead letters are not shown at once.
const MOST_SHOWN: usize = 10_000;

/// Narrate articles on many machines, by a queue in NATS JetStream.
///
/// `submit` puts articles into the queue, `work` on any number of machines makes their files in a folder
/// that all see or in a bucket of S3, `status` counts, and `dead` lists what could not be done.
/// docs/farm.md says more.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  docbao farm submit bao\n  docbao farm work -o ra\n  docbao farm status"
)]
pub(super) struct Farm {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Submit(Box<Submit>),
    Work(Box<Work>),
    Status(Status),
    Dead(Dead),
}

impl Farm {
    pub(super) fn run(&self) -> Result<(), Failure> {
        match &self.action {
            Action::Submit(command) => command.run(),
            Action::Work(command) => command.run(),
            Action::Status(command) => command.run(),
            Action::Dead(command) => command.run(),
        }
    }
}

/// Which queue it is. What holds for it is settled when it is made, by the first `submit` or `work`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Queue")]
struct QueueArgs {
    /// The address of the NATS server, or several separated by commas. A name and a password, or a token,
    /// may be in it: nats://NAME:PASSWORD@HOST:4222. Then put it into the environment.
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "DOCBAO_FARM_SERVER",
        hide_env_values = true,
        default_value = "nats://127.0.0.1:4222"
    )]
    server: String,
    /// The name of the queue.
    #[arg(long, value_name = "NAME", default_value = "docbao")]
    queue: String,
    /// How many articles the queue holds at most; who submits more waits.
    #[arg(long, value_name = "COUNT", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..))]
    most_waiting: u64,
    /// How many articles all workers together have at once at most.
    #[arg(long, value_name = "COUNT", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..))]
    most_working: u64,
    /// After how many seconds without a sign of a worker its article is given to another.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    patience: u64,
    /// How often an article is tried before it becomes a dead letter.
    #[arg(long, value_name = "COUNT", default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=1000))]
    deliveries: u64,
}

impl QueueArgs {
    /// The queue; with `is_made` it is made if it is not there.
    fn open(&self, is_made: bool) -> Result<Nats, Error> {
        Nats::open(&NatsSettings {
            server: self.server.clone(),
            name: self.queue.clone(),
            most_waiting: self.most_waiting,
            most_working: self.most_working,
            patience: Duration::from_secs(self.patience),
            deliveries: self.deliveries,
            is_made,
        })
    }
}

/// Put articles into the queue.
///
/// The articles are sent with what is asked for, so that workers need no files but the voices. Each makes
/// the files that `docbao narrate FOLDER -o OUT` makes of it, byte for byte, below the place that the
/// workers write to. An article that was submitted with the same settings a short while ago is left out.
/// Who submits faster than the workers work waits while the queue is full.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao farm submit bao --format mp3 --captions vtt")]
struct Submit {
    /// The articles: files, folders of files, or addresses of pages (https://…).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Speak no article that has a reading no surer than LEVEL: it becomes a dead letter.
    #[arg(long, value_name = "LEVEL", num_args = 0..=1, require_equals = true,
          default_missing_value = "doubtful", value_parser = choices::confidence(),
          hide_possible_values = true)]
    strict: Option<Confidence>,
    #[command(flatten)]
    queue: QueueArgs,
    #[command(flatten)]
    sound: SoundArgs,
    #[command(flatten)]
    tags: TagArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
}

impl Submit {
    fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        let queue = self.queue.open(true)?;
        let manner = Request {
            tags: self.tags.tags(true)?,
            heeded: Heeded::default(),
            ..manner(&self.read, &self.voice, self.strict)?
        };
        let context = context(&self.voice, None);
        prepare(&context, &manner, None)?;
        let articles = self.articles()?;
        let twins = twins(&articles, self.sound.medium(Path::new(""), true)?);
        interrupt::take_care();
        let (mut sent, mut failed) = (Sent::default(), 0);
        // One after the other: a million requests have no room in memory.
        for article in &articles {
            let submitted = match twins.get(article) {
                Some(error) => Err(Error::input(source::name(&article.path), error.clone())),
                None => self.send(&context, &queue, &manner, article),
            };
            match submitted {
                Ok(one) => {
                    sent = Sent { new: sent.new + one.new, known: sent.known + one.known };
                }
                Err(error) if error.is_stop() => return Err(error.into()),
                Err(error) => {
                    print_fault(&error);
                    failed += 1;
                }
            }
        }
        let Sent { new, known } = sent;
        if self.json {
            #[derive(Serialize)]
            struct Told {
                submitted: usize,
                known: usize,
                failed: usize,
            }
            print_json(Kind::FarmSubmission, &Told { submitted: new, known, failed })?;
        } else {
            let queue = &self.queue.queue;
            let told = match known {
                0 => told!("{new} articles wait in the queue {queue}", new, queue),
                known => told!(
                    "{new} articles wait in the queue {queue}, {known} were there already",
                    new,
                    queue,
                    known
                ),
            };
            writeln!(stdout(), "{told}")?;
        }
        if failed > 0 { Err(Failure::Reported) } else { Ok(()) }
    }

    /// The articles, those of folders with their paths in these.
    fn articles(&self) -> Result<Vec<ArticleFile>, Error> {
        let mut articles = Vec::new();
        for file in &self.files {
            if source::is_folder(file) {
                articles.extend(batch::article_files(file, Path::new(""))?);
            } else {
                articles.push(ArticleFile { path: file.clone(), below: source::file_name(file) });
            }
        }
        Ok(articles)
    }

    fn send(
        &self,
        context: &Context,
        queue: &Nats,
        manner: &Request,
        article: &ArticleFile,
    ) -> Result<Sent, Error> {
        let medium = self.sound.medium(Path::new(""), true)?;
        let speech = with_extension(&article.below, medium.name());
        let target = Target::File(speech.clone());
        let outputs = self.sound.outputs(Some(&speech), target, medium, None)?;
        let source = source::source(&article.path)?;
        let mut request = Request { source, outputs, ..manner.clone() };
        self.read.add_project(&mut request)?;
        let unit = Unit::new(context, request)?;
        submit(queue, &unit, &mut interrupt::check)
    }
}

/// The articles whose files would have the name of another's, each with the reason.
fn twins(articles: &[ArticleFile], medium: Medium) -> BTreeMap<&ArticleFile, Message> {
    let speech = |article: &ArticleFile| with_extension(&article.below, medium.name());
    let folding = Folding::default();
    let mut owners: BTreeMap<Vec<u8>, Vec<&ArticleFile>> = BTreeMap::new();
    for article in articles {
        owners.entry(folding.fold(&speech(article))).or_default().push(article);
    }
    let shared = owners.values().filter(|owners| owners.len() > 1).flatten();
    let reason = |article: &ArticleFile| {
        let speech = speech(article);
        message!(
            "it and another would both be written to {speech}; rename one",
            speech = speech.display()
        )
    };
    shared.map(|article| (*article, reason(article))).collect()
}

/// Work: take articles from the queue and make their files.
///
/// Ctrl-C or SIGTERM ends it: the article that is being spoken is given back to the queue at its next
/// sentence. A worker may be killed at any time: its article is given to another.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao farm work -o ra --until-empty")]
struct Work {
    /// Where the files go: a folder that all workers see, or `s3://BUCKET/PREFIX`, with AWS_ACCESS_KEY_ID,
    /// AWS_SECRET_ACCESS_KEY, AWS_REGION and, for stores other than Amazon's, AWS_ENDPOINT_URL in the
    /// environment.
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// End when nothing is left in the queue.
    #[arg(long)]
    until_empty: bool,
    /// Print errors only.
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    queue: QueueArgs,
    #[command(flatten)]
    threads: ThreadArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    http: HttpArgs,
}

impl Work {
    fn run(&self) -> Result<(), Failure> {
        interrupt::listen();
        let queue = self.queue.open(true)?;
        let store = Store::open(&self.output)?;
        let context = Context::new(engines_within(self.http.bounds()), self.cache.open(false));
        let worker = Worker {
            context: &context,
            queue: &queue,
            store: &store,
            deliveries: self.queue.deliveries,
            until_empty: self.until_empty,
        };
        interrupt::take_care();
        let mut tell = |event: Event| match event {
            Event::Made(name, time) if !self.quiet => {
                note(&message!(
                    "{name}: made in {time} s",
                    name,
                    time = format_args!("{:.1}", time.as_secs_f64())
                ));
            }
            Event::Known(name) if !self.quiet => note(&message!("{name}: is there", name)),
            Event::Made(..) | Event::Known(_) => {}
            Event::Later(name, error) => {
                note(&message!("{name}: {error}; it is tried again later", name, error));
            }
            Event::Dead(name, reason) => print_fault(&format_args!("{name}: {reason}")),
            Event::Outage(error) => note(error),
        };
        let pool = self.threads.pool()?;
        pool.install(|| worker.run(&interrupt::check, &mut tell))?;
        self.cache.trim(&context);
        Ok(())
    }
}

/// Count the articles that wait, are worked on, are over, and are dead letters.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  docbao farm status")]
struct Status {
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    queue: QueueArgs,
}

impl Status {
    fn run(&self) -> Result<(), Failure> {
        let counts = self.queue.open(false)?.counts()?;
        if self.json {
            return print_json(Kind::FarmStatus, &counts);
        }
        let mut out = stdout();
        writeln!(out, "{}", told!("{waiting} wait", waiting = counts.waiting))?;
        writeln!(out, "{}", told!("{working} are worked on", working = counts.working))?;
        writeln!(out, "{}", told!("{over} are over", over = counts.over))?;
        writeln!(
            out,
            "{}",
            told!("{dead} are dead letters (`docbao farm dead`)", dead = counts.dead)
        )?;
        Ok(())
    }
}

/// List the articles that could not be done, each with the reason, or try them again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  docbao farm dead\n  docbao farm dead --resubmit")]
struct Dead {
    /// Put these into the queue again, by their numbers, or all if none is given.
    #[arg(long, value_name = "NUMBER", num_args = 0.., value_delimiter = ',')]
    resubmit: Option<Vec<u64>>,
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    queue: QueueArgs,
}

impl Dead {
    fn run(&self) -> Result<(), Failure> {
        let queue = self.queue.open(false)?;
        let letters = queue.dead(MOST_SHOWN)?;
        let Some(numbers) = &self.resubmit else {
            if self.json {
                return print_json(Kind::DeadLetters, &list("letters", &letters));
            }
            for letter in &letters {
                let (number, name, times) = (letter.number, &letter.name, letter.times);
                writeln!(
                    stdout(),
                    "{}",
                    told!(
                        "{number}: {name}: {reason} (delivered {times} times)",
                        number,
                        name,
                        reason = letter.reason,
                        times
                    )
                )?;
            }
            return Ok(());
        };
        if let Some(number) =
            numbers.iter().find(|number| letters.iter().all(|l| l.number != **number))
        {
            let hint = Hint::run(&["farm", "dead"], "to list them");
            return Err(Error::request(message!("there is no dead letter {number}", number))
                .with_hint(hint)
                .into());
        }
        let wanted = |number: u64| numbers.is_empty() || numbers.contains(&number);
        let mut count = 0;
        for letter in letters.iter().filter(|letter| wanted(letter.number)) {
            if queue.resubmit(letter)? == Submitted::Full {
                let reason =
                    message!("the queue is full; {count} articles were put into it", count);
                return Err(Error::program(&self.queue.queue, reason).into());
            }
            count += 1;
        }
        if !self.json {
            writeln!(stdout(), "{}", told!("{count} articles wait again", count))?;
        }
        Ok(())
    }
}
