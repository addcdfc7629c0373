#!/bin/sh
# The taught voices from nothing: make.sh CORPUS OUT [CLIPS STEPS]. Each step's result is a checkpoint: what is there is not made again.
# CLIPS: sentences that the teacher says as each of two speakers (1051: 52 minutes of sound each, 38 of speech, some 25 minutes of one
# core); STEPS: of the training (4000: some ten minutes of one core). A smoke run: make.sh ../shared/voice-corpus OUT 20 50
set -eu
here=$(cd "$(dirname "$0")" && pwd); corpus=$1; out=$2; clips=${3:-1051}; steps=${4:-4000}; python=${PYTHON:-python3}
export PYTHONPATH="$here:$here/.." OMP_NUM_THREADS=1
voices=$here/../../../voices styles=$out/teacher/styles
mkdir -p "$out"
[ -e "$out/kokoro-js-1.2.1.tgz" ] || (cd "$out" && npm pack --silent kokoro-js@1.2.1)
[ -e "$styles" ] || "$python" "$here/cut.py" "$out/teacher" "$out/kokoro-js-1.2.1.tgz"
[ -e "$out/prompts.txt" ] || "$python" "$here/prompts.py" "$corpus/clips.tsv" "$clips" 1 14400 > "$out/prompts.txt"

# speaker NAME BASE STYLES QUALITY: pitch in Hz; whose voice; the voices that have the voice quality of tones.
speaker() {
    "$python" "$here/taught.py" "$out/teacher" "$voices/bac" "$2" "$3" "$out/prompts.txt" "$out/$1"
    [ -e "$out/$1-targets" ] || { "$python" "$here/targets.py" "$4" "$2" "$out/$1" "$out/$1.part" && mv "$out/$1.part" "$out/$1-targets"; }
}
speaker low 114 "$styles/am_michael.bin:0.6,$styles/hf_beta.bin:0.4" "$voices/bac,$voices/bac-nu"
speaker high 195 "$styles/hf_beta.bin:0.75,$styles/af_bella.bin:0.25" "$voices/bac-nu"
[ -e "$out/net.pt" ] || "$python" "$here/teach.py" "$out/net.pt" "$steps" 1 114:"$out/low-targets" 195:"$out/high-targets"
# bac-trong is the second speaker too, with a longer throat.
"$python" "$here/model.py" "$out/net.pt" 1 "$out/bac-nu-trong.bin"
"$python" "$here/model.py" "$out/net.pt" 1 "$out/bac-trong.bin" 0.87 132
"$python" "$here/fixture.py" "$out/bac-trong.bin" "$voices/bac" bac-trong > "$out/fixture.tsv"
