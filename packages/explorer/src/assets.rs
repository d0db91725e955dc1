//! The built page, within the program.

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};

/// A file of the page.
struct Asset {
    path: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

macro_rules! asset {
    ($name:literal, $content_type:literal) => {
        Asset {
            path: concat!("/", $name),
            content_type: $content_type,
            bytes: include_bytes!(concat!("../assets/", $name)),
        }
    };
}

/// All files.
const ASSETS: &[Asset] = &[
    asset!("index.html", "text/html; charset=utf-8"),
    asset!("app.css", "text/css; charset=utf-8"),
    asset!("app.js", "text/javascript; charset=utf-8"),
    asset!("editor.js", "text/javascript; charset=utf-8"),
    asset!("icon.svg", "image/svg+xml"),
    asset!("licences.txt", "text/plain; charset=utf-8"),
    asset!("requests.js", "text/javascript; charset=utf-8"),
    asset!("scenarios.json", "application/json"),
    asset!("tables.json", "application/json"),
];

/// The page's own address is that of `index.html`.
pub(crate) fn find(path: &str) -> Option<Response<Body>> {
    let path = if path == "/" { "/index.html" } else { path };
    let asset = ASSETS.iter().find(|asset| asset.path == path)?;
    let mut response = Response::new(Body::from(asset.bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_of_the_page_is_in_the_program() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        let names =
            folder.read_dir().unwrap().map(|entry| format!("/{}", entry.unwrap().file_name().to_str().unwrap()));
        let known = ASSETS.iter().map(|asset| asset.path.to_string());
        assert_eq!(known.collect::<BTreeSet<_>>(), names.collect());
    }
}
