"""Compares LAME's settings for speech: time, and how far what is heard is from what went in.

    docbao narrate samples/binh-luc.txt --voice bac -o bac.flac --sample-rate 44100      # and others
    python tools/mp3/compare.py bac.flac bac-nu.flac bac-trong.flac --settings 96:3,96:5,96:7,128:7

needs lameenc (LAME 3.100), soundfile, scipy, and pesq, for which a C compiler and cython must be there. A setting
is a constant bitrate in kbit/s and a quality of LAME's, 0 to 9. The first minute of each sound is taken. The
columns, each the mean over the sounds:

- ms: processor time for a second of speech, the least of --times runs
- SNR, segmental SNR over 20 ms (limited to -10 to 60 dB), in dB
- distance: log-spectral distance below 8 kHz, in dB, over frames of 2048 samples
- noise to mask, in dB, and the percentage of frames in which noise is more than 1.5 dB over the mask in some band:
  the model of ITU-R BS.1387 (bands of a quarter Bark, spreading by level, full scale at 92 dB), without its model
  of the outer ear and of time. Lower is better
- PESQ of wide-band speech (ITU-T P.862.2), 4.64 at most
"""

import argparse
import resource

import lameenc
import numpy as np
import scipy.signal
import soundfile
from pesq import pesq

FRAME = 2048
BAND = 0.25  # Bark


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sounds", nargs="+")
    parser.add_argument("--settings", default="96:2,96:3,96:4,96:5,96:7")
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    sounds = [first_minute(path) for path in arguments.sounds]
    print("| kbit/s | quality | ms | SNR | segmental | distance | noise to mask | over the mask | PESQ |")
    print("|---|---|---|---|---|---|---|---|---|")
    for setting in arguments.settings.split(","):
        kbits, quality = map(int, setting.split(":"))
        rows = [measured(samples, rate, kbits, quality, arguments.times) for samples, rate in sounds]
        ms, snr, segmental, distance, mask, over, opinion = np.mean(rows, axis=0)
        print(
            f"| {kbits} | {quality} | {ms:.2f} | {snr:.1f} | {segmental:.1f} | {distance:.2f} "
            f"| {mask:.1f} | {over:.1f} % | {opinion:.2f} |",
            flush=True,
        )


def first_minute(path):
    samples, rate = soundfile.read(path, dtype="int16")
    return samples[: 60 * rate], rate


def measured(samples, rate, kbits, quality, times):
    ms = min(encoded(samples, rate, kbits, quality)[1] for _ in range(times))
    with open("compare.mp3", "wb") as file:
        file.write(encoded(samples, rate, kbits, quality)[0])
    heard, heard_rate = soundfile.read("compare.mp3")
    assert heard_rate == rate
    said, heard = aligned(samples / 32768.0, heard)
    # LAME makes everything quieter; the program undoes that.
    heard *= said @ heard / (heard @ heard)
    return (
        ms / (len(samples) / rate),
        decibels(said @ said, (said - heard) @ (said - heard)),
        segmental_snr(said, heard, rate),
        *spectral(said, heard, rate),
        opinion(said, heard, rate),
    )


def encoded(samples, rate, kbits, quality):
    """The bytes of a file, and the processor time they took, in milliseconds."""
    user = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_utime
    start = user()
    lame = lameenc.Encoder()
    lame.silence()
    lame.set_channels(1)
    lame.set_in_sample_rate(rate)
    lame.set_out_sample_rate(rate)
    lame.set_bit_rate(kbits)
    lame.set_quality(quality)
    encoded = lame.encode(samples.tobytes()) + lame.flush()
    return bytes(encoded), 1000 * (user() - start)


def aligned(said, heard):
    """Both, from the first sample that both have."""
    length = 1 << 19
    likeness = scipy.signal.correlate(heard[:length], said[:length], method="fft")
    lag = int(np.argmax(likeness)) - (min(length, len(said)) - 1)
    heard = heard[lag:] if lag >= 0 else np.concatenate([np.zeros(-lag), heard])
    length = min(len(said), len(heard))
    return said[:length], heard[:length]


def decibels(power, reference):
    return 10 * np.log10((power + 1e-12) / (reference + 1e-12))


def segmental_snr(said, heard, rate):
    length = rate // 50
    frames = lambda sound: (sound[: len(sound) // length * length].reshape(-1, length) ** 2).sum(1)
    power, noise = frames(said), frames(said - heard)
    spoken = power > power.max() * 1e-5
    return np.clip(decibels(power[spoken], noise[spoken]), -10, 60).mean()


def spectral(said, heard, rate):
    """Log-spectral distance; noise to mask; the percentage of frames with noise over the mask."""
    window = np.hanning(FRAME)
    view = np.lib.stride_tricks.sliding_window_view
    power = lambda sound: np.abs(np.fft.rfft(view(sound, FRAME)[:: FRAME // 2] * window)) ** 2
    speech, noise, copy = power(said), power(said - heard), power(heard)
    spoken = speech.sum(1) > speech.sum(1).max() * 1e-5
    speech, noise, copy = speech[spoken], noise[spoken], copy[spoken]
    hertz = np.fft.rfftfreq(FRAME, 1 / rate)
    low = (hertz > 50) & (hertz < 8000)
    difference = decibels(speech[:, low] * 1e3, copy[:, low] * 1e3)
    distance = np.sqrt((difference**2).mean(1)).mean()

    top = min(18_000, rate / 2)
    bark = lambda frequency: 7 * np.arcsinh(frequency / 650)
    count = int(bark(top) / BAND)
    band = np.clip((bark(hertz) / BAND).astype(int), 0, count)
    filled = np.array([(band == index).any() for index in range(count)])
    bands = lambda power: np.stack([power[:, band == index].sum(1) for index in range(count)], 1)
    full_scale = (window**2).sum() * FRAME / 8
    speech, noise = (bands(power) * 10**9.2 / full_scale for power in (speech, noise))

    centre = (np.arange(count) + 0.5) * BAND
    frequency = 650 * np.sinh(centre / 7)
    # Noise inside the ear.
    speech += 10 ** (0.1 * 0.4 * 3.64 * (frequency / 1000) ** -0.8)
    level = 10 * np.log10(speech)
    # How much a band excites those above and below it, in dB a Bark; what several do adds up by the power 0.4.
    upper = np.minimum(-24 - 230 / frequency + 0.2 * level, -1)
    excited, alone = np.zeros_like(speech), np.zeros(count)
    for index in range(count):
        away = centre - centre[index]
        spread = np.where(away < 0, 27 * away, upper[:, index : index + 1] * away)
        excited += 10 ** (0.04 * (level[:, index : index + 1] + spread))
        quiet = np.where(away < 0, 27 * away, -(24 + 230 / frequency[index]) * away)
        alone[index] = (10 ** (0.04 * quiet)).sum()
    excited = (excited / alone) ** 2.5
    mask = excited / 10 ** (0.1 * np.where(centre <= 12, 3, 0.25 * centre))
    ratio = (noise / mask)[:, filled]
    over = 100 * (ratio.max(1) > 10**0.15).mean()
    return distance, 10 * np.log10(ratio.mean()), over


def opinion(said, heard, rate):
    said, heard = (scipy.signal.resample_poly(sound, 16_000, rate) for sound in (said, heard))
    pieces = range(0, len(said) - 159_999, 160_000)
    return np.mean([pesq(16_000, said[at : at + 160_000], heard[at : at + 160_000], "wb") for at in pieces])


main()
