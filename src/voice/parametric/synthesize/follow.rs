//! What a score asks of the frames of a run of notes, whatever model gave them.

use super::frames::{FRAME_RATE, Frame};
use super::timeline;
use crate::voice::parametric::score::Note;

/// Milliseconds a frame.
pub(super) const FRAME: f32 = 1000.0 / FRAME_RATE as f32;
/// Frames of silence a model hears before and after a run: 60 ms.
pub(super) const MARGIN: usize = 12;
/// How much quieter than a model has it the silence after a run is at its end, in nepers: 60 dB.
const FALL: f32 = -6.9;
/// How much quieter than the model has it a final stop is once it is closed, in nepers: 40 dB. The
/// model averages closures with the releases and voices around them; a Vietnamese final stop is
/// unreleased and silent (Kirby, J. (2011), "Vietnamese (Hanoi Vietnamese)", JIPA 41(3)).
const CLOSURE: f32 = -4.6;
/// Which part of the coda has passed when the lips or tongue begin to close, and when they have.
const CLOSING: std::ops::Range<f32> = 0.15..0.45;

/// The silence after a run.
fn silence_after(frames: &mut [Frame]) -> &mut [Frame] {
    let run = frames.len().saturating_sub(MARGIN);
    &mut frames[run..]
}

/// Lets the silence after a run die away.
pub(super) fn die_away(frames: &mut [Frame]) {
    for (passed, frame) in silence_after(frames).iter_mut().enumerate() {
        frame.mel_cepstrum[0] += FALL * (passed + 1) as f32 / MARGIN as f32;
    }
}

/// Keeps the silence after a run as silent as the final stop before it: the model may have its release there.
pub(super) fn stay_closed(notes: &[Note], frames: &mut [Frame]) {
    if notes.last().is_some_and(|note| note.syllable.is_stopped()) {
        silence_after(frames).iter_mut().for_each(|frame| frame.mel_cepstrum[0] += CLOSURE);
    }
}

/// Gives each frame of a run the pitch, creak and loudness of its score.
pub(super) fn follow(notes: &[Note], frames: &mut [Frame]) {
    let mut start = MARGIN as f32 * FRAME;
    let mut before: Option<f32> = None;
    let mut next = 0;
    for note in notes {
        let onset_end = start + note.onset.0;
        let end = start + note.sounding().0;
        let first = timeline::f0_at(note, 0.0);
        let loudness = libm::logf(timeline::gain(note));
        while next < frames.len() && (next as f32 * FRAME) < end {
            let time = next as f32 * FRAME;
            let frame = &mut frames[next];
            frame.mel_cepstrum[0] += loudness;
            if time < onset_end {
                // Across the onset the pitch runs straight, in semitones, from the last note's end.
                let from = before.unwrap_or(first);
                let along = ((time - start) / note.onset.0).max(0.0);
                frame.f0 = from * libm::powf(first / from, along);
            } else {
                let along = (time - onset_end) / (end - onset_end).max(1.0);
                frame.f0 = timeline::f0_at(note, along);
                frame.creak = timeline::creak_at(note, along);
            }
            next += 1;
        }
        before = Some(timeline::f0_at(note, 1.0));
        start = end;
    }
    let last = before.unwrap_or(timeline::sane_pitch(0.0));
    frames[next..].iter_mut().for_each(|frame| frame.f0 = last);
}

/// Silences final stops once they are closed.
pub(super) fn close_stops(notes: &[Note], frames: &mut [Frame]) {
    let mut end = MARGIN as f32 * FRAME;
    for note in notes {
        end += note.sounding().0;
        if !note.syllable.is_stopped() {
            continue;
        }
        let length = note.coda.0.max(1.0);
        let first = libm::ceilf((end - length) / FRAME) as usize;
        let last = libm::ceilf(end / FRAME) as usize;
        for (index, frame) in frames.iter_mut().enumerate().take(last).skip(first) {
            let along = 1.0 - (end - index as f32 * FRAME) / length;
            let closed = (along - CLOSING.start) / (CLOSING.end - CLOSING.start);
            frame.mel_cepstrum[0] += CLOSURE * closed.clamp(0.0, 1.0);
        }
    }
}
