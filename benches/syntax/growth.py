#!/usr/bin/env python3
"""Does the cost of reading a text grow with its length and no faster?

    python3 benches/syntax/growth.py target/release/detente [LANGUAGE...]

Repeats a piece of text to two lengths, one eight times the other, lets `detente parse --raw` read
both, and compares the processor's time (user, least of three runs, what an empty text takes
subtracted). Prints every piece whose time grew more than twice as much as its text, with the times
in milliseconds; exits with 1 if there is one.
"""

import os
import subprocess
import sys

SHORT = 12_000
TIMES = 8
RUNS = 3
# Below this (seconds) the clock's own grain is in the way.
LEAST = 0.05

PIECES = [
    "x", "7", "X", "あ", "ア", "国", "가", "ㄱ", "漢字かな", "말했다고", "a1-", "👍", "\u0301", "-", "--a",
    ".", "a.", "A.", "a.b.", "...", "…", "'", "a'", "'\"", "''", '"', '" ', "“", "”", "(", ")", "()", "( ",
    "[1]", "「", "」", "「」", "『", "（", "」 ", "。", "。」", "「。", "！？", "?!", "? ", "@", "a@", "a@b", "://",
    "a/", ",/", "http://", "www.", "$1", "1,", "1.", "1-", "%", "ｶﾞ", "Ａ", "&", "a_", "#", "*", "=", "~",
    "·", "1ㆍ", "\n", "\n\n", "a\n", "・a\n", "• a\n", "\r\n", " ", "\u3000", "\u200b", "\x7f", "\ufffd",
    "word ", "Mr. ", "U.S. ", "A won 4 won. ", "4 won ", "by Oslo of ", "“a” ", "(a) ", "Mr.A", "다.",
    "고 ", "다. ", '"다" ', "했다고 ", "국 ", "した", "と", "た。", "は「", "」と", "1) ", "[서울=기자] ", "a,",
    "n't", "'s", "—", "re-", "東京 ", "e.g. ", "\t", ":", "ー", "々", "+", "+ ",
]


def seconds(program, language, text):
    """User time of reading a text."""
    best = float("inf")
    for _ in range(RUNS):
        child = subprocess.Popen(
            [program, "parse", "--raw", "--language", language],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        child.stdin.write(text.encode())
        child.stdin.close()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{program} ended with {child.returncode} on {text[:20]!r}")
        best = min(best, usage.ru_utime)
        if best > 2:
            break
    return best


def main():
    program, *languages = sys.argv[1:]
    found = 0
    for language in languages or ["en", "ja", "ko"]:
        start = seconds(program, language, "")
        for piece in PIECES:
            short = piece * (SHORT // len(piece))
            took = seconds(program, language, short * TIMES) - start
            if took < LEAST:
                continue
            before = max(seconds(program, language, short) - start, 0.001)
            if took > 2 * TIMES * before:
                found += 1
                print(f"{language} {piece!r}: {before * 1000:.0f} ms, then {took * 1000:.0f} ms", flush=True)
    print("no cost grows faster than its text" if not found else f"{found} do")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
