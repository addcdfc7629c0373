"""Lets the teacher say sentences: taught.py TEACHER VOICE BASE STYLES PROMPTS OUT [FIRST LAST]

STYLES: files with weights, as a.bin:0.5,b.bin:0.5. OUT/N.npz: samples, phones and the vocoder's parameters of line N;
one that is there is not made again.
"""
import pathlib, random, sys
import numpy as np
import features
from plan import Tables, plan
from quality import Quality
from teacher import LEAD, STOPS, Teacher

KEPT = 60.0                          # ms of silence kept before speech
LEAST = 0.4                          # what is left of a rime at least


def ended(phones, voiced):
    """The phones, whose last rime before each silence ends where its voice does: the teacher lets it fade too soon. A final stop is
    silent anyway."""
    phones = list(phones)
    for last in range(len(phones) - 1):
        name, _, syllable, _, end = phones[last]
        if syllable < 0 or phones[last + 1][2] >= 0 or name in STOPS:
            continue
        own = [i for i, p in enumerate(phones) if p[2] == syllable and not p[0].startswith("o:")]
        start = phones[own[0]][3]
        there = np.flatnonzero(voiced[int(start / features.HOP):int(end / features.HOP)])
        if not len(there):
            continue
        sounding = (int(start / features.HOP) + there[-1] + 2) * features.HOP
        part = (min(end, max(start + LEAST * (end - start), sounding)) - start) / (end - start)
        for i in own:
            name, tone, syllable, a, b = phones[i]
            phones[i] = (name, tone, syllable, start + (a - start) * part, start + (b - start) * part)
        phones[last + 1] = (*phones[last + 1][:3], phones[last][4], phones[last + 1][4])
    return phones


def clip(teacher, tables, quality, text, base, seed=None):
    """What is known of one sentence: samples, phones, f0, mcep, bap, voiced; the last with the voice quality of the tones, which the
    samples have not."""
    x, phones = teacher.say(plan(text, tables, random.Random(seed) if seed is not None else None), base)
    cut = LEAD - KEPT
    x = np.clip(0.5 * x[int(cut * 24):], -1, 1)
    f0, mcep, bap, voiced = features.analyse(x)
    phones = [(*p[:3], p[3] - cut, p[4] - cut) for p in phones]
    mcep, bap = quality.add(phones, mcep, bap, voiced)
    phones = ended(phones, voiced)
    names, tones, syllables, _, ends = zip(*phones)
    return dict(text=text, x=(x * 32767).astype(np.int16), names=np.array(names), tones=np.array(tones), syllables=np.array(syllables),
                ends=np.array(ends), f0=f0.astype(np.float32), mcep=mcep.astype(np.float32), bap=bap.astype(np.float32), voiced=voiced)


def main():
    folder, voice, base, styles, prompts, out = sys.argv[1:7]
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    teacher = Teacher(pathlib.Path(folder), [(f, float(w)) for f, w in (s.rsplit(":", 1) for s in styles.split(","))])
    tables, quality = Tables(pathlib.Path(voice)), Quality(pathlib.Path(voice))
    lines = [line.strip() for line in open(prompts, encoding="utf-8") if line.strip() and not line.startswith("#")]
    first, last = (int(v) for v in sys.argv[7:9]) if len(sys.argv) > 8 else (1, len(lines))
    for n in range(first, last + 1):
        path = out / f"{n}.npz"
        if not path.exists():
            part = path.with_suffix(".part.npz")
            np.savez(part, **clip(teacher, tables, quality, lines[n - 1], float(base), n))
            part.rename(path)


if __name__ == "__main__":
    main()
