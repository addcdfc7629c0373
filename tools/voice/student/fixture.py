"""What the net makes of one run, to test the program with: fixture.py MODEL.bin VOICE OUT.json

Phones, the pitch of each frame of 10 ms, what the net is asked (active context inputs of each phone; owner and places of each
frame) and the frames that come out: mel-cepstra, aperiodicity and voicing.
"""
import json, pathlib, sys
import numpy as np
import inputs
from model import Model
from plan import Tables, plan
from speak import laid

TEXT = "nghiêng mình khuyên bác thợ quét sạch ngõ"


def main():
    model = Model(sys.argv[1])
    phones, f0, _ = laid(plan(TEXT, Tables(pathlib.Path(sys.argv[2]))), model.base)
    f0 = np.round(f0, 3)
    phones = [p[:3] + (round(p[3], 3), round(p[4], 3)) for p in phones]
    own, places = inputs.places(phones, f0, model.base)
    mcep, bap, voiced = model(phones, f0)
    plain = lambda a, n: np.round(a, n).tolist()
    json.dump(dict(text=TEXT, base=model.base, phones=phones, f0=plain(f0, 3), context=inputs.rows(phones).tolist(), owner=own.tolist(),
                   places=plain(places, 5), mel_cepstrum=plain(mcep, 4), aperiodicity=plain(bap, 3), voiced=voiced.astype(int).tolist()),
              open(sys.argv[3], "w"), ensure_ascii=False)


if __name__ == "__main__":
    main()
