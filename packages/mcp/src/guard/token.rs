//! Tokens: what a proposal is confirmed with. One is of one account, one call and its exact parameters, and of two minutes.

use super::refusal::Refusal;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::time::Duration;
use subtle::ConstantTimeEq;
use xportcn::Config;

/// How long a proposal can be confirmed.
pub const LIFETIME: Duration = Duration::from_secs(120);

/// Makes and reads tokens. The key follows from the account's secret, so that they hold across restarts and nothing is kept.
pub struct Tokens {
    key: [u8; 32],
    account: String,
}

/// What a token says that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The proposal.
    pub id: String,
}

impl Tokens {
    /// The tokens of an account.
    pub fn new(config: &Config) -> Self {
        let Config { access_key, access_secret, user_id, base_url, .. } = config;
        let key = mac(access_secret.expose().as_bytes(), &["xportcn agent confirmation 1"]).finalize().into_bytes();
        Self { key: key.into(), account: format!("{access_key}\n{user_id}\n{base_url}") }
    }

    /// The token of a proposal.
    pub fn issue(&self, id: &str, expires_ms: i64, row: &str, params: &Map<String, Value>) -> String {
        let mac = self.mac(id, expires_ms, row, params).finalize().into_bytes();
        format!("{id}.{expires_ms}.{}", base16ct::lower::encode_string(&mac))
    }

    /// Reads a token, if it is of this account and of just this call.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn read(&self, token: &str, now_ms: i64, row: &str, params: &Map<String, Value>) -> Result<Read, Refusal> {
        let mut parts = token.split('.');
        let (Some(id), Some(expires), Some(mac), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Refusal::token("this is no token of propose_write"));
        };
        let expires_ms: i64 = expires.parse().map_err(|_| Refusal::token("this is no token of propose_write"))?;
        let mac = base16ct::lower::decode_vec(mac).map_err(|_| Refusal::token("this is no token of propose_write"))?;
        // In constant time.
        if self.mac(id, expires_ms, row, params).verify_slice(&mac).is_err() {
            return Err(Refusal::token(
                "the token is not of this call with exactly these parameters and this account: propose it, and confirm with what was proposed",
            ));
        }
        if now_ms >= expires_ms {
            return Err(Refusal::token("the token has expired: propose the write again"));
        }
        Ok(Read { id: id.to_string() })
    }

    /// What stands for having asked a person about a token. A client brings it back with the answer.
    pub fn asked(&self, token: &str, until_ms: i64) -> String {
        let mac = mac(&self.key, &["asked", &until_ms.to_string(), &self.account, token]).finalize().into_bytes();
        format!("{until_ms}.{}", base16ct::lower::encode_string(&mac))
    }

    /// Whether a person was asked about this token, and not too long ago.
    pub fn was_asked(&self, asked: &str, token: &str, now_ms: i64) -> bool {
        let until_ms = asked.split('.').next().and_then(|until| until.parse().ok()).unwrap_or_default();
        now_ms < until_ms && self.asked(token, until_ms).as_bytes().ct_eq(asked.as_bytes()).into()
    }

    fn mac(&self, id: &str, expires_ms: i64, row: &str, params: &Map<String, Value>) -> Hmac<Sha256> {
        mac(&self.key, &[id, &expires_ms.to_string(), &self.account, row, &digest(params)])
    }
}

/// Each part with its length, so that no two lists of parts are the same bytes.
fn mac(key: &[u8], parts: &[&str]) -> Hmac<Sha256> {
    // HMAC takes keys of any length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

/// Of parameters: the same for the same members, in whatever order.
pub fn digest(params: &Map<String, Value>) -> String {
    let mut out = String::new();
    write_object(params, &mut out);
    base16ct::lower::encode_string(&Sha256::digest(out.as_bytes()))
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => write_object(members, out),
        Value::Array(elements) => {
            out.push('[');
            for element in elements {
                write(element, out);
                out.push(',');
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn write_object(members: &Map<String, Value>, out: &mut String) {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    out.push('{');
    for (name, value) in members {
        out.push_str(&Value::from(name.as_str()).to_string());
        out.push(':');
        write(value, out);
        out.push(',');
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn params(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_token_is_of_one_call_its_parameters_and_one_account() {
        let tokens = Tokens::new(&Config::new("key", "secret", "user"));
        let order = params(json!({"orderId": "1", "lines": [{"a": 1, "b": 2}]}));
        let token = tokens.issue("id", 1000, "taobao.order.pay", &order);
        let read = |tokens: &Tokens, row: &str, params: &Map<String, Value>, now| tokens.read(&token, now, row, params);
        assert_eq!(read(&tokens, "taobao.order.pay", &order, 999).unwrap().id, "id");
        let same = params(json!({"lines": [{"b": 2, "a": 1}], "orderId": "1"}));
        assert!(read(&tokens, "taobao.order.pay", &same, 999).is_ok());
        let other = params(json!({"orderId": "2", "lines": [{"a": 1, "b": 2}]}));
        assert!(read(&tokens, "taobao.order.pay", &other, 999).is_err());
        assert!(read(&tokens, "taobao.order.cancel", &order, 999).is_err());
        assert!(read(&tokens, "taobao.order.pay", &order, 1000).unwrap_err().words.contains("expired"));
        for config in [
            Config::new("other", "secret", "user"),
            Config::new("key", "other", "user"),
            Config::new("key", "secret", "other"),
        ] {
            assert!(read(&Tokens::new(&config), "taobao.order.pay", &order, 999).is_err());
        }
    }

    #[test]
    fn having_asked_is_of_one_token_and_one_moment() {
        let tokens = Tokens::new(&Config::new("key", "secret", "user"));
        let asked = tokens.asked("token", 1000);
        assert!(tokens.was_asked(&asked, "token", 999));
        assert!(!tokens.was_asked(&asked, "token", 1000));
        assert!(!tokens.was_asked(&asked, "other", 999));
        assert!(!tokens.was_asked(&asked.replacen("1000", "9000", 1), "token", 999));
        assert!(!tokens.was_asked("", "token", 0));
    }

    #[test]
    fn a_token_that_was_changed_is_none() {
        let tokens = Tokens::new(&Config::new("key", "secret", "user"));
        let order = params(json!({"orderId": "1"}));
        let token = tokens.issue("id", 1000, "x", &order);
        for wrong in [
            "",
            "a.b",
            "id.2000.00",
            &token.replace("1000", "9000"),
            &token.replace("id.", "ie."),
            &format!("{token}.x"),
            &token[..token.len() - 2],
        ] {
            assert_eq!(tokens.read(wrong, 999, "x", &order).unwrap_err().kind, "token", "{wrong}");
        }
    }
}
