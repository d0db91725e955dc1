//! Where the platform is: which base URLs are taken, and which hosts stand for what is near.

use alloc::string::{String, ToString};

/// The base URL with its scheme in small letters and without a slash at its end, or what is wrong with it. A sandbox, of
/// which nobody keeps a secret, may be called in the clear in private networks, too.
pub(crate) fn checked(url: &str, is_sandbox: bool) -> Result<String, &'static str> {
    if url.is_empty() {
        return Err("is empty; leave it out to call the platform itself");
    }
    let (scheme, rest) = split(url).ok_or("must begin with https://")?;
    let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len())).unwrap_or((rest, ""));
    if authority.bytes().any(|byte| byte == b'@') {
        return Err("must not hold a user name or password");
    }
    let host = host_of(authority).ok_or("has no valid host and port")?;
    if !path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte)) {
        return Err("may hold a path, but no query, fragment, space or escape");
    }
    if path.split('/').any(|step| step == "." || step == "..") {
        return Err("must not hold `.` or `..` as a step");
    }
    if scheme.eq_ignore_ascii_case("http") {
        let may_be_clear = is_loopback(host) || (is_sandbox && is_private(host));
        if !may_be_clear {
            return Err(
                "must begin with https://; http:// is for this machine only, and with the sandbox's own account for private networks",
            );
        }
    } else if !scheme.eq_ignore_ascii_case("https") {
        return Err("must begin with https://");
    }
    let mut url = url.to_string();
    if let Some(scheme) = url.get_mut(..scheme.len()) {
        scheme.make_ascii_lowercase();
    }
    while url.ends_with('/') {
        url.pop();
    }
    Ok(url)
}

/// Whether what is sent there must not go through a proxy: it would see what is in the clear, and it does not reach this
/// machine.
pub fn is_direct(url: &str) -> bool {
    split(url).is_some() && proxied_host(url).is_none()
}

/// The host of an address that has been checked, where requests to it may go through a proxy.
pub(crate) fn proxied_host(url: &str) -> Option<&str> {
    let (scheme, rest) = split(url)?;
    let host = host_of(rest.split('/').next()?)?;
    (!scheme.eq_ignore_ascii_case("http") && !is_loopback(host)).then_some(host)
}

/// Whether a host, without its port and without brackets, is this machine.
pub fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || matches!(ipv4(host), Some([127, ..]))
        || matches!(ipv6(host), Some([0, 0, 0, 0, 0, 0, 0, 1]))
}

/// Whether a host, without its port and without brackets, can only be one of a private network: an address or a name
/// that nobody can have on the internet.
pub fn is_private(host: &str) -> bool {
    match ipv4(host) {
        Some([10, ..] | [172, 16..=31, ..] | [192, 168, ..]) => return true,
        Some(_) => return is_loopback(host),
        None => {}
    }
    if let Some([first, ..]) = ipv6(host) {
        return first & 0xfe00 == 0xfc00 || is_loopback(host);
    }
    match host.bytes().rposition(|byte| byte == b'.') {
        // Where a name is to begin with a letter, it is no IPv4 address in another form, as 0x08080808 is.
        None => host.as_bytes().first().is_some_and(u8::is_ascii_alphabetic),
        Some(dot) => host.get(dot + 1..).is_some_and(|last| PRIVATE.iter().any(|name| name.eq_ignore_ascii_case(last))),
    }
}

/// The last parts of names that are kept out of the internet.
const PRIVATE: [&str; 4] = ["internal", "local", "localhost", "test"];

fn split(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// The host of `host:port`, without brackets; absent if either is malformed.
fn host_of(authority: &str) -> Option<&str> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').filter(|(host, _)| ipv6(host).is_some())?,
        None => {
            let (host, port) = authority.split_at_checked(authority.find(':').unwrap_or(authority.len()))?;
            let named = host.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.'));
            (!host.is_empty() && named).then_some((host, port))?
        }
    };
    let port_fits = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_digit()) && digits.parse::<u16>().is_ok(),
        None => port.is_empty(),
    };
    port_fits.then_some(host)
}

/// The standard library's parsers of addresses would weigh 2 KB in WebAssembly.
fn ipv4(host: &str) -> Option<[u8; 4]> {
    let mut address = [0; 4];
    let mut parts = host.split('.');
    for byte in &mut address {
        let part = parts.next()?;
        let plain = part.bytes().all(|c| c.is_ascii_digit()) && (part.len() == 1 || !part.starts_with('0'));
        *byte = part.parse().ok().filter(|_| plain)?;
    }
    parts.next().is_none().then_some(address)
}

