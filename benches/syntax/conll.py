"""CoNLL-U files, the running text behind them, and the scores of the CoNLL 2018 shared task.

The measures follow conll18_ud_eval.py (Straka, Popel 2018): words are matched by their place in the
text without white space, words of a multi-word token by the longest common subsequence of forms;
relations count without subtypes; every score is F1 in per cent.
"""
from dataclasses import dataclass, field


@dataclass
class Word:
    """A syntactic word; `start`/`end` count characters other than white space in the file."""

    form: str
    upos: str
    head: int
    deprel: str
    start: int = 0
    end: int = 0
    multiword: bool = False


@dataclass
class Sentence:
    """A tree with the surface tokens it stands on: (form, a space follows, first word, last word)."""

    words: list = field(default_factory=list)
    tokens: list = field(default_factory=list)
    document: str = ""
    new_document: bool = False
    new_paragraph: bool = False


def read(lines):
    """The sentences of a CoNLL-U file; empty nodes are left out."""
    sentences, sentence, place, document = [], Sentence(), 0, ""
    until, text_end = 0, 0
    for line in lines:
        line = line.rstrip("\r\n")
        if not line.strip():
            if sentence.words:
                sentence.document = document
                sentences.append(sentence)
            sentence, until = Sentence(), 0
        elif line.startswith("#"):
            comment = line[1:].strip()
            if comment.split("=")[0].strip() in ("newdoc", "newdoc id"):
                sentence.new_document, document = True, comment.partition("=")[2].strip()
            elif comment.split("=")[0].strip() in ("newpar", "newpar id"):
                sentence.new_paragraph = True
        else:
            number, form, _, upos, _, _, head, deprel, _, misc = line.split("\t")
            spaced = "SpaceAfter=No" not in misc.split("|")
            if "." in number:
                continue
            if "-" in number:
                first, last = map(int, number.split("-"))
                sentence.tokens.append((form, spaced, first, last))
                text_end, until = place + length(form), last
                continue
            index, multiword = int(number), int(number) <= until
            word = Word(form, upos, int(head) if head != "_" else 0, deprel.split(":")[0])
            word.multiword = multiword
            word.start = place
            word.end = text_end if multiword else place + length(form)
            if not multiword:
                sentence.tokens.append((form, spaced, index, index))
            if not multiword or index == until:
                place = word.end
            sentence.words.append(word)
    if sentence.words:
        sentence.document = document
        sentences.append(sentence)
    return sentences


def of_documents(lines, names):
    """The lines of the documents whose names begin with one of `names`."""
    wanted = False
    for line in lines:
        if line.startswith("# newdoc id"):
            wanted = line.partition("=")[2].strip().startswith(names)
        if wanted:
            yield line


def length(form):
    """Characters of a form other than white space."""
    return sum(not c.isspace() for c in form)


def text(sentences):
    """Running text: an empty line before a paragraph or document, else a space if the treebank has one."""
    parts, spaced = [], False
    for number, sentence in enumerate(sentences):
        if number and (sentence.new_document or sentence.new_paragraph):
            parts.append("\n\n")
        elif number and spaced:
            parts.append(" ")
        for at, (form, space, _, _) in enumerate(sentence.tokens):
            last = at + 1 == len(sentence.tokens)
            parts.append(form + (" " if space and not last else ""))
            spaced = space
    return "".join(parts) + "\n"


def untagged(sentences):
    """The treebank's sentences, tokens and words alone, as CoNLL-U."""
    lines = []
    for sentence in sentences:
        ranges = {first: (form, space, last) for form, space, first, last in sentence.tokens}
        for number, word in enumerate(sentence.words, 1):
            form, space, last = ranges.get(number, ("", True, number))
            misc = "_" if space else "SpaceAfter=No"
            if last > number:
                lines.append(f"{number}-{last}\t{form}" + "\t_" * 7 + f"\t{misc}")
                misc = "_"
            lines.append(f"{number}\t{word.form}" + "\t_" * 7 + f"\t{misc}")
        lines.append("")
    return "\n".join(lines) + "\n"


