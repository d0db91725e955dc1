//! `xportcn trigger`: sends a signed test message to the user's own handler of pushed messages.

use crate::args::TriggerArgs;
use crate::failure::{Failure, REFUSED, TRANSPORT};
use crate::output::{self, printable};
use crate::table::Table;
use crate::{account, http, params, runtime};
use reqwest::{Client, StatusCode, Url, header};
use serde::Serialize;
use std::error::Error;
use std::iter::{once, successors};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use xportcn::push::{self, Push, Signed, TestMessage};
use xportcn::{Secret, base_url, catalogue};
use xportcn_core::schema::{Kind, Schema};
use xportcn_sandbox::{ACCESS_KEY, ACCESS_SECRET};

/// How long the platform waits for an answer.
const IN_TIME: Duration = Duration::from_secs(1);
/// Bytes of an answer that are shown.
const SHOWN: usize = 500;

pub fn run(args: TriggerArgs) -> Result<(), Failure> {
    if args.list {
        return list(args.json);
    }
    let (Some(message), Some(to)) = (args.message, args.to) else { return Err(Failure::usage("no message")) };
    let (access_key, secret) = match args.sandbox {
        true => (ACCESS_KEY.to_string(), Secret::new(ACCESS_SECRET)),
        false => account::keys(args.account).map_err(|failure| failure.hint("--sandbox signs with its account"))?,
    };
    let url = address(&to, (access_key.as_str(), secret.expose()) == (ACCESS_KEY, ACCESS_SECRET))?;
    let sign = |content: Option<String>| {
        let mut test = TestMessage::new(&message);
        if let Some(content) = content {
            test = test.content(content);
        }
        if let Some(platform) = args.platform {
            test = test.platform(platform);
        }
        push::sign(&access_key, &secret, &test, now_ms())
    };
    let data = args.data.as_deref().map(params::source).transpose()?;
    let mut signed = sign(data).map_err(unknown)?;
    if !args.fields.is_empty() {
        signed = sign(Some(changed(&signed, &args.fields)?))?;
    }
    let read = push::parse(&signed.body)?;
    let client = http::client(&url, args.timeout).map_err(|error| Failure::usage(format!("--to: {error}")))?;
    let name = read.message_type.as_deref().or(read.push.map(|row| row.id)).unwrap_or_default().to_string();
    let mut end = Ok(());
    runtime::block_on(async {
        for _ in 0..args.repeat {
            let answer = send(&client, &url, &signed, args.timeout).await?;
            if args.json {
                output::line(&answer.json(&name, &read.id))?;
            } else {
                output::line(&answer.words(&name, &read.id))?;
            }
            end = answer.judged();
        }
        Ok(())
    })?;
    end
}

