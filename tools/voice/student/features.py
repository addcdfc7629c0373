"""Speech in the vocoder's parameters, and back: WORLD's analysis with ORDER mel-cepstra, every 5 ms at 24 kHz."""
import numpy as np
import pyworld

RATE, HOP, ORDER, ALPHA, FFT, BANDS = 24000, 5.0, 60, 0.466, 1024, 3
MOST_OFF = 1.5                       # semitones
LOWEST, HIGHEST = 0.53, 2.28         # of a voice's usual pitch, where one is looked for


def tables(order=ORDER):
    """The cosines that turn mel-cepstra into a log envelope, and the matrix that takes one apart."""
    w = np.linspace(0, np.pi, FFT // 2 + 1)
    basis = np.cos(np.outer(w + 2 * np.arctan(ALPHA * np.sin(w) / (1 - ALPHA * np.cos(w))), np.arange(order)))
    n = 512
    grid = np.linspace(0, np.pi, n + 1)
    place = (grid + 2 * np.arctan(-ALPHA * np.sin(grid) / (1 + ALPHA * np.cos(grid)))) / np.pi * (FFT // 2)
    low = np.minimum(place.astype(int), FFT // 2 - 1)
    between = np.zeros((n + 1, FFT // 2 + 1))
    between[np.arange(n + 1), low] = 1 - (place - low)
    between[np.arange(n + 1), low + 1] += place - low
    weight = np.ones(n + 1)
    weight[0] = weight[-1] = 0.5
    project = np.cos(np.outer(np.arange(order), grid)) * weight * 2 / n
    project[0] /= 2
    return basis, project @ between


BASIS, ANALYSE = tables()


def analyse(x, asked):
    """Mel-cepstra, band aperiodicities in dB, voiced, of samples whose pitch is about `asked` (Hz, every HOP ms): the teacher's voice
    follows what it is asked, and a pitch that is looked for (Harvest, DIO) is lost in creak and at the ends of phrases."""
    x, asked = x.astype(np.float64), asked.astype(np.float64)
    t = np.arange(len(asked)) * HOP / 1000
    f0 = pyworld.stonemask(x, asked, t, RATE)
    f0 = np.where(np.abs(np.log2(np.maximum(f0, 1) / asked)) < MOST_OFF / 12, f0, asked)
    sp = pyworld.cheaptrick(x, f0, t, RATE, fft_size=FFT)
    ap = pyworld.d4c(x, f0, t, RATE, fft_size=FFT, threshold=0.85)
    return 0.5 * np.log(np.maximum(sp, 1e-12)) @ ANALYSE.T, pyworld.code_aperiodicity(ap, RATE), ap[:, 2] < 0.99


def tracked(x, count, base):
    """In which of `count` frames a pitch is found that nothing was asked of; `base` in Hz is the voice's usual one."""
    f0, _ = pyworld.dio(x.astype(np.float64), RATE, f0_floor=LOWEST * base, f0_ceil=HIGHEST * base, frame_period=HOP)
    return np.pad(f0, (0, max(0, count - len(f0))))[:count] > 0


def synthesise(f0, mcep, bap, voiced):
    """Samples from frames; f0 is given in unvoiced frames too."""
    f0 = np.where(voiced, f0, 0.0).astype(np.float64)
    ap = pyworld.decode_aperiodicity(np.ascontiguousarray(np.where(voiced[:, None], np.minimum(bap, 0), 0.0)), RATE, FFT)
    power = np.exp(2 * np.clip(mcep @ BASIS[:, :mcep.shape[1]].T, -16, 8))
    return pyworld.synthesize(f0, np.ascontiguousarray(power), ap, RATE, HOP)
