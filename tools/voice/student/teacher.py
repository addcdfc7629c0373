"""The teacher: Kokoro-82M's decoder, driven by our phones, durations and pitch.

The model is cut into three (cut.py): `enc` makes text features from symbols, `pros` an energy contour, `dec` sound from text
features, pitch and energy. It never learnt Vietnamese, so which symbols give which phone was searched for (ONSETS, NUCLEI,
CODAS), and neither its own durations nor its own pitch are used.
"""
import json
import numpy as np
import onnxruntime

RATE, FRAME = 24000, 25.0            # ms of a frame of text features; pitch and energy have two values in one
LEAD, TAIL = 550.0, 350.0            # silence that it wants around speech, ms
# Symbols sound 75 ms (3 frames) before their place in the text features: Kokoro's own time stamps take as much off. Pitch belongs half
# as far ahead: in syllables it comes somewhat late.
EARLY = 37.5
AHEAD = 12.5                         # ms by which pitch sounds before it is asked for
# The symbols of each phone; a list holds blends: ["kɡ"] is one sound between the two.
ONSETS = {"ɓ": "bː", "ɗ": "d", "t": "t", "tʰ": "th", "tɕ": "tɕ", "k": ["kɡ"], "f": "f", "v": "v", "s": "s", "z": ["zʒ"], "x": "kh",
          "ɣ": "ɣ", "h": "h", "m": "m", "n": "n", "l": "l", "ɲ": "ɲ", "ŋ": "ŋː", "ʔ": "", "p": "p"}
NUCLEI = {"a": "aː", "ă": "a", "ɛ": "ɛː", "ɛ̆": "a", "e": "eː", "i": "iː", "ɔ": "ɔː", "ɔ̆": "ɔ", "o": "o", "əː": ["ɤo"],
          "ə̆": "ɤ", "u": "u", "ɨ": "ɯː", "iə": "ie", "uə": "uə", "ɨə": "ɯɤ"}
CODAS = {"p": "b", "t": "t", "k": "k", "c": ["kt"], "k͡p": "k", "m": "m", "n": "n", "ŋ": "ŋ", "ŋ͡m": "ŋ", "ɲ": "jɲ", "w": "ʊ", "j": "j"}
LONGER = {"o:tʰ": 1.4, "o:ŋ": 1.3}
BETWEEN = 12.0                       # ms of a space between syllables
BLEND = 0.4                          # share of the second symbol of a blend
# Before a pause the teacher lets its voice fade to nothing within a rime. So each phrase goes on with an h and its last vowel, which
# taught.py takes away again, and energy in the last rime stays above these two values, at its start and its end.
FILL, FILLED = (("h", 70.0), ("", 140.0)), 210.0
FINAL = 5.3, 4.2
STOPS = ("c:p", "c:t", "c:k", "c:c", "c:k͡p")


