#!/bin/sh
# A taught voice from nothing: make.sh CORPUS OUT [CLIPS STEPS]. Each step's result is a checkpoint: what is there is not made again.
# VOICE in the environment says which: bac-trong (usual) or bac-nu-trong. CLIPS: sentences that the teacher says (1051: 52 minutes of sound,
# 38 of speech, some 25 minutes of one core); STEPS: of the training (2800, or 2000: some five minutes of one core).
# A smoke run: make.sh ../shared/voice-corpus OUT 20 50
set -eu
here=$(cd "$(dirname "$0")" && pwd); corpus=$1; out=$2; clips=${3:-1051}; python=${PYTHON:-python3}
export PYTHONPATH="$here:$here/.." OMP_NUM_THREADS=1
voices=$here/../../../voices styles=$out/teacher/styles
# base: pitch in Hz; style: whose voice; quality: the voices that have the voice quality of tones.
voice=${VOICE:-bac-trong}
case $voice in
    bac-trong) base=114 style=$styles/jm_kumo.bin:0.5,$styles/am_michael.bin:0.5 quality=$voices/bac steps=2800 ;;
    bac-nu-trong) base=195 style=$styles/hf_beta.bin:0.75,$styles/af_bella.bin:0.25 quality=$voices/bac-nu steps=2000 ;;
    *) echo "no such voice: $voice" >&2; exit 2 ;;
esac
steps=${4:-$steps}
mkdir -p "$out"
[ -e "$out/kokoro-js-1.2.1.tgz" ] || (cd "$out" && npm pack --silent kokoro-js@1.2.1)
[ -e "$styles" ] || "$python" "$here/cut.py" "$out/teacher" "$out/kokoro-js-1.2.1.tgz"
[ -e "$out/prompts.txt" ] || "$python" "$here/prompts.py" "$corpus/clips.tsv" "$clips" 1 14400 > "$out/prompts.txt"
"$python" "$here/taught.py" "$out/teacher" "$voices/bac" $base "$style" "$out/prompts.txt" "$out/taught"
[ -e "$out/targets" ] || { "$python" "$here/targets.py" "$quality" $base "$out/taught" "$out/targets.part" && mv "$out/targets.part" "$out/targets"; }
[ -e "$out/net.pt" ] || "$python" "$here/teach.py" "$out/net.pt" "$steps" 1 $base "$out/targets"
"$python" "$here/model.py" "$out/net.pt" "$out/model.bin"
"$python" "$here/fixture.py" "$out/model.bin" "$voices/bac" "$voice" > "$out/fixture.tsv"
