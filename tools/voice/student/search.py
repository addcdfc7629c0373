"""Which symbols the teacher is understood by: random choices for many phones at once, judged syllable by syllable.

    search.py draw TEACHER VOICE BASE STYLES TRANSCRIPTS LISTENER SEED WINDOWS OUT.jsonl    adds lines, one a window of up to 28 s
    search.py weigh OUT.jsonl ...                                                             what each choice is worth, with its error

CHOICES are what is drawn from; a list in teacher.py's own notation.
"""
import csv, json, pathlib, random, re, sys
import numpy as np
from scipy.signal import resample_poly
import ear, teacher
from plan import Tables, plan
from syllable import parse, words

CHOICES = {
    "ONSETS": {"z": ["dz", ["zʒ"], "z"], "k": ["k", ["kɡ"]], "ɲ": ["nj", "ɲ"], "s": ["s", ["sɕ"]], "tɕ": ["tʃ", "ʧ"], "ŋ": ["nɡ", "ŋ"], "h": ["h", ["hx"]]},
    "NUCLEI": {"ɨ": ["ɯː", ["ɯu"], "ɨ"], "əː": ["ɤː", ["ɤo"]], "ə̆": ["ɤ", "ɜ"], "ɔ̆": ["ɔ", "ɒ"], "ɨə": ["ɯə", "ɯɤ"], "uə": ["uə", "ʊə"]},
    "CODAS": {"c": ["jk", ["kt"]], "k͡p": ["k", ["kp"]], "ɲ": ["jɲ", "jŋ"], "j": ["j", "i"]},
}
PREFIX = {"ONSETS": "o:", "NUCLEI": "n:", "CODAS": "c:"}
LONGEST, EDGE = 28.0, 100.0          # seconds of a window; ms of silence kept around a sentence
RIDGE = dict(base=0.3, choice=3.0)


def sentences(path):
    """Transcripts of seven to sixteen syllables, all Vietnamese."""
    for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t"):
        line = [w.lower() for group in words(row["transcript"]) for w in group]
        if 7 <= len(line) <= 16 and all(parse(w) for w in line):
            yield " ".join(line).capitalize() + "."


def draw(folder, voice, base, styles, transcripts, listener, seed, windows, out):
    rng, judge = random.Random(int(seed)), ear.Ear(listener)
    said = teacher.Teacher(pathlib.Path(folder), [(f, float(w)) for f, w in (s.rsplit(":", 1) for s in styles.split(","))])
    tables, lines, bag = Tables(pathlib.Path(voice)), sorted(set(sentences(transcripts))), []
    with open(out, "a", encoding="utf-8") as file:
        for _ in range(int(windows)):
            choice = {PREFIX[table] + phone: rng.choice(of) for table, phones in CHOICES.items() for phone, of in phones.items()}
            for table in CHOICES:
                getattr(teacher, table).update({p[2:]: own for p, own in choice.items() if p.startswith(PREFIX[table])})
            pieces, texts, length = [], [], 0.0
            while True:
                bag = bag or rng.sample(lines, len(lines))
                x, phones = said.say(plan(bag[-1], tables), float(base))
                x = x[int(24 * (phones[0][4] - EDGE)):int(24 * (phones[-1][3] + EDGE))]
                length += len(x) / teacher.RATE
                if length > LONGEST:
                    break
                pieces.append(x / np.abs(x).max() * 0.7)
                texts.append(bag.pop())
            heard = judge.score(resample_poly(np.concatenate(pieces), 2, 3), " ".join(texts))
            places = [(text, k) for text in texts for k in range(len(text.split()))]
            rows = [(text, k, re.sub(r"\W", "", word), log) for (text, k), (word, log) in zip(places, heard)]
            file.write(json.dumps(dict(choice=choice, heard=rows), ensure_ascii=False) + "\n")
            file.flush()


def weigh(paths):
    """A ridge regression of each syllable's log-probability on the choices that are heard in it, and on the syllable itself."""
    columns, rows, logs = {}, [], []
    for line in (json.loads(line) for path in paths for line in open(path, encoding="utf-8")):
        for text, k, word, log in line["heard"]:
            own = [(p, json.dumps(line["choice"][p], ensure_ascii=False)) for p in ear.parts(parse(word)) if p in line["choice"]]
            rows.append([columns.setdefault(key, len(columns)) for key in [("base", text, k), *own]])
            logs.append(log)
    logs = np.array(logs)
    products, right = np.diag([RIDGE["base" if len(key) == 3 else "choice"] for key in columns]), np.zeros(len(columns))
    for row, log in zip(rows, logs - logs.mean()):
        products[np.ix_(row, row)] += 1
        right[row] += log
    inverse = np.linalg.inv(products)
    worth = inverse @ right
    spread = np.std([log - worth[row].sum() for row, log in zip(rows, logs - logs.mean())])
    print(f"{len(logs)} syllables, mean {logs.mean():.2f}")
    for key, i in sorted(columns.items(), key=lambda item: (item[0][0], -worth[item[1]])):
        if len(key) == 2:
            print(f"{key[0]}\t{key[1]}\t{worth[i]:+.2f}\t±{spread * np.sqrt(inverse[i, i]):.2f}")


if __name__ == "__main__":
    {"draw": lambda *a: draw(*a), "weigh": lambda *a: weigh(a)}[sys.argv[1]](*sys.argv[2:])
