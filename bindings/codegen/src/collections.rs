//! Collections of every call for Postman and Bruno, which sign each request as it is sent.

mod bruno;
mod postman;

use crate::Output;
use crate::model::Model;
use crate::openapi::Error;

/// Where they stand.
const FOLDER: &str = "docs/collections";

/// What a collection needs to know, and the sandbox's values of it.
const VARIABLES: [[&str; 2]; 4] = [
    ["baseUrl", "http://127.0.0.1:8080"],
    ["accessKey", xportcn_sandbox::ACCESS_KEY],
    ["accessSecret", xportcn_sandbox::ACCESS_SECRET],
    ["userId", xportcn_sandbox::USER_ID],
];

/// The headers of a request, made by these lines of JavaScript after `variable` is defined. Both programs have this library.
const SIGNING: [&str; 11] = [
    "const hashes = require(\"crypto-js\");",
    "const timestamp = Math.floor(Date.now() / 1000).toString();",
    "const nonce = hashes.lib.WordArray.random(16).toString();",
    "const signed = variable(\"accessKey\") + timestamp + nonce + variable(\"accessSecret\");",
    "const headers = {",
    "  \"access-key\": variable(\"accessKey\"),",
    "  timestamp,",
    "  \"nonce-str\": nonce,",
    "  \"user-id\": variable(\"userId\"),",
    "  signature: hashes.MD5(signed).toString().toUpperCase(),",
    "};",
];

/// All files.
///
/// # Errors
/// Names the row whose example cannot be sent.
pub fn files(model: &Model) -> Result<Vec<Output>, Error> {
    let mut files = bruno::files(model)?;
    files.push(postman::file(model)?);
    Ok(files)
}
