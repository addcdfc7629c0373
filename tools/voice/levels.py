"""How loud each vowel is in the clear clips: levels.py CORPUS ALIGNED.json -> rows of levels.tsv

The level of a syllable is the mean power of the loudest 20 ms of its rime, beside the median syllable of its clip, the fall
along the clip taken out; that of a vowel the median over its syllables.
"""
import collections, json, pathlib, sys
import numpy as np, soundfile as sf

CLEAR, FRAME = 0.30, 0.005


def loudest(x, sr, start, end):
    hop = int(sr * FRAME)
    frames = range(start, max(start + 1, end - 3))
    return 10 * np.log10(max(np.mean(x[f * hop:(f + 4) * hop] ** 2) for f in frames) + 1e-10)


if __name__ == "__main__":
    corpus, found = pathlib.Path(sys.argv[1]), collections.defaultdict(list)
    for clip in json.load(open(sys.argv[2])):
        if clip["cer"] > CLEAR:
            continue
        x, sr = sf.read(corpus / "audio" / (clip["clip"] + ".flac"))
        rimes = {}                 # by syllable: vowel, first frame, last
        for name, syllable, start, end in clip["segs"]:
            if name[0] in "gnc" and name[1] == ":":
                vowel, first, _ = rimes.get(syllable, (None, start, end))
                rimes[syllable] = (name[2:] if name[0] == "n" else vowel, first, end)
        rimes = [rimes[k] for k in sorted(rimes) if rimes[k][0]]
        level = np.array([loudest(x, sr, start, end) for _, start, end in rimes])
        place = np.linspace(-0.5, 0.5, len(rimes))
        slope = np.polyfit(place, level, 1)[0] if len(rimes) > 4 else 0.0
        for (vowel, _, _), l in zip(rimes, level - np.median(level) - slope * place):
            found[vowel].append(l)
    for vowel, levels in found.items():
        print(f"{vowel}\t{np.median(levels):.1f}\t{len(levels)}")
