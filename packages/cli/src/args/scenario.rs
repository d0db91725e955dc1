//! The words of `xportcn scenario`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Do calls, and what a seller or a carrier does, one after the other on a sandbox, and check what comes of them
#[derive(Args)]
#[command(after_help = "\
Example:
  xportcn scenario run half_shipped.json

A scenario is a JSON file: {\"name\": .., \"steps\": [..]}. A step is a call, {\"call\": ID, \"params\": {..}}, or what is done to the
sandbox, {\"sandbox\": \"ship/ORDER\", \"body\": {..}}. Of its answer, `keep` gives names to values, {\"order\": \"/orderId\"}, which
later steps have as \"{order}\", and `expect` has values that must be there, {\"/stage\": \"paid\"}. `refused` is the code with which a
call must be refused, and `about` says what the step is for.

Exit codes:
  0  every step went as the scenario says
  1  a step went otherwise; those after it were not done
  2  wrong usage, or no scenario
  3  no sandbox")]
pub struct ScenarioArgs {
    #[command(subcommand)]
    pub command: ScenarioCommand,
}

#[derive(Subcommand)]
pub enum ScenarioCommand {
    /// Do the steps of a scenario
    Run {
        /// The scenario
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// A sandbox that runs already, as http://127.0.0.1:8080 [default: one of its own]
        #[arg(long, value_name = "URL")]
        url: Option<String>,
    },
}
