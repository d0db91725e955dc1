//! The model: unique names for everything that the rows lead to.

use std::collections::{BTreeMap, BTreeSet};
use xportcn_codegen::model::Model;
use xportcn_core::catalogue::{ENDPOINTS, PUSHES};
use xportcn_core::schema::Kind;

#[test]
fn every_object_and_set_of_codes_has_a_name_of_its_own() {
    let model = Model::of_core();
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
fn requests_bear_the_names_of_their_rows() {
    let model = Model::of_core();
    for (id, name) in [
        ("taobao.after_sale.cancel", "TaobaoAfterSaleCancel"),
        ("alibaba.order.cancel", "AlibabaOrderCancel"),
        ("address.list", "AddressList"),
        ("warehouse.book_freight", "WarehouseBookFreight"),
    ] {
        let row = ENDPOINTS.iter().find(|row| row.id == id).unwrap();
        assert_eq!(model.object(row.request).name, name);
    }
}

#[test]
fn objects_of_several_rows_keep_their_own_names_unless_others_have_them_too() {
    let model = Model::of_core();
    let names: BTreeSet<&str> = model.objects.iter().map(|object| object.name.as_str()).collect();
    for name in ["RefundOrder", "OfferSummary", "AlibabaParcel", "TaobaoParcel", "TaobaoAfterSaleRenderReply"] {
        assert!(names.contains(name), "{name}");
    }
    for name in ["Parcel", "RenderReply", "Cancel", "List"] {
        assert!(!names.contains(name), "{name}");
    }
}

#[test]
fn the_sections_hold_every_row_once_and_know_what_they_are_for() {
    let model = Model::of_core();
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
    let model = Model::of_core();
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
