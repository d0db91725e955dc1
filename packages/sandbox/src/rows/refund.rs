//! What the after-sale rows of Taobao and 1688 have in common.

use super::RowContext;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::state::{Action, Refund};

impl RowContext<'_> {
    /// Records a new claim.
    pub(super) fn claim(&mut self, refund: &Refund) -> Result<(), Refusal> {
        let now = self.now();
        let order = self.state.order_mut(&refund.order)?;
        for line in order.lines.iter_mut().filter(|line| refund.lines.contains(&line.id)) {
            line.refund = Some(refund.id.clone());
        }
        order.changed = now;
        let order = order.clone();
        self.state.note(Action::Refunding, &order, self.call);
        self.events.push(Event::refund(refund));
        self.state.add_refund(refund.clone());
        Ok(())
    }

    /// The claim as it is after a change, which is pushed.
    pub(super) fn changed_refund(&mut self, id: &str) -> Result<Refund, Refusal> {
        let refund = self.state.refund_mut(id)?.clone();
        self.events.push(Event::refund(&refund));
        Ok(refund)
    }
}
