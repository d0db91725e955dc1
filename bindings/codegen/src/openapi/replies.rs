//! What comes back: an object for each call, with the envelope's fields around its own data.

use super::schemas::{Components, nullable, text};
use super::values::Named;
use super::{Error, examples};
use crate::json::Json;
use crate::model::field_evidence_meaning;
use crate::words::upper_camel;
use crate::{list, object};
use xportcn_core::Endpoint;
use xportcn_core::schema::{Form, Kind};

/// The component of answers that are no reply of a row.
const ENVELOPE: &str = "Envelope";

/// A call's answers.
pub(super) fn all(row: &'static Endpoint, components: &mut Components<'_>) -> Result<Json, Error> {
    let about = format!(
        "What came of it; `code` tells. Fields of the data: {}. The example is invented, as the sandbox does it, and its \
         lists are cut to their first element.",
        field_evidence_meaning(row.evidence.reply)
    );
    let schema = components.named(&format!("{}Envelope", upper_camel(row.id)), |components| {
        let data = match row.reply {
            Kind::Any => components.value(Named::Unknown),
            _ => components.received(&row.reply, Form::Plain),
        };
        envelope(&format!("The answer of {}.", row.id), nullable(data), components)
    });
    let refused = || object! { "$ref" => "#/components/responses/Refused" };
    Ok(object! {
        "200" => object! {
            "description" => about,
            "content" => object! {
                "application/json" => object! { "schema" => schema, "example" => examples::reply(row)? },
            },
        },
        "4XX" => refused(),
        "default" => refused(),
    })
}

/// The answer to what did not get as far as a row.
pub(super) fn refused(components: &mut Components<'_>) -> Json {
    let schema = components.named(ENVELOPE, |components| {
        let data = nullable(components.value(Named::Unknown));
        envelope("The answer to a request that was not taken.", data, components)
    });
    object! {
        "description" => "The request did not get as far as the platform's own checks: an unknown path, another \
            method, a body that is too large. Something before the platform may answer in another form. The example is \
            the sandbox's; the platform's codes are not public.",
        "content" => object! {
            "application/json" => object! { "schema" => schema, "example" => examples::refusal() },
        },
    }
}

fn envelope(about: &str, data: Json, components: &mut Components<'_>) -> Json {
    let described = |schema: Json, about: &str| schema.with("description", about);
    let code = components.value(Named::WholeNumber);
    let developer = components.value(Named::Id);
    object! {
        "type" => "object",
        "description" => about,
        "properties" => object! {
            "code" => described(code, "The result: 200 or 0 is success. Others are not public."),
            "msg" => described(nullable(text()), "The result in words, as a rule Chinese ones."),
            "requestId" => described(nullable(text()), "The platform's name for this call."),
            "developId" => described(nullable(developer), "The developer's account."),
            "data" => described(data, "The data; null where the platform refused."),
        },
        "required" => list!["code"],
        "additionalProperties" => true,
    }
}
