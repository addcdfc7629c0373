//! The tones, measured back.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use docbao::model::phrase::Dialect;
use docbao::sound::inspect::PitchFrame;
use rayon::prelude::*;

use crate::said::{Said, Sounds, Speaker, dialects, say_in, speakers};
use crate::{median, none, table};

/// Syllables in the six tones, in the order of their numbers.
const OPEN: [[&str; 6]; 3] = [
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["lan", "làn", "lản", "lãn", "lán", "lạn"],
    ["tôi", "tồi", "tổi", "tỗi", "tối", "tội"],
];
/// Stopped syllables in the tones 5 and 6.
const STOPPED: [[&str; 2]; 3] = [["mát", "mạt"], ["lấp", "lập"], ["tốc", "tộc"]];
/// What stands before and after a syllable.
const CONTEXTS: [(&str, &str, &str); 5] = [
    ("alone", "", ""),
    ("medial", "cho", "la"),
    ("final", "cho la", ""),
    ("after-high", "nói", "la"),
    ("after-low", "là", "la"),
];
/// Where along a rime its pitch is compared.
const PLACES: [f32; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];
/// A pitch so far below the speaker's mean is that of every other period, which creak makes strong.
const DOUBLED: f32 = -9.0;
/// The part of the items whose tone must be recognized.
const RECOGNIZED: f32 = 0.9;

/// A syllable as it was measured.
struct Item {
    voice: &'static str,
    dialect: Dialect,
    tone: usize,
    stopped: bool,
    context: &'static str,
    text: &'static str,
    /// Semitones from the speaker's mean at [`PLACES`].
    f0: [f32; PLACES.len()],
    /// Lowest periodicity between 20 and 50%, and 50 and 80%, of the rime.
    even: [f32; 2],
    /// Seconds of the voiced rime.
    length: f64,
}

/// Every tone of every voice in its Northern and Southern readings; of the Central ones the sources
/// tell too little.
fn items() -> &'static [Item] {
    static ITEMS: OnceLock<Vec<Item>> = OnceLock::new();
    ITEMS.get_or_init(|| {
        let all = speakers().iter().flat_map(|speaker| {
            let read = dialects(speaker).into_iter().filter(|d| *d != Dialect::Central);
            read.map(move |dialect| (speaker, dialect))
        });
        all.flat_map(|(speaker, dialect)| measured(speaker, dialect)).collect()
    })
}

fn measured(speaker: &'static Speaker, dialect: Dialect) -> Vec<Item> {
    let mean = mean(speaker, dialect);
    let open = OPEN.iter().flat_map(|row| row.iter().copied().zip(1..));
    let open = open.map(|(text, tone)| (text, tone, false));
    let stopped = STOPPED.iter().flat_map(|row| row.iter().copied().zip(5..));
    let stopped = stopped.map(|(text, tone)| (text, tone, true));
    let all: Vec<_> = open
        .chain(stopped)
        .flat_map(|syllable| CONTEXTS.map(|context| (syllable, context)))
        .collect();
    all.into_par_iter()
        .map(|((text, tone, stopped), (context, before, after))| {
            let said = say_in(speaker, dialect, format!("{before} {text} {after}").trim());
            let sounds = said.sounds[before.split_whitespace().count()];
            let frames = said.track.between(sounds.rime, sounds.voiced_end());
            let lowest = |from: f32, to: f32| {
                let index = |part: f32| (part * frames.len() as f32) as usize;
                let stretch = &frames[index(from)..index(to).max(index(from) + 1)];
                stretch.iter().map(evenness).fold(1.0, f32::min)
            };
            Item {
                voice: speaker.name,
                dialect,
                tone,
                stopped,
                context,
                text,
                f0: contour(&said, &sounds, mean),
                even: [lowest(0.2, 0.5), lowest(0.5, 0.8)],
                length: sounds.voiced_end() - sounds.rime,
            }
        })
        .collect()
}

