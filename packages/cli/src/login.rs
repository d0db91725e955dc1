//! `xportcn login`: keeps an account under a name.

use crate::args::{LoginArgs, Store};
use crate::confirm::refuses_account;
use crate::failure::{Failure, REFUSED};
use crate::output::{self, printable};
use crate::profiles::Kept;
use crate::{logout, params, runtime, text};
use std::io::{self, IsTerminal, Write};
use toml_edit::value;
use xportcn::profile::{self, DEFAULT, Profile};
use xportcn::{Client, Config, Error, RetryPolicy, Secret};

/// A call that only reads, whose path the vendor has published, with the page's own example.
const CHECK: (&str, &str) =
    ("taobao.after_sale.render", r#"{"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1}"#);

pub fn run(args: LoginArgs) -> Result<(), Failure> {
    let name = args.account.profile.unwrap_or_else(|| DEFAULT.to_string());
    check_name(&name)?;
    let before = Profile::all()?.into_iter().find(|profile| profile.name() == name);
    let access_key = given(args.account.access_key, "access key", "--access-key")?;
    let user_id = given(args.account.user_id, "user id", "--user-id")?;
    let secret = secret(args.account.access_secret)?;

    let settings = before.as_ref().map(|profile| (profile.config().clone(), profile.policy()));
    let (mut config, policy) = settings.unwrap_or_else(|| (Config::new("", "", ""), RetryPolicy::default()));
    (config.access_key, config.access_secret, config.user_id) = (access_key.clone(), secret.clone(), user_id.clone());
    if let Some(base_url) = &args.base_url {
        config.base_url = base_url.clone();
    }
    let client = Client::builder(config).policy(policy).build()?;
    if !args.no_check {
        check(&client)?;
    }

    let mut kept = Kept::open()?;
    if args.store == Store::Keyring {
        let elsewhere = format!("--store file keeps it in {}, which only you may then read", kept.path().display());
        profile::keep(&access_key, &secret).map_err(|error| Failure::from(error).hint(elsewhere))?;
    }
    if let Some(before) = before.filter(|before| args.store == Store::File || before.config().access_key != access_key)
    {
        logout::forget(&before)?;
    }
    let members = kept.profile(&name)?;
    members["access_key"] = value(access_key);
    members["user_id"] = value(user_id);
    if let Some(base_url) = args.base_url {
        members["base_url"] = value(base_url);
    }
    let (now, instead, what) = match args.store {
        Store::File => ("access_secret", "access_secret_in", secret.expose()),
        Store::Keyring => ("access_secret_in", "access_secret", "keyring"),
    };
    members.remove(instead);
    members[now] = value(what);
    let file = kept.write()?;
    let place = if args.store == Store::File { "there, too" } else { "in the system's keyring" };
    Ok(output::line(&format!("kept as {name} in {}; the secret is {place}", file.display()))?)
}

/// Names that stand in a file of TOML and on a command line as they are.
fn check_name(name: &str) -> Result<(), Failure> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !name.is_empty() && name.len() <= 64 && name.bytes().all(is_plain) {
        return Ok(());
    }
    Err(Failure::usage("--profile must be up to 64 letters, digits, - and _"))
}

/// What was given, or what a person answers.
fn given(value: Option<String>, what: &str, flag: &str) -> Result<String, Failure> {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        return Ok(value);
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(format!("there is no {what}: give {flag}; stdin is for the secret")));
    }
    let mut stderr = io::stderr();
    write!(stderr, "{what}: ").and_then(|()| stderr.flush())?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    match line.trim() {
        "" => Err(Failure::usage(format!("there is no {what}"))),
        line => Ok(line.to_string()),
    }
}

/// The secret: given, typed without being shown, or the first line of stdin.
fn secret(value: Option<String>) -> Result<Secret, Failure> {
    let secret = match value.filter(|value| !value.is_empty()) {
        Some(value) => value,
        None if io::stdin().is_terminal() => rpassword::prompt_password("access secret (it is not shown): ")?,
        None => {
            let bytes = params::stdin("the access secret", crate::failure::USAGE)?;
            let text = text::utf8(bytes).map_err(|reason| Failure::usage(format!("the secret on stdin {reason}")))?;
            text.lines().next().unwrap_or_default().to_string()
        }
    };
    match secret.trim() {
        "" => Err(Failure::usage("there is no access secret: type it, or give it on stdin")),
        secret => Ok(Secret::new(secret)),
    }
}

/// Whether the platform takes the account. A refusal of the call itself shows that it does.
fn check(client: &Client) -> Result<(), Failure> {
    let (id, params) = CHECK;
    let refused = |message: &str| {
        Failure::new(REFUSED, format!("the platform refused the account: {}; nothing was kept", printable(message)))
            .hint("check the access key, the secret, the user id and the clock")
    };
    runtime::block_on(async {
        match client.send_json(id, params).await {
            Ok(_) | Err(Error::Decode { .. }) => Ok(()),
            Err(Error::Api { code, message, .. }) if code == "401" || refuses_account(&message) => {
                Err(refused(&message))
            }
            Err(Error::Http { status: 401, .. }) => Err(refused("HTTP status 401")),
            Err(Error::Api { .. }) => Ok(()),
            Err(error) => Err(Failure::from(error).hint("--no-check keeps the account all the same")),
        }
    })
}
