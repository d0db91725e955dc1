//! The words of `xportcn explore`.

use super::ClientArgs;
use clap::Args;

/// Open a page that shows every call, tries it, and shows what happens
#[derive(Args)]
#[command(after_help = "\
Examples:
  xportcn explore
  xportcn explore --platform
  xportcn explore --platform --profile work --writes

Starts a sandbox of its own on this machine, and opens the page in the browser. With --platform, the calls of the page are made
for your account, by this program: the page never has the secret. Calls that write are off then, unless --writes allows them,
and each asks first. The page answers this machine only, and only the browser that has opened the address, once.
Ctrl-C stops it.

Exit codes:
  0  stopped
  2  wrong usage
  3  no listening on this port")]
pub struct ExploreArgs {
    /// The port of the page; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,

    /// Open no browser; the address is printed in any case
    #[arg(long)]
    pub no_open: bool,

    /// Call the platform for your account, in place of a sandbox. The flags below are for that
    #[arg(long)]
    pub platform: bool,

    /// Allow calls that write on the platform: they place and pay orders
    #[arg(long, requires = "platform")]
    pub writes: bool,

    #[command(flatten)]
    pub client: ClientArgs,
}
