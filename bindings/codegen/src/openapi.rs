//! `core/openapi.json`: the wire as OpenAPI 3.1, which tools of other languages read.

mod examples;
mod operations;
mod schemas;
mod webhooks;

pub use self::examples::routed as routed_example;

use crate::json::Json;
use crate::model::Model;
use crate::{STAMP, list, object};
use schemas::Components;

/// What is wrong with an example.
pub type Error = Box<dyn std::error::Error>;

/// The document.
///
/// # Errors
/// Passes on what is wrong with an example.
pub fn document(model: &Model) -> Result<Json, Error> {
    let mut components = Components::new(model);
    let paths = operations::paths(model, &mut components)?;
    let webhooks = webhooks::all(model, &mut components)?;
    Ok(object! {
        "openapi" => "3.1.1",
        "x-generated" => STAMP,
        "info" => info(),
        "servers" => servers(),
        "security" => list![Json::Object(HEADERS.iter().map(|[name, ..]| (scheme(name), list![])).collect())],
        "tags" => tags(model),
        "paths" => Json::Object(paths),
        "webhooks" => Json::Object(webhooks),
        "components" => object! {
            "securitySchemes" => security_schemes(),
            "responses" => object! { "Refused" => refused() },
            "schemas" => Json::Object(components.finish()),
        },
    })
}

/// A header of every request, its scheme's name, and what it holds.
const HEADERS: [[&str; 3]; 5] = [
    ["access-key", "accessKey", "The developer's access key."],
    [
        "timestamp",
        "timestamp",
        "When the request is sent: seconds since 1970, as working clients send, or milliseconds; at most 600 seconds \
         off.",
    ],
    ["nonce-str", "nonceStr", "32 random letters and digits, new for every request."],
    ["user-id", "userId", "The sub-account to act for."],
    [
        "signature",
        "signature",
        "Upper-case hex of MD5 over access key, timestamp, nonce-str and access secret, written one after the other. \
         The inputs are published, the formula is what working clients send. It does not cover the body. There may be \
         gateways that ask for HMAC-SHA256 over access key, timestamp and nonce-str, keyed with the access secret.",
    ],
];

/// The scheme of a pushed message's header.
const PUSH_SCHEME: &str = "pushSignature";

fn scheme(header: &str) -> String {
    HEADERS.iter().find(|[name, ..]| *name == header).map_or(header, |[_, scheme, _]| scheme).to_string()
}

fn info() -> Json {
    object! {
        "title" => "Xportcn OpenAPI",
        "version" => env!("CARGO_PKG_VERSION"),
        "summary" => "Search, order, pay and follow goods of Taobao, 1688 and Poizon. Unofficial.",
        "description" => "An unofficial description of the Xportcn OpenAPI, made from what is public.\n\n\
            Only a part of the vendor's reference is public. `x-evidence` tells of every operation where its path and \
            the fields of request and reply come from: `published` and `published-in-part` fields stand on public \
            pages, `inferred` ones are named after their neighbours. Paths are known from the vendor (`seed`, \
            `reference`), from a public client of the same API (`client`), from a sister brand of the same backend \
            (`sister`), from the manual for key accounts (`key-account`), derived from the path of a second version \
            (`sister-v2`), named as the platform that the vendor passes calls on to publishes them (`upstream`), or \
            `inferred`. What is not published is marked so; a field of which only the platform behind the vendor \
            tells has an `x-evidence` of its own, `upstream`.\n\n\
            The names and types are those of the wire, misspellings included. The platform answers with HTTP status \
            200 whether it did what was asked or not; `code` tells: 200 or 0 is success.\n\n\
            `x-safety` is `read` for what changes nothing and may be repeated, whatever its HTTP method is, else \
            `write`. `x-candidates` lists other calls to try where the platform knows no such path or method, best \
            first. `x-paging` names the fields by which pages are walked. `x-kind` tells what JSON types do not: that \
            a value is an id, an amount (an exact decimal) or a time. `x-canonical-name` is the name of a field in \
            the SDK, where it is another one. `x-extra-parameters` marks operations that take query parameters which \
            are not listed.\n\n\
            Ids have up to 19 digits and more. Programs whose numbers are binary floating point must not parse those \
            that are written as numbers as such.",
        "license" => object! { "name" => "MIT", "identifier" => "MIT" },
    }
}

fn servers() -> Json {
    list![
        object! {
            "url" => xportcn_core::Config::BASE_URL,
            "description" => "The platform. There is no other one for tests.",
        },
        object! {
            "url" => "http://127.0.0.1:{port}",
            "description" => "A sandbox on this machine: `xportcn sandbox --port 8080`",
            "variables" => object! {
                "port" => object! { "default" => "8080", "description" => "The port that the sandbox listens on" },
            },
        },
    ]
}

fn tags(model: &Model) -> Json {
    let tags = model.sections().map(|section| {
        object! {
            "name" => section.id.as_str(),
            "x-displayName" => section.title.as_str(),
            "description" => section.about,
        }
    });
    Json::List(tags.collect())
}

fn security_schemes() -> Json {
    let key = |header: &str, about: &str| {
        object! { "type" => "apiKey", "in" => "header", "name" => header, "description" => about }
    };
    let headers = HEADERS.iter().map(|[header, scheme, about]| (scheme.to_string(), key(header, about)));
    let push = key(
        "Authorization",
        "Lower-case hex of HMAC-SHA256 over access key and raw body, keyed with the access secret. Header, algorithm \
         and key are published; what is signed is that of the same push service elsewhere.",
    );
    Json::Object(headers.chain([(PUSH_SCHEME.to_string(), push)]).collect())
}

fn refused() -> Json {
    object! {
        "description" => "The request did not get as far as the platform's own checks: an unknown path, another \
            method, a body that is too large. Something before the platform may answer in another form.",
        "content" => object! {
            "application/json" => object! { "schema" => schemas::reference(schemas::ENVELOPE) },
        },
    }
}
