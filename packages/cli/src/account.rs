//! The account to call for, from flags, variables and a profile.

use crate::args::AccountArgs;
use crate::failure::Failure;
use xportcn::profile::Profile;
use xportcn::{Config, RetryPolicy, Secret};

/// The settings of the account, and of its profile.
pub fn settings(account: AccountArgs) -> Result<(Config, RetryPolicy), Failure> {
    let profile = Profile::find(account.profile.as_deref())?;
    let (mut config, policy) = match &profile {
        Some(profile) => (profile.config().clone(), profile.policy()),
        None => (Config::new("", "", ""), RetryPolicy::default()),
    };
    let access_key = or(account.access_key, &config.access_key);
    let access_secret = secret(account.access_secret, &access_key, profile.as_ref())?;
    let user_id = or(account.user_id, &config.user_id);
    all_given([
        ("XPORTCN_ACCESS_KEY", "--access-key", &access_key),
        ("XPORTCN_ACCESS_SECRET", "--access-secret", access_secret.expose()),
        ("XPORTCN_USER_ID", "--user-id", &user_id),
    ])?;
    (config.access_key, config.access_secret, config.user_id) = (access_key, access_secret, user_id);
    Ok((config, policy))
}

/// The settings of the account, for what is not tried again.
pub fn config(account: AccountArgs) -> Result<Config, Failure> {
    settings(account).map(|(config, _)| config)
}

/// The access key and the secret: pushed messages are of the developer, not of a sub-account.
pub fn keys(account: AccountArgs) -> Result<(String, Secret), Failure> {
    let profile = Profile::find(account.profile.as_deref())?;
    let of_profile = profile.as_ref().map_or("", |profile| &profile.config().access_key);
    let access_key = or(account.access_key, of_profile);
    let access_secret = secret(account.access_secret, &access_key, profile.as_ref())?;
    all_given([
        ("XPORTCN_ACCESS_KEY", "--access-key", &access_key),
        ("XPORTCN_ACCESS_SECRET", "--access-secret", access_secret.expose()),
    ])?;
    Ok((access_key, access_secret))
}

fn or(given: Option<String>, of_profile: &str) -> String {
    given.filter(|given| !given.is_empty()).unwrap_or_else(|| of_profile.to_string())
}

/// The secret that belongs to the access key: a profile's is of its own key alone. The keyring is asked only where it is
/// needed.
fn secret(given: Option<String>, access_key: &str, profile: Option<&Profile>) -> Result<Secret, Failure> {
    if let Some(given) = given.filter(|given| !given.is_empty()) {
        return Ok(Secret::new(given));
    }
    match profile.filter(|profile| !access_key.is_empty() && profile.config().access_key == access_key) {
        Some(profile) => Ok(profile.secret()?),
        None => Ok(Secret::new("")),
    }
}

/// Names the variables and flags that are needed, and of which a value is missing.
fn all_given<const N: usize>(wanted: [(&str, &str, &str); N]) -> Result<(), Failure> {
    let missing: Vec<_> = wanted.iter().filter(|(.., value)| value.is_empty()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let variables = missing.iter().map(|(variable, ..)| *variable).collect::<Vec<_>>().join(", ");
    let flags = missing.iter().map(|(_, flag, _)| *flag).collect::<Vec<_>>().join(", ");
    Err(Failure::usage(format!("no account: set {variables} (or {flags})")).hint(
        "`xportcn login` keeps one; `xportcn demo` needs none; `xportcn sandbox` prints one that works on this machine",
    ))
}
