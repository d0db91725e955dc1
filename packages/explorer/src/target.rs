//! Whom the page calls: a sandbox, or the platform itself.

use crate::control::Control;
use crate::record::Recorder;
use xportcn::{Client, Config, Error, RetryPolicy};

/// Whom the page calls, for which account, and whether calls that write may be made.
#[derive(Debug)]
pub struct Target {
    config: Config,
    policy: RetryPolicy,
    is_sandbox: bool,
    writes: bool,
}

/// A target that can be called.
pub(crate) struct Called {
    pub(crate) client: Client,
    /// The sandbox's own paths; absent for the platform.
    pub(crate) control: Option<Control>,
    pub(crate) writes: bool,
}

impl Target {
    /// A sandbox at the settings' base URL. Calls that write are made, after a question.
    pub fn sandbox(config: Config, policy: RetryPolicy) -> Self {
        Self { config, policy, is_sandbox: true, writes: true }
    }

    /// The platform. Calls that write are refused unless `writes`.
    pub fn platform(config: Config, policy: RetryPolicy, writes: bool) -> Self {
        Self { config, policy, is_sandbox: false, writes }
    }

    pub(crate) fn call(self) -> Result<Called, Error> {
        let Self { config, policy, is_sandbox, writes } = self;
        let control = is_sandbox.then(|| Control::at(&config.base_url));
        let client = Client::builder(config).policy(policy).around_transport(Recorder::around).build()?;
        Ok(Called { client, control: control.transpose()?, writes })
    }
}
