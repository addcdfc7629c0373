"""What the net is to learn from the teacher's clips: targets.py VOICES BASE TAUGHT OUT

VOICES: folders of voices made from recordings, with commas between them. BASE: the usual pitch of TAUGHT in Hz.

OUT/N.npz has the phones and the vocoder's parameters of TAUGHT/N.npz, with what the teacher lacks:

- The voice quality of tones, which VOICES have from recordings (quality.py).
- Voicing as the phones have it: none in voiceless onsets but where a pitch is found that was not asked for, in voiced onsets all
  through (the teacher's z is half an s), in rimes without gaps until they fade.
- Noise above 6 kHz in s, z, x, tɕ, tʰ and f as clear recordings have it, and none of these so loud beside its vowel that samples jump:
  no teacher's voice has learnt from Vietnamese speakers.
- No hiss above 9 kHz where there is voice.
- The last rime before a pause ends where its voice does.
"""
import pathlib, sys
import numpy as np
import features
from features import HOP
from quality import Quality
from teacher import STOPS, rime

LEAST = 0.4                          # what is left of a rime at least
VOICED = tuple("o:" + c for c in "zvɣmnɲŋlɓɗ")
QUIET = -45.0                        # dB below the loudest frame of its clip: not even a voiced onset is heard
FADED = -25.0                        # dB below the loudest frame of its rime, where a rime has faded
SURE = 0.85                          # of a rime, until where it is looked for gaps
# How many dB 6 to 11 kHz may have beside 3.5 to 5.5 kHz in an onset: as tests/voices/levels.rs, and 3 to 5 dB inside of it.
NOISE = {"o:s": (-3.0, 5.0), "o:z": (-13.0, 3.0), "o:x": (-19.0, -8.0), "o:tɕ": (-13.0, -5.0), "o:tʰ": (-15.0, -4.0), "o:f": (-7.0, 5.0)}
STEEP = -6.0                         # dB beside the loudest frame of its rime: the most that one sample of such an onset may differ from the next
HIGH, MIDDLE, SHELF = (6000.0, 11000.0), (3500.0, 5500.0), (5500.0, 6500.0)   # Hz; the shelf rises over the last
# How many dB 9 to 11.5 kHz may have beside 3.5 to 5.5 kHz where there is voice and no noise is due: the teacher has a steady hiss there, as loud
# as that, which no person has. Its shelf rises over SOFT.
HISS, TOP, SOFT = -18.0, (9000.0, 11500.0), (8000.0, 9000.0)
BEGUN, ENDING = 40.0, 20.0           # ms at the ends of a silence which may have the voice of what is beside it
DECIBELS = 20 / np.log(10)           # in a neper


def ended(phones, voiced):
    """The phones, whose last rime before each silence ends where its voice does. A final stop is silent anyway."""
    phones = list(phones)
    for last in range(len(phones) - 1):
        name, _, syllable, _, end = phones[last]
        if syllable < 0 or phones[last + 1][2] >= 0 or name in STOPS:
            continue
        own = [i for i, p in enumerate(phones) if p[2] == syllable and not p[0].startswith("o:")]
        start = phones[own[0]][3]
        there = np.flatnonzero(voiced[int(start / HOP):int(end / HOP)])
        if not len(there):
            continue
        sounding = (int(start / HOP) + there[-1] + 2) * HOP
        part = (min(end, max(start + LEAST * (end - start), sounding)) - start) / (end - start)
        for i in own:
            name, tone, syllable, a, b = phones[i]
            phones[i] = (name, tone, syllable, start + (a - start) * part, start + (b - start) * part)
        phones[last + 1] = (*phones[last + 1][:3], phones[last][4], phones[last + 1][4])
    return phones


def rimes(phones):
    """Start and end in ms of the sounding part of each rime."""
    for syllable in sorted({p[2] for p in phones} - {-1}):
        own = rime(phones, syllable)
        yield own[0][3], own[-1][3] if own[-1][0] in STOPS else own[-1][4]


