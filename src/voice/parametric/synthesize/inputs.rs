//! What the acoustic model is asked: the phones of a run of notes with their frames, which phones
//! surround each, and where in its phone each frame is.

use crate::model::phrase::Phone;
use crate::voice::parametric::score::Note;

use super::fast_math::{exp, sin_cos};
use super::frames::FRAME_RATE;

/// Milliseconds a frame.
const FRAME: f64 = 1000.0 / FRAME_RATE as f64;
/// The parts a syllable may have, silence first: a phone of the model is a part and a sound.
const ONSETS: [Phone; 24] = {
    use Phone::*;
    [Glottal, B, D, P, T, Th, Ch, K, F, V, S, Z, X, Gh, H, M, N, Nh, Ng, L, Tr, Sh, R, J]
};
pub(super) const NUCLEI: [Phone; 16] = {
    use Phone::*;
    [A, AShort, E, EShort, Ee, I, O, OShort, Oo, Ow, OwShort, U, Uw, Ie, Uo, Uwo]
};
const CODAS: [Phone; 12] = {
    use Phone::*;
    [P, T, K, Kh, Kp, M, N, Nh, Ng, Ngm, J, W]
};
const SILENCE: usize = 0;
const FIRST_ONSET: usize = SILENCE + 1;
const GLIDE: usize = FIRST_ONSET + ONSETS.len();
const FIRST_NUCLEUS: usize = GLIDE + 1;
const FIRST_CODA: usize = FIRST_NUCLEUS + NUCLEI.len();
const NONE: usize = FIRST_CODA + CODAS.len();

/// Slots of the context, each with a place for every phone and one for none: the phone itself,
/// the one before, the one after, the two beyond those, and its syllable's nucleus and coda.
const SLOTS: usize = 7;
const TONES: usize = 7;
/// How many context inputs there are, of which each phone sets [`ACTIVE`] to 1.
pub(super) const CONTEXT: usize = SLOTS * (NONE + 1) + TONES;
const ACTIVE: usize = SLOTS + 1;
/// How many inputs say where a frame is.
pub(super) const POSITION: usize = 16;

/// A phone of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RunPhone {
    /// Which context inputs are 1.
    pub active: [usize; ACTIVE],
    /// Its first frame.
    pub start: usize,
    /// The frame after its last.
    pub end: usize,
}

/// A phone of a run, before it has frames.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sound {
    /// Which context inputs are 1.
    pub active: [usize; ACTIVE],
    /// When it ends, in milliseconds.
    pub end: f64,
}

/// The sounds of a run of notes, silence of `margin` frames at either end.
pub(super) fn sounds(notes: &[Note], margin: usize) -> Vec<Sound> {
    // Per phone: its index, its syllable's nucleus, coda and tone, its end in milliseconds.
    let mut sounds = Vec::with_capacity(notes.len() * 4 + 2);
    let lead = margin as f64 * FRAME;
    let mut time = lead;
    sounds.push((SILENCE, NONE, NONE, 0, time));
    for note in notes {
        let syllable = &note.syllable;
        let nucleus = FIRST_NUCLEUS + index(&NUCLEI, syllable.nucleus);
        let coda = syllable.coda.map(|coda| FIRST_CODA + index(&CODAS, coda));
        let tone = usize::from(syllable.tone.number());
        let parts = [
            (Some(onset(syllable.onset)), note.onset),
            (syllable.glide.then_some(GLIDE), note.glide),
            (Some(nucleus), note.nucleus),
            (coda, note.coda),
        ];
        for (phone, duration) in parts {
            time += f64::from(duration.0);
            if let Some(phone) = phone {
                sounds.push((phone, nucleus, coda.unwrap_or(NONE), tone, time));
            }
        }
    }
    sounds.push((SILENCE, NONE, NONE, 0, time + lead));
    let at = |index: Option<usize>| {
        index.and_then(|index| sounds.get(index)).map_or(SILENCE, |sound| sound.0)
    };
    sounds
        .iter()
        .enumerate()
        .map(|(i, &(phone, nucleus, coda, tone, end))| {
            let slots = [
                phone,
                at(i.checked_sub(1)),
                at(i.checked_add(1)),
                at(i.checked_sub(2)),
                at(i.checked_add(2)),
                nucleus,
                coda,
            ];
            let mut active = [SLOTS * (NONE + 1) + tone; ACTIVE];
            for (slot, (active, phone)) in active.iter_mut().zip(slots).enumerate() {
                *active = slot * (NONE + 1) + phone;
            }
            Sound { active, end }
        })
        .collect()
}

