"""The student's file, and the net run in plain numpy: what the program has to do.

export: model.py NET.pt SPEAKER OUT.bin LOW [WARP BASE], where SPEAKER is its number from 0, and LOW how many dB what is below 250 Hz
gets (what is above 600 none). With WARP its formants are at so many times their frequency, and the net counts from BASE in Hz. All numbers
are little-endian:

    8 bytes   "DBVOICE1"
    u32 x 12  version 4; context inputs, inputs of a place; channels, blocks and width of the phones' part; channels, blocks and
              width of the frames' part; growth inside a block; mel-cepstra, bands of aperiodicity
    f32       base pitch in Hz
    f32       mean of each output, then its scale (outputs: mel-cepstra, bands, odds of voicing)
    tensors   in the order of `Model.read`: a matrix as f32 for each row, then i8 row by row, each to be multiplied by the number of its row;
              depthwise weights and what is one number a channel as f16
    u32       CRC-32 of all before
"""
import struct, sys, zlib
import numpy as np
import inputs
from frames import CTX, P, SLOTS

MAGIC, VERSION = b"DBVOICE1", 4
LOWEST = 250.0, 600.0                # Hz: LOW fades between them
TONES = CTX - len(SLOTS) * (P + 1)


class Model:
    def __init__(self, path):
        data = open(path, "rb").read()
        magic, version, *shape, self.base = struct.unpack("<8s12If", data[:60])
        if magic != MAGIC or version != VERSION or zlib.crc32(data[:-4]) != struct.unpack("<I", data[-4:])[0]:
            raise SystemExit(f"{path} is no model of version {VERSION}, or is damaged")
        self.shape, outputs = shape, shape[9] + shape[10] + 1
        stats = np.frombuffer(data[60:60 + 8 * outputs], "<f4").astype(np.float64)
        self.mean, self.scale = stats[:outputs], stats[outputs:]
        self.read(data[60 + 8 * outputs:-4], outputs)

    def read(self, data, outputs):
        context, places, phone, phone_blocks, phone_width, channels, blocks, width, grow = self.shape[:9]
        at = 0

        def values(kind, count):
            nonlocal at
            at += np.dtype(kind).itemsize * count
            return np.frombuffer(data[at - np.dtype(kind).itemsize * count:at], kind).astype(np.float64)

        def take(*shape):
            return values("<f2", int(np.prod(shape))).reshape(shape)

        def matrix(rows, columns):
            scale = values("<f4", rows)
            return values("<i1", rows * columns).reshape(rows, columns) * scale[:, None]

        def block(c, w):
            """depthwise weight and bias, norm weight and bias, up, its bias, down, its bias (its scale is folded in)"""
            return [take(c, w), take(c), take(c), take(c), matrix(c * grow, c), take(c * grow), matrix(c, c * grow), take(c)]

        self.context = matrix(context, phone)
        self.phones = [block(phone, phone_width) for _ in range(phone_blocks)]
        self.spread = matrix(channels, phone), take(channels)     # the bias holds the places' bias too
        self.places = matrix(channels, places)
        self.mix = matrix(channels, channels), take(channels)
        self.frames = [block(channels, width) for _ in range(blocks)]
        self.norm = take(channels), take(channels)
        self.out = matrix(outputs, channels), take(outputs)
        assert at == len(data)

    def __call__(self, phones, f0):
        """Mel-cepstra, aperiodicity in dB and voicing of the frames of a run; `f0` in Hz at each frame, every 10 ms."""
        own, places = inputs.places(phones, f0, self.base)
        p = self.context[inputs.rows(phones)].sum(1)
        for b in self.phones:
            p = block(p, b, 1)
        p = p @ self.spread[0].T + self.spread[1]
        h = p[own] + places @ self.places.T
        h = h + gelu(h) @ self.mix[0].T + self.mix[1]
        for i, b in enumerate(self.frames):
            h = block(h, b, 1 + i % 2)
        y = normed(h, *self.norm) @ self.out[0].T + self.out[1]
        y = self.mean + self.scale * y
        order, bands = self.shape[9:11]
        return y[:, :order], np.clip(y[:, order:order + bands], -60, 0), y[:, -1] > 0


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x ** 3)))


