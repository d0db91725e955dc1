//! Names for objects and codes. Each follows from the place of its own declaration alone, so that no other row, and
//! no other use, ever renames it.
//!
//! | what | name |
//! |---|---|
//! | a request | its row's id and `Request`: `taobao.order.pay` is `TaobaoOrderPayRequest` |
//! | anything else | the folder of its Rust file and its Rust name: `taobao/order/logistics.rs: Parcel` is `TaobaoOrderParcel` |
//!
//! Where the Rust name begins with the folder's own, the word stands once: `OrderBase` in `alibaba/order` is
//! `AlibabaOrderBase`.

use super::{Model, Object, Side};
use crate::words::upper_camel;
use std::collections::BTreeMap;

/// Where something is declared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The folder of its file, as the ids of rows are written: `alibaba.order`.
    pub folder: String,
    /// The group that the folder belongs to.
    pub group: &'static str,
}

impl Place {
    /// The place of what a Rust module declares.
    pub(super) fn of(module: &'static str) -> Self {
        let path = module.split_once("::").map_or("", |(_, path)| path);
        let path = path.strip_prefix("api::").unwrap_or(path);
        let folder = path.rsplit_once("::").map_or("", |(folder, _)| folder);
        Self { folder: folder.replace("::", "."), group: folder.split("::").next().unwrap_or_default() }
    }

    /// The name of what is declared here.
    fn name(&self, rust: &str) -> String {
        let last = upper_camel(self.folder.rsplit('.').next().unwrap_or_default());
        let rest = rust.strip_prefix(&last).filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
        upper_camel(&self.folder) + rest.unwrap_or(rust)
    }
}

/// Names every object and set of codes.
///
/// # Errors
/// Says what to rename where two would have one name.
pub(super) fn give(model: &mut Model) -> Result<(), String> {
    for object in &mut model.objects {
        object.name = match request_of(object)? {
            Some(row) => upper_camel(row) + "Request",
            None => object.place.name(object.schema.name),
        };
    }
    for set in &mut model.codes {
        set.name = set.place.name(set.codes.name);
    }
    check(model)
}

/// The row whose request an object is.
fn request_of(object: &Object) -> Result<Option<&'static str>, String> {
    let Some(first) = object.uses.iter().find(|place| place.whole && place.side == Side::Request) else {
        return Ok(None);
    };
    match object.uses.iter().find(|place| *place != first) {
        None => Ok(Some(first.row)),
        Some(other) => Err(format!(
            "the request of {} is also a part of {}: give one of them a struct of its own",
            first.row, other.row
        )),
    }
}

fn check(model: &Model) -> Result<(), String> {
    // Sections are classes with these names; some hosts have file systems that do not tell case.
    let ids = model.groups.iter().map(|group| group.id).chain(model.sections().map(|section| section.id.as_str()));
    let mut takers: BTreeMap<String, String> = BTreeMap::new();
    for id in ids {
        for name in [upper_camel(id), upper_camel(id) + "Calls"] {
            takers.insert(name.to_lowercase(), format!("the calls of {id}"));
        }
    }
    let objects = model.objects.iter().map(|object| (&object.name, object.schema.module, object.schema.name));
    let codes = model.codes.iter().map(|set| (&set.name, set.codes.module, set.codes.name));
    for (name, module, rust) in objects.chain(codes) {
        let group = Place::of(module).group;
        if !model.groups.iter().any(|known| known.id == group) {
            return Err(format!("{module}::{rust} belongs to no group: declare it in a file of a group's folder"));
        }
        let taker = format!("{module}::{rust}");
        if let Some(other) = takers.insert(name.to_lowercase(), taker.clone()) {
            return Err(format!("{other} and {taker} are both called {name}: rename the struct that is new"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_folder_and_struct() {
        for (module, rust, expected) in [
            ("core::taobao::order::logistics", "Parcel", "TaobaoOrderParcel"),
            ("core::api::taobao::order::logistics", "Parcel", "TaobaoOrderParcel"),
            ("core::taobao::receiver", "Receiver", "TaobaoReceiver"),
            ("core::taobao::after_sale::list", "ListReply", "TaobaoAfterSaleListReply"),
            ("core::address::list", "Entry", "AddressEntry"),
        ] {
            assert_eq!(Place::of(module).name(rust), expected);
        }
    }

    #[test]
    fn a_word_of_the_folder_stands_once() {
        for (module, rust, expected) in [
            ("core::alibaba::order::order_base", "OrderBase", "AlibabaOrderBase"),
            ("core::taobao::after_sale::list", "AfterSalePage", "TaobaoAfterSalePage"),
            ("core::alibaba::order::get", "Order", "AlibabaOrderOrder"),
            ("core::address::list", "Addressee", "AddressAddressee"),
        ] {
            assert_eq!(Place::of(module).name(rust), expected);
        }
    }
}
