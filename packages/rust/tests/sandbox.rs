//! The client against the sandbox, which checks signatures and requests for real.

use std::time::Duration;
use tokio::runtime::Runtime;
use xportcn::taobao::after_sale::Render;
use xportcn::{Call, Client, Config, Error, catalogue, sign};
use xportcn_core::TimestampUnit;
use xportcn_core::codec::{self, Policy};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET, Running, Sandbox, USER_ID};

fn config(sandbox: &Running) -> Config {
    let mut config = Config::new(ACCESS_KEY, ACCESS_SECRET, USER_ID);
    config.base_url = sandbox.url();
    config
}

fn render() -> Render {
    Render { sub_order_id: "1034499579120189839".into(), goods_status: 1, refund_type: 1 }
}

#[tokio::test]
async fn a_typed_call_gives_typed_data_the_request_id_and_the_raw_body() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let reply = Client::new(config(&sandbox)).unwrap().send(render()).await.unwrap();
    assert_eq!(reply.warnings, []);
    assert!(reply.request_id.as_ref().is_some_and(|id| !id.is_empty()));
    let raw: serde_json::Value = serde_json::from_slice(&reply.raw).unwrap();
    assert_eq!(raw["code"], 200);
    assert_eq!(raw["data"]["currency"].as_str(), reply.currency.as_deref());
    assert_eq!(raw["requestId"].as_str(), reply.request_id.as_deref());
    sandbox.stop().await;
}

/// Makes each row's call with its own types.
struct EveryRow<'a> {
    runtime: &'a Runtime,
    client: &'a Client,
    calls: usize,
}

impl catalogue::Visitor for EveryRow<'_> {
    fn visit<C: Call>(&mut self) {
        let id = C::ENDPOINT.id;
        let call: C = codec::from_json(C::ENDPOINT.example, Policy::Request).unwrap_or_else(|e| panic!("{id}: {e:?}"));
        let reply = self.runtime.block_on(self.client.send(call)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(reply.warnings, [], "{id}");
        self.calls += 1;
    }
}

#[test]
fn every_row_is_accepted_typed_and_untyped_without_a_warning() {
    let runtime = Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::builder().start()).unwrap();
    let mut strict = config(&sandbox);
    strict.strict = true;
    let client = Client::new(strict).unwrap();
    let mut every_row = EveryRow { runtime: &runtime, client: &client, calls: 0 };
    catalogue::visit(&mut every_row);
    assert_eq!(every_row.calls, catalogue::ENDPOINTS.len());
    for endpoint in catalogue::ENDPOINTS {
        let reply = runtime.block_on(client.send_json(endpoint.id, endpoint.example));
        let data = reply.unwrap_or_else(|error| panic!("{error}")).data;
        serde_json::from_str::<serde_json::Value>(&data).unwrap_or_else(|e| panic!("{}: {e}: {data}", endpoint.id));
    }
}

#[tokio::test]
async fn every_way_of_signing_is_accepted() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for method in [sign::Method::Md5, sign::Method::HmacSha256] {
        for unit in [TimestampUnit::Seconds, TimestampUnit::Milliseconds] {
            let mut config = config(&sandbox);
            config.signature = method;
            config.timestamp_unit = unit;
            let result = Client::new(config).unwrap().send(render()).await;
            assert!(result.is_ok(), "{method} {unit:?}: {result:?}");
        }
    }
}

#[tokio::test]
async fn a_wrong_secret_is_refused_with_the_request_id() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let mut config = config(&sandbox);
    config.access_secret = xportcn::Secret::new("another");
    match Client::new(config).unwrap().send(render()).await.unwrap_err() {
        Error::Api { endpoint, request_id, .. } => {
            assert_eq!(endpoint, "taobao.after_sale.render");
            assert!(request_id.is_some());
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_client_outlives_a_restart_of_the_platform() {
    let first = Sandbox::builder().start().await.unwrap();
    let address = first.address();
    let client = Client::builder(config(&first)).timeout(Duration::from_secs(5)).build().unwrap();
    client.send(render()).await.unwrap();
    first.stop().await;
    assert!(client.send(render()).await.is_err());
    let _second = Sandbox::builder().address(address).start().await.unwrap();
    client.send(render()).await.unwrap();
}
