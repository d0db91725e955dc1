//! Properties that hold for every endpoint: any bytes can be read, both drivers agree, and requests survive the wire.

mod shape;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value as Json;
use shape::{data, known, same, wire_object};
use xportcn_core::Call;
use xportcn_core::catalogue::{ENDPOINTS, Visitor, visit};
use xportcn_core::codec::{self, Policy, Route};
use xportcn_core::host::{self, HostCore};
use xportcn_core::schema::{Field, Form, Kind, Schema};

#[test]
fn any_bytes_can_be_read_as_any_reply() {
    let bytes =
        prop_oneof![
            vec(any::<u8>(), 0..200),
            "[\\[\\]{}:,\"0-9eE.+ntf\\\\ud-]{0,80}".prop_map(String::into_bytes),
            Just(b"{\"code\":200,\"data\":".to_vec())
                .prop_flat_map(|head| vec(any::<u8>(), 0..60).prop_map(move |tail| [head.clone(), tail].concat())),
        ];
    runner(64)
        .run(&bytes, |body| {
            for endpoint in ENDPOINTS {
                // Reading returns, whatever it returns.
                drop(codec::decode(&endpoint.reply, &body));
            }
            visit(&mut ReadsBytes { body: &body });
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_reply_cut_off_anywhere_is_an_error_and_no_panic() {
    let mut runner = runner(4);
    for endpoint in ENDPOINTS {
        let body = reply(&endpoint.reply);
        runner
            .run(&(body, any::<prop::sample::Index>()), |(body, at)| {
                let mut end = at.index(body.len());
                while !body.is_char_boundary(end) {
                    end -= 1;
                }
                prop_assert!(codec::decode(&endpoint.reply, &body.as_bytes()[..end]).is_err());
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn the_typed_and_the_table_driven_reader_agree_for_every_endpoint() {
    visit(&mut DriversAgree);
}

#[test]
fn what_is_written_in_ascii_is_the_same_for_every_endpoint() {
    let core = HostCore::new(r#"{"accessKey":"key","accessSecret":"secret","userId":"user"}"#).unwrap();
    let in_ascii = core.in_ascii();
    for endpoint in ENDPOINTS {
        runner(24)
            .run(&reply(&endpoint.reply), |body| {
                let [plain, escaped] = [&core, &in_ascii].map(|core| core.read(endpoint.id, 200, body.clone().into()));
                prop_assert_eq!(plain.map(|reply| host::ascii(reply.data)), escaped.map(|reply| reply.data));
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn a_request_survives_encoding_and_reading_for_every_endpoint() {
    visit(&mut RequestsSurvive);
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

struct ReadsBytes<'a> {
    body: &'a [u8],
}

impl Visitor for ReadsBytes<'_> {
    fn visit<C: Call>(&mut self) {
        drop(codec::decode_as::<C::Reply>(self.body));
    }
}

struct DriversAgree;

impl Visitor for DriversAgree {
    fn visit<C: Call>(&mut self) {
        let endpoint = C::ENDPOINT;
        runner(24)
            .run(&reply(&endpoint.reply), |body| {
                let table = codec::decode(&endpoint.reply, body.as_bytes());
                let typed = codec::decode_as::<C::Reply>(body.as_bytes());
                let (table, typed) = match (table, typed) {
                    (Ok(table), Ok(typed)) => (table, typed),
                    (Err(table), Err(typed)) => {
                        prop_assert_eq!(table, typed);
                        return Ok(());
                    }
                    (table, typed) => {
                        prop_assert!(false, "{}: one read it: {table:?} {:?}", endpoint.id, typed.is_ok());
                        return Ok(());
                    }
                };
                prop_assert_eq!(&table.envelope, &typed.envelope);
                if std::any::TypeId::of::<C::Reply>() == std::any::TypeId::of::<()>() {
                    return Ok(());
                }
                let by_table: Json = serde_json::from_str(&table.data).unwrap();
                let by_type = serde_json::to_value(xportcn_core::values::Canonical(&typed.data)).unwrap();
                prop_assert_eq!(
                    data(by_table, &endpoint.reply),
                    data(by_type, &endpoint.reply),
                    "{} {}",
                    endpoint.id,
                    body
                );
                prop_assert_eq!(table.warnings, typed.warnings, "{} {}", endpoint.id, body);
                Ok(())
            })
            .unwrap();
    }
}

struct RequestsSurvive;

impl Visitor for RequestsSurvive {
    fn visit<C: Call>(&mut self) {
        let endpoint = C::ENDPOINT;
        let route = Route { method: endpoint.method, path: endpoint.path };
        runner(24)
            .run(&object(endpoint.request, true), |params| {
                let by_table = codec::encode(endpoint.request, route, params.as_bytes())
                    .map_err(|fault| TestCaseError::fail(format!("{} {params}: {fault:?}", endpoint.id)))?;
                let typed: C = codec::from_json(&params, Policy::Request)
                    .map_err(|fault| TestCaseError::fail(format!("{} {params}: {fault:?}", endpoint.id)))?;
                let by_type = codec::encode_typed(route, &typed).unwrap();
                prop_assert_eq!(same(&by_table), same(&by_type), "{} {}", endpoint.id, &params);

                let wire = wire_object(endpoint, &by_table);
                let back = codec::check(endpoint.request, &wire)
                    .map_err(|fault| TestCaseError::fail(format!("{} {wire}: {fault:?}", endpoint.id)))?;
                let sent: Json = serde_json::from_str(&params).unwrap();
                let received: Json = serde_json::from_str(&back).unwrap();
                let kind = Kind::Object(endpoint.request);
                prop_assert_eq!(known(sent, &kind), known(received, &kind), "{} {}", endpoint.id, wire);
                Ok(())
            })
            .unwrap();
    }
}

/// A reply with success whose data mostly fits.
fn reply(kind: &'static Kind) -> BoxedStrategy<String> {
    let data = prop_oneof![9 => fitting(kind, false), 1 => noise()];
    (data, any::<bool>())
        .prop_map(|(data, data_first)| match data_first {
            true => format!("{{\"data\":{data},\"msg\":\"成功\",\"code\":200,\"requestId\":\"r1\"}}"),
            false => format!("{{\"requestId\":\"r1\",\"code\":\"0\",\"developId\":7,\"data\": {data} }}"),
        })
        .boxed()
}

/// JSON of this kind; as a reply with anything in between, as a request exactly.
fn fitting(kind: &'static Kind, request: bool) -> BoxedStrategy<String> {
    match kind {
        Kind::Object(schema) => object(schema, request),
        Kind::List(element) => vec(value(element, request), usize::from(request)..3)
            .prop_map(|list| format!("[{}]", list.join(",")))
            .boxed(),
        Kind::Amount => prop_oneof![
            "-?(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?".prop_map(quoted),
            Just(quoted("0.30000000000000004".into()))
        ]
        .prop_filter("minus zero has no sign", |text| !text.trim_matches(['"', '-', '0', '.']).is_empty())
        .boxed(),
        Kind::Bool => any::<bool>().prop_map(|value| value.to_string()).boxed(),
        Kind::Code(codes) if codes.numeric => (-10i64..1000).prop_map(|value| value.to_string()).boxed(),
        Kind::Code(_) if request => prop_oneof!["[a-zA-Z]{1,8}", "\\PC{1,12}"].prop_map(quoted).boxed(),
        Kind::Float => (-1_000_000i32..1_000_000).prop_map(|value| format!("{:?}", f64::from(value) / 64.0)).boxed(),
        Kind::Id => prop_oneof!["[1-9][0-9]{0,24}", "[1-9][0-9]{18}"].prop_map(quoted).boxed(),
        Kind::Int => (-(1i64 << 53) + 1..1i64 << 53).prop_map(|value| value.to_string()).boxed(),
        // Milliseconds since 1970 have thirteen digits from 2001 on.
        Kind::Time => (if request { 1_000_000_000 } else { 0 }..4_000_000_000i64)
            .prop_map(|seconds| quoted(xportcn_core::Time::from_millis(seconds * 1000).unwrap().to_string()))
            .boxed(),
        Kind::Any => {
            prop_oneof![Just("{\"a\":[1,\"2\"]}".to_string()), any::<i32>().prop_map(|n| n.to_string())].boxed()
        }
        _ => prop_oneof!["[a-z]{0,8}", "\\PC{1,12}"].prop_map(quoted).boxed(),
    }
}

fn value(kind: &'static Kind, request: bool) -> BoxedStrategy<String> {
    if request { fitting(kind, true) } else { prop_oneof![5 => fitting(kind, false), 1 => noise()].boxed() }
}

fn object(schema: &'static Schema, request: bool) -> BoxedStrategy<String> {
    let fields: Vec<_> = schema.fields.iter().map(|field| entry(field, request)).collect();
    let further = if request { Just(None).boxed() } else { proptest::option::weighted(0.1, noise()).boxed() };
    (fields, further)
        .prop_map(|(fields, further)| {
            let mut entries: Vec<String> = fields.into_iter().flatten().collect();
            entries.extend(further.map(|value| format!("\"a field of later days\":{value}")));
            format!("{{{}}}", entries.join(","))
        })
        .boxed()
}

fn entry(field: &'static Field, request: bool) -> BoxedStrategy<Option<String>> {
    let name = if request { field.name() } else { field.wire() };
    let digits_only = request && field.form == Form::Number && matches!(field.kind, Kind::Id);
    let value = match field.form {
        Form::Embedded if !request => {
            prop_oneof![value(&field.kind, false).prop_map(quoted), value(&field.kind, false)].boxed()
        }
        _ if digits_only => "[1-9][0-9]{0,18}".prop_map(quoted).boxed(),
        _ => value(&field.kind, request),
    };
    let entry = value.prop_map(move |value| format!("\"{name}\":{value}"));
    if request && field.required {
        entry.prop_map(Some).boxed()
    } else {
        proptest::option::weighted(0.7, entry).boxed()
    }
}

/// Any JSON, to stand where something else belongs.
fn noise() -> BoxedStrategy<String> {
    let text = |text: &str| Just(text.to_string());
    prop_oneof![
        text("null"),
        text("true"),
        text("0"),
        text("1"),
        text("-12.50"),
        text("1e3"),
        text("1034499579120189839"),
        text("99999999999999999999999"),
        text("\"\""),
        text("\"1\""),
        text("\"12.5\""),
        text("\"TRUE\""),
        text("\"2023-12-14 21:39:11\""),
        text("\"20240801120000000+0800\""),
        text("1667193198819"),
        text("\"\\ud800 \\u4e2d\\n\""),
        text("\"[1,{\\\"a\\\":2}]\""),
        text("\"{\\\"id\\\":1.0E7,\\\"a\\\":[]}\""),
        text("{\"0\":{\"id\":\"1\"},\"1\":null}"),
        text("{\"a\":1.0389321E7,\"b\":\" 12 \"}"),
        text("20240801"),
        text("\"0000-00-00 00:00:00\""),
        text("[]"),
        text("[null,1,\"x\",{}]"),
        text("{}"),
        text("{\"a\":{\"b\":[9007199254740993,0.1]}}"),
        "\\PC{0,10}".prop_map(quoted),
    ]
    .boxed()
}

fn quoted(text: String) -> String {
    serde_json::to_string(&text).unwrap()
}
