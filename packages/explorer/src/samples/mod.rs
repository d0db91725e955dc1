//! A call as code, in the languages that there are packages for, and for a shell.

mod java;
mod kotlin;
mod layout;
mod python;
mod rust;
mod shell;
mod swift;
mod typed;
mod typescript;

use self::typed::{Typed, object};
use crate::tables::{Object, TABLES};
use serde_json::{Map, Value, json};
use xportcn::{Endpoint, Request};

/// A call that is to be written.
pub(crate) struct Call<'a> {
    id: &'a str,
    /// The type of the request.
    request: &'a Object,
    /// The fields that are given and that the tables list.
    fields: Vec<(&'a crate::tables::Field, Typed<'a>)>,
    /// The names of those that they do not list.
    unlisted: Vec<&'a str>,
    params: &'a Map<String, Value>,
    /// The request as it goes over the wire; absent where the client refuses it.
    sent: Option<&'a Request>,
    writes: bool,
    /// What the environment must have.
    environment: &'static str,
}

const OF_PLATFORM: &str =
    "The account is in the environment: XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID.";
const OF_SANDBOX: &str = "The environment has the sandbox's address and account: XPORTCN_BASE_URL, XPORTCN_ACCESS_KEY, \
                          XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID.";

/// A language: its name for programs, and for people, and how it writes a call.
type Language = (&'static str, &'static str, fn(&Call<'_>) -> String);

const LANGUAGES: [Language; 8] = [
    ("rust", "Rust", rust::write),
    ("typescript", "TypeScript", typescript::write),
    ("python", "Python", python::write),
    ("kotlin", "Kotlin", kotlin::write),
    ("java", "Java", java::write),
    ("swift", "Swift", swift::write),
    ("shell", "Shell", shell::write),
    ("curl", "curl", shell::write_curl),
];

/// The samples, as `[{"language", "title", "text"}]`.
pub(crate) fn of(endpoint: &Endpoint, params: &Map<String, Value>, sent: Option<&Request>, of_sandbox: bool) -> Value {
    let request = TABLES.row(endpoint.id).and_then(|row| TABLES.object(row.request));
    let Some(request) = request else { return json!([]) };
    let call = Call {
        id: endpoint.id,
        request,
        fields: object(request, params),
        unlisted: params.keys().map(String::as_str).filter(|name| request.field(name).is_none()).collect(),
        params,
        sent,
        writes: endpoint.effect.is_some(),
        environment: if of_sandbox { OF_SANDBOX } else { OF_PLATFORM },
    };
    let samples = LANGUAGES.iter().map(|(language, title, write)| (language, title, write(&call)));
    samples
        .filter(|(.., text)| !text.is_empty())
        .map(|(language, title, text)| json!({"language": language, "title": title, "text": text}))
        .collect()
}

impl Call<'_> {
    /// The parts of the row's id: group, section, if there is one, and call.
    fn parts(&self) -> impl Iterator<Item = &str> {
        self.id.split('.')
    }

    /// A line that tells which fields are left out, in a language's comment.
    fn left_out(&self, comment: &str) -> String {
        if self.unlisted.is_empty() {
            return String::new();
        }
        format!("{comment} Given beside the fields that are listed, in `extra`: {}\n", self.unlisted.join(", "))
    }
}

/// A name in camelCase, from one with underscores.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut out = words.next().unwrap_or_default().to_string();
    for word in words {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}
