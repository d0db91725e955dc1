//! `xportcn openapi`: the OpenAPI document.

use crate::failure::Failure;
use crate::output;

pub fn run() -> Result<(), Failure> {
    Ok(output::print(xportcn_core::OPENAPI)?)
}
