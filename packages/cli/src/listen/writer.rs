//! Lines on their way to a stream whose reader may be slow: a bounded queue, and a thread that waits for the reader.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use tokio::sync::{mpsc, oneshot};

/// A thread that writes lines.
pub struct Writer {
    sender: Sender,
    written: oneshot::Receiver<io::Result<()>>,
}

/// The way to a writer.
#[derive(Clone)]
pub struct Sender {
    lines: mpsc::Sender<String>,
    waiting: Arc<AtomicUsize>,
}

/// A place for a line that is sure to be written.
pub struct Place<'a> {
    permit: mpsc::Permit<'a, String>,
    waiting: &'a AtomicUsize,
}

/// A writer that ends when all its senders are gone and all lines are written.
pub struct Ending {
    written: oneshot::Receiver<io::Result<()>>,
    waiting: Arc<AtomicUsize>,
}

impl Writer {
    /// Starts the thread; it ends at the first error.
    pub fn start(
        capacity: usize,
        mut write: impl FnMut(String) -> io::Result<()> + Send + 'static,
    ) -> io::Result<Self> {
        let (lines, mut queue) = mpsc::channel::<String>(capacity);
        let (done, written) = oneshot::channel();
        let waiting = Arc::new(AtomicUsize::new(0));
        let sender = Sender { lines, waiting: waiting.clone() };
        // A thread of its own, for one of tokio's would keep the program from ending.
        thread::Builder::new().spawn(move || {
            let mut all = || {
                while let Some(line) = queue.blocking_recv() {
                    write(line)?;
                    waiting.fetch_sub(1, Ordering::SeqCst);
                }
                Ok(())
            };
            // Nobody waits for the end any more: that is no matter.
            let _ = done.send(all());
        })?;
        Ok(Self { sender, written })
    }

    /// A way to it. The writer does not end before it is dropped.
    pub fn sender(&self) -> Sender {
        self.sender.clone()
    }

    /// Gives the writer's own way up.
    pub fn finish(self) -> Ending {
        Ending { written: self.written, waiting: self.sender.waiting }
    }
}

impl Sender {
    /// A place for a line; absent if too many wait, or if the stream has broken.
    pub fn reserve(&self) -> Option<Place<'_>> {
        let permit = self.lines.try_reserve().ok()?;
        Some(Place { permit, waiting: &self.waiting })
    }

    /// Writes a line, unless too many wait.
    pub fn send(&self, line: String) {
        if let Some(place) = self.reserve() {
            place.put(line);
        }
    }
}

impl Place<'_> {
    /// Puts the line there.
    pub fn put(self, line: String) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        self.permit.send(line);
    }
}

impl Ending {
    /// Waits until all is written, or cannot be.
    pub async fn wait(&mut self) -> io::Result<()> {
        match (&mut self.written).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::other("the thread that writes has ended")),
        }
    }

    /// Lines that are not yet written.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }
}