def score(gold, found):
    """F1 in per cent of tokens, words, sentences, and of aligned words' UPOS, UAS and LAS."""
    if characters(gold) != characters(found):
        raise ValueError("the parser changed the text")
    gold_words = [(w, s) for s in gold for w in s.words]
    found_words = [(w, s) for s in found for w in s.words]
    pairs = align([w for w, _ in gold_words], [w for w, _ in found_words])
    gold_of = {id(found_words[f][0]): gold_words[g][0] for g, f in pairs}
    right = dict.fromkeys(("upos", "uas", "las"), 0)
    for g, f in pairs:
        (a, a_sentence), (b, b_sentence) = gold_words[g], found_words[f]
        right["upos"] += a.upos == b.upos
        if a.head == 0 or b.head == 0:
            attached = a.head == b.head
        else:
            attached = gold_of.get(id(b_sentence.words[b.head - 1])) is a_sentence.words[a.head - 1]
        right["uas"] += attached
        right["las"] += attached and a.deprel == b.deprel
    total = len(gold_words) + len(found_words)
    scores = {name: 200 * count / total for name, count in right.items()}
    scores["words"] = 200 * len(pairs) / total
    scores["tokens"] = spans_f1(token_spans(gold), token_spans(found))
    whole = lambda sentences: {(s.words[0].start, s.words[-1].end) for s in sentences}
    scores["sentences"] = spans_f1(whole(gold), whole(found))
    return scores


def characters(sentences):
    """The text without white space."""
    return "".join("".join(form.split()) for s in sentences for form, _, _, _ in s.tokens)


def token_spans(sentences):
    """Where the surface tokens are."""
    return {
        (s.words[first - 1].start, s.words[last - 1].end)
        for s in sentences
        for _, _, first, last in s.tokens
    }


def spans_f1(gold, found):
    """F1 in per cent of two sets of places."""
    return 200 * len(gold & found) / (len(gold) + len(found))


def align(gold, found):
    """Pairs of indices of matching words."""
    pairs, g, f = [], 0, 0
    while g < len(gold) and f < len(found):
        a, b = gold[g], found[f]
        if a.multiword or b.multiword:
            g0, f0, g, f = multiword_span(gold, found, g, f)
            pairs += common_forms(gold, found, g0, f0, g, f)
        elif (a.start, a.end) == (b.start, b.end):
            pairs.append((g, f))
            g, f = g + 1, f + 1
        elif a.start <= b.start:
            g += 1
        else:
            f += 1
    return pairs


def multiword_span(gold, found, g, f):
    """The smallest stretches of words around a multi-word token that begin and end together."""
    if gold[g].multiword:
        end = gold[g].end
        f += not found[f].multiword and found[f].start < gold[g].start
    else:
        end = found[f].end
        g += not gold[g].multiword and gold[g].start < found[f].start
    g0, f0 = g, f
    beyond = lambda words, i: i >= len(words) or (
        words[i].start >= end if words[i].multiword else words[i].end > end
    )
    while not beyond(gold, g) or not beyond(found, f):
        if g < len(gold) and (f >= len(found) or gold[g].start <= found[f].start):
            end = max(end, gold[g].end) if gold[g].multiword else end
            g += 1
        else:
            end = max(end, found[f].end) if found[f].multiword else end
            f += 1
    return g0, f0, g, f


def common_forms(gold, found, g0, f0, g1, f1):
    """Pairs of the longest common subsequence of forms, letter case aside."""
    same = lambda g, f: gold[g0 + g].form.lower() == found[f0 + f].form.lower()
    rows, columns = g1 - g0, f1 - f0
    longest = [[0] * (columns + 1) for _ in range(rows + 1)]
    for g in reversed(range(rows)):
        for f in reversed(range(columns)):
            skip = max(longest[g + 1][f], longest[g][f + 1])
            longest[g][f] = max(skip, 1 + longest[g + 1][f + 1]) if same(g, f) else skip
    pairs, g, f = [], 0, 0
    while g < rows and f < columns:
        if same(g, f):
            pairs.append((g0 + g, f0 + f))
            g, f = g + 1, f + 1
        elif longest[g][f] == longest[g + 1][f]:
            g += 1
        else:
            f += 1
    return pairs
