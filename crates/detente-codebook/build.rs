//! Packs `codebook/**/*.toml` into the binary, so that it needs no files beside it.

use std::{
    env,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest folder"))
        .join("../../codebook");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files).expect("the codebook folder can be read");
    files.sort();
    let mut code = String::from("&[\n");
    for path in files {
        let name = path
            .strip_prefix(&root)
            .expect("found below the root")
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(
            code,
            "    ({name:?}, include_str!({:?})),",
            path.display().to_string()
        )
        .expect("a string can be written to");
    }
    code.push_str("]\n");
    let out =
        Path::new(&env::var("OUT_DIR").expect("cargo sets the output folder")).join("embedded.rs");
    fs::write(out, code).expect("the output folder can be written");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
