//! Paths that are other than the tables say, from a file and from flags.

use crate::args::PathArgs;
use crate::failure::Failure;
use crate::text;
use std::collections::BTreeMap;
use std::path::Path;

/// Those of the file, and of the flags, which win. The core checks them.
pub fn of(args: PathArgs) -> Result<BTreeMap<String, String>, Failure> {
    let mut paths = match args.paths.filter(|file| !file.is_empty()) {
        Some(file) => read(&file)?,
        None => BTreeMap::new(),
    };
    paths.extend(args.path);
    Ok(paths)
}

fn read(file: &str) -> Result<BTreeMap<String, String>, Failure> {
    let wrong = |reason: String| {
        Failure::usage(format!("the paths in {file}: {reason}"))
            .hint("it is a JSON object, as {\"taobao.order.page\": \"POST /open/order/page\"}")
    };
    let json = text::read(Path::new(file)).map_err(wrong)?;
    let paths: BTreeMap<String, String> = serde_json::from_str(&json).map_err(|error| wrong(error.to_string()))?;
    match paths.keys().find_map(|id| xportcn::endpoint(id).err()) {
        Some(unknown) => Err(wrong(unknown.to_string())),
        None => Ok(paths),
    }
}
