//! The files below the folders that were given, in the order of their paths.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs, io,
    path::{Path, PathBuf},
};

use detente_text::{Diagnostic, Severity};

/// End of the name of a side-car, which belongs to the file beside it.
const SIDECAR: &str = ".meta.toml";

/// A folder or file as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The folder, absolute and without links; of a file, the folder it lies in.
    pub folder: PathBuf,
    /// Name of the file, if a file was given.
    pub file: Option<String>,
}

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of the root it was found under.
    pub root: usize,
    /// Path below the root, parted by `/`; bytes that are no UTF-8 stand as `%` and two digits.
    pub path: String,
    /// Where it lies.
    pub file: PathBuf,
    /// Size in bytes.
    pub size: u64,
}

/// All that a walk brings.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// The roots, without doubles.
    pub roots: Vec<Root>,
    /// Files, by path, then by root.
    pub found: Vec<Found>,
    /// What could not be walked: root, path below it, diagnostic.
    pub problems: Vec<(usize, String, Diagnostic)>,
    /// Hidden files and folders that were passed over.
    pub hidden: u64,
    /// Files of kinds that are not read, by extension in small letters (`""`: none).
    pub other_kinds: BTreeMap<String, u64>,
}

impl Walk {
    /// True if `path` of `root` may be there although it was not found: it lies where the walk
    /// could not look.
    pub fn may_hide(&self, root: usize, path: &str) -> bool {
        self.problems.iter().any(|(r, problem, _)| {
            *r == root
                && (problem.is_empty()
                    || path == problem
                    || path
                        .strip_prefix(problem.as_str())
                        .is_some_and(|rest| rest.starts_with('/')))
        })
    }
}

/// What a walk takes up and what it passes over.
pub struct Rules<'a> {
    /// Files that are never read, such as the record itself.
    pub skip: &'a [PathBuf],
    /// True for names that are read; a file that was given itself is read whatever its name.
    pub readable: &'a dyn Fn(&str) -> bool,
}

/// Walks the folders and files that were given.
///
/// # Errors
/// If something that was given does not exist or cannot be read at all: the path and why.
pub fn walk(given: &[PathBuf], rules: &Rules<'_>) -> Result<Walk, (PathBuf, io::Error)> {
    let mut walk = Walk::default();
    let skip: HashSet<PathBuf> = rules
        .skip
        .iter()
        .filter_map(|p| p.canonicalize().ok())
        .collect();
    for path in given {
        let fail = |error| (path.clone(), error);
        let real = path.canonicalize().map_err(fail)?;
        let root = if fs::metadata(&real).map_err(fail)?.is_dir() {
            fs::read_dir(&real).map_err(fail)?;
            Root {
                folder: real,
                file: None,
            }
        } else {
            let file = escape(real.file_name().unwrap_or_default());
            Root {
                folder: real.parent().unwrap_or(Path::new("/")).to_owned(),
                file: Some(file),
            }
        };
        if !walk.roots.contains(&root) {
            walk.roots.push(root);
        }
    }
    for index in 0..walk.roots.len() {
        let root = walk.roots[index].clone();
        match root.file {
            Some(name) => {
                // The name may stand for bytes that are no UTF-8, so the path is taken as given.
                let file = given
                    .iter()
                    .filter_map(|p| p.canonicalize().ok())
                    .find(|p| p.parent() == Some(&root.folder) && escape_path(p) == name)
                    .unwrap_or_else(|| root.folder.join(&name));
                add_file(&mut walk, index, name, file);
            }
            None => walk_folder(&mut walk, index, &root.folder, &skip, rules.readable),
        }
    }
    walk.found
        .sort_by(|a, b| (a.path.as_bytes(), a.root).cmp(&(b.path.as_bytes(), b.root)));
    // A folder may be given together with a folder inside it, or with one of its files.
    let mut files = BTreeSet::new();
    walk.found.retain(|found| files.insert(found.file.clone()));
    walk.problems.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    Ok(walk)
}

