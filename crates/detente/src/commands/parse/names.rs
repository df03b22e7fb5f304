//! Names of documents and sentences in what is written.

use std::io::Write;

use super::bench::Part;
use crate::failure::Result;

/// Names documents and sentences as they are written.
#[derive(Default)]
pub(super) struct Names {
    document: String,
    /// Sentences of the document so far.
    number: u64,
    /// Sentences of all documents.
    pub(super) sentences: u64,
}

impl Names {
    pub(super) fn write(&mut self, parts: &[Part], out: &mut dyn Write) -> Result<()> {
        for part in parts {
            if let Some(begins) = &part.begins {
                self.document = sentence_name(begins);
                self.number = 0;
                if !part.sentences.is_empty() {
                    writeln!(out, "# newdoc id = {}", one_line(begins))?;
                }
            }
            let ends = part.sentences.iter().skip(1).map(|s| s.0);
            let ends = ends.chain([part.trees.len()]);
            for (&(start, paragraph), end) in part.sentences.iter().zip(ends) {
                self.number += 1;
                self.sentences += 1;
                if paragraph {
                    out.write_all(b"# newpar\n")?;
                }
                writeln!(out, "# sent_id = {}-{}", self.document, self.number)?;
                out.write_all(&part.trees.as_bytes()[start..end])?;
            }
        }
        // Somebody may be waiting at the other end of the pipe.
        Ok(out.flush()?)
    }
}

/// A document's name as the beginning of the names of its sentences, which have no white space
/// and no slash.
fn sentence_name(document: &str) -> String {
    let even = |c: char| {
        if c.is_whitespace() || c.is_control() || c == '/' {
            '_'
        } else {
            c
        }
    };
    document.chars().map(even).collect()
}

fn one_line(name: &str) -> String {
    let even = |c: char| if c.is_control() { ' ' } else { c };
    name.chars().map(even).collect()
}
