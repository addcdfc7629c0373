"""What the net is asked: phones with their neighbours, and for each frame of 10 ms where in its phone it is and its pitch.

A phone is (name as in frames.PHONES, tone, syllable, start ms, end ms); silence has syllable -1. Frame k is at 10 k ms.
"""
import numpy as np
from frames import CTX, context, runs

HOP = 10.0                           # ms
PLACES = 18                          # numbers a frame


def rows(phones):
    """Indices of the active context inputs, phones x 8."""
    return context([p[0] for p in phones], [p[1] for p in phones], [p[2] for p in phones])


def places(phones, f0, base):
    """(owner, numbers): the phone of each frame and its PLACES inputs. `f0` in Hz at each frame, unvoiced ones too."""
    start, end = (np.array([p[i] for p in phones], float) for i in (3, 4))
    run_start, run_end = runs(start, end, [p[2] for p in phones])
    t = np.arange(len(f0)) * HOP
    own = np.minimum(np.searchsorted(end, t, "right"), len(phones) - 1)
    length = end - start
    since, until = t - start[own], np.maximum(end[own] - t, 0)
    along = np.clip(since / length[own], 0, 1)
    log = lambda ms: np.log(np.clip(ms, 10, 400) / 80)
    before, after = np.append(100.0, length[:-1])[own], np.append(length[1:], 100.0)[own]
    octaves = np.log2(f0 / base)
    columns = [2 * along - 1, np.cos(np.pi * along), np.sin(np.pi * along), np.cos(2 * np.pi * along), np.sin(2 * np.pi * along)]
    columns += [np.exp(-x / scale) for scale in (10, 30, 90) for x in (since, until)]
    columns += [log(length[own]), log(before), log(after)]
    columns += [np.exp(-np.maximum(t - run_start[own], 0) / 200), np.exp(-np.maximum(run_end[own] - t, 0) / 200)]
    columns += [2 * octaves, np.clip(np.gradient(octaves) * 10, -3, 3)]
    return own, np.stack(columns, 1).astype(np.float32)
