//! The command line: its words, and what they say of themselves.

mod explore;
mod login;
#[cfg(feature = "mcp")]
mod mcp;
mod scenario;
mod trigger;

pub use self::explore::ExploreArgs;
pub use self::login::{LoginArgs, LogoutArgs, ProfilesArgs, Store};
#[cfg(feature = "mcp")]
pub use self::mcp::{McpArgs, Tools};
pub use self::scenario::{ScenarioArgs, ScenarioCommand};
pub use self::trigger::TriggerArgs;

use crate::params::{self, Field};
use clap::builder::PossibleValuesParser;
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;
use xportcn::{TimestampUnit, goals, sign};
use xportcn_sandbox::{Delay, Faults};

/// Call the Xportcn OpenAPI: buy from Taobao, 1688 and Poizon. Unofficial.
#[derive(Parser)]
#[command(name = "xportcn", version, disable_help_subcommand = true, after_help = ABOUT_EXITS)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    Call(CallArgs),
    Completions(CompletionsArgs),
    Confirm(ConfirmArgs),
    /// Try every call on a platform of your own, on this machine, without an account
    #[command(after_help = "\
Example:
  xportcn demo

Starts a sandbox, makes one call of every row with the real client over HTTP, and stops it.
Exits with 0 if the sandbox accepted every call, else with 1.")]
    Demo,
    Endpoints(EndpointsArgs),
    Explore(ExploreArgs),
    Journal(JournalArgs),
    Listen(ListenArgs),
    Load(LoadArgs),
    Login(LoginArgs),
    Logout(LogoutArgs),
    #[cfg(feature = "mcp")]
    Mcp(Box<McpArgs>),
    Openapi(OpenapiArgs),
    Parse(ParseArgs),
    Profiles(ProfilesArgs),
    Push(PushArgs),
    Recover(RecoverArgs),
    Sandbox(SandboxArgs),
    Scenario(ScenarioArgs),
    Sign(SignArgs),
    Trigger(TriggerArgs),
    Wait(WaitArgs),
}

const ABOUT_EXITS: &str = "\
Examples:
  xportcn demo
  xportcn endpoints order
  xportcn call taobao.after_sale.render subOrderId=1034499579120189839 goodsStatus=1 refundType=1

Exit codes:
  0  done
  1  the platform refused
  2  wrong usage or a wrong request; nothing was sent
  3  transport: no connection, no answer in time, or an answer from something before the platform
  4  the reply cannot be read";

/// Make a call, and print the data of the reply as JSON
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn call taobao.after_sale.render subOrderId=1034499579120189839 goodsStatus=1 refundType=1
  xportcn call alibaba.product.keyword_search --json @search.json beginPage=2
  echo '{\"itemId\": \"1\"}' | xportcn call taobao.product.get --json -
  xportcn call taobao.order.logistics purchaseId=1 --dry-run
  xportcn call taobao.order.pay orderId=1 --recover
  xportcn call taobao.order.pay orderId=1 --journal orders.journal --key 'pay 1'

Lists and objects are given as JSON: name='[{\"offerId\": \"1\"}]'. Fields that no table lists, as rows whose fields are
inferred may have, are sent as text; write name:=JSON to send a number, true, null, a list or an object.
`xportcn endpoints` lists the ids.

Exit codes:
  0  done
  1  the platform refused
  2  wrong usage or a wrong request; nothing was sent
  3  transport: no connection, no answer in time, or an answer from something before the platform
  4  the reply cannot be read
  5  looked for, and not carried out: it can be called again
  6  looked for, and carried out in part only")]
#[command(group = ArgGroup::new("looks").args(["recover", "journal"]).multiple(true))]
pub struct CallArgs {
    /// The endpoint, as taobao.after_sale.render
    pub id: String,

    /// Fields of the request, as name=text or name:=JSON; they win over those of --json
    #[arg(value_name = "FIELD=VALUE", value_parser = params::field)]
    pub fields: Vec<Field>,

    /// The request as a JSON object: its text, `-` for stdin, or @FILE
    #[arg(long, value_name = "JSON|-|@FILE")]
    pub json: Option<String>,

