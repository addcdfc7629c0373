"""Sentences for the teacher to say: prompts.py TRANSCRIPTS COUNT SEED [FROM] > prompts.txt

Half of the syllables follow one another as in the transcripts (a tab-separated file with a column `transcript`), the
other half are drawn from a bag of all syllables that can be written, so that every onset meets every rime and tone.
What the sentences mean does not matter: the net learns sounds and their neighbours. With FROM, so many are made, and
those COUNT chosen, one after the other, that have most of what was seldom said before.
"""
import collections, csv, heapq, random, sys, unicodedata
from collections import defaultdict
from syllable import ONSETS, parse, words

RIMES = """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oc oi om on ong op ot ô ôc ôi ôm ôn
ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn
ương ươp ươt ươu oa oac oach oai oan oang oanh oat oay oăc oăn oăng oăt oe oen oet uân uât uây uê uêch uênh uơ uy uych
uyên uyêt uynh uyt""".split()
MARKS = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
FRONT = "iêe"


def spell(onset, rime, mark):
    """A syllable in writing, or None where no such one is written."""
    glided = rime[0] in "ou" and rime[1:2] and rime[1] in "aăâeêyơ" and rime not in ("ua",)
    if onset in ("c", "g", "ng") and rime[0] in FRONT or onset in ("k", "gh", "ngh") and rime[0] not in FRONT:
        return None
    if onset == "q":
        if not glided:
            return None
        rime = "u" + rime[1:]
    elif onset in ("c", "k") and glided or onset in ("b", "m", "ph", "v", "p", "g") and glided:
        return None
    if onset == "gi" and rime[0] == "i" or onset == "qu":
        return None
    if onset == "" and rime.startswith(("iê", "ia")):
        return None
    vowels = [i for i, c in enumerate(rime) if c in "aăâeêioôơuưy"]
    marked = [i for i in vowels if rime[i] in "ăâêôơư"]
    if marked:
        at = marked[-1] if rime != "ưa" and rime != "ưu" and rime != "ưi" else marked[0]
    elif vowels[-1] + 1 < len(rime) or glided and len(vowels) == 2:
        at = vowels[-1]
    else:
        at = vowels[1] if len(vowels) == 3 or (glided and len(vowels) > 1) else vowels[0]
    return onset + unicodedata.normalize("NFC", rime[:at + 1] + mark + rime[at + 1:])


def pairs(line):
    """What a sentence has of onsets with rimes, tones with both, and neighbours."""
    out = []
    for group in words(line):
        syllables = [parse(w) for w in group]
        for s, after in zip(syllables, syllables[1:] + [None]):
            rime = s.glide, s.nucleus, s.coda
            out += [(s.onset, rime), (rime, s.tone), (s.onset, s.tone), ("end", rime, s.tone)][:4 if after is None else 3]
            if after:
                out += [("next", s.coda or s.nucleus, after.onset), (s.tone, after.tone, s.stopped)]
    return out


def covering(lines, count):
    """The `count` lines that say most, by length, of what was seldom said before; what is new again and again counts half as much."""
    said, has, chosen = collections.Counter(), [pairs(line) for line in lines], []
    gain = lambda i: sum(0.5 ** min(said[p], 8) for p in has[i]) / (len(has[i]) + 12)
    left = [(-gain(i), i) for i in range(len(lines))]
    heapq.heapify(left)
    while left and len(chosen) < count:
        _, i = heapq.heappop(left)
        now = -gain(i)
        if left and now > left[0][0]:                # it was worth more when it was counted
            heapq.heappush(left, (now, i))
            continue
        chosen.append(lines[i])
        said.update(has[i])
    return chosen


def main():
    path, count, rng = sys.argv[1], int(sys.argv[2]), random.Random(int(sys.argv[3]))
    made = []
    said = []
    for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t"):
        line = [w.lower() for group in words(row["transcript"]) for w in group]
        if all(parse(w) for w in line):
            said.append(line)
    after = defaultdict(list)
    for line in said:
        for a, b in zip(line, line[1:]):
            after[a].append(b)
    every = [s for o in ONSETS for r in RIMES for m in MARKS if (s := spell(o, r, m)) and parse(s)]
    starts, bag = list(after), []

    def new():
        nonlocal bag
        if not bag:
            bag = rng.sample(every, len(every))
        return bag.pop()

    for _ in range(max(count, int(sys.argv[4])) if len(sys.argv) > 4 else count):
        length, line = rng.randint(5, 14), [rng.choice(starts)]
        while len(line) < length:
            if rng.random() < 0.5 and after.get(line[-1]):
                line.append(rng.choice(after[line[-1]]))
            elif rng.random() < 0.6:
                line.append(new())
            else:
                line.append(rng.choice(starts))
        if length > 8 and rng.random() < 0.4:
            line[rng.randint(3, length - 4)] += ","
        text = " ".join(line)
        made.append(text[0].upper() + text[1:] + ".")
    print("\n".join(covering(made, count) if len(made) > count else made))


if __name__ == "__main__":
    main()
