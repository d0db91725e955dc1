//! The words of `xportcn mcp`.

use super::ClientArgs;
use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use xportcn_mcp::guard::{Address, Money};

/// Serve agents: the API as tools of the Model Context Protocol, with limits on what they may spend
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn mcp
  xportcn mcp --max-order '300 CNY' --max-day '1000 CNY'
  xportcn mcp --live --journal agent.journal --max-order '300 CNY' --max-day '1000 CNY' --writes-per-hour 10
  xportcn mcp --live --journal agent.journal --read-only
  xportcn mcp --http 127.0.0.1:8790

A client starts it and speaks to it by standard input and output. Without --live it plays the platform itself, on this machine:
nothing is bought. Calls that write take two steps, propose_write and confirm_write; where the client can ask its user, the
server has it ask. Limits hold across restarts, because the journal keeps what was sent. Each tool that is called is a line in
the audit log.

With --http clients call http://ADDRESS/mcp with `Authorization: Bearer TOKEN`; the token is that of XPORTCN_MCP_TOKEN, or a new
one that is printed on stderr.

Exit codes:
  0  the client has gone
  2  wrong usage, or a file that cannot be used
  3  no connection can be taken, or the client does not speak the protocol")]
pub struct McpArgs {
    /// Call the platform, for the account that is set. Without it everything happens in a sandbox on this machine
    #[arg(long, requires = "journal")]
    pub live: bool,

    /// The journal: what was sent, what became of it and what it cost [default: in a sandbox, one that ends with it]
    #[arg(long, value_name = "FILE")]
    pub journal: Option<PathBuf>,

    /// The audit log: a line of JSON for each tool that is called, without texts and addresses [default: beside the journal, with
    /// .audit.jsonl behind its name]
    #[arg(long, value_name = "FILE")]
    pub audit: Option<PathBuf>,

    /// Which tools there are
    #[arg(long, value_enum, value_name = "WHICH", default_value_t)]
    pub tools: Tools,

    /// Serve by HTTP on this address of loopback, and not by standard input and output; port 0 takes a free one
    #[arg(long, value_name = "IP:PORT")]
    pub http: Option<SocketAddr>,

    /// The token that clients need with --http
    #[arg(long, env = "XPORTCN_MCP_TOKEN", hide_env_values = true, hide = true, requires = "http")]
    pub token: Option<String>,

    /// The most that one write may cost, with its currency, as '300 CNY'
    #[arg(long, value_name = "AMOUNT", help_heading = "Limits")]
    pub max_order: Option<Money>,

    /// The most that all writes of 24 hours may cost. An order and its payment count once
    #[arg(long, value_name = "AMOUNT", help_heading = "Limits")]
    pub max_day: Option<Money>,

    /// How many calls that write may be sent in an hour
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub writes_per_hour: Option<u32>,

    /// A call that may write, or the beginning of several, as taobao.cart.*; others may not. May be repeated
    #[arg(long = "allow-call", value_name = "ID", help_heading = "Limits")]
    pub calls: Vec<String>,

    /// A seller from whom may be bought, by id or name; others may not. May be repeated
    #[arg(long = "allow-seller", value_name = "SELLER", help_heading = "Limits")]
    pub sellers: Vec<String>,

    /// A category of which may be bought, by id or name; others may not. May be repeated
    #[arg(long = "allow-category", value_name = "CATEGORY", help_heading = "Limits")]
    pub categories: Vec<String>,

    /// An address to which may be delivered, as a JSON object; others may not. May be repeated
    #[arg(long = "allow-address", value_name = "JSON", value_parser = Address::parse, help_heading = "Limits")]
    pub addresses: Vec<Address>,

    /// A call that may write although nothing tells what it costs; it counts nothing towards the sums. May be repeated
    #[arg(long = "allow-unknown-sum", value_name = "ID", help_heading = "Limits")]
    pub unknown_sums: Vec<String>,

    /// How long a proposal can be confirmed; two minutes at most
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = humantime::parse_duration, help_heading = "Limits")]
    pub confirm_within: Duration,

    /// No call that writes is sent
    #[arg(long, help_heading = "Limits")]
    pub read_only: bool,

    /// A person must confirm each write: it is refused where the client cannot ask one
    #[arg(long, help_heading = "Limits")]
    pub ask_person: bool,

    /// How long a write whose answer is lost is looked for, from its sending on. It should be longer than the platform takes
    /// to carry out a call and to show it [default: 3m]
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration, help_heading = "Lost answers")]
    pub recovery_window: Option<Duration>,

    #[command(flatten)]
    pub client: ClientArgs,
}

/// Which tools there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Tools {
    /// Eleven tools, with which every call can be found, explained and made
    #[default]
    Few,
    /// Beside them one for each call, for clients that search tools themselves
    All,
}
