//! Names stay: whatever rows are added, every type that there was has the name and the place that it had.

use std::collections::BTreeMap;
use std::ptr;
use xportcn_codegen::model::Model;
use xportcn_codegen::openapi::document;
use xportcn_codegen::{kotlin, python, swift, typescript};
use xportcn_core::Endpoint;
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::schema::{Codes, Field, Form, Kind, Schema};

/// A struct of this name in this module, with these kinds of fields.
fn schema(module: &'static str, name: &'static str, kinds: &[Kind]) -> &'static Schema {
    const NAMES: [&str; 4] = ["first", "second", "third", "fourth"];
    let field = |(spellings, kind): (&&'static str, &Kind)| Field {
        spellings,
        name_length: 0,
        kind: *kind,
        form: Form::Plain,
        next: 0,
        required: false,
        upstream: false,
        doc: "A field.",
    };
    let fields = NAMES.iter().zip(kinds).map(field).collect::<Vec<_>>().leak();
    Box::leak(Box::new(Schema { name, fields, extra: false, module, doc: "A struct." }))
}

/// A row with a request and a reply of its own.
fn row(id: &'static str, request: &'static Schema, reply: Kind) -> &'static Endpoint {
    let like = ENDPOINTS[0];
    Box::leak(Box::new(Endpoint {
        id,
        method: like.method,
        path: "/open/made/up",
        safety: like.safety,
        evidence: like.evidence,
        candidates: &[],
        effect: None,
        request,
        reply,
        paging: None,
        signed_query: false,
        doc: "A row.",
        example: "{}",
        sources: &[],
    }))
}

/// The catalogue with these rows before all others.
fn with(rows: &[&'static Endpoint]) -> Result<Model, String> {
    Model::of(&[rows, ENDPOINTS].concat(), PUSHES)
}

/// The name and group of every table.
fn names(model: &Model) -> BTreeMap<usize, (String, &'static str)> {
    let objects =
        model.objects.iter().map(|it| (ptr::from_ref::<Schema>(it.schema).addr(), (it.name.clone(), it.group())));
    let codes = model.codes.iter().map(|it| (ptr::from_ref::<Codes>(it.codes).addr(), (it.name.clone(), it.group())));
    objects.chain(codes).collect()
}

fn kept(before: &Model, after: &Model) {
    let after = names(after);
    for (table, name) in names(before) {
        assert_eq!(after[&table], name);
    }
}

fn object(model: &Model, name: &str) -> Kind {
    Kind::Object(model.objects.iter().find(|object| object.name == name).unwrap().schema)
}

fn codes(model: &Model, name: &str) -> Kind {
    Kind::Code(model.codes.iter().find(|set| set.name == name).unwrap().codes)
}

/// A row whose structs have the names of others, in its own group and in another, and which uses what others declare.
fn rival(before: &Model) -> &'static Endpoint {
    let module = "xportcn_core::taobao::cart::promote";
    let kinds = [
        Kind::Object(schema(module, "Promotion", &[])),
        Kind::Object(schema(module, "Sku", &[])),
        object(before, "AlibabaProductOfferSummary"),
        codes(before, "AlibabaOrderStatus"),
    ];
    row("taobao.cart.promote", schema(module, "Promote", &kinds), object(before, "TaobaoAfterSaleRenderReply"))
}

#[test]
fn a_row_before_all_others_with_their_names_renames_none() {
    let before = Model::of_core().unwrap();
    let after = with(&[rival(&before)]).unwrap();
    kept(&before, &after);
    let added: Vec<&str> = after
        .objects
        .iter()
        .map(|it| it.name.as_str())
        .filter(|name| before.objects.iter().all(|it| it.name != *name))
        .collect();
    assert_eq!(added, ["TaobaoCartPromoteRequest", "TaobaoCartPromotion", "TaobaoCartSku"]);
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let before = Model::of_core().unwrap();
    let turned: Vec<&Endpoint> = ENDPOINTS.iter().rev().copied().collect();
    let pushes: Vec<_> = PUSHES.iter().rev().copied().collect();
    kept(&before, &Model::of(&turned, &pushes).unwrap());
}

