//! How a command ends that is not done: one or two lines on stderr, and an exit code.

use crate::output::{self, printable};
use std::io;
use std::process::ExitCode;
use xportcn::Error;

/// The platform refused.
pub const REFUSED: u8 = 1;
/// Wrong usage or a wrong request.
pub const USAGE: u8 = 2;
/// No answer, or none of the platform.
pub const TRANSPORT: u8 = 3;
/// A reply that cannot be read.
pub const UNREADABLE: u8 = 4;

/// Why a command is not done.
pub struct Failure {
    code: u8,
    message: String,
    hint: Option<String>,
    /// Whether whoever reads the output has gone, which is no failure.
    quiet: bool,
}

impl Failure {
    /// A failure with this exit code.
    pub fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, quiet: false }
    }

    /// A mistake on the command line or in what it points to.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    /// Says in a second line what to do, after what it says already.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(match self.hint {
            Some(before) => format!("{before}; {}", hint.into()),
            None => hint.into(),
        });
        self
    }

    /// Prints the failure and gives the exit code.
    pub fn report(self) -> ExitCode {
        if self.quiet {
            return ExitCode::SUCCESS;
        }
        output::note(&format!("error: {}", printable(&self.message)));
        if let Some(hint) = &self.hint {
            output::note(&format!("hint: {}", printable(hint)));
        }
        ExitCode::from(self.code)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match &error {
            Error::Api { .. } => REFUSED,
            Error::Http { status: 400..=499, .. } | Error::PushSignature { .. } => REFUSED,
            Error::Config { .. } | Error::InvalidRequest { .. } => USAGE,
            Error::Decode { .. } | Error::TooLarge { .. } => UNREADABLE,
            _ => TRANSPORT,
        };
        let mut failure = Self::new(code, error.to_string());
        if let Some(words) = other_paths(&error) {
            failure = failure.hint(words);
        }
        match error {
            Error::Config { field, .. } => match source_of(&field) {
                Some(source) => failure.hint(format!("it is set by {source}")),
                None => failure,
            },
            Error::Decode { body_head, .. } | Error::Http { body_head, .. } if !body_head.trim().is_empty() => {
                failure.hint(format!("the body begins: {}", body_head.trim()))
            }
            _ => failure,
        }
    }
}

/// The words that try another path, where the platform knows no such path or method. Under a code of 5xx it may still have
/// carried out a write: then it is the cause that says so.
fn other_paths(error: &Error) -> Option<String> {
    let (endpoint, hint) = match error {
        Error::AmbiguousWrite { cause, .. } => return other_paths(cause),
        Error::Api { endpoint, hint: Some(hint), .. } | Error::Http { endpoint, hint: Some(hint), .. } => {
            (endpoint, hint)
        }
        _ => return None,
    };
    // There are hints of other kinds.
    if !hint.contains("`paths`") {
        return None;
    }
    let row = xportcn::endpoint(endpoint).ok()?;
    let word = |call: &str| format!("--path {}='{call}'", row.id);
    let known = row.candidates.iter().map(|other| word(&format!("{} {}", other.method, other.path)));
    let words: Vec<_> = known.collect();
    Some(match words.as_slice() {
        [] => format!("if you know the right path, {} sets it", word(&format!("{} /..", row.method))),
        words => format!("try {}", words.join(" or ")),
    })
}

/// Where the command line takes a setting from.
fn source_of(field: &str) -> Option<&'static str> {
    match field {
        "access_key" => Some("XPORTCN_ACCESS_KEY or --access-key"),
        "access_secret" => Some("XPORTCN_ACCESS_SECRET or --access-secret"),
        "base_url" => Some("XPORTCN_BASE_URL or --base-url"),
        "deadline" => Some("--deadline"),
        "paths" => Some("--path, --paths or XPORTCN_PATHS"),
        "timeout" => Some("--timeout"),
        "user_id" => Some("XPORTCN_USER_ID or --user-id"),
        _ => None,
    }
}

/// Output that could not be written.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let quiet = error.kind() == io::ErrorKind::BrokenPipe;
        Self { quiet, ..Self::new(TRANSPORT, format!("the output cannot be written: {error}")) }
    }
}
