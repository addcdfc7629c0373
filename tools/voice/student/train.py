"""Teaches the student: train.py OUT.pt MINUTES SEED BASE TAUGHT [REAL]

TAUGHT: the teacher's clips (taught.py); every 16th is kept to validate with. REAL: recordings (real.py), whose speakers are
further ones. What the teacher says wrong (WRONG) is learnt from the recordings alone, and of these only what is below 6 kHz.
"""
import math, pathlib, sys, time
import numpy as np, torch
import inputs
from features import BANDS, ORDER
from student import Student

CROP, BATCH, RATE = 150, 16, 2e-3    # frames, clips, highest learning rate
OUTPUTS = ORDER + BANDS + 1
WRONG = {"o:ŋ", "o:ɲ", "o:z", "o:tʰ", "n:ɨ", "n:əː", "c:ɲ", "c:c", "c:ŋ͡m", "c:k͡p"}
HEARD = 0.6                          # how often a second of recordings is met beside one of the teacher
LOST = 0.1                           # weight of a frame of one of these, and of the first onset after a pause
SPECTRUM, LOW = 80, 62               # places on the warped axis, and those of them below 6 kHz


def clip(path, base, lost=1.0):
    """What the net is asked and should answer; `lost` is the weight of what the teacher says wrong."""
    z = np.load(path)
    ends = z["ends"].astype(float)
    base = float(z["base"]) if "base" in z else base
    phones = list(zip(z["names"].tolist(), z["tones"].tolist(), z["syllables"].tolist(), np.append(0.0, ends[:-1]), ends))
    f0, voiced = filled(z["f0"].astype(float), base)[::2], z["voiced"][::2]
    own, places = inputs.places(phones, f0, base)
    y = np.concatenate([z["mcep"][::2], np.where(voiced[:, None], z["bap"][::2], 0), voiced[:, None]], 1).astype(np.float32)
    if "weight" in z:
        weight = z["weight"][::2].astype(np.float32)
    else:
        wrong = np.array([p[0] in WRONG or i > 0 and p[0][0] == "o" and phones[i - 1][2] < 0 for i, p in enumerate(phones)])
        weight = np.where(wrong[own], lost, 1).astype(np.float32)
    return dict(rows=inputs.rows(phones), own=own, places=places, y=y, weight=weight, speech=z["syllables"][own] >= 0,
                real="weight" in z, speaker=str(z["speaker"]) if "speaker" in z else "")


def filled(f0, base):
    """Pitch that runs straight, in octaves, through what has none."""
    there = f0 > 0
    if not there.any():
        return np.full(len(f0), base)
    return np.exp2(np.interp(np.arange(len(f0)), np.flatnonzero(there), np.log2(f0[there])))


class Data:
    def __init__(self, taught, real, base):
        said = [clip(p, base, LOST if real else 1.0) for p in sorted(pathlib.Path(taught).glob("*.npz"), key=lambda p: p.stem.zfill(6)) if p.stem.isdigit()]
        heard = [clip(p, base) for p in sorted(pathlib.Path(real).glob("*.npz"))] if real else []
        self.speakers = [""] + sorted({c["speaker"] for c in heard})
        self.valid, self.train = said[15::16], [c for i, c in enumerate(said) if i % 16 != 15] + heard
        for c in said + heard:
            c["speaker"] = self.speakers.index(c["speaker"])
        voice = np.concatenate([c["y"][c["speech"]] for c in said])
        self.mean, self.sd = voice.mean(0), voice.std(0) + 1e-4
        for c in heard:                              # recordings are as loud as the teacher
            c["y"][:, 0] += self.mean[0] - c["y"][c["speech"], 0].mean()
        self.mean[-1], self.sd[-1] = 0, 1
        for c in self.train + self.valid:
            c["y"] = (c["y"] - self.mean) / self.sd
            c["y"][:, :-1] = np.clip(c["y"][:, :-1], -6, 6)

    def batch(self, clips, rng=None):
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
            own[i, :k], places[i, :k], y[i, :k], weight[i, :k] = c["own"][piece], c["places"][piece], c["y"][piece], c["weight"][piece]
        return [torch.from_numpy(v) for v in (rows, own, places, np.array([c["speaker"] for c in clips]), y, weight,
                                             np.array([c["real"] for c in clips], np.float32))]


