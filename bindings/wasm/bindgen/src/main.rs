//! `xportcn-wasm-bindgen MODULE FOLDER`: writes the module and the JavaScript around it into a folder. It stands in for
//! wasm-bindgen's own program, so that `Cargo.lock` pins both sides.
#![forbid(unsafe_code)]

use std::process::ExitCode;
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        eprintln!("usage: xportcn-wasm-bindgen MODULE FOLDER");
        return ExitCode::from(2);
    };
    let written = Bindgen::new().bundler(true).and_then(|bindgen| {
        // The package instantiates the module itself. All its runtimes have `encodeInto`.
        bindgen.encode_into(EncodeInto::Always).typescript(false).input_path(module).generate(folder)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}
