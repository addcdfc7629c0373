//! What is spoken is heard at once: by a player of the machine, or by a program that reads standard output.

mod player;
mod playing;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use self::player::Player;
use self::playing::Playing;
use super::{Failure, choices, interrupt};
use crate::decode::Decoder;
use crate::job::{Context, Narrator, perform_on};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::request::Request;
use crate::model::take::{from_pcm16, to_pcm16};
use crate::model::utterance::Utterance;
use crate::sound::at_rate;
use crate::sound::formats::{STREAM_FORMATS, Stream, StreamFormat};

/// Where the sound goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Hearing")]
pub(super) struct HearArgs {
    /// Write the sound instead of playing it: to a file, whose ending says its format as for `docbao
    /// narrate`, or with `-` to standard output, while it is spoken.
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// What is written to standard output: wav (the default), mp3, opus, aac, flac or pcm, which is bare
    /// samples of 16 bits, 24000 per second, mono.
    #[arg(long, value_name = "FORMAT", requires = "output", value_parser = choices::stream_format(),
          hide_possible_values = true)]
    format: Option<StreamFormat>,
    #[command(flatten)]
    player: PlayerArgs,
}

/// Who plays sound.
#[derive(Debug, Args)]
#[command(next_help_heading = "Hearing")]
pub(super) struct PlayerArgs {
    /// The program that plays the sound: its name (paplay, aplay, pw-play, ffplay, mpv, play, afplay), or
    /// a command with arguments, which gets WAV on its standard input, or a file where it says {file}. By
    /// default the first of these that is on the path.
    #[arg(long, value_name = "COMMAND", env = "DOCBAO_PLAYER")]
    player: Option<String>,
}

impl HearArgs {
    /// Speaks utterances of an article, as the request says, to where the sound goes. `begun` is called
    /// with each when its sound is handed on.
    ///
    /// # Errors
    /// What the voice, the player or the output says; [`Failure::Stopped`] if the user stops it.
    pub(super) fn speak(
        &self,
        (context, request): (&Context, &Request),
        article: &Article,
        utterances: impl Iterator<Item = Utterance>,
        begun: impl FnMut(&Utterance) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let result = match &self.output {
            None => self.player.speak(&context.narrator(request)?, utterances, begun),
            Some(output) if output.as_os_str() == "-" => {
                let narrator = context.narrator(request)?;
                to_standard_output(&narrator, self.format, utterances)
            }
            Some(output) => self.to_file(output, (context, request), article),
        };
        result.map_err(hushed)
    }

    /// Whether the sound goes to a file, and so is made of the whole article.
    pub(super) fn is_to_file(&self) -> bool {
        self.output.as_ref().is_some_and(|output| output.as_os_str() != "-")
    }

    /// Plays a file of sound.
    ///
    /// # Errors
    /// If it cannot be read, or is to be written; what the player says.
    pub(super) fn play_file(&self, path: &Path) -> Result<(), Failure> {
        if self.output.is_some() {
            let reason = "a file of sound is played as it is; -o is for what is spoken";
            return Err(Error::request(reason).into());
        }
        let mut decoder = Decoder::mixed(path.display().to_string(), open(path)?)?;
        let player = Player::choose(self.player.player.as_deref())?;
        let played = play_all(&mut decoder, &player);
        played.map_err(|error| hushed(error.into()))
    }

    /// Writes the sound of a whole article to a file, mastered as by `docbao narrate`.
    fn to_file(
        &self,
        output: &Path,
        (context, request): (&Context, &Request),
        article: &Article,
    ) -> Result<(), Failure> {
        let ending = output.extension().unwrap_or_default();
        if let Some(format) = self.format.filter(|it| !ending.eq_ignore_ascii_case(it.name)) {
            let (format, output) = (format.name, output.display());
            let reason = message!(
                "--format {format} and the name {output} do not agree: leave --format out, or name the \
                 file so that it ends in .{format}",
                format,
                output
            );
            return Err(Error::request(reason).into());
        }
        let request = request.clone().output(output)?;
        perform_on(context, &request, article, &mut |_| {
            interrupt::take_care();
            interrupt::check()
        })?;
        Ok(())
    }
}

