//! `xportcn openapi`: the OpenAPI document, whole or for tools that cannot read all of it.

mod generators;
mod prune;

use crate::args::{OpenapiArgs, Profile};
use crate::failure::{Failure, USAGE};
use crate::output;
use serde_json::Value;

pub fn run(args: &OpenapiArgs) -> Result<(), Failure> {
    if !args.no_webhooks && args.profile == Profile::Full {
        return Ok(output::print(xportcn_core::OPENAPI)?);
    }
    let mut document: Value =
        serde_json::from_str(xportcn_core::OPENAPI).map_err(|error| Failure::new(USAGE, error.to_string()))?;
    prune::webhooks(&mut document);
    if args.profile == Profile::Generators {
        generators::rewrite(&mut document);
    }
    prune::components(&mut document);
    Ok(output::print(&format!("{document:#}\n"))?)
}
