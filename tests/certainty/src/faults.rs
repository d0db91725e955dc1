//! What goes wrong: on most writes something, on a few of the calls that look for them too.

use serde_json::json;
use std::time::Duration;
use xportcn_sandbox::Faults;

/// The longest time after which a write is carried out whose answer is lost.
pub const LATE_MS: u64 = 600;
/// The longest time after which reads show what a write did.
pub const SHOW_MS: u64 = 900;
/// How long writes are looked for: longer than they may take and stay hidden, with what the machine needs besides.
pub const WINDOW: Duration = Duration::from_millis(3600);
/// How long an attempt may take; what never answers costs as much.
pub const TIMEOUT: Duration = Duration::from_millis(1500);

/// The rules for one sandbox. The first that is due counts.
pub fn faults(seed: u64) -> Faults {
    let writes = xportcn::catalogue::ENDPOINTS.iter().filter(|row| row.effect.is_some());
    let mut rules = Vec::new();
    for row in writes {
        let lost = ["reset", "reset", "truncate", "envelope-500", "envelope-503", "502", "silent", "late", "late"];
        rules.push(json!({"endpoint": row.id, "kinds": ["reset"], "when": "within", "rate": 0.03}));
        rules.push(json!({"endpoint": row.id, "kinds": lost, "rate": 0.14, "showAfterMs": format!("1-{SHOW_MS}")}));
        rules.push(json!({"endpoint": row.id, "kinds": lost, "rate": 0.36}));
        rules
            .push(json!({"endpoint": row.id, "kinds": ["hidden"], "rate": 0.1, "showAfterMs": format!("1-{SHOW_MS}")}));
        rules.push(json!({"endpoint": row.id, "kinds": ["429"], "rate": 0.02}));
    }
    rules.push(json!({"kinds": ["reset", "truncate", "503"], "rate": 0.02}));
    let file = json!({"seed": seed, "lateMs": format!("50-{LATE_MS}"), "rules": rules});
    Faults::from_json(&file.to_string()).unwrap_or_else(|error| panic!("{file}: {error}"))
}
