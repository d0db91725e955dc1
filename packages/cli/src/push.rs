//! `xportcn push`: pushed messages, one by one, and how they are printed.

use crate::args::{PushArgs, PushCommand, VerifyArgs};
use crate::failure::{Failure, UNREADABLE};
use crate::{account, output, params};
use serde::Serialize;
use serde_json::value::RawValue;
use xportcn::Error;
use xportcn::push::{self, Message};

pub fn run(args: PushArgs) -> Result<(), Failure> {
    match args.command {
        PushCommand::Verify(args) => verify(args),
    }
}

fn verify(args: VerifyArgs) -> Result<(), Failure> {
    let (access_key, secret) = account::keys(args.account)?;
    let body = params::stdin("the body of a pushed message", UNREADABLE)?;
    push::verify(&access_key, &secret, &args.authorization, &body)?;
    let message = push::parse(&body).map_err(unreadable)?;
    Ok(output::line(&line(&message, None))?)
}

fn unreadable(error: Error) -> Failure {
    Failure::new(UNREADABLE, format!("the message cannot be read: {}", reason(&error)))
}

/// What is wrong with a message.
pub fn reason(error: &Error) -> String {
    match error {
        Error::Decode { reason, .. } => reason.clone(),
        Error::PushSignature { reason } => reason.to_string(),
        _ => error.to_string(),
    }
}

/// A message as one line of JSON.
pub fn line(message: &Message, duplicate: Option<bool>) -> String {
    let body = RawValue::from_string(message.body.clone());
    let shown = Shown {
        id: &message.id,
        push: message.push.map(|row| row.id),
        message_type: message.message_type.as_deref(),
        platform: message.platform,
        time: message.time.map(|time| time.to_string()),
        inferred: message.inferred,
        duplicate,
        // The core writes nothing but JSON.
        body: body.unwrap_or_default(),
        warnings: message.warnings.iter().map(Noticed::from).collect(),
    };
    output::json(&serde_json::to_string(&shown).unwrap_or_default()).into_owned()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    id: &'a str,
    push: Option<&'a str>,
    message_type: Option<&'a str>,
    platform: Option<i64>,
    time: Option<String>,
    inferred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate: Option<bool>,
    body: Box<RawValue>,
    warnings: Vec<Noticed<'a>>,
}

#[derive(Serialize)]
struct Noticed<'a> {
    path: &'a str,
    expected: &'a str,
    found: &'a str,
}

impl<'a> From<&'a xportcn::Warning> for Noticed<'a> {
    fn from(warning: &'a xportcn::Warning) -> Self {
        Self { path: &warning.path, expected: warning.expected, found: warning.found }
    }
}
