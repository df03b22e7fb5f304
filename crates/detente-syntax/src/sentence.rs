//! A sentence with its words and tree.

use detente_text::Span;

use crate::{Deprel, Feats, Upos};

/// A word of a sentence. English clitics ("n't", "'s") are words of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Token {
    /// Where the word stands in the document's text (bytes).
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Morphological features.
    pub feats: Feats,
    /// Index of the head in the sentence; the root points at itself.
    pub head: u32,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Where the lemma stands in the sentence's buffer of strings.
    pub(crate) lemma: (u32, u32),
    /// Where the treebank's own tag stands there.
    pub(crate) xpos: (u32, u32),
}

/// A sentence: its place, its words in order, and a projective or non-projective tree over them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sentence {
    /// From the first to the last word (bytes).
    pub span: Span,
    tokens: Vec<Token>,
    strings: String,
    /// Dependents of token `i`: `children[first_child[i]..first_child[i + 1]]`, in order.
    first_child: Vec<u32>,
    children: Vec<u32>,
    root: u32,
}

impl Sentence {
    /// Makes a sentence from words with heads (the root points at itself) and relations, their lemmas
    /// and the treebank's own tags (empty if there are none).
    ///
    /// Heads out of range are taken as the root; if several tokens are roots the first one is
    /// [`root`](Self::root). Cycles are broken by attaching to the root, so that walks upwards end.
    pub fn new<'l>(words: impl IntoIterator<Item = (Token, &'l str, &'l str)>) -> Self {
        let mut sentence = Self::default();
        for (token, lemma, xpos) in words {
            sentence.push(token, lemma, xpos);
        }
        sentence.finish();
        sentence
    }

    /// Removes all words and keeps the buffers.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.strings.clear();
    }

    /// Adds a word with its lemma and the treebank's own tag (empty if there is none); call
    /// [`finish`](Self::finish) after the last.
    pub fn push(&mut self, mut token: Token, lemma: &str, xpos: &str) {
        token.lemma = self.keep(lemma);
        token.xpos = self.keep(xpos);
        self.tokens.push(token);
    }

    fn keep(&mut self, string: &str) -> (u32, u32) {
        let start = self.strings.len() as u32;
        self.strings.push_str(string);
        (start, self.strings.len() as u32)
    }

    /// Sets the part of speech of token `i`.
    pub fn set_upos(&mut self, i: usize, upos: Upos) {
        self.tokens[i].upos = upos;
    }

    /// Sets lemma and own tag of token `i`.
    pub(crate) fn set_word(&mut self, i: usize, lemma: &str, xpos: &str) {
        let (lemma, xpos) = (self.keep(lemma), self.keep(xpos));
        (self.tokens[i].lemma, self.tokens[i].xpos) = (lemma, xpos);
    }

    /// Sets the features of token `i`.
    pub fn set_feats(&mut self, i: usize, feats: Feats) {
        self.tokens[i].feats = feats;
    }

    /// Sets head and relation of token `i`; call [`finish`](Self::finish) after the last.
    pub fn attach(&mut self, i: usize, head: usize, deprel: Deprel) {
        self.tokens[i].head = head as u32;
        self.tokens[i].deprel = deprel;
    }

    /// Builds the index of children and mends heads that make no tree.
    pub fn finish(&mut self) {
        let n = self.tokens.len();
        self.first_child.clear();
        self.children.clear();
        if n == 0 {
            self.root = 0;
            self.span = Span::default();
            return;
        }
        self.span = Span::new(self.tokens[0].span.start, self.tokens[n - 1].span.end);
        let root = (0..n)
            .find(|&i| self.tokens[i].head as usize == i)
            .unwrap_or(0);
        self.root = root as u32;
        self.tokens[root].head = self.root;
        self.mend(root);
        self.first_child.resize(n + 1, 0);
        for (i, token) in self.tokens.iter().enumerate() {
            if token.head as usize != i {
                self.first_child[token.head as usize] += 1;
            }
        }
        // The ends of the ranges; filling from the back turns them into the starts.
        for i in 0..n {
            self.first_child[i + 1] += self.first_child[i];
        }
        self.children.resize(self.first_child[n] as usize, 0);
        for (i, token) in self.tokens.iter().enumerate().rev() {
            if token.head as usize != i {
                let slot = &mut self.first_child[token.head as usize];
                *slot -= 1;
                self.children[*slot as usize] = i as u32;
            }
        }
    }

    /// Attaches to `root` whatever does not reach it.
    fn mend(&mut self, root: usize) {
        let n = self.tokens.len();
        // The buffer of children is free here. 0: not seen, 1: on the walk under way, 2: reaches
        // the root.
        let state = &mut self.children;
        state.resize(n, 0);
        state[root] = 2;
        for start in 0..n {
            let mut at = start;
            while state[at] == 0 {
                state[at] = 1;
                let head = self.tokens[at].head as usize;
                if head >= n || head == at || state[head] == 1 {
                    self.tokens[at].head = root as u32;
                    break;
                }
                at = head;
            }
            let mut at = start;
            while state[at] == 1 {
                state[at] = 2;
                at = self.tokens[at].head as usize;
            }
        }
        state.clear();
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// True if there is no word.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The words in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Lemma of token `i`; in English lower case except for names.
    pub fn lemma(&self, i: usize) -> &str {
        let (start, end) = self.tokens[i].lemma;
        &self.strings[start as usize..end as usize]
    }

    /// The treebank's own tag of token `i`: a Penn tag in English, UniDic's part of speech in
    /// Japanese, the tags of the morphemes joined by `+` in Korean; empty if there is none.
    pub fn xpos(&self, i: usize) -> &str {
        let (start, end) = self.tokens[i].xpos;
        &self.strings[start as usize..end as usize]
    }

    /// Index of the root.
    pub fn root(&self) -> usize {
        self.root as usize
    }

    /// Head of token `i`; `None` for the root.
    pub fn head(&self, i: usize) -> Option<usize> {
        let head = self.tokens[i].head as usize;
        (head != i).then_some(head)
    }

    /// Dependents of token `i` in order.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + Clone + '_ {
        self.children[self.first_child[i] as usize..self.first_child[i + 1] as usize]
            .iter()
            .map(|&c| c as usize)
    }

    /// First dependent of token `i` with that relation.
    pub fn child(&self, i: usize, deprel: Deprel) -> Option<usize> {
        self.children(i).find(|&c| self.tokens[c].deprel == deprel)
    }

    /// First and last token below and including `i`. Where the tree is projective this is exactly
    /// the subtree.
    pub fn subtree(&self, i: usize) -> (usize, usize) {
        let (mut first, mut last) = (i, i);
        let mut open = vec![i];
        while let Some(at) = open.pop() {
            first = first.min(at);
            last = last.max(at);
            open.extend(self.children(at));
        }
        (first, last)
    }

    /// True if `above` is `i` or lies on its way to the root.
    pub fn dominates(&self, above: usize, mut i: usize) -> bool {
        loop {
            if i == above {
                return true;
            }
            match self.head(i) {
                Some(head) => i = head,
                None => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(heads: &[u32]) -> Sentence {
        Sentence::new(heads.iter().enumerate().map(|(i, &head)| {
            let span = Span::new(i as u32 * 2, i as u32 * 2 + 1);
            let token = Token {
                span,
                head,
                ..Token::default()
            };
            (token, "w", "")
        }))
    }

    #[test]
    fn indexes_children() {
        let s = sentence(&[1, 1, 3, 1]);
        assert_eq!(s.root(), 1);
        assert_eq!(s.children(1).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(s.subtree(3), (2, 3));
        assert!(s.dominates(1, 2) && !s.dominates(3, 0));
    }

    #[test]
    fn breaks_cycles_and_wild_heads() {
        let s = sentence(&[1, 0, 9, 3]);
        assert_eq!(s.root(), 3);
        for i in 0..4 {
            assert!(s.dominates(3, i));
        }
    }
}
