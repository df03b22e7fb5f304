//! The codebook's files, from the binary or from a folder.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// All `.toml` files of a codebook by their path below its root (`events/agree.toml`), in order.
#[derive(Clone, Debug, Default)]
pub struct Files {
    texts: BTreeMap<String, Cow<'static, str>>,
}

impl Files {
    /// The files that the binary carries.
    pub fn embedded() -> Self {
        Self {
            texts: EMBEDDED
                .iter()
                .map(|&(name, text)| (name.to_owned(), Cow::Borrowed(text)))
                .collect(),
        }
    }

    /// The files below `folder`.
    ///
    /// # Errors
    /// If the folder or a file in it cannot be read, or a file is not UTF-8.
    pub fn from_dir(folder: &Path) -> io::Result<Self> {
        let mut files = Self::default();
        let mut open: Vec<PathBuf> = vec![folder.to_owned()];
        while let Some(at) = open.pop() {
            for entry in fs::read_dir(&at)? {
                let entry = entry?;
                let path = entry.path();
                // Links to folders are not followed, so that the walk ends.
                if entry.file_type()?.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|e| e == "toml") {
                    let name = path.strip_prefix(folder).unwrap_or(&path);
                    files.insert(
                        name.to_string_lossy().replace('\\', "/"),
                        fs::read_to_string(&path)?,
                    );
                }
            }
        }
        Ok(files)
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.texts.insert(name.into(), Cow::Owned(text.into()));
    }

    /// Text of the file `name`, such as `language/en/reporting.toml`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(AsRef::as_ref)
    }

    /// Name and text of the files whose name starts with `prefix`, in order.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts
            .iter()
            .filter(move |(name, _)| name.starts_with(prefix))
            .map(|(name, text)| (name.as_str(), text.as_ref()))
    }
}
