"""Lets the teacher say sentences: taught.py TEACHER VOICE BASE STYLES PROMPTS OUT [FIRST LAST]

STYLES: files with weights, as a.bin:0.5,b.bin:0.5. OUT/N.npz: samples, phones and the vocoder's parameters of line N;
one that is there is not made again.
"""
import pathlib, random, sys
import numpy as np
import features
from plan import Tables, plan
from teacher import EARLY, FILLED, LEAD, STOPS, Teacher

KEPT = 60.0                          # ms of silence kept before speech
FADE, LATE = 25.0, 60.0              # ms over which a phrase ends, and for which sound lasts after what is taken away


def hushed(x, phones):
    """The samples without what the teacher says on after each phrase."""
    gain = np.ones(len(x))
    for last, (name, _, _, start, _) in zip(phones, phones[1:]):
        if name == "sil":                            # of what follows a closed stop all would be heard
            at, ramp = int((start - (EARLY if last[0] in STOPS else 0)) * 24), int(FADE * 24)
            gain[at - ramp:at] = 0.5 + 0.5 * np.cos(np.pi * np.arange(ramp) / ramp)
            gain[at:int((start + FILLED + LATE) * 24)] = 0
    return x * gain


def clip(teacher, tables, text, base, seed=None):
    """What is known of one sentence: samples, phones, f0, mcep, bap, voiced."""
    x, phones, pitch = teacher.say(plan(text, tables, random.Random(seed) if seed is not None else None), base)
    x, cut = hushed(x, phones), LEAD - KEPT
    x = np.clip(0.5 * x[int(cut * 24):], -1, 1)
    f0 = pitch(cut + np.arange(int(len(x) / features.RATE * 1000 / features.HOP) + 1) * features.HOP)
    mcep, bap, voiced = features.analyse(x, f0)
    names, tones, syllables, _, ends = zip(*phones)
    return dict(text=text, x=(x * 32767).astype(np.int16), names=np.array(names), tones=np.array(tones), syllables=np.array(syllables),
                ends=np.array(ends) - cut, f0=f0.astype(np.float32), mcep=mcep.astype(np.float32), bap=bap.astype(np.float32), voiced=voiced)


def main():
    folder, voice, base, styles, prompts, out = sys.argv[1:7]
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    teacher = Teacher(pathlib.Path(folder), [(f, float(w)) for f, w in (s.rsplit(":", 1) for s in styles.split(","))])
    tables = Tables(pathlib.Path(voice))
    lines = [line.strip() for line in open(prompts, encoding="utf-8") if line.strip() and not line.startswith("#")]
    first, last = (int(v) for v in sys.argv[7:9]) if len(sys.argv) > 8 else (1, len(lines))
    for n in range(first, last + 1):
        path = out / f"{n}.npz"
        if not path.exists():
            part = path.with_suffix(".part.npz")
            np.savez(part, **clip(teacher, tables, lines[n - 1], float(base), n))
            part.rename(path)


if __name__ == "__main__":
    main()
