//! What two drivers of the same tables must agree on, for the property tests and the fuzzers.

use serde_json::{Map, Value as Json};
use xportcn_core::codec::{self, Routed};
use xportcn_core::endpoint::{Endpoint, Method};
use xportcn_core::schema::Kind;

/// A routed request, in which the order of fields is free, also of those in embedded JSON.
pub fn same(routed: &Routed) -> (String, Vec<(String, Json)>, Option<Json>) {
    let body = routed.body.as_ref().map(|body| opened(serde_json::from_slice(body).unwrap()));
    let query = pairs(&routed.query).into_iter().map(|(name, value)| (name, opened(Json::String(value))));
    let mut query: Vec<_> = query.collect();
    query.sort_by(|(first, _), (second, _)| first.cmp(second));
    (routed.path.clone(), query, body)
}

/// The value with the JSON that stands in its strings in their place.
fn opened(value: Json) -> Json {
    match value {
        Json::String(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(&text).map_or(Json::String(text), opened)
        }
        Json::Array(list) => list.into_iter().map(opened).collect(),
        Json::Object(map) => Json::Object(map.into_iter().map(|(key, value)| (key, opened(value))).collect()),
        other => other,
    }
}

/// The names and texts of a query string.
fn pairs(query: &str) -> Vec<(String, String)> {
    let text = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8().unwrap().into_owned();
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(name, value)| (text(name), text(value))).collect()
}

/// The request as the platform puts it together again from path, query and body.
pub fn wire_object(endpoint: &Endpoint, routed: &Routed) -> String {
    if endpoint.method == Method::Post {
        return String::from_utf8(routed.body.clone().unwrap()).unwrap();
    }
    let mut pairs = pairs(&routed.query);
    let steps = endpoint.path.split('/').zip(routed.path.split('/'));
    for (template, value) in steps {
        if let Some(name) = template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            pairs.push((name.to_string(), value.to_string()));
        }
    }
    codec::from_pairs(endpoint.request, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// What the tables list of a reply's data, which is never missing in a typed reply.
pub fn data(value: Json, kind: &Kind) -> Json {
    match (kind, known(value, kind)) {
        (Kind::Object(_), Json::Null) => Json::Object(Map::new()),
        (Kind::List(_), Json::Null) => Json::Array(Vec::new()),
        (_, value) => value,
    }
}

/// What the tables list of a value: without further fields, nulls and empty lists, which typed values do not keep.
pub fn known(value: Json, kind: &Kind) -> Json {
    match (kind, value) {
        (Kind::Object(schema), Json::Object(map)) => {
            let fields = map.into_iter().filter_map(|(key, value)| {
                let field = schema.fields.iter().find(|field| field.name() == key)?;
                let value = known(value, &field.kind);
                let nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                (!nothing).then_some((key, value))
            });
            Json::Object(fields.collect::<Map<_, _>>())
        }
        (Kind::List(element), Json::Array(list)) => {
            Json::Array(list.into_iter().map(|value| known(value, element)).collect())
        }
        // `1` and `1.0` are one measure.
        (Kind::Float, value) => value.as_f64().map_or(Json::Null, Json::from),
        (_, value) => value,
    }
}
