"""From sentences to samples with the trained net and the ruled prosody."""
import csv, pathlib, pickle
import numpy as np, torch
from scipy.linalg import solveh_banded
import vocoder
from frames import context, positions
from net import Net
from prosody import rime_of, PARTS
from syllable import parse, words

SIL_MS = 60


class Prosody:
    """Ruled durations and f0 from durations.tsv and tones.tsv."""

    def __init__(self, folder, base=118.0, rate=1.0):
        self.base, self.rate = base, rate
        self.dur, self.factor, self.tone = {}, {}, {}
        for r in self.rows(folder / "durations.tsv"):
            if r["part"] == "factor":
                self.factor[r["phone"]] = float(r["ms"])
            else:
                self.dur[r["part"], r["phone"], r["rime"], r["place"]] = float(r["ms"])
        for r in self.rows(folder / "tones.tsv"):
            if r["dialect"] == "north":
                self.tone[int(r["tone"]), r["rime"], r["place"]] = np.array([float(v) for v in r["f0"].split(",")])

    @staticmethod
    def rows(path):
        lines = [l for l in open(path, encoding="utf-8") if not l.startswith("#")]
        return csv.DictReader(lines, delimiter="\t")

    def ms(self, part, phone, rime, place):
        for k in ((phone, rime, place), (phone, "any", place), ("*", rime, place), ("*", "any", place)):
            if (part,) + k in self.dur:
                return self.dur[(part,) + k]
        raise KeyError((part, phone, rime, place))

    def group(self, syls):
        """Phones with durations (ms) and an f0 curve (times ms, semitones) of one run of syllables."""
        phones, tones, owner, ms = ["sil"], [0], [-1], [SIL_MS]
        pts_t, pts_v = [], []
        t = SIL_MS
        for k, s in enumerate(syls):
            place = "final" if k == len(syls) - 1 else "medial"
            rime = rime_of(s.coda)
            parts = [("o:" + s.onset, self.ms("onset", s.onset, "any", place))]
            if s.glide:
                parts.append(("g:w", self.ms("glide", "w", "any", place)))
            parts.append(("n:" + s.nucleus, self.ms("nucleus", s.nucleus, rime, place)))
            if s.coda:
                parts.append(("c:" + s.coda, self.ms("coda", s.coda, "any", place)))
            f = self.factor.get(f"tone{s.tone}", 1.0)
            start = t
            for j, (p, d) in enumerate(parts):
                d = d * (f if j else 1.0) / self.rate
                d = max(3, round(d / 5)) * 5
                phones.append(p); tones.append(s.tone); owner.append(k); ms.append(d)
                if j == 0:
                    start = t + d
                t += d
            key = (s.tone, "stop" if s.stopped else "open")
            c = self.tone.get(key + (place,), self.tone.get(key + ("any",), self.tone.get(key + ("medial",))))
            end = t - (ms[-1] * 0.8 if s.stopped else 0)
            for i in range(8):
                pts_t.append(start + (end - start) * (i + 0.5) / 8); pts_v.append(c[i])
        phones.append("sil"); tones.append(0); owner.append(-1); ms.append(SIL_MS)
        v = np.array(pts_v) - 0.3 * (np.array(pts_t) - SIL_MS) / 1000     # declination, semitones a second
        return phones, tones, owner, ms, np.array(pts_t), v + 0.5


def mlpg(mean, var, win=0.5):
    """mean, var: T x 2D (static, delta); returns T x D."""
    T, D = mean.shape[0], mean.shape[1] // 2
    out = np.empty((T, D))
    for d in range(D):
        ps, pd = 1 / var[d], 1 / var[D + d]
        # delta rows t: 0.5 (c[t+1] - c[t-1]); edges 0.5 (c[1]-c[0]) as padding repeats
        W = np.zeros((3, T))
        diag = np.full(T, ps); off1 = np.zeros(T); off2 = np.zeros(T)
        rhs = ps * mean[:, d].astype(float)
        b = mean[:, D + d]
        # interior
        diag[2:] += 0.25 * pd; diag[:-2] += 0.25 * pd
        off2[:-2] -= 0.25 * pd
        rhs[2:] += 0.5 * pd * b[1:-1]; rhs[:-2] -= 0.5 * pd * b[1:-1]
        for a, e, k in ((0, 1, 0), (T - 2, T - 1, T - 1)):
            diag[a] += 0.25 * pd; diag[e] += 0.25 * pd; off1[a] -= 0.25 * pd
            rhs[e] += 0.5 * pd * b[k]; rhs[a] -= 0.5 * pd * b[k]
        ab = np.zeros((3, T))
        ab[0] = diag; ab[1, :-1] = off1[:-1]; ab[2, :-2] = off2[:-2]
        out[:, d] = solveh_banded(ab, rhs, lower=True)
    return out


class Voice:
    """An ensemble of nets with one target speaker."""

    def __init__(self, paths, speaker="s04"):
        self.nets = []
        for p in paths:
            ck = torch.load(p, weights_only=False)
            net = Net(len(ck["speakers"]), ck["args"]["hidden"], layers=ck["args"]["layers"])
            net.load_state_dict(ck["state"]); net.eval()
            self.nets.append((net, ck))
        self.speaker = speaker

    def raw(self, phones, tones, owner, ms):
        """Net output for a run: T x 84 denormalised (static, delta, bap, voicing logit)."""
        ends = np.cumsum(ms) / 5; ends = np.round(ends).astype(int); starts = np.concatenate([[0], ends[:-1]])
        own, pos = positions(starts, ends, owner)
        ctx = context(phones, tones, owner)[own]
        y = 0
        with torch.no_grad():
            for net, ck in self.nets:
                sp = torch.full((len(pos),), ck["speakers"][self.speaker])
                o = net(torch.from_numpy(ctx), torch.from_numpy(pos), sp).numpy()
                y = y + (o * ck["sd"] + ck["mean"]) / len(self.nets)
        return y, own


def boost(mcep, mean, scale):
    return mean + (mcep - mean) * scale


def f0_frames(pts_t, pts_v, T, base):
    t = np.arange(T) * 5.0 + 2.5
    v = np.interp(t, pts_t, pts_v)
    k = np.hanning(11)[1:-1]; k /= k.sum()
    v = np.convolve(np.pad(v, 4, "edge"), k, "valid")
    return base * 2 ** (v / 12)


def speak(text, voice, prosody, var, mean, scale, bias, pause_ms=180):
    """One sentence to samples."""
    out = [np.zeros(2400)]
    for group in words(text):
        syls = [parse(w) for w in group]
        assert all(syls), group
        phones, tones, owner, ms, pt, pv = prosody.group(syls)
        y, own = voice.raw(phones, tones, owner, ms)
        c = mlpg(y[:, :80], var)
        c = boost(c, mean, scale) + bias
        voiced = y[:, 83] > 0
        sil = np.array([p == "sil" for p in phones])[own]
        voiced &= ~sil
        f0 = f0_frames(pt, pv, len(c), prosody.base)
        x = vocoder.synthesise(f0, c, y[:, 80:83], voiced)
        n = int(0.04 * 24000); fade = np.linspace(0, 1, n)
        x[:n] *= fade; x[-n:] *= fade[::-1]
        out += [x, np.zeros(int(24 * pause_ms))]
    return np.concatenate(out + [np.zeros(2400)])
