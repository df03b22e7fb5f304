#!/usr/bin/env python3
"""Japanese word vectors as text, from the wheel of `ja-ginza`.

The vectors are chiVe's (Works Applications, Apache License 2.0) as `ja-ginza` 5.3.0 (MIT) carries
them: 20,000 vectors of 300 numbers, each shared by the words nearest to it. A training-time tool;
nothing of it is needed to build or to run. Steps:

    pip download --no-deps ja-ginza==5.3.0 -d wheels
    pip install numpy==2.4.6
    scripts/vectors_ja.py wheels/ja_ginza-5.3.0-py3-none-any.whl OUT [--forms UNIDIC] \
        [--words 60000] [--numbers 100]

One line a word: the word and its numbers. First the words that own a row, by frequency. chiVe's
words are dictionary forms (為る for する); with `--forms`, the table that `unidic_ja.py` writes, the
most usual forms of UniDic follow with the vectors of their lemmas; after them, and without them,
the words that share a row. `--numbers` keeps that many principal components.
"""

import argparse
import io
import json
import struct
import zipfile

import numpy


def murmur_hash_64a(data: bytes, seed: int) -> int:
    """Key of a string in the wheel's table."""
    mask, m = (1 << 64) - 1, 0xC6A4A7935BD1E995
    h = (seed ^ (len(data) * m)) & mask
    whole = len(data) - len(data) % 8
    for (k,) in struct.iter_unpack("<Q", data[:whole]):
        k = (k * m) & mask
        k = ((k ^ (k >> 47)) * m) & mask
        h = ((h ^ k) * m) & mask
    if data[whole:]:
        h = ((h ^ int.from_bytes(data[whole:], "little")) * m) & mask
    h = ((h ^ (h >> 47)) * m) & mask
    return h ^ (h >> 47)


def key_rows(data: bytes) -> dict[int, int]:
    """The table from a word's key to its row: a MessagePack map of whole numbers."""
    at = 0

    def number() -> int:
        nonlocal at
        kind = data[at]
        at += 1
        if kind < 0x80:
            return kind
        size = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8}[kind]
        at += size
        return int.from_bytes(data[at - size : at], "big")

    if data[0] != 0xDF:
        raise SystemExit("the table of rows is not the map that this script knows")
    count, at = int.from_bytes(data[1:5], "big"), 5
    return {number(): number() for _ in range(count)}


def form_rows(path: str, rows: dict[str, int], known: dict[str, int]) -> dict[str, int]:
    """Forms of UniDic that are not known, the most usual first, with the rows of their lemmas."""
    found: dict[str, tuple[int, int]] = {}
    with open(path, encoding="utf-8") as forms:
        for line in forms:
            form, cost, _, _, lemma = line.rstrip("\n").split("\t")
            row = rows.get(lemma.split("-")[0])
            if row is None or form in known or not form or any(c.isspace() for c in form):
                continue
            if form not in found or int(cost) < found[form][0]:
                found[form] = (int(cost), row)
    by_use = sorted(found.items(), key=lambda item: (item[1][1] * 2 + item[1][0], item[0]))
    return {form: row for form, (_, row) in by_use}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel")
    parser.add_argument("out")
    parser.add_argument("--forms")
    parser.add_argument("--words", type=int, default=60_000)
    parser.add_argument("--numbers", type=int, default=100)
    args = parser.parse_args()

    with zipfile.ZipFile(args.wheel) as wheel:
        folder = next(n for n in wheel.namelist() if n.endswith("vocab/vectors"))[: -len("vectors")]
        vectors = numpy.load(io.BytesIO(wheel.read(folder + "vectors"))).astype(numpy.float64)
        rows = key_rows(wheel.read(folder + "key2row"))
        strings = json.loads(wheel.read(folder + "strings.json"))

    # The table holds the words by frequency; the first of a row is the word it was made for.
    word_of = {murmur_hash_64a(s.encode(), 1): s for s in strings}
    words = [(word_of[key], row) for key, row in rows.items() if key in word_of]
    words = [(w, r) for w, r in words if w and not any(c.isspace() for c in w)]
    first: dict[int, int] = {}
    for i, (_, row) in enumerate(words):
        first.setdefault(row, i)
    own = sorted(first.values(), key=lambda i: words[i][1])
    table = {words[i][0]: words[i][1] for i in own}
    if args.forms:
        table.update(form_rows(args.forms, dict(words), table))
    for word, row in words:
        table.setdefault(word, row)

    if args.numbers < vectors.shape[1]:
        centred = vectors - vectors.mean(axis=0)
        values, axes = numpy.linalg.eigh(centred.T @ centred)
        axes = axes[:, numpy.argsort(-values)[: args.numbers]]
        # The sign of a component is free: make the largest part positive, so that runs agree.
        axes *= numpy.sign(axes[numpy.abs(axes).argmax(axis=0), range(axes.shape[1])])
        vectors = centred @ axes

    lines = [" ".join(f"{x:.5f}" for x in row) for row in vectors]
    with open(args.out, "w", encoding="utf-8") as out:
        for word, row in list(table.items())[: args.words]:
            out.write(f"{word} {lines[row]}\n")


if __name__ == "__main__":
    main()
