#!/bin/sh
# The voices from the corpus: make.sh CORPUS LISTENER OUT. Each step's result is a checkpoint: a step whose file exists is skipped.
set -eu
here=$(cd "$(dirname "$0")" && pwd); corpus=$1; listener=$2; out=$3; python=${PYTHON:-python3}
mkdir -p "$out/model"
[ -e "$out/ana.done" ] || { "$python" "$here/analyse.py" "$corpus" "$out/ana"; "$python" "$here/periodicity.py" "$corpus" "$out/ana"; touch "$out/ana.done"; }
[ -e "$out/align1.json" ] || "$python" "$here/align.py" "$corpus" "$out/ana" "$out/align1.json"
[ -e "$out/align2.json" ] || "$python" "$here/realign.py" "$corpus" "$out/ana" "$out/align1.json" "$out/align2.json"
[ -e "$out/clips.pkl" ] || "$python" "$here/build.py" "$corpus" "$out/ana" "$out/align2.json" "$out/clips.pkl"
"$python" "$here/prosody.py" "$out/clips.pkl" "$out/model"
cp "$here/../../voices/bac/tones.tsv" "$out/model/tones.tsv" # smoothed by hand from what prosody.py prints
for voice in bac:s04:118 bac-nu:s11:190; do
  name=${voice%%:*}; rest=${voice#*:}; speaker=${rest%:*}; base=${rest#*:}
  mkdir -p "$out/$name"; cp "$out/model/durations.tsv" "$out/model/tones.tsv" "$out/$name"
  for seed in 1 2; do
    [ -e "$out/$name/net$seed.pt" ] || "$python" "$here/train.py" "$out/clips.pkl" "$out/$name/net$seed.pt" --seed $seed --epochs 22 --boost 3 --ctxdrop 0.2 --leave s00,s01 --target "$speaker"
  done
  "$python" "$here/export.py" "$out/$name/net1.pt,$out/$name/net2.pt" "$out/$name" "$out/clips.pkl" 1.0 "$speaker" "$base"
  LISTENER=$listener "$python" "$here/evaluate.py" "$out/$name" "$listener/sentences-dev.txt,$here/sentences-a.txt,$here/sentences-b.txt" "$name="
done
