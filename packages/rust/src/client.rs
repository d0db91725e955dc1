//! The client: typed calls, and calls in JSON.

use crate::answered::Answered;
use crate::fresh;
use crate::http::Http;
use crate::listeners::{Listeners, Watch};
use crate::transport::{Failure, Transport};
use crate::wait::Waits;
use futures_timer::Delay;
use futures_util::future::{Either, select};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tracing::{Instrument, Span, field};
use xportcn_core::push::{Message, Signed, TestMessage};
use xportcn_core::{
    Call, Config, Core, Error, Event, Exchange, Extras, Nonce, Prepared, Reply, Request, Response, RetryPolicy, Step,
    catalogue,
};

/// A client of the platform. Clones share its connections.
#[derive(Clone)]
pub struct Client {
    core: Core,
    shared: Arc<Shared>,
    policy: RetryPolicy,
    listeners: Listeners,
}

/// A client's settings beyond the account.
pub struct ClientBuilder {
    config: Config,
    policy: RetryPolicy,
    connect_timeout: Duration,
    transport: Option<Arc<dyn Transport>>,
    around: Option<Around>,
    listeners: Listeners,
    #[cfg(feature = "opentelemetry")]
    telemetry: bool,
}

/// Puts a transport around another.
type Around = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

struct Shared {
    transport: Arc<dyn Transport>,
    waits: Waits,
    #[cfg(feature = "opentelemetry")]
    telemetry: Option<crate::telemetry::Telemetry>,
}

impl Client {
    /// A client with the usual settings.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting that is wrong.
    pub fn new(config: Config) -> Result<Self, Error> {
        Self::builder(config).build()
    }

    /// A client with the account and the settings of a [profile](crate::profile).
    ///
    /// # Errors
    /// [`Error::Config`] where there is none of this name, where its file may be read by others or is wrong, or where the
    /// keyring gives no secret.
    #[cfg(feature = "profiles")]
    pub fn from_profile(name: &str) -> Result<Self, Error> {
        let (config, policy) = crate::profile::Profile::named(name)?.settings()?;
        Self::builder(config).policy(policy).build()
    }

    /// A client with other settings.
    pub fn builder(config: Config) -> ClientBuilder {
        ClientBuilder {
            config,
            policy: RetryPolicy::default(),
            connect_timeout: ClientBuilder::CONNECT_TIMEOUT,
            transport: None,
            around: None,
            listeners: Listeners::default(),
            #[cfg(feature = "opentelemetry")]
            telemetry: false,
        }
    }

    /// A client for the account that the environment has: `XPORTCN_ACCESS_KEY`, `XPORTCN_ACCESS_SECRET`, `XPORTCN_USER_ID`,
    /// and where they are set, `XPORTCN_BASE_URL` and `XPORTCN_PATHS`.
    ///
    /// # Errors
    /// As for [`config_from_env`](crate::config_from_env), and for [`Client::new`].
    pub fn from_env() -> Result<Self, Error> {
        Self::new(crate::config_from_env()?)
    }

    /// Makes a call, and reads the answer's data. A call whose future is dropped may have been carried out.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] where a field is wrong and nothing was sent, [`Error::Api`] where the platform
    /// refused, the others where the request or its answer was lost or cannot be read.
    pub async fn send<C: Call>(&self, call: C) -> Result<Reply<C::Reply>, Error> {
        self.run(&mut self.begin(&call)?).await
    }

    /// Makes a call, and gives with its result what is known of the answer: status, headers, attempts, duration. Of a reply
    /// they are members, too; this is for errors.
    ///
    /// ```no_run
    /// # async fn example(client: xportcn::Client, call: xportcn::taobao::order::Pay) {
    /// let answered = client.answer(call).await;
    /// println!("{:?} after {} attempts: {:?}", answered.status(), answered.attempts, answered.result);
    /// # }
    /// ```
    pub async fn answer<C: Call>(&self, call: C) -> Answered<C::Reply> {
        match self.begin(&call) {
            Ok(mut exchange) => {
                let result = self.run(&mut exchange).await;
                Answered::new(result, &exchange)
            }
            Err(error) => Answered::unsent(error),
        }
    }

    /// As [`Client::answer`], for parameters that are a JSON object.
    pub async fn answer_json(&self, id: &str, params: impl AsRef<[u8]>) -> Answered<String> {
        match self.begin_json(id, params.as_ref()) {
            Ok(mut exchange) => {
                let result = self.run(&mut exchange).await;
                Answered::new(result, &exchange)
            }
            Err(error) => Answered::unsent(error),
        }
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
        self.run(&mut self.begin_json(id, params.as_ref())?).await
    }

