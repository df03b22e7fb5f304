#!/usr/bin/env python3
"""The words of UniDic as text, from the source archive of `unidic-lite`.

UniDic 2.1.2 (The UniDic Consortium; used under its BSD licence) as `unidic-lite` 1.0.8 (MIT)
carries it. A training-time tool; nothing of it is needed to build or to run. Steps:

    pip download --no-deps --no-binary :all: unidic-lite==1.0.8 -d archives
    scripts/unidic_ja.py archives/unidic-lite-1.0.8.tar.gz OUT

A line a word, sorted, parts divided by tabs: form, cost (lower is more usual), part of speech in
the treebank's notation, inflected form, lemma.
"""

import sys
import struct
import tarfile
from array import array


def main() -> None:
    archive, out_path = sys.argv[1:3]
    with tarfile.open(archive) as tar:
        member = next(m for m in tar if m.name.endswith("dicdir/sys.dic"))
        data = tar.extractfile(member).read()

    header = struct.unpack_from("<10I", data)
    trie_size, token_size, feature_size = header[6:9]
    trie_at = 40 + 32
    token_at = trie_at + trie_size
    feature_at = token_at + token_size
    if feature_at + feature_size != len(data):
        raise SystemExit("the dictionary is not in the form that this script knows")

    units = array("I", data[trie_at:token_at])
    bases, checks = array("i", units[0::2].tobytes()), units[1::2]
    below: dict[int, list[int]] = {}
    for place, (base, check) in enumerate(zip(bases, checks)):
        if place and base:
            below.setdefault(check, []).append(place)

    lines = []
    open_nodes = [(bases[0], b"")]
    while open_nodes:
        base, form = open_nodes.pop()
        for place in below.get(base, ()):
            if place != base:
                open_nodes.append((bases[place], form + bytes([place - base - 1])))
                continue
            value = -bases[place] - 1
            first, count = value >> 8, value & 0xFF
            for token in range(first, first + count):
                cost, feature = struct.unpack_from("<hI", data, token_at + token * 16 + 6)
                start = feature_at + feature
                text = data[start : data.index(b"\0", start)].decode()
                part = fields(text)
                kind = "-".join(x for x in part[:4] if x not in ("*", ""))
                if part[4] not in ("*", ""):
                    kind += "-" + part[4]
                lemma = part[7] if len(part) > 7 else form.decode()
                ending = part[5] if part[5] != "*" else ""
                lines.append(f"{form.decode()}\t{cost}\t{kind}\t{ending}\t{lemma}\n")

    lines = sorted(set(lines))
    with open(out_path, "w", encoding="utf-8") as out:
        out.writelines(lines)


def fields(text: str) -> list[str]:
    """The parts of a line of the dictionary; a part in quotation marks may hold commas."""
    parts, part, quoted = [], "", False
    for c in text:
        if c == '"':
            quoted = not quoted
        elif c == "," and not quoted:
            parts.append(part)
            part = ""
        else:
            part += c
    return parts + [part]


if __name__ == "__main__":
    main()
