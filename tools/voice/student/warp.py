"""A voice of a longer throat: the frequencies of a net's mel-cepstra moved down."""
import numpy as np
from features import ANALYSE, BASIS, ORDER, RATE

KNEE = 6000.0                        # Hz: what lies below is moved by the whole factor, and less and less above


def matrix(factor):
    """What turns mel-cepstra into those of a spectrum whose formants are at `factor` times their frequency."""
    hertz, top = np.linspace(0, RATE / 2, len(BASIS)), RATE / 2
    knee = KNEE * factor
    source = np.where(hertz < knee, hertz / factor, KNEE + (hertz - knee) * (top - KNEE) / (top - knee)) / top * (len(BASIS) - 1)
    low = np.minimum(source.astype(int), len(BASIS) - 2)
    moved = np.zeros((len(BASIS), len(BASIS)))
    moved[np.arange(len(BASIS)), low] = 1 - (source - low)
    moved[np.arange(len(BASIS)), low + 1] += source - low
    return ANALYSE @ moved @ BASIS


def warped(factor, weight, bias, mean, scale):
    """Weights and bias of the last layer, mean and scale of the outputs, of which the first ORDER are mel-cepstra."""
    turn = matrix(factor)
    spread = turn * scale[:ORDER]
    length = np.sqrt((spread ** 2).sum(1))
    turned = lambda v: np.concatenate([spread / length.reshape(-1, 1) @ v[:ORDER], v[ORDER:]])
    return turned(weight), turned(bias), np.concatenate([turn @ mean[:ORDER], mean[ORDER:]]), np.concatenate([length, scale[ORDER:]])
