//! The user's addresses.

use crate::api::prelude::*;

/// Get user address information.
///
/// Lists the addresses that the user has saved. Path, request and reply are not published: the path is named after
/// its neighbour, and the reply is taken to be a list of what the saving of an address takes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "address.list",
    get = "/open/address/list",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Vec<Entry>,
    example = r#"{}"#,
    sources = ["https://doc-en-ka.xportcn.com/api-338074933"],
)]
pub struct List {
    /// Fields that are not known here.
    #[wire(extra)]
    pub extra: Extra,
}

/// An address in China that the user has saved.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Id of the address; give it to change the address.
    pub id: Option<Id>,
    /// Name of the recipient.
    pub name: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// City.
    pub city: Option<String>,
    /// District.
    pub district: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Mobile number.
    pub phone: Option<String>,
}
