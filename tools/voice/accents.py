"""Which speakers are Southern: accents.py CLIPS.pkl

Compares each speaker's contours of hỏi, ngã, sắc and nặng with those of a Northern and a Southern
reference group and prints the difference of log likelihoods (above 0: Northern). The list
`align.SOUTH` was read off this table. Align and build the clips with ONE_ACCENT=1 first, so that all
speakers carry the same labels.
"""
import pickle
import sys
import numpy as np
from prosody import contours

NORTH_REFERENCE, SOUTH_REFERENCE = {"s04", "s11", "s09"}, {"s02", "s03", "s06", "s05", "s08"}


def by_tone(clips):
    """Tone to its tokens, tokens x 8 semitones with NaN where unvoiced."""
    out = {}
    for (tone, _, _), tokens in contours(clips)[0].items():
        out.setdefault(tone, []).extend(t[0] for t in tokens)
    return {t: np.array(v) for t, v in out.items()}


def main():
    clips = pickle.load(open(sys.argv[1], "rb"))
    refs = [{t: (np.nanmedian(v, 0), np.isfinite(v).mean(0).clip(.1, .95)) for t, v in by_tone([c for c in clips if c["spk"] in g]).items()}
            for g in (NORTH_REFERENCE, SOUTH_REFERENCE)]
    for speaker in sorted({c["spk"] for c in clips}):
        score, count = [0.0, 0.0], 0
        for tone, tokens in by_tone([c for c in clips if c["spk"] == speaker]).items():
            if tone < 3:
                continue
            count += len(tokens)
            for i, ref in enumerate(refs):
                centre, present = ref[tone]
                seen = np.isfinite(tokens)
                score[i] -= 0.5 * np.nansum(np.clip(((tokens - centre) / 3) ** 2, 0, 6))
                score[i] += 0.5 * np.log(np.where(seen, present, 1 - present)).sum()
        if count:
            print(speaker, count, "syllables", round(score[0] - score[1], 1))


if __name__ == "__main__":
    main()
