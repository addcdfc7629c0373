"""Pack trained nets into model.bin and a reference vector: export.py NETS(comma) OUTDIR CLIPS.pkl GV SPEAKER F0

GV: how much of the lost variance is given back, 0 none, 1 all. SPEAKER: whose code the voice has. F0: its base pitch in Hz.
"""
import json, pathlib, pickle, struct, sys, zlib
import numpy as np, torch
import frames, synth
from net import Net
from train import frames_of

MAGIC, VERSION = b"DBVOICE1", 2       # version 2: net arrays as f16, stats as f32


def arrays_of(path, speaker):
    """Weights of one net with the speaker and the normalisation folded in."""
    ck = torch.load(path, weights_only=False); s = {k: v.numpy().astype(np.float64) for k, v in ck["state"].items()}
    spk = s["spk.weight"][ck["speakers"][speaker]]
    b0 = s["pos.bias"] + s["spk_in.weight"] @ spk
    out = [s["ctx.weight"], s["pos.weight"], b0]
    for k in range(ck["args"]["layers"] - 1):
        out += [s[f"hidden.{k}.weight"], s[f"hidden.{k}.bias"]]
    sd, mean = ck["sd"], ck["mean"]
    out += [s["out.weight"] * sd[:, None], s["out.bias"] * sd + mean]
    return ck["args"]["hidden"], ck["args"]["layers"], out


def pack(nets, speaker, stats, path, base_f0):
    """stats: var[80], mean[40], scale[40], offset[40]."""
    body = b""
    parts = [arrays_of(n, speaker) for n in nets]
    hidden, layers = parts[0][0], parts[0][1]
    head = struct.pack("<8s9I1f", MAGIC, VERSION, len(nets), frames.CTX, frames.POS, hidden, layers, 40, 3, 84, base_f0)
    for k in ("var", "mean", "scale", "offset"):
        body += np.asarray(stats[k], "<f4").tobytes()
    for _, _, arrays in parts:
        for a in arrays:
            body += np.ascontiguousarray(a, "<f2").tobytes()
    data = head + body
    pathlib.Path(path).write_bytes(data + struct.pack("<I", zlib.crc32(data)))
    return len(data) + 4


def measure(voice, clips, speaker, gv):
    """Trajectory variances, and the scale that gives back the variance averaging took, on the target's clear clips."""
    runs = []
    for c in clips:
        if c["spk"] == speaker and c["cer"] <= 0.3:
            ms = np.array([(b - a) * 5 for a, b in zip(c["st"], c["en"])])
            y = voice.raw(c["names"], c["tones"], c["syls"], ms)[0][:len(c["keep"])]
            runs.append((c, y, c["speech"][:len(y)]))
    var = np.concatenate([((y[:, :80] - frames_of(c)[:len(y), :80])[s]) ** 2 for c, y, s in runs]).mean(0)
    made = [synth.mlpg(y[:, :80], var)[s] for _, y, s in runs]
    natural = [c["norm"][:len(y)][s] for c, y, s in runs]
    full = np.sqrt(np.mean([v.var(0) for v in natural], 0) / np.mean([v.var(0) for v in made], 0))
    mean = np.mean([v.mean(0) for v in made], 0)
    return dict(var=var, mean=mean, scale=np.minimum(full, 3.0) ** gv, offset=mean + np.mean([c["bias"] for c, _, _ in runs], 0))


class Packed:
    """model.bin read back and run in plain numpy, exactly as the engine does."""

    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        assert zlib.crc32(data[:-4]) == struct.unpack("<I", data[-4:])[0]
        (magic, ver, self.n, ctx, pos, h, self.layers, m, b, out, self.base) = struct.unpack("<8s9I1f", data[:48])
        stats = 4 * (2 * m + 3 * m)
        f = "<f4" if ver == 1 else "<f2"
        v = np.concatenate([np.frombuffer(data[48:48 + stats], "<f4"), np.frombuffer(data[48 + stats:-4], f)]).astype(np.float64)
        self.at = 0
        def take(*shape):
            n = int(np.prod(shape)); a = v[self.at:self.at + n].reshape(shape); self.at += n; return a
        self.var, self.mean, self.scale, self.offset = take(2 * m), take(m), take(m), take(m)
        self.nets = []
        for _ in range(self.n):
            net = [take(ctx, h), take(h, pos), take(h)]
            for _ in range(self.layers - 1):
                net += [take(h, h), take(h)]
            self.nets.append(net + [take(out, h), take(out)])
        assert self.at == len(v)

    def raw(self, phones, tones, owner, ms):
        ends = np.floor(np.cumsum(ms) / 5 + 0.5).astype(int); starts = np.concatenate([[0], ends[:-1]])
        own, pos = frames.positions(starts, ends, owner)
        ctx = frames.context(phones, tones, owner)
        y = 0
        for net in self.nets:
            h = np.tanh(net[0][ctx].sum(1)[own] + pos @ net[1].T + net[2])
            for k in range(self.layers - 1):
                h = np.tanh(h @ net[3 + 2 * k].T + net[4 + 2 * k])
            y = y + (h @ net[-2].T + net[-1]) / self.n
        return y, own

    def frames(self, phones, tones, owner, ms):
        """mcep, bap, voiced of a run."""
        y, own = self.raw(phones, tones, owner, ms)
        c = synth.mlpg(y[:, :80], self.var)
        c = self.offset + self.scale * (c - self.mean)
        sil = np.array([p == "sil" for p in phones])[own]
        return c, np.clip(y[:, 80:83], -60, 0), (y[:, 83] > 0) & ~sil


def reference(packed, prosody, text, path):
    """One run with the expected frames."""
    syls = [synth.parse(w) for w in text.split()]
    phones, tones, owner, ms, pt, pv = prosody.group(syls)
    own, pos = None, None
    ends = np.floor(np.cumsum(ms) / 5 + 0.5).astype(int); starts = np.concatenate([[0], ends[:-1]])
    own, pos = frames.positions(starts, ends, owner)
    y, _ = packed.raw(phones, tones, owner, ms)
    c, b, v = packed.frames(phones, tones, owner, ms)
    f0 = synth.f0_frames(pt, pv, len(c), prosody.base)
    r = lambda a, n=5: np.round(np.asarray(a, float), n).tolist()
    json.dump(dict(text=text, phones=phones, tones=tones, syllable=owner, ms=ms, context=frames.context(phones, tones, owner).tolist(),
                   owner=own.tolist(), positions=r(pos), raw=r(y, 4), mcep=r(c), bap=r(b, 4), voiced=v.astype(int).tolist(), f0=r(f0, 3)),
              open(path, "w"), ensure_ascii=False)


if __name__ == "__main__":
    nets, out = sys.argv[1].split(","), pathlib.Path(sys.argv[2])
    speaker, base = sys.argv[5], float(sys.argv[6])
    stats = measure(synth.Voice(nets, speaker), pickle.load(open(sys.argv[3], "rb")), speaker, float(sys.argv[4]))
    print("bytes", pack(nets, speaker, stats, out / "model.bin", base), "scale", np.round(stats["scale"], 2))
    p = Packed(out / "model.bin")
    pros = synth.Prosody(out, base=base)
    reference(p, pros, "quyển sách này kể chuyện học hành", out / "reference.json")
    v = synth.Voice(nets, speaker)
    ph, to, ow, ms, *_ = pros.group([synth.parse(w) for w in "quyển sách này kể chuyện học hành".split()])
    print("max difference to torch", np.abs(v.raw(ph, to, ow, ms)[0] - p.raw(ph, to, ow, ms)[0]).max())
