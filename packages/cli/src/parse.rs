//! `xportcn parse`: reads a reply's body from stdin.

use crate::args::ParseArgs;
use crate::failure::{Failure, REFUSED, UNREADABLE};
use crate::{output, params, text};
use xportcn_core::codec::{self, Envelope, Unreadable};

pub fn run(args: &ParseArgs) -> Result<(), Failure> {
    let endpoint = xportcn::endpoint(&args.id)?;
    let body = params::stdin("the body of a reply", UNREADABLE)?;
    let body = text::unmarked(body).map_err(|reason| Failure::new(UNREADABLE, format!("the reply {reason}")))?;
    let decoded = codec::decode(&endpoint.reply, &body).map_err(unreadable)?;
    output::warn(&decoded.warnings);
    if !decoded.envelope.is_success() {
        return Err(refused(decoded.envelope));
    }
    Ok(output::line(&output::json(&decoded.data))?)
}

fn unreadable(error: Unreadable) -> Failure {
    let place = match error.part.path() {
        "" => String::new(),
        path => format!(" at `{path}`"),
    };
    Failure::new(UNREADABLE, format!("the reply cannot be read{place}: {}", error.reason))
}

fn refused(envelope: Envelope) -> Failure {
    let message = envelope.message.as_deref().unwrap_or("no reason given");
    let code = envelope.code.as_ref().map_or("none", |code| code.as_str());
    let request = envelope.request_id.map(|id| format!(", request {id}")).unwrap_or_default();
    Failure::new(REFUSED, format!("the platform refused: {message} (code {code}{request})"))
}
