"""WORLD analysis and synthesis in the voice's parameters.

Frames every 5 ms at 24 kHz. Mel-cepstrum c[0..39], alpha 0.466, natural log amplitude:
ln|H(w)| = c[0] + sum_{m>=1} c[m] cos(m b(w)),  b(w) = w + 2 atan(alpha sin w / (1 - alpha cos w)).
Band aperiodicity in dB (20 log10 of amplitude ratio, 0 = all noise) at 3, 6 and 9 kHz.
"""
import numpy as np
import pyworld

RATE, HOP_MS, ORDER, ALPHA, FFT, BANDS = 24000, 5.0, 40, 0.466, 1024, 3


def _tables():
    w = np.linspace(0, np.pi, FFT // 2 + 1)
    b = w + 2 * np.arctan(ALPHA * np.sin(w) / (1 - ALPHA * np.cos(w)))
    basis = np.cos(np.outer(b, np.arange(ORDER)))          # bins x order
    n = 512                                                # uniform grid on the warped axis
    grid = np.linspace(0, np.pi, n + 1)
    inv = grid + 2 * np.arctan(-ALPHA * np.sin(grid) / (1 + ALPHA * np.cos(grid)))
    weight = np.ones(n + 1)
    weight[0] = weight[-1] = 0.5
    project = (np.cos(np.outer(np.arange(ORDER), grid)) * weight) * 2 / n
    project[0] /= 2
    pos = inv / np.pi * (FFT // 2)
    lo = np.minimum(pos.astype(int), FFT // 2 - 1)
    interp = np.zeros((n + 1, FFT // 2 + 1))
    interp[np.arange(n + 1), lo] = 1 - (pos - lo)
    interp[np.arange(n + 1), lo + 1] += pos - lo
    return basis, project @ interp


BASIS, ANALYSE = _tables()


def envelope_to_mcep(power):
    """CheapTrick power envelope (frames x 513) to mel-cepstra (frames x 40)."""
    return 0.5 * np.log(np.maximum(power, 1e-12)) @ ANALYSE.T


def mcep_to_envelope(mcep):
    """Mel-cepstra to the power envelope."""
    return np.exp(2 * np.clip(mcep @ BASIS.T, -16, 8))


def analyse(x, floor=70.0, ceil=420.0):
    """Samples to (f0, mcep, bap, voiced), all by 5 ms frame."""
    x = x.astype(np.float64)
    f0, t = pyworld.harvest(x, RATE, f0_floor=floor, f0_ceil=ceil, frame_period=HOP_MS)
    f0 = pyworld.stonemask(x, f0, t, RATE)
    sp = pyworld.cheaptrick(x, f0, t, RATE, fft_size=FFT)
    ap = pyworld.d4c(x, f0, t, RATE, fft_size=FFT, threshold=0.85)
    bap = pyworld.code_aperiodicity(ap, RATE)
    voiced = (f0 > 0) & (ap[:, 2] < 0.99)
    return f0, envelope_to_mcep(sp), bap, voiced


def synthesise(f0, mcep, bap, voiced):
    """Frames to samples."""
    f0 = np.where(voiced, f0, 0.0).astype(np.float64)
    bap = np.where(voiced[:, None], bap, 0.0)
    ap = pyworld.decode_aperiodicity(np.ascontiguousarray(bap, dtype=np.float64), RATE, FFT)
    sp = np.ascontiguousarray(mcep_to_envelope(mcep), dtype=np.float64)
    return pyworld.synthesize(f0, sp, ap, RATE, HOP_MS)