    /// Send nothing; print the signed request as a curl command
    #[arg(long, conflicts_with = "raw")]
    pub dry_run: bool,

    /// Print the body as it was received
    #[arg(long)]
    pub raw: bool,

    /// Append the shape of the reply to this file, as a line of JSON: names and types, never a value
    #[arg(long, value_name = "FILE")]
    pub shapes: Option<PathBuf>,

    /// If the answer to a call that writes is lost, find out by calls that read whether it was carried out
    #[arg(long, conflicts_with = "dry_run", help_heading = "Lost answers")]
    pub recover: bool,

    /// How long a write whose answer is lost is looked for, from its sending on. It should be longer than the platform takes
    /// to carry out a call and to show it [default: 3m]
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration, help_heading = "Lost answers")]
    pub recovery_window: Option<Duration>,

    /// Whether a write is sent again, once, that was looked for and was not carried out
    #[arg(long, requires = "looks", help_heading = "Lost answers")]
    pub retry_after_recovery: bool,

    /// Keep a call that writes in this journal before it is sent: called again, also after a crash, it is looked for and not sent
    /// twice. The file holds requests and answers, but no secret
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "raw", "ticket"], help_heading = "Lost answers")]
    pub journal: Option<PathBuf>,

    /// What the journal knows the call by [default: the order's own reference, as sellerOrderNumber]
    #[arg(long, requires = "journal", help_heading = "Lost answers")]
    pub key: Option<String>,

    /// If the answer is lost, keep in this file what `xportcn recover` needs; it holds the request, but no secret
    #[arg(long, value_name = "FILE", conflicts_with_all = ["recover", "dry_run"], help_heading = "Lost answers")]
    pub ticket: Option<PathBuf>,

    /// Whether a call that places an order without the caller's own reference gets one, made up from the time and chance, so
    /// that the order can be found again if the answer is lost [default: off]
    #[arg(long, value_enum, value_name = "WHERE", help_heading = "Lost answers")]
    pub references: Option<References>,

    #[command(flatten)]
    pub client: ClientArgs,
}

/// Find out whether a call that writes was carried out, when its answer is lost. It only reads
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn call taobao.order.pay orderId=1 --ticket lost.json || xportcn recover lost.json

It prints what it found out as JSON. `outcome` is done, not done, partly or unknown; `found` holds the objects that
show it, and `reason` says why it is not known.

Exit codes:
  0  it was carried out
  2  wrong usage, or a ticket of another account or platform
  3  unknown: do not call again before you have asked the platform
  5  not carried out: it can be called again
  6  carried out in part only")]
pub struct RecoverArgs {
    /// The file that `xportcn call --ticket FILE` wrote; `-` for stdin
    #[arg(value_name = "FILE|-")]
    pub ticket: String,

    /// How long to look, from the sending on; longer than the platform takes to carry out a call and to show it [default: 3m]
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub recovery_window: Option<Duration>,

    #[command(flatten)]
    pub client: ClientArgs,
}

/// List the calls that a journal holds, or find out what became of those that are open
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn journal orders.journal
  xportcn journal orders.journal --recover --recovery-window 10m

A call is open if it may have been sent and it is not known what became of it. --recover looks for all of them, by calls that
only read, and lists what it found out. A call that is failed or not done can be made again with its key.

Exit codes:
  0  listed; with --recover, none is open any more
  2  wrong usage, or no journal
  3  a call is still open: do not make it again before you have asked the platform")]
pub struct JournalArgs {
    /// The file that `xportcn call --journal FILE` wrote
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Find out about the calls that are open, and list them
    #[arg(long)]
    pub recover: bool,

    /// Print a JSON array, with all that the journal holds
    #[arg(long)]
    pub json: bool,

    /// How long to look, from the sending on; longer than the platform takes to carry out a call and to show it [default: 3m]
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub recovery_window: Option<Duration>,

    #[command(flatten)]
    pub client: ClientArgs,
}

/// Wait until an order or a refund comes into a state. It only reads
#[derive(Args)]
#[command(after_help = states() + "\n
Examples:
  xportcn wait taobao.order paid 1024285237573584051
  xportcn wait alibaba.after_sale refunded TQ34931008034741532 --wait-timeout 2h && echo refunded

