"""Score folders of rendered sentences with the listener: score.py SENTENCES DIR [SENTENCES DIR ...]"""
import os, pathlib, sys
sys.path.insert(0, os.environ.get("LISTENER", "listener"))
from listen import model_dir, plain, rate


class Listener:
    def __init__(self, threads=2):
        from faster_whisper import WhisperModel
        self.model = WhisperModel(model_dir(), device="cpu", compute_type="int8", cpu_threads=threads)

    def hear(self, wav):
        """`wav`: path or 16 kHz float32 array."""
        segments, _ = self.model.transcribe(wav, language="vi", beam_size=5, temperature=0.0,
                                            condition_on_previous_text=False, repetition_penalty=1.3,
                                            no_repeat_ngram_size=4)
        return plain(" ".join(s.text for s in segments))

    def score(self, sentences, wavs, quiet=True):
        cers, sers = [], []
        for n, (s, w) in enumerate(zip(sentences, wavs), 1):
            ref, hyp = plain(s), self.hear(str(w) if not hasattr(w, "dtype") else w)
            cers.append(rate(ref, hyp)); sers.append(rate(ref.split(), hyp.split()))
            if not quiet:
                print(f"{n:3d} {cers[-1]:.2f} {ref}\n         {hyp}")
        k = len(cers)
        return sum(cers) / k, sum(sers) / k, sum(c < .5 for c in cers) / k


def sentences(path):
    return [s.strip() for s in open(path, encoding="utf-8") if s.strip() and not s.startswith("#")]


if __name__ == "__main__":
    quiet = "-v" not in sys.argv
    args = [a for a in sys.argv[1:] if a != "-v"]
    ear = Listener()
    for path, folder in zip(args[::2], args[1::2]):
        text = sentences(path)
        c, s, a = ear.score(text, [pathlib.Path(folder) / f"{i}.wav" for i in range(1, len(text) + 1)], quiet)
        print(f"{folder}: CER {c:.3f} SER {s:.3f} ANSWERED {a:.2f} n {len(text)}", flush=True)
