//! The client: typed calls, and calls in JSON.

use crate::http::Http;
use crate::transport::{Failure, FailureKind, Transport};
use crate::{fresh, lookup};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tracing::{Instrument, Span, field};
use xportcn_core::{Call, Config, Core, Error, Prepared, Reply, Request, Response, TransportKind};

/// A client of the platform. Clones share its connections.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// A client's settings beyond the account.
pub struct ClientBuilder {
    config: Config,
    timeout: Duration,
    connect_timeout: Duration,
    transport: Option<Arc<dyn Transport>>,
}

struct Shared {
    core: Core,
    transport: Arc<dyn Transport>,
    timeout: Duration,
}

impl Client {
    /// A client with the usual settings.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting that is wrong.
    pub fn new(config: Config) -> Result<Self, Error> {
        Self::builder(config).build()
    }

    /// A client with other settings.
    pub fn builder(config: Config) -> ClientBuilder {
        ClientBuilder {
            config,
            timeout: ClientBuilder::TIMEOUT,
            connect_timeout: ClientBuilder::CONNECT_TIMEOUT,
            transport: None,
        }
    }

    /// Makes a call, and reads the answer's data.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] where a field is wrong and nothing was sent, [`Error::Api`] where the platform
    /// refused, the others where the request or its answer was lost or cannot be read.
    pub async fn send<C: Call>(&self, call: C) -> Result<Reply<C::Reply>, Error> {
        let prepared = self.shared.core.prepare(&call)?;
        self.shared.call(prepared, Core::read::<C>).await
    }

    /// Makes a call whose parameters are a JSON object; the data of the reply is canonical JSON, in which ids and
    /// amounts are text and times have their offset.
    ///
    /// ```no_run
    /// # async fn example(client: xportcn::Client) -> Result<(), xportcn::Error> {
    /// let params = r#"{"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1}"#;
    /// let reply = client.send_json("taobao.after_sale.render", params).await?;
    /// println!("{}", reply.data);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`Client::send`]; also [`Error::InvalidRequest`] where there is no such endpoint.
    pub async fn send_json(&self, id: &str, params: impl AsRef<[u8]>) -> Result<Reply<String>, Error> {
        let prepared = self.shared.core.prepare_json(lookup::endpoint(id)?, params.as_ref())?;
        let endpoint = prepared.endpoint();
        self.shared.call(prepared, |core, response| core.read_json(endpoint, response)).await
    }

    /// The signed request of a call, without sending it. Its signature holds for some minutes.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong.
    pub fn request<C: Call>(&self, call: &C) -> Result<Request, Error> {
        self.shared.sign(&self.shared.core.prepare(call)?)
    }

    /// The signed request of a call whose parameters are a JSON object, without sending it.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] where there is no such endpoint, or names the field that is wrong.
    pub fn request_json(&self, id: &str, params: impl AsRef<[u8]>) -> Result<Request, Error> {
        self.shared.sign(&self.shared.core.prepare_json(lookup::endpoint(id)?, params.as_ref())?)
    }

    /// The account and the settings.
    pub fn config(&self) -> &Config {
        self.shared.core.config()
    }
}

impl ClientBuilder {
    /// How long a call may take unless set otherwise: 30 seconds.
    pub const TIMEOUT: Duration = Duration::from_secs(30);

    /// How long a connection may take to come about unless set otherwise: 10 seconds.
    pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

    /// Sets how long a call may take as a whole, from its sending to the last byte of the answer.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long a connection may take to come about. A call that fails for this has sent nothing, and says so
    /// with [`TransportKind::Connect`]. A transport of your own has its own rule.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sends requests through `transport` instead of HTTP.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting that is wrong.
    pub fn build(self) -> Result<Client, Error> {
        let core = Core::new(self.config)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(Http::new(core.config(), self.connect_timeout)?),
        };
        Ok(Client { shared: Arc::new(Shared { core, transport, timeout: self.timeout }) })
    }
}

impl Shared {
    /// One call: its attempts, and the reading of the answer.
    async fn call<T>(
        &self,
        prepared: Prepared,
        read: impl FnOnce(&Core, Response) -> Result<Reply<T>, Error>,
    ) -> Result<Reply<T>, Error> {
        let id = prepared.endpoint().id;
        let span = tracing::debug_span!(
            "xportcn.call",
            id,
            status = field::Empty,
            request_id = field::Empty,
            duration_ms = field::Empty
        );
        async {
            let started = fresh::Stopwatch::start();
            let result = match self.attempt(&prepared).await {
                Ok(response) => {
                    Span::current().record("status", response.status);
                    read(&self.core, response)
                }
                Err(error) => Err(error),
            };
            Span::current().record("duration_ms", started.milliseconds());
            report(id, &result);
            result
        }
        .instrument(span)
        .await
    }

    /// One attempt: signs, sends, and receives the answer.
    async fn attempt(&self, prepared: &Prepared) -> Result<Response, Error> {
        let request = self.sign(prepared)?;
        let signature = request.header("signature").map(str::to_string);
        let sent = tokio::time::timeout(self.timeout, self.transport.send(request)).await;
        sent.unwrap_or_else(|_| Err(Failure::timeout())).map_err(|failure| {
            let secrets = [Some(self.core.config().access_secret.expose()), signature.as_deref()];
            explain(prepared.endpoint().id, failure, &secrets)
        })
    }

    fn sign(&self, prepared: &Prepared) -> Result<Request, Error> {
        let nonce = fresh::nonce().map_err(|error| Error::Transport {
            endpoint: prepared.endpoint().id.to_string(),
            kind: TransportKind::Other,
            detail: format!("the system gives no randomness for the nonce: {error}"),
        })?;
        Ok(self.core.sign(prepared, fresh::now_ms(), &nonce))
    }
}

/// The error that a failure is. What a transport says is shown without what it must not say.
fn explain(endpoint: &str, failure: Failure, secrets: &[Option<&str>]) -> Error {
    let endpoint = endpoint.to_string();
    let detail = secrets.iter().flatten().fold(failure.detail, |detail, secret| detail.replace(secret, "***"));
    match failure.kind {
        FailureKind::Lost(kind) => Error::Transport { endpoint, kind, detail },
        FailureKind::Timeout => Error::Timeout { endpoint },
        FailureKind::Unreadable => {
            Error::Decode { endpoint, path: String::new(), reason: detail, body_head: String::new(), request_id: None }
        }
    }
}

/// Tells the log how a call ended, and what was noticed.
fn report<T>(id: &'static str, result: &Result<Reply<T>, Error>) {
    let request_id = match result {
        Ok(reply) => reply.request_id.as_deref(),
        Err(error) => error.request_id(),
    };
    Span::current().record("request_id", request_id);
    match result {
        Ok(reply) => {
            for warning in &reply.warnings {
                tracing::warn!(
                    id,
                    path = warning.path,
                    expected = warning.expected,
                    found = warning.found,
                    "a value in the reply does not fit its field"
                );
            }
            tracing::debug!("the platform accepted the call");
        }
        Err(error) => tracing::debug!(%error, "the call failed"),
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared { core, timeout, .. } = &*self.shared;
        f.debug_struct("Client").field("config", core.config()).field("timeout", timeout).finish_non_exhaustive()
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("config", &self.config)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .finish_non_exhaustive()
    }
}