class Teacher:
    def __init__(self, folder, styles):
        """`folder`: enc.onnx, pros.onnx, dec.onnx, vocab.json; `styles`: style files with their weights."""
        def load(name):
            o = onnxruntime.SessionOptions()
            o.intra_op_num_threads = o.inter_op_num_threads = 1
            o.log_severity_level = 3
            return onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), o, providers=["CPUExecutionProvider"])
        self.enc, self.pros, self.dec = (load(n) for n in ("enc", "pros", "dec"))
        self.vocab = json.load(open(folder / "vocab.json"))["vocab"]
        # A style file has a vector for each length of text: one from the middle serves for all.
        self.style = sum(w * np.fromfile(f, np.float32).reshape(-1, 256)[65:66] for f, w in styles)

    def symbols(self, notes):
        """The teacher's symbols with their lengths in ms, and our phones (name, tone, syllable, start, end) when they sound."""
        symbols, phones = [("", LEAD + EARLY)], [("sil", 0, -1, 0.0, LEAD)]
        time = LEAD
        for k, note in enumerate(notes):
            s = note.syllable
            if k and not notes[k - 1].pause:
                symbols.append((" ", BETWEEN))
                time += BETWEEN
                phones[-1] = phones[-1][:4] + (time,)
            for phone, ms in note.parts:
                kind, name = phone.split(":")
                ms *= LONGER.get(phone, 1.0)
                own = {"o": ONSETS, "g": {"w": "w"}, "n": NUCLEI, "c": CODAS}[kind][name]
                if kind == "o" and not own:          # ʔ: the vowel begins at once
                    own = NUCLEI[s.nucleus][0] if not s.glide else "w"
                shares = share(own) if kind == "n" else [1 / len(own)] * len(own)
                symbols += [(c, ms * x) for c, x in zip(own, shares)]
                phones.append((phone, s.tone, k, time, time + ms))
                time += ms
            if note.pause or k + 1 == len(notes):
                last = k + 1 == len(notes)
                ms = TAIL if last else note.pause
                symbols += [(c or NUCLEI[s.nucleus][0], filled) for c, filled in FILL] + [("." if last else ",", ms)]
                phones.append(("sil", 0, -1, time, time + FILLED + ms))
                time += FILLED + ms
        return symbols + [("", 50.0)], phones

    def encode(self, symbols):
        """What the energy is made of, and text features; silence at both ends."""
        ids = np.array([[0] + [self.vocab[c] for c in symbols] + [0]], np.int64)
        return self.enc.run(["d", "t"], {"tokens": ids, "style": self.style, "speed": np.ones(1, np.float32)})

    def say(self, notes, base, energy=-0.3, creak_pitch=0.0, creak_energy=0.0, closure=0.7, silent=10.0):
        """Samples at 24 kHz with the silences around, the phones, and the pitch in Hz at times in ms when it sounds."""
        symbols, phones = self.symbols(notes)
        d, text = self.encode([c[0] for c, _ in symbols[1:-1]])
        blended = np.array([False] + [len(c) == 2 for c, _ in symbols[1:-1]] + [False])
        if blended.any():
            text = text + BLEND * blended * (self.encode([c[-1] for c, _ in symbols[1:-1]])[1] - text)
        spread = alignment([ms for _, ms in symbols])
        t = (np.arange(2 * spread.shape[1]) + 0.5) * FRAME / 2
        _, n = self.pros.run(["f0", "n"], {"en": (d[0].T @ spread)[None].astype(np.float32), "style": self.style})
        pitch, creak = contours(notes, phones, t)
        n = n.ravel() + energy - creak_energy * creak
        f0 = base * 2 ** (pitch / 12) * (1 - creak_pitch * np.clip(creak, 0, 1))
        for start, end in final_rimes(phones):
            there = (t >= start + AHEAD) & (t < end + AHEAD)
            n[there] = np.maximum(n[there], energy + np.interp(t[there], [start, end], FINAL))
        for name, _, _, start, end in phones:
            if name == "sil" and end - start > 160:
                f0[(t >= start + FILLED) & (t < end)] = silent
            if name in STOPS:
                shut = (t >= start + 0.25 * (end - start)) & (t < end)
                n[shut] = np.minimum(n[shut], n.min() * closure + n[shut] * (1 - closure))
        shape = lambda v: v[None, None].astype(np.float32)
        x = self.dec.run(["audio"], {"asr": (text[0] @ spread)[None].astype(np.float32), "f0": shape(f0), "n": shape(n),
                                     "style": self.style})[0].ravel()
        return x, phones, lambda t: base * 2 ** (contours(notes, phones, t + AHEAD)[0] / 12)


def rime(phones, syllable):
    """The phones of a syllable but its onset."""
    return [p for p in phones if p[2] == syllable and not p[0].startswith("o:")]


def final_rimes(phones):
    """Start and end in ms of each rime before a silence."""
    for last, after in zip(phones, phones[1:]):
        if last[2] >= 0 > after[2]:
            yield rime(phones, last[2])[0][3], last[4]


def share(symbols):
    """How the parts of a nucleus divide its time."""
    return [0.35, 0.65] if symbols[-1] == "ː" else [0.55, 0.45] if len(symbols) == 2 else [1 / len(symbols)] * len(symbols)


def alignment(ms):
    """Symbols x frames: how much of each frame is each symbol's."""
    ends = np.cumsum(ms)
    starts = ends - ms
    f = np.arange(int(np.ceil(ends[-1] / FRAME - 1e-6))) * FRAME
    part = np.clip(np.minimum(ends[:, None], f + FRAME) - np.maximum(starts[:, None], f), 0, None).astype(np.float32)
    return part / np.maximum(part.sum(0), 1e-6)


def contours(notes, phones, t, reach=3):
    """Pitch in semitones from the base and creak at times t, run together over `reach` steps."""
    xs, ps, cs = [], [], []
    for k, note in enumerate(notes):
        own = rime(phones, k)
        xs += list(np.linspace(own[0][3], own[-1][4], len(note.pitch)))
        ps += list(note.pitch)
        cs += list(note.creak)
    w = np.hanning(reach + 2)[1:-1]
    pitch = np.convolve(np.pad(np.interp(t, xs, ps), reach // 2, "edge"), w / w.sum(), "valid")[:len(t)]
    return pitch, np.interp(t, xs, cs)
