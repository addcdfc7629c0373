"""Says sentences with a model: speak.py MODEL.bin VOICE SENTENCES OUT

OUT/N.wav is line N. The reference for the program: plan.py's melody is plainer, and levels, closures and creak are left out.
"""
import pathlib, sys
import numpy as np
import soundfile
import features
from inputs import HOP
from model import Model, twice
from plan import Tables, plan

SILENCE = 60.0                       # ms around each run


def laid(notes, base):
    """Phones, pitch in Hz at each frame of the net, and where speech begins and ends in ms, of a run of notes without a pause."""
    phones, time, xs, pitch = [("sil", 0, -1, 0.0, SILENCE)], SILENCE, [], []
    for k, note in enumerate(notes):
        rime = time + note.onset
        for name, ms in note.parts:
            phones.append((name, note.syllable.tone, k, time, time + ms))
            time += ms
        xs += list(np.linspace(rime, time, len(note.pitch)))
        pitch += list(note.pitch)
    phones.append(("sil", 0, -1, time, time + SILENCE))
    t = np.arange(int((time + SILENCE) / HOP) + 1) * HOP
    return phones, base * 2 ** (np.interp(t, xs, pitch) / 12), (SILENCE, time)


def run(model, notes, base):
    """Samples of a run of notes without a pause."""
    phones, f0, (start, end) = laid(notes, base)
    mcep, bap, voiced = model(phones, f0)
    t = np.arange(len(f0)) * HOP
    voiced &= (t >= start) & (t < end)
    return features.synthesise(twice(f0), twice(mcep), twice(bap), twice(voiced) > 0.5)


def say(model, text, tables, base=None):
    notes, out, first = plan(text, tables), [], 0
    for k, note in enumerate(notes):
        if note.pause or k + 1 == len(notes):
            out += [run(model, notes[first:k + 1], base or model.base), np.zeros(int(24 * note.pause))]
            first = k + 1
    x = np.concatenate(out)
    return x / np.abs(x).max() * 0.7


def main():
    path, voice, sentences, out = sys.argv[1:5]
    model, tables, out = Model(path), Tables(pathlib.Path(voice)), pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    lines = [line.strip() for line in open(sentences, encoding="utf-8") if line.strip() and not line.startswith("#")]
    for n, line in enumerate(lines, 1):
        soundfile.write(out / f"{n}.wav", say(model, line, tables), features.RATE)


if __name__ == "__main__":
    main()
