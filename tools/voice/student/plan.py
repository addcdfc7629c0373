"""A sentence as notes: each syllable's phones with durations, pitch and creak, by the voice's tables.

The program's own prosody does the same with a richer melody. Here rate, range and register vary from sentence to sentence,
so that a net which learns from what is said so has met all that the program may ask of it.
"""
import csv, random
from dataclasses import dataclass, field
import numpy as np
from prosody import rime_of
from syllable import Syllable, parse, words

POINTS = 8


@dataclass
class Note:
    syllable: Syllable
    parts: list                      # (phone as in frames.PHONES, ms)
    pitch: np.ndarray                # semitones from the voice's base, POINTS over the rime
    creak: np.ndarray                # 0 to 1, the same places
    pause: float = 0.0               # ms of silence after it

    @property
    def onset(self):
        return self.parts[0][1]

    @property
    def sounding(self):
        return sum(ms for _, ms in self.parts)


@dataclass
class Tables:
    """A voice's durations.tsv and tones.tsv."""
    folder: object
    ms: dict = field(default_factory=dict)
    factor: dict = field(default_factory=dict)
    tone: dict = field(default_factory=dict)

    def __post_init__(self):
        numbers = lambda text: np.array([float(v) for v in text.split(",")])
        for r in rows(self.folder / "durations.tsv"):
            if r["part"] == "factor":
                self.factor[r["phone"]] = float(r["ms"])
            else:
                self.ms[r["part"], r["phone"], r["rime"], r["place"]] = float(r["ms"])
        for r in rows(self.folder / "tones.tsv"):
            if r["dialect"] == "north":
                self.tone[int(r["tone"]), r["rime"], r["place"]] = numbers(r["f0"]), numbers(r["creak"])

    def duration(self, part, phone, rime, place):
        for key in ((phone, rime, place), (phone, "any", place), ("*", rime, place), ("*", "any", place)):
            if (part,) + key in self.ms:
                return self.ms[(part,) + key]
        raise KeyError((part, phone, rime, place))

    def contour(self, syllable, place):
        key = syllable.tone, "stop" if syllable.stopped else "open"
        return next(self.tone[key + (p,)] for p in (place, "any", "medial", "final") if key + (p,) in self.tone)


def rows(path):
    return csv.DictReader([line for line in open(path, encoding="utf-8") if not line.startswith("#")], delimiter="\t")


def plan(text, tables, rng=None):
    """The notes of a sentence; `rng` varies rate, range and register, without it all are usual."""
    vary = rng.uniform if rng else lambda low, high: (low + high) / 2
    rate, width, register = vary(0.95, 1.25), vary(0.95, 1.4), vary(-1.5, 1.5)
    notes = []
    for group in words(text):
        syllables = [parse(w) for w in group]
        time = 0.0
        for k, s in enumerate(syllables):
            place, rime = ("final" if k + 1 == len(syllables) else "medial"), rime_of(s.coda)
            factor = tables.factor.get(f"tone{s.tone}", 1.0)
            parts = [("o:" + s.onset, tables.duration("onset", s.onset, "any", place))]
            if s.glide:
                parts.append(("g:w", factor * tables.duration("glide", "w", "any", place)))
            parts.append(("n:" + s.nucleus, factor * tables.duration("nucleus", s.nucleus, rime, place)))
            if s.coda:
                parts.append(("c:" + s.coda, factor * tables.duration("coda", s.coda, "any", place)))
            parts = [(p, max(15.0, ms / rate * vary(0.93, 1.07))) for p, ms in parts]
            pitch, creak = tables.contour(s, place)
            along = np.linspace(0, 1, POINTS)
            if s.stopped:                            # the tone has run its course before the closure
                rest = sum(ms for _, ms in parts[1:])
                along = np.minimum(along * rest / max(1.0, rest - parts[-1][1]), 1)
            at = lambda c: np.interp(along, np.linspace(0, 1, POINTS), c)
            fall = 0.7 * (time / 1000 - 1.0)
            notes.append(Note(s, parts, at(pitch) * width + register - min(fall, 2.0), at(creak)))
            time += notes[-1].sounding
        notes[-1].pause = vary(120, 350)
    return notes
