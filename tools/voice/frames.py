"""Input features of the acoustic net: phones with durations to one context row a phone and one
position row a frame. The Rust engine builds the same rows.
"""
import numpy as np

ONSETS = "ʔ ɓ ɗ p t tʰ tɕ k f v s z x ɣ h m n ɲ ŋ l ʈ ʂ ʐ j".split()
NUCLEI = "a ă ɛ ɛ̆ e i ɔ ɔ̆ o əː ə̆ u ɨ iə uə ɨə".split()
CODAS = "p t k c k͡p m n ɲ ŋ ŋ͡m j w".split()
PHONES = ["sil"] + ["o:" + p for p in ONSETS] + ["g:w"] + ["n:" + p for p in NUCLEI] + ["c:" + p for p in CODAS]
INDEX = {p: i for i, p in enumerate(PHONES)}
P = len(PHONES)                                   # 54
NONE = P                                          # "no such phone" in syllable slots
SLOTS = ("cur", "prev", "next", "prev2", "next2", "nucleus", "coda")   # each P + 1 wide
CTX = len(SLOTS) * (P + 1) + 7                    # + tone 0..6
POS = 16


def context(phones, tones, syls):
    """Indices of the active context inputs, phones x 8. `tones`: 0 for silence; `syls`: -1 for silence."""
    n = len(phones)
    ids = [INDEX[p] for p in phones]
    at = lambda i: ids[i] if 0 <= i < n else 0
    rows = []
    for i in range(n):
        nucleus = coda = NONE
        if syls[i] >= 0:
            for j in range(max(0, i - 3), min(n, i + 4)):
                if syls[j] == syls[i]:
                    if phones[j][0] == "n":
                        nucleus = ids[j]
                    elif phones[j][0] == "c":
                        coda = ids[j]
        slots = [ids[i], at(i - 1), at(i + 1), at(i - 2), at(i + 2), nucleus, coda]
        rows.append([k * (P + 1) + v for k, v in enumerate(slots)] + [len(SLOTS) * (P + 1) + tones[i]])
    return np.array(rows)


def runs(starts, ends, syls):
    """(starts, ends) of the run that each phone is in: the stretch of speech between silences."""
    speech = np.array(syls) >= 0
    run_starts, run_ends = starts.copy(), ends.copy()
    for i in range(1, len(starts)):
        if speech[i] and speech[i - 1]:
            run_starts[i] = run_starts[i - 1]
    for i in range(len(starts) - 2, -1, -1):
        if speech[i] and speech[i + 1]:
            run_ends[i] = run_ends[i + 1]
    return run_starts, run_ends


def positions(starts, ends, syls):
    """Frame rows for phones with boundaries in frames: (phone index, POS features)."""
    starts, ends = np.asarray(starts), np.asarray(ends)
    owner = np.concatenate([np.full(e - s, i) for i, (s, e) in enumerate(zip(starts, ends))])
    f = np.concatenate([np.arange(s, e) for s, e in zip(starts, ends)])
    s, e = starts[owner], ends[owner]
    t, r, d = (f - s + 0.5) * 5.0, (e - f - 0.5) * 5.0, (e - s) * 5.0       # ms
    frac = t / d
    run_s, run_e = runs(starts, ends, syls)
    rt, rr = (f - run_s[owner] + 0.5) * 5.0, (run_e[owner] - f - 0.5) * 5.0
    dur = (ends - starts) * 5.0
    dp = np.concatenate([[100.0], dur[:-1]])[owner]
    dn = np.concatenate([dur[1:], [100.0]])[owner]
    ln = lambda x: np.log(np.clip(x, 10, 400) / 80)
    cols = [2 * frac - 1, np.cos(np.pi * frac), np.sin(np.pi * frac), np.cos(2 * np.pi * frac), np.sin(2 * np.pi * frac),
            np.exp(-t / 10), np.exp(-r / 10), np.exp(-t / 30), np.exp(-r / 30), np.exp(-t / 90), np.exp(-r / 90),
            ln(d), ln(dp), ln(dn), np.exp(-rt / 200), np.exp(-rr / 200)]
    return owner, np.stack(cols, 1).astype(np.float32)