It looks at once, and again with pauses that grow to 30 seconds; on a terminal it tells what it sees. It ends early in a
state from which the wanted one cannot come. It prints how it ended as JSON: `outcome` is reached, never or timed out, and
`found` is the order or the refund.

Exit codes:
  0  the state is there
  1  the platform refused
  2  wrong usage; nothing was sent
  3  transport: the calls failed
  5  the state cannot come any more
  6  the time is over")]
pub struct WaitArgs {
    /// Whose state: the group of calls
    #[arg(value_name = "OF", value_parser = PossibleValuesParser::new(groups()))]
    pub of: String,

    /// The state
    pub state: String,

    /// The order or the refund
    pub id: String,

    /// How long a state of an order or a refund is waited for [default: 30m]
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub wait_timeout: Option<Duration>,

    #[command(flatten)]
    pub client: ClientArgs,
}

/// The groups whose states can be waited for.
fn groups() -> impl Iterator<Item = &'static str> {
    goals::GOALS.iter().filter_map(|goals| Some(goals.first()?.of))
}

/// The states of each group.
fn states() -> String {
    let mut out = String::from("States:");
    for goals in goals::GOALS {
        let names: Vec<&str> = goals.iter().map(|goal| goal.name).collect();
        out += &format!("\n  {:<19} {}", goals.first().map_or("", |goal| goal.of), names.join(", "));
    }
    out
}

/// Whom to call, and how
#[derive(Args)]
pub struct ClientArgs {
    #[command(flatten)]
    pub paths: PathArgs,

    /// How requests are signed [default: md5]
    #[arg(long, value_enum, value_name = "METHOD")]
    pub signature: Option<Signature>,

    /// The unit of the timestamp that is signed [default: s]
    #[arg(long, value_enum, value_name = "UNIT")]
    pub timestamp_unit: Option<Unit>,

    /// Where the platform is [default: https://www.xportcn.com/api]
    #[arg(long, value_name = "URL", env = "XPORTCN_BASE_URL", hide_env_values = true)]
    pub base_url: Option<String>,

    /// What requests say of the program that makes them, as `my-shop/1.0`
    #[arg(long, value_name = "NAME/VERSION")]
    pub user_agent: Option<String>,

    /// Further headers of requests, by name. May be repeated
    #[arg(long, visible_alias = "header", value_name = "NAME=VALUE", value_parser = pair)]
    pub headers: Vec<(String, String)>,

    /// Further members of the query of requests, by name. May be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub query: Vec<(String, String)>,

    #[command(flatten)]
    pub retry: RetryArgs,

    #[command(flatten)]
    pub account: AccountArgs,
}

/// Paths that are other than we think
#[derive(Args)]
#[command(next_help_heading = "Paths")]
pub struct PathArgs {
    /// Other paths for endpoints, by id: a JSON object {ID: "[METHOD ]/PATH"} in this file
    #[arg(long, value_name = "FILE", env = "XPORTCN_PATHS", hide_env_values = true)]
    pub paths: Option<String>,

    /// The path of one endpoint; it wins over the file. May be repeated
    #[arg(long = "path", value_name = "ID=[METHOD ]/PATH", value_parser = pair)]
    pub path: Vec<(String, String)>,
}

/// When a call is tried again
#[derive(Args)]
#[command(next_help_heading = "Retries")]
pub struct RetryArgs {
    /// How many attempts may follow the first [default: 2]
    #[arg(long, value_name = "N")]
    pub max_retries: Option<u32>,

    /// How long one attempt may take [default: 30s]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub timeout: Option<Duration>,

    /// How long a call may take from its first attempt on, with all its attempts and the waits between them [default: 60s]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub deadline: Option<Duration>,

    /// The longest first wait between attempts. It doubles with each retry [default: 500ms]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub initial_backoff: Option<Duration>,

    /// The longest wait between attempts [default: 8s]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub max_backoff: Option<Duration>,

    /// Whether a call that writes is tried again although it may have arrived. Orders may then be placed twice
    #[arg(long)]
    pub retry_writes: bool,
}