    /// The signed request of a call, without sending it. Its signature holds for some minutes.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong.
    pub fn request<C: Call>(&self, call: &C) -> Result<Request, Error> {
        self.sign(self.core.prepare(call)?)
    }

    /// The signed request of a call whose parameters are a JSON object, without sending it.
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] where there is no such endpoint, or names the field that is wrong.
    pub fn request_json(&self, id: &str, params: impl AsRef<[u8]>) -> Result<Request, Error> {
        self.sign(self.core.prepare_json(catalogue::endpoint(id)?, params.as_ref())?)
    }

    /// The same client with another rule of when to try again. It shares connections, clock and limit of calls.
    ///
    /// ```no_run
    /// # fn example(client: xportcn::Client) {
    /// use std::time::Duration;
    /// use xportcn::RetryPolicy;
    ///
    /// let deadline = Duration::from_secs(300);
    /// let patient = client.with_policy(RetryPolicy { max_retries: 5, deadline, ..RetryPolicy::default() });
    /// # }
    /// ```
    pub fn with_policy(&self, policy: RetryPolicy) -> Self {
        Self { policy, ..self.clone() }
    }

    /// The same client, acting for another sub-account. It shares connections, clock and limit of calls.
    ///
    /// # Errors
    /// [`Error::Config`] if the id cannot stand in a header.
    pub fn for_user(&self, user_id: impl Into<String>) -> Result<Self, Error> {
        self.with_extras(Extras { user_id: user_id.into(), ..self.config().extras() })
    }

    /// The same client, whose requests have a further header. Those that sign requests are not yours to set.
    ///
    /// # Errors
    /// [`Error::Config`] names the header.
    pub fn with_header(&self, name: impl Into<String>, value: impl Into<String>) -> Result<Self, Error> {
        let mut extras = self.config().extras();
        extras.headers.insert(name.into(), value.into());
        self.with_extras(extras)
    }

    /// The same client, whose requests have a further member in their query.
    ///
    /// # Errors
    /// [`Error::Config`] names the member. A call that has a field of this name is refused.
    pub fn with_query(&self, name: impl Into<String>, value: impl Into<String>) -> Result<Self, Error> {
        let mut extras = self.config().extras();
        extras.query.insert(name.into(), value.into());
        self.with_extras(extras)
    }

    fn with_extras(&self, extras: Extras) -> Result<Self, Error> {
        Ok(Self { core: self.core.with_extras(extras)?, ..self.clone() })
    }

    /// The same client, which tells `listener` of everything that happens to its calls, in its order, without a secret, a
    /// signature or a body. It is called between the steps of a call, so it should be quick.
    ///
    /// ```
    /// # fn example(client: xportcn::Client) {
    /// use xportcn::EventKind;
    ///
    /// let client = client.on_event(|event| {
    ///     if let EventKind::Retrying { attempt, wait_ms, error, .. } = &event.kind {
    ///         println!("attempt {attempt} in {wait_ms} ms, after {error}");
    ///     }
    /// });
    /// # }
    /// ```
    pub fn on_event(&self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        let mut listeners = self.listeners.clone();
        listeners.add(listener);
        Self { listeners, ..self.clone() }
    }

    /// Checks that a pushed message comes from the platform, and reads it. `authorization` is the header of this name,
    /// `body` the body to the last byte as it was received.
    ///
    /// Answer the platform with HTTP 200 within a second, and then do with the message what you want. It may come
    /// again, and not in order: its `id` tells repeats.
    ///
    /// ```
    /// use xportcn::alibaba::push::{ORDER_STATUS_CHANGED, OrderMessage};
    /// use xportcn::{Client, Config};
    ///
    /// # let authorization = "795c01485efb5d7550bdc2add8a00b2aa0eb7c50f6aa157677bb62f96d6c7238";
    /// # let body = r#"{"messageType":"ORDER_PAY_SUCCESS","messageBody":"{\"orderId\":3305075341149134260,\"totalAmount\":10000}","messagePlatform":1,"timestamp":"1779263269913"}"#.as_bytes();
    /// let client = Client::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user"))?;
    /// let message = client.read_push(authorization, body)?;
    /// if message.push.is_some_and(|row| row.id == ORDER_STATUS_CHANGED.id) {
    ///     let order: OrderMessage = message.read()?;
    ///     assert_eq!(order.order_id.unwrap().as_str(), "3305075341149134260");
    /// }
    /// # Ok::<(), xportcn::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::PushSignature`] if it does not come from the platform or was changed on its way, [`Error::Decode`] if
    /// it holds no message.
    pub fn read_push(&self, authorization: &str, body: &[u8]) -> Result<Message, Error> {
        self.core.read_push(authorization, body)
    }

    /// Writes a message as the platform pushes them, signed with this account, for tests of what receives it: it has the
    /// documented example of its content unless it is given another.
    ///
    /// ```
    /// use xportcn::push::TestMessage;
    /// use xportcn::{Client, Config};
    ///
    /// let client = Client::new(Config::new("sandbox-key", "sandbox-secret", "sandbox-user"))?;
    /// let test = TestMessage::new("ORDER_PAY_SUCCESS").content(r#"{"orderId": "3305075341149134260"}"#);
    /// let signed = client.sign_push(&test)?;
    ///
    /// let message = client.read_push(&signed.authorization, &signed.body)?;
    /// assert_eq!(message.body, r#"{"orderId":"3305075341149134260"}"#);
    /// # Ok::<(), xportcn::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidRequest`] names the field that is wrong, or the message that may be meant.
    pub fn sign_push(&self, test: &TestMessage) -> Result<Signed, Error> {
        self.core.sign_push(test, fresh::now_ms())
    }

    /// The shapes of all replies and pushed messages so far, as JSON, if [`Config::observe`] has them kept: by row, how
    /// many there were, with which statuses and codes, and of each place its name, its types, how many digits stood
    /// there, and what was absent, unknown or of another type. Never a value.
    pub fn shapes(&self) -> String {
        self.core.shapes()
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn waits(&self) -> &Waits {
        &self.shared.waits
    }

    pub(crate) fn policy(&self) -> &RetryPolicy {
        &self.policy
    }

    /// The account and the settings.
    pub fn config(&self) -> &Config {
        self.core.config()
    }

    fn begin<C: Call>(&self, call: &C) -> Result<Exchange<C::Reply>, Error> {
        self.policy.check()?;
        Exchange::begin(&self.core, call, self.policy)
    }

    fn begin_json(&self, id: &str, params: &[u8]) -> Result<Exchange<String>, Error> {
        self.policy.check()?;
        Exchange::begin_json(&self.core, catalogue::endpoint(id)?, params, self.policy)
    }

    /// One call: does what the exchange says until it is over.
    async fn run<T>(&self, exchange: &mut Exchange<T>) -> Result<Reply<T>, Error> {
        let id = exchange.endpoint().id;
        let span = tracing::debug_span!(
            "xportcn.call",
            id,
            attempts = field::Empty,
            request_id = field::Empty,
            duration_ms = field::Empty
        );
        async {
            let started = fresh::Stopwatch::start();
            let mut watch = self.watch(id);
            if watch.wants_events() {
                exchange.listen();
            }
            let result = loop {
                let random = match fresh::bytes(id) {
                    Ok(random) => random,
                    Err(error) if exchange.attempts() == 0 => break Err(error),
                    // What has been sent may have been carried out, and the exchange knows.
                    Err(_) => {
                        exchange.cancel();
                        Default::default()
                    }
                };
                let step = exchange.step(fresh::now_ms(), random);
                watch.tell(&exchange.take_events());
                match step {
                    Step::Send { mut request, timeout_ms } => {
                        watch.prepare(&mut request);
                        let attempt = tracing::debug_span!(
                            "attempt",
                            attempt = exchange.attempts(),
                            status = field::Empty,
                            duration_ms = field::Empty
                        );
                        match self.attempt(request, timeout_ms).instrument(attempt).await {
                            Ok(response) => exchange.on_response(response)?,
                            Err(Failure { kind, maybe_sent, detail }) => {
                                exchange.on_failure(kind, maybe_sent, &detail)?;
                            }
                        }
                    }
                    // By a thread of its own, as the time of an attempt.
                    Step::Wait(millis) => Delay::new(Duration::from_millis(millis)).await,
                    Step::Done(result) => break result,
                }
            };
            let span = Span::current();
            span.record("attempts", exchange.attempts());
            span.record("duration_ms", started.milliseconds());
            report(id, &result);
            result
        }
        .instrument(span)
        .await
    }

    /// Whoever is told of a call.
    #[cfg_attr(not(feature = "opentelemetry"), expect(unused_variables, reason = "only spans are of one endpoint"))]
    fn watch(&self, endpoint: &'static str) -> Watch<'_> {
        Watch {
            listeners: &self.listeners,
            #[cfg(feature = "opentelemetry")]
            spans: self.shared.telemetry.as_ref().map(|telemetry| telemetry.call(endpoint)),
        }
    }

    /// One attempt: sends, and receives the answer.
    async fn attempt(&self, request: Request, timeout_ms: u64) -> Result<Response, Failure> {
        let started = fresh::Stopwatch::start();
        // By a thread of its own: tokio's timers wait for a task that a flood keeps busy.
        let over = Delay::new(Duration::from_millis(timeout_ms));
        let sent = match select(self.shared.transport.send(request), over).await {
            Either::Left((sent, _)) => Some(sent),
            Either::Right(_) => None,
        };
        let span = Span::current();
        span.record("duration_ms", started.milliseconds());
        let failure = match sent {
            Some(Ok(response)) => {
                span.record("status", response.status);
                return Ok(response);
            }
            Some(Err(failure)) => failure,
            None => Failure::timeout(),
        };
        Err(failure)
    }

    fn sign(&self, mut prepared: Prepared) -> Result<Request, Error> {
        let (random, now_ms) = (fresh::bytes(prepared.endpoint().id)?, fresh::now_ms());
        prepared.refer(self.config().references, now_ms, &random);
        Ok(self.core.sign(&prepared, self.core.platform_ms(now_ms), &Nonce::from_random(random)))
    }
}

impl ClientBuilder {
    /// How long a connection may take to come about unless set otherwise: 10 seconds.
    pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

    /// Sets how long one attempt may take, from its sending to the last byte of the answer. Unless set otherwise: 30
    /// seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.policy.timeout = timeout;
        self
    }

    /// Sets how long a call may take with all its attempts and the waits between them. Unless set otherwise: 60
    /// seconds.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.policy.deadline = deadline;
        self
    }

    /// Sets how many attempts may follow the first. Unless set otherwise: 2.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.policy.max_retries = max_retries;
        self
    }

    /// Sets when a call is tried again, with all that belongs to it.
    pub fn policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Sets how long a connection may take to come about. A call that fails for this has sent nothing, and says so
    /// with [`TransportKind::Connect`](crate::TransportKind::Connect). A transport of your own has its own rule.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Tells `listener` of everything that happens to calls, as [`Client::on_event`] does.
    pub fn on_event(mut self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.listeners.add(listener);
        self
    }

    /// Makes spans and metrics of calls by OpenTelemetry's global providers, as they are when the client is built: a span for
    /// a call, below it one for each attempt by the conventions for clients of HTTP, and the histogram
    /// `http.client.request.duration`. Requests carry the attempt's context as the global propagator writes it.
    #[cfg(feature = "opentelemetry")]
    pub fn opentelemetry(mut self) -> Self {
        self.telemetry = true;
        self
    }

    /// Sends requests through `transport` instead of HTTP.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends requests through what `around` makes of the transport that is there: it sees each attempt and its answer.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use xportcn::{Client, Config, Request, Sending, Transport};
    ///
    /// struct Counted(Arc<dyn Transport>);
    ///
    /// impl Transport for Counted {
    ///     fn send(&self, request: Request) -> Sending<'_> {
    ///         eprintln!("{}", request.shown_url()); // has no signature
    ///         self.0.send(request)
    ///     }
    /// }
    ///
    /// let config = Config::new("key", "secret", "user");
    /// let client = Client::builder(config).around_transport(Counted).build()?;
    /// # Ok::<(), xportcn::Error>(())
    /// ```
    pub fn around_transport<T: Transport>(
        mut self,
        around: impl FnOnce(Arc<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        self.around = Some(Box::new(|inner| Arc::new(around(inner))));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// [`Error::Config`] names the setting that is wrong.
    pub fn build(mut self) -> Result<Client, Error> {
        self.policy.check()?;
        let own = concat!("xportcn-rust/", env!("CARGO_PKG_VERSION"));
        let agent = &mut self.config.user_agent;
        *agent = if agent.is_empty() { own.to_string() } else { format!("{agent} {own}") };
        let core = Core::new(self.config)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(Http::new(core.config(), self.connect_timeout)?),
        };
        let transport = match self.around {
            Some(around) => around(transport),
            None => transport,
        };
        let shared = Arc::new(Shared {
            transport,
            waits: Waits::default(),
            #[cfg(feature = "opentelemetry")]
            telemetry: self.telemetry.then(|| crate::telemetry::Telemetry::global(&core.config().base_url)),
        });
        Ok(Client { core, shared, policy: self.policy, listeners: self.listeners })
    }
}

/// Tells the log what was noticed of a reply, in one line.
fn report<T>(id: &'static str, result: &Result<Reply<T>, Error>) {
    let request_id = match result {
        Ok(reply) => reply.request_id.as_deref(),
        Err(error) => error.request_id(),
    };
    Span::current().record("request_id", request_id);
    if let Ok(reply) = result
        && let [first, ..] = reply.warnings.as_slice()
    {
        tracing::warn!(
            id,
            count = reply.warnings.len(),
            path = first.path,
            expected = first.expected,
            found = first.found,
            "values in the reply do not fit their fields, this one first"
        );
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", self.config()).field("policy", &self.policy).finish_non_exhaustive()
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("config", &self.config)
            .field("policy", &self.policy)
            .field("connect_timeout", &self.connect_timeout)
            .finish_non_exhaustive()
    }
}
