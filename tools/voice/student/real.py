"""Clear recordings as further speakers for the student: real.py CORPUS OUT

The clips that the listener follows (character error rate up to MOST) without those of LEFT_OUT, aligned by align.py, in the
vocoder's parameters: OUT/CLIP.npz as taught.py has it, with `speaker`, the clip's own `base` pitch and a `weight` for each frame.
"""
import csv, pathlib, sys
import numpy as np
import pyworld
import soundfile
import align, dataset, features, periodicity

MOST, LEFT_OUT = 0.35, {"s00", "s01"}


def main():
    corpus, out = map(pathlib.Path, sys.argv[1:3])
    analysed = out / "analysed"
    (analysed / "audio").mkdir(parents=True, exist_ok=True)
    every = list(csv.DictReader(open(corpus / "clips.tsv", encoding="utf-8"), delimiter="\t"))
    rows = [r for r in every if float(r["listener_cer"]) <= MOST and r["speaker_guess"] not in LEFT_OUT
            and align.phones_of(r["transcript"], align.accent_of(r["speaker_guess"]))[0]]
    with open(analysed / "clips.tsv", "w", encoding="utf-8") as f:
        table = csv.DictWriter(f, every[0].keys(), delimiter="\t")
        table.writeheader()
        table.writerows(rows)
    for r in rows:
        path, audio = analysed / (r["clip"] + ".npz"), corpus / "audio" / (r["clip"] + ".flac")
        if not path.exists():
            x, _ = soundfile.read(audio)
            median = min(float(r["median_f0_hz"]), 300)
            f0, mcep, bap, voiced = features.analyse(x, max(60, median * 0.4), min(500, median * 2), pyworld.dio)
            np.savez(path, f0=f0, mcep=mcep.astype("f4"), bap=bap.astype("f4"), voiced=voiced)
            periodicity.one((audio, path))
    aligned, _ = align.run(analysed, analysed)
    for c in aligned:
        d = np.load(analysed / (c["clip"] + ".npz"))
        segments = dataset.merge_short_pauses(align.segments(c))
        names, syllables, starts, ends = zip(*segments)
        _, syl = align.phones_of(next(r for r in rows if r["clip"] == c["clip"])["transcript"], align.accent_of(c["spk"]))
        quiet = np.array([n == "sil" for n in names])
        syllables = np.where(quiet, -1, syllables)
        if any((b - a) * 5 > 500 for n, a, b in zip(names, starts, ends) if n != "sil"):
            continue
        voiced = (d["f0"] > 0) & (d["ncc"] > 0.55) & (d["level"] > -38)
        voiced = np.convolve(np.pad(voiced, 1, "edge"), np.ones(3), "valid") >= 2
        own = np.minimum(np.searchsorted(np.array(ends), np.arange(len(voiced)), "right"), len(names) - 1)
        f0 = np.where(voiced, d["f0"], 0)
        tones = np.array([syl[k].tone if k >= 0 else 0 for k in syllables])
        np.savez(out / (c["clip"] + ".npz"), names=np.array(names), tones=tones, syllables=syllables, ends=np.array(ends) * 5.0,
                 f0=f0.astype("f4"), mcep=d["mcep"], bap=d["bap"], voiced=voiced, base=np.exp(np.log(f0[f0 > 0]).mean()),
                 speaker=c["spk"], weight=(~quiet[own]).astype("f4"))


if __name__ == "__main__":
    main()
