//! The proxy that the environment names. The HTTP library takes a wrong setting for none, and would go past the proxy.

use hyper::Uri;
use std::env;
use std::ffi::OsString;
use xportcn_core::Error;

/// The variables for HTTPS, each in both spellings: the first that is set counts, and the second pair where the first
/// names no proxy.
const VARIABLES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];

/// What can be spoken to a proxy.
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// Refuses proxy settings of the environment that cannot be used, by the variable's name. Calls over HTTPS go through the
/// proxy that `HTTPS_PROXY` or else `ALL_PROXY` names, unless `NO_PROXY` names the host.
///
/// # Errors
/// [`Error::Config`] with the variable's name as its field. Its value, which may hold a password, is not repeated.
pub fn check_proxy() -> Result<(), Error> {
    // Below a web server's CGI the variables may be of a stranger, so no proxy is used.
    if env::var_os("REQUEST_METHOD").is_some() {
        return Ok(());
    }
    check(|name| env::var_os(name))
}

fn check(variable: impl Fn(&str) -> Option<OsString>) -> Result<(), Error> {
    for names in VARIABLES {
        let Some((name, value)) = names.into_iter().find_map(|name| Some((name, variable(name)?))) else { continue };
        if value.is_empty() {
            continue;
        }
        return match value.to_str().map_or(Err("is not UTF-8"), fault) {
            Ok(()) => Ok(()),
            Err(reason) => Err(Error::Config { field: name.into(), reason: format!("{reason}; {MEANT}") }),
        };
    }
    Ok(())
}

const MEANT: &str = "write the proxy as http://host:port, or unset it";

fn fault(value: &str) -> Result<(), &'static str> {
    let uri: Uri = value.parse().map_err(|_| "is no address")?;
    if uri.scheme_str().is_some_and(|scheme| !SCHEMES.contains(&scheme)) {
        return Err("names no kind of proxy that is known: http, https, socks5");
    }
    let authority = uri.authority().ok_or("has no host")?;
    let place = authority.as_str().rsplit('@').next().unwrap_or_default();
    let port = place.rsplit(']').next().unwrap_or_default().split_once(':');
    if authority.host().is_empty() {
        return Err("has no host");
    }
    match port {
        Some((_, port)) if port.parse::<u16>().is_err() => Err("has no valid port"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(variables: &[(&str, &str)]) -> Option<(String, String)> {
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        match check(variable) {
            Ok(()) => None,
            Err(Error::Config { field, reason }) => Some((field, reason)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn usual_settings_are_taken() {
        for value in [
            "http://proxy.example:3128",
            "http://proxy.example:3128/",
            "https://proxy.example",
            "proxy.example:3128",
            "proxy",
            "http://user:p%40ss@proxy.example:3128",
            "http://[::1]:3128",
            "socks5h://127.0.0.1:1080",
            "HTTP://PROXY:80",
        ] {
            assert_eq!(refused(&[("HTTPS_PROXY", value)]), None, "{value}");
            assert_eq!(refused(&[("all_proxy", value)]), None, "{value}");
        }
        assert_eq!(refused(&[]), None);
        assert_eq!(refused(&[("HTTPS_PROXY", "")]), None);
        assert_eq!(refused(&[("HTTP_PROXY", "none of ours")]), None);
    }

    #[test]
    fn wrong_settings_are_named_and_not_repeated() {
        for (value, words) in [
            ("http://proxy.example:port", "no valid port"),
            ("http://proxy.example:99999", "no valid port"),
            ("http://proxy.example:", "no valid port"),
            ("ftp://proxy.example:21", "no kind of proxy"),
            ("http://", "no address"),
            ("/proxy", "no host"),
            ("hidden secret", "no address"),
            ("http://user:hidden@@proxy:1 ", "no address"),
            ("http://:3128", "no"),
        ] {
            for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
                let (field, reason) = refused(&[(name, value)]).unwrap_or_else(|| panic!("{value}"));
                assert_eq!(field, name);
                assert!(reason.contains(words) && reason.contains("http://host:port"), "{value}: {reason}");
                assert!(!reason.contains("hidden"), "{reason}");
            }
        }
    }

    #[test]
    fn what_does_not_count_is_not_judged() {
        let right = "http://proxy:3128";
        assert_eq!(refused(&[("HTTPS_PROXY", right), ("https_proxy", "?"), ("ALL_PROXY", "?")]), None);
        assert_eq!(refused(&[("HTTPS_PROXY", ""), ("ALL_PROXY", "?")]).unwrap().0, "ALL_PROXY");
    }
}
