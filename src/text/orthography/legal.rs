//! Every syllable the orthography can write.

use super::rimes::{RIMES, follows_qu};
use super::syllable::{Coda, Nucleus, Onset, Rime, WrittenSyllable};
use crate::model::phrase::Tone;

/// Every legal syllable: each onset with each rime it can be written with, in each tone the coda
/// admits. About a third of them are words.
pub fn legal_syllables() -> impl Iterator<Item = WrittenSyllable> {
    Onset::ALL.iter().flat_map(|onset| {
        rimes_after(*onset).into_iter().flat_map(move |(rime, written_y)| {
            Tone::ALL
                .into_iter()
                .filter(move |tone| {
                    !rime.coda.is_some_and(Coda::is_stop) || matches!(tone, Tone::Sac | Tone::Nang)
                })
                .map(move |tone| WrittenSyllable { onset: *onset, rime, tone, written_y })
        })
    })
}

/// The rimes an onset is written with, each with its spellings, i or y.
fn rimes_after(onset: Onset) -> Vec<(Rime, bool)> {
    let mut rimes = Vec::new();
    for rime in RIMES.iter() {
        let Rime { glide, nucleus, coda } = rime;
        let open_i = nucleus == Nucleus::I && coda.is_none();
        if glide {
            if onset != Onset::C {
                rimes.push((rime, matches!(nucleus, Nucleus::I | Nucleus::Ie)));
            }
            continue;
        }
        match onset {
            Onset::None => {
                rimes.push((rime, nucleus == Nucleus::Ie && coda.is_some()));
                if open_i {
                    rimes.push((rime, true));
                }
            }
            // gi and i, iê or ia share their letters: gi+iu would be giu, which is gi+u; gi+ia
            // gia; and gi+ê+coda is giê+coda, which is gi+iê.
            Onset::Gi => {
                let clash = (nucleus == Nucleus::I && coda == Some(Coda::U))
                    || (nucleus == Nucleus::Ie && coda.is_none())
                    || (nucleus == Nucleus::Ee && coda.is_some());
                if !clash {
                    rimes.push((rime, false));
                }
            }
            _ => {
                rimes.push((rime, false));
                // kỹ, lý, mỹ, tỷ, Vy; never gy, which would be read as gi.
                if open_i && !matches!(onset, Onset::G | Onset::Ng) {
                    rimes.push((rime, true));
                }
            }
        }
        if onset == Onset::C {
            let with_glide = Rime { glide: true, ..rime };
            let spellings = [false, true].into_iter().filter(|y| follows_qu(rime, *y));
            rimes.extend(spellings.map(|y| (with_glide, y)));
        }
    }
    rimes
}
