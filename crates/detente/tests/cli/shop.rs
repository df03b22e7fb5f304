//! A folder of small articles of our own, and the program.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// Two papers on one event, and one document that stands twice in its file.
pub(crate) const ARTICLES: &[(&str, &str)] = &[
    (
        "2012-08-11_courier.txt",
        "Tokyo recalls envoy\n\nTOKYO, Aug. 11, 2012 - Japan condemned South Korea on Friday. Foreign \
         Minister Koichiro Gemba criticized South Korea over the visit. He did \
         not apologize to Seoul.\n",
    ),
    (
        "2012-08-12_wire.txt",
        "Ambassador leaves Seoul\n\nSEOUL, Aug. 12, 2012 - Japan criticized South Korea on Friday. \
         Seoul rejected the protest on Saturday.\n",
    ),
    (
        "twice/2015-06-23.txt",
        "SEOUL, June 23, 2015 - The foreign ministers of Japan and South Korea met in Tokyo on \
         Monday. Japan criticized South Korea over the court ruling on wartime labor last month.\n\n\
         SEOUL, June 23, 2015 - The foreign ministers of Japan and South Korea met in Tokyo on \
         Monday. Japan criticized South Korea over the court ruling on wartime labor last month.\n",
    ),
];

pub(crate) struct Shop {
    pub(crate) folder: TempDir,
}

/// What a command did.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.out.clone()).unwrap()
    }

    /// The same, after checking that the command came to its end.
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.err);
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: output.stdout,
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Shop {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let shop = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(shop.news()).unwrap();
        for (name, text) in files {
            shop.put(name, text.as_bytes());
        }
        shop
    }

    /// The folder with the articles, already in the record.
    pub(crate) fn with_record() -> Self {
        let shop = Self::new(ARTICLES);
        shop.run(&[]).ok();
        shop
    }

    pub(crate) fn news(&self) -> PathBuf {
        self.folder.path().join("news")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.news().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// The program in the shop's folder, where the record is `detente.db`.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
        command
            .current_dir(self.folder.path())
            .env_remove("DETENTE_RECORD")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn detente(&self, arguments: &[&str]) -> Ran {
        self.command().args(arguments).output().unwrap().into()
    }

    /// `detente run news` with further arguments.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.command()
            .args(["run", "news"])
            .args(arguments)
            .output()
            .unwrap()
            .into()
    }

    pub(crate) fn export(&self) -> String {
        self.detente(&["export"]).ok().text()
    }

    /// The facts of the record, as JSON.
    pub(crate) fn facts(&self) -> Vec<serde_json::Value> {
        self.export()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Facts whose quote is not the text at their offsets.
    pub(crate) fn misquoted(&self, folder: &Path) -> Vec<serde_json::Value> {
        self.facts()
            .into_iter()
            .filter(|fact| {
                let path = folder.join(fact["document"].as_str().unwrap());
                let text: Vec<char> = fs::read_to_string(path).unwrap().chars().collect();
                let at = |name: &str| fact[name].as_u64().unwrap() as usize;
                let there: String = text[at("start")..at("end")].iter().collect();
                fact["quote"] != there.as_str()
            })
            .collect()
    }
}
