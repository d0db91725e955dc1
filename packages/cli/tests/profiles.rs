//! Accounts by name: `xportcn login`, `logout`, `profiles`, and what `--profile` takes from the file.
#![cfg(unix)]

mod program;

use program::{Ended, Program, RENDER, SECRET, Sandbox, xportcn};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A home folder of a test's own, which ends with it.
struct Home(PathBuf);

impl Home {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("xportcn-profiles-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join(".config/xportcn/config.toml")
    }

    /// With this file of profiles, which only its owner may read.
    fn with(text: &str) -> Self {
        let home = Self::new();
        fs::create_dir_all(home.file().parent().unwrap()).unwrap();
        fs::write(home.file(), text).unwrap();
        fs::set_permissions(home.file(), fs::Permissions::from_mode(0o600)).unwrap();
        home
    }

    fn program<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Program {
        // No keyring is there.
        xportcn(words)
            .env("HOME", self.0.to_str().unwrap())
            .env("XDG_CONFIG_HOME", "")
            .env("XPORTCN_CONFIG", "")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
            .env("XDG_RUNTIME_DIR", "/nowhere")
    }

    /// The request of a call with these further words, which is not sent.
    fn shown(&self, words: &[&str]) -> Program {
        self.program(RENDER.into_iter().chain(["--dry-run"]).chain(words.iter().copied()))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn mode(file: &Path) -> u32 {
    fs::metadata(file).unwrap().permissions().mode() & 0o777
}

fn no_secret(ended: &Ended) {
    assert!(!format!("{}{}", ended.out, ended.err).contains(SECRET), "{ended:?}");
}

const TWO: &str = r#"
[profile.default]
access_key = "key-of-default"
access_secret = "Secret-Of-The-Tests-1c3b8f"
user_id = "user-of-default"

[profile.work]
access_key = "key-of-work"
access_secret = "secret-of-work"
user_id = "user-of-work"
base_url = "https://work.example.com/api"
signature = "hmac-sha256"
timestamp_unit = "ms"
timeout = "10s"
limit = { per_second = 5, burst = 2 }
max_retries = 0
paths = { "taobao.after_sale.render" = "/open/elsewhere" }
"#;

#[test]
fn login_keeps_an_account_in_a_file_that_only_its_owner_may_read() {
    let (home, sandbox) = (Home::new(), Sandbox::start());
    let words = ["login", "--profile", "test", "--store", "file", "--access-key", "sandbox-key"];
    let rest = ["--user-id", "sandbox-user", "--base-url", &sandbox.url];
    let ended = home.program(words.into_iter().chain(rest)).stdin("sandbox-secret\n").run().exits(0);
    assert!(ended.out.contains("kept as test in ") && !ended.out.contains("sandbox-secret"), "{}", ended.out);
    assert_eq!(mode(&home.file()), 0o600);
    home.program(RENDER.into_iter().chain(["--profile", "test"])).run().exits(0);
    home.program(RENDER).env("XPORTCN_PROFILE", "test").run().exits(0);
    home.program(RENDER).run().exits(2).says(&["no account", "xportcn login"]);
}

#[test]
fn login_keeps_nothing_that_the_platform_refuses() {
    let (home, sandbox) = (Home::new(), Sandbox::start());
    let words = ["login", "--store", "file", "--access-key", "sandbox-key", "--user-id", "sandbox-user"];
    let ended = home.program(words.into_iter().chain(["--base-url", &sandbox.url])).stdin(SECRET).run().exits(1);
    no_secret(&ended);
    ended.says(&["refused the account", "nothing was kept"]);
    assert!(!home.file().exists());
    let nobody = ["--base-url", "http://127.0.0.1:9"];
    home.program(words.into_iter().chain(nobody)).stdin(SECRET).run().exits(3).says(&["--no-check"]);
    assert!(!home.file().exists());
    home.program(words.into_iter().chain(nobody).chain(["--no-check"])).stdin(SECRET).run().exits(0);
    assert!(fs::read_to_string(home.file()).unwrap().contains(SECRET));
}

#[test]
fn login_changes_one_profile_and_leaves_the_rest_of_the_file() {
    let home =
        Home::with("# mine\n[profile.work] # of the company\ntimeout = \"9s\"\n\n[profile.other]\nuser_id = \"7\"\n");
    let words = ["login", "--profile", "work", "--store", "file", "--no-check", "--access-key", "k", "--user-id", "u"];
    home.program(words).stdin(SECRET).run().exits(0);
    let text = fs::read_to_string(home.file()).unwrap();
    for kept in
        ["# mine\n", "[profile.work] # of the company\n", "timeout = \"9s\"\n", "[profile.other]\nuser_id = \"7\"\n"]
    {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert!(text.contains("access_key = \"k\"\n"), "{text}");
    assert_eq!(fs::read_dir(home.file().parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn login_needs_a_keyring_or_is_told_of_the_file() {
    let home = Home::new();
    let words = ["login", "--no-check", "--access-key", "k", "--user-id", "u"];
    let ended = home.program(words).stdin(SECRET).run().exits(2);
    no_secret(&ended);
    ended.says(&["keyring", "--store file"]);
    assert!(!home.file().exists());
}

#[test]
fn login_asks_for_nothing_where_nobody_answers() {
    let home = Home::new();
    home.program(["login", "--store", "file"]).run().exits(2).says(&["--access-key", "stdin is for the secret"]);
    let words = ["login", "--store", "file", "--access-key", "k", "--user-id", "u"];
    home.program(words).stdin("\n").run().exits(2).says(&["no access secret"]);
    for name in ["a b", "", "a.b", "名"] {
        home.program(words.into_iter().chain(["--profile", name])).stdin(SECRET).run().exits(2).says(&["--profile"]);
    }
}

#[test]
fn a_flag_wins_over_a_variable_that_over_the_profile_and_that_over_what_is_usual() {
    let home = Home::with(TWO);
    let usual = home.shown(&[]).run().exits(0).out;
    assert!(usual.contains("https://www.xportcn.com/api/open/order/refund/render"), "{usual}");
    assert!(usual.contains("key-of-default") && usual.contains("user-of-default"), "{usual}");
    let work = home.shown(&["--profile", "work"]).run().exits(0).out;
    assert!(work.contains("https://work.example.com/api/open/elsewhere"), "{work}");
    let signature = |out: &str| out.split("signature: ").nth(1).unwrap().split('\'').next().unwrap().len();
    let timestamp = |out: &str| out.split("timestamp: ").nth(1).unwrap().split('\'').next().unwrap().len();
    assert_eq!((signature(&usual), timestamp(&usual)), (32, 10), "{usual}");
    assert_eq!((signature(&work), timestamp(&work)), (64, 13), "{work}");
    let flags = ["--profile", "work", "--signature", "md5", "--timestamp-unit", "s"];
    let out = home.shown(&flags).run().exits(0).out;
    assert_eq!((signature(&out), timestamp(&out)), (32, 10), "{out}");

    let variable = home.shown(&["--profile", "work"]).env("XPORTCN_BASE_URL", "http://127.0.0.1:7");
    assert!(variable.run().exits(0).out.contains("http://127.0.0.1:7/open/elsewhere"));
    let both = home
        .shown(&["--base-url", "http://127.0.0.1:8", "--user-id", "9"])
        .env("XPORTCN_BASE_URL", "http://127.0.0.1:7");
    let out = both.env("XPORTCN_USER_ID", "8").env("XPORTCN_PROFILE", "work").run().exits(0).out;
    assert!(out.contains("http://127.0.0.1:8/") && out.contains("user-id: 9'") && out.contains("key-of-work"), "{out}");
    let path = home.shown(&["--profile", "work", "--path", "taobao.after_sale.render=/open/third"]).run().exits(0).out;
    assert!(path.contains("/api/open/third"), "{path}");
}

#[test]
fn the_secret_of_a_profile_is_of_its_own_key_alone() {
    let home = Home::with(TWO);
    home.shown(&["--access-key", "another"]).run().exits(2).says(&["no account: set XPORTCN_ACCESS_SECRET (or"]);
    home.shown(&["--access-key", "key-of-default"]).run().exits(0);
    let ended = home.program(["push", "verify", "--authorization", "00"]).run().exits(1);
    ended.says(&["64 hexadecimal digits"]);
}

#[test]
fn a_file_with_a_secret_that_others_may_read_is_refused_with_what_to_do() {
    let home = Home::with(TWO);
    for mode in [0o644, 0o640, 0o604, 0o660] {
        fs::set_permissions(home.file(), fs::Permissions::from_mode(mode)).unwrap();
        let ended = home.shown(&[]).run().exits(2);
        no_secret(&ended);
        ended.says(&[
            "others may read it",
            &format!("mode 0{mode:o}"),
            &format!("chmod 600 {}", home.file().display()),
        ]);
    }
    // Without a secret it says nothing that others must not know.
    let open = Home::with("[profile.default]\naccess_key = \"k\"\nuser_id = \"u\"\n");
    fs::set_permissions(open.file(), fs::Permissions::from_mode(0o644)).unwrap();
    open.shown(&[]).env("XPORTCN_ACCESS_SECRET", SECRET).run().exits(0);
}

#[test]
fn the_keyring_is_asked_only_where_the_profile_says_so_and_the_secret_is_not_given() {
    let home = Home::with("[profile.default]\naccess_key = \"k\"\naccess_secret_in = \"keyring\"\nuser_id = \"u\"\n");
    home.shown(&[]).run().exits(2).says(&["`access_secret`", "keyring", "profile `default`"]);
    home.shown(&[]).env("XPORTCN_ACCESS_SECRET", SECRET).run().exits(0);
}

#[test]
fn the_file_is_found_where_the_variables_say() {
    let home = Home::with(TWO);
    let elsewhere = home.0.join("elsewhere");
    fs::create_dir_all(elsewhere.join("xportcn")).unwrap();
    fs::copy(home.file(), elsewhere.join("xportcn/config.toml")).unwrap();
    fs::rename(home.file(), home.0.join("third.toml")).unwrap();
    home.shown(&[]).run().exits(2);
    home.shown(&[]).env("XDG_CONFIG_HOME", elsewhere.to_str().unwrap()).run().exits(0);
    home.shown(&[]).env("XPORTCN_CONFIG", home.0.join("third.toml").to_str().unwrap()).run().exits(0);
}

#[test]
fn what_is_wrong_in_the_file_is_named_with_its_place() {
    let account =
        "[profile.work]\naccess_key = \"k\"\naccess_secret = \"Secret-Of-The-Tests-1c3b8f\"\nuser_id = \"u\"\n";
    for (more, said) in [
        ("time_out = \"3s\"\n", &["`time_out` is none", "did you mean `timeout`?", "profile `work`"][..]),
        ("colour = 1\n", &["`colour` is none", "config.toml"]),
        ("timeout = 3\n", &["`timeout` must be text with a unit"]),
        ("timeout = \"soon\"\n", &["`timeout` must be a number with its unit"]),
        ("max_retries = -1\n", &["`max_retries` must be a whole number"]),
        ("strict = \"yes\"\n", &["`strict` must be true or false"]),
        ("signature = \"sha\"\n", &["`signature` must be `md5` or `hmac-sha256`"]),
        ("limit = { per_secnd = 1 }\n", &["limit", "did you mean"]),
        ("base_url = \"http://example.com\"\n", &["`base_url` must begin with https://"]),
        ("access_secret_in = \"keyring\"\n", &["`access_secret_in`", "`access_secret` holds one"]),
        ("user_id = \"again\"\n", &["is no TOML in line 5"]),
        ("paths = 7\n", &["`paths` must be a JSON object"]),
        ("[profiles.b]\n", &["holds `profiles`", "did you mean `profile`?"]),
    ] {
        let home = Home::with(&format!("{account}{more}"));
        let ended = home.shown(&["--profile", "work"]).run().exits(2);
        no_secret(&ended);
        ended.says(said);
    }
    let broken = Home::with("[profile.work]\naccess_secret = \"Secret-Of-The-Tests-1c3b8f\nuser_id = \"u\"\n");
    let ended = broken.shown(&["--profile", "work"]).run().exits(2);
    no_secret(&ended);
    ended.says(&["is no TOML in line 2"]);
    let home = Home::with(TWO);
    home.shown(&["--profile", "wrok"]).run().exits(2).says(&["`wrok` is not in ", "did you mean `work`?"]);
    home.shown(&[]).env("XPORTCN_PROFILE", "none").run().exits(2).says(&["`none` is not in "]);
    Home::new().shown(&["--profile", "work"]).run().exits(2).says(&["`work` is not there: there is no file "]);
}

#[test]
fn profiles_are_listed_and_removed_and_never_a_secret_is_shown() {
    let home = Home::with(TWO);
    let list = home.program(["profiles"]).run().exits(0);
    no_secret(&list);
    assert!(!list.out.contains("secret-of-work"));
    let rows: Vec<_> = list.out.lines().collect();
    assert_eq!(rows.len(), 3, "{}", list.out);
    assert!(rows[2].starts_with("work") && rows[2].contains("key-of-work") && rows[2].ends_with("file"), "{}", rows[2]);
    let json = home.program(["profiles", "--json"]).run().exits(0);
    no_secret(&json);
    assert_eq!(json.json()[1]["baseUrl"], "https://work.example.com/api");

    home.program(["logout", "--profile", "work"]).run().exits(0);
    home.program(["logout", "--profile", "work"]).run().exits(2).says(&["`work` is not in "]);
    assert!(!fs::read_to_string(home.file()).unwrap().contains("work"));
    assert_eq!(mode(&home.file()), 0o600);
    home.program(["logout"]).run().exits(0);
    let none = home.program(["profiles"]).run().exits(0);
    assert_eq!((none.out.as_str(), none.err.contains("xportcn login")), ("", true));
}

#[test]
fn help_names_the_file_the_order_and_the_exit_codes() {
    let help = xportcn(["login", "--help"]).run().exits(0).out;
    for words in ["~/.config/xportcn/config.toml", "XPORTCN_CONFIG", "Flags win over variables", "Exit codes:\n  0  "] {
        assert!(help.contains(words), "{words}: {help}");
    }
}
