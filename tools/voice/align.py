"""Flat-start alignment of the clips to their phones: align.py CORPUS ANALYSIS OUT.json

Three-state left-to-right phones with diagonal Gaussian mixtures over mel-cepstra and deltas,
an optional pause between syllables, and a speaker's bias re-estimated against the state means.
"""
import csv, json, os, pathlib, sys
import numpy as np
from syllable import parse, words

STATES = 3
# Speaker groups whose hỏi and ngã contours are Southern (measured: accents.py). ONE_ACCENT=1 empties it.
SOUTH = set() if os.environ.get("ONE_ACCENT") else set("s00 s02 s03 s05 s06 s08 s10 s14 s15 s19 s22 s28 s33 s35 s36 s40 s44 s49 s50 s55 s57 s60 s72".split())


def accent_of(speaker):
    return "south" if speaker in SOUTH else "north"



def phones_of(text, accent="north"):
    """[(phone name, syllable index)] with 'sil' at the ends; None if a word cannot be parsed."""
    if "-N" in text:
        return None, None
    out, syls = [("sil", -1)], []
    for group in words(text):
        for w in group:
            s = parse(w, accent)
            if s is None:
                return None, None
            k = len(syls)
            syls.append(s)
            out.append(("o:" + s.onset, k))
            if s.glide:
                out.append(("g:w", k))
            out.append(("n:" + s.nucleus, k))
            if s.coda:
                out.append(("c:" + s.coda, k))
            out.append(("sp", k))
    out[-1] = ("sil", -1)
    return out, syls


def features(d):
    m = d["mcep"][:, :25].copy()
    m = np.clip(m, np.percentile(m, 2, axis=0), np.percentile(m, 99.5, axis=0))
    x = np.concatenate([m, d["ncc"][:, None] * 1.0, np.maximum(d["level"], -45)[:, None] / 10], 1)
    pad = np.pad(x, ((4, 4), (0, 0)), "edge")
    delta = sum(k * (pad[4 + k:len(x) + 4 + k] - pad[4 - k:len(x) + 4 - k]) for k in (1, 2, 3, 4)) / 60
    return np.concatenate([x, delta * 6], 1)


