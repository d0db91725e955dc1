//! Settings from the environment.

use xportcn_core::codec::members;
use xportcn_core::{Config, Error};

/// The account that the environment has, with the usual settings: `XPORTCN_ACCESS_KEY`, `XPORTCN_ACCESS_SECRET` and
/// `XPORTCN_USER_ID`, and where they are set, `XPORTCN_BASE_URL`, and the paths of the JSON file that `XPORTCN_PATHS` names.
///
/// # Errors
/// [`Error::Config`] names the setting that is missing or cannot be read.
pub fn config_from_env() -> Result<Config, Error> {
    read(|name| std::env::var(name).ok())
}

fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Config, Error> {
    let required = |field: &str, name: &str| {
        variable(name).ok_or_else(|| wrong(field, &format!("is not given: set {name} in the environment")))
    };
    let mut config = Config::new(
        required("access_key", "XPORTCN_ACCESS_KEY")?,
        required("access_secret", "XPORTCN_ACCESS_SECRET")?,
        required("user_id", "XPORTCN_USER_ID")?,
    );
    if let Some(url) = variable("XPORTCN_BASE_URL") {
        config.base_url = url;
    }
    if let Some(file) = variable("XPORTCN_PATHS") {
        let text = std::fs::read_to_string(&file)
            .map_err(|error| wrong("paths", &format!("names {file}, which cannot be read: {error}")))?;
        config.paths =
            paths(&text).ok_or_else(|| wrong("paths", &format!("names {file}, which is no JSON object of texts")))?;
    }
    Ok(config)
}

fn paths(json: &str) -> Option<xportcn_core::Texts> {
    // No path and no id has a character that JSON escapes.
    let text = |json: &str| json.strip_prefix('"')?.strip_suffix('"').map(str::to_string);
    members(json)?.into_iter().map(|(id, path)| Some((id, text(path)?))).collect()
}

fn wrong(field: &str, reason: &str) -> Error {
    Error::Config { field: field.to_string(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<Config, Error> {
        read(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_string()))
    }

    const ACCOUNT: [(&str, &str); 3] =
        [("XPORTCN_ACCESS_KEY", "key"), ("XPORTCN_ACCESS_SECRET", "hidden"), ("XPORTCN_USER_ID", "user")];

    #[test]
    fn the_account_and_the_address_are_read() {
        let config = from(&ACCOUNT).unwrap();
        assert_eq!((config.access_key.as_str(), config.user_id.as_str()), ("key", "user"));
        assert_eq!(config.base_url, Config::BASE_URL);
        let [key, secret, user] = ACCOUNT;
        assert_eq!(
            from(&[key, secret, user, ("XPORTCN_BASE_URL", "http://127.0.0.1:1")]).unwrap().base_url,
            "http://127.0.0.1:1"
        );
    }

    #[test]
    fn what_is_missing_is_named_with_its_variable() {
        for (left_out, field) in ["access_key", "access_secret", "user_id"].into_iter().enumerate() {
            let given: Vec<_> =
                ACCOUNT.into_iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, pair)| pair).collect();
            let refused = from(&given).unwrap_err();
            assert!(matches!(&refused, Error::Config { field: named, .. } if named == field), "{refused:?}");
            assert!(refused.to_string().contains(ACCOUNT[left_out].0), "{refused}");
        }
    }

    #[test]
    fn paths_come_from_a_file() {
        let [key, secret, user] = ACCOUNT;
        let file = std::env::temp_dir().join(format!("xportcn-paths-{}.json", std::process::id()));
        let name = file.to_str().unwrap();
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            from(&[key, secret, user, ("XPORTCN_PATHS", name)])
        };
        assert_eq!(
            read(r#"{"taobao.order.pay": "POST /open/pay"}"#).unwrap().paths["taobao.order.pay"],
            "POST /open/pay"
        );
        for wrong in ["[]", r#"{"taobao.order.pay": 1}"#] {
            assert!(matches!(read(wrong), Err(Error::Config { field, .. }) if field == "paths"), "{wrong}");
        }
        std::fs::remove_file(&file).unwrap();
        assert!(from(&[key, secret, user, ("XPORTCN_PATHS", name)]).is_err());
    }
}
