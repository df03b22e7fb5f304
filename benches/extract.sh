#!/usr/bin/env bash
# How fast `detente extract` codes English on one core: sentences and MB a second, peak memory.
# The texts are the plain English ones of examples/, again and again until there are SENTENCES of them.
#   benches/extract.sh [BINARY] [SENTENCES]
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-target/release/detente}
sentences=${2:-20000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$sentences" > "$work/documents.jsonl" <<'P'
import json, pathlib, re, sys
wanted, made, turn = int(sys.argv[1]), 0, 0
texts = []
for path in sorted(pathlib.Path("examples/japan-korea").glob("*.txt")):
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        continue
    if not re.search("[ぁ-ん가-힣]", text):
        texts.append((path.name, text))
while made < wanted:
    for name, text in texts:
        print(json.dumps({"id": f"{turn}/{name}", "text": text}))
        made += len(re.findall(r"[.!?][\"”]?\s", text))
    turn += 1
print(f"{turn} turns of {len(texts)} texts, about {made} sentences", file=sys.stderr)
P
bytes=$(stat -c %s "$work/documents.jsonl")
/usr/bin/time -f "%e s wall, %U s user, %M KiB peak" -o "$work/time" \
  taskset -c 0 "$binary" extract < "$work/documents.jsonl" > "$work/facts.jsonl" 2> "$work/messages"
tail -3 "$work/messages"
python3 - "$work/time" "$bytes" "$work/facts.jsonl" "$sentences" <<'P'
import sys
time, size, facts, sentences = sys.argv[1:]
line = open(time).read().strip()
user = float(line.split(",")[1].split()[0])
count = sum(1 for _ in open(facts))
print(f"{line}; {count} facts; {int(sentences)/user:,.0f} sentences/s, {int(size)/user/1e6:.2f} MB/s of user time")
P