/// A speaker's mean pitch, in semitones above 1 Hz, over all tones alike.
fn mean(speaker: &Speaker, dialect: Dialect) -> f32 {
    let said: Vec<Said> =
        OPEN.par_iter().map(|row| say_in(speaker, dialect, &row.join(" "))).collect();
    let frames = said.iter().flat_map(|said| &said.track.frames);
    let modal = frames.filter(|frame| frame.periodicity > 0.9).filter_map(|frame| frame.f0);
    let pitches: Vec<f32> = modal.map(|f0| 12.0 * f0.0.log2()).collect();
    let middle = median(pitches.clone());
    let near: Vec<f32> = pitches.into_iter().filter(|p| (p - middle).abs() < 9.0).collect();
    near.iter().sum::<f32>() / near.len() as f32
}

/// The periodicity of a frame: none where the voice stops.
fn evenness(frame: &PitchFrame) -> f32 {
    if frame.f0.is_some() { frame.periodicity } else { 0.0 }
}

/// Pitch at [`PLACES`] of the voiced rime, unvoiced moments bridged; not a number where it has next to no voice.
fn contour(said: &Said, sounds: &Sounds, mean: f32) -> [f32; PLACES.len()] {
    let frames = said.track.between(sounds.rime, sounds.voiced_end());
    let points: Vec<(f32, f32)> = frames
        .iter()
        .enumerate()
        .filter_map(|(index, frame)| {
            let semitones = 12.0 * frame.f0?.0.log2() - mean;
            let doubled = if semitones < DOUBLED { 12.0 } else { 0.0 };
            Some(((index as f32 + 0.5) / frames.len() as f32, semitones + doubled))
        })
        .collect();
    if points.len() < 3 {
        return [f32::NAN; PLACES.len()]; // next to no voice: no tone is heard
    }
    PLACES.map(|place| {
        let after = points.iter().position(|point| point.0 >= place).unwrap_or(points.len() - 1);
        let (a, b) = (points[after.saturating_sub(1)], points[after]);
        if a.0 >= b.0 {
            return b.1;
        }
        a.1 + (b.1 - a.1) * ((place - a.0) / (b.0 - a.0)).clamp(0.0, 1.0)
    })
}

fn feature(item: &Item, name: &str) -> f32 {
    let lowest = item.f0.iter().copied().fold(f32::INFINITY, f32::min);
    let [start, .., end] = item.f0;
    match name {
        "level" => item.f0.iter().sum::<f32>() / PLACES.len() as f32,
        "end" => end,
        "change" => end - start,
        "rise" => end - lowest,
        "dip" => start - lowest,
        "even" => item.even[0].min(item.even[1]),
        "length" => (item.length / level_length(item)) as f32,
        other => panic!("no feature {other}"),
    }
}

/// How long the rime of ngang is that an item's is compared with.
fn level_length(item: &Item) -> f64 {
    let row = OPEN.iter().find(|row| row[item.tone - 1] == item.text).unwrap_or(&OPEN[0]);
    let level = items().iter().find(|other| {
        (other.voice, other.dialect, other.context) == (item.voice, item.dialect, item.context)
            && other.text == row[0]
    });
    level.unwrap().length
}

#[test]
fn tones_have_the_shapes_of_their_dialect() {
    let columns = ["dialect", "tone", "rime", "context", "feature", "low", "high", "source"];
    let rows = table("shapes.tsv", &columns);
    assert!(rows.len() > 30);
    let mut faults = Vec::new();
    for row in &rows {
        let [dialect, tone, rime, context, name, low, high, _] = &row.fields[..] else { panic!() };
        let dialect: Dialect = dialect.parse().unwrap();
        let tone: usize = tone.parse().unwrap();
        let (low, high): (f32, f32) = (low.parse().unwrap(), high.parse().unwrap());
        let mut found: BTreeMap<(&str, &str), Vec<f32>> = BTreeMap::new();
        for item in items().iter().filter(|item| {
            item.dialect == dialect
                && item.tone == tone
                && item.stopped == (rime == "stop")
                && (context == "any" || context == item.context)
        }) {
            found.entry((item.voice, item.context)).or_default().push(feature(item, name));
        }
        for ((voice, context), values) in found {
            let value = median(values);
            if !(low..=high).contains(&value) {
                faults.push(format!(
                    "{voice} {dialect} tone {tone} {rime} {context}: {name} {value:.2} is not in \
                     {low} to {high} ({})",
                    row.place
                ));
            }
        }
    }
    none("tones_have_the_shapes_of_their_dialect", &faults);
}

