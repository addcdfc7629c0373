"""Collect the training clips: build.py CORPUS ANALYSIS ALIGN.json OUT.pkl"""
import csv, pathlib, pickle, sys
import dataset

if __name__ == "__main__":
    corpus = pathlib.Path(sys.argv[1])
    text = {r["clip"]: r["transcript"] for r in csv.DictReader(open(corpus / "clips.tsv"), delimiter="\t")}
    clips = dataset.load(pathlib.Path(sys.argv[2]), sys.argv[3], text, 0.62)
    clear = [c for c in clips if c["cer"] <= 0.3]
    print(len(clips), "clips,", len(clear), "clear,", round(sum(c["keep"].sum() for c in clear) / 12000, 1), "clear minutes")
    pickle.dump(clips, open(sys.argv[4], "wb"))