/// Find out with your account which guessed paths and fields are right, by calls that only read
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn confirm
  xportcn confirm taobao.order.page taobao.order.get --json
  xportcn confirm --report mine --yes
  XPORTCN_PATHS=mine.paths.json xportcn call taobao.order.page pageNo=1 pageSize=10

First two controls: a call whose path is published shows that the signature is taken, and one of
a path that does not exist shows what \"absent\" looks like here. Then each row that reads and
whose path is not proven is called at its path, and at its candidates in order, with the tables'
samples or with ids that earlier answers named. No row that writes is ever called, and no path
where one may be. It ends when the platform asks for fewer calls or refuses the account.

The report says what was found: paths, statuses, codes, masked messages, and the shape of the
data, which is names, types and numbers of digits. It never holds a value, a key, an id, an
address, a telephone number, a URL or a title. It is shown before it is written: NAME.json,
NAME.md, and NAME.paths.json, which --paths and XPORTCN_PATHS take. Nothing is sent to anybody
but the platform. CONTRIBUTING tells how to hand a report on.

Exit codes:
  0  done
  1  the controls did not tell anything apart, or the platform ended it before all rows were tried
  2  wrong usage; nothing was sent
  3  there is no connection")]
pub struct ConfirmArgs {
    /// Only these rows, proven or not [default: every row that reads and is not proven]
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,

    /// The time between two calls; less than a second is for this machine only
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = duration)]
    pub interval: Duration,

    /// Where to write the report, without its ending
    #[arg(long, value_name = "NAME", default_value = "xportcn-report")]
    pub report: PathBuf,

    /// Write the report without a question
    #[arg(long)]
    pub yes: bool,

    /// Print the report as a JSON object
    #[arg(long)]
    pub json: bool,

    #[command(flatten)]
    pub paths: PathArgs,

    /// How requests are signed [default: md5]
    #[arg(long, value_enum, value_name = "METHOD")]
    pub signature: Option<Signature>,

    /// Where the platform is [default: https://www.xportcn.com/api]
    #[arg(long, value_name = "URL", env = "XPORTCN_BASE_URL", hide_env_values = true)]
    pub base_url: Option<String>,

    #[command(flatten)]
    pub account: AccountArgs,
}

/// Print the OpenAPI document of the whole API, for tools of other languages
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn openapi > openapi.json
  xportcn openapi --profile generators > openapi.json

It describes the wire: its names and types. Every operation says how it is known, in x-evidence, and x-signing says how
requests are signed.")]
pub struct OpenapiArgs {
    /// Leave out the pushed messages
    #[arg(long)]
    pub no_webhooks: bool,

    /// For whom
    #[arg(long, value_enum, value_name = "PROFILE", default_value_t)]
    pub profile: Profile,
}

/// What a document is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// OpenAPI 3.1, with everything
    #[default]
    Full,
    /// OpenAPI 3.0, without pushed messages and what only 3.1 has, for generators that refuse 3.1
    Generators,
}

/// List the endpoints, and how each is known
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn endpoints
  xportcn endpoints after_sale
  xportcn endpoints --json | jq -r '.[].id'

Not all of the vendor's reference is public. The evidence of a path, best known first: seed, reference, client, sister,
key-account, sister-v2, inferred. --json also tells where the fields of request and reply come from.
Rows without a method are messages that the platform pushes.")]
pub struct EndpointsArgs {
    /// Only those with this text in their id, path or title
    pub filter: Option<String>,

    /// Print a JSON array
    #[arg(long)]
    pub json: bool,
}

/// Read a reply's body from stdin, and print its data as canonical JSON
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn parse taobao.after_sale.render < reply.json

What does not fit its field becomes null and a warning on stderr. Needs no account.

Exit codes:
  0  done
  1  the reply says that the platform refused
  2  wrong usage
  4  the reply cannot be read")]
pub struct ParseArgs {
    /// The endpoint that the reply is from, as taobao.after_sale.render
    pub id: String,
}

/// Take the messages that the platform pushes: verify them, print each as a line of JSON, pass them on
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn listen --port 8080
  xportcn listen --port 8080 --path /xportcn --forward http://127.0.0.1:3000/pushed
  xportcn listen --port 8080 | jq -c 'select(.duplicate | not) | .body'
  xportcn listen --port 8080 --forward http://127.0.0.1:3000/pushed --remember ids.txt --max-age 3h

