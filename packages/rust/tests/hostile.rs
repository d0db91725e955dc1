//! Answers that never end, or unpack without end: the deadline and the limit hold. `cargo test -p xportcn --test hostile --
//! --nocapture --test-threads 1` prints how long each took, and how much memory.

mod peer;

use flate2::{Compression, write::GzEncoder};
use peer::{Peer, REFUND, Seen, answer, render};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use xportcn::{Client, Error, RetryPolicy};

const TIMEOUT: Duration = Duration::from_millis(400);
/// Other work of the machine.
const GRACE: Duration = Duration::from_millis(1_500);

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/// What a server sends: once, and then for ever, with a pause between two pieces.
#[derive(Clone)]
struct Endless {
    name: &'static str,
    once: Vec<u8>,
    again: Vec<u8>,
    pause: Option<Duration>,
}

impl Endless {
    fn trickle(name: &'static str, once: impl Into<Vec<u8>>, again: impl Into<Vec<u8>>) -> Self {
        Self { name, once: once.into(), again: again.into(), pause: Some(Duration::from_millis(20)) }
    }

    fn flood(name: &'static str, once: impl Into<Vec<u8>>, again: impl AsRef<[u8]>) -> Self {
        Self { name, once: once.into(), again: again.as_ref().repeat((64 << 10) / again.as_ref().len()), pause: None }
    }

    async fn serve(self, mut stream: TcpStream, seen: Arc<Seen>) {
        if !seen.request(&mut stream).await {
            return;
        }
        seen.write(&mut stream, &self.once).await;
        loop {
            let before = seen.bytes_written();
            seen.write(&mut stream, &self.again).await;
            if seen.bytes_written() == before {
                return;
            }
            match self.pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => tokio::task::yield_now().await,
            }
        }
    }
}

/// A gzip stream's head and its first block, of which there may come more.
fn gzip_head() -> Vec<u8> {
    let mut bytes = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
    bytes.extend_from_slice(b"\0\x01\0\xfe\xff{");
    bytes
}

/// An empty block, stored: it unpacks to nothing.
const NOTHING: &[u8] = b"\0\0\0\xff\xff";

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

