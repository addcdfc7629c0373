//! Cues: which pieces of a sentence are shown together, and on which lines.
//!
//! Of all ways to divide a sentence within the limits the one of least cost is taken. What costs:
//! dividing what belongs together, a cue that is too short or too long to be read at ease, a second
//! line. So cues begin where a breath is taken, and short groups are shown together.

use super::atoms::{Atom, Joint, atoms};
use crate::sound::marks::SentenceMark;

/// How much text a cue has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Most characters of a line.
    pub characters: usize,
    /// What a second line costs, if there is room for one.
    pub second_line: Option<i64>,
}

/// Text and the time it is shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cue {
    /// Number of its sentence, from 0.
    pub sentence: usize,
    /// Which cue of its sentence it is, from 0.
    pub part: usize,
    /// Start in milliseconds: when its first word begins.
    pub start: u64,
    /// End in milliseconds: when its last word ends, until [`Timing`](super::Timing) settles it.
    pub end: u64,
    /// One line or two.
    pub lines: Vec<String>,
    /// The same on one line.
    pub text: String,
    /// The pieces of each line with the time at which each is heard.
    pub pieces: Vec<Vec<Piece>>,
}

/// A piece of a line that is heard as one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Piece {
    /// Its text, the space before it included.
    pub text: String,
    /// Start in milliseconds.
    pub start: f64,
}

/// No cue is shown shorter than this if it can be helped, in ms: five sixths of a second, as the
/// Netflix Timed Text Style Guide has it (General Requirements, Duration).
pub(super) const SHORTEST: u64 = 833;

/// No cue is shown longer than this if it can be helped, in ms: 7 seconds, by the same guide.
const LONGEST: u64 = 7000;

/// What a cue costs by being one. A cost of 10 is that of a small fault.
const CUE: i64 = 10;

/// What it costs to begin a cue where no breath is taken.
const NO_BREATH: i64 = 20;

/// What a second costs by which a cue is shorter or longer than it should be.
const SECOND_TOO_SHORT: i64 = 60;
const SECOND_TOO_LONG: i64 = 40;

/// The cues of a sentence, in order. Their lines keep to the layout, whatever the sentence is.
pub(super) fn of_sentence(sentence: &SentenceMark, layout: Layout) -> Vec<Cue> {
    let atoms = Atoms::new(atoms(sentence, layout.characters), layout);
    let groups = atoms.groups();
    let cues = groups.iter().enumerate().map(|(part, &(from, to))| Cue {
        sentence: sentence.sentence,
        part,
        start: atoms.list[from].start.round() as u64,
        end: atoms.list[to - 1].end.round() as u64,
        lines: atoms.lines(from, to).into_iter().map(|(from, to)| atoms.text(from, to)).collect(),
        text: atoms.text(from, to),
        pieces: atoms
            .lines(from, to)
            .into_iter()
            .map(|(from, to)| atoms.pieces(from, to))
            .collect(),
    });
    cues.collect()
}

/// The pieces of a sentence and what is asked of them again and again.
struct Atoms {
    list: Vec<Atom>,
    /// What it costs to begin a cue or a line with each.
    faults: Vec<i64>,
    /// Where each begins and ends if the whole sentence is on one line, in characters.
    from: Vec<usize>,
    to: Vec<usize>,
    /// For each, the first that has no room on a line that begins with it.
    reach: Vec<usize>,
    layout: Layout,
}

impl Atoms {
    fn new(list: Vec<Atom>, layout: Layout) -> Atoms {
        let (mut from, mut to) = (Vec::new(), Vec::new());
        let mut column = 0;
        for atom in &list {
            column += usize::from(!from.is_empty() && atom.joint != Joint::Cut);
            from.push(column);
            column += atom.width;
            to.push(column);
        }
        let reach = (0..list.len()).map(|first| {
            let edge = from[first] + layout.characters;
            to.partition_point(|&to| to <= edge).max(first + 1)
        });
        let reach = reach.collect();
        let faults = (0..list.len()).map(|at| match at {
            0 => 0,
            _ => fault(&list[at - 1], &list[at]),
        });
        Atoms { faults: faults.collect(), from, to, reach, layout, list }
    }

    /// The pieces of each cue: from the first up to the other.
    fn groups(&self) -> Vec<(usize, usize)> {
        let count = self.list.len();
        // For each place, the least cost of the cues before it, and where the last of them begins.
        let mut best = vec![(0, 0); count + 1];
        for to in 1..=count {
            let mut least: Option<(i64, usize)> = None;
            for from in (0..to).rev() {
                let Some(cost) = self.cost(from, to) else { break };
                let whole = best[from].0 + cost;
                if least.is_none_or(|(least, _)| whole < least) {
                    least = Some((whole, from));
                }
            }
            best[to] = least.unwrap_or((i64::MAX / 2, to - 1));
        }
        let mut groups = Vec::new();
        let mut to = count;
        while to > 0 {
            let from = best[to].1;
            groups.push((from, to));
            to = from;
        }
        groups.reverse();
        groups
    }

