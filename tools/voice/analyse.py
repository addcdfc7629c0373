"""Analyse every clip of the corpus: analyse.py CORPUS OUT"""
import csv, pathlib, sys
from multiprocessing import Pool
import numpy as np, soundfile
import vocoder


def one(job):
    path, out, median = job
    if out.exists():
        return
    x, rate = soundfile.read(path)
    assert rate == vocoder.RATE
    # keep out octave errors: search around the clip's median
    median = min(median, 300)
    f0, mcep, bap, voiced = vocoder.analyse(x, max(60, median * 0.4), min(500, median * 2.0))
    np.savez(out, f0=f0.astype("f4"), mcep=mcep.astype("f4"), bap=bap.astype("f4"), voiced=voiced)


if __name__ == "__main__":
    corpus, out = map(pathlib.Path, sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    rows = list(csv.DictReader(open(corpus / "clips.tsv"), delimiter="\t"))
    jobs = [(corpus / "audio" / (r["clip"] + ".flac"), out / (r["clip"] + ".npz"), float(r["median_f0_hz"])) for r in rows]
    with Pool(2) as pool:
        for i, _ in enumerate(pool.imap_unordered(one, jobs)):
            if i % 50 == 0:
                print(i, flush=True)
