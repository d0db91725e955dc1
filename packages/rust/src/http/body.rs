//! The body of an answer: read piece by piece, unpacked as it comes, and no further than the limit.

use super::failure;
use crate::transport::Failure;
use flate2::write::MultiGzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use std::io::{self, Write};

pub(super) async fn read(mut answer: reqwest::Response, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut body = if is_packed(answer.headers())? {
        Body::Packed(Box::new(MultiGzDecoder::new(Bounded::new(0, limit))))
    } else {
        let announced = usize::try_from(answer.content_length().unwrap_or(0)).unwrap_or(usize::MAX);
        if announced > limit {
            return Err(Failure::too_large());
        }
        Body::Plain(Bounded::new(announced, limit))
    };
    let mut is_empty = true;
    while let Some(piece) = answer.chunk().await.map_err(failure::classify)? {
        is_empty &= piece.is_empty();
        body.add(&piece)?;
    }
    if is_empty { Ok(Vec::new()) } else { body.whole() }
}

/// Whether the body is gzip: the one form that is asked for, and in one layer.
fn is_packed(headers: &HeaderMap) -> Result<bool, Failure> {
    let values = headers.get_all(CONTENT_ENCODING).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let layers = values.collect::<Vec<_>>().join(",").to_ascii_lowercase();
    let layers: Vec<_> = layers.split(',').map(str::trim).filter(|layer| !matches!(*layer, "" | "identity")).collect();
    match layers.as_slice() {
        [] => Ok(false),
        ["gzip" | "x-gzip"] => Ok(true),
        other => {
            let encoding = other.join(", ");
            Err(Failure::unreadable(format!("the body is encoded as {encoding:?}, which was not asked for")))
        }
    }
}

enum Body {
    Packed(Box<MultiGzDecoder<Bounded>>),
    Plain(Bounded),
}

impl Body {
    fn add(&mut self, piece: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Packed(unpacking) => {
                let added = unpacking.write_all(piece);
                added.map_err(|error| unpacking.get_ref().failure(&format!("is not gzip: {error}")))
            }
            Self::Plain(bounded) => bounded.write_all(piece).map_err(|error| bounded.failure(&error.to_string())),
        }
    }

    fn whole(self) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Packed(mut unpacking) => match unpacking.try_finish() {
                Ok(()) => Ok(std::mem::take(&mut unpacking.get_mut().bytes)),
                Err(error) => Err(unpacking.get_ref().failure(&format!("is cut off or damaged: {error}"))),
            },
            Self::Plain(bounded) => Ok(bounded.bytes),
        }
    }
}

/// Bytes up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
    is_full: bool,
}

impl Bounded {
    /// What is announced is not yet here: a large number alone must not take memory.
    fn new(announced: usize, limit: usize) -> Self {
        Self { bytes: Vec::with_capacity(announced.min(1 << 20)), limit, is_full: false }
    }

    fn failure(&self, reason: &str) -> Failure {
        if self.is_full {
            return Failure::too_large();
        }
        Failure::unreadable(format!("the body is labelled as gzip, but it {reason}"))
    }
}

impl Write for Bounded {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if piece.len() > self.limit - self.bytes.len() {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn packed(values: &[&'static str]) -> Option<bool> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(CONTENT_ENCODING, HeaderValue::from_static(value));
        }
        is_packed(&headers).ok()
    }

    #[test]
    fn gzip_has_several_spellings_and_one_layer() {
        for values in [&["gzip"][..], &["x-gzip"], &["GZIP"], &["X-GZip"], &[" gzip "], &["identity, gzip"], &["gzip,"]]
        {
            assert_eq!(packed(values), Some(true), "{values:?}");
        }
        for values in [&[][..], &[""], &["identity"], &["Identity"], &["identity", "identity"]] {
            assert_eq!(packed(values), Some(false), "{values:?}");
        }
        for values in
            [&["gzip, gzip"][..], &["gzip", "gzip"], &["gzip, br"], &["br"], &["zstd"], &["deflate"], &["gzip2"]]
        {
            assert_eq!(packed(values), None, "{values:?}");
        }
    }
}
