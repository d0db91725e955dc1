//! Puts goods into the shopping cart.

use crate::api::prelude::*;
use crate::taobao::product::SkuProperty;

/// Add to shopping cart.
///
/// Puts a SKU into the shopping cart; what it takes is what the query of the product answers with. Which fields are
/// required is published for two of them only. The reply is not published; it is given as it comes.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "taobao.cart.add",
    post = "/open/cart/add",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::taobao::effects::ADD_TO_CART,
    reply = Option<Any>,
    example = r#"{
        "userId": "2100007340000",
        "platform": 1,
        "itemId": "2048175493257375",
        "skuId": "85",
        "itemTitle": "英皇保罗男士长款银行皮夹钱包",
        "itemPic": "https://img.alicdn.com/imgextra/i1/2200723183810/O1CN01LKgvKM1e11dGRihYC_!!2200723183810.jpg",
        "mpId": "26",
        "mpSkuId": "65",
        "price": "689",
        "promotionPrice": "576",
        "properties": [
            {"valueId":"28324","valueName":"黄色","propId":"1627207","propName":"颜色分类"},
            {"valueId":"3273546","valueName":"52cm","propId":"122216343","propName":"参考身高"}
        ],
        "quantity": 71,
        "shopId": "42",
        "shopName": "英皇保罗旗舰店",
        "skuQuantity": 94,
        "userNick": "介安琪"
    }"#,
    sources = ["https://doc-env2.pandapon.com/api-289121002", "https://doc.pandapon.com/api-250313100"],
)]
pub struct Add {
    /// The platform's user whose cart it is.
    pub user_id: Option<Id>,
    /// Platform of the product; the values are not published, the example has 1.
    pub platform: Option<i64>,
    /// Id of the item.
    #[wire(number)]
    pub item_id: Id,
    /// Id of the SKU.
    pub sku_id: Id,
    /// Title of the item.
    pub item_title: Option<String>,
    /// URL of the item's picture.
    pub item_pic: Option<String>,
    /// Id of the product on the supply platform.
    pub mp_id: Id,
    /// Id of the SKU on the supply platform.
    pub mp_sku_id: Id,
    /// Price of one piece; the unit is not published, the platform takes a whole number.
    pub price: Option<Amount>,
    /// Price of one piece with the promotion taken off; the unit is not published, the platform takes a whole number.
    pub promotion_price: Option<Amount>,
    /// What makes the SKU differ from the others. The wire holds the list as JSON text.
    #[wire(embedded)]
    pub properties: Option<Vec<SkuProperty>>,
    /// Number of pieces.
    pub quantity: i64,
    /// Id of the shop.
    #[wire(number)]
    pub shop_id: Option<Id>,
    /// Name of the shop.
    pub shop_name: Option<String>,
    /// Stock of the SKU.
    #[wire(text)]
    pub sku_quantity: Option<i64>,
    /// Nickname; the product's seller has a field of this name, whose nickname is meant here is not told.
    pub user_nick: Option<String>,
}
