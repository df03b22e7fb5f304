//! Byte offsets into code points and back.

use crate::Span;

const STEP: usize = 128;

/// Index of a text that turns byte offsets into offsets in Unicode code points and back.
///
/// Costs one `u32` for each 128 bytes; a look-up counts at most 128 bytes.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * STEP`.
    before: Vec<u32>,
    ascii: bool,
}

impl<'t> CodePoints<'t> {
    /// Indexes `text` in one pass.
    pub fn new(text: &'t str) -> Self {
        let ascii = text.is_ascii();
        let mut before = Vec::new();
        if !ascii {
            let mut count = 0;
            before.reserve(text.len() / STEP + 1);
            for chunk in text.as_bytes().chunks(STEP) {
                before.push(count);
                count += starts(chunk);
            }
            before.push(count);
        }
        Self {
            text,
            before,
            ascii,
        }
    }

    /// Code points before byte `at`; bytes past the end count as the end.
    pub fn at(&self, at: u32) -> u32 {
        let at = (at as usize).min(self.text.len());
        if self.ascii {
            return at as u32;
        }
        let chunk = at / STEP;
        self.before[chunk] + starts(&self.text.as_bytes()[chunk * STEP..at])
    }

    /// `[start, end)` of `span` in code points.
    pub fn span(&self, span: Span) -> (u32, u32) {
        (self.at(span.start), self.at(span.end))
    }

    /// Byte offset of code point `point`; past the end it is the length.
    pub fn byte(&self, point: u32) -> u32 {
        if self.ascii {
            return point.min(self.text.len() as u32);
        }
        let chunk = self.before.partition_point(|&b| b <= point).max(1) - 1;
        let from = (chunk * STEP).min(self.text.len());
        let mut left = point - self.before[chunk];
        for (i, byte) in self.text.as_bytes()[from..].iter().enumerate() {
            if !is_continuation(*byte) {
                if left == 0 {
                    return (from + i) as u32;
                }
                left -= 1;
            }
        }
        self.text.len() as u32
    }

    /// The span of bytes for `[start, end)` in code points.
    pub fn bytes(&self, start: u32, end: u32) -> Span {
        Span::new(self.byte(start), self.byte(end))
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| !is_continuation(**b)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_characters() {
        let text = "Tokyo 東京 – 서울 “quoted” 😀 ".repeat(40);
        let index = CodePoints::new(&text);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.at(byte as u32), point as u32);
            assert_eq!(index.byte(point as u32), byte as u32);
        }
        assert_eq!(index.byte(u32::MAX), text.len() as u32);
        assert_eq!(index.at(u32::MAX), text.chars().count() as u32);
    }
}
