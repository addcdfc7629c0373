#!/bin/sh
# The taught voices from nothing: make.sh CORPUS OUT [CLIPS STEPS SEED]. Each step's result is a checkpoint: what is there is not made again.
# CLIPS: sentences that the teacher says (1200: an hour of sound, 43 minutes of speech, some 35 minutes of one core); STEPS: of the
# training (3000: some ten minutes of one core); SEED: of the sentences (2), and the one after it of the training.
# A smoke run: make.sh ../shared/voice-corpus OUT 20 50
set -eu
here=$(cd "$(dirname "$0")" && pwd); corpus=$1; out=$2; clips=${3:-1200}; steps=${4:-3000}; seed=${5:-2}; python=${PYTHON:-python3}
export PYTHONPATH="$here:$here/.." OMP_NUM_THREADS=1
voices=$here/../../../voices styles=$out/teacher/styles
mkdir -p "$out"
[ -e "$out/kokoro-js-1.2.1.tgz" ] || (cd "$out" && npm pack --silent kokoro-js@1.2.1)
[ -e "$styles" ] || "$python" "$here/cut.py" "$out/teacher" "$out/kokoro-js-1.2.1.tgz"
[ -e "$out/prompts.txt" ] || "$python" "$here/prompts.py" "$corpus/clips.tsv" "$clips" "$seed" 14400 > "$out/prompts.txt"

"$python" "$here/taught.py" "$out/teacher" "$voices/bac" 195 "$styles/hf_beta.bin:0.75,$styles/af_bella.bin:0.25" "$out/prompts.txt" "$out/taught"
[ -e "$out/targets" ] || { "$python" "$here/targets.py" "$voices/bac-nu" 195 "$out/taught" "$out/targets.part" && mv "$out/targets.part" "$out/targets"; }
[ -e "$out/net.pt" ] || "$python" "$here/teach.py" "$out/net.pt" "$steps" "$((seed + 1))" 195:"$out/targets"
# bac-trong is the same speaker with a longer throat.
"$python" "$here/model.py" "$out/net.pt" 0 "$out/bac-nu-trong.bin" -5
"$python" "$here/model.py" "$out/net.pt" 0 "$out/bac-trong.bin" 0 0.87 132
"$python" "$here/fixture.py" "$out/bac-trong.bin" "$voices/bac" bac-trong > "$out/fixture.tsv"
