//! The model: unique names for everything that the rows lead to.

use std::collections::{BTreeMap, BTreeSet};
use xportcn_codegen::model::Model;
use xportcn_codegen::words::upper_camel;
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::schema::Kind;

#[test]
fn every_object_and_set_of_codes_has_a_name_of_its_own() {
    let model = Model::of_core().unwrap();
    let names = model.objects.iter().map(|object| &object.name).chain(model.codes.iter().map(|codes| &codes.name));
    let mut tables: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        assert!(name.starts_with(|c: char| c.is_ascii_uppercase()), "{name}");
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "{name}");
        // Some hosts have file systems that do not tell case.
        *tables.entry(name.to_lowercase()).or_default() += 1;
    }
    let shared: Vec<_> = tables.iter().filter(|(_, count)| **count > 1).collect();
    assert!(shared.is_empty(), "{shared:?}");
    assert!(tables.len() > 200, "{}", tables.len());
}

#[test]
fn requests_bear_the_names_of_their_rows_and_so_do_their_structs() {
    let model = Model::of_core().unwrap();
    for (id, name) in [
        ("taobao.after_sale.cancel", "TaobaoAfterSaleCancelRequest"),
        ("alibaba.order.cancel", "AlibabaOrderCancelRequest"),
        ("address.list", "AddressListRequest"),
        ("warehouse.book_freight", "WarehouseBookFreightRequest"),
    ] {
        let row = ENDPOINTS.iter().find(|row| row.id == id).unwrap();
        assert_eq!(model.object(row.request).name, name);
    }
    for row in ENDPOINTS {
        let object = model.object(row.request);
        let (section, action) = row.id.rsplit_once('.').unwrap();
        assert_eq!(object.place.folder, section);
        assert_eq!(object.schema.name, upper_camel(action));
    }
}

#[test]
fn other_objects_and_codes_bear_the_names_of_their_folders() {
    let model = Model::of_core().unwrap();
    let objects = model.objects.iter().map(|object| object.name.as_str());
    let names: BTreeSet<&str> = objects.chain(model.codes.iter().map(|set| set.name.as_str())).collect();
    for name in [
        "AddressEntry",
        "AlibabaOrderBase",
        "AlibabaOrderParcel",
        "AlibabaOrderStatus",
        "AlibabaProductOfferSummary",
        "TaobaoAfterSaleRefundOrder",
        "TaobaoAfterSaleRenderReply",
        "TaobaoOrderParcel",
        "TaobaoOrderStatus",
        "TaobaoReceiver",
    ] {
        assert!(names.contains(name), "{name}");
    }
}

#[test]
fn the_sections_hold_every_row_once_and_know_what_they_are_for() {
    let model = Model::of_core().unwrap();
    let calls: Vec<&str> = model.sections().flat_map(|section| section.calls.iter().map(|row| row.id)).collect();
    let pushes: Vec<&str> = model.sections().flat_map(|section| section.pushes.iter().map(|row| row.id)).collect();
    assert_eq!(calls.len(), ENDPOINTS.len());
    assert_eq!(pushes.len(), PUSHES.len());
    assert_eq!(calls.iter().collect::<BTreeSet<_>>().len(), ENDPOINTS.len());
    for section in model.sections() {
        assert!(!section.title.is_empty() && !section.about.is_empty(), "{}", section.id);
        assert!(section.title != section.id, "{} has no title", section.id);
    }
}

#[test]
fn every_object_within_an_object_is_known() {
    let model = Model::of_core().unwrap();
    let mut met = 0;
    for object in &model.objects {
        for field in object.schema.fields {
            let mut kind = &field.kind;
            while let Kind::List(element) = kind {
                kind = element;
            }
            if let Kind::Object(inner) = kind {
                assert!(!model.object(inner).name.is_empty());
                met += 1;
            }
        }
        assert!(!object.uses.is_empty(), "{}", object.name);
    }
    assert!(met > 100, "{met}");
}
