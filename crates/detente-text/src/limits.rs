//! Limits that keep one bad file from stopping a run.
//!
//! There is no clock here: time is bounded by bounding the work, since everything the reader does
//! takes time in proportion to bytes, tags or pages.

use crate::{Diagnostic, codes};

/// The most that is done for one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of a file, in bytes.
    pub file_bytes: u64,
    /// Size of the decoded text, in bytes of UTF-8.
    pub text_bytes: u64,
    /// Length of a line, in bytes; a longer one is kept and takes part in nothing.
    pub line_bytes: u64,
    /// Elements within one another, for HTML and DOCX.
    pub nesting: u32,
    /// Elements of one page.
    pub elements: u32,
    /// Size of what is packed inside a DOCX or PDF, unpacked, in bytes.
    pub unpacked_bytes: u64,
    /// Pages of a PDF.
    pub pages: u32,
}

const MIB: u64 = 1 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 * MIB,
            text_bytes: 16 * MIB,
            line_bytes: MIB,
            nesting: 500,
            elements: 1_000_000,
            unpacked_bytes: 256 * MIB,
            pages: 2000,
        }
    }
}

impl Limits {
    /// Refuses a file by its size, before it is read: `Err` holds the diagnostic.
    pub fn check_file(&self, bytes: u64) -> Result<(), Diagnostic> {
        if bytes > self.file_bytes {
            return Err(codes::FILE_TOO_LARGE.diagnostic(format!(
                "the file has {bytes} bytes, the limit is {}",
                self.file_bytes
            )));
        }
        Ok(())
    }

    /// Refuses a text by its size.
    pub(crate) fn check_text(&self, bytes: usize) -> Result<(), Diagnostic> {
        // A span is a pair of `u32`, whatever the limit says.
        let limit = self.text_bytes.min(u64::from(u32::MAX) - 1);
        if bytes as u64 > limit {
            return Err(codes::TEXT_TOO_LARGE
                .diagnostic(format!("the text has {bytes} bytes, the limit is {limit}")));
        }
        Ok(())
    }
}
