//! `core/openapi.json`: the wire as OpenAPI 3.1, which tools of other languages read.

mod examples;
mod operations;
mod replies;
mod schemas;
mod signing;
mod values;
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
    let refused = replies::refused(&mut components);
    Ok(object! {
        "openapi" => "3.1.1",
        "x-generated" => STAMP,
        "info" => info(),
        "externalDocs" => object! {
            "description" => "The reference for people, with what is known of every row and how.",
            "url" => concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/reference/README.md"),
        },
        "servers" => servers(),
        "security" => signing::in_headers(),
        "x-signing" => signing::rule(),
        "tags" => tags(model),
        "paths" => Json::Object(paths),
        "webhooks" => Json::Object(webhooks),
        "components" => object! {
            "securitySchemes" => signing::schemes(),
            "responses" => object! { "Refused" => refused },
            "schemas" => Json::Object(components.finish()),
        },
    })
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
            are not listed. `x-signing` says how requests are signed.\n\n\
            Ids have up to 19 digits and more. Programs whose numbers are binary floating point must not parse those \
            that are written as numbers as such: `Id` is text or a 64-bit number for that.",
        "contact" => object! { "name" => "xportcn, unofficial", "url" => env!("CARGO_PKG_REPOSITORY") },
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