The first line on stderr is its address. The platform calls HTTPS only, so put a server with a certificate before it.
A message is answered with 200 as soon as it has its place in the queue, with 401 if its signature is wrong, with 400
if it is signed but cannot be read, and with 503 if the queue is full: the platform repeats it later. Repeats within the
last 10,000 messages are printed with \"duplicate\": true. A GET is answered with 200 for the platform's check.

What is passed on is the body as it came, with its Authorization header; a failure is a line on stderr. A repeat is not passed
on again, unless --forward-repeats says so. A message is signed for ever: whoever has seen one can send it again, and it looks
new when its id is forgotten. --remember keeps ids over a restart, and --max-age refuses what is older; messages of a kind
that has no time are taken at any age.
Ctrl-C or SIGTERM stops it when the queue is empty, at the latest after 10 seconds; a second one stops it at once.

Exit codes:
  0  stopped, and every accepted message was printed
  2  wrong usage
  3  no listening on this address, or ended before every accepted message was printed and passed on")]
pub struct ListenArgs {
    /// The port; 0 takes a free one
    #[arg(long)]
    pub port: u16,

    /// The address of this machine to listen on; 0.0.0.0 for all
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub address: IpAddr,

    /// The path that messages are posted to
    #[arg(long, default_value = "/", value_parser = plain_path)]
    pub path: String,

    /// Where to pass messages on to
    #[arg(long, value_name = "URL")]
    pub forward: Option<String>,

    /// Pass on what was passed on before, too: repeats by the platform, and what somebody else sends again
    #[arg(long, requires = "forward")]
    pub forward_repeats: bool,

    /// Refuse messages that are older, as 3h; the platform itself repeats for two and a half hours
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub max_age: Option<Duration>,

    /// Keep the ids of the last 10,000 messages in this file, to know repeats after a restart, too
    #[arg(long, value_name = "FILE")]
    pub remember: Option<PathBuf>,

    /// Append the shapes of all messages to this file at the end, as a line of JSON: names and types, never a value
    #[arg(long, value_name = "FILE")]
    pub shapes: Option<PathBuf>,

    /// How many messages may wait to be printed, and how many to be passed on
    #[arg(long, value_name = "N", default_value = "1000", value_parser = queue_length)]
    pub queue: usize,

    #[command(flatten)]
    pub account: AccountArgs,
}

/// Make many signed calls to a sandbox on this machine, and tell how many a second it answers
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn load
  xportcn load --base-url http://127.0.0.1:8080 --calls 100000 --connections 64 --json
  xportcn load taobao.after_sale.render alibaba.product.keyword_search --rate 2000 --time 10s

Ends after so many calls or so much time, whichever comes first. Without --base-url it starts a sandbox of its own.
It goes to loopback only, calls only what reads, and tries nothing again. Every call is signed anew, and every reply is
read; a call counts when the sandbox accepted it. With --rate a call's time counts from when it was due.

Exit codes:
  0  every call was accepted
  1  a call was not accepted
  2  wrong usage; nothing was sent
  3  there is no connection")]
pub struct LoadArgs {
    /// The endpoints to call in turn, with the requests of their examples
    #[arg(value_name = "ID", default_value = "taobao.after_sale.render")]
    pub ids: Vec<String>,

    /// Calls in all
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub calls: u64,

    /// How long to call; at most 10 minutes
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = load_time)]
    pub time: Duration,

    /// Connections at the same time, each with one call at a time
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=512))]
    pub connections: u16,

    /// Calls a second over all connections [default: as many as are answered]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub rate: Option<u32>,

    /// Print the figures as a JSON object
    #[arg(long)]
    pub json: bool,

    /// Where the sandbox is [default: one of its own]
    #[arg(long, value_name = "URL", env = "XPORTCN_BASE_URL", hide_env_values = true)]
    pub base_url: Option<String>,

    #[command(flatten)]
    pub account: AccountArgs,
}

/// Verify a message that the platform pushed
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn push verify --authorization 6fd9..e1 < body.json")]
pub struct PushArgs {
    #[command(subcommand)]
    pub command: PushCommand,
}