    /// What a cue of these pieces costs; `None` if there is no room for it.
    fn cost(&self, from: usize, to: usize) -> Option<i64> {
        let second_line = if self.reach[from] >= to {
            0
        } else {
            // A new line divides less than a new cue does.
            self.layout.second_line? + self.faults[self.line_break(from, to)?] / 2
        };
        let (first, last) = (&self.list[from], &self.list[to - 1]);
        let spoken = ms(last.end - first.start);
        // The silence after it is its own; a sentence has half a second at least.
        let shown = match self.list.get(to) {
            Some(next) => ms(next.start - first.start),
            None => spoken + 500,
        };
        let short = SHORTEST.saturating_sub(shown) as i64 * SECOND_TOO_SHORT / 1000;
        let long = spoken.saturating_sub(LONGEST) as i64 * SECOND_TOO_LONG / 1000;
        let no_breath = if from == 0 || first.joint == Joint::Breath { 0 } else { NO_BREATH };
        Some(CUE + self.faults[from] + no_breath + second_line + short + long)
    }

    /// The lines of a cue, each from a piece up to another: one if there is room.
    fn lines(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        match self.line_break(from, to) {
            Some(at) if self.reach[from] < to => vec![(from, at), (at, to)],
            _ => vec![(from, to)],
        }
    }

    /// Where the second line of a cue begins: where it reads best, and the lower line is rather the
    /// longer. `None` if there is no room for the cue on two lines.
    fn line_break(&self, from: usize, to: usize) -> Option<usize> {
        let width = |from: usize, to: usize| (self.to[to - 1] - self.from[from]) as i64;
        let first = self.reach.partition_point(|&reach| reach < to).max(from + 1);
        let cost = |&at: &usize| {
            let (upper, lower) = (width(from, at), width(at, to));
            self.faults[at] + (upper - lower).pow(2) / 16 + i64::from(upper > lower)
        };
        (first..=self.reach[from].min(to - 1)).min_by_key(cost)
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.pieces(from, to).into_iter().map(|piece| piece.text).collect()
    }

    /// What is on a line, piece by piece.
    fn pieces(&self, from: usize, to: usize) -> Vec<Piece> {
        let pieces = self.list[from..to].iter().enumerate().map(|(at, atom)| {
            let space = if at > 0 && atom.joint != Joint::Cut { " " } else { "" };
            Piece { text: format!("{space}{}", atom.text), start: atom.start }
        });
        pieces.collect()
    }
}

fn ms(time: f64) -> u64 {
    time.round() as u64
}

/// Words that begin a phrase or a clause; a line is better broken before them, as before
/// conjunctions and prepositions in the Netflix Timed Text Style Guide (Line Treatment).
const OPENERS: [&str; 46] = [
    "và", "hoặc", "hay", "nhưng", "song", "mà", "thì", "là", "để", "nhằm", "khi", "lúc", "nếu",
    "vì", "do", "bởi", "nên", "của", "với", "cùng", "trong", "ngoài", "trên", "dưới", "tại", "ở",
    "từ", "đến", "tới", "theo", "cho", "về", "qua", "bằng", "như", "gồm", "sau", "trước", "giữa",
    "rằng", "đã", "sẽ", "đang", "được", "bị", "không",
];

/// What it costs to divide two pieces: 0 where a reader divides them too.
fn fault(before: &Atom, after: &Atom) -> i64 {
    let bare = before.text.trim_end_matches(['”', '’', '"', '\'', '»', ')', ']', '}']);
    let next = after.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    match after.joint {
        Joint::Cut => return 300,
        Joint::Inside => return 200,
        Joint::Space | Joint::Breath => {}
    }
    // A sign on its own goes with what is before it.
    if next.is_empty() {
        return 150;
    }
    if bare.ends_with(['.', '!', '?', '…', ';', ':']) && bare.chars().count() > 3 {
        return 0;
    }
    if bare.ends_with(',') {
        return 5;
    }
    if after.joint == Joint::Breath {
        return 10;
    }
    let digit = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    if OPENERS.contains(&next) {
        25
    } else if !bare.contains(char::is_alphanumeric) {
        // Not after the hyphen of kinh tế - xã hội.
        70
    } else if OPENERS.contains(&before.text.as_str()) || digit(bare) || digit(next) {
        // Not between an opener and its phrase, nor a number and what it counts.
        90
    } else if capital(bare) && capital(next) {
        // Names: Hà Nội, Võ Nguyên Giáp.
        100
    } else {
        60
    }
}
