#!/bin/sh
# A taught voice from nothing: make.sh CORPUS OUT [CLIPS STEPS]. Each step's result is a checkpoint: what is there is not made again.
# CLIPS: sentences that the teacher says (1051: 52 minutes of sound, 38 of speech, some 25 minutes of one core);
# STEPS: of the training (2800: some five minutes of one core). A smoke run: make.sh ../shared/voice-corpus OUT 20 50
set -eu
here=$(cd "$(dirname "$0")" && pwd); corpus=$1; out=$2; clips=${3:-1051}; steps=${4:-2800}; python=${PYTHON:-python3}; base=114
export PYTHONPATH="$here:$here/.." OMP_NUM_THREADS=1
voice=$here/../../../voices/bac
mkdir -p "$out"
[ -e "$out/kokoro-js-1.2.1.tgz" ] || (cd "$out" && npm pack --silent kokoro-js@1.2.1)
[ -e "$out/teacher/styles" ] || "$python" "$here/cut.py" "$out/teacher" "$out/kokoro-js-1.2.1.tgz"
[ -e "$out/prompts.txt" ] || "$python" "$here/prompts.py" "$corpus/clips.tsv" "$clips" 1 14400 > "$out/prompts.txt"
styles=$out/teacher/styles
"$python" "$here/taught.py" "$out/teacher" "$voice" $base "$styles/jm_kumo.bin:0.5,$styles/am_michael.bin:0.5" "$out/prompts.txt" "$out/taught"
[ -e "$out/targets" ] || { "$python" "$here/targets.py" "$voice" "$out/taught" "$out/targets.part" && mv "$out/targets.part" "$out/targets"; }
[ -e "$out/net.pt" ] || "$python" "$here/teach.py" "$out/net.pt" "$steps" 1 $base "$out/targets"
"$python" "$here/model.py" "$out/net.pt" "$out/model.bin"
"$python" "$here/fixture.py" "$out/model.bin" "$voice" > "$out/fixture.tsv"