#[derive(Subcommand)]
pub enum PushCommand {
    Verify(VerifyArgs),
}

/// Verify a message's body from stdin, and print the message as JSON
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn push verify --authorization 6fd9..e1 < body.json

The body must be as it was received, to the last byte. Needs the access key and the secret.

Exit codes:
  0  the message is the platform's
  1  it is not, or was changed on its way
  2  wrong usage
  4  it is signed, but holds no message")]
pub struct VerifyArgs {
    /// The header Authorization, as it was received: 64 hexadecimal digits
    #[arg(long, value_name = "HEX")]
    pub authorization: String,

    #[command(flatten)]
    pub account: AccountArgs,
}

/// Run the platform on this machine, with sample data, until it is stopped
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn sandbox --port 8080
  xportcn sandbox --port 8080 --push-url http://localhost:3000/pushed
  xportcn sandbox --port 8080 --address 0.0.0.0 --allow-remote
  xportcn sandbox --port 8080 --allow-origin http://localhost:5173

The third is for a service of compose or CI, which is then called as http://SERVICE:8080. Clients take http:// for this
machine and, with the sandbox's own account, for private networks: names without a dot, .internal, .local, .localhost, .test,
10.*, 172.16.* to 172.31.*, 192.168.*. Android's emulator calls a sandbox on this machine as http://10.0.2.2:8080.
Pages in a browser are refused, unless --allow-origin names where they are from.

The first line on stdout is its address. Ctrl-C or SIGTERM stops it, with exit code 0.
What only a seller does, the clock and the ledger have paths of their own: curl -X POST URL/sandbox/ship/ORDER.

A file for --drift; the sandbox's README has the rest:
  {\"unknown\": {\"as\": \"envelope\", \"code\": 404},
   \"rows\": {\"taobao.order.page\": {\"path\": \"POST /open/order/page\",
                                  \"reply\": {\"rename\": {\"data[].orderStatus\": \"state\"}}},
            \"address.list\": {\"absent\": true}}}")]
#[command(group = ArgGroup::new("pushes").args(["push_url", "explore"]).multiple(true))]
pub struct SandboxArgs {
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,

    /// The address of this machine to listen on; 0.0.0.0 for all. Beyond loopback it needs --allow-remote
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub address: IpAddr,

    /// Let other machines call, and push messages to them. Everybody who reaches the port can then drive the sandbox
    #[arg(long)]
    pub allow_remote: bool,

    /// A further name by which it may be called. Addresses, and names of private networks, need not be given. May be
    /// repeated
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,

    /// An origin whose pages may call by a browser, as http://localhost:3000. May be repeated
    #[arg(long, value_name = "ORIGIN")]
    pub allow_origin: Vec<String>,

    /// A further user of the sandbox's account. May be repeated
    #[arg(long = "user", value_name = "ID")]
    pub users: Vec<String>,

    /// Inject faults into calls, as rate=0.3,kinds=503|429|reset|truncate|slow|html|garbage|refuse|settle|late,seed=7
    #[arg(long, value_name = "RULE")]
    pub fault: Option<Faults>,

    /// Inject faults by the rules in this JSON file
    #[arg(long, value_name = "FILE", conflicts_with = "fault")]
    pub fault_file: Option<PathBuf>,

    /// Stand for a platform that differs from the tables, as this JSON file says: moved, absent and refused rows, other
    /// names and types of fields, other answers to unknown paths
    #[arg(long, value_name = "FILE")]
    pub drift: Option<PathBuf>,

    /// Milliseconds by which the sandbox's clock is ahead of this machine's; behind it, if negative
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    pub clock_offset_ms: i64,

    /// Keep orders and all else in this file, for this sandbox alone; without it they end with the sandbox
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,

    /// Milliseconds until payments and cancellations are settled that go on after the call, as the platform's do
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub settle_ms: u64,

    /// Milliseconds until reads show what a write made or changed, or a range as 100-2000; it is done and answered before
    #[arg(long, value_name = "N", default_value = "0")]
    pub show_after_ms: Delay,

    /// Push messages on orders to this URL, on this machine or with --allow-remote on any, signed as the platform signs
    /// them
    #[arg(long, value_name = "URL")]
    pub push_url: Option<String>,