/// Every real folder is read once: real ones first, then those that links lead to. So a loop of
/// links ends, and a file has the same path whatever the order of names.
fn walk_folder(
    walk: &mut Walk,
    root: usize,
    folder: &Path,
    skip: &HashSet<PathBuf>,
    readable: &dyn Fn(&str) -> bool,
) {
    let mut read: HashSet<PathBuf> = HashSet::from([folder.to_owned()]);
    let mut open: Vec<(String, PathBuf)> = vec![(String::new(), folder.to_owned())];
    let mut links: BTreeSet<(String, PathBuf)> = BTreeSet::new();
    loop {
        while let Some((path, folder)) = open.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    walk.problems
                        .push((root, path, unreadable(&folder, &error)));
                    continue;
                }
            };
            for entry in entries {
                let entry = match entry {
                    Ok(entry) => entry,
                    Err(error) => {
                        let problem = unreadable(&folder, &error);
                        walk.problems.push((root, path.clone(), problem));
                        break;
                    }
                };
                let name = escape(&entry.file_name());
                if name.starts_with('.') {
                    walk.hidden += 1;
                    continue;
                }
                let below = if path.is_empty() {
                    name
                } else {
                    format!("{path}/{name}")
                };
                let here = entry.path();
                match entry.file_type() {
                    Ok(kind) if kind.is_symlink() => {
                        links.insert((below, here));
                    }
                    Ok(kind) if kind.is_dir() => {
                        if here.canonicalize().is_ok_and(|real| read.insert(real)) {
                            open.push((below, here));
                        }
                    }
                    Ok(_) if below.ends_with(SIDECAR) => {}
                    Ok(_) if here.canonicalize().is_ok_and(|p| is_record(&p, skip)) => {}
                    Ok(_) if !readable(&below) => pass_over(walk, &below),
                    Ok(_) => add_file(walk, root, below, here),
                    Err(error) => walk.problems.push((root, below, unreadable(&here, &error))),
                }
            }
        }
        let Some((path, link)) = links.pop_first() else {
            return;
        };
        match link.canonicalize() {
            Err(error) => {
                let why = if error.kind() == io::ErrorKind::NotFound {
                    "leads nowhere".to_owned()
                } else {
                    format!("cannot be followed: {error}")
                };
                walk.problems.push((root, path, dead_link(&link, &why)));
            }
            Ok(real) if real.is_dir() => {
                if read.insert(real) {
                    open.push((path, link));
                } else {
                    let why = "leads to a folder that is read already";
                    let mut problem = dead_link(&link, why);
                    problem.severity = Severity::Note;
                    walk.problems.push((root, path, problem));
                }
            }
            Ok(real) if is_record(&real, skip) => {}
            Ok(_) if path.ends_with(SIDECAR) => {}
            Ok(_) if !readable(&path) => pass_over(walk, &path),
            Ok(real) => add_file(walk, root, path, real),
        }
    }
}

/// The record and what SQLite puts beside it.
fn is_record(file: &Path, skip: &HashSet<PathBuf>) -> bool {
    skip.contains(file)
        || file.to_str().is_some_and(|name| {
            ["-wal", "-shm", "-journal"].iter().any(|end| {
                name.strip_suffix(end)
                    .is_some_and(|stem| skip.contains(Path::new(stem)))
            })
        })
}

fn pass_over(walk: &mut Walk, path: &str) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    *walk
        .other_kinds
        .entry(extension.to_lowercase())
        .or_default() += 1;
}

fn add_file(walk: &mut Walk, root: usize, path: String, file: PathBuf) {
    match fs::metadata(&file) {
        Ok(metadata) if metadata.is_file() => {
            let size = metadata.len();
            walk.found.push(Found {
                root,
                path,
                file,
                size,
            });
        }
        Ok(_) => {
            let message = format!(
                "`{}` is neither a file nor a folder (a pipe, a socket or a device) and is left out",
                file.display()
            );
            let problem = Diagnostic::new("R103", Severity::Warning, message)
                .hint("save its content to a file");
            walk.problems.push((root, path, problem));
        }
        Err(error) => walk.problems.push((root, path, unreadable(&file, &error))),
    }
}

/// R101: rights, or a fault of the disk.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let message = format!("`{}` cannot be read: {error}", path.display());
    let hint = match error.kind() {
        io::ErrorKind::PermissionDenied => "give yourself the right to read it, then run again",
        _ => "check the disk and the path, then run again",
    };
    Diagnostic::new("R101", Severity::Error, message).hint(hint)
}

/// R102: a link that is not followed.
fn dead_link(link: &Path, why: &str) -> Diagnostic {
    let message = format!("the link `{}` {why} and is not followed", link.display());
    Diagnostic::new("R102", Severity::Warning, message).hint("remove the link or mend its target")
}

fn escape_path(path: &Path) -> String {
    escape(path.file_name().unwrap_or_default())
}

/// A name as text that no other name gives.
fn escape(name: &std::ffi::OsStr) -> String {
    if let Some(text) = name.to_str() {
        return text.to_owned();
    }
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
