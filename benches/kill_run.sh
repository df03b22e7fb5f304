#!/usr/bin/env bash
# Kills a run over DOCUMENTS documents at KILLS random moments, and checks each time that the record
# opens and holds only whole documents, and in the end that the export is that of an undisturbed
# run.
#
#     benches/kill_run.sh [DETENTE [DOCUMENTS [KILLS]]]
#
# The articles of examples/japan-korea are copied with a changing first line, so that every
# document differs.
set -euo pipefail
detente=$(realpath "${1:-target/release/detente}")
documents=${2:-2000}
kills=${3:-20}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/news"

mapfile -t articles < <(find "$here/examples/japan-korea" -name '*.txt' | sort)
for ((i = 0; i < documents; i++)); do
    article=${articles[i % ${#articles[@]}]}
    { cat "$article"; printf '\nThis is report %d of the day.\n' "$i"; } > "$work/news/$(printf %05d "$i").txt"
done
cd "$work"

begin=$(date +%s%N)
"$detente" run news --record whole.db --quiet 2> /dev/null
took=$((($(date +%s%N) - begin) / 1000000))
"$detente" export --record whole.db > whole.jsonl
echo "undisturbed: $documents documents, $(wc -l < whole.jsonl) facts, $took ms"
begin=$(date +%s%N)
"$detente" run news --record whole.db --quiet 2> /dev/null
echo "second run with nothing new: $((($(date +%s%N) - begin) / 1000000)) ms"

# Facts by document in the undisturbed export: what a whole document holds.
by_document() { sed -E 's/^\{"id":"([0-9a-f]+)","document":"([^"]+)".*/\2 \1/' "$1" | sort; }
by_document whole.jsonl > whole.txt
killed=0
for ((k = 0; killed < kills && k < 20 * kills; k++)); do
    # Each kill falls into a record that earlier kills have left, until it is complete.
    "$detente" run news --record killed.db --quiet 2> /dev/null &
    run=$!
    wait_ms=$((RANDOM * took / 32768 / 4 + 1))
    sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
    if kill -9 "$run" 2> /dev/null; then killed=$((killed + 1)); else rm -f killed.db killed.db-wal killed.db-shm; fi
    wait "$run" 2> /dev/null || true
    [ -s killed.db ] || continue
    "$detente" export --record killed.db > part.jsonl 2> part.err || { grep -q R002 part.err && continue; cat part.err; exit 1; }
    by_document part.jsonl > part.txt
    cut -d' ' -f1 part.txt | uniq > names.txt
    # A document that is there at all is there with all its facts.
    join names.txt whole.txt | sort > expected.txt
    cmp -s expected.txt part.txt || { echo "kill $killed after $wait_ms ms: documents are not whole"; exit 1; }
    echo "kill $killed after $wait_ms ms: $(wc -l < names.txt) whole documents"
done
"$detente" run news --record killed.db --quiet 2> /dev/null
"$detente" export --record killed.db > finished.jsonl
cmp whole.jsonl finished.jsonl
echo "after $killed kills the export is that of the undisturbed run"
