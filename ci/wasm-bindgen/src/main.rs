//! `medledger-wasm-bindgen MODULE.wasm FOLDER NAME`: writes NAME.js, NAME.d.ts and NAME_bg.wasm into the folder, for
//! any host that loads ES modules.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder, name] = arguments.as_slice() else {
        eprintln!("usage: medledger-wasm-bindgen MODULE.wasm FOLDER NAME");
        return ExitCode::from(2);
    };
    match write(module, folder, name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn write(module: &str, folder: &str, name: &str) -> anyhow::Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).typescript(true);
    bindgen.web(true)?;
    // The names of functions and tools are for people who read the module: they would be a fifth of it.
    bindgen.remove_name_section(true).remove_producers_section(true).omit_default_module_path(true);
    bindgen.generate(folder)
}