/// A tone of a dialect as the sources describe it.
struct Prototype {
    dialect: Dialect,
    tone: usize,
    stopped: bool,
    f0: [f32; PLACES.len()],
    /// Whether the first and the second half are creaky.
    creak: [bool; 2],
}

fn prototypes() -> Vec<Prototype> {
    let columns = ["dialect", "tone", "rime", "f0", "creak", "source"];
    let rows = table("tones.tsv", &columns);
    let parsed = rows.iter().map(|row| {
        let mut values = row.fields[3].split(',').map(|value| value.parse().unwrap());
        Prototype {
            dialect: row.fields[0].parse().unwrap(),
            tone: row.fields[1].parse().unwrap(),
            stopped: row.fields[2] == "stop",
            f0: std::array::from_fn(|_| values.next().unwrap()),
            creak: [row.fields[4] == "middle", row.fields[4] == "end"],
        }
    });
    parsed.collect()
}

/// How far an item is from a prototype: the mean square of semitones, and for each half of the rime
/// that is creaky in one and even in the other a semitone's worth.
fn distance(item: &Item, prototype: &Prototype) -> f32 {
    let squares = item.f0.iter().zip(prototype.f0).map(|(have, want)| (have - want).powi(2));
    let pitch = squares.sum::<f32>() / PLACES.len() as f32;
    let creak = item.even.iter().zip(prototype.creak).map(|(even, creaky)| {
        let creak = ((0.97 - even) / 0.12).clamp(0.0, 1.0);
        (creak - f32::from(u8::from(creaky))).abs()
    });
    pitch + creak.sum::<f32>()
}

#[test]
fn tones_are_recognized_by_their_contours() {
    let prototypes = prototypes();
    let mut tally: BTreeMap<(&str, &str), (usize, Vec<String>)> = BTreeMap::new();
    for item in items() {
        let rivals = prototypes.iter().filter(|prototype| {
            prototype.dialect == item.dialect && prototype.stopped == item.stopped
        });
        let nearest = rivals.min_by(|a, b| distance(item, a).total_cmp(&distance(item, b)));
        let merged = item.dialect == Dialect::Southern && item.tone == 4;
        let tone = if merged { 3 } else { item.tone };
        let (all, wrong) = tally.entry((item.voice, item.dialect.name())).or_default();
        *all += 1;
        let heard = nearest.unwrap().tone;
        if heard != tone || item.f0[0].is_nan() {
            let Item { text, context, f0, even, .. } = item;
            wrong
                .push(format!("  {text} {context} is heard as tone {heard}: {f0:.1?}, {even:.2?}"));
        }
    }
    let mut faults = Vec::new();
    for ((voice, dialect), (all, wrong)) in tally {
        let right = 1.0 - wrong.len() as f32 / all as f32;
        println!("{voice} {dialect}: {:.0}% of {all} tones recognized", 100.0 * right);
        println!("{}", wrong.join("\n"));
        if right < RECOGNIZED {
            let wrong = wrong.join("\n");
            faults.push(format!("{voice} {dialect}: only {:.0}%\n{wrong}", 100.0 * right));
        }
    }
    none("tones_are_recognized_by_their_contours", &faults);
}

#[test]
fn hỏi_and_ngã_are_one_tone_in_the_south() {
    let mut faults = Vec::new();
    let of = |tone: usize| {
        items().iter().filter(move |i| i.dialect == Dialect::Southern && i.tone == tone)
    };
    for (hoi, nga) in of(3).zip(of(4)) {
        for (a, b) in hoi.f0.iter().zip(nga.f0) {
            if (a - b).abs() > 0.5 || a.is_nan() || b.is_nan() {
                let (voice, context) = (hoi.voice, hoi.context);
                let (hoi, nga) = (hoi.text, nga.text);
                faults.push(format!("{voice} {context}: {hoi} has {a:.1} where {nga} has {b:.1}"));
            }
        }
    }
    none("hỏi_and_ngã_are_one_tone_in_the_south", &faults);
}
