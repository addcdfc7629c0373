//! Sounds of a foreign word as legal Vietnamese syllables.

use super::rules::{Sound, Vowel};
use crate::model::phrase::Tone;
use crate::text::orthography::{self, Coda, Nucleus, Onset, Rime, WrittenSyllable};

/// The vowel that breaks a cluster: cờ lin tơn.
const BREAKING: Vowel =
    Vowel { nucleus: Nucleus::Ow, offglide: None, tone: Tone::Huyen, flexible: false };

/// A syllable before its parts are fitted to one another.
#[derive(Debug, Clone, Copy)]
struct Draft {
    onset: Onset,
    glide: bool,
    vowel: Vowel,
    coda: Option<Coda>,
}

/// Spells sounds as syllables separated by single spaces; consonants without any vowel are each broken.
/// Empty only if `sounds` is.
pub(super) fn spell(sounds: &[Sound]) -> String {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut cluster: Vec<Sound> = Vec::new();
    for sound in sounds {
        match *sound {
            Sound::Vowel(vowel) => {
                let (onset, glide) = divide(&mut cluster, &mut drafts);
                drafts.push(Draft { onset, glide, vowel, coda: None });
            }
            consonant => cluster.push(consonant),
        }
    }
    if drafts.is_empty() {
        drafts.extend(cluster.iter().filter_map(|sound| consonant(*sound)).map(broken));
    } else if let (Some(last), Some(first)) = (drafts.last_mut(), last_coda(&cluster)) {
        close(last, first);
    }
    let mut spelled = String::new();
    for draft in drafts {
        for syllable in fit(draft) {
            if !spelled.is_empty() {
                spelled.push(' ');
            }
            spelled.push_str(&syllable);
        }
    }
    spelled
}

/// The first of the consonants at a word's end that is heard.
fn last_coda(cluster: &[Sound]) -> Option<Onset> {
    let is_heard = |onset: &Onset| !matches!(onset, Onset::R | Onset::H);
    cluster.iter().copied().filter_map(consonant).find(is_heard)
}

fn consonant(sound: Sound) -> Option<Onset> {
    match sound {
        Sound::Consonant(onset) | Sound::Closing(onset) => Some(onset),
        Sound::Glide | Sound::Vowel(_) => None,
    }
}

/// A consonant of a cluster as a syllable of its own.
fn broken(onset: Onset) -> Draft {
    Draft { onset, glide: false, vowel: BREAKING, coda: None }
}

/// Divides the consonants before a vowel: the first closes the syllable before them, the last is
/// the vowel's onset, which is given back with its glide; between them a stop or fricative before r
/// or l, and s, make syllables of their own, and the rest is not said. At the start of a word all
/// but the onset are broken. Empties `cluster`.
fn divide(cluster: &mut Vec<Sound>, drafts: &mut Vec<Draft>) -> (Onset, bool) {
    let mut consonants: &[Sound] = cluster;
    let mut glide = false;
    if let [before @ .., Sound::Glide] = consonants {
        glide = true;
        consonants = before;
    }
    let mut onset = Onset::None;
    let mut head = None;
    if let [before @ .., Sound::Consonant(last)] = consonants {
        onset = *last;
        consonants = before;
        if let [before @ .., Sound::Consonant(obstruent)] = consonants
            && matches!(onset, Onset::R | Onset::L)
            && joins_liquid(*obstruent)
        {
            consonants = before;
            if (*obstruent, onset) == (Onset::T, Onset::R) {
                onset = Onset::Tr;
            } else {
                head = Some(*obstruent);
            }
        }
    }
    let at_start = drafts.is_empty();
    let unheard = |sound: &Sound| matches!(sound, Sound::Consonant(Onset::R | Onset::H));
    if !at_start
        && let [first, after @ ..] = consonants
        && unheard(first)
    {
        consonants = after;
    }
    let mut rest = consonants.iter().copied().filter_map(consonant);
    if let Some(last) = drafts.last_mut()
        && let Some(first) = rest.next()
    {
        close(last, first);
    }
    drafts.extend(rest.filter(|c| at_start || matches!(c, Onset::X | Onset::S)).map(broken));
    drafts.extend(head.map(broken));
    cluster.clear();
    (onset, glide)
}

/// Whether a consonant and a following r or l start a syllable together in the languages read.
fn joins_liquid(onset: Onset) -> bool {
    matches!(
        onset,
        Onset::B
            | Onset::C
            | Onset::Dd
            | Onset::G
            | Onset::Kh
            | Onset::P
            | Onset::Ph
            | Onset::T
            | Onset::Th
            | Onset::V
    )
}

