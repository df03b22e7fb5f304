//! Text files read, and files that are written whole or not at all.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::failure::{Failure, Result};

/// A text in UTF-8.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|error| Failure::file(path, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(
            "D009",
            format!("`{}` is not in UTF-8 (byte {at})", path.display()),
        )
        .hint("save it as UTF-8")
    })
}

/// A file under way: it takes its name only when it is finished, so that a file of that name is
/// whole or untouched.
pub(crate) struct Whole {
    writer: BufWriter<File>,
    beside: PathBuf,
    path: PathBuf,
    finished: bool,
}

impl Whole {
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".part");
        let beside = PathBuf::from(beside);
        let file = File::create(&beside).map_err(|error| Failure::file(&beside, &error))?;
        Ok(Self {
            writer: BufWriter::with_capacity(1 << 16, file),
            beside,
            path: path.to_owned(),
            finished: false,
        })
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.writer.flush()?;
        fs::rename(&self.beside, &self.path).map_err(|error| Failure::file(&self.path, &error))?;
        self.finished = true;
        Ok(())
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if !self.finished {
            // A part that could not be finished is of no use; that it may stay is no new harm.
            let _ = fs::remove_file(&self.beside);
        }
    }
}
