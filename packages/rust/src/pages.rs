//! The pages of a call, and the items on them, as they are asked for.

use crate::client::Client;
use futures_util::stream::{self, Stream};
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use xportcn_core::codec::{Fault, Policy, from_json};
use xportcn_core::{Call, Error, Paged, Pager, Reply, ReplyPart};

/// The pages of a call, one after another. Nothing is asked for before it is wanted.
#[derive(Debug)]
pub struct Pages<C> {
    client: Client,
    pager: Pager,
    call: PhantomData<fn() -> C>,
}

/// The items of a call's pages, one after another.
pub struct Items<C: Paged> {
    pages: Pages<C>,
    ready: VecDeque<Result<C::Item, Error>>,
}

impl Client {
    /// The pages of a call, as they are asked for: until one is empty or repeats the one before, or is the last one by the
    /// totals of the reply.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the endpoint has no pages.
    pub fn pages<C: Call>(&self, call: &C) -> Result<Pages<C>, Error> {
        Pages::new(self.clone(), call)
    }

    /// The items of all pages of a call, as they are asked for.
    ///
    /// ```no_run
    /// # async fn example(client: xportcn::Client) -> Result<(), xportcn::Error> {
    /// use xportcn::alibaba::product::KeywordSearch;
    ///
    /// let call = KeywordSearch { keyword: "shoes".into(), ..KeywordSearch::default() };
    /// let mut offers = client.items(&call)?;
    /// while let Some(offer) = offers.next().await {
    ///     println!("{:?}", offer?.subject_trans);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] if the endpoint has no pages.
    pub fn items<C: Paged>(&self, call: &C) -> Result<Items<C>, Error> {
        Ok(Items::new(self.pages(call)?))
    }
}

impl<C: Call> Pages<C> {
    fn new(client: Client, call: &C) -> Result<Self, Error> {
        Ok(Self { client, pager: Pager::of(call)?, call: PhantomData })
    }

    /// The number of the next page, at which a later walk can resume.
    pub fn page(&self) -> u64 {
        self.pager.page()
    }

    /// The items of the next page, each as canonical JSON, with what came with them; absent at the end.
    ///
    /// # Errors
    /// As for [`Client::send`], and [`Error::Decode`] if the page's list cannot be read, or ends the walk before the
    /// totals of the reply say. The same page can be asked for again.
    pub async fn next(&mut self) -> Option<Result<Reply<Vec<String>>, Error>> {
        while let Some(params) = self.pager.params() {
            let reply = self.client.send_json(C::ENDPOINT.id, params).await;
            if let Some(page) = reply.and_then(|reply| self.pager.take(reply)).transpose() {
                return Some(page);
            }
        }
        None
    }

    /// The pages as a stream, which ends after an error.
    pub fn into_stream(self) -> impl Stream<Item = Result<Reply<Vec<String>>, Error>> {
        stream::unfold(Some(self), |pages| async move {
            let mut pages = pages?;
            let page = pages.next().await?;
            let rest = page.is_ok().then_some(pages);
            Some((page, rest))
        })
    }
}

impl<C: Paged> Items<C> {
    fn new(pages: Pages<C>) -> Self {
        Self { pages, ready: VecDeque::new() }
    }

    /// The next item; absent at the end.
    ///
    /// # Errors
    /// As for [`Pages::next`]: the same page is then asked for again. An item that cannot be read is an error in its
    /// place, and those after it follow.
    pub async fn next(&mut self) -> Option<Result<C::Item, Error>> {
        while self.ready.is_empty() {
            let items = match self.pages.next().await? {
                Ok(reply) => reply.data,
                Err(error) => return Some(Err(error)),
            };
            let read =
                |item: String| from_json(&item, Policy::Reply).map_err(|fault| unreadable(C::ENDPOINT.id, fault));
            self.ready.extend(items.into_iter().map(read));
        }
        self.ready.pop_front()
    }

    /// The items as a stream, which ends after an error.
    pub fn into_stream(self) -> impl Stream<Item = Result<C::Item, Error>> {
        stream::unfold(Some(self), |items| async move {
            let mut items = items?;
            let item = items.next().await?;
            let rest = item.is_ok().then_some(items);
            Some((item, rest))
        })
    }
}

fn unreadable(endpoint: &str, fault: Fault) -> Error {
    let Fault { path, reason } = fault;
    Error::Decode {
        endpoint: endpoint.to_string(),
        part: ReplyPart::Value(path),
        reason,
        body_head: String::new(),
        request_id: None,
    }
}

impl<C: Paged> fmt::Debug for Items<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("page", &self.pages.page()).field("ready", &self.ready.len()).finish()
    }
}