fn kinds() -> Vec<Endless> {
    let chunked = format!("{OK}transfer-encoding: chunked\r\n");
    let packed = format!("{chunked}content-encoding: gzip\r\n\r\n");
    let packed = [packed.as_bytes(), &chunk(&gzip_head())].concat();
    let body = [format!("{chunked}\r\n").as_bytes(), &chunk(REFUND.as_bytes())].concat();
    let trailers = [body.as_slice(), b"0\r\n"].concat();
    vec![
        Endless::trickle("the status line trickles", "HTTP/1.1 200 ", "O"),
        Endless::trickle("a header trickles", format!("{OK}x-slow: "), "x"),
        Endless::trickle("headers trickle", OK, "x-more: 1\r\n"),
        Endless::flood("headers flood", OK, "x-more: 1\r\n"),
        Endless::trickle("103 trickles", "", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"),
        Endless::flood("103 floods", "", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"),
        Endless::flood("100 floods", "", "HTTP/1.1 100 Continue\r\n\r\n"),
        Endless::trickle("the body trickles", format!("{OK}content-length: 100000\r\n\r\n"), " "),
        Endless::trickle("chunks trickle", format!("{chunked}\r\n"), "1\r\n \r\n"),
        Endless::trickle("a chunk's extension trickles", format!("{chunked}\r\n1;"), "x"),
        Endless::flood("a chunk's extension floods", format!("{chunked}\r\n1;"), "x"),
        Endless::trickle("trailers trickle", trailers.clone(), "x-more: 1\r\n"),
        Endless::flood("trailers flood", trailers, "x-more: 1\r\n"),
        Endless::trickle("the body's end does not come", body, ""),
        Endless::trickle("gzip trickles", packed.clone(), chunk(NOTHING)),
        Endless::flood("gzip floods with nothing", packed.clone(), chunk(NOTHING)),
        Endless::flood("gzip floods with empty members", packed_members(&chunked), chunk(&gzip(b""))),
    ]
}

fn packed_members(chunked: &str) -> Vec<u8> {
    [format!("{chunked}content-encoding: gzip\r\n\r\n").as_bytes(), &chunk(&gzip(b"{"))].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Calls once, and checks that it ends in time, and its connection with it.
async fn ends_in_time(endless: Endless) {
    let name = endless.name;
    let is_dead_slow = endless.again.is_empty();
    let peer = Peer::with(move |stream, seen| {
        let endless = endless.clone();
        async move {
            if is_dead_slow {
                let mut stream = stream;
                seen.request(&mut stream).await;
                seen.write(&mut stream, &endless.once).await;
                std::future::pending::<()>().await;
            } else {
                endless.serve(stream, seen).await;
            }
        }
    })
    .await;
    let client = Client::builder(peer.config()).max_retries(0).timeout(TIMEOUT).build().unwrap();
    let started = Instant::now();
    let result = tokio::time::timeout(Duration::from_secs(20), client.send(render())).await;
    let took = started.elapsed();
    println!("{name}: {took:?}");
    let error = result.unwrap_or_else(|_| panic!("{name}: it hangs")).map(|reply| reply.raw);
    assert!(took < TIMEOUT + GRACE, "{name}: {took:?}");
    assert!(
        matches!(error, Err(Error::Timeout { .. } | Error::Transport { .. } | Error::Decode { .. })),
        "{name}: {error:?}"
    );
    // Nobody reads on behind the caller's back, but for what is being read in one go.
    let mut before = usize::MAX;
    while started.elapsed() < Duration::from_secs(40) && peer.bytes_written() != before {
        before = peer.bytes_written();
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    assert_eq!(peer.bytes_written(), before, "{name}: it is read on after the call");
}

#[tokio::test]
async fn an_answer_without_end_ends_at_the_timeout_on_one_thread() {
    for endless in kinds() {
        ends_in_time(endless).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_without_end_ends_at_the_timeout_on_several_threads() {
    for endless in kinds() {
        ends_in_time(endless).await;
    }
}

/// The process's memory, at its highest since the last reset.
#[cfg(target_os = "linux")]
mod memory {
    pub fn reset() -> usize {
        // Where it cannot be reset, the highest of all is asserted, which is more.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        of("VmRSS:")
    }

    pub fn highest() -> usize {
        of("VmHWM:")
    }

    fn of(name: &str) -> usize {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() << 10
    }
}

/// So many spaces.
fn bomb(spaces: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let piece = vec![b' '; 1 << 20];
    for _ in 0..spaces >> 20 {
        encoder.write_all(&piece).unwrap();
    }
    encoder.finish().unwrap()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_bomb_takes_no_more_memory_than_its_limit_allows() {
    const LIMIT: usize = 8 << 20;
    let one = bomb(1 << 28);
    let two = gzip(&one);
    let plain = vec![0x28; 256 << 10];
    for (encoding, body, is_large) in [
        ("gzip", &one, true),
        ("x-gzip", &one, true),
        ("GZIP", &one, true),
        ("gzip, gzip", &two, false),
        ("br", &plain, false),
        ("zstd", &plain, false),
        ("deflate", &plain, false),
    ] {
        let peer = Peer::answering(answer("200 OK", &format!("content-encoding: {encoding}\r\n"), body)).await;
        let mut config = peer.config();
        config.max_reply_bytes = LIMIT;
        let client = Client::builder(config).max_retries(0).build().unwrap();
        let before = memory::reset();
        let started = Instant::now();
        let error = client.send(render()).await.unwrap_err();
        let grown = memory::highest().saturating_sub(before);
        println!("{encoding}, {} bytes: {:?}, {} MB more", body.len(), started.elapsed(), grown >> 20);
        assert_eq!(matches!(error, Error::TooLarge { limit: LIMIT, .. }), is_large, "{encoding}: {error:?}");
        assert!(is_large || error.to_string().contains("which was not asked for"), "{encoding}: {error}");
        // A list that grows is copied, so for a moment there are one and a half of it.
        assert!(grown < 4 * LIMIT, "{encoding}: {grown} bytes more");
    }
}

#[tokio::test]
async fn gzip_in_all_its_spellings_is_read() {
    for encoding in ["gzip", "x-gzip", "GZip", "X-GZIP", "identity, gzip", " gzip"] {
        let packed = answer("200 OK", &format!("content-encoding: {encoding}\r\n"), gzip(REFUND.as_bytes()));
        let peer = Peer::answering(packed).await;
        let reply = peer.client().send(render()).await.unwrap();
        assert_eq!(reply.raw, REFUND.as_bytes(), "{encoding}");
        assert_eq!(peer::header(&peer.requests()[0], "accept-encoding"), Some("gzip"));
    }
    // Members one after the other are one text, and an empty body has no gzip.
    let members = [gzip(&REFUND.as_bytes()[..20]), gzip(&REFUND.as_bytes()[20..])].concat();
    let peer = Peer::answering(answer("200 OK", "content-encoding: gzip\r\n", members)).await;
    assert_eq!(peer.client().send(render()).await.unwrap().raw, REFUND.as_bytes());
    let peer = Peer::answering(answer("200 OK", "content-encoding: gzip\r\n", "")).await;
    let error = peer.client().send(render()).await.unwrap_err();
    assert!(error.to_string().contains("the body is empty"), "{error}");
}

#[tokio::test]
async fn a_damaged_gzip_is_no_reply() {
    let whole = gzip(REFUND.as_bytes());
    let mut wrong_sum = whole.clone();
    let sum = wrong_sum.len() - 8;
    wrong_sum[sum] ^= 1;
    let garbage_behind = [whole.as_slice(), b"{\"code\":200}"].concat();
    for body in [wrong_sum, garbage_behind, whole[..whole.len() - 1].to_vec(), whole[..5].to_vec()] {
        let peer = Peer::answering(answer("200 OK", "content-encoding: gzip\r\n", body)).await;
        let error = peer.client().send(render()).await.unwrap_err();
        assert!(matches!(error, Error::Decode { .. }) && error.to_string().contains("labelled as gzip"), "{error:?}");
    }
}

#[tokio::test]
async fn a_time_of_nothing_is_a_wrong_setting_and_no_write_in_doubt() {
    let peer = Peer::keeping(peer::ok(REFUND)).await;
    for time in [Duration::ZERO, Duration::from_micros(999)] {
        let policy = RetryPolicy { timeout: time, ..RetryPolicy::default() };
        let is_named = |error: &Error| matches!(error, Error::Config { field, .. } if field == "timeout");
        let refused = Client::builder(peer.config()).policy(policy).build().unwrap_err();
        assert!(is_named(&refused), "{refused:?}");
        let client = peer.client().with_policy(policy);
        let refused = client.send_json("taobao.order.pay", r#"{"orderId":"1"}"#).await.unwrap_err();
        assert!(is_named(&refused), "{refused:?}");
        assert!(is_named(&client.send(render()).await.unwrap_err()));
        // A deadline of nothing is kept: the call is over before it is sent, in every language.
        let client = peer.client().with_policy(RetryPolicy { deadline: time, ..RetryPolicy::default() });
        let over = client.send_json("taobao.order.pay", r#"{"orderId":"1"}"#).await.unwrap_err();
        assert!(matches!(over, Error::Timeout { .. }), "{over:?}");
    }
    assert_eq!(peer.connections(), 0);
}
