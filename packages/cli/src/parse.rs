//! `xportcn parse`: reads a reply's body from stdin.

use crate::args::ParseArgs;
use crate::failure::{Failure, UNREADABLE};
use crate::{output, params, text};
use xportcn_core::{Config, Core, Response, codec};

/// What an account needs, and no reply repeats.
const NONE: &str = "none-of-xportcn-parse";

pub fn run(args: &ParseArgs) -> Result<(), Failure> {
    let endpoint = xportcn::endpoint(&args.id)?;
    let body = params::stdin("the body of a reply", UNREADABLE)?;
    let body = text::unmarked(body).map_err(|reason| Failure::new(UNREADABLE, format!("the reply {reason}")))?;
    // The header that named the character set is not there.
    let body = codec::guessed(&body).map_or(body, String::into_bytes);
    let core = Core::new(Config::new(NONE, NONE, NONE))?;
    let reply = core.read_json(endpoint, Response { status: 200, headers: Vec::new(), body })?;
    output::warn(&reply.warnings);
    Ok(output::line(&output::json(&reply.data))?)
}
