"""detente's parser beside UDPipe 1 and GiNZA, on the same files, with one thread, in one run.

    python peers.py --treebanks DIR --models DIR --binary target/release/detente [--ginza PYTHON]

Prints a table in Markdown; README.md says how the models are made. Every parser is a process of its
own, bound to one processor. Scores are those of `conll.py` for all of them, but for detente's on
given words, which `detente eval syntax` computes by the same protocol. Speed is sentences of the
treebank to a second of processor time, so that other work on the machine does not count: for the
peers without start and loading of the model, for detente the whole process.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import conll

HERE = pathlib.Path(__file__).parent

# Name, language, file, and the beginnings of the documents' names if not all count.
TESTS = [
    ("English EWT", "en", "en_ewt-ud-test.conllu", ()),
    ("English GUM", "en", "en_gum-ud-test.conllu", ()),
    ("English GUM, news and speech", "en", "en_gum-ud-test.conllu", ("GUM_news", "GUM_speech")),
    ("Japanese GSD", "ja", "ja_gsd-ud-test.conllu", ()),
    ("Korean GSD", "ko", "ko_gsd-ud-test.conllu", ()),
    ("Korean Kaist", "ko", "ko_kaist-ud-test.conllu", ()),
]

# Sentences that detente parses at least for a figure of its speed; the text is repeated.
SENTENCES = 20_000

# Key, what the table calls it, decimals, whether the ratio rather than the difference is of interest.
ROWS = [
    ("upos", "given words: UPOS", 2, False),
    ("uas", "given words: UAS", 2, False),
    ("las", "given words: LAS", 2, False),
    ("own words", "running text: words F1", 2, False),
    ("own sentences", "running text: sentences F1", 2, False),
    ("own las", "running text: LAS", 2, False),
    ("speed", "sentences/s", 0, True),
    ("memory", "peak memory, MB", 0, True),
]


def measured(command, output=subprocess.PIPE):
    """Runs a command on one processor: standard output, processor seconds, peak memory in MB."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = ["taskset", "-c", str(max(os.sched_getaffinity(0))), *map(str, command)]
    with subprocess.Popen(command, stdout=output, text=True, env=environment) as process:
        printed = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(f"{' '.join(command)}: exit code {process.returncode}", file=sys.stderr)
        return None
    return printed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6


def peer(command, gold, texts, work):
    """Scores, speed and memory of a parser with the interface of run_udpipe.py."""
    found = {}
    for kind in ("words", "text"):
        run = measured([*command, texts[kind], work / "parsed", kind])
        if run is None:
            continue
        parsed = conll.read((work / "parsed").open(encoding="utf-8"))
        scores = conll.score(gold, parsed)
        if kind == "words":
            found |= {key: scores[key] for key in ("upos", "uas", "las")}
        else:
            found |= {f"own {key}": value for key, value in scores.items()}
            found["speed"] = len(gold) / json.loads(run[0])["cpu"]
            found["memory"] = run[2]
    return found


def ours(binary, language, gold, texts, work):
    """The same of detente."""
    found = {}
    run = measured([binary, "eval", "syntax", "--language", language, "--json", texts["treebank"]])
    if run is not None:
        found |= json.loads(run[0])["gold_tokens"]
    parse = [binary, "parse", "--raw", "--quiet", "--language", language, "--threads", "1"]
    if measured([*parse, "--out", work / "parsed", texts["text"]]) is None:
        return found
    parsed = conll.read((work / "parsed").open(encoding="utf-8"))
    found |= {f"own {key}": value for key, value in conll.score(gold, parsed).items()}
    times = -(-SENTENCES // len(gold))
    text = texts["text"].read_text(encoding="utf-8")
    (work / "long.txt").write_text((text + "\n") * times, encoding="utf-8")
    run = measured([*parse, "--out", work / "long.conllu", work / "long.txt"])
    if run is not None:
        found["speed"] = len(gold) * times / run[1]
        found["memory"] = run[2]
    return found


def table(name, columns):
    """Lines of Markdown for a test; the last column is detente, the others its peers."""
    heads = list(columns)
    versus = [f"detente to {head}" for head in heads[:-1]]
    lines = [
        "| " + " | ".join([f"**{name}**", *heads, *versus]) + " |",
        "|" + "---|" * (1 + len(heads) + len(versus)),
    ]
    for key, label, decimals, ratio in ROWS:
        values = [columns[head].get(key) for head in heads]
        cells = ["–" if v is None else f"{v:,.{decimals}f}" for v in values]
        for value in values[:-1]:
            if value is None or values[-1] is None:
                cells.append("–")
            elif ratio:
                cells.append(f"× {values[-1] / value:.2g}")
            else:
                cells.append(f"{values[-1] - value:+.2f}")
        lines.append("| " + " | ".join([label, *cells]) + " |")
    return "\n".join(lines) + "\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--treebanks", type=pathlib.Path, required=True)
    arguments.add_argument("--models", type=pathlib.Path, required=True)
    arguments.add_argument("--binary", type=pathlib.Path, required=True)
    arguments.add_argument("--ginza", help="a Python with requirements-ginza.txt")
    arguments.add_argument("--tests", default="", help="only tests whose name contains this")
    arguments.add_argument("--only", choices=["peers", "detente"], help="leave the other side out")
    given = arguments.parse_args()
    for name, language, file, documents in TESTS:
        if given.tests not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            work = pathlib.Path(folder)
            source = given.treebanks / file
            lines = source.read_text(encoding="utf-8").splitlines()
            texts = {"treebank": source, "text": work / "text.txt", "words": work / "words.conllu"}
            if documents:
                lines = list(conll.of_documents(lines, documents))
                texts["treebank"] = work / file
                texts["treebank"].write_text("\n".join(lines) + "\n", encoding="utf-8")
            gold = conll.read(lines)
            texts["text"].write_text(conll.text(gold), encoding="utf-8")
            texts["words"].write_text(conll.untagged(gold), encoding="utf-8")
            columns = {}
            if given.only != "detente":
                model = given.models / f"{language}.udpipe"
                command = [sys.executable, HERE / "run_udpipe.py", model]
                columns["UDPipe 1"] = peer(command, gold, texts, work)
                if language == "ja" and given.ginza:
                    for mode in "CA":
                        command = [given.ginza, HERE / "run_ginza.py", mode]
                        columns[f"GiNZA {mode}"] = peer(command, gold, texts, work)
            columns["detente"] = {}
            if given.only != "peers":
                columns["detente"] = ours(given.binary.resolve(), language, gold, texts, work)
            print(table(f"{name} ({len(gold):,} sentences)", columns), flush=True)


main()