def sounding(phones, loudness, voiced, tracked):
    """Which frames have voice. `loudness` in dB, `voiced` by their aperiodicity, `tracked`: a pitch is found that was not asked for."""
    voiced = voiced & tracked
    for name, _, _, start, end in phones:
        there = slice(int(start / HOP), int(end / HOP))
        if name in VOICED:
            voiced[there] |= loudness[there] > loudness.max() + QUIET
    for start, end in rimes(phones):
        there = slice(int(start / HOP), max(int(start / HOP) + 1, int((start + SURE * (end - start)) / HOP)))
        voiced[there] |= loudness[there] > loudness[there].max() + FADED
    for name, _, _, start, end in phones:
        if name == "sil":
            voiced[int((start + BEGUN) / HOP) if start else 0:int((end - ENDING) / HOP)] = False
    return voiced


HERTZ = np.linspace(0, features.RATE / 2, features.BASIS.shape[0])
JUMP = 4 * np.sin(np.pi * HERTZ / features.RATE) ** 2                        # power of the difference of two samples


def power(frames, band=(0.0, features.RATE)):
    """Of each frame at the frequencies of a band."""
    return np.exp(2 * frames @ features.BASIS[(HERTZ >= band[0]) & (HERTZ < band[1])].T)


def beside(frames, band):
    """How many dB a band has beside MIDDLE."""
    return 10 * np.log10(power(frames, band).mean(1) / power(frames, MIDDLE).mean(1))


def noisy(phones, mcep):
    """`mcep` whose onsets of NOISE have at least and at most the noise above 6 kHz that is theirs, and are no steeper than STEEP."""
    shelf = features.ANALYSE @ np.interp(HERTZ, SHELF, [0, 1])
    mcep = mcep.copy()
    for name, _, syllable, start, end in phones:
        there = slice(int(start / HOP), int(end / HOP))
        if name not in NOISE or there.start == there.stop:
            continue
        above = beside(mcep[there], HIGH)
        mcep[there] += (np.clip(above, *NOISE[name]) - above)[:, None] / DECIBELS * shelf
        own = rime(phones, syllable)
        vowel = mcep[int(own[0][3] / HOP):int(own[-1][4] / HOP)]
        if len(vowel):
            steep = 10 * np.log10(power(mcep[there]) @ JUMP / power(vowel).sum(1).max())
            mcep[there, 0] -= np.maximum(steep - STEEP, 0) / DECIBELS
    return mcep


def clean(phones, mcep, voiced):
    """`mcep` without the teacher's hiss."""
    free = voiced.copy()
    for name, _, _, start, end in phones:
        if name in NOISE:
            free[int(start / HOP):int(end / HOP)] = False
    mcep = mcep.copy()
    excess = np.maximum(beside(mcep[free], TOP) - HISS, 0)
    mcep[free] -= excess[:, None] / DECIBELS * (features.ANALYSE @ np.interp(HERTZ, SOFT, [0, 1]))
    return mcep


def main():
    quality, base = Quality([pathlib.Path(v) for v in sys.argv[1].split(",")]), float(sys.argv[2])
    taught, out = pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted((p for p in taught.glob("*.npz") if p.stem.isdigit()), key=lambda p: int(p.stem)):
        z = np.load(path)
        ends = z["ends"].astype(float)
        phones = list(zip(z["names"].tolist(), z["tones"].tolist(), z["syllables"].tolist(), np.append(0.0, ends[:-1]).tolist(), ends.tolist()))
        mcep = noisy(phones, z["mcep"].astype(float))
        voiced = sounding(phones, DECIBELS * mcep[:, 0], z["voiced"], features.tracked(z["x"] / 32767, len(mcep), base))
        mcep, bap = quality.add(phones, clean(phones, mcep, voiced), z["bap"].astype(float), voiced)
        names, tones, syllables, _, ends = zip(*ended(phones, voiced))
        np.savez(out / path.name, names=np.array(names), tones=np.array(tones), syllables=np.array(syllables), ends=np.array(ends),
                 f0=z["f0"], mcep=mcep.astype(np.float32), bap=bap.astype(np.float32), voiced=voiced)


if __name__ == "__main__":
    main()
