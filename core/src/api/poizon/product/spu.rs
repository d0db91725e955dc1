//! A product of Poizon with its SKUs.

use crate::api::prelude::*;
use crate::values::codes;

/// A part of the products of Poizon. Xportcn does not publish the fields: they are those of the platform which it most
/// likely passes calls on to.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct SpuPage {
    /// Products in all (upstream).
    #[wire(upstream)]
    pub total: Option<i64>,
    /// The products of this part (upstream).
    #[wire(upstream)]
    pub spu_list: Vec<Spu>,
}

/// A product of Poizon (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Spu {
    /// Number by which the list goes on (upstream).
    #[wire(upstream)]
    pub id: Option<i64>,
    /// Product, by Poizon's own id (upstream).
    #[wire(upstream)]
    pub dw_spu_id: Option<Id>,
    /// Product, by the id of the distribution, a UUID (upstream).
    #[wire(upstream)]
    pub dist_spu_id: Option<Id>,
    /// Whether it is on sale (upstream).
    #[wire(upstream)]
    pub dist_status: Option<DistStatus>,
    /// Name in Chinese (upstream).
    #[wire(upstream)]
    pub dw_spu_title: Option<String>,
    /// Name in English (upstream).
    #[wire(upstream)]
    pub dist_spu_title: Option<String>,
    /// Article number (upstream).
    #[wire(upstream)]
    pub dw_designer_id: Option<String>,
    /// Brand (upstream).
    #[wire(upstream)]
    pub dist_brand_name: Option<String>,
    /// URL of the picture (upstream).
    #[wire(upstream)]
    pub image: Option<String>,
    /// URLs of the pictures (upstream).
    #[wire(upstream)]
    pub base_image: Vec<String>,
    /// Retail price, in fen (upstream).
    #[wire(upstream)]
    pub auth_price: Option<Amount>,
    /// When it was last changed; milliseconds since 1970 on the wire (upstream).
    #[wire(upstream)]
    pub modify_time: Option<Time>,
    /// SKUs (upstream).
    #[wire(upstream)]
    pub sku_list: Vec<Sku>,
}

/// A SKU of a product of Poizon (upstream).
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Sku {
    /// SKU, by Poizon's own id (upstream).
    #[wire(upstream)]
    pub dw_sku_id: Option<Id>,
    /// SKU, by the id of the distribution, a UUID (upstream).
    #[wire(upstream)]
    pub dist_sku_id: Option<Id>,
    /// Whether it is on sale (upstream).
    #[wire(upstream)]
    pub dist_status: Option<DistStatus>,
    /// URL of the picture (upstream).
    #[wire(upstream)]
    pub image: Option<String>,
    /// Barcode; may be empty (upstream).
    #[wire(upstream)]
    pub barcode: Option<String>,
    /// Lowest price, in fen; 0 where there is none (upstream).
    #[wire(upstream)]
    pub min_bid_price: Option<Amount>,
    /// Size, colour and the like, each by level, name and value in Chinese and English (upstream).
    #[wire(upstream)]
    pub sale_attr: Vec<Any>,
}

codes! {
    /// Whether something is on sale on Poizon (upstream).
    pub enum DistStatus: text {
        /// On sale.
        On = "PRODUCT_ON",
        /// Taken off.
        Off = "PRODUCT_OFF",
    }
}
