//! One call to a row: its request, the state, and how it is answered.

use crate::call::{Call, Caller};
use crate::event::Event;
use crate::refusal::{Reason, Refusal};
use crate::sample::{Page, Seed, complete};
use crate::state::{
    Action, Begun, LineRequest, Market, Order, Pace, Quote, Refund, Stage, State, is_example, unknown_order,
};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use xportcn_core::Amount;
use xportcn_core::values::Value as Shape;

/// The `data` of a reply, or why there is none.
pub(crate) type RowResult = Result<Box<RawValue>, Refusal>;

/// One call to a row.
pub(crate) struct RowContext<'a> {
    pub(crate) call: &'a Call<'a>,
    pub(crate) state: &'a mut State,
    /// What is to be pushed once the change is saved.
    pub(crate) events: &'a mut Vec<Event>,
}

impl<'a> RowContext<'a> {
    pub(crate) fn caller(&self) -> &'a Caller {
        self.call.caller
    }

    /// The clock in milliseconds, at the start of a second: the wire's times have no more.
    pub(crate) fn now(&self) -> i64 {
        i64::try_from(self.call.now_ms / 1000 * 1000).unwrap_or_default()
    }

    /// A field that is there and not null.
    pub(crate) fn field(&self, name: &str) -> Option<&'a Value> {
        self.call.fields.get(name).filter(|value| !value.is_null())
    }

    /// The text of a field.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.field(name).and_then(text)
    }

    /// The texts of a list.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        self.field(name).and_then(Value::as_array).into_iter().flatten().filter_map(text).collect()
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// An amount in whole fen.
    pub(crate) fn fen(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let amount: Option<Amount> = text.parse().ok();
        let whole = amount.map(|amount| amount.normalize().to_string()).and_then(|digits| digits.parse().ok());
        let whole = whole.filter(|fen: &i64| *fen >= 0);
        let message = || format!("{name}: {text} is no number of whole fen");
        whole.map(Some).ok_or_else(|| Refusal::new(Reason::UnfitAmount, message()))
    }

    /// A number that follows from the request, but for its page.
    pub(crate) fn seed(&self) -> Seed {
        let fields = self.call.fields.iter().filter(|(name, _)| !PAGING.contains(&name.as_str()));
        fields.fold(Seed::new(self.call.endpoint.id), |seed, (name, value)| seed.of(name).of(&value.to_string()))
    }

    /// The page that is asked for, of a list of this length.
    pub(crate) fn page(&self, total: usize) -> Page {
        let number = |names: &[&str]| names.iter().find_map(|name| self.int(name));
        Page::of(number(&["pageNo", "beginPage", "page"]), number(&["pageSize"]), total as u64)
    }

    /// The caller's order that this field names; absent where it is an example's.
    pub(crate) fn order(&self, market: Market, name: &str) -> Result<Option<Order>, Refusal> {
        let id = self.text(name).unwrap_or_default();
        self.order_of(market, name, &id)
    }

    /// The caller's order of this id, which the field of this name holds; absent where it is an example's.
    pub(crate) fn order_of(&self, market: Market, name: &str, id: &str) -> Result<Option<Order>, Refusal> {
        match self.state.order(self.caller(), market, id) {
            Some(order) => Ok(Some(order.clone())),
            None if is_example(name, id) => Ok(None),
            None => Err(unknown_order(id)),
        }
    }

    /// The caller's refund that `refundId` names; absent where it is an example's.
    pub(crate) fn refund(&self, market: Market) -> Result<Option<Refund>, Refusal> {
        let id = self.text("refundId").unwrap_or_default();
        match self.state.refund(self.caller(), market, &id) {
            Some(refund) => Ok(Some(refund.clone())),
            None if is_example("refundId", &id) => Ok(None),
            None => Err(Refusal::new(Reason::UnknownRefund, format!("there is no refund {id}"))),
        }
    }

    /// The lines that a list of `offerId`, `specId` and `quantity` asks for.
    pub(crate) fn cargo_lines(&self) -> Vec<LineRequest> {
        let lines = self.field("cargoParamList").and_then(Value::as_array);
        lines.into_iter().flatten().map(|line| line_request(line, "offerId", "specId")).collect()
    }

    /// An order of the caller's that is not placed yet.
    pub(crate) fn new_order(&mut self, market: Market, quote: Quote, receiver: Value) -> Order {
        let now = self.now();
        let Quote { mut lines, freight } = quote;
        for line in &mut lines {
            line.id = self.state.next_id(now);
        }
        let names = ["sellerOrderNumber", "outOrderId", "orderNo", "requestId", "message"];
        Order {
            sales_id: self.state.next_id(now),
            id: self.state.next_id(now),
            owner: self.caller().clone(),
            market,
            stage: Stage::Unpaid,
            reference: names.iter().find_map(|name| self.text(name)),
            message: self.text("message"),
            receiver,
            warehouse: Value::Null,
            lines,
            freight,
            voucher: false,
            close_reason: None,
            created: now,
            changed: now,
            paid: None,
            shipped: None,
            received: None,
            closed: None,
            settlement: None,
        }
    }

    /// Places an order.
    pub(crate) fn place(&mut self, order: Order) {
        self.state.note(Action::Created, &order, self.call);
        self.events.push(Event::created(&order));
        self.state.add_order(order);
    }

    /// Pays an order, or notes that it had been paid or was being paid.
    pub(crate) fn pay(&mut self, id: &str, pace: Pace) -> Result<Order, Refusal> {
        let paid = self.state.begin(id, Begun::Payment, pace, self.call, self.events);
        if let Err(Refusal { reason: Reason::AlreadyPaid | Reason::UnderWay, .. }) = &paid {
            let order = self.state.order_mut(id)?.clone();
            if order.is_paid() || order.is_being_paid() {
                self.state.note(Action::PaidAgain, &order, self.call);
            }
        }
        paid
    }

    /// Cancels an order before payment.
    pub(crate) fn cancel(&mut self, id: &str, reason: String, pace: Pace) -> Result<Order, Refusal> {
        self.state.begin(id, Begun::Cancellation { reason }, pace, self.call, self.events)
    }

    /// Answers in the row's shape.
    pub(crate) fn reply(&self, known: &Value) -> RowResult {
        Ok(complete(self.call.endpoint, &self.call.endpoint.reply, known))
    }

    /// Answers a row whose shape is not published in that of another.
    pub(crate) fn reply_as<T: Shape>(&self, known: &Value) -> RowResult {
        Ok(complete(self.call.endpoint, const { &T::KIND }, known))
    }

    /// Answers a row whose shape is not published in the sandbox's own.
    #[expect(clippy::unused_self, reason = "reads as the other answers do")]
    pub(crate) fn reply_raw(&self, data: &Value) -> RowResult {
        // Values with text keys can always be written.
        Ok(to_raw_value(data).unwrap_or_default())
    }

    /// Answers a call for an example's object with sample data.
    pub(crate) fn sample(&self) -> RowResult {
        Ok(self.call.sample())
    }

    /// Answers a call for an example's object in the shape of another row.
    pub(crate) fn sample_as<T: Shape>(&self) -> RowResult {
        self.reply_as::<T>(&json!({}))
    }
}

const PAGING: [&str; 4] = ["pageNo", "beginPage", "page", "pageSize"];

/// A scalar as text; absent where it is empty or none.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What one line of a request asks for.
pub(crate) fn line_request(line: &Value, item: &str, variant: &str) -> LineRequest {
    let field = |name: &str| line.get(name).and_then(text);
    LineRequest {
        item: field(item).unwrap_or_default(),
        variant: field(variant),
        // A quantity that is no number is refused as 0 is.
        quantity: field("quantity").and_then(|quantity| quantity.parse().ok()).unwrap_or_default(),
    }
}

/// A known id as a JSON number, which readers must not take for floating point.
pub(crate) fn number(id: &str) -> Value {
    id.parse::<u64>().map_or_else(|_| json!(id), |number| json!(number))
}
