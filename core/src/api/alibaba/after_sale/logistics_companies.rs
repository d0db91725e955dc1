//! Lists the carriers of 1688.

use crate::api::prelude::*;

/// List of logistics companies - All logistics companies.
///
/// The carriers that 1688 knows; their codes name the carrier of a return. Path and fields of this row are not
/// published: the path is named after its neighbours, and the fields are those of 1688's own API, which it very likely
/// stands for.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.after_sale.logistics_companies",
    get = "/alibaba/refund/logistics/company/list",
    safety = Read,
    evidence(path = Inferred, request = Inferred, reply = Inferred),
    reply = Vec<LogisticsCompany>,
    example = r#"{}"#,
    sources = ["https://doc-en-ka.xportcn.com/api-446268623", "https://doc-en.pandapon.com/api-263477656"],
)]
pub struct LogisticsCompanies {
    /// Fields that are not known here; they are sent as they are.
    #[wire(extra)]
    pub extra: Extra,
}

/// A carrier.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct LogisticsCompany {
    /// Carrier.
    pub id: Option<Id>,
    /// Name in Chinese.
    pub company_name: Option<String>,
    /// Code, for example `HTKY`; `logisticsCompanyNo` of a return takes it.
    pub company_no: Option<String>,
    /// Number to call.
    pub company_phone: Option<String>,
    /// Whether its waybills can be printed.
    pub support_print: Option<bool>,
    /// Name in Latin letters (pinyin).
    pub spelling: Option<String>,
}
