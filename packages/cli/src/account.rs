//! The account to call for, from flags and variables.

use crate::args::AccountArgs;
use crate::failure::Failure;
use xportcn::{Config, Secret};

/// The settings of the account.
pub fn config(account: AccountArgs) -> Result<Config, Failure> {
    let [access_key, access_secret, user_id] = given([
        ("XPORTCN_ACCESS_KEY", "--access-key", account.access_key),
        ("XPORTCN_ACCESS_SECRET", "--access-secret", account.access_secret),
        ("XPORTCN_USER_ID", "--user-id", account.user_id),
    ])?;
    Ok(Config::new(access_key, access_secret, user_id))
}

/// The access key and the secret: pushed messages are of the developer, not of a sub-account.
pub fn keys(account: AccountArgs) -> Result<(String, Secret), Failure> {
    let [access_key, access_secret] = given([
        ("XPORTCN_ACCESS_KEY", "--access-key", account.access_key),
        ("XPORTCN_ACCESS_SECRET", "--access-secret", account.access_secret),
    ])?;
    Ok((access_key, Secret::new(access_secret)))
}

/// The values of these variables and flags, all of which are needed.
fn given<const N: usize>(wanted: [(&str, &str, Option<String>); N]) -> Result<[String; N], Failure> {
    let missing: Vec<_> = wanted.iter().filter(|(_, _, value)| value.as_ref().is_none_or(String::is_empty)).collect();
    if !missing.is_empty() {
        let variables = missing.iter().map(|(variable, ..)| *variable).collect::<Vec<_>>().join(", ");
        let flags = missing.iter().map(|(_, flag, _)| *flag).collect::<Vec<_>>().join(", ");
        return Err(Failure::usage(format!("no account: set {variables} (or {flags})"))
            .hint("`xportcn demo` needs no account; `xportcn sandbox` prints one that works on this machine"));
    }
    Ok(wanted.map(|(_, _, value)| value.unwrap_or_default()))
}