/// The phones of a run of notes with their frames, silence of `margin` frames at either end.
pub(super) fn phones(notes: &[Note], margin: usize) -> Vec<RunPhone> {
    let mut start = 0;
    let framed = |sound: Sound| {
        // Every phone has a frame, however short it is.
        let end = (libm::round(sound.end / FRAME) as usize).max(start + 1);
        let phone = RunPhone { active: sound.active, start, end };
        start = end;
        phone
    };
    sounds(notes, margin).into_iter().map(framed).collect()
}

/// Where each frame of a run is, [`POSITION`] values a frame.
pub(super) fn positions(phones: &[RunPhone]) -> Vec<f32> {
    let frames = phones.last().map_or(0, |phone| phone.end);
    let mut values = Vec::with_capacity(frames * POSITION);
    let last = phones.len().saturating_sub(1);
    let milliseconds = |frames: usize| frames as f32 * FRAME as f32;
    let length = |index: Option<usize>| match index.and_then(|i| phones.get(i)) {
        Some(phone) => milliseconds(phone.end - phone.start),
        None => 100.0,
    };
    let speech_start = phones.get(1).map_or(0, |phone| phone.start);
    let speech_end = phones.get(last).map_or(0, |phone| phone.start);
    for (i, phone) in phones.iter().enumerate() {
        let (run_start, run_end) = match i {
            0 => (phone.start, phone.end),
            _ if i == last => (phone.start, phone.end),
            _ => (speech_start, speech_end),
        };
        let duration = milliseconds(phone.end - phone.start);
        let lengths = [
            log_length(duration),
            log_length(length(i.checked_sub(1))),
            log_length(length(i.checked_add(1))),
        ];
        for frame in phone.start..phone.end {
            let since = milliseconds(frame - phone.start) + 2.5;
            let until = milliseconds(phone.end - frame) - 2.5;
            let along = since / duration;
            let (sine, cosine) = sin_cos(std::f32::consts::PI * along);
            let (sine_2, cosine_2) = sin_cos(std::f32::consts::TAU * along);
            let run_since = milliseconds(frame - run_start) + 2.5;
            let run_until = milliseconds(run_end - frame) - 2.5;
            values.extend([2.0 * along - 1.0, cosine, sine, cosine_2, sine_2]);
            for scale in [10.0, 30.0, 90.0] {
                values.extend([exp(-since / scale), exp(-until / scale)]);
            }
            values.extend(lengths);
            values.extend([exp(-run_since / 200.0), exp(-run_until / 200.0)]);
        }
    }
    values
}

/// How much longer than 80 ms a phone is, on a logarithmic scale.
pub(super) fn log_length(milliseconds: f32) -> f32 {
    libm::logf(milliseconds.clamp(10.0, 400.0) / 80.0)
}

/// Index of an onset among the model's phones; the South's /w/ is the glide without an onset.
fn onset(phone: Phone) -> usize {
    match phone {
        Phone::W => GLIDE,
        other => FIRST_ONSET + index(&ONSETS, other),
    }
}

/// Position of a phone in a part's list. A phone that cannot be there, which no reading makes,
/// sounds as the list's first.
fn index(list: &[Phone], phone: Phone) -> usize {
    list.iter().position(|p| *p == phone).unwrap_or(0)
}
