//! The program `xportcn-codegen`: writes the generated files, or tells which of them differ.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};
use xportcn_codegen::{Output, STAMP, outputs};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: xportcn-codegen [--check]");
            return ExitCode::from(2);
        }
    };
    match run(check) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Writes or compares all files; false if one differs.
fn run(check: bool) -> Result<bool, Box<dyn std::error::Error>> {
    // The crate stands two levels below the repository's root.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let outputs = outputs()?;
    let mut same = true;
    for output in &outputs {
        let path = root.join(&output.path);
        if is_current(&path, output)? {
            continue;
        }
        same = false;
        if check {
            println!("{} differs", output.path);
        } else {
            write(&path, output)?;
            println!("{} written", output.path);
        }
    }
    for path in leftovers(&root, &outputs)? {
        same = false;
        if check {
            println!("{path} is no longer generated");
        } else {
            fs::remove_file(root.join(&path))?;
            println!("{path} removed");
        }
    }
    if check && !same {
        println!("`cargo run -p xportcn-codegen` puts that right");
    }
    Ok(same || !check)
}

fn is_current(path: &Path, output: &Output) -> io::Result<bool> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text == output.text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn write(path: &Path, output: &Output) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, &output.text)
}

/// Stamped files beside the generated ones that are not generated any more.
fn leftovers(root: &Path, outputs: &[Output]) -> io::Result<Vec<String>> {
    let known: BTreeSet<&Path> = outputs.iter().map(|output| Path::new(&output.path)).collect();
    let folders: BTreeSet<&Path> = known.iter().filter_map(|path| path.parent()).collect();
    let mut left = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(root.join(folder)).into_iter().flatten() {
            let path = folder.join(entry?.file_name());
            let is_stamped = fs::read_to_string(root.join(&path)).is_ok_and(|text| text.contains(STAMP));
            if is_stamped && !known.contains(path.as_path()) {
                left.push(path.display().to_string());
            }
        }
    }
    Ok(left)
}