class Loss:
    """Distance of parameters, of their changes over one and four frames, of the warped spectrum, and of voicing. For recordings
    the spectrum below 6 kHz and its changes stand for all: what they have above is not speech."""

    def __init__(self, sd):
        places = np.cos(np.outer(np.linspace(0, np.pi, SPECTRUM), np.arange(ORDER)))
        self.spectrum = torch.tensor(places * sd[:ORDER], dtype=torch.float32)

    def __call__(self, made, want, weight, real):
        e, part = made[..., :-1] - want[..., :-1], real[:, None]
        s = e[..., :ORDER] @ self.spectrum.T
        mean = lambda v, w: (v.abs().mean(-1) * w).sum() / weight.sum().clamp_min(1)
        change = lambda v, w: mean(v[:, 1:] - v[:, :-1], w[:, 1:] * w[:, :-1]) + 0.5 * mean(v[:, 4:] - v[:, :-4], w[:, 4:] * w[:, :-4])
        said, heard = weight * (1 - part), weight * part
        voicing = torch.nn.functional.binary_cross_entropy_with_logits(made[..., -1], want[..., -1], reduction="none")
        return (mean(e, said) + 0.5 * change(e, said) + mean(s, said) + 2 * mean(s[..., :LOW], heard) + 0.5 * change(s[..., :LOW], heard)
                + 0.3 * (voicing * weight).sum() / weight.sum().clamp_min(1))


def main():
    out, minutes, seed, base = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    data = Data(sys.argv[5], sys.argv[6] if len(sys.argv) > 6 else None, base)
    net, loss = Student(OUTPUTS, len(data.speakers)), Loss(data.sd)
    share = np.array([len(c["y"]) * c["weight"].mean() * (HEARD if c["real"] else 1) for c in data.train])
    print(len(data.train), "clips", f"{sum(len(c['y']) for c in data.train) / 6000:.1f} min; weights", sum(p.numel() for p in net.parameters()), flush=True)
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.02, betas=(0.9, 0.98))
    start, step, told, sums = time.process_time(), 0, 0, []
    while (part := (time.process_time() - start) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * part)) + 1e-6
        *asked, want, weight, real = data.batch([data.train[i] for i in rng.choice(len(data.train), BATCH, p=share / share.sum())], rng)
        with torch.autocast("cpu", torch.bfloat16):
            made = net.train()(*asked)
        error = loss(made.float(), want, weight, real)
        optimizer.zero_grad()
        error.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        step += 1
        sums.append(error.item())
        if part > told:
            told += 0.1
            with torch.no_grad():
                net.eval()
                held = [loss(net(*b[:4]), *b[4:]).item() for b in (data.batch([c]) for c in data.valid)]
            print(f"{100 * part:3.0f} % step {step} loss {np.mean(sums):.4f} held out {np.mean(held):.4f}", flush=True)
            sums = []
    torch.save(dict(state=net.state_dict(), mean=data.mean, sd=data.sd, base=base, speakers=data.speakers, factor=factor(net, data)), out)


def factor(net, data):
    """What averaging takes from the deviation of each mel-cepstral coefficient, clip by clip."""
    net.eval()
    made, said = [], []
    with torch.no_grad():
        for c in data.valid:
            b = data.batch([c])
            made.append(net(*b[:4])[0].numpy()[c["speech"], :ORDER].std(0))
            said.append(c["y"][c["speech"], :ORDER].std(0))
    return np.clip(np.mean(said, 0) / np.mean(made, 0), 1, 3)


if __name__ == "__main__":
    main()