def normed(x, weight, bias):
    x = x - x.mean(1, keepdims=True)
    return x / np.sqrt((x ** 2).mean(1, keepdims=True) + 1e-5) * weight + bias


def block(x, tensors, dilation):
    weight, bias, norm_weight, norm_bias, up, up_bias, down, down_bias = tensors
    reach = weight.shape[1] // 2
    padded = np.pad(x, ((reach * dilation, reach * dilation), (0, 0)))
    y = bias + sum(padded[k * dilation:k * dilation + len(x)] * weight[:, k] for k in range(weight.shape[1]))
    return x + gelu(normed(y, norm_weight, norm_bias) @ up.T + up_bias) @ down.T + down_bias


def twice(frames):
    """Frames every 10 ms to frames every 5 ms, halfway between neighbours."""
    between = (frames[:-1].astype(float) + frames[1:]) / 2
    out = np.empty((2 * len(frames) - 1,) + frames.shape[1:])
    out[::2], out[1::2] = frames, between
    return out


def packed(tensor):
    """The bytes of a tensor: of a matrix eight bits a number, with a scale for each row; else f16."""
    if tensor.ndim == 1:
        return np.asarray(tensor, "<f2").tobytes()
    scale = np.maximum(np.abs(tensor).max(1) / 127, 1e-12).astype("<f4")
    return scale.tobytes() + np.round(tensor / scale[:, None]).astype("<i1").tobytes()


def export(net, speaker, path, low, warp=None, base=None):
    import torch
    from features import ANALYSE, RATE
    from warp import warped
    ck = torch.load(net, weights_only=False)
    s, ck = {k: v.numpy().astype(np.float64) for k, v in ck["state"].items()}, ck["speakers"][int(speaker)]
    s["context.weight"][-TONES:] += s["voice.weight"][int(speaker)]          # of these each phone has one
    s["places.bias"] += s["speaker.weight"][int(speaker)]
    order = len(ck["factor"])
    count = lambda name: len({k.split(".")[1] for k in s if k.startswith(name + ".")})
    phone, channels = s["context.weight"].shape[1], s["mix.bias"].shape[0]
    shape = [s["context.weight"].shape[0], s["places.weight"].shape[1], phone, count("phones"), s["phones.0.depthwise.weight"].shape[2], channels,
             count("frames"), s["frames.0.depthwise.weight"].shape[2], s["frames.0.up.weight"].shape[0] // channels, order, len(ck["mean"]) - order - 1]

    def block(name):
        scale = s[name + ".scale"]
        return [s[name + ".depthwise.weight"].ravel(), s[name + ".depthwise.bias"], s[name + ".norm.weight"], s[name + ".norm.bias"], s[name + ".up.weight"],
                s[name + ".up.bias"], s[name + ".down.weight"] * scale[:, None], s[name + ".down.bias"] * scale]

    tensors = [s["context.weight"]]
    for i in range(shape[3]):
        tensors += block(f"phones.{i}")
    tensors += [s["spread.weight"], s["spread.bias"] + s["places.bias"], s["places.weight"], s["mix.weight"], s["mix.bias"]]
    for i in range(shape[6]):
        tensors += block(f"frames.{i}")
    scale = ck["sd"].copy()
    scale[1:order] *= ck["factor"][1:]               # gives back the variance that averaging takes, but for the loudness
    lighter = np.interp(np.linspace(0, RATE / 2, ANALYSE.shape[1]), LOWEST, [1, 0]) * float(low) * np.log(10) / 20
    mean = np.append(ck["mean"][:order] + ANALYSE @ lighter, ck["mean"][order:])
    out = s["out.weight"], s["out.bias"], mean, scale
    if warp:
        out = warped(float(warp), *out)
    tensors += [s["norm.weight"], s["norm.bias"], *out[:2]]
    data = struct.pack("<8s12If", MAGIC, VERSION, *shape, float(base or ck["base"]))
    data += b"".join(np.asarray(v, "<f4").tobytes() for v in out[2:]) + b"".join(packed(t) for t in tensors)
    open(path, "wb").write(data + struct.pack("<I", zlib.crc32(data)))


if __name__ == "__main__":
    export(*sys.argv[1:])
