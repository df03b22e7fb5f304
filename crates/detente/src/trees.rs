//! Trees made elsewhere (`--conllu`): which file has those of which document.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use detente_syntax::{
    Sentence,
    conllu::{self, TreebankSentence},
};
use detente_text::{CodePoints, Diagnostic, Document, Severity, Span};
use sha2::{Digest, Sha256};

use crate::failure::{Failure, Result};

/// CoNLL-U files by the documents that they are about. Only places are held, not the trees.
pub(crate) struct Trees {
    given: PathBuf,
    files: Vec<PathBuf>,
    documents: BTreeMap<String, Vec<Part>>,
    /// Eight hexadecimal digits that change with any of the files.
    pub(crate) fingerprint: String,
}

/// The sentences of a document, if it has trees, and what was noticed.
pub(crate) type Found = (Option<Vec<Sentence>>, Vec<Diagnostic>);

/// Lines of a file that are about one document.
#[derive(Clone, Copy, Debug)]
struct Part {
    file: usize,
    start: u64,
    length: u64,
    /// Its first line, from 1.
    line: u64,
}

/// End of the names of the files in a folder.
const EXTENSION: &str = ".conllu";

impl Trees {
    /// Looks through a file, or through all `*.conllu` below a folder.
    ///
    /// Trees belong to the document that `# newdoc id = …` names; those before the first such line
    /// to the document that the file is named after (`2012/a.txt.conllu` or `2012/a.conllu`: the
    /// document `2012/a.txt`).
    pub(crate) fn open(given: &Path) -> Result<Self> {
        let fail = |path: &Path, error: &io::Error| Failure::file(path, error);
        let folder = fs::metadata(given).map_err(|e| fail(given, &e))?.is_dir();
        let named: Vec<(PathBuf, String)> = if folder {
            let rules = detente_record::Rules {
                skip: &[],
                readable: &|name: &str| name.ends_with(EXTENSION),
            };
            let found = detente_record::walk(&[given.to_owned()], &rules)
                .map_err(|(path, error)| fail(&path, &error))?;
            let name = |path: &str| path.strip_suffix(EXTENSION).unwrap_or(path).to_owned();
            let files = found.found.into_iter();
            files.map(|f| (f.file, name(&f.path))).collect()
        } else {
            let name = given.file_name().unwrap_or_default().to_string_lossy();
            let name = name.strip_suffix(EXTENSION).unwrap_or(&name).to_owned();
            vec![(given.to_owned(), name)]
        };
        let mut trees = Self {
            given: given.to_owned(),
            files: Vec::new(),
            documents: BTreeMap::new(),
            fingerprint: String::new(),
        };
        let mut hash = Sha256::new();
        for (file, name) in named {
            trees
                .look_through(&file, name, &mut hash)
                .map_err(|error| fail(&file, &error))?;
            trees.files.push(file);
        }
        if trees.documents.is_empty() {
            let message = format!("`{}` holds no trees", given.display());
            return Err(Failure::new("D011", message)
                .hint("give a CoNLL-U file, or a folder with files that end in .conllu"));
        }
        let hash = hash.finalize();
        trees.fingerprint = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(trees)
    }