/// Closes a syllable with a consonant as Vietnamese hears it at the end; r and h are not heard, nor
/// is anything after a semivowel, but that of ây, which gives way (Kane: kên).
fn close(draft: &mut Draft, consonant: Onset) {
    let coda = match consonant {
        Onset::None | Onset::H | Onset::R => return,
        Onset::B | Onset::P | Onset::Ph | Onset::V => Coda::P,
        Onset::C | Onset::G | Onset::Kh => Coda::C,
        Onset::Ch => Coda::Ch,
        Onset::M => Coda::M,
        Onset::N | Onset::L => Coda::N,
        Onset::Ng => Coda::Ng,
        Onset::Nh => Coda::Nh,
        Onset::D
        | Onset::Dd
        | Onset::Gi
        | Onset::S
        | Onset::T
        | Onset::Th
        | Onset::Tr
        | Onset::X => Coda::T,
    };
    match (draft.vowel.nucleus, draft.vowel.offglide) {
        (_, None) => draft.coda = Some(coda),
        (Nucleus::OwShort, Some(Coda::I)) => {
            draft.vowel.nucleus = Nucleus::Ee;
            draft.vowel.offglide = None;
            draft.coda = Some(coda);
        }
        _ => {}
    }
}

/// The legal syllable nearest to a draft; two where a glide must be alone.
fn fit(draft: Draft) -> Vec<String> {
    let Draft { onset, glide, .. } = draft;
    let open = Draft { coda: None, ..draft };
    let plain = |draft| Draft { glide: false, onset: Onset::None, ..draft };
    let u = Vowel { nucleus: Nucleus::U, offglide: None, tone: Tone::Ngang, flexible: false };
    let alone = Draft { onset, glide: false, vowel: u, coda: None };
    let trials: &[&[Draft]] = if glide {
        &[&[draft], &[alone, plain(draft)], &[alone, plain(open)]]
    } else {
        &[&[draft], &[open]]
    };
    let spelled = trials.iter().find_map(|drafts| drafts.iter().map(|d| legal(*d)).collect());
    // Every onset may be followed by ơ.
    spelled.unwrap_or_else(|| legal(broken(onset)).into_iter().collect())
}

/// The spelling of a draft, if its parts make a legal syllable.
fn legal(draft: Draft) -> Option<String> {
    let (nucleus, coda) = agree(draft);
    let stopped = coda.is_some_and(Coda::is_stop);
    let glide_y = draft.glide && matches!(nucleus, Nucleus::I | Nucleus::Ie);
    let bare_y = draft.onset == Onset::None && nucleus == Nucleus::Ie && coda.is_some();
    let written = WrittenSyllable {
        onset: draft.onset,
        rime: Rime { glide: draft.glide, nucleus, coda },
        tone: if stopped && draft.vowel.tone != Tone::Nang { Tone::Sac } else { draft.vowel.tone },
        written_y: glide_y || bare_y,
    };
    let spelling = written.to_string();
    // giê and a coda is read as giê- of giêng; all else is read back as it is.
    orthography::parse(&spelling).is_some().then_some(spelling)
}

/// Nucleus and coda, fitted to what the language joins.
fn agree(draft: Draft) -> (Nucleus, Option<Coda>) {
    let Vowel { nucleus, offglide, flexible, .. } = draft.vowel;
    let coda = offglide.or(draft.coda);
    let nucleus = match (nucleus, coda) {
        (Nucleus::Ee, Some(Coda::Ch | Coda::Nh)) => Nucleus::Ee,
        (Nucleus::Ee, Some(_)) if flexible => Nucleus::E,
        (Nucleus::OLong, coda) if !matches!(coda, Some(Coda::C | Coda::Ng)) => Nucleus::O,
        (Nucleus::Ow, Some(Coda::C | Coda::Ng)) => Nucleus::OwShort,
        (Nucleus::AShort, None) => Nucleus::A,
        (Nucleus::OwShort, None) => Nucleus::Ow,
        (nucleus, _) => nucleus,
    };
    let coda = match (nucleus, coda) {
        (Nucleus::I | Nucleus::Ee, Some(Coda::C)) => Some(Coda::Ch),
        (Nucleus::I | Nucleus::Ee, Some(Coda::Ng)) => Some(Coda::Nh),
        (Nucleus::A | Nucleus::I | Nucleus::Ee, coda) => coda,
        (_, Some(Coda::Ch)) => Some(Coda::C),
        (_, Some(Coda::Nh)) => Some(Coda::N),
        (_, coda) => coda,
    };
    (nucleus, coda)
}
