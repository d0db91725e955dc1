//! The memory that reading a reply takes, beside the size of its body.

// One test only: the profile counts every thread of the process.
use xportcn_core::alibaba::product::{KeywordSearch, OfferPage};
use xportcn_core::{Call, codec};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

#[test]
fn reading_a_reply_takes_at_most_three_times_its_size() {
    for bytes in [24 << 10, 1 << 20, 10 << 20] {
        let body = search_reply(bytes);
        let table = peak(|| drop(codec::decode(&KeywordSearch::ENDPOINT.reply, &body).unwrap()));
        let typed = peak(|| drop(codec::decode_as::<OfferPage>(&body).unwrap()));
        for (driver, peak) in [("table", table), ("typed", typed)] {
            let ratio = peak as f64 / body.len() as f64;
            println!("{driver}: {peak} bytes at most for a body of {} bytes: {ratio:.2}", body.len());
            assert!(ratio <= 3.0, "{driver} takes {ratio:.2} times the body of {} bytes", body.len());
        }
    }
    tiny_elements_are_refused_in_bounded_memory();
}

/// Thirty megabytes of `{},`, which hosts would make gigabytes of, are refused before that.
fn tiny_elements_are_refused_in_bounded_memory() {
    let elements = vec!["{}"; 10 << 20].join(",");
    let body = format!(r#"{{"code":200,"data":{{"data":[{elements}]}}}}"#).into_bytes();
    let table = peak(|| drop(codec::decode(&KeywordSearch::ENDPOINT.reply, &body).unwrap_err()));
    let typed = peak(|| drop(codec::decode_as::<OfferPage>(&body).unwrap_err()));
    for (driver, peak) in [("table", table), ("typed", typed)] {
        println!("{driver}: {peak} bytes at most for {} bytes of tiny elements", body.len());
        assert!(peak <= 512 << 20, "{driver} takes {peak} bytes");
    }
}

/// The most bytes that `run` holds at one time, counted from its start.
fn peak(run: impl FnOnce()) -> usize {
    let profiler = dhat::Profiler::builder().testing().build();
    run();
    let peak = dhat::HeapStats::get().max_bytes;
    drop(profiler);
    peak
}

/// The reply to a keyword search of at least so many bytes, in the shape of the benchmarks' inputs.
fn search_reply(bytes: usize) -> Vec<u8> {
    const ITEM: &str = include_str!("../../tests/bench/item.json");
    let item = |n| ITEM.replace("{id}", &format!("{}", 706_627_393_257 + n)).replace("{sold}", "12");
    let items: Vec<String> = (0..=bytes / ITEM.len()).map(item).collect();
    format!(r#"{{"code":200,"msg":"成功","data":{{"totalRecords":2000,"data":[{}]}}}}"#, items.join(",")).into_bytes()
}