    /// Milliseconds until a message that was not taken is pushed again [default: half an hour]
    #[arg(long, value_name = "N", requires = "pushes")]
    pub push_retry_ms: Option<u64>,

    /// Open a page that shows what the sandbox knows and does, and tries its calls; PORT is the page's own. Messages are pushed
    /// to it unless --push-url says otherwise
    #[arg(long, value_name = "PORT", num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    pub explore: Option<u16>,

    /// Open no browser; the address of the page is printed in any case
    #[arg(long, requires = "explore")]
    pub no_open: bool,
}

/// Print the five headers that sign a request
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn sign --timestamp 1722500000 --nonce 0123456789abcdefghijklmnopqrstuv

The signature covers the access key, the timestamp and the nonce; neither the body nor the path.")]
pub struct SignArgs {
    /// The timestamp, in digits, as it is sent [default: now, in seconds]
    #[arg(long, value_name = "T", value_parser = digits)]
    pub timestamp: Option<String>,

    /// The nonce: 32 letters and digits [default: a random one]
    #[arg(long, value_name = "N")]
    pub nonce: Option<String>,

    /// How the request is signed [default: md5]
    #[arg(long, value_enum, value_name = "METHOD")]
    pub method: Option<Signature>,

    #[command(flatten)]
    pub account: AccountArgs,
}

/// Print a script that completes command lines of this program
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn completions bash > ~/.local/share/bash-completion/completions/xportcn")]
pub struct CompletionsArgs {
    pub shell: Shell,
}

/// Who calls.
#[derive(Args)]
#[command(next_help_heading = "Account")]
pub struct AccountArgs {
    /// The profile to take the account and its settings from, as `xportcn login` keeps them; flags and variables win over it
    /// [default: the one called default, if there is one]
    #[arg(long, value_name = "NAME", env = "XPORTCN_PROFILE", hide_env_values = true)]
    pub profile: Option<String>,

    /// The developer's access key
    #[arg(long, value_name = "KEY", env = "XPORTCN_ACCESS_KEY", hide_env_values = true)]
    pub access_key: Option<String>,

    /// The developer's access secret. Other users of this machine can see command lines, so prefer the variable
    #[arg(long, value_name = "SECRET", env = "XPORTCN_ACCESS_SECRET", hide_env_values = true)]
    pub access_secret: Option<String>,

    /// The sub-account to act for
    #[arg(long, value_name = "ID", env = "XPORTCN_USER_ID", hide_env_values = true)]
    pub user_id: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Signature {
    Md5,
    HmacSha256,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Unit {
    S,
    Ms,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum References {
    /// Send the call as it is given
    Off,
    /// Where programs only read it, as in sellerOrderNumber
    Auto,
    /// Also where the only field for it is a message to the seller, who will read it
    AutoInMessages,
}

impl From<References> for xportcn::References {
    fn from(references: References) -> Self {
        match references {
            References::Off => Self::Off,
            References::Auto => Self::Auto,
            References::AutoInMessages => Self::AutoInMessages,
        }
    }
}

impl From<Signature> for sign::Method {
    fn from(signature: Signature) -> Self {
        match signature {
            Signature::HmacSha256 => Self::HmacSha256,
            Signature::Md5 => Self::Md5,
        }
    }
}

impl From<Unit> for TimestampUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Ms => Self::Milliseconds,
            Unit::S => Self::Seconds,
        }
    }
}

fn pair(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_string(), value.to_string())),
        _ => Err("write it as name=value"),
    }
}

fn digits(text: &str) -> Result<String, &'static str> {
    let right = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if right { Ok(text.to_string()) } else { Err("write it in digits: seconds or milliseconds since 1970") }
}

fn plain_path(text: &str) -> Result<String, &'static str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~".contains(&b);
    let right = text.starts_with('/') && text.bytes().all(plain);
    if right { Ok(text.to_string()) } else { Err("write it as /path: letters, digits and - . _ ~") }
}

fn duration(text: &str) -> Result<Duration, &'static str> {
    humantime::parse_duration(text).map_err(|_| "write a number with its unit, as 500ms, 30s, 5m, 3h, 2days or 1m 30s")
}

