//! The two steps of a write: what is proposed is checked and previewed, and gets a token; what is confirmed with it is sent once.

use super::arguments::Arguments;
use super::buying::{cost_of, written};
use super::{Agent, after, line, now_ms, random};
use crate::answer::{Answer, shown};
use crate::guard::{LIFETIME, Quote, Refusal, digest, normal, quote};
use crate::kept::{Kept, Proposal};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use xportcn::Endpoint;

/// How long a confirmation waits for the end of its write: clients give up after a minute. The write itself goes on.
const LONGEST: Duration = Duration::from_secs(40);

/// How many letters of the parameters a summary shows.
const MOST_SHOWN: usize = 6000;

/// A write that is to be confirmed: its token is right, and was not used.
pub struct Confirmation {
    id: String,
    token: String,
    row: &'static Endpoint,
    params: Map<String, Value>,
    line: Value,
}

impl Agent {
    pub(super) async fn propose(&self, arguments: &mut Arguments, line: &mut Value) -> Result<Answer, Refusal> {
        let row = written(&arguments.text("call")?)?;
        let params = arguments.params()?;
        arguments.end()?;
        self.limits.check_call(row.id)?;
        let params = normal(row, &params)?;
        self.buildable(row, &params)?;
        let quote = quote(&self.client, row, &params, &self.limits).await?;
        self.allowed(row, &quote)?;
        let (now_ms, id) = (now_ms(), random()?);
        let expires_ms = after(now_ms, self.confirm_within);
        self.kept.propose(&proposal(&id, row, &params, &quote), expires_ms, now_ms)?;
        line["proposal"] = json!(id);
        line["cost"] = cost_of(&quote);
        let about = json!({
            "call": row.id,
            "proposal": id,
            "token": self.tokens.issue(&id, expires_ms, row.id, &params),
            "expires_in_seconds": self.confirm_within.as_secs(),
            "summary": summary(row, &params, &quote),
            "cost": cost_of(&quote),
            "params": params,
        });
        Ok(Answer::foreign(about, quote.shown))
    }

    /// Reads what is to be confirmed. `asked` is what the client brings back of an earlier question to a person.
    ///
    /// # Errors
    /// Where the token is not of this write, has ended or was used.
    pub fn check(&self, given: Map<String, Value>, asked: Option<&str>) -> Result<Confirmation, Refusal> {
        let started = Instant::now();
        let line = line("confirm_write", &given);
        let checked = self.checked(given, asked, line.clone());
        checked.map_err(|refusal| {
            self.note(line, started, Err(refusal)).err().unwrap_or_else(|| Refusal::token("refused"))
        })
    }

    fn checked(
        &self,
        given: Map<String, Value>,
        asked: Option<&str>,
        mut line: Value,
    ) -> Result<Confirmation, Refusal> {
        let mut arguments = Arguments::new(given);
        let row = written(&arguments.text("call")?)?;
        let (params, token) = (arguments.params()?, arguments.text("token")?);
        arguments.end()?;
        self.limits.check_call(row.id)?;
        let params = normal(row, &params)?;
        let now_ms = now_ms();
        // Who was asked in time may take that long to answer.
        let was_asked = asked.is_some_and(|asked| self.tokens.was_asked(asked, &token, now_ms));
        let at_ms = if was_asked { 0 } else { now_ms };
        let id = self.tokens.read(&token, at_ms, row.id, &params)?.id;
        self.kept.check_unused(&id)?;
        line["proposal"] = json!(id);
        Ok(Confirmation { id, token, row, params, line })
    }

    /// What a person is asked, and what stands for having asked.
    ///
    /// # Errors
    /// Where it would pass a limit by now: then nobody need be asked.
    pub async fn question(&self, confirmation: &Confirmation) -> Result<(String, String), Refusal> {
        let Confirmation { token, row, params, line, .. } = confirmation;
        let quoted = quote(&self.client, row, params, &self.limits).await;
        let quoted = quoted.and_then(|quote| self.allowed(row, &quote).map(|()| quote));
        let quote = match quoted {
            Ok(quote) => quote,
            Err(refusal) => {
                let noted = self.note(line.clone(), Instant::now(), Err(refusal.clone()));
                return Err(noted.err().unwrap_or(refusal));
            }
        };
        let until_ms = after(now_ms(), LIFETIME);
        Ok((summary(row, params, &quote), self.tokens.asked(token, until_ms)))
    }

    /// Whether a person was asked about this, as the client's word for it shows.
    pub fn was_asked(&self, confirmation: &Confirmation, asked: &str) -> bool {
        self.tokens.was_asked(asked, &confirmation.token, now_ms())
    }

