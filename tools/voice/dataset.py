"""Training frames from the analysis and the alignment, with speaker normalisation."""
import json
import numpy as np
from align import accent_of
from frames import context, positions, INDEX
from syllable import words, parse

ORDER = 40


CLOSED = {"o:" + p for p in "p t k tɕ tʰ ʈ ɓ ɗ".split()}


def merge_short_pauses(segs, limit=16):
    """A pause under 80 ms is a closure: it joins the stop onset after it, else the phone before it."""
    out = [list(s) for s in segs]
    i = 1
    while i < len(out) - 1:
        p, _, a, b = out[i]
        if p == "sil" and b - a < limit:
            if out[i + 1][0] in CLOSED and b - a < 14:
                out[i + 1][2] = a
            else:
                out[i - 1][3] = b
            del out[i]
        else:
            i += 1
    return out


def load(ana, align, transcripts, max_cer=0.62, edge=20):
    """Clips as dicts of arrays; speakers normalised by state means. Long silences are trimmed to `edge` frames."""
    clips = []
    for c in json.load(open(align)):
        if c["cer"] > max_cer:
            continue
        segs = merge_short_pauses(c["segs"])
        if any((e - s) * 5 > 500 for p, _, s, e in segs if p != "sil"):
            continue
        syl = [parse(w, accent_of(c['spk'])) for g in words(transcripts[c["clip"]]) for w in g]
        d = np.load(ana / (c["clip"] + ".npz"))
        voiced = (d["f0"] > 0) & (d["ncc"] > 0.55) & (d["level"] > -38)
        voiced = np.convolve(np.pad(voiced, 1, "edge"), np.ones(3), "valid") >= 2
        names = [s[0] for s in segs]
        sy = [s[1] if s[0] != "sil" else -1 for s in segs]
        tones = [syl[k].tone if k >= 0 else 0 for k in sy]
        st, en = [s[2] for s in segs], [s[3] for s in segs]
        owner, pos = positions(st, en, sy)
        ctx = context(names, tones, sy)
        f = np.arange(len(owner))
        keep = np.ones(len(owner), bool)
        for i, nm in enumerate(names):
            if nm == "sil":
                a = st[i] + (edge if i > 0 else max(0, en[i] - st[i] - edge))
                b = en[i] - (edge if i < len(names) - 1 else max(0, en[i] - st[i] - edge))
                if i == 0: a = st[i]; b = en[i] - edge
                elif i == len(names) - 1: a = st[i] + edge; b = en[i]
                if b > a: keep[a:b] = False
        frac = (f - np.array(st)[owner] + 0.5) / (np.array(en) - np.array(st))[owner]
        state = np.array([INDEX[n] for n in names])[owner] * 3 + np.minimum((frac * 3).astype(int), 2)
        n = min(len(owner), len(d["mcep"]))
        clips.append(dict(clip=c["clip"], spk=c["spk"], cer=c["cer"], mcep=d["mcep"][:n].astype(np.float32),
                          bap=d["bap"][:n], f0=d["f0"][:n], voiced=voiced[:n], owner=owner[:n], pos=pos[:n], ctx=ctx,
                          keep=keep[:n], state=state[:n], names=names, syls=sy, syl=syl, tones=tones, st=st, en=en, level=d["level"][:n],
                          speech=(state[:n] >= 3)))
    normalise(clips)
    return clips


def normalise(clips, rounds=4):
    """`norm` = mcep - bias, the bias by speaker (c0 by clip) against the common state means."""
    S = (max(c["state"].max() for c in clips)) + 1
    for c in clips:
        c["bias"] = np.zeros(ORDER, np.float32)
    for _ in range(rounds):
        acc, n = np.zeros((S, ORDER)), np.zeros(S)
        for c in clips:
            if c["cer"] <= 0.35:
                np.add.at(acc, c["state"][c["speech"]], (c["mcep"] - c["bias"])[c["speech"]])
                np.add.at(n, c["state"][c["speech"]], 1)
        mean = acc / np.maximum(n, 1)[:, None]
        res = {}
        for c in clips:
            m = c["speech"]
            c["res"] = (c["mcep"][m] - mean[c["state"][m]])
            res.setdefault(c["spk"], []).append(c["res"])
        for c in clips:
            b = np.concatenate(res[c["spk"]]).mean(0)
            k = len(c["res"]) / (len(c["res"]) + 400)
            own = c["res"].mean(0)
            b = b.copy(); b[0] = own[0]
            c["bias"] = b.astype(np.float32)
    for c in clips:
        c["norm"] = c["mcep"] - c["bias"]
        del c["res"]
