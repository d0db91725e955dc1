//! `xportcn listen`: takes the messages that the platform pushes, prints them, and passes them on.
//!
//! The platform waits one second for its answer. So a message is answered once it is verified and has its place in the
//! queues; printing and forwarding take it from there, at their own pace. Nothing that waits for a reader, not even a
//! line on stderr, is written while the platform waits.

mod forward;
mod inbox;
mod memory;
mod recent;
mod server;
mod writer;

use crate::args::ListenArgs;
use crate::failure::{Failure, TRANSPORT};
use crate::stop::Stop;
use crate::{account, output, runtime, shapes};
use forward::Forward;
use inbox::{Inbox, Rules, Ways};
use memory::Memory;
use recent::{REMEMBERED, Recent};
use server::Server;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::timeout;
use writer::{Sender, Writer};
use xportcn_core::shape::Shapes;

/// How long printing and forwarding may take what was accepted when the program is stopped.
const DRAIN: Duration = Duration::from_secs(10);

/// How long the last lines on stderr may take.
const LAST_NOTES: Duration = Duration::from_secs(1);

/// Lines that wait for a slow reader of stderr; further ones are left out.
const NOTES: usize = 1000;

pub fn run(args: ListenArgs) -> Result<(), Failure> {
    let keys = account::keys(args.account)?;
    let forward = args.forward.as_deref().map(Forward::new).transpose()?;
    let address = SocketAddr::new(args.address, args.port);
    let queue = args.queue;
    let rules = Rules { max_age: args.max_age, forward_repeats: args.forward_repeats };
    let remembered = args.remember.as_deref().map(remembered).transpose()?;
    runtime::block_on(async move {
        // Whoever reads the address may send a signal at once.
        let mut stop = Stop::listen().map_err(|error| unusable("signals cannot be awaited", &error))?;
        let listener = TcpListener::bind(address).await;
        let listener = listener.map_err(|error| unusable(&format!("no listening on {address}"), &error))?;
        let bound = listener.local_addr()?;
        if let Some(forward) = &forward {
            forward.check(bound).await?;
        }

        let notes = Writer::start(NOTES, |line| {
            output::note(&line);
            Ok(())
        })?;
        let lines = Writer::start(queue, |line| output::line(&line))?;
        let (forwards, forwarding) = match forward {
            Some(forward) => forward.start(queue, notes.sender()),
            None => forward::none(),
        };
        let shapes = args.shapes.as_ref().map(|_| Arc::<Mutex<Shapes>>::default());
        let (memory, recent) = match remembered {
            Some((memory, ids)) => (Some(keep(memory, notes.sender())?), Recent::of(ids)),
            None => (None, Recent::default()),
        };
        let ways = Ways {
            lines: lines.sender(),
            forwards,
            memory: memory.as_ref().map(Writer::sender),
            notes: notes.sender(),
        };
        let inbox = Inbox::new(keys, rules, recent, ways, shapes.clone());
        output::note(&format!("listening on http://{bound}{}", args.path.trim_end_matches('/')));
        let server = Server::start(listener, inbox.router(&args.path));

        let mut printing = lines.finish();
        let printed = tokio::select! {
            () = stop.wait() => None,
            printed = printing.wait() => Some(printed),
        };
        server.stop().await;
        let drained = async {
            let printed = match printed {
                Some(printed) => printed,
                None => printing.wait().await,
            };
            // That it panicked leaves nothing to wait for either.
            let _ = forwarding.await;
            if let Some(memory) = memory {
                // It has said why it broke, if it did.
                let _ = memory.finish().wait().await;
            }
            printed
        };
        let result = tokio::select! {
            drained = timeout(DRAIN, drained) => drained.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())),
            () = stop.wait() => Err(io::ErrorKind::Interrupted.into()),
        };
        if let (Some(file), Some(shapes)) = (&args.shapes, shapes) {
            let shapes = shapes.lock().unwrap_or_else(PoisonError::into_inner).to_json();
            shapes::append(file, &shapes)?;
        }
        // A reader of stderr who does not read keeps nobody.
        let _ = timeout(LAST_NOTES, notes.finish().wait()).await;
        ended(result, printing.waiting())
    })
}

/// The file of ids.
fn remembered(file: &Path) -> Result<(Memory, Vec<String>), Failure> {
    Memory::open(file).map_err(|error| Failure::usage(format!("--remember {}: {error}", file.display())))
}

/// A writer of ids, which nobody waits for.
fn keep(mut memory: Memory, notes: Sender) -> io::Result<Writer> {
    Writer::start(REMEMBERED, move |id| {
        let kept = memory.add(&id);
        if let Err(error) = &kept {
            notes.send(format!("ids are kept in the file no more: {error}"));
        }
        kept
    })
}

/// How the program ends. A message that was accepted and not printed is lost, for the platform does not repeat it.
fn ended(result: io::Result<()>, not_printed: usize) -> Result<(), Failure> {
    let Err(error) = result else { return Ok(()) };
    let why = match error.kind() {
        io::ErrorKind::BrokenPipe => "nobody reads the output any more".to_string(),
        io::ErrorKind::Interrupted => "stopped at the second signal".to_string(),
        io::ErrorKind::TimedOut => format!("stopped after {} s of waiting", DRAIN.as_secs()),
        _ => format!("the output cannot be written: {error}"),
    };
    let left = if not_printed > 0 {
        format!("{not_printed} accepted messages were not printed")
    } else {
        "some accepted messages were not passed on".to_string()
    };
    Err(Failure::new(TRANSPORT, format!("{why}; {left}")))
}

fn unusable(what: &str, error: &io::Error) -> Failure {
    let failure = Failure::new(TRANSPORT, format!("{what}: {error}"));
    match error.kind() {
        io::ErrorKind::AddrInUse => failure.hint("--port 0 takes a free port"),
        io::ErrorKind::PermissionDenied => failure.hint("ports below 1024 need more rights; take another with --port"),
        _ => failure,
    }
}
