"""Teaches the student: teach.py OUT.pt STEPS SEED BASE:TARGETS...

TARGETS: what targets.py made of the clips of one speaker; every 16th is kept to validate with. BASE: the pitch in Hz that the net
counts from for that speaker. One net learns all speakers, who share what is said where; model.py takes one of them out of it.
"""
import math, pathlib, sys
import numpy as np, torch
from torch.optim.swa_utils import AveragedModel
import inputs
from features import BANDS, ORDER
from student import Student

CROP, BATCH, RATE = 150, 16, 2e-3    # frames, clips, highest learning rate
AVERAGED = 0.997                     # how much of the mean of the weights a step keeps; the mean is what is used
OUTPUTS = ORDER + BANDS + 1
SPECTRUM = 80                        # places on the warped axis


def clip(path, base):
    """What the net is asked and should answer."""
    z = np.load(path)
    ends = z["ends"].astype(float)
    phones = list(zip(z["names"].tolist(), z["tones"].tolist(), z["syllables"].tolist(), np.append(0.0, ends[:-1]), ends))
    f0, voiced = filled(z["f0"].astype(float), base)[::2], z["voiced"][::2]
    own, places = inputs.places(phones, f0, base)
    y = np.concatenate([z["mcep"][::2], np.where(voiced[:, None], z["bap"][::2], 0), voiced[:, None]], 1).astype(np.float32)
    return dict(rows=inputs.rows(phones), own=own, places=places, y=y, speech=z["syllables"][own] >= 0)


def filled(f0, base):
    """Pitch that runs straight, in octaves, through what has none."""
    there = f0 > 0
    if not there.any():
        return np.full(len(f0), base)
    return np.exp2(np.interp(np.arange(len(f0)), np.flatnonzero(there), np.log2(f0[there])))


class Data:
    """Clips of one speaker; `number` is the speaker's."""

    def __init__(self, targets, base, number):
        self.base = base
        said = [clip(p, base) for p in sorted(pathlib.Path(targets).glob("*.npz"), key=lambda p: p.stem.zfill(6)) if p.stem.isdigit()]
        self.valid, self.train = said[15::16], [c for i, c in enumerate(said) if i % 16 != 15]
        speech = np.concatenate([c["y"][c["speech"]] for c in self.train])
        self.mean, self.sd = speech.mean(0), speech.std(0) + 1e-4
        self.mean[-1], self.sd[-1] = 0, 1
        for c in self.train + self.valid:
            c["speaker"] = number
            c["y"] = (c["y"] - self.mean) / self.sd
            c["y"][:, :-1] = np.clip(c["y"][:, :-1], -6, 6)


def batch(clips, rng=None):
    """Tensors of random pieces of clips, or of one whole clip."""
    n = CROP if rng else len(clips[0]["y"])
    phones = max(len(c["rows"]) for c in clips)
    shape = (len(clips), n)
    rows = np.zeros((len(clips), phones, 8), int)
    own, weight = np.zeros(shape, int), np.zeros(shape, np.float32)
    places, y = np.zeros(shape + (inputs.PLACES,), np.float32), np.zeros(shape + (OUTPUTS,), np.float32)
    for i, c in enumerate(clips):
        start = rng.integers(0, max(1, len(c["y"]) - n + 1)) if rng else 0
        piece = slice(start, start + n)
        k = len(c["y"][piece])
        rows[i, :len(c["rows"])] = c["rows"]
        own[i, :k], places[i, :k], y[i, :k], weight[i, :k] = c["own"][piece], c["places"][piece], c["y"][piece], 1
    return [torch.from_numpy(v) for v in (rows, own, places, np.array([c["speaker"] for c in clips]), y, weight)]


class Loss:
    """Distance of parameters, of their changes over one and four frames, of the warped spectrum, and of voicing."""

    def __init__(self, sds):
        places = np.cos(np.outer(np.linspace(0, np.pi, SPECTRUM), np.arange(ORDER)))
        self.spectrum = torch.tensor(np.stack([(places * sd[:ORDER]).T for sd in sds]), dtype=torch.float32)

    def __call__(self, made, speaker, want, weight):
        e = made[..., :-1] - want[..., :-1]
        mean = lambda v, w: (v.abs().mean(-1) * w).sum() / weight.sum()
        change = mean(e[:, 1:] - e[:, :-1], weight[:, 1:]) + 0.5 * mean(e[:, 4:] - e[:, :-4], weight[:, 4:])
        voicing = torch.nn.functional.binary_cross_entropy_with_logits(made[..., -1], want[..., -1], reduction="none")
        return mean(e, weight) + 0.5 * change + mean(e[..., :ORDER] @ self.spectrum[speaker], weight) + 0.3 * (voicing * weight).sum() / weight.sum()


def main():
    out, steps, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    speakers = [Data(targets, float(base), i) for i, (base, targets) in enumerate(v.split(":", 1) for v in sys.argv[4:])]
    train = [c for data in speakers for c in data.train]
    net, loss = Student(OUTPUTS, len(speakers)), Loss([data.sd for data in speakers])
    averaged = AveragedModel(net, avg_fn=lambda mean, now, count: mean.lerp(now, max(1 - AVERAGED, 1 / (1 + count))))
    mean_net = averaged.module
    share = np.array([len(c["y"]) for c in train], float)
    print(len(train), "clips", f"{share.sum() / 6000:.1f} min; weights", sum(p.numel() for p in net.parameters()), flush=True)
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.02, betas=(0.9, 0.98))
    losses = []
    for step in range(1, steps + 1):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, step / 100) * 0.5 * (1 + math.cos(math.pi * step / steps)) + 1e-6
        *asked, want, weight = batch([train[i] for i in rng.choice(len(train), BATCH, p=share / share.sum())], rng)
        with torch.autocast("cpu", torch.bfloat16):
            made = net.train()(*asked)
        error = loss(made.float(), asked[-1], want, weight)
        optimizer.zero_grad()
        error.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        averaged.update_parameters(net)
        losses.append(error.item())
        if step % max(1, steps // 10) == 0:
            held = [np.mean([held_out(mean_net, loss, c) for c in data.valid]) for data in speakers]
            print(f"step {step} loss {np.mean(losses):.4f} held out", *(f"{v:.4f}" for v in held), flush=True)
            losses = []
    said = [dict(mean=data.mean, sd=data.sd, base=data.base, factor=factor(mean_net, data)) for data in speakers]
    torch.save(dict(state=mean_net.state_dict(), speakers=said), out)


@torch.no_grad()
def held_out(net, loss, clip):
    *asked, want, weight = batch([clip])
    return loss(net.eval()(*asked), asked[-1], want, weight).item()


@torch.no_grad()
def factor(net, data):
    """What averaging takes from the deviation of each mel-cepstral coefficient, clip by clip."""
    net.eval()
    made = [net(*batch([c])[:4])[0].numpy()[c["speech"], :ORDER].std(0) for c in data.valid]
    said = [c["y"][c["speech"], :ORDER].std(0) for c in data.valid]
    return np.clip(np.mean(said, 0) / np.mean(made, 0), 1, 3)


if __name__ == "__main__":
    main()