    /// A person said no, or said nothing: the proposal is used up, so that nobody is asked again and again.
    pub fn declined(&self, confirmation: &Confirmation, words: &str) -> Refusal {
        let used = self.kept.use_up(&confirmation.id, now_ms());
        let refusal = used.err().unwrap_or_else(|| Refusal::new("declined", words));
        let noted = self.note(confirmation.line.clone(), Instant::now(), Err(refusal));
        noted.err().unwrap_or_else(|| Refusal::new("declined", words))
    }

    /// Sends what was confirmed. It goes on where nobody waits for it any more.
    ///
    /// # Errors
    /// Why nothing was carried out; what is lost is no error.
    pub async fn confirm(self: &Arc<Self>, confirmation: Confirmation, by_person: bool) -> Result<Answer, Refusal> {
        let agent = Arc::clone(self);
        let (id, row) = (confirmation.id.clone(), confirmation.row.id);
        let sending = tokio::spawn(async move { agent.send(confirmation, by_person).await });
        match timeout(LONGEST, sending).await {
            Ok(Ok(done)) => done,
            Ok(Err(error)) => {
                Err(Refusal::new("unavailable", format!("the write broke off: {error}; recover tells more")))
            }
            Err(_) => Ok(unknown(&id, row, "it was sent, and is being looked for")),
        }
    }

    async fn send(&self, confirmation: Confirmation, by_person: bool) -> Result<Answer, Refusal> {
        let started = Instant::now();
        let Confirmation { id, row, params, mut line, .. } = confirmation;
        line["person"] = json!(by_person);
        let result = self.sent(&id, row, &params, &mut line).await;
        self.note(line, started, result)
    }

    async fn sent(
        &self,
        id: &str,
        row: &'static Endpoint,
        params: &Map<String, Value>,
        line: &mut Value,
    ) -> Result<Answer, Refusal> {
        // What is true may have changed since it was proposed.
        let quote = quote(&self.client, row, params, &self.limits).await?;
        self.allowed(row, &quote)?;
        line["cost"] = cost_of(&quote);
        let mut before = line.clone();
        before["result"] = json!("sending");
        self.audit.write(&before, true)?;
        self.kept.reserve(&proposal(id, row, params, &quote), &quote.paid, &self.limits, now_ms())?;
        let (key, params) = (Kept::key(id), Value::Object(params.clone()).to_string());
        let failed = match self.journal.settle(&self.client, Some(&key), row.id, params).await {
            Ok(_) => None,
            Err(xportcn_journal::Error::Call(error)) => Some(crate::asking::refusal(error)),
            Err(error) => Some(Refusal::unavailable(&error)),
        };
        let Ok((about, data)) = self.told(id) else {
            return Ok(unknown(id, row.id, "the journal does not tell what became of it"));
        };
        line["state"] = about["state"].clone();
        match failed {
            Some(refusal) => Err(refusal),
            None => Ok(Answer::foreign(json!({"write": about}), data)),
        }
    }
}

/// The answer where it is not known what became of a write.
fn unknown(id: &str, row: &str, why: &str) -> Answer {
    let meaning = format!("{why}: call recover with this proposal, and do not propose it again");
    Answer::own(json!({"write": {"proposal": id, "call": row, "state": "open", "meaning": meaning}}))
}

fn proposal(id: &str, row: &'static Endpoint, params: &Map<String, Value>, quote: &Quote) -> Proposal {
    let sum = quote.sum.as_ref().ok().cloned().flatten();
    Proposal { id: id.to_string(), row: row.id, digest: digest(params), sum }
}

/// A write in words, for a person who decides. None of them is the platform's.
fn summary(row: &Endpoint, params: &Map<String, Value>, quote: &Quote) -> String {
    let cost = match (&quote.sum, &quote.previewed) {
        (Ok(None), _) => "It moves no money towards a seller.".to_string(),
        (Ok(Some(sum)), Some(previewed)) => format!("It may cost up to {sum}; the preview says {previewed}."),
        (Ok(Some(sum)), None) => format!("It costs {sum}."),
        (Err(why), _) => format!("What it costs is not known: {why}."),
    };
    let params = shown(&Value::Object(params.clone()).to_string());
    let rest = match params.chars().count().saturating_sub(MOST_SHOWN) {
        0 => String::new(),
        more => format!(" … and {more} letters more, which do not show here"),
    };
    let params: String = params.chars().take(MOST_SHOWN).collect();
    format!("{} ({}). {cost} With: {params}{rest}", row.title(), row.id)
}
