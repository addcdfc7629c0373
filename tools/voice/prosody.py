"""Measure durations and tone contours: prosody.py CLIPS.pkl OUTDIR -> durations.tsv, tones.tsv

Durations: clear clips, each at its own rate brought to RATE syllables a second; shrunken trimmed means.
Tones: clear Northern clips, semitones from the clip's median after removing its declination.
"""
import collections, pathlib, pickle, sys
import numpy as np
from align import SOUTH

RATE = 4.0
STOPS = {"p", "t", "k", "c", "k͡p"}
PARTS = {"o": "onset", "g": "glide", "n": "nucleus", "c": "coda"}


def rime_of(coda):
    return "open" if coda is None else "semivowel" if coda in "jw" else "stop" if coda in STOPS else "nasal"


def shrunk(values, prior, k):
    v = np.sort(np.array(values))
    cut = len(v) // 10
    v = v[cut:len(v) - cut] if cut else v
    return (v.sum() + k * prior) / (len(v) + k)


def durations(clips):
    items = []                     # part, phone, rime, place, ms, tone, clip rate factor
    for c in clips:
        n = len(c["syl"])
        speech = sum(e - s for s, e, y in zip(c["st"], c["en"], c["syls"]) if y >= 0) * 5
        f = (1000 / RATE) / (speech / n)
        for i, (nm, y) in enumerate(zip(c["names"], c["syls"])):
            if y < 0:
                continue
            last = next(c["syls"][j] for j in range(i, len(c["syls"])) if c["syls"][j] != y)
            place = "final" if last < 0 else "medial"
            s = c["syl"][y]
            rime = rime_of(s.coda) if nm[0] == "n" else "any"
            items.append((PARTS[nm[0]], nm[2:], rime, place, (c["en"][i] - c["st"][i]) * 5 * f, s.tone))
    rows = {}
    for part in PARTS.values():
        allp = [x for x in items if x[0] == part]
        for rime in sorted({x[2] for x in allp}):
            for place in ("medial", "final"):
                v = [x[4] for x in allp if x[2] == rime and x[3] == place]
                base = shrunk(v, np.mean([x[4] for x in allp]), 5)
                rows[part, "*", rime, place] = (base, len(v))
        for phone in sorted({x[1] for x in allp}):
            for rime in sorted({x[2] for x in allp}):
                m = [x[4] for x in allp if x[1] == phone and x[2] == rime and x[3] == "medial"]
                mb = rows[part, "*", rime, "medial"][0]
                med = shrunk(m, mb, 6)
                f = [x[4] for x in allp if x[1] == phone and x[2] == rime and x[3] == "final"]
                fin = shrunk(f, med * rows[part, "*", rime, "final"][0] / mb, 8)
                if m:
                    rows[part, phone, rime, "medial"] = (med, len(m))
                if m or f:
                    rows[part, phone, rime, "final"] = (fin, len(f))
    factors = {}
    for t in range(1, 7):
        r = [x[4] / rows[x[0], x[1], x[2], x[3]][0] for x in items if x[5] == t and x[0] != "onset" and x[3] == "medial"]
        factors[t] = (float(np.mean(np.clip(r, 0.3, 2.5))), len(r))
    mean = np.mean([v[0] for v in factors.values()])
    return rows, {t: (v / mean, n) for t, (v, n) in factors.items()}


def contours(clips):
    """{(tone, stopped, place): tokens x 8 semitones, NaN where unvoiced}, {.. : creak tokens}, declination."""
    out, creak, slopes = collections.defaultdict(list), collections.defaultdict(list), []
    for c in clips:
        ok = c["voiced"] & c["speech"]
        if ok.sum() < 50:
            continue
        med = np.median(c["f0"][ok])
        st = np.where(ok, 12 * np.log2(np.maximum(c["f0"], 1) / med), np.nan)
        st[np.abs(st) > 10] = np.nan
        for k, s in enumerate(c["syl"]):
            idx = [i for i in range(len(c["names"])) if c["syls"][i] == k and c["names"][i][0] != "o"]
            if not idx:
                continue
            a, b = c["st"][idx[0]], c["en"][idx[-1]]
            if s.stopped:
                b = c["en"][idx[-2]] if len(idx) > 1 else b
            place = "final" if c["names"][idx[-1] + 1] == "sil" else "medial"
            fr = np.minimum(np.linspace(a + 1, b - 2, 8).round().astype(int), len(st) - 1)
            # time from the start of the run for the declination
            out[s.tone, s.stopped, place].append((st[fr], fr * 0.005, c["spk"]))
            creak[s.tone, s.stopped, place].append(~(c["voiced"][fr] & np.isfinite(st[fr])))
            if s.tone == 1 and np.isfinite(st[fr]).sum() > 4:
                run = max([c["en"][i] for i in range(idx[0]) if c["names"][i] == "sil"] + [0])
                slopes.append(((a - run) * 0.005, np.nanmean(st[fr])))
    x = np.array(slopes)
    slope = np.polyfit(x[:, 0], x[:, 1], 1)[0] if len(x) > 20 else 0
    return out, creak, slope


if __name__ == "__main__":
    clips = pickle.load(open(sys.argv[1], "rb")); out = pathlib.Path(sys.argv[2])
    clear = [c for c in clips if c["cer"] <= 0.3]
    north = [c for c in clear if c["spk"] not in SOUTH]
    rows, factors = durations(clear)
    with open(out / "durations.tsv", "w") as f:
        f.write(f"# Measured on {len(clear)} clear clips of the FPT Open Speech Dataset (CC BY 4.0), each brought to {RATE} syllables a second.\n")
        f.write("part\tphone\trime\tplace\tms\tcount\n")
        for (p, ph, r, pl), (ms, n) in rows.items():
            f.write(f"{p}\t{ph}\t{r}\t{pl}\t{ms:.1f}\t{n}\n")
        # Ruled: Hanoi nặng is described as the shortest (Kirby, J. (2011), JIPA 41(3)); it measured 1.00 here.
        factors[6] = (0.9, 0)
        for t, (v, n) in factors.items():
            f.write(f"factor\ttone{t}\tany\tany\t{v:.3f}\t{n}\n")
    o, cr, slope = contours(north)
    print("declination", slope, "clips", len(north), collections.Counter(c["spk"] for c in north))
    for k in sorted(o):
        v = np.array([x[0] for x in o[k]])
        print(k, len(v), np.round(np.nanmedian(v, 0), 1), np.round(np.mean(cr[k], 0), 1))
    print(factors); print({k: v for k, v in rows.items() if k[1] == "*"})
    only = contours([c for c in north if c["spk"] == "s04"])
    print("s04 declination", only[2], "median", [np.median(c["f0"][c["voiced"] & c["speech"]]) for c in north if c["spk"] == "s04"])
    for k in sorted(only[0]):
        v = np.array([x[0] for x in only[0][k]])
        print(k, len(v), np.round(np.nanmedian(v, 0), 1), np.round(np.mean(only[1][k], 0), 1))
