//! The call in a shell: by `xportcn call`, and by curl with the steps that sign it.

use super::Call;
use serde_json::Value;
use xportcn::sign;

/// The steps that make a signature.
const SIGNING: &str = r#"timestamp=$(date +%s)
nonce=$(openssl rand -hex 16)
# MD5 of access key, timestamp, nonce and secret, in upper case.
signature=$(printf %s "$XPORTCN_ACCESS_KEY$timestamp$nonce$XPORTCN_ACCESS_SECRET" | openssl md5 -r | cut -c1-32 | tr a-f A-F)
"#;

/// By the program.
pub(super) fn write(call: &Call<'_>) -> String {
    let is_plain = |value: &Value| matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_));
    let is_word = |(name, value): (&String, &Value)| is_plain(value) && !call.unlisted.contains(&name.as_str());
    let mut words = vec![format!("xportcn call {}", call.id)];
    if call.params.iter().all(is_word) {
        let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
        words.extend(call.params.iter().map(|(name, value)| word(&format!("{name}={}", said(value)))));
    } else {
        let json = serde_json::to_string_pretty(call.params).unwrap_or_default();
        words.push(format!("--json {}", quote(&json)));
    }
    if call.writes {
        // If the answer is lost, the program finds out by calls that only read.
        words.push("--recover".to_string());
    }
    format!("# {}\n{}\n", call.environment, words.join(" "))
}

/// By curl; absent where the client refuses the call.
pub(super) fn write_curl(call: &Call<'_>) -> String {
    let Some(request) = call.sent else { return String::new() };
    let signed = request.url.len() > request.shown_url().len();
    let url = request.shown_url();
    // Rows that are signed in their URL have the timestamp before the signature, as the last.
    let url = match url.rsplit_once("timestamp=") {
        Some((before, _)) if signed => format!("{}\"timestamp=$timestamp&sign=$signature\"", quote(before)),
        _ => quote(url),
    };
    let mut out = format!("# {}\n{SIGNING}\n", call.environment);
    out += &format!("curl --request {} {url}", request.method);
    let own = [
        ("access-key", "$XPORTCN_ACCESS_KEY"),
        ("timestamp", "$timestamp"),
        ("nonce-str", "$nonce"),
        ("user-id", "$XPORTCN_USER_ID"),
        ("signature", "$signature"),
    ];
    for (name, value) in own {
        out += &format!(" \\\n  --header \"{name}: {value}\"");
    }
    for (name, value) in &request.headers {
        if !sign::HEADERS.contains(&name.as_ref()) && name != "user-agent" {
            out += &format!(" \\\n  --header {}", quote(&format!("{name}: {value}")));
        }
    }
    if let Some(body) = &request.body {
        out += &format!(" \\\n  --data-raw {}", quote(&String::from_utf8_lossy(body)));
    }
    out + "\n"
}

/// A word of a command line, quoted where it must be.
fn word(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-=:/,+@%".contains(&byte));
    if is_plain && !text.is_empty() { text.to_string() } else { quote(text) }
}

/// Between single quotes nothing has a meaning but the single quote.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
