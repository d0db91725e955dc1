//! Lists the public items of a crate, one a line: `xportcn-surface FILE`, where the file is rustdoc's JSON.
#![forbid(unsafe_code)]

use std::collections::HashSet;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("usage: xportcn-surface FILE");
        return ExitCode::from(2);
    };
    match lines(&file) {
        Ok(lines) => {
            println!("{}", lines.join("\n"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn lines(file: &str) -> Result<Vec<String>, public_api::Error> {
    let surface = public_api::Builder::from_rustdoc_json(file)
        // What follows from a type's fields, and what every type has.
        .omit_auto_derived_impls(true)
        .omit_auto_trait_impls(true)
        .omit_blanket_impls(true)
        .build()?;
    let items: Vec<_> = surface.items().map(|item| (item, item.to_string())).collect();
    let of_traits: HashSet<_> = items
        .iter()
        .filter(|(_, line)| line.starts_with("impl") && line.contains(" for "))
        .map(|(item, _)| item.id())
        .collect();
    // What a trait asks for stands with the trait; only its types differ.
    Ok(items
        .into_iter()
        .filter(|(item, line)| {
            line.starts_with("pub type ") || !item.parent_id().is_some_and(|parent| of_traits.contains(&parent))
        })
        .map(|(_, line)| line)
        .collect())
}
