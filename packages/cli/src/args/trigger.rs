//! The words of `xportcn trigger`.

use super::{AccountArgs, duration};
use crate::params::{self, Field};
use clap::Args;
use std::time::Duration;

/// Send a signed test message to your own handler of pushed messages, as the platform would
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn trigger --list
  xportcn trigger ORDER_PAY_SUCCESS --to http://127.0.0.1:3000/pushed --sandbox
  xportcn trigger ORDER_CANCEL --to https://example.com/pushed --set orderId=7 --set closeReason=buyer_cancel
  xportcn trigger alibaba.push.order_refund --to http://localhost:3000/ --data @refund.json --repeat 2
  xportcn trigger LOGISTICS_TRACE --platform 1 --data '{\"mailNo\": \"7\"}' --to http://localhost:3000/

The content is the documented example unless --data gives another; --set changes its fields. A field that the message
does not have is refused. It is signed with the access key and the secret of the account, which the handler must have, too.

It goes over HTTPS, or over http:// to this machine; with the sandbox's account, to private networks too. Redirects are not
followed. The platform takes HTTP 200 within a second for an answer, and sends the message again after anything else.

Exit codes:
  0  answered with 200 within a second
  1  answered with another status, or later
  2  wrong usage or a wrong message; nothing was sent
  3  there is no connection, or no answer")]
pub struct TriggerArgs {
    /// The message, by the platform's name for its kind or by the id of its row
    #[arg(required_unless_present = "list")]
    pub message: Option<String>,

    /// Where the handler is
    #[arg(long, value_name = "URL", required_unless_present = "list")]
    pub to: Option<String>,

    /// The content as a JSON object: its text, `-` for stdin, or @FILE [default: the documented example]
    #[arg(long, value_name = "JSON|-|@FILE")]
    pub data: Option<String>,

    /// A field of the content, as name=text or name:=JSON; it wins over --data. May be repeated
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = params::field)]
    pub fields: Vec<Field>,

    /// 0 Taobao, 1 1688; for a kind of message that no table lists
    #[arg(long, value_name = "N")]
    pub platform: Option<i64>,

    /// How often the same message is sent, one after the other, as the platform repeats it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub repeat: u8,

    /// How long to wait for an answer
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub timeout: Duration,

    /// Sign with the account of the sandbox
    #[arg(long, conflicts_with_all = ["profile", "access_key", "access_secret"])]
    pub sandbox: bool,

    /// Print what came back as a line of JSON for each sending; with --list, print a JSON array
    #[arg(long)]
    pub json: bool,

    /// List the messages that can be sent, and send nothing
    #[arg(long, conflicts_with_all = ["message", "to", "data", "fields", "platform"])]
    pub list: bool,

    #[command(flatten)]
    pub account: AccountArgs,
}