    fn look_through(&mut self, path: &Path, name: String, hash: &mut Sha256) -> io::Result<()> {
        let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
        let file = self.files.len();
        let (mut name, mut at, mut number) = (name, 0, 0);
        let mut part = Part {
            file,
            start: 0,
            length: 0,
            line: 1,
        };
        let mut words = false;
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line)? as u64;
            number += 1;
            hash.update(&line);
            let begins = newdoc(&line);
            if (read == 0 || begins.is_some()) && words {
                part.length = at - part.start;
                self.documents.entry(name.clone()).or_default().push(part);
                words = false;
            }
            if read == 0 {
                return Ok(());
            }
            if let Some(begins) = begins {
                name = begins;
                (part.start, part.line) = (at, number);
            }
            words |= line.first().is_some_and(u8::is_ascii_digit);
            at += read;
        }
    }

    /// The trees of a document on its text, with what does not fit. `None` if there are none.
    ///
    /// Trees are looked up by the document's name, by the name without its folders, and by that
    /// without its extension.
    pub(crate) fn of(&self, document: &Document) -> Found {
        let file = document.id.rsplit('/').next().unwrap_or(&document.id);
        let stem = |name: &str| {
            name.rsplit_once('.')
                .map_or(name, |(stem, _)| stem)
                .to_owned()
        };
        let names = [
            document.id.clone(),
            stem(&document.id),
            file.to_owned(),
            stem(file),
        ];
        let Some(parts) = names.iter().find_map(|name| self.documents.get(name)) else {
            return (None, vec![self.none(document)]);
        };
        self.read(document, parts)
    }

    /// The same where there is but one document: trees that name none are its own.
    pub(crate) fn of_only(&self, document: &Document) -> Found {
        match self.documents.first_key_value() {
            Some((_, parts)) if self.documents.len() == 1 => self.read(document, parts),
            _ => self.of(document),
        }
    }

    /// S101: the document has no trees.
    fn none(&self, document: &Document) -> Diagnostic {
        let some: Vec<&str> = self.documents.keys().take(2).map(String::as_str).collect();
        let message = format!(
            "`{}` has no trees for `{}`; the built-in parser was used",
            self.given.display(),
            document.id
        );
        Diagnostic::new("S101", Severity::Warning, message).hint(format!(
            "name the document in the trees: `# newdoc id = {}`; they have {}",
            document.id,
            some.join(", ")
        ))
    }

    fn read(&self, document: &Document, parts: &[Part]) -> Found {
        let mut treebank: Vec<TreebankSentence> = Vec::new();
        // File and line of each part's first sentence, by the number of sentences before it.
        let mut places = Vec::new();
        for part in parts {
            let path = &self.files[part.file];
            places.push((treebank.len(), path, part.line));
            match read_part(path, *part) {
                Ok(sentences) => treebank.extend(sentences),
                Err((line, problem)) => {
                    let message = format!(
                        "`{}`:{line}: {problem}; the built-in parser was used",
                        path.display()
                    );
                    let diagnostic = Diagnostic::new("S104", Severity::Warning, message)
                        .hint("mend the line, or make the trees again");
                    return (None, vec![diagnostic]);
                }
            }
        }
        let placed = conllu::place(&document.text, &treebank);
        let mut diagnostics = Vec::new();
        if let Some(first) = placed.misfits.first() {
            let points = CodePoints::new(&document.text);
            let tree = &treebank[first.sentence];
            let place = places
                .iter()
                .rfind(|(before, ..)| *before <= first.sentence);
            let path = place.map_or(self.given.as_path(), |(_, path, _)| path.as_path());
            let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
            let words: String = words.join(" ").chars().take(40).collect();
            let number = first.sentence + 1;
            let name = match tree.comment("sent_id") {
                Some(id) => format!("{number} (`{id}`)"),
                None => number.to_string(),
            };
            let message = format!(
                "{} of {} in `{}` do not stand in `{}`; the first is tree {name}, “{words}”, \
                 looked for from character {} on",
                placed.misfits.len(),
                if treebank.len() == 1 {
                    "1 tree".to_owned()
                } else {
                    format!("{} trees", treebank.len())
                },
                path.display(),
                document.id,
                points.at(first.after)
            );
            diagnostics.push(
                Diagnostic::new("S102", Severity::Warning, message)
                    .hint("make the trees from this very text, with its words as they are written")
                    .at(Span::new(first.after, first.after)),
            );
        }
        (Some(placed.sentences), diagnostics)
    }
}

/// The trees of a part, or the line and what is wrong.
fn read_part(path: &Path, part: Part) -> std::result::Result<Vec<TreebankSentence>, (u64, String)> {
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(part.start))?;
        let mut bytes = Vec::new();
        file.take(part.length).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| (part.line, error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let lines = valid.iter().filter(|b| **b == b'\n').count() as u64;
        (part.line + lines, "the line is not in UTF-8".to_owned())
    })?;
    conllu::read(&text)
        .map_err(|error| (part.line + error.line as u64 - 1, error.problem.to_owned()))
}

/// The id of a line `# newdoc id = …`.
fn newdoc(line: &[u8]) -> Option<String> {
    let comment = line.strip_prefix(b"#")?;
    let comment = String::from_utf8_lossy(comment);
    let id = comment.trim_start().strip_prefix("newdoc")?.trim_start();
    let id = id
        .strip_prefix("id")?
        .trim_start()
        .strip_prefix('=')?
        .trim();
    (!id.is_empty()).then(|| id.to_owned())
}
