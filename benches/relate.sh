#!/usr/bin/env bash
# The pair given and the pair to be found, on the PLV sentences (not part of this repository).
#   benches/relate.sh PLV.tsv [BINARY] [--errors]
# First: `detente eval relate`, root and quad class with the pair given. Then: how often `detente
# extract`, which is told no pair, finds an event of the root in the sentence, and one whose source and
# target touch those of gold (both may stand in the source where the act is mutual). Last: sentences a
# second of user time on one core, raw text in.
set -euo pipefail
plv=$1
binary=${2:-target/release/detente}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$plv" "$work" <<'P'
import csv, json, pathlib, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8"), delimiter="\t"))
work = pathlib.Path(sys.argv[2])
with open(work / "pairs.jsonl", "w") as pairs, open(work / "texts.jsonl", "w") as texts:
    for i, row in enumerate(rows):
        pair = {"id": row["id"], "text": row["sentence"], "source": row["source"], "target": row["target"], "root": row["root"]}
        pairs.write(json.dumps(pair) + "\n")
        texts.write(json.dumps({"id": str(i), "text": row["sentence"], "language": "en"}) + "\n")
P
"$binary" eval relate "$work/pairs.jsonl" ${3:-}
for what in relate extract; do
  case $what in relate) from=$work/pairs.jsonl ;; extract) from=$work/texts.jsonl ;; esac
  for _ in 1 2 3 4 5 6 7 8; do cat "$from"; done > "$work/many.jsonl"
  /usr/bin/time -f "%U" -o "$work/$what.time" taskset -c 0 "$binary" $what -j 1 < "$work/many.jsonl" > "$work/$what.out" 2> /dev/null || true
done
python3 - "$work" <<'P'
import collections, json, pathlib, sys
work = pathlib.Path(sys.argv[1])
gold = [json.loads(line) for line in open(work / "pairs.jsonl")]
older = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
found = collections.defaultdict(list)
for line in open(work / "extract.out"):
    fact = json.loads(line)
    if fact["kind"] == "event" and fact["root"]:
        found[fact["document"]].append(fact)
root = both = 0
for i, pair in enumerate(gold):
    place = lambda side: (pair["text"].find(pair[side]), pair["text"].find(pair[side]) + len(pair[side]))
    def touches(fact, field, side):
        here, (start, end) = fact["evidence"].get(field), place(side)
        return bool(here) and start >= 0 and here[0] < end and start < here[1]
    right = [f for f in found[str(i)] if older.get(f["root"], f["root"]) == pair["root"]]
    root += bool(right)
    mutual = lambda f: not f["target"] and len(f["source"]) > 1
    both += any(touches(f, "source", "source") and (touches(f, "target", "target") or mutual(f)) for f in right)
print(f"pair to be found: {root / len(gold):.3f} of the sentences with an event of the root, {both / len(gold):.3f} with both sides as well")
for what in ("relate", "extract"):
    seconds = float((work / f"{what}.time").read_text().split()[-1])
    print(f"{what}: {8 * len(gold) / seconds:,.0f} sentences a second")
P
