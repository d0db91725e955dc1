//! A step of a refund.

use super::LogisticsCompany;
use crate::api::prelude::*;

/// A step of a refund. The fields are those of 1688's own API; the formats of the times are not published.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RefundOperation {
    /// State after the step.
    pub after_operate_status: Option<String>,
    /// State before the step.
    pub before_operate_status: Option<String>,
    /// Step by which the refund was closed.
    pub close_refund_step_id: Option<Id>,
    /// Whether 1688's staff changed the refund.
    pub crm_modify_refund: Option<bool>,
    /// What was done, in words.
    #[wire("discription")]
    pub description: Option<String>,
    /// Email address.
    pub email: Option<String>,
    /// Waybill with which the goods come back.
    pub freight_bill: Option<String>,
    /// When it happened.
    pub gmt_create: Option<String>,
    /// When the record was last changed.
    pub gmt_modified: Option<String>,
    /// Step.
    pub id: Option<Id>,
    /// State of the message about it; the values are not published.
    pub message_status: Option<i64>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Kind of the message about it; the values are not published.
    pub msg_type: Option<i64>,
    /// Remark.
    pub operate_remark: Option<String>,
    /// Kind of step, as a number; the values are not published.
    pub operate_type_int: Option<i64>,
    /// Who took it.
    pub operator_id: Option<Id>,
    /// Login name of who took it.
    pub operator_login_id: Option<Id>,
    /// Role of who took it; the values are not published.
    pub operator_role_id: Option<Id>,
    /// Who took it, as a user.
    pub operator_user_id: Option<Id>,
    /// Landline number.
    pub phone: Option<String>,
    /// Where to send the goods.
    pub refund_address: Option<String>,
    /// Refund: TQ and digits.
    pub refund_id: Option<Id>,
    /// Why the seller refused.
    pub reject_reason: Option<String>,
    /// Addresses of pictures as evidence.
    pub vouchers: Vec<String>,
    /// Carrier with which the goods come back.
    pub logistics_company: Option<LogisticsCompany>,
}
