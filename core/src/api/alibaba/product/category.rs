//! A category of 1688's products.

use crate::api::prelude::*;

/// Category get.
///
/// A category with its name in Chinese and in another language. Path and fields of this row are not published: the
/// path is named after its neighbours, and the answer is that of 1688's own API for translated categories, which it
/// likely stands for.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.product.category",
    post = "/alibaba/product/category/get",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = CategoryReply,
    example = r#"{"categoryId":"1031910","country":"en"}"#,
    sources = [
        "https://doc-en-ka.xportcn.com/api-350614857",
        "https://doc-env2.pandapon.com/api-289121018",
    ],
)]
pub struct Category {
    /// Category; 1688's own API takes 0 for the root.
    #[wire(number)]
    pub category_id: Option<Id>,
    /// Language of the translated name, called as the searches call it. 1688's own API calls it `language`.
    pub country: Option<String>,
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}

/// A category. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct CategoryReply {
    /// Category.
    pub category_id: Option<Id>,
    /// Name in Chinese.
    pub chinese_name: Option<String>,
    /// Name in the language asked for.
    pub translated_name: Option<String>,
    /// Language of the translated name.
    pub language: Option<String>,
    /// Whether it has no categories below it.
    pub leaf: Option<bool>,
    /// Level of the category, as text: `2` is below a first-level one.
    pub level: Option<String>,
    /// Category above it.
    pub parent_cate_id: Option<Id>,
    /// Whether 1688 answered from its cache.
    pub from_cache: Option<bool>,
    /// Categories directly below it; none in 1688's sample.
    pub children: Vec<ChildCategory>,
}

/// A category below another. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ChildCategory {
    /// Category.
    pub category_id: Option<Id>,
    /// Name in Chinese.
    pub chinese_name: Option<String>,
    /// Name in the language asked for.
    pub translated_name: Option<String>,
    /// Language of the translated name.
    pub language: Option<String>,
    /// Whether it has no categories below it.
    pub leaf: Option<bool>,
    /// Level of the category, as text.
    pub level: Option<String>,
    /// Category above it.
    pub parent_cate_id: Option<Id>,
    /// Whether 1688 answered from its cache.
    pub from_cache: Option<bool>,
}
