//! `xportcn logout`: removes an account that was kept under a name.

use crate::args::LogoutArgs;
use crate::failure::Failure;
use crate::output::{self, printable};
use crate::profiles::Kept;
use xportcn::profile::{self, Profile};

pub fn run(args: &LogoutArgs) -> Result<(), Failure> {
    let profile = Profile::named(&args.profile)?;
    forget(&profile)?;
    let mut kept = Kept::open()?;
    kept.remove(&args.profile);
    let file = kept.write()?;
    Ok(output::line(&format!("removed {} from {}", printable(&args.profile), file.display()))?)
}

/// Takes the secret of a profile out of the keyring, unless another profile has the same account.
pub fn forget(profile: &Profile) -> Result<(), Failure> {
    let key = &profile.config().access_key;
    let is_of_another =
        |other: &Profile| other.name() != profile.name() && other.is_in_keyring() && other.config().access_key == *key;
    if profile.is_in_keyring() && !Profile::all()?.iter().any(is_of_another) {
        profile::forget(key)?;
    }
    Ok(())
}
