//! How long requests and replies take, beside what one would write by hand. `cargo bench -p xportcn-core --bench codec`

mod peers;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use xportcn_core::alibaba::product::{KeywordSearch, OfferPage};
use xportcn_core::taobao::after_sale::Render;
use xportcn_core::{Call, Config, Core, Nonce, RetryPolicy, codec};

fn main() {
    divan::main();
}

/// Bytes of a reply: a short one, a search, and what one would page.
const SIZES: [usize; 5] = [1 << 10, 24 << 10, 100 << 10, 1 << 20, 10 << 20];

const NOW: u64 = 1_700_000_000_000;

fn nonce() -> Nonce {
    Nonce::from_random([7; Nonce::LENGTH])
}

mod request {
    use super::*;

    #[divan::bench]
    fn core_typed(bencher: Bencher) {
        let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
        let call = peers::render_call();
        bencher.bench(|| core.sign(&core.prepare(black_box(&call)).unwrap(), NOW, &nonce()));
    }

    #[divan::bench]
    fn core_json(bencher: Bencher) {
        let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
        let call = br#"{"subOrderId":"1034499579120189839","goodsStatus":1,"refundType":1}"#;
        bencher.bench(|| core.sign(&core.prepare_json(Render::ENDPOINT, black_box(call)).unwrap(), NOW, &nonce()));
    }

    #[divan::bench]
    fn hand_written(bencher: Bencher) {
        let client = peers::client();
        let call = peers::Render { sub_order_id: "1034499579120189839", goods_status: 1, refund_type: 1 };
        bencher.bench(|| client.post("/open/order/refund/render", black_box(&call), NOW, nonce().as_str()));
    }
}

/// A whole call that is answered at once, with the exchange and without it.
mod call {
    use super::*;

    #[divan::bench]
    fn exchange(bencher: Bencher) {
        let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
        let call = peers::render_call();
        bencher.bench(|| {
            let mut exchange = core.call(black_box(&call), RetryPolicy::default()).unwrap();
            drop(black_box(exchange.step(&core, NOW, [7; Nonce::LENGTH])));
            exchange.on_response(&core, peers::render_response());
            exchange.step(&core, NOW, [8; Nonce::LENGTH])
        });
    }

    #[divan::bench]
    fn prepare_sign_read(bencher: Bencher) {
        let core = Core::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user")).unwrap();
        let call = peers::render_call();
        bencher.bench(|| {
            let prepared = core.prepare(black_box(&call)).unwrap();
            drop(black_box(core.sign(&prepared, core.platform_ms(NOW), &nonce())));
            core.read::<Render>(peers::render_response()).unwrap()
        });
    }
}

#[divan::bench_group(name = "reply")]
mod reply {
    use super::*;

    #[divan::bench(args = SIZES)]
    fn core_typed(bencher: Bencher, bytes: usize) {
        let body = peers::search_reply(bytes);
        bencher.counter(BytesCount::new(body.len())).bench(|| codec::decode_as::<OfferPage>(black_box(&body)).unwrap());
    }

    #[divan::bench(args = SIZES)]
    fn plain_structs(bencher: Bencher, bytes: usize) {
        let body = peers::search_reply(bytes);
        bencher
            .counter(BytesCount::new(body.len()))
            .bench(|| serde_json::from_slice::<peers::Reply<peers::Page>>(black_box(&body)).unwrap());
    }

    #[divan::bench(args = SIZES)]
    fn core_table(bencher: Bencher, bytes: usize) {
        let body = peers::search_reply(bytes);
        let kind = &KeywordSearch::ENDPOINT.reply;
        bencher.counter(BytesCount::new(body.len())).bench(|| codec::decode(kind, black_box(&body)).unwrap());
    }

    #[divan::bench(args = SIZES)]
    fn serde_json_value(bencher: Bencher, bytes: usize) {
        let body = peers::search_reply(bytes);
        bencher
            .counter(BytesCount::new(body.len()))
            .bench(|| serde_json::from_slice::<serde_json::Value>(black_box(&body)).unwrap());
    }
}
