//! `xportcn confirm`: from guess to knowledge, by calls that only read.

mod arguments;
mod judge;
mod markdown;
mod mask;
mod plan;
mod probe;
mod references;
mod report;

use self::arguments::Known;
pub use self::judge::refuses_account;

use self::judge::{Class, End, Looks, class, shows_absence};
use self::plan::{Place, Row};
use self::probe::{Answer, Prober};
use self::references::References;
use self::report::{Control, Report, Tried, Try};
use crate::args::ConfirmArgs;
use crate::failure::{Failure, REFUSED, TRANSPORT};
use crate::{account, client, output, paths, runtime};
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::time::Duration;
use xportcn::{Config, Endpoint, TimestampUnit};
use xportcn_core::base_url::is_loopback;
use xportcn_core::endpoint::{Method, Safety};

/// The least time between two calls of a platform that is not on this machine.
const LEAST_INTERVAL: Duration = Duration::from_secs(1);

/// Calls without an answer, one after the other, that are the end.
const MOST_UNANSWERED: usize = 3;

pub fn run(args: ConfirmArgs) -> Result<(), Failure> {
    let ids = args.ids.iter().map(|id| readable(id)).collect::<Result<Vec<_>, _>>()?;
    let mut config = account::config(args.account)?;
    client::set(&mut config.base_url, args.base_url);
    client::set(&mut config.signature, args.signature.map(Into::into));
    config.paths.extend(paths::of(args.paths)?);
    // Settings that are wrong are told before anything is sent.
    let config = xportcn_core::Core::new(config)?.config().clone();
    if args.interval < LEAST_INTERVAL && !is_this_machine(&config.base_url) {
        return Err(Failure::usage("--interval must be at least 1s: less is for a sandbox on this machine"));
    }
    let report = args.report;
    let found = runtime::block_on(async { Session::new(config, args.interval)?.confirm(&ids).await })?;
    let (json, page) = (found.json(), markdown::page(&found));
    output::line(&if args.json { output::json(&json) } else { output::lines(&page) })?;
    if args.yes || asked(&report)? {
        write(&report, &found)?;
    }
    match found.end {
        None => Ok(()),
        Some(end) => Err(Failure::new(REFUSED, format!("ended early: {}", end.as_str()))),
    }
}

/// One run.
struct Session {
    prober: Prober,
    config: Config,
    known: Known,
    references: References,
    progress: bool,
    unanswered: usize,
}

impl Session {
    fn new(config: Config, interval: Duration) -> Result<Self, Failure> {
        let prober = Prober::new(config.clone(), interval)?;
        Ok(Self {
            prober,
            config,
            known: Known::default(),
            references: References::default(),
            progress: io::stderr().is_terminal(),
            unanswered: 0,
        })
    }