fn load_time(text: &str) -> Result<Duration, &'static str> {
    let time = humantime::parse_duration(text).ok();
    let time = time.filter(|time| (Duration::from_millis(1)..=Duration::from_secs(600)).contains(time));
    time.ok_or("write a time of at most 10 minutes, as 30s")
}

fn queue_length(text: &str) -> Result<usize, &'static str> {
    let length = text.parse().ok().filter(|length| (1..=1_000_000).contains(length));
    length.ok_or("write a number from 1 to 1000000")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use clap::builder::PossibleValue;
    use xportcn_core::settings::{Kind, SETTINGS};

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_form_of_a_time_that_is_named_is_taken() {
        let words = duration("soon").unwrap_err().rsplit(", as ").next().unwrap();
        let forms: Vec<_> = words.split(", ").flat_map(|form| form.split(" or ")).collect();
        let seconds: Vec<_> = forms.iter().map(|form| duration(form).unwrap().as_secs_f32()).collect();
        assert_eq!(seconds, [0.5, 30.0, 300.0, 10_800.0, 172_800.0, 90.0], "{forms:?}");
    }

    /// What makes no sense for one call has no flag.
    const WITHOUT_FLAG: [&str; 4] = ["limit", "max_reply_bytes", "observe", "strict"];

    #[test]
    fn the_flags_of_a_call_are_the_settings() {
        let command = Cli::command();
        let of = |name: &str| command.find_subcommand(name).unwrap();
        let (call, wait) = (of("call"), of("wait"));
        for setting in SETTINGS.iter().filter(|setting| !WITHOUT_FLAG.contains(&setting.name)) {
            let name = setting.name.replace('_', "-");
            let mut flags = call.get_arguments().chain(wait.get_arguments());
            let flag = flags.find(|flag| flag.get_long() == Some(&name)).unwrap_or_else(|| panic!("{name}"));
            let help = flag.get_help().unwrap().to_string();
            let first = setting.docs.meaning.split_once(". ").map_or(setting.docs.meaning, |(first, _)| first);
            assert!(help.starts_with(first.trim_end_matches('.')), "{name}: {help}");
            assert_eq!(flag.get_env().and_then(|name| name.to_str()), setting.docs.variable, "{name}");
            // clap must not give it: a profile comes before it.
            assert!(flag.get_default_values().is_empty(), "{name}");
            let default = help.rsplit_once(" [default: ").map(|(_, rest)| rest.strip_suffix(']').unwrap().to_string());
            match setting.kind {
                Kind::Duration(_) => {
                    let time = humantime::parse_duration(&default.unwrap()).unwrap().as_millis().to_string();
                    assert_eq!(Some(time), setting.usual(), "{name}");
                }
                Kind::Flag(_) => assert_eq!(setting.usual().as_deref(), Some("false"), "{name}"),
                _ => assert_eq!(default, setting.usual(), "{name}"),
            }
        }
    }

    #[test]
    fn the_path_of_one_endpoint_has_a_flag_too() {
        let command = Cli::command();
        let call = command.find_subcommand("call").unwrap();
        let flag = call.get_arguments().find(|flag| flag.get_long() == Some("path")).unwrap();
        assert!(flag.get_help().unwrap().to_string().contains("May be repeated"));
    }

    #[test]
    fn the_choices_of_a_setting_are_those_of_its_flag() {
        let words = |name: &str| {
            let kind = SETTINGS.iter().find(|setting| setting.name == name).unwrap().kind;
            let Kind::OneOf(choices) = kind else { panic!("{name}") };
            choices.iter().map(|choice| choice.word).collect::<Vec<_>>()
        };
        let of = |values: Vec<Option<PossibleValue>>| {
            values.into_iter().flatten().map(|value| value.get_name().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            of(Signature::value_variants().iter().map(ValueEnum::to_possible_value).collect()),
            words("signature")
        );
        assert_eq!(
            of(References::value_variants().iter().map(ValueEnum::to_possible_value).collect()),
            words("references")
        );
        assert_eq!(
            of(Unit::value_variants().iter().map(ValueEnum::to_possible_value).collect()),
            words("timestamp_unit")
        );
    }
}