#[test]
fn a_row_less_renames_none_of_what_is_left() {
    let before = names(&Model::of_core().unwrap());
    for without in 0..ENDPOINTS.len() {
        let rows: Vec<&Endpoint> =
            ENDPOINTS.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, row)| *row).collect();
        for (table, name) in names(&Model::of(&rows, PUSHES).unwrap()) {
            assert_eq!(before[&table], name);
        }
    }
}

/// The lines that declare the types of a language.
fn declared(model: &Model) -> Vec<String> {
    let files =
        [kotlin::files(model), python::modules(model), swift::files(model), typescript::modules(model)].concat();
    let mut lines = Vec::new();
    for file in files {
        let words = ["class ", "struct ", "interface ", "export type ", "export const ", "value class "];
        // A file's name is a part of the type's in Python, and in Swift the extension that stands in it.
        let place = if file.path.ends_with(".swift") {
            file.text.lines().find(|line| line.starts_with("extension ")).unwrap_or_default().to_string()
        } else {
            file.path.clone()
        };
        let declared = file.text.lines().filter(|line| words.iter().any(|word| line.contains(word)));
        lines.extend(
            declared.map(|line| format!("{place}: {}", line.split(['(', '=', '{']).next().unwrap_or_default())),
        );
    }
    lines
}

#[test]
fn all_languages_and_the_openapi_document_keep_their_names() {
    let before = Model::of_core().unwrap();
    let after = with(&[rival(&before)]).unwrap();
    let new = declared(&after);
    let old = declared(&before);
    for line in &old {
        // A set of codes that begins to be sent conforms to one more protocol in Swift.
        let wider = format!("{},", line.trim_end());
        assert!(new.iter().any(|other| other == line || other.starts_with(&wider)), "{line}");
    }
    assert!(new.len() > old.len() && old.len() > 800, "{} {}", old.len(), new.len());
    let components = |model: &Model| {
        let document = document(model).unwrap();
        let schemas = document.field("components").and_then(|it| it.field("schemas")).cloned().unwrap();
        let text: BTreeMap<String, serde_json::Value> = serde_json::from_str(&schemas.pretty()).unwrap();
        text
    };
    let new = components(&after);
    for (name, schema) in components(&before) {
        assert_eq!(new.get(&name), Some(&schema), "{name}");
    }
}

#[test]
fn two_structs_of_one_name_in_one_folder_are_an_error_that_says_what_to_do() {
    let clash = schema("xportcn_core::taobao::order::promote", "Parcel", &[]);
    let promote = schema("xportcn_core::taobao::order::promote", "Promote", &[Kind::Object(clash)]);
    let error = with(&[row("taobao.order.promote", promote, Kind::Any)]).unwrap_err();
    assert!(error.contains("xportcn_core::taobao::order::promote::Parcel"), "{error}");
    assert!(error.contains("taobao::order::logistics::Parcel"), "{error}");
    assert!(error.contains("are both called TaobaoOrderParcel: rename the struct that is new"), "{error}");
}

#[test]
fn a_struct_that_would_be_called_as_a_section_is_an_error() {
    let cart = schema("xportcn_core::taobao::promote", "Cart", &[]);
    let promote = schema("xportcn_core::taobao::order::promote", "Promote", &[Kind::Object(cart)]);
    let error = with(&[row("taobao.order.promote", promote, Kind::Any)]).unwrap_err();
    assert!(error.contains("the calls of taobao.cart and "), "{error}");
}

#[test]
fn a_request_within_another_row_is_an_error() {
    let pay = ENDPOINTS.iter().find(|row| row.id == "taobao.order.pay").unwrap();
    let error = with(&[row("taobao.order.repay", pay.request, Kind::Any)]).unwrap_err();
    assert!(error.contains("taobao.order.repay") && error.contains("taobao.order.pay"), "{error}");
    assert!(error.contains("struct of its own"), "{error}");
}

#[test]
fn a_struct_outside_all_groups_is_an_error() {
    let stray = schema("xportcn_core::values::money", "Money", &[]);
    let promote = schema("xportcn_core::taobao::order::promote", "Promote", &[Kind::Object(stray)]);
    let error = with(&[row("taobao.order.promote", promote, Kind::Any)]).unwrap_err();
    assert!(error.contains("xportcn_core::values::money::Money belongs to no group"), "{error}");
}