/// An address in hexadecimal groups; not the form that ends in one of IPv4.
fn ipv6(host: &str) -> Option<[u16; 8]> {
    let mut groups = [0; 8];
    let (mut count, mut gap, mut rest) = (0, None, host);
    if let Some(tail) = rest.strip_prefix("::") {
        (gap, rest) = (Some(0), tail);
    }
    while !rest.is_empty() {
        let end = rest.bytes().position(|c| c == b':').unwrap_or(rest.len());
        let (group, tail) = rest.split_at_checked(end)?;
        let plain = (1..=4).contains(&group.len()) && group.bytes().all(|c| c.is_ascii_hexdigit());
        *groups.get_mut(count)? = u16::from_str_radix(group, 16).ok().filter(|_| plain)?;
        count += 1;
        rest = match (tail.strip_prefix("::"), tail.strip_prefix(':')) {
            (Some(tail), _) if gap.is_none() => {
                gap = Some(count);
                tail
            }
            (None, Some(tail)) if !tail.is_empty() => tail,
            _ if tail.is_empty() => tail,
            _ => return None,
        };
    }
    match gap {
        // A gap stands for one group at least.
        Some(gap) if count < 8 => groups.get_mut(gap..)?.rotate_right(8 - count),
        None if count == 8 => {}
        _ => return None,
    }
    Some(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::core::net::{Ipv4Addr, Ipv6Addr};

    #[test]
    fn what_is_for_this_machine_or_without_encryption_goes_through_no_proxy() {
        for url in [
            "https://localhost",
            "https://LOCALHOST:1/api",
            "https://127.0.0.1:8443",
            "https://[::1]/api",
            "http://127.0.0.1:8080",
            "http://shop.example",
        ] {
            assert_eq!(proxied_host(url), None, "{url}");
        }
        assert_eq!(proxied_host("https://www.xportcn.com/openapi"), Some("www.xportcn.com"));
        assert_eq!(proxied_host("HTTPS://shop.example:8443/api"), Some("shop.example"));
        assert_eq!(proxied_host("https://[2001:db8::1]"), Some("2001:db8::1"));
    }

    #[test]
    fn the_scheme_is_written_in_small_letters() {
        for (url, expected) in [
            ("HTTP://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("Https://Example.com/API//", "https://Example.com/API"),
        ] {
            assert_eq!(checked(url, false).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn an_empty_address_is_not_the_platforms() {
        assert!(checked("", true).unwrap_err().starts_with("is empty"));
    }

    #[test]
    fn a_sandbox_may_be_called_in_the_clear_in_private_networks() {
        for host in [
            "sandbox",
            "SANDBOX",
            "xportcn-sandbox-1",
            "host.docker.internal",
            "sandbox.default.svc.cluster.local",
            "sandbox.test",
            "10.0.2.2",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.20",
            "[fd00::1]",
            "[fc00:1:2:3:4:5:6:7]",
        ] {
            let url = alloc::format!("http://{host}:8080");
            assert!(checked(&url, true).is_ok(), "{url}");
            assert!(checked(&url, false).unwrap_err().contains("https://"), "{url}");
        }
        for host in [
            "www.xportcn.com",
            "example.com",
            "sandbox.example",
            "internal.example.com",
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "192.169.0.1",
            "11.0.0.1",
            "100.64.0.1",
            "0.0.0.0",
            // Forms of 8.8.8.8 and 10.0.0.1 that URLs of some hosts know.
            "134744072",
            "0x08080808",
            "010.0.0.1",
            "10.1",
            "sandbox.",
            "[2001:db8::1]",
            "[fe80::1]",
        ] {
            let url = alloc::format!("http://{host}:8080");
            assert!(checked(&url, true).is_err(), "{url}");
        }
    }

    #[test]
    fn what_is_in_the_clear_or_for_this_machine_goes_through_no_proxy() {
        for url in
            ["http://127.0.0.1:1", "http://sandbox:8080/api", "HTTP://x", "https://localhost:8443", "https://[::1]/"]
        {
            assert!(is_direct(url), "{url}");
        }
        for url in ["https://www.xportcn.com/api", "https://localhost.example.com", "https://10.0.0.1", "", "https:"] {
            assert!(!is_direct(url), "{url}");
        }
    }

    #[test]
    fn addresses_are_those_of_the_standard_library() {
        let texts = [
            "",
            ":",
            "::",
            ":::",
            "::1",
            "1::",
            "1::1",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7",
            "::1:2:3:4:5:6:7",
            "::1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "1:2:3:4::5:6:7:8",
            "1::2::3",
            "1:",
            ":1",
            "12345::",
            "g::",
            "fe80::1%1",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            "0:0:0:0:0:0:0:1",
            "1:::2",
            "1::2:",
            "+1::",
            "127.0.0.1",
            "127.0.0",
            "127.0.0.1.1",
            "256.0.0.1",
            "1..2.3",
            "+1.2.3.4",
            "1.2.3.4 ",
            "01.2.3.4",
            "0.0.0.0",
            "255.255.255.255",
            "00.0.0.0",
        ];
        for text in texts {
            assert_eq!(ipv4(text), text.parse::<Ipv4Addr>().ok().map(|ip| ip.octets()), "{text}");
            assert_eq!(ipv6(text), text.parse::<Ipv6Addr>().ok().map(|ip| ip.segments()), "{text}");
        }
    }
}
