#!/usr/bin/env bash
# Peak memory and speed of `detente parse` on one long stream of running text.
# The text is the plain English ones of examples/, again and again until there are MEGABYTES of them.
#   benches/syntax/stream.sh [BINARY] [MEGABYTES] [THREADS]
set -euo pipefail
cd "$(dirname "$0")/../.."
binary=${1:-target/release/detente}
megabytes=${2:-300}
threads=${3:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$megabytes" > "$work/stream.txt" <<'P'
import pathlib, re, sys
wanted, made = int(sys.argv[1]) * 1_000_000, 0
texts = []
for path in sorted(pathlib.Path("examples/japan-korea").glob("*.txt")):
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        continue
    if not re.search("[ぁ-ん가-힣]", text):
        texts.append(text.strip() + "\n\n")
turn = "".join(texts)
while made < wanted:
    made += sys.stdout.write(turn)
P
ls -l "$work/stream.txt" | awk '{print $5 " bytes"}'
python3 - "$binary" "$threads" "$work/stream.txt" <<'P'
import os, subprocess, sys
binary, threads, path = sys.argv[1:]
command = [binary, "parse", "--raw", "--quiet", "--language", "en", "--threads", threads]
with open(path, "rb") as text, subprocess.Popen(command, stdin=text, stdout=subprocess.PIPE) as run:
    sentences, rest = 0, b""
    while part := run.stdout.read(1 << 20):
        part = rest + part
        sentences += part.count(b"\n# sent_id")
        rest = part[-9:]  # one byte less than what is counted
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
seconds = usage.ru_utime + usage.ru_stime
print(f"exit code {run.returncode}; {sentences:,} sentences in {seconds:,.0f} s of processor time, "
      f"{sentences / seconds:,.0f} a second; peak memory {usage.ru_maxrss * 1024 / 1e6:.0f} MB")
P
