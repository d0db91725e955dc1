//! What is said of a client's settings in every language.

use xportcn_core::settings::{Kind, SETTINGS, Setting};

/// The settings of a client that no call has of its own, or that there is no client without.
pub fn of_client() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|setting| !setting.per_call || setting.docs.required)
}

/// The settings that a call may have of its own.
pub fn of_call() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|setting| setting.per_call)
}

/// A setting's meaning, and behind it its default; a flag's is false. `duration` says a number of milliseconds as the
/// language has it.
pub fn about(setting: &Setting, duration: impl Fn(u64) -> String) -> String {
    let usual = setting.usual().and_then(|usual| match setting.kind {
        Kind::Duration(_) => Some(duration(usual.parse().unwrap_or_default())),
        Kind::Flag(_) => None,
        Kind::OneOf(_) | Kind::Url(_) => Some(format!("`{usual}`")),
        _ => Some(usual),
    });
    let usual = usual.map(|usual| format!(" Default: {usual}."));
    setting.docs.meaning.to_string() + &usual.unwrap_or_default()
}

/// Milliseconds in words.
pub fn in_words(millis: u64) -> String {
    if millis.is_multiple_of(1000) { format!("{} seconds", millis / 1000) } else { format!("{millis} milliseconds") }
}

/// Milliseconds as a number of seconds.
pub fn in_seconds(millis: u64) -> String {
    format!("{} seconds", millis as f64 / 1000.0)
}

/// Milliseconds as they are.
pub fn in_millis(millis: u64) -> String {
    format!("{millis} milliseconds")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_stands_behind_the_meaning() {
        let named = |name: &str| SETTINGS.iter().find(|setting| setting.name == name).unwrap();
        assert!(about(named("timeout"), in_words).ends_with("may take. Default: 30 seconds."));
        assert!(about(named("initial_backoff"), in_words).ends_with(" Default: 500 milliseconds."));
        assert!(about(named("initial_backoff"), in_seconds).ends_with(" Default: 0.5 seconds."));
        assert!(about(named("max_backoff"), in_millis).ends_with(" Default: 8000 milliseconds."));
        assert!(about(named("signature"), in_millis).ends_with(" Default: `md5`."));
        assert_eq!(about(named("access_key"), in_millis), "The developer's access key.");
        assert_eq!(of_client().count() + of_call().count(), SETTINGS.len() + 1, "the sub-account is of both");
    }
}