/// The address, if a signed message may go there.
fn address(to: &str, is_sandbox: bool) -> Result<Url, Failure> {
    let wrong = |reason: &str| Failure::usage(format!("--to {reason}"));
    let url = Url::parse(to).map_err(|error| wrong(&format!("is no URL: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("must not hold a user name or password"));
    }
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_string();
    let may_be_clear = base_url::is_loopback(&host) || (is_sandbox && base_url::is_private(&host));
    match url.scheme() {
        "https" => Ok(url),
        "http" if may_be_clear => Ok(url),
        _ => Err(wrong(
            "must begin with https://; http:// is for this machine only, and with the sandbox's own account for private networks",
        )),
    }
}

/// The content of a message with some of its fields changed.
fn changed(signed: &Signed, fields: &[params::Field]) -> Result<String, Failure> {
    /// Of a message that no table lists.
    static OPEN: Schema = Schema { name: "", fields: &[], extra: true, module: "", doc: "" };
    let message = push::parse(&signed.body)?;
    let schema = match message.push.map(|row| row.body) {
        Some(Kind::Object(schema)) => schema,
        _ => &OPEN,
    };
    if !message.body.starts_with('{') {
        return Err(Failure::usage("--set changes the fields of an object, which the content is not"));
    }
    params::merge(schema, Some(message.body), fields)
}

fn unknown(error: xportcn::Error) -> Failure {
    let is_message = matches!(&error, xportcn::Error::InvalidRequest { path, .. } if path.is_empty());
    let failure = Failure::from(error);
    if is_message { failure.hint("`xportcn trigger --list` lists the messages") } else { failure }
}

fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

/// What the handler answered.
struct Answer {
    status: StatusCode,
    took: Duration,
    body: String,
}

async fn send(client: &Client, url: &Url, signed: &Signed, timeout: Duration) -> Result<Answer, Failure> {
    let request = client
        .post(url.clone())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, &signed.authorization)
        .body(signed.body.clone());
    let started = Instant::now();
    let lost = |error: reqwest::Error| match error.is_timeout() {
        true => Failure::new(TRANSPORT, format!("the handler did not answer within {timeout:?}")),
        false => Failure::new(TRANSPORT, format!("the handler was not reached: {}", words(&error.without_url()))),
    };
    let mut response = request.send().await.map_err(lost)?;
    let took = started.elapsed();
    let mut body = Vec::new();
    while body.len() < SHOWN {
        match response.chunk().await.map_err(lost)? {
            Some(piece) => body.extend_from_slice(&piece),
            None => break,
        }
    }
    body.truncate(SHOWN);
    Ok(Answer { status: response.status(), took, body: String::from_utf8_lossy(&body).into_owned() })
}

/// The error and its cause, which says the most.
fn words(error: &reqwest::Error) -> String {
    let cause = successors(error.source(), |cause| (*cause).source()).last();
    cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}

impl Answer {
    fn words(&self, name: &str, id: &str) -> String {
        let mut line = format!("{name} {id}: {} in {} ms", self.status, self.took.as_millis());
        if !self.body.trim().is_empty() {
            line += &format!(": {}", printable(self.body.trim()));
        }
        line
    }

    fn json(&self, name: &str, id: &str) -> String {
        #[derive(Serialize)]
        struct Shown<'a> {
            message: &'a str,
            id: &'a str,
            status: u16,
            ms: u128,
            accepted: bool,
            body: &'a str,
        }
        let (status, ms, body) = (self.status.as_u16(), self.took.as_millis(), self.body.as_str());
        let shown = Shown { message: name, id, status, ms, accepted: self.judged().is_ok(), body };
        output::json(&serde_json::to_string(&shown).unwrap_or_default()).into_owned()
    }

    /// Whether the platform would take it for an answer.
    fn judged(&self) -> Result<(), Failure> {
        let again = "the platform would send the message again";
        if self.status != StatusCode::OK {
            return Err(Failure::new(REFUSED, format!("the handler answered with {}, not 200: {again}", self.status)));
        }
        if self.took > IN_TIME {
            return Err(Failure::new(REFUSED, format!("the handler answered after more than a second: {again}"))
                .hint("answer first, and then do the work"));
        }
        Ok(())
    }
}

/// The messages of the tables.
fn list(json: bool) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Row {
        id: &'static str,
        types: Vec<String>,
        platform: Option<i64>,
        title: &'static str,
    }
    let rows: Vec<_> = catalogue::PUSHES
        .iter()
        .map(|push| Row { id: push.id, types: types(push), platform: push.platform, title: push.title() })
        .collect();
    if json {
        return Ok(output::line(&serde_json::to_string_pretty(&rows).unwrap_or_default())?);
    }
    // One line for each type, for that is what is given.
    let mut cells: Vec<[String; 3]> = Vec::new();
    for row in &rows {
        let types = if row.types.is_empty() { vec!["-".to_string()] } else { row.types.clone() };
        cells.extend(types.into_iter().map(|name| [name, row.id.to_string(), row.title.to_string()]));
    }
    let head = ["MESSAGE", "ID", "TITLE"].map(String::from);
    let cells: Vec<_> = once(head).chain(cells).collect();
    let lines: Vec<[&str; 3]> = cells.iter().map(|row| row.each_ref().map(String::as_str)).collect();
    let table = Table::new(lines.iter().copied(), &[2, 1]);
    Ok(output::print(&lines.iter().map(|row| table.line(*row) + "\n").collect::<String>())?)
}

/// The types of a row: those that are published, or else that of its example.
fn types(push: &Push) -> Vec<String> {
    if push.types.is_empty() {
        return push::parse(push.example.as_bytes())
            .ok()
            .and_then(|message| message.message_type)
            .into_iter()
            .collect();
    }
    push.types.iter().map(|name| name.to_string()).collect()
}