    async fn confirm(mut self, ids: &[&'static Endpoint]) -> Result<Report, Failure> {
        let (control, accepted) = self.accepted().await?;
        let looks = self.looks(&accepted).await?;
        let mut report = Report::new(&self.config, control, &looks, self.prober.skew_ms);
        let known = |id: &str| self.config.paths.get(id).map(|setting| split(setting));
        let rows = plan::rows(ids, known);
        let count = rows.len();
        for (number, row) in rows.into_iter().enumerate() {
            if report.end.is_none() {
                self.say(&format!("[{}/{count}] {}", number + 1, row.endpoint.id));
                let (tried, end) = self.row(&row, &looks).await;
                report.end = end;
                report.rows.push(tried);
            } else {
                report.rows.push(Tried::not(row.endpoint, "the run had ended"));
            }
        }
        report.calls = self.prober.calls;
        report.references = self.references;
        Ok(report)
    }

    /// The first control: a published path that is accepted. It also tells the unit of the timestamp, and the clock.
    async fn accepted(&mut self) -> Result<(Control, (&'static Endpoint, Place)), Failure> {
        let mut last = None;
        for (endpoint, place) in plan::controls() {
            for (unit, name) in [(TimestampUnit::Seconds, "s"), (TimestampUnit::Milliseconds, "ms")] {
                self.prober.unit(unit);
                self.say(&format!("control: {} with the timestamp in {name}", endpoint.id));
                let answer = self.control(endpoint, &place).await?;
                if let Some(skew_ms) = answer.skew_ms {
                    self.prober.follow(skew_ms);
                }
                if answer.is_success() {
                    self.learn(endpoint, &answer);
                    return Ok((Control::new(endpoint, name, &answer), (endpoint, place)));
                }
                let end = End::of(&answer);
                if end == Some(End::TooMany) {
                    return Err(stopped("the platform asked for fewer calls (429)", "try again later"));
                }
                last = Some((mask::masked(&answer.message, endpoint), answer.status));
                // Only a refusal of the account can be one of the timestamp.
                if end.is_none() {
                    break;
                }
            }
        }
        let said = last.map(|(message, status)| format!(" (HTTP {status}: {message})")).unwrap_or_default();
        Err(stopped(
            &format!("no call of a published path was accepted, so nothing can be told of others{said}"),
            "check the access key, the secret, the user id and the base URL",
        ))
    }

    /// The second control: how what is not there is answered; and with it, how another method is.
    async fn looks(&mut self, (endpoint, place): &(&'static Endpoint, Place)) -> Result<Looks, Failure> {
        self.say("control: a path that does not exist");
        let absent = self.control(endpoint, &place.nowhere()).await?;
        if !shows_absence(&absent) {
            return Err(stopped(
                "a path that does not exist was answered as if it did, so nothing can be told apart",
                "check the base URL",
            ));
        }
        let other = place.otherwise();
        self.say("control: a published path with the other method");
        let other_method = self.control(endpoint, &other).await.ok();
        let other_method = other_method.filter(|answer| shows_absence(answer) && !answer.looks_like(&absent));
        Ok(Looks { absent, other_method })
    }

    async fn control(&mut self, endpoint: &'static Endpoint, place: &Place) -> Result<Answer, Failure> {
        let called = self.prober.call(endpoint, place, endpoint.example).await;
        let called = called.map_err(|reason| Failure::new(TRANSPORT, reason))?;
        called.map_err(|reason| Failure::new(TRANSPORT, format!("the controls were not answered: {reason}")))
    }

    /// Tries a row at its places until there is one that is right.
    async fn row(&mut self, row: &Row, looks: &Looks) -> (Tried, Option<End>) {
        let mut tried = Tried::new(row.endpoint);
        if row.places.is_empty() {
            return (Tried::not(row.endpoint, "a row that writes is or may be at its path"), None);
        }
        let mut places = row.places.clone();
        let mut at = 0;
        while at < places.len() {
            let place = places[at].clone();
            at += 1;
            let end = self.place(row.endpoint, &place, looks, &mut tried).await;
            if end.is_some() {
                return (tried, end);
            }
            match tried.tries.last().and_then(|last| last.class) {
                Some(class) if class.is_found() => {
                    tried.found = Some(place);
                    break;
                }
                Some(Class::OtherMethod) => {
                    let other = place.otherwise();
                    if !places.iter().any(|known| known.method() == other.method() && known.path() == other.path()) {
                        places.insert(at, other);
                    }
                }
                _ => {}
            }
        }
        (tried, None)
    }

    /// Calls a place, a second time with the sample where ids of earlier answers are refused.
    async fn place(
        &mut self,
        endpoint: &'static Endpoint,
        place: &Place,
        looks: &Looks,
        tried: &mut Tried,
    ) -> Option<End> {
        for arguments in self.known.arguments(endpoint) {
            let answer = match self.prober.call(endpoint, place, &arguments.json).await {
                Err(reason) => {
                    // The reason names fields, and may repeat a character of an id.
                    tried.tries.push(Try::not(place, &mask::masked(&reason, endpoint)));
                    continue;
                }
                Ok(Err(reason)) => {
                    tried.tries.push(Try::not(place, &reason));
                    self.unanswered += 1;
                    return (self.unanswered >= MOST_UNANSWERED).then_some(End::NoAnswer);
                }
                Ok(Ok(answer)) => answer,
            };
            self.unanswered = 0;
            if let Some(end) = End::of(&answer) {
                tried.tries.push(Try::not(place, end.as_str()));
                return Some(end);
            }
            let class = class(&answer, looks);
            self.learn(endpoint, &answer);
            self.say(&format!("  {} {}: {}", place.method(), place.path(), class.as_str()));
            tried.tries.push(Try::new(endpoint, place, class, arguments.from, &answer));
            if class != Class::RefusedParameter {
                break;
            }
        }
        None
    }

    fn learn(&mut self, endpoint: &'static Endpoint, answer: &Answer) {
        if let Some(data) = &answer.data {
            self.known.learn(endpoint, data);
            self.references.learn(endpoint, data);
        }
    }

    fn say(&self, text: &str) {
        if self.progress {
            output::note(text);
        }
    }
}

fn readable(id: &str) -> Result<&'static Endpoint, Failure> {
    let endpoint = xportcn::endpoint(id)?;
    match endpoint.safety {
        Safety::Read => Ok(endpoint),
        Safety::Write => Err(Failure::usage(format!("{id} writes, and is never called to find something out"))),
    }
}

/// A path setting's method, where it names one, and its path.
fn split(setting: &str) -> (Option<Method>, String) {
    match setting.split_once(' ') {
        Some(("GET", path)) => (Some(Method::Get), path.trim_start().to_string()),
        Some((_, path)) => (Some(Method::Post), path.trim_start().to_string()),
        None => (None, setting.to_string()),
    }
}

fn is_this_machine(base_url: &str) -> bool {
    let url = reqwest::Url::parse(base_url).ok();
    url.as_ref().and_then(reqwest::Url::host_str).is_some_and(|host| is_loopback(host.trim_matches(['[', ']'])))
}

fn stopped(message: &str, hint: &str) -> Failure {
    Failure::new(REFUSED, format!("stopped after the controls: {message}")).hint(hint)
}

/// Whether the report is to be written: asked where there is somebody to answer.
fn asked(report: &Path) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        output::note("the report was not written; --yes writes it");
        return Ok(false);
    }
    output::note(&format!("Write it to {0}.json, {0}.md and {0}.paths.json? [y/N]", report.display()));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn write(name: &Path, report: &Report) -> Result<(), Failure> {
    for (ending, text) in [("json", report.json()), ("md", markdown::page(report)), ("paths.json", report.paths())] {
        let file = format!("{}.{ending}", name.display());
        std::fs::write(&file, text + "\n")
            .map_err(|error| Failure::usage(format!("{file} cannot be written: {error}")))?;
        output::note(&format!("written: {file}"));
    }
    Ok(())
}
