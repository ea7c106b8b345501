//! Between `fuzz/corpus`, where libFuzzer works, and `fuzz/kept`, which is committed.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use medledger_conformance::fuzz::{BODIES, kept};

const HELP: &str = "\
Between fuzz/corpus, where libFuzzer works, and fuzz/kept, which is committed.

usage: corpus unpack TARGET         writes what is kept of a target into fuzz/corpus/TARGET
       corpus keep TARGET FOLDER    keeps the inputs in a folder instead, the longest left out where they are too many
       corpus targets               names all targets
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["targets"] => {
            BODIES.iter().for_each(|(name, _)| println!("{name}"));
            Ok(())
        }
        ["unpack", target] if is_target(target) => unpack(target),
        ["keep", target, folder] if is_target(target) => keep(target, Path::new(folder)),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("corpus: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_target(name: &str) -> bool {
    BODIES.iter().any(|(target, _)| *target == name)
}

fn unpack(target: &str) -> io::Result<()> {
    let folder = kept::folder().join("corpus").join(target);
    fs::create_dir_all(&folder)?;
    for (number, input) in kept::inputs(target)?.into_iter().enumerate() {
        fs::write(folder.join(format!("kept-{number:05}")), input)?;
    }
    Ok(())
}

fn keep(target: &str, folder: &Path) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| fs::read(entry?.path()));
    let inputs = entries.collect::<io::Result<Vec<_>>>()?;
    let of = inputs.len();
    println!("{target}: {} of {of} inputs kept", kept::keep(target, inputs)?);
    Ok(())
}
