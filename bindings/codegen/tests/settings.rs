//! What is written by hand on settings is what the core's table says: the signatures of Python's clients.

use std::fs;
use std::path::Path;
use xportcn_codegen::python;
use xportcn_core::settings::SETTINGS;

fn source(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages/pip/src/xportcn");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The names and types of a function's parameters, of which each stands in a line.
fn parameters<'s>(source: &'s str, function: &str) -> Vec<(&'s str, &'s str)> {
    let start = source.find(&format!("    def {function}(\n")).unwrap();
    let lines = source[start..].lines().skip(1).take_while(|line| !line.starts_with("    )"));
    lines.filter_map(|line| line.trim().trim_end_matches(',').split_once(": ")).collect()
}

#[test]
fn pythons_clients_take_every_setting_by_its_name_and_type() {
    for name in ["_client.py", "_async_client.py"] {
        let source = source(name);
        let all = parameters(&source, "__init__");
        let own = parameters(&source, "with_options");
        for setting in SETTINGS {
            let expected = (setting.name, &*format!("Optional[{}] = None", python::setting_type(setting)));
            assert!(all.contains(&expected), "{name}: {expected:?}");
            assert_eq!(own.contains(&expected), setting.per_call, "{name}: {expected:?}");
        }
        let others = all.iter().map(|(name, _)| *name).filter(|name| SETTINGS.iter().all(|it| it.name != *name));
        assert_eq!(others.collect::<Vec<_>>(), ["http_client", "transport", "on_event"], "{name}");
        let per_call = SETTINGS.iter().filter(|setting| setting.per_call).map(|setting| setting.name);
        let own: Vec<&str> = own.iter().map(|(name, _)| *name).collect();
        assert_eq!(own, per_call.chain(["on_event"]).collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn pythons_client_says_of_every_setting_what_the_table_says() {
    let source = source("_client.py");
    let words = source.split_whitespace().collect::<Vec<_>>().join(" ");
    for setting in SETTINGS {
        let expected = format!("{}: {}", setting.name, python::setting_doc(setting)).replace('`', "``");
        assert!(words.contains(&expected), "{expected}");
    }
}
