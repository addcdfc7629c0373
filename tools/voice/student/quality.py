"""The voice quality that tones have in recordings: what a voice made from them gives a syllable's tone beyond ngang.

The teacher knows pitch alone. In Vietnamese a tone is also how loud, how bright and how breathy a syllable is, and listeners go by it.
"""
import numpy as np
from export import Packed

COEFFICIENTS = 5                     # of the mel-cepstrum: loudness and the broad slope of the spectrum
STEP, SILENCE = 5, 60                # ms of a frame; ms around a run


class Quality:
    def __init__(self, voices):
        """`voices`: folders of voices made from recordings; the mean of what they do is taken."""
        self.voices = [Packed(voice / "model.bin") for voice in voices]

    def add(self, phones, mcep, bap, voiced):
        """`mcep` and `bap` (frames of 5 ms) with the quality of the phones' tones; a phone is as in inputs.py."""
        mcep, bap, first = mcep.copy(), bap.copy(), 0
        for last in range(len(phones)):
            speech = phones[last][2] >= 0
            if speech and (last == 0 or phones[last - 1][2] < 0):
                first = last
            if speech and (last + 1 == len(phones) or phones[last + 1][2] < 0):
                start, more, noisier = self.difference(phones[first:last + 1])
                there = slice(max(start, 0), min(start + len(more), len(mcep)))
                part = slice(there.start - start, there.stop - start)
                mcep[there, :COEFFICIENTS] += more[part, :COEFFICIENTS]
                bap[there] = np.where(voiced[there, None], np.clip(bap[there] + noisier[part], -60, 0), bap[there])
        return mcep, bap

    def difference(self, run):
        """First frame, and by how much mel-cepstra and aperiodicity differ from those of ngang, of phones without a pause."""
        edges = np.round(np.array([run[0][3]] + [p[4] for p in run]) / STEP).astype(int)
        ms = [SILENCE] + list(np.diff(edges) * STEP) + [SILENCE]
        names, syllables = (["sil"] + [p[0] for p in run] + ["sil"]), [-1] + [p[2] for p in run] + [-1]
        made = [[voice.frames(names, [0] + tones + [0], syllables, ms) for tones in ([p[1] for p in run], [1] * len(run))] for voice in self.voices]
        more, noisier = (np.mean([own[i] - ngang[i] for own, ngang in made], 0) for i in (0, 1))
        return edges[0] - SILENCE // STEP, more, noisier
