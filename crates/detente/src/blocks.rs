//! Running text of any length in blocks that can be analysed one by one.

use std::io::{self, Read};

/// A block grows to this many bytes before it is cut.
const BLOCK: usize = 64 << 10;
/// Where there is no empty line, a line end will do from here on.
const LINES: usize = 4 * BLOCK;
/// Where there is no line end, a space will do, and if there is none, any character.
const MOST: usize = 16 * BLOCK;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The text; U+FFFD stands for bytes that are no UTF-8.
    pub(crate) text: String,
    /// Code points before it.
    pub(crate) points: u64,
    /// Line it begins in, from 1.
    pub(crate) line: u64,
    /// True if a paragraph begins with it.
    pub(crate) paragraph: bool,
    /// Number of bytes it was read from.
    pub(crate) bytes: u64,
    /// Places that are not UTF-8.
    pub(crate) malformed: u64,
}

/// Cuts what it reads into blocks, at the ends of paragraphs where there are any.
pub(crate) struct Blocks<R> {
    input: R,
    held: Vec<u8>,
    over: bool,
    points: u64,
    line: u64,
    paragraph: bool,
}

impl<R: Read> Blocks<R> {
    pub(crate) const fn new(input: R) -> Self {
        Self {
            input,
            held: Vec::new(),
            over: false,
            points: 0,
            line: 1,
            paragraph: true,
        }
    }

    /// The next block; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Block>> {
        let mut looked = BLOCK;
        let (at, paragraph) = loop {
            self.fill(looked)?;
            if self.held.is_empty() {
                return Ok(None);
            }
            if self.over {
                break (self.held.len(), true);
            }
            if let Some(cut) = cut(&self.held) {
                break cut;
            }
            looked = self.held.len() + BLOCK;
        };
        let rest = self.held.split_off(at);
        let bytes = std::mem::replace(&mut self.held, rest);
        let size = bytes.len() as u64;
        let malformed = match std::str::from_utf8(&bytes) {
            Ok(_) => 0,
            Err(_) => {
                let chunks = bytes.utf8_chunks();
                chunks.filter(|chunk| !chunk.invalid().is_empty()).count() as u64
            }
        };
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        let block = Block {
            points: self.points,
            line: self.line,
            paragraph: self.paragraph,
            bytes: size,
            malformed,
            text,
        };
        self.points += block.text.chars().count() as u64;
        self.line += block.text.bytes().filter(|b| *b == b'\n').count() as u64;
        self.paragraph = paragraph;
        Ok(Some(block))
    }

    /// Reads until `size` bytes are held, or to the end.
    fn fill(&mut self, size: usize) -> io::Result<()> {
        if !self.over && self.held.len() < size {
            let missing = (size - self.held.len()) as u64;
            let read = self
                .input
                .by_ref()
                .take(missing)
                .read_to_end(&mut self.held)?;
            self.over = (read as u64) < missing;
        }
        Ok(())
    }
}

/// Where to cut, and whether a paragraph ends there.
fn cut(held: &[u8]) -> Option<(usize, bool)> {
    if let Some(at) = last_empty_line(held) {
        return Some((at, true));
    }
    if held.len() < LINES {
        return None;
    }
    let ends = |at: &usize| held[*at] == b'\n';
    let after_mark = |at: &usize| ends(at) && ends_sentence(&held[..*at]);
    let line = (0..held.len())
        .rev()
        .find(after_mark)
        .or_else(|| (0..held.len()).rev().find(ends));
    if let Some(at) = line {
        return Some((at + 1, false));
    }
    if held.len() < MOST {
        return None;
    }
    let spaced = |at: &usize| held[*at] == b' ' && ends_sentence(&held[..*at]);
    let space = (1..held.len())
        .rev()
        .find(spaced)
        .or_else(|| (1..held.len()).rev().find(|at| ends_sentence(&held[..*at])))
        .or_else(|| (1..held.len()).rev().find(|at| held[*at] == b' '));
    let character = || (1..held.len()).rev().find(|at| held[*at] & 0xC0 != 0x80);
    let at = space.or_else(character).unwrap_or(held.len());
    Some((at, false))
}

/// The byte behind the last empty line that has text before it.
fn last_empty_line(held: &[u8]) -> Option<usize> {
    let mut end = held.len();
    while let Some(at) = held[..end].iter().rposition(|b| *b == b'\n') {
        let line = held[..at].iter().rposition(|b| *b == b'\n')?;
        if held[line + 1..at].iter().all(u8::is_ascii_whitespace) {
            return Some(at + 1);
        }
        end = line + 1;
    }
    None
}

/// True if a mark that ends sentences stands last, perhaps with a quotation mark behind it.
fn ends_sentence(text: &[u8]) -> bool {
    const CLOSERS: [&str; 8] = ["\"", "'", ")", "”", "’", "」", "』", "\r"];
    const MARKS: [&str; 7] = [".", "!", "?", "…", "。", "！", "？"];
    let mut text = text;
    for _ in 0..2 {
        let closer = CLOSERS.iter().find_map(|c| text.strip_suffix(c.as_bytes()));
        text = closer.unwrap_or(text);
    }
    MARKS.iter().any(|mark| text.ends_with(mark.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(bytes: &[u8]) -> Vec<Block> {
        let mut blocks = Blocks::new(bytes);
        let mut all = Vec::new();
        while let Some(block) = blocks.next().unwrap() {
            assert_eq!(
                block.points,
                all.iter()
                    .map(|b: &Block| b.text.chars().count() as u64)
                    .sum::<u64>()
            );
            all.push(block);
        }
        let together: String = all.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(together, String::from_utf8_lossy(bytes));
        all
    }

    #[test]
    fn cuts_behind_paragraphs() {
        let text = "One sentence. Another.\n\nA new paragraph.\r\n \r\n".repeat(5000);
        let all = blocks(text.as_bytes());
        assert!(all.len() > 2);
        for block in &all {
            assert!(block.paragraph && block.text.len() <= BLOCK);
            assert!(block.text.ends_with(".\n\n") || block.text.ends_with("\r\n \r\n"));
        }
    }

    #[test]
    fn cuts_lines_and_sentences_where_there_are_no_paragraphs() {
        for (text, end) in [
            ("and so on\nto the end.\n", "end.\n"),
            ("no mark at all\n", "all\n"),
            ("One sentence. Another one. ", "."),
            ("両国は合意した。会談は続く。", "。"),
            ("長", "長"),
        ] {
            let all = blocks(text.repeat(3_000_000 / text.len()).as_bytes());
            assert!(all.len() > 1);
            for block in &all[..all.len() - 1] {
                assert!(block.text.ends_with(end), "{end}");
                assert!(block.bytes <= MOST as u64 && block.malformed == 0);
            }
            assert!(!all[1].paragraph);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_counted() {
        let all = blocks(b"Seoul \xff said\xe6\x9d");
        assert_eq!((all.len(), all[0].malformed), (1, 2));
        assert_eq!(blocks(b""), []);
        let noise: Vec<u8> = (0..3_000_000u32)
            .map(|i| (i.wrapping_mul(7919) % 251 + 5) as u8 | 0x80)
            .collect();
        assert!(blocks(&noise).len() > 1);
    }
}
