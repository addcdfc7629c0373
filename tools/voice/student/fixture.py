"""What the net makes of one run, to test the program with: fixture.py MODEL.bin TABLES NAME > tests/cases/synthesize/taught.tsv

TABLES: the folder whose durations and tones are asked for; NAME: whose net MODEL.bin is.
"""
import pathlib, sys
import numpy as np
from model import Model
from plan import Tables, plan
from speak import laid

TEXT = "nghiêng mình khuyên bác thợ quét sạch ngõ"
EVERY = 5                            # frames
HEAD = """# What the acoustic model of the voice {} gives for one run of syllables, worked out in double precision by tools/voice/student:
# every fifth frame of 10 ms. Rows `note`: syllable as Phrase prints it, then the ms of onset, glide, nucleus, coda. Row `pitch`: Hz at each
# frame. Rows `frame`: number of the frame, voiced (0 or 1), the mel-cepstrum, aperiodicity in dB. Values apart by commas.
kind\tname\tvalues"""


def main():
    model = Model(sys.argv[1])
    phones, f0, _ = laid(plan(TEXT, Tables(pathlib.Path(sys.argv[2]))), model.base)
    f0 = np.round(f0, 3)
    phones = [p[:3] + (round(p[3], 3), round(p[4], 3)) for p in phones]
    mcep, bap, voiced = model(phones, f0)
    written = lambda values, digits: ",".join(f"{round(float(v), digits):g}" for v in values)
    print(HEAD.format(sys.argv[3]))
    for k in range(max(p[2] for p in phones) + 1):
        own = {name[0]: (name[2:], end - start) for name, _, syllable, start, end in phones if syllable == k}
        tone = next(p[1] for p in phones if p[2] == k)
        print("note", ".".join(own[kind][0] for kind in "ognc" if kind in own) + str(tone), written([own.get(kind, ("", 0))[1] for kind in "ognc"], 3), sep="\t")
    print("pitch", "-", written(f0, 3), sep="\t")
    for at in range(0, len(f0), EVERY):
        print("frame", at, f"{int(voiced[at])}," + written(mcep[at], 4) + "," + written(bap[at], 3), sep="\t")


if __name__ == "__main__":
    main()
