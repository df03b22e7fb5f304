//! Writes the small models into a folder, for `SMALL_MODELS`:
//! `cargo run --release --example small_models DIR`.

use detente_fuzz::small;
use detente_text::Language;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).expect("the folder to write into");
    std::fs::create_dir_all(&folder)?;
    for language in [Language::En, Language::Ja, Language::Ko] {
        let path = format!("{folder}/{}", language.code());
        std::fs::write(path, small::model(language))?;
    }
    Ok(())
}
