//! The command line: its words, and what they say of themselves.

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use xportcn::{TimestampUnit, sign};

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
    /// Try every call on a platform of your own, on this machine, without an account
    #[command(after_help = "\
Example:
  xportcn demo

Starts a sandbox, makes one call of every row with the real client over HTTP, and stops it.
Exits with 0 if the sandbox accepted every call, else with 1.")]
    Demo,
    Endpoints(EndpointsArgs),
    /// Print the OpenAPI 3.1 document of the whole API, for tools of other languages
    #[command(after_help = "\
Example:
  xportcn openapi > openapi.json

It describes the wire: its names and types. Every operation says how it is known, in x-evidence.")]
    Openapi,
    Parse(ParseArgs),
    Sandbox(SandboxArgs),
    Sign(SignArgs),
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

Lists and objects are given as JSON: name='[{\"offerId\": \"1\"}]'.
`xportcn endpoints` lists the ids.

Exit codes:
  0  done
  1  the platform refused
  2  wrong usage or a wrong request; nothing was sent
  3  transport: no connection, no answer in time, or an answer from something before the platform
  4  the reply cannot be read")]
pub struct CallArgs {
    /// The endpoint, as taobao.after_sale.render
    pub id: String,

    /// Fields of the request; they win over those of --json
    #[arg(value_name = "FIELD=VALUE", value_parser = pair)]
    pub fields: Vec<(String, String)>,

    /// The request as a JSON object: its text, `-` for stdin, or @FILE
    #[arg(long, value_name = "JSON|-|@FILE")]
    pub json: Option<String>,

    /// Send nothing; print the signed request as a curl command
    #[arg(long, conflicts_with = "raw")]
    pub dry_run: bool,

    /// Print the body as it was received
    #[arg(long)]
    pub raw: bool,

    /// Another path for an endpoint, with another method if need be; may be repeated
    #[arg(long = "path", value_name = "ID=[METHOD ]/PATH", value_parser = pair)]
    pub paths: Vec<(String, String)>,

    /// How requests are signed: as working clients do, or as some gateways ask
    #[arg(long, value_enum, value_name = "METHOD", default_value_t)]
    pub signature: Signature,

    /// The unit of the timestamp header: seconds or milliseconds
    #[arg(long, value_enum, value_name = "UNIT", default_value_t)]
    pub timestamp_unit: Unit,

    /// Where the platform is [default: https://www.xportcn.com/api]
    #[arg(long, value_name = "URL", env = "XPORTCN_BASE_URL", hide_env_values = true)]
    pub base_url: Option<String>,

    #[command(flatten)]
    pub account: AccountArgs,
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

/// Run the platform on this machine, with invented data, until it is stopped
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn sandbox --port 8080

The first line on stdout is its address. Ctrl-C or SIGTERM stops it, with exit code 0.")]
pub struct SandboxArgs {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
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

    /// How the request is signed
    #[arg(long, value_enum, value_name = "METHOD", default_value_t)]
    pub method: Signature,

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
    /// The developer's access key
    #[arg(long, value_name = "KEY", env = "XPORTCN_ACCESS_KEY", hide_env_values = true)]
    pub access_key: Option<String>,

    /// The developer's access secret; other users of this machine can see command lines, so prefer the variable
    #[arg(long, value_name = "SECRET", env = "XPORTCN_ACCESS_SECRET", hide_env_values = true)]
    pub access_secret: Option<String>,

    /// The sub-account to act for
    #[arg(long, value_name = "ID", env = "XPORTCN_USER_ID", hide_env_values = true)]
    pub user_id: Option<String>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Signature {
    #[default]
    Md5,
    HmacSha256,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Unit {
    #[default]
    S,
    Ms,
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
