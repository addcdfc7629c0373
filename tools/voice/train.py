"""Train the acoustic net: train.py CLIPS.pkl OUT.pt [options]"""
import argparse, pickle, time
import numpy as np, torch
from net import Net, OUT


def deltas(x):
    p = np.pad(x, ((1, 1), (0, 0)), "edge")
    return 0.5 * (p[2:] - p[:-2])


def frames_of(c):
    """Target rows of a clip: static, delta, bap, voiced."""
    return np.concatenate([c["norm"], deltas(c["norm"]), c["bap"], c["voiced"][:, None]], 1).astype(np.float32)


def collect(clips, speakers, weight):
    X, P, Y, S, W = [], [], [], [], []
    for c in clips:
        k = c["keep"]
        X.append(c["ctx"][c["owner"]][k]); P.append(c["pos"][k]); Y.append(frames_of(c)[k])
        S.append(np.full(k.sum(), speakers[c["spk"]])); W.append(np.full(k.sum(), weight(c), np.float32))
    return [np.concatenate(v) for v in (X, P, Y, S, W)]


def weight(c):
    return 1.0 if c["cer"] <= 0.3 else 0.6 if c["cer"] <= 0.4 else 0.3 if c["cer"] <= 0.55 else 0.15


def main():
    a = argparse.ArgumentParser()
    a.add_argument("clips"); a.add_argument("out")
    a.add_argument("--hidden", type=int, default=256); a.add_argument("--layers", type=int, default=2)
    a.add_argument("--drop", type=float, default=0.2); a.add_argument("--epochs", type=int, default=30)
    a.add_argument("--seed", type=int, default=1); a.add_argument("--held", default="")
    a.add_argument("--ctxdrop", type=float, default=0.1); a.add_argument("--leave", default="")
    a.add_argument("--target", default="s04"); a.add_argument("--boost", type=float, default=1.0)
    a = a.parse_args()
    torch.manual_seed(a.seed); torch.set_num_threads(int(__import__("os").environ.get("THREADS", 2))); rng = np.random.default_rng(a.seed)
    clips = [c for c in pickle.load(open(a.clips, "rb")) if c["spk"] not in a.leave.split(",")]
    held = set(a.held.split(","))
    speakers = {s: i for i, s in enumerate(sorted({c["spk"] for c in clips}))}
    wt = lambda c: weight(c) * (a.boost if c["spk"] == a.target else 1)
    X, P, Y, S, W = collect([c for c in clips if c["clip"] not in held], speakers, wt)
    mean, sd = np.average(Y, 0, W), np.sqrt(np.average((Y - np.average(Y, 0, W)) ** 2, 0, W))
    mean[-1], sd[-1] = 0, 1
    Yn = np.concatenate([np.clip((Y[:, :-1] - mean[:-1]) / sd[:-1], -6, 6), Y[:, -1:]], 1)
    X, P, Yn, S, W = [torch.from_numpy(np.ascontiguousarray(v)) for v in (X, P, Yn.astype(np.float32), S, W)]
    test = [c for c in clips if c["clip"] in held]
    T = [torch.from_numpy(np.ascontiguousarray(v)) for v in collect(test, speakers, wt)] if test else None
    # per-output weights: low cepstra matter most
    ow = np.ones(OUT - 1, np.float32); ow[40:80] *= 0.5; ow[80:83] *= 0.5
    ow = torch.from_numpy(ow)
    net = Net(len(speakers), a.hidden, drop=a.drop, layers=a.layers)
    opt = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.01)
    bs = 1024; steps = a.epochs * (len(X) // bs)
    sched = torch.optim.lr_scheduler.OneCycleLR(opt, 3e-3, total_steps=steps + a.epochs + 10, pct_start=0.15)
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    t0 = time.time()
    for ep in range(a.epochs):
        net.train(); total = n = 0
        order = torch.randperm(len(X))
        for i in range(0, len(X) - bs, bs):
            b = order[i:i + bs]
            x = X[b]
            pw = torch.ones(x.shape); pw[:, 1:] = (torch.rand(x.shape[0], x.shape[1] - 1) > a.ctxdrop).float() / (1 - a.ctxdrop)
            y = net(x, P[b] + 0.03 * torch.randn(P[b].shape), S[b], pw)
            w = W[b][:, None]
            loss = (((y[:, :-1] - Yn[b, :-1]) ** 2) * ow * w).mean() + 0.3 * (bce(y[:, -1:], Yn[b, -1:], reduction="none") * w).mean()
            opt.zero_grad(); loss.backward(); opt.step(); sched.step()
            total += float(loss.detach()); n += 1
        if ep % 5 == 4 or ep == a.epochs - 1:
            line = f"{ep} loss {total / n:.4f} {time.time() - t0:.0f}s"
            if T:
                net.eval()
                with torch.no_grad():
                    y = net(T[0], T[1], T[3])
                e = (y[:, :40].numpy() * sd[:40] + mean[:40]) - T[2][:, :40].numpy()
                line += f" held MCD {10 / np.log(10) * np.sqrt(2 * (e[:, 1:] ** 2).sum(1)).mean():.2f} vuv {((y[:, -1] > 0).float() != T[2][:, -1]).float().mean():.3f}"
            print(line, flush=True)
    torch.save(dict(state=net.state_dict(), mean=mean, sd=sd, speakers=speakers, args=vars(a)), a.out)


if __name__ == "__main__":
    main()
