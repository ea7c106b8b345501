//! Writes Kotlin and Swift from the built library, which must not be stripped: UniFFI finds there what it exports.
//!
//! `medledger-bindgen LIBRARY CONFIG FOLDER` writes `FOLDER/kotlin`, `FOLDER/swift` and `FOLDER/api.txt`, the public
//! signatures of the Kotlin.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

mod listing;
mod mend;

/// Where UniFFI writes the Kotlin, under the language's folder.
const KOTLIN: &str = "org/medledger/medledger.kt";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [library, config, folder] => write(library, config, folder),
        _ => Err("usage: medledger-bindgen LIBRARY CONFIG FOLDER".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("medledger-bindgen: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(library: &str, config: &str, folder: &str) -> Result<(), Box<dyn Error>> {
    let options = |language, name: &str| GenerateOptions {
        languages: vec![language],
        source: library.into(),
        out_dir: format!("{folder}/{name}").into(),
        config_override: Some(config.into()),
        ..GenerateOptions::default()
    };
    generate(options(TargetLanguage::Kotlin, "kotlin"))?;
    generate(options(TargetLanguage::Swift, "swift"))?;
    let path = Path::new(folder).join("kotlin").join(KOTLIN);
    let kotlin = mend::kotlin(&std::fs::read_to_string(&path)?)?;
    std::fs::write(&path, &kotlin)?;
    std::fs::write(Path::new(folder).join("api.txt"), listing::of(&kotlin))?;
    Ok(())
}
