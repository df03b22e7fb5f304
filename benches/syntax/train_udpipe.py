"""Trains the UDPipe 1 models that `peers.py` measures, on the files that detente's models learn from.

    python train_udpipe.py LANGUAGE TREEBANKS OUT [STAGE…]

LANGUAGE is en, ja or ko; TREEBANKS the folder with the CoNLL-U files named below; OUT a folder for
LANGUAGE.udpipe and what is made on the way. The stages run in the order vectors, tokenizer, tagger,
parser, model (which joins the three), each from the results of those before; without names all run. Training parts of the English
treebank GUM that may not ship in a model are left out, as in detente's own training.

A result depends on the files, the options below and the build of UDPipe alone: seeds are fixed.
"""
import os
import pathlib
import re
import sys
import time

from ufal.udpipe import InputFormat, ProcessingError, Sentence, Sentences, Trainer

OPEN_GENRES = "bio conversation interview news speech textbook vlog voyage".split()

TRAIN = {
    "en": ["en_ewt-ud-train.rebuilt.conllu", "en_gum-ud-train.rebuilt.conllu"],
    "ja": ["ja_gsd-train.conllu"],
    "ko": ["ko_gsd-train.conllu", "ko_kaist-train.conllu"],
}

# What differs from UDPipe's defaults (100 epochs; 20 iterations, lemmas, 8 suffix rules, 6 tags more
# for a known form; 10 iterations, structured_interval=8), so that a language trains in minutes of one
# core. Lemmas are left to detente: UDPipe is faster without. The parser starts from word vectors of
# the same files, as UDPipe's published models do.
TAGGER = "use_lemma=0;provide_lemma=0;guesser_suffix_rules=4;guesser_enrich_dictionary=1;iterations="
PARSER = "structured_interval=0;iterations="
TURNS = {
    "en": {"tokenizer": 20, "tagger": 3, "parser": 4},
    "ja": {"tokenizer": 20, "tagger": 3, "parser": 5},
    "ko": {"tokenizer": 15, "tagger": 3, "parser": 4},
}


def blocks(path):
    """The sentences of a CoNLL-U file as text, without the documents that may not ship."""
    document, lines = "", []
    for line in path.open(encoding="utf-8"):
        if line.startswith("# newdoc id ="):
            document = line.split("=")[1].strip()
        lines.append(line)
        if line == "\n":
            genre = re.match("GUM_([a-z]+)", document)
            if not genre or genre[1] in OPEN_GENRES:
                yield "".join(lines)
            lines = []


def sentences(language, treebanks):
    """The training sentences as UDPipe reads them."""
    read = Sentences()
    for name in TRAIN[language]:
        reader = InputFormat.newConlluInputFormat()
        reader.setText("".join(blocks(treebanks / name)))
        error, sentence = ProcessingError(), Sentence()
        while reader.nextSentence(sentence, error):
            read.append(sentence)
            sentence = Sentence()
        if error.occurred():
            sys.exit(f"{name}: {error.message}")
    return read


def vectors(language, treebanks, out):
    """Skip-gram vectors of the forms with the options of UDPipe's published models."""
    from gensim.models import Word2Vec

    forms = [
        [
            column[1].replace(" ", "\N{NO-BREAK SPACE}")
            for column in (line.split("\t") for line in block.splitlines())
            if column[0].isdigit()
        ]
        for name in TRAIN[language]
        for block in blocks(treebanks / name)
    ]
    model = Word2Vec(
        forms, vector_size=50, window=10, min_count=2, sg=1, hs=0, negative=5, sample=0.1,
        epochs=15, workers=1, seed=1,
    )
    model.wv.save_word2vec_format(out, binary=False)


def main():
    language, treebanks, out = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    stages = sys.argv[4:] or ["vectors", "tokenizer", "tagger", "parser", "model"]
    if os.environ.get("PYTHONHASHSEED") != "0":
        sys.exit("set PYTHONHASHSEED=0: the word vectors depend on it")
    out.mkdir(parents=True, exist_ok=True)
    path = lambda stage: out / f"{language}.{stage}"
    kept = lambda stage: f"from_model=file:{path(stage)}"
    turns = TURNS[language]
    options = {
        "tokenizer": (f"epochs={turns['tokenizer']}", "none", "none"),
        "tagger": ("none", f"{TAGGER}{turns['tagger']}", "none"),
        "parser": (
            "none",
            kept("tagger"),
            f"{PARSER}{turns['parser']};embedding_form_file={path('vectors')}",
        ),
        "model": (kept("tokenizer"), kept("tagger"), kept("parser")),
    }
    for stage in stages:
        start, cpu = time.time(), time.process_time()
        if stage == "vectors":
            vectors(language, treebanks, str(path(stage)))
        else:
            error = ProcessingError()
            read = sentences(language, treebanks)
            model = Trainer.train("morphodita_parsito", read, Sentences(), *options[stage], error)
            if error.occurred():
                sys.exit(f"{stage}: {error.message}")
            path("udpipe" if stage == "model" else stage).write_bytes(model)
        print(
            f"{language} {stage} {options.get(stage, '')}: {time.process_time() - cpu:.0f} s of "
            f"one core, {time.time() - start:.0f} s passed",
            flush=True,
        )


main()
