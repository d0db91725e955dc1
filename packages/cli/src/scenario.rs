//! `xportcn scenario`: calls and what a seller does, one after the other, on a sandbox.

use crate::args::{ScenarioArgs, ScenarioCommand};
use crate::explore::of_sandbox;
use crate::failure::{Failure, REFUSED, TRANSPORT};
use crate::output::{self, printable};
use crate::{runtime, text};
use std::path::Path;
use xportcn_explorer::{Scenario, Told};
use xportcn_sandbox::Sandbox;

pub fn run(args: ScenarioArgs) -> Result<(), Failure> {
    let ScenarioCommand::Run { file, url } = args.command;
    let scenario = read(&file)?;
    runtime::block_on(async move {
        let (url, own) = match url {
            Some(url) => (url, None),
            None => {
                let sandbox = Sandbox::builder().start().await;
                let sandbox =
                    sandbox.map_err(|error| Failure::new(TRANSPORT, format!("no sandbox can be started: {error}")))?;
                (sandbox.url(), Some(sandbox))
            }
        };
        output::line(&printable(scenario.name()))?;
        let mut told = Ok(());
        let done = scenario
            .run(of_sandbox(url), |step| told = std::mem::replace(&mut told, Ok(())).and_then(|()| tell(&step)))
            .await?;
        if let Some(sandbox) = own {
            sandbox.stop().await;
        }
        told?;
        if done { Ok(()) } else { Err(Failure::new(REFUSED, "a step went otherwise than the scenario says")) }
    })
}

fn read(file: &Path) -> Result<Scenario, Failure> {
    let unfit = |reason: String| Failure::usage(format!("the scenario in {}: {reason}", file.display()));
    let text = text::read(file).map_err(|error| unfit(error.to_string()))?;
    Scenario::parse(&text).map_err(|error| unfit(error.to_string()))
}

fn tell(told: &Told) -> std::io::Result<()> {
    let Told { step, about, failed, .. } = told;
    match failed {
        None => output::line(&format!("{step:>3}  ok      {}", printable(about))),
        Some(reason) => {
            output::line(&format!("{step:>3}  FAILED  {}\n             {}", printable(about), printable(reason)))
        }
    }
}
