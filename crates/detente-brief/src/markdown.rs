//! A brief as Markdown, with footnotes as GitHub and Pandoc read them.

use crate::{Block, Brief, Check, Run, Sentence};

/// Text that Markdown and HTML leave as it is.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if unseen(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Control characters, and marks that turn the direction of what follows.
pub(crate) fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

fn sentence(sentence: &Sentence) -> String {
    let mut out = String::new();
    for run in &sentence.runs {
        match run {
            Run::Text(text) => out.push_str(&escape(text)),
            Run::Quote { text, .. } => out.push_str(&format!("“{}”", escape(text))),
        }
    }
    for number in &sentence.notes {
        out.push_str(&format!("[^{number}]"));
    }
    out
}

/// The brief as Markdown; the chart is a table of months.
pub fn markdown(brief: &Brief, check: &Check) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&brief.title), escape(&brief.period));
    for section in &brief.sections {
        let level = "#".repeat(usize::from(section.level));
        out.push_str(&format!("\n{level} {}\n", escape(&section.heading)));
        for block in &section.blocks {
            out.push('\n');
            match block {
                Block::Paragraph(sentences) => {
                    let text: String = sentences.iter().map(sentence).collect();
                    out.push_str(&text);
                    out.push('\n');
                }
                Block::Items(sentences) => {
                    for one in sentences {
                        out.push_str(&format!("- {}\n", sentence(one)));
                    }
                }
                Block::Chart { rows, .. } => {
                    out.push_str("| month | events | mean | 90 % band |\n|---|---:|---:|---|\n");
                    for row in rows {
                        out.push_str(&format!("| {} |\n", row.join(" | ")));
                    }
                }
                Block::Frame(frame) => out.push_str(&format!("*{}*\n", frame.text())),
            }
        }
    }
    out.push_str("\n## Method and coverage\n\n");
    for line in &brief.method {
        out.push_str(&format!("> {}\n>\n", escape(line)));
    }
    out.push_str(&format!("> {}\n", escape(&check.line())));
    for (i, note) in brief.notes.iter().enumerate() {
        let cites: Vec<String> = note
            .cites
            .iter()
            .map(|c| {
                format!(
                    "“{}” {}",
                    escape(&crate::check::even(&c.quote)),
                    escape(&c.place())
                )
            })
            .collect();
        out.push_str(&format!("\n[^{}]: {}\n", i + 1, cites.join(" — ")));
    }
    out
}
