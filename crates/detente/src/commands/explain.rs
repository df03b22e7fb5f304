//! `detente explain`: what the coder saw in a document.

use std::{
    fs,
    io::{self, Read, Write},
    path::PathBuf,
};

use clap::Args;
use detente_extract::Explained;
use detente_record::Unit;
use detente_text::{Document, Severity};

use crate::{
    coding::{Coding, CodingArgs},
    console::{self, Output, QUIET, STRONG},
    failure::{Done, Failure, Result},
    table::{Table, one_line},
};

/// Show each sentence of a document with its tree, what was found, what was rejected and why
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente explain news/2012-08-11_islets-visit.txt
  detente explain news/2012-08-11_islets-visit.txt --sentence 3
  detente explain news/2012-08-11_islets-visit.txt --conllu other-parser.conllu
  echo 'Tokyo did not apologise.' | detente explain - --trees=false")]
pub(crate) struct Explain {
    /// The file; `-` reads plain text from standard input
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,

    #[command(flatten)]
    coding: CodingArgs,

    /// Only the sentence of this number
    #[arg(long, value_name = "N")]
    sentence: Option<usize>,

    /// Show words, tags and relations
    #[arg(long, value_name = "BOOL", default_value_t = true, action = clap::ArgAction::Set)]
    trees: bool,
}

impl Explain {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let coding = Coding::new(&self.coding, None)?;
        let unit = self.unit(coding.limit())?;
        let mut worker = coding.worker();
        let (documents, diagnostics) = worker.read(&unit);
        for diagnostic in &diagnostics {
            console::say(&console::diagnostic(&unit.name, None, diagnostic));
        }
        for document in &documents {
            head(document, out)?;
            let (sentences, noticed) = worker.explain(document);
            for (i, explained) in sentences.iter().enumerate() {
                if self.sentence.is_none_or(|wanted| wanted == i + 1) {
                    self.explain(document, i + 1, explained, out)?;
                }
            }
            out.flush()?;
            for diagnostic in document.diagnostics.iter().chain(&noticed) {
                console::say(&console::diagnostic(&document.id, None, diagnostic));
            }
        }
        let left_out = diagnostics.iter().any(|d| d.severity == Severity::Error);
        Ok(if left_out { Done::Partly } else { Done::All })
    }

    fn unit(&self, limit: u64) -> Result<Unit> {
        let fail = |error: io::Error| Failure::file(&self.document, &error);
        if self.document.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin()
                .take(limit + 1)
                .read_to_end(&mut bytes)
                .map_err(fail)?;
            return Ok(Unit {
                name: "stdin.txt".to_owned(),
                line: None,
                bytes,
                sidecar: None,
            });
        }
        let file = fs::File::open(&self.document).map_err(fail)?;
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(fail)?;
        let mut beside = self.document.as_os_str().to_owned();
        beside.push(".meta.toml");
        let name = self.document.file_name().unwrap_or_default();
        Ok(Unit {
            name: name.to_string_lossy().into_owned(),
            line: None,
            bytes,
            sidecar: fs::read(PathBuf::from(beside)).ok(),
        })
    }

    fn explain(
        &self,
        document: &Document,
        number: usize,
        explained: &Explained,
        out: &mut Output,
    ) -> Result<()> {
        let sentence = &explained.sentence;
        let text = one_line(sentence.span.of(&document.text));
        writeln!(out, "\n{} {text}", out.paint(STRONG, &format!("{number}.")))?;
        if self.trees {
            let mut table = Table::new(&["", "word", "lemma", "tag", "relation", "head"]);
            for (i, token) in sentence.tokens().iter().enumerate() {
                let head = sentence.head(i).map_or_else(
                    || "–".to_owned(),
                    |head| {
                        let word = sentence.tokens()[head].span.of(&document.text);
                        format!("{} {word}", head + 1)
                    },
                );
                table.push(vec![
                    (i + 1).to_string(),
                    token.span.of(&document.text).to_owned(),
                    sentence.lemma(i).to_owned(),
                    token.upos.to_string(),
                    token.deprel.to_string(),
                    head,
                ]);
            }
            for line in table.lines(None) {
                writeln!(out, "   {}", out.paint(QUIET, &line))?;
            }
        }
        for fact in &explained.facts {
            let root = fact
                .root
                .map_or_else(String::new, |root| format!(" {root}"));
            let date = fact
                .date
                .map_or_else(String::new, |date| format!(" {date}"));
            let target = match fact.target.join(", ") {
                target if target.is_empty() => String::new(),
                target => format!(" → {target}"),
            };
            writeln!(
                out,
                "   + {}{root} ({}){date} {}{target}: {}  {}",
                fact.kind,
                fact.modality,
                fact.source.join(", "),
                out.mark(&one_line(&fact.quote)),
                out.paint(QUIET, &fact.rule)
            )?;
        }
        for rejection in &explained.rejections {
            writeln!(
                out,
                "   − no {}: “{}”: {}",
                rejection.kind,
                one_line(rejection.span.of(&document.text)),
                one_line(&rejection.reason)
            )?;
        }
        Ok(())
    }
}

/// What the reader found out about the document.
fn head(document: &Document, out: &mut Output) -> Result<()> {
    let metadata = &document.metadata;
    let mut parts = vec![
        format!("{:?}", document.format),
        document.language.code().to_owned(),
    ];
    parts.extend(
        metadata
            .date
            .as_ref()
            .map(|date| format!("{} ({:?})", date.edtf, date.basis)),
    );
    parts.extend(metadata.outlet.as_ref().map(|outlet| outlet.value.clone()));
    parts.extend(
        metadata
            .title
            .as_ref()
            .map(|title| format!("“{}”", title.value)),
    );
    writeln!(out, "{}", out.paint(STRONG, &one_line(&document.id)))?;
    writeln!(out, "{}", one_line(&parts.join(" · ")))?;
    for dropped in &document.dropped {
        let text = one_line(dropped.span.of(&document.text));
        let short: String = text.chars().take(60).collect();
        if !short.is_empty() {
            let line = format!("   not coded ({:?}): {short}", dropped.reason);
            writeln!(out, "{}", out.paint(QUIET, &line))?;
        }
    }
    Ok(())
}
