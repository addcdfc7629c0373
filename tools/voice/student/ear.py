"""How surely Whisper base hears each syllable of a known text: its log-probability, steadier than what it writes down.

    ear.py SENTENCES DIR LISTENER: DIR/N.wav is line N. Prints the mean, then means by tone, onset, nucleus and coda.
"""
import collections, pathlib, re, sys
import numpy as np
import soundfile
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from scipy.signal import resample_poly
from syllable import parse

RATE = 16000
LEAST = -10.0                        # what is not heard at all counts as this


def stood_for():
    """The characters that stand for bytes in the vocabulary."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in plain]
    return {b: chr(b) for b in plain} | {b: chr(256 + i) for i, b in enumerate(others)}


class Ear:
    def __init__(self, listener):
        """`listener`: the folder with listen.py, which joins the weights."""
        sys.path.insert(0, str(listener))
        from listen import model_dir
        self.model = WhisperModel(model_dir(), device="cpu", compute_type="int8", cpu_threads=1)
        self.tokens = Tokenizer(self.model.hf_tokenizer, True, task="transcribe", language="vi")
        self.vocabulary, self.bytes = self.model.hf_tokenizer.get_vocab(), stood_for()

    def pieces(self, text):
        """Tokens of a word. The packaged tokenizer lacks merges, that of " t" first of all, and would cut every th and tr as Whisper
        never does; ids rise in the order of the merges, so the lowest id is merged first."""
        parts = [self.bytes[b] for b in text.encode()]
        while len(parts) > 1:
            rank, at = min((self.vocabulary.get(a + b, len(self.vocabulary)), i) for i, (a, b) in enumerate(zip(parts, parts[1:])))
            if rank == len(self.vocabulary):
                break
            parts[at:at + 2] = [parts[at] + parts[at + 1]]
        return [self.vocabulary[p] for p in parts]

    def score(self, x, text):
        """[(syllable, log-probability)] of samples at RATE, at most 30 s, in which `text` is said."""
        features = self.model.feature_extractor(x.astype(np.float32))
        words = [(word.strip(",.;:!?"), self.pieces(" " + word.strip(",.;:!?")), self.pieces(word[len(word.rstrip(",.;:!?")):])) for word in text.split()]
        ids = [i for _, own, mark in words for i in own + mark]
        heard = self.model.model.align(self.model.encode(pad_or_trim(features, 3000)), self.tokens.sot_sequence, [ids], [min(features.shape[-1], 3000)])[0]
        logs, at, out = np.log(np.maximum(heard.text_token_probs, 1e-6)), 0, []
        for word, own, mark in words:
            out.append((word, max(LEAST, float(logs[at:at + len(own)].sum()))))
            at += len(own) + len(mark)
        return out


def parts(syllable):
    """The parts of a syllable, as in frames.PHONES."""
    named = [("o:", syllable.onset), ("g:", "w" if syllable.glide else None), ("n:", syllable.nucleus), ("c:", syllable.coda)]
    return [kind + name for kind, name in named if name is not None]


def main():
    sentences, folder = sys.argv[1:3]
    ear, by = Ear(pathlib.Path(sys.argv[3])), collections.defaultdict(list)
    lines = [line.strip() for line in open(sentences, encoding="utf-8") if line.strip() and not line.startswith("#")]
    for n, line in enumerate(lines, 1):
        x, rate = soundfile.read(pathlib.Path(folder) / f"{n}.wav")
        for word, log in ear.score(resample_poly(x, RATE, rate), line):
            by["all"].append(log)
            s = parse(re.sub(r"\W", "", word))
            for key in [f"tone {s.tone}", *parts(s)] if s else []:
                by[key].append(log)
    for key, logs in by.items():
        print(f"{key}\t{np.mean(logs):.2f}\t{len(logs)}")


if __name__ == "__main__":
    main()