/// How many seconds of a file are played at once.
const PIECE: usize = 10;

/// Plays all of a file of sound.
fn play_all(decoder: &mut Decoder, player: &Player) -> Result<(), Error> {
    let rate = decoder.sample_rate();
    let mut playing = Playing::start(player, rate)?;
    let mut ready: Vec<i16> = Vec::new();
    while let Some(samples) = decoder.read()? {
        ready.extend(samples.iter().copied().map(to_pcm16));
        // So that players of files have few of them.
        if ready.len() >= PIECE * rate as usize {
            playing.play(&ready)?;
            ready.clear();
        }
    }
    playing.play(&ready)?;
    playing.finish()
}

/// What a stop of the user is where nothing is made that could be kept.
fn hushed(failure: Failure) -> Failure {
    match failure {
        Failure::Error(error) if error.is_stop() => Failure::Stopped,
        failure => failure,
    }
}

fn open(path: &Path) -> Result<std::fs::File, Error> {
    std::fs::File::open(path).map_err(|cause| Error::read(path, cause))
}

impl PlayerArgs {
    /// Speaks utterances to the player; it starts with the first words, and this comes back when all was
    /// heard.
    ///
    /// # Errors
    /// As [`HearArgs::speak`].
    pub(super) fn speak(
        &self,
        narrator: &Narrator,
        utterances: impl Iterator<Item = Utterance>,
        mut begun: impl FnMut(&Utterance) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let player = Player::choose(self.player.as_deref())?;
        let mut playing = None;
        let mut shown = Ok(());
        let spoken = narrator.narrate_live(utterances, |utterance, speech| {
            let playing = match &mut playing {
                Some(playing) => playing,
                none => none.insert(Playing::start(&player, narrator.info().sample_rate)?),
            };
            if shown.is_ok() {
                shown = begun(utterance);
            }
            playing.play(&speech.take.samples)
        });
        let heard = spoken.and_then(|()| playing.map_or(Ok(()), Playing::finish));
        heard.map_err(|error| hushed(error.into()))?;
        Ok(shown?)
    }
}

/// Speaks utterances to standard output.
fn to_standard_output(
    narrator: &Narrator,
    format: Option<StreamFormat>,
    utterances: impl Iterator<Item = Utterance>,
) -> Result<(), Failure> {
    let mut out = io::stdout();
    if out.is_terminal() {
        let reason = "sound is not written to a terminal; send it to a file or a program";
        return Err(Error::request(reason).into());
    }
    let format = match format {
        Some(format) => format,
        None => StreamFormat::of(USUAL)?,
    };
    let voice_rate = narrator.info().sample_rate;
    let rate = format.rate(voice_rate)?;
    let mut stream = Stream::new(&mut out);
    let writer = format.start(&mut stream, voice_rate);
    let mut writer = writer.map_err(|fault| fault.in_file("standard output".as_ref()))?;
    let mut result = Ok(());
    let spoken = narrator.narrate_live(utterances, |_, speech| {
        let take = at_rate(speech.take, rate);
        let samples: Vec<f32> = take.samples.into_iter().map(from_pcm16).collect();
        result = writer.write(&samples).and_then(|()| writer.hand_on());
        // Who reads it may have gone, which is no fault; see `Failure::Output`.
        if result.is_err() { Err(Error::stopped()) } else { Ok(()) }
    });
    result?;
    spoken?;
    Ok(writer.finish()?)
}

/// The format of standard output if none is chosen.
const USUAL: &str = "wav";

/// Whether a file is one of sound, by its ending.
pub(super) fn is_sound(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    let mut names = STREAM_FORMATS.iter().map(|format| format.name).chain(["m4a", "m4b", "ogg"]);
    names.any(|name| name != "pcm" && ending.eq_ignore_ascii_case(name))
}
