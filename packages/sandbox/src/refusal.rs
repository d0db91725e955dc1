//! Why a request is refused: the sandbox's own table of codes, for the platform's is not public.

use std::fmt;

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $status:literal;)+) => {
        /// Why a request is refused. The codes are the sandbox's own; the platform's are not public.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Reason {
            /// Every reason, in the order of the codes.
            pub const ALL: &[Reason] = &[$(Reason::$name,)+];

            /// The `code` of the envelope.
            pub fn code(self) -> u32 {
                match self { $(Reason::$name => $code,)+ }
            }

            /// The HTTP status. What the platform itself refuses travels with 200, as its successes do.
            pub fn status(self) -> u16 {
                match self { $(Reason::$name => $status,)+ }
            }
        }
    };
}

reasons! {
    /// The body is not JSON, or not an object.
    MalformedJson = 40001, 200;
    /// The body is not said to be `application/json`.
    WrongContentType = 40002, 200;
    /// The body, the query string or the path is not UTF-8, or wrongly escaped.
    NotUtf8 = 40003, 200;
    /// A name stands twice in the query string.
    RepeatedParameter = 40004, 200;
    /// A GET request has a body.
    UnexpectedBody = 40005, 200;
    /// A field is missing, unknown, or of the wrong kind.
    InvalidField = 40010, 200;
    /// One of the five headers is missing or empty.
    MissingHeader = 40101, 200;
    /// One of the five headers stands twice or is not ASCII.
    MalformedHeader = 40102, 200;
    /// There is no such access key.
    UnknownAccessKey = 40103, 200;
    /// The user id does not belong to the access key.
    UnknownUser = 40104, 200;
    /// The timestamp is not a number of seconds or milliseconds.
    MalformedTimestamp = 40105, 200;
    /// The timestamp is more than 600 seconds off.
    TimestampOff = 40106, 200;
    /// The nonce is not 32 letters and digits.
    MalformedNonce = 40107, 200;
    /// The signature is wrong.
    WrongSignature = 40108, 200;
    /// The nonce has been used.
    ReusedNonce = 40109, 200;
    /// The query parameters `timestamp` and `sign`, where a row has them, do not agree with the headers.
    WrongQuerySignature = 40110, 200;
    /// The timestamp is older than the nonces that are still remembered, after very many calls.
    ForgottenNonce = 40111, 200;
    /// The account has no right to the row, as a drift says.
    NoRight = 40301, 200;
    /// A page in a browser calls whose origin is not named.
    ForeignPage = 40302, 403;
    /// The sandbox is called by the name of a host that may be anybody's.
    UnknownHost = 40303, 403;
    /// There is no such path.
    UnknownPath = 40401, 404;
    /// The path takes another method.
    WrongMethod = 40501, 405;
    /// The body did not arrive in time.
    BodyTimeout = 40801, 408;
    /// The body is too large.
    BodyTooLarge = 41301, 413;
    /// There is no such order, or it is another user's.
    UnknownOrder = 42001, 200;
    /// The order has been paid.
    AlreadyPaid = 42002, 200;
    /// The order has been cancelled.
    AlreadyCancelled = 42003, 200;
    /// The order has not been paid.
    NotPaid = 42004, 200;
    /// The order has not been shipped.
    NotShipped = 42005, 200;
    /// The order has been shipped.
    AlreadyShipped = 42006, 200;
    /// The order has been received.
    AlreadyReceived = 42007, 200;
    /// The money of the order has gone back.
    AlreadyRefunded = 42008, 200;
    /// A payment or cancellation of the order is under way.
    UnderWay = 42009, 200;
    /// No payment or cancellation of the order is under way.
    NothingUnderWay = 42010, 200;
    /// The product has no such variant.
    UnknownVariant = 42101, 200;
    /// A quantity is not above 0, or beyond what is in stock.
    UnfitQuantity = 42102, 200;
    /// An amount is not within the limits that apply to it.
    UnfitAmount = 42103, 200;
    /// The balance does not suffice.
    BalanceTooLow = 42104, 200;
    /// A payment names no order, or too many.
    UnfitCount = 42105, 200;
    /// The cart has no such line, or it is in another user's.
    UnknownCartLine = 42201, 200;
    /// There is no such refund, or it is another user's.
    UnknownRefund = 42301, 200;
    /// The refund is in another state than the call needs.
    WrongRefundState = 42302, 200;
    /// A refund of the line is under way.
    RefundUnderWay = 42303, 200;
    /// There is no such address, or it is another user's.
    UnknownAddress = 42401, 200;
    /// There is no such freight preview or booking, or it is another user's.
    UnknownFreight = 42501, 200;
    /// The state file cannot be written; the call has been carried out, and is lost unless a later write succeeds.
    StateNotKept = 50001, 500;
}

/// A refusal: its reason, and words that say what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The reason, which has the code.
    pub reason: Reason,
    /// The `msg` of the envelope.
    pub message: String,
}

impl Refusal {
    /// A refusal.
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (code {})", self.message, self.reason.code())
    }
}

impl std::error::Error for Refusal {}
