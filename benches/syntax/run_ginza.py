"""GiNZA as a process of its own: python run_ginza.py MODE INPUT OUTPUT text|words

MODE is the split mode of Sudachi, A (short units) to C (long units; GiNZA's default). `text` reads
running text, cut at empty lines, and paragraphs over 40,000 bytes at the end of a sentence, because
Sudachi takes no more at once; `words` reads CoNLL-U whose words are kept. Prints one line of JSON:
seconds (wall and processor) for the analysis without the loading of the model.
"""
import json
import pathlib
import sys
import time

import ginza
import spacy
from spacy.tokens import Doc

import conll

LIMIT = 40_000


def paragraphs(text):
    """The paragraphs of a text, none too long for Sudachi."""
    for paragraph in text.split("\n\n"):
        part = ""
        for piece in paragraph.replace("。", "。\0").split("\0"):
            if part and len((part + piece).encode()) > LIMIT:
                yield part
                part = ""
            part += piece
        if part.strip():
            yield part.strip("\n")


def gold_words(nlp, sentence):
    """A document with the treebank's words, tagged and parsed by the model's components."""
    forms = [word.form for word in sentence.words]
    starts = [at == 0 for at in range(len(forms))]
    document = Doc(nlp.vocab, words=forms, spaces=[False] * len(forms), sent_starts=starts)
    for name, component in nlp.pipeline:
        # The others regroup the tokenizer's own units.
        if name in ("tok2vec", "transformer", "morphologizer", "tagger", "attribute_ruler", "parser"):
            document = component(document)
    return document


def relation(token):
    """The relation in the treebank's spelling; the model's parser marks heads of phrases in it."""
    return token.dep_.removesuffix("_bunsetu").lower()


def rows(document):
    """CoNLL-U lines of a spaCy document; white space has no line."""
    for sentence in document.sents:
        words = [token for token in sentence if not token.is_space]
        number = {token.i: at for at, token in enumerate(words, 1)}
        for token in words:
            root = token.head.i == token.i or token.head.i not in number
            yield "\t".join([
                str(number[token.i]), token.orth_, "_", token.pos_, "_", "_",
                "0" if root else str(number[token.head.i]),
                "root" if root else relation(token), "_",
                "_" if token.whitespace_ else "SpaceAfter=No",
            ])
        if words:
            yield ""


mode, source, target, kind = sys.argv[1:]
nlp = spacy.load("ja_ginza")
ginza.set_split_mode(nlp, mode)
text = pathlib.Path(source).read_text(encoding="utf-8")
start, cpu = time.perf_counter(), time.process_time()
if kind == "text":
    documents = list(nlp.pipe(paragraphs(text)))
else:
    documents = [gold_words(nlp, sentence) for sentence in conll.read(text.splitlines())]
seconds = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
seconds["sentences"] = sum(1 for document in documents for _ in document.sents)
lines = [line for document in documents for line in rows(document)]
pathlib.Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")
print(json.dumps(seconds))
