//! A request of every row that the sandbox accepts, as canonical JSON, for the tests of all hosts.

use crate::json::Json;
use crate::openapi::Error;
use crate::{Output, STAMP};
use xportcn_core::catalogue::ENDPOINTS;

/// The file of examples, by the rows' ids.
///
/// # Errors
/// Passes on what is wrong with an example.
pub fn file() -> Result<Output, Error> {
    let rows: Result<Vec<String>, Error> = ENDPOINTS
        .iter()
        .map(|row| Ok(format!("    \"{}\": {}", row.id, Json::parse(row.example)?.pretty().replace('\n', "\n    "))))
        .collect();
    Ok(Output {
        path: "tests/examples.json".to_string(),
        text: format!("{{\n  \"about\": \"{STAMP}\",\n  \"examples\": {{\n{}\n  }}\n}}\n", rows?.join(",\n")),
    })
}
