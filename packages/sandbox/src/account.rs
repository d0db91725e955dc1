//! Who may call: access keys with their secrets and sub-accounts.

use std::collections::{HashMap, HashSet};
use std::io;
use xportcn_core::{Config, Secret};

/// The access key of the account that is there unless others are set.
pub const ACCESS_KEY: &str = Config::SANDBOX_ACCESS_KEY;
/// The access secret of the account that is there unless others are set. It opens nothing but the sandbox.
pub const ACCESS_SECRET: &str = Config::SANDBOX_ACCESS_SECRET;
/// The user id of the account that is there unless others are set.
pub const USER_ID: &str = "sandbox-user";

/// The accounts, by access key.
#[derive(Debug, Default)]
pub(crate) struct Accounts(HashMap<String, Account>);

/// An access key's secret and the users that it may act for.
#[derive(Debug)]
pub(crate) struct Account {
    secret: Secret,
    users: HashSet<String>,
}

impl Accounts {
    /// Adds a user to an access key.
    ///
    /// # Errors
    /// Refuses what cannot stand in a header, and a second secret for the same key.
    pub(crate) fn add(&mut self, access_key: &str, access_secret: &str, user_id: &str) -> io::Result<()> {
        for (name, value) in [("access key", access_key), ("access secret", access_secret), ("user id", user_id)] {
            if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(wrong(format!("the {name} must be visible ASCII characters, at least one")));
            }
        }
        let account = self
            .0
            .entry(access_key.to_string())
            .or_insert_with(|| Account { secret: Secret::new(access_secret), users: HashSet::new() });
        if account.secret.expose() != access_secret {
            return Err(wrong(format!("the access key {access_key} has two secrets")));
        }
        account.users.insert(user_id.to_string());
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The account of an access key.
    pub(crate) fn find(&self, access_key: &str) -> Option<&Account> {
        self.0.get(access_key)
    }
}

impl Account {
    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Whether the access key may act for this user.
    pub(crate) fn has_user(&self, user_id: &str) -> bool {
        self.users.contains(user_id)
    }
}

fn wrong(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}
