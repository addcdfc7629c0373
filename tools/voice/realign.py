"""Sharpen the alignment with a frame classifier: realign.py CORPUS ANALYSIS ALIGN.json OUT.json

A small net learns the phone third of each frame from 150 ms of features (two folds, so that no clip
is judged by a net that saw it), then the same left-to-right search runs on its scaled posteriors.
"""
import csv, json, os, pathlib, sys
import numpy as np, torch
from torch import nn
from align import STATES, accent_of, features, pauses, phones_of, segments, state_list, viterbi

OFFSETS = (-14, -10, -7, -5, -3, -2, -1, 0, 1, 2, 3, 5, 7, 10, 14)


def stack(x):
    pad = np.pad(x[:, :27], ((14, 14), (0, 0)), "edge")
    return np.concatenate([pad[14 + o:14 + o + len(x)] for o in OFFSETS] + [x[:, 27:]], 1).astype(np.float32)


def labels(segs, n, index):
    """State of each frame: thirds of the phone, as far as it has been aligned."""
    lab = np.zeros(n, int)
    for p, _, a, b in segs:
        for j in range(STATES):
            lab[a + (b - a) * j // STATES:a + (b - a) * (j + 1) // STATES] = index[p, j if p != "sil" else 1]
    return lab


def classifier(X, L, W, n_out, epochs, seed):
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(X.shape[1], 192), nn.ReLU(), nn.Dropout(0.3), nn.Linear(192, 192), nn.ReLU(),
                        nn.Dropout(0.3), nn.Linear(192, n_out))
    opt = torch.optim.AdamW(net.parameters(), 1e-3, weight_decay=0.02)
    ce = nn.CrossEntropyLoss(reduction="none", label_smoothing=0.05)
    for _ in range(epochs):
        order = torch.randperm(len(X))
        for i in range(0, len(X) - 512, 512):
            b = order[i:i + 512]
            loss = (ce(net(X[b]), L[b]) * W[b]).mean()
            opt.zero_grad(); loss.backward(); opt.step()
    return net.eval()


def main():
    corpus, ana = map(pathlib.Path, sys.argv[1:3])
    torch.set_num_threads(int(os.environ.get("THREADS", 2)))
    text = {r["clip"]: r for r in csv.DictReader(open(corpus / "clips.tsv"), delimiter="\t")}
    clips = []
    for c in json.load(open(sys.argv[3])):
        d = np.load(ana / (c["clip"] + ".npz"))
        x = features(d); sp = d["level"] > -35
        x = (x - x[sp].mean(0)) / (x[sp].std(0) + 1e-3)
        ph, _ = phones_of(text[c["clip"]]["transcript"], accent_of(c["spk"]))
        clips.append(dict(c, x=stack(np.clip(x, -4, 4)), phones=ph, quiet=pauses(d["level"])))
    names = sorted({(p, j) for c in clips for p, _ in c["phones"] if p != "sp" for j in range(STATES)})
    index = {n: i for i, n in enumerate(names)}
    silent = np.array([n[0] == "sil" for n in names])
    for rnd in range(2):
        for c in clips:
            c["lab"] = labels(c["segs"], len(c["x"]), index)
            c["lab"] = np.where(silent[c["lab"]], index["sil", 1], c["lab"])
        prior = np.log(np.bincount(np.concatenate([c["lab"] for c in clips]), minlength=len(names)) + 50.0)
        prior -= np.log(np.exp(prior).sum())
        for fold in range(2):
            use = [c for i, c in enumerate(clips) if i % 2 != fold and c["cer"] <= 0.62]
            X = torch.from_numpy(np.concatenate([c["x"] for c in use])); L = torch.from_numpy(np.concatenate([c["lab"] for c in use]))
            W = torch.from_numpy(np.concatenate([np.full(len(c["x"]), 1.0 if c["cer"] <= .35 else .4, np.float32) for c in use]))
            net = classifier(X, L, W, len(names), 6, rnd * 2 + fold)
            for i, c in enumerate(clips):
                if i % 2 != fold:
                    continue
                with torch.no_grad():
                    lp = torch.log_softmax(net(torch.from_numpy(c["x"])), 1).numpy()
                lp = np.maximum(lp - 0.7 * prior, -8)
                lp[:, silent] = lp[:, [index["sil", 1]]]
                ids, owner, opt = state_list(c["phones"], index)
                s = lp[:, ids].copy()
                s[np.ix_(c["quiet"], ~silent[ids])] -= 8
                path, ll = viterbi(s, opt)
                c["owner"], c["path"], c["ll"] = owner, path, ll / len(path)
        moved = []
        for c in clips:
            new = segments(c)
            old = {(p, s): a for p, s, a, b in c["segs"] if p != "sil"}
            moved += [abs(old[p, s] - a) * 5 for p, s, a, b in new if p != "sil" and (p, s) in old]
            c["segs"] = new
        print(rnd, "score", np.mean([c["ll"] for c in clips]), "boundaries moved ms: median", np.median(moved), "mean", np.mean(moved), flush=True)
    json.dump([dict(clip=c["clip"], spk=c["spk"], cer=c["cer"], ll=float(c["ll"]), segs=c["segs"]) for c in clips], open(sys.argv[4], "w"), ensure_ascii=False)


if __name__ == "__main__":
    main()