def pauses(level):
    """Frames of at least 80 ms in a row near the clip's floor: no phone but silence may have them."""
    quiet = level < min(max(-34.0, np.percentile(level, 5) + 5), -24.0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    out = np.zeros(len(level), bool)
    for a, b in zip(edges[::2], edges[1::2]):
        if b - a >= 16:
            out[a + 2:b - 2] = True
    return out


class Model:
    """Diagonal mixtures per state."""

    def __init__(self, dim, names):
        self.index = {n: i for i, n in enumerate(names)}
        self.dim = dim

    def score(self, x):
        """Log likelihood, frames x states."""
        out = None
        for w, mu, iv, c in self.parts:
            s = -0.5 * ((x ** 2) @ iv.T - 2 * x @ (mu * iv).T + (mu * mu * iv).sum(1)) + c + w
            out = s if out is None else np.logaddexp(out, s)
        return out


def state_list(phones, index):
    """State ids, and for each state whether it may be skipped as a unit (sp)."""
    ids, owner, opt = [], [], []
    for k, (p, _) in enumerate(phones):
        n = STATES if p != "sp" else 1
        for j in range(n):
            ids.append(index[(p if p != "sp" else "sil", j if p != "sp" else 1)])
            owner.append(k)
            opt.append(p == "sp")
    return np.array(ids), np.array(owner), np.array(opt)


def viterbi(logp, opt):
    """Best left-to-right path: one step at most, or over one optional state."""
    T, S = logp.shape
    v = np.full(S, -1e30); v[0] = logp[0, 0]
    back = np.zeros((T, S), np.int8)
    can_skip = np.zeros(S, bool); can_skip[2:] = opt[1:-1]
    for t in range(1, T):
        a = v
        b = np.empty(S); b[0] = -1e30; b[1:] = v[:-1]
        c = np.full(S, -1e30); c[2:] = v[:-2]; c[~can_skip] = -1e30
        m = np.maximum(np.maximum(a, b), c)
        back[t] = np.where(m == a, 0, np.where(m == b, 1, 2))
        v = m + logp[t]
    s = S - 1
    path = np.empty(T, int)
    for t in range(T - 1, -1, -1):
        path[t] = s
        s -= int(back[t, s])
    return path, v[-1]


def run(corpus, ana, iterations=16, mixtures=(0, 8, 12)):
    rows = list(csv.DictReader(open(corpus / "clips.tsv"), delimiter="\t"))
    clips = []
    for r in rows:
        ph, syl = phones_of(r["transcript"], accent_of(r["speaker_guess"]))
        if ph is None:
            continue
        d = np.load(ana / (r["clip"] + ".npz"))
        x = features(d)
        sp = d["level"] > -35
        mean, sd = x[sp].mean(0), x[sp].std(0) + 1e-3
        x = x - mean
        clips.append(dict(clip=r["clip"], spk=r["speaker_guess"], cer=float(r["listener_cer"]), phones=ph, x=x, sil=~sp, quiet=pauses(d["level"])))
    names = sorted({(p, j) for c in clips for p, _ in c["phones"] if p != "sp" for j in range(STATES)})
    model = Model(clips[0]["x"].shape[1], names)
    S = len(names)
    model.rich = {i for i, n in enumerate(names) if n[0] == "sil"}
    silent = np.array([n[0] == "sil" for n in names])
    allx = np.concatenate([c["x"] for c in clips])
    gvar = allx.var(0)
    for c in clips:                         # flat start: silence by level, speech split evenly
        ids, owner, opt = state_list(c["phones"], model.index)
        keep = ~opt
        speech = np.flatnonzero(~c["sil"])
        a, b = speech[0], speech[-1] + 1
        seq = ids[keep]
        lab = np.empty(len(c["x"]), int)
        lab[:a] = seq[1]; lab[b:] = seq[-2]
        mid = seq[STATES:-STATES]
        voiced = np.flatnonzero(~c["quiet"][a:b]) + a
        lab[a:b] = seq[1]
        b, a = len(voiced), 0
        lab[voiced] = mid[np.minimum((np.arange(b) * len(mid) / b).astype(int), len(mid) - 1)]
        c["lab"] = lab
        c["ids"], c["owner"], c["opt"] = ids, owner, opt
    for it in range(iterations):
        X = np.concatenate([c["x"] for c in clips]); L = np.concatenate([c["lab"] for c in clips])
        W = np.concatenate([np.full(len(c["x"]), 1.0 if c["cer"] <= .3 else 0.5) for c in clips])
        estimate(model, X, L, W, S, gvar, sum(it >= m for m in mixtures))
        total = 0
        for c in clips:
            logp = model.score(c["x"])[:, c["ids"]]
            logp[np.ix_(c["quiet"], ~silent[c["ids"]])] -= 60
            path, ll = viterbi(logp, c["opt"])
            c["path"], c["lab"] = path, c["ids"][path]
            c["ll"] = ll / len(path)
            total += ll
        if it >= 3:                         # speaker and clip bias against the state means
            for c in clips:
                post = c["x"] - model.mean[c["lab"]]
                sp = np.array([names[k][0] != "sil" for k in range(S)])[c["lab"]]
                c["x"] = c["x"] - 0.5 * post[sp].mean(0)
        print(it, round(total / len(X), 3), flush=True)
    return clips, names


def estimate(model, X, L, W, S, gvar, mixes):
    D = X.shape[1]
    rng = np.random.default_rng(1)
    mean, var, n = np.zeros((S, D)), np.zeros((S, D)), np.bincount(L, W, S)
    order = np.argsort(L, kind="stable")
    bounds = np.searchsorted(L[order], np.arange(S + 1))
    parts = [[np.full(S, -1e30), np.zeros((S, D)), np.ones((S, D)), np.zeros(S)] for _ in range(max(4, mixes))]
    for s in range(S):
        idx = order[bounds[s]:bounds[s + 1]]
        if len(idx) < 3:
            mean[s], var[s] = (X[idx].mean(0) if len(idx) else 0), gvar
        else:
            x, w = X[idx], W[idx, None]
            mean[s] = (x * w).sum(0) / w.sum()
            k = len(idx) / (len(idx) + 30)
            var[s] = k * ((x - mean[s]) ** 2 * w).sum(0) / w.sum() + (1 - k) * gvar
        var[s] = np.maximum(var[s], 0.1 * gvar)
        m = mixes if len(idx) > 60 * mixes else 1
        m = 4 if s in model.rich else m
        centres = mean[s][None] + (rng.standard_normal((m, D)) * 0.3 * np.sqrt(var[s]) if m > 1 else 0)
        if m > 1:
            x = X[idx]
            vs = np.repeat(var[s][None], m, 0); pw = np.full(m, 1 / m)
            for _ in range(10 if m == 4 else 6):
                lp = np.stack([np.log(pw[j]) - .5 * (((x - centres[j]) ** 2 / vs[j]) + np.log(vs[j])).sum(1) for j in range(m)], 1)
                lp -= lp.max(1, keepdims=True); g = np.exp(lp); g /= g.sum(1, keepdims=True); g *= W[idx, None]
                ng = g.sum(0) + 1e-6
                centres = (g.T @ x) / ng[:, None]
                vs = np.maximum((g.T @ (x * x)) / ng[:, None] - centres ** 2, 0.06 * gvar + 0.1 * var[s]); pw = ng / ng.sum()
        else:
            vs, pw = var[s][None], np.ones(1)
        for j in range(m):
            parts[j][0][s] = np.log(pw[j]); parts[j][1][s] = centres[j]; parts[j][2][s] = 1 / vs[j]
            parts[j][3][s] = -.5 * np.log(vs[j]).sum()
    model.mean, model.var, model.parts = mean, var, parts


def segments(c):
    """[(phone, syllable, start frame, end frame)] of an aligned clip; unused pauses are left out."""
    out = []
    own = c["owner"][c["path"]]
    for k, (p, s) in enumerate(c["phones"]):
        f = np.flatnonzero(own == k)
        if len(f):
            out.append(("sil" if p == "sp" else p, s, int(f[0]), int(f[-1]) + 1))
    return out


if __name__ == "__main__":
    corpus, ana = map(pathlib.Path, sys.argv[1:3])
    clips, names = run(corpus, ana)
    json.dump([dict(clip=c["clip"], spk=c["spk"], cer=c["cer"], ll=c["ll"], segs=segments(c)) for c in clips],
              open(sys.argv[3], "w"), ensure_ascii=False)
