//! The words of `xportcn login`, `logout` and `profiles`.

use super::AccountArgs;
use clap::{Args, ValueEnum};

/// Keep an account under a name, for calls with --profile
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn login
  xportcn login --profile test --access-key sandbox-key --user-id sandbox-user --base-url http://127.0.0.1:8080
  pass show xportcn | xportcn login --profile work --store file --access-key KEY --user-id ID
  xportcn call --profile work taobao.after_sale.list pageNo=1 pageSize=10

It asks for what flags and variables do not give; the secret is asked for without showing it, or read from stdin where
that is no terminal. One call that only reads shows whether the platform takes the account.

The account is kept in ~/.config/xportcn/config.toml; XPORTCN_CONFIG names another file. The secret goes to the system's
keyring: the Secret Service, Keychain or the Credential Manager. Where there is none, --store file keeps it in the file,
which then only its owner may read. Any setting may be added there, as timeout = \"10s\".
Flags win over variables, variables over the profile.

Exit codes:
  0  kept
  1  the platform refused the account; nothing was kept
  2  wrong usage, or no keyring
  3  there is no connection; --no-check keeps the account all the same")]
pub struct LoginArgs {
    /// Where the secret is kept
    #[arg(long, value_enum, value_name = "WHERE", default_value_t)]
    pub store: Store,

    /// Keep the account without a call that checks it
    #[arg(long)]
    pub no_check: bool,

    /// Where the platform is, if it is another address than usual
    #[arg(long, value_name = "URL", env = "XPORTCN_BASE_URL", hide_env_values = true)]
    pub base_url: Option<String>,

    #[command(flatten)]
    pub account: AccountArgs,
}

/// Where a secret is kept.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Store {
    /// In the file of profiles, which only its owner may then read
    File,
    /// In the system's keyring
    #[default]
    Keyring,
}

/// Remove a profile, and its secret from the keyring
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn logout --profile work

Exit codes:
  0  removed
  2  there is no such profile, or the keyring cannot be used")]
pub struct LogoutArgs {
    /// The profile
    #[arg(long, value_name = "NAME", env = "XPORTCN_PROFILE", default_value = "default")]
    pub profile: String,
}

/// List the profiles: their names, accounts and addresses, but never a secret
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn profiles --json")]
pub struct ProfilesArgs {
    /// Print a JSON array
    #[arg(long)]
    pub json: bool,
}
