//! Secrets in the system's keyring: the Secret Service, Keychain, or the Credential Manager.

use keyring::v1::Entry;
use xportcn_core::{Error, Secret};

/// What the keyring knows the secrets by, beside the access key.
const SERVICE: &str = "xportcn";

/// The secret of an access key.
pub(super) fn secret(access_key: &str) -> Result<Secret, Error> {
    match entry(access_key)?.get_password() {
        Ok(secret) => Ok(Secret::new(secret)),
        Err(keyring::v1::Error::NoEntry) => {
            Err(wrong("is not in the system's keyring; `xportcn login` puts it there".to_string()))
        }
        Err(error) => Err(unusable(&error)),
    }
}

/// Keeps the secret of an access key in the keyring.
///
/// # Errors
/// [`Error::Config`] where there is no keyring, or it refuses.
pub fn keep(access_key: &str, secret: &Secret) -> Result<(), Error> {
    entry(access_key)?.set_password(secret.expose()).map_err(|error| unusable(&error))
}

/// Removes the secret of an access key from the keyring; false where there is none.
///
/// # Errors
/// As for [`keep`].
pub fn forget(access_key: &str) -> Result<bool, Error> {
    match entry(access_key)?.delete_credential() {
        Ok(()) => Ok(true),
        Err(keyring::v1::Error::NoEntry) => Ok(false),
        Err(error) => Err(unusable(&error)),
    }
}

fn entry(access_key: &str) -> Result<Entry, Error> {
    // Why there is no store is told only here.
    if let Err(error) = Entry::store_status() {
        return Err(unusable(error));
    }
    Entry::new(SERVICE, access_key).map_err(|error| unusable(&error))
}

fn unusable(error: &keyring::v1::Error) -> Error {
    wrong(format!("cannot be kept in the system's keyring or read from it ({error})"))
}

fn wrong(reason: String) -> Error {
    Error::Config { field: "access_secret".to_string(), reason }
}
