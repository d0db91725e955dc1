//! Accounts by name: what `Client::from_profile` takes from the file.
#![cfg(all(feature = "profiles", unix))]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::Duration;
use xportcn::profile::Profile;
use xportcn::{Client, Error};

const FILE: &str = r#"
[profile.work]
access_key = "key-of-work"
access_secret = "Secret-Of-The-Tests-1c3b8f"
user_id = "user-of-work"
base_url = "https://work.example.com/api"
deadline = "5m"
limit = { per_second = 0.5, burst = 2 }
"#;

/// The file is named by the environment, which a process has once: the test runs itself again with it.
#[test]
fn a_client_takes_its_account_and_settings_from_a_profile() {
    if std::env::var_os("XPORTCN_CONFIG").is_some_and(|file| file.to_string_lossy().contains("xportcn-from-profile")) {
        return with_the_file();
    }
    let file = std::env::temp_dir().join(format!("xportcn-from-profile-{}.toml", std::process::id()));
    fs::write(&file, FILE).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let again = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_client_takes_its_account_and_settings_from_a_profile", "--nocapture"])
        .env("XPORTCN_CONFIG", &file)
        .output()
        .unwrap();
    fs::remove_file(&file).unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&again.stderr));
}

fn with_the_file() {
    let client = Client::from_profile("work").unwrap();
    let config = client.config();
    assert_eq!((config.access_key.as_str(), config.user_id.as_str()), ("key-of-work", "user-of-work"));
    assert_eq!(config.access_secret.expose(), "Secret-Of-The-Tests-1c3b8f");
    assert_eq!(config.base_url, "https://work.example.com/api");
    assert_eq!(Profile::named("work").unwrap().policy().deadline, Duration::from_secs(300));
    assert!(config.limit.is_some());

    let Err(Error::Config { field, reason }) = Client::from_profile("wrok").map(drop) else { panic!() };
    assert_eq!(field, "profile");
    assert!(reason.contains("did you mean `work`?"), "{reason}");
    assert!(Profile::find(None).unwrap().is_none(), "none is called default");

    let file = std::env::var_os("XPORTCN_CONFIG").unwrap();
    fs::set_permissions(file, Permissions::from_mode(0o644)).unwrap();
    let error = Client::from_profile("work").map(drop).unwrap_err().to_string();
    assert!(error.contains("chmod 600") && !error.contains("Secret-Of"), "{error}");
}
