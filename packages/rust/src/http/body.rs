//! The body of an answer: read piece by piece, and no further than the limit.

use super::failure;
use crate::transport::Failure;
use reqwest::header::CONTENT_ENCODING;

pub(super) async fn read(mut answer: reqwest::Response, limit: usize) -> Result<Vec<u8>, Failure> {
    // What reqwest has decompressed no longer carries this header.
    if let Some(encoding) = answer.headers().get(CONTENT_ENCODING).filter(|encoding| *encoding != "identity") {
        let encoding = String::from_utf8_lossy(encoding.as_bytes());
        return Err(Failure::unreadable(format!("the body is encoded as {encoding:?}, which was not asked for")));
    }
    let announced = answer.content_length().unwrap_or(0);
    let announced = usize::try_from(announced).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(Failure::too_large());
    }
    // What is announced is not yet here: a large number alone must not take memory.
    let mut body = Vec::with_capacity(announced.min(1 << 20));
    while let Some(piece) = answer.chunk().await.map_err(failure::classify_body)? {
        if piece.len() > limit - body.len() {
            return Err(Failure::too_large());
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}
