"""A stricter voicing decision than the analyser's: periodicity.py CORPUS ANALYSIS

A frame is voiced when the low-passed signal one period apart correlates well and the frame is
not at the clip's noise floor. Adds `ncc` (0..1) and `level` (dB below the clip's loud frames).
"""
import csv, pathlib, sys
from multiprocessing import Pool
import numpy as np, soundfile
from scipy.signal import butter, sosfiltfilt


def one(job):
    audio, path = job
    x, rate = soundfile.read(audio)
    low = sosfiltfilt(butter(4, [60, 1200], "band", fs=rate, output="sos"), x)
    d = dict(np.load(path))
    f0 = d["f0"]
    n = len(f0)
    ncc, level = np.zeros(n, "f4"), np.zeros(n, "f4")
    pad = 1200
    low, full = np.pad(low, pad), np.pad(x, pad)
    for i in range(n):
        c = pad + int(i * 0.005 * rate)
        level[i] = 10 * np.log10(np.mean(full[c - 180:c + 180] ** 2) + 1e-9)
        if f0[i] <= 0:
            continue
        t0 = rate / f0[i]
        best = 0.0
        for k in (0.97, 1.0, 1.03):
            t = int(round(t0 * k)); h = int(t * 0.75)
            a, b = low[c - t // 2 - h:c - t // 2 + h], low[c - t // 2 - h + t:c - t // 2 + h + t]
            if len(a) != len(b):
                continue
            best = max(best, float(a @ b / np.sqrt((a @ a) * (b @ b) + 1e-9)))
        ncc[i] = best
    level -= np.percentile(level, 95)
    d.update(ncc=ncc, level=level)
    np.savez(path, **d)


if __name__ == "__main__":
    corpus, ana = map(pathlib.Path, sys.argv[1:3])
    jobs = [(corpus / "audio" / (r["clip"] + ".flac"), ana / (r["clip"] + ".npz"))
            for r in csv.DictReader(open(corpus / "clips.tsv"), delimiter="\t")]
    with Pool(2) as pool:
        list(pool.imap_unordered(one, jobs))
