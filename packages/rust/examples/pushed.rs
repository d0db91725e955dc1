//! Reads messages that the platform pushes.

// region pushed
use xportcn::{Client, Error};

/// The status to answer with, at once. `body` is as it was received, before anything has parsed it.
pub fn receive(client: &Client, authorization: &str, body: &[u8]) -> u16 {
    match client.read_push(authorization, body) {
        Ok(message) => {
            // Put it into a queue of your own, and work on it after the answer. A repeat has the same id.
            println!("{} {:?} {}", message.id, message.push, message.body);
            client.on_push(&message); // a wait for this order looks at once
            200
        }
        Err(Error::PushSignature { .. }) => 401,
        Err(_) => 400,
    }
}
// endregion

// region signed
use xportcn::push::TestMessage;

fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    let message = TestMessage::new("ORDER_PAY_SUCCESS").content(r#"{"orderId": "3305075341149134260"}"#);
    let signed = client.sign_push(&message)?;
    assert_eq!(receive(&client, &signed.authorization, &signed.body), 200);
    assert_eq!(receive(&client, &"0".repeat(64), &signed.body), 401);
    Ok(())
}
// endregion
