"""Render and score variants side by side: evaluate.py MODELDIR SENTENCES[,..] NAME=key:value,key:value ...

Keys: rate (slower < 1), gv (exponent on the full scale), bap (factor), pause, sf0 (semitones factor), net (other model.bin).
"""
import os, pathlib, sys
import numpy as np
from scipy.signal import resample_poly
import soundfile
import synth, vocoder
from export import Packed
from score import Listener, sentences
from syllable import parse, words


def render(text, packed, pros, scale=None, bap=1.0, pause=180, range_=1.0, vthr=0.0):
    out = [np.zeros(2400)]
    for group in words(text):
        phones, tones, owner, ms, pt, pv = pros.group([parse(w) for w in group])
        y, own = packed.raw(phones, tones, owner, ms)
        c = synth.mlpg(y[:, :80], packed.var)
        c = packed.offset + (packed.scale if scale is None else scale) * (c - packed.mean)
        sil = np.array([p == "sil" for p in phones])[own]
        f0 = synth.f0_frames(pt, pv * range_, len(c), pros.base)
        x = vocoder.synthesise(f0, c, np.clip(y[:, 80:83] * bap, -60, 0), (y[:, 83] > vthr) & ~sil)
        n = 960; fade = np.linspace(0, 1, n)
        x[:n] *= fade; x[-n:] *= fade[::-1]
        out += [x, np.zeros(int(24 * pause))]
    x = np.concatenate(out + [np.zeros(2400)])
    return x / max(1.0, np.abs(x).max() / 0.95)


def main():
    folder = pathlib.Path(sys.argv[1]); ear = Listener(int(os.environ.get("THREADS", 2)))
    sets = {pathlib.Path(p).stem: sentences(p) for p in sys.argv[2].split(",")}
    for spec in sys.argv[3:]:
        name, _, opts = spec.partition("=")
        o = dict(kv.split(":") for kv in opts.split(",") if kv)
        packed = Packed(o.get("net", folder / "model.bin"))
        pros = synth.Prosody(pathlib.Path(o.get("pros", folder)), base=float(o.get("base", packed.base)), rate=float(o.get("rate", 1)))
        scale = None
        if "gv" in o:
            scale = np.minimum(packed.scale ** (1 / 0.6), 3.0) ** float(o["gv"])
        res, total = [], []
        for s, text in sets.items():
            xs = [render(t, packed, pros, scale, float(o.get("bap", 1)), float(o.get("pause", 180)), float(o.get("sf0", 1)), float(o.get("vthr", 0))) for t in text]
            if "save" in o:
                d = pathlib.Path(o["save"]) / s; d.mkdir(parents=True, exist_ok=True)
                for i, x in enumerate(xs, 1):
                    soundfile.write(d / f"{i}.wav", x, 24000)
            c, e, a = ear.score(text, [resample_poly(x, 2, 3).astype(np.float32) for x in xs], "v" not in o)
            res.append(f"{s} {c:.3f}/{e:.2f}"); total.append((c, len(text)))
        print(f"{name:14s} {'  '.join(res)}  all {sum(c * n for c, n in total) / sum(n for _, n in total):.3f}", flush=True)


if __name__ == "__main__":
    main()
