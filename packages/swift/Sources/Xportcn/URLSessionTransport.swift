import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends with `URLSession`. Calls that read share connections; each call that writes has one of its own, because
/// `URLSession` sends a GET once more if a connection that was kept turns out to be closed. Nothing is stored, no cookies either.
/// What is for this machine goes through no proxy; on Linux, where `URLSession` takes the environment's and no other, it is
/// refused unless `no_proxy` names this machine.
public final class URLSessionTransport: XportcnTransport {
    private let configuration: Configured
    private let receiver = Receiver()
    private let session: URLSession
    private let direct: URLSession

    /// A transport with its own connections.
    ///
    /// - Parameter configuration: For proxies and the like. Without one, 64 calls may be under way at once.
    public init(configuration: URLSessionConfiguration? = nil) {
        self.configuration = Configured(configuration)
        session = self.configuration.session(receiver, isDirect: false)
        direct = self.configuration.session(receiver, isDirect: true)
    }

    deinit {
        session.finishTasksAndInvalidate()
        direct.finishTasksAndInvalidate()
    }

    /// Gives the answer.
    public func send(_ request: XportcnRequest, timeout: Duration, maxBytes: Int) async throws -> XportcnResponse {
        guard let url = URL(string: request.url) else {
            throw TransportFailure(.other, maybeSent: false, detail: "the address is none")
        }
        if request.isDirect {
            try refuseProxy(to: url)
        }
        var sent = URLRequest(url: url)
        sent.httpMethod = request.method
        sent.httpBody = request.body
        sent.timeoutInterval = max(1, Double(timeout.milliseconds) / 1000)
        for (name, value) in request.headers {
            sent.setValue(value, forHTTPHeaderField: name)
        }
        sent.setValue("gzip", forHTTPHeaderField: "accept-encoding")
        guard request.isWrite else {
            return try await answer(to: sent, request.isDirect ? direct : session, timeout, maxBytes)
        }
        let session = configuration.session(receiver, isDirect: request.isDirect)
        defer { session.finishTasksAndInvalidate() }
        return try await answer(to: sent, session, timeout, maxBytes)
    }

    private func answer(
        to request: URLRequest, _ session: URLSession, _ timeout: Duration, _ maxBytes: Int
    ) async throws
        -> XportcnResponse
    {
        let transfer = Transfer(session.dataTask(with: request), maxBytes)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                receiver.begin(transfer, timeout, continuation)
            }
        } onCancel: {
            transfer.cancel()
        }
    }
}

/// The settings of sessions; they are not changed after they were made.
private final class Configured: @unchecked Sendable {
    private let settings: URLSessionConfiguration
    private let direct: URLSessionConfiguration

    init(_ given: URLSessionConfiguration?) {
        settings = given?.copy() as? URLSessionConfiguration ?? given ?? .ephemeral
        if given == nil {
            settings.httpMaximumConnectionsPerHost = 64
        }
        settings.urlCache = nil
        settings.httpCookieStorage = nil
        settings.httpShouldSetCookies = false
        settings.httpCookieAcceptPolicy = .never
        direct = settings.copy() as? URLSessionConfiguration ?? settings
        #if !canImport(FoundationNetworking)
            direct.connectionProxyDictionary = [:]
        #endif
    }

    func session(_ receiver: Receiver, isDirect: Bool) -> URLSession {
        URLSession(configuration: isDirect ? direct : settings, delegate: receiver, delegateQueue: nil)
    }
}

/// Gives the parts of answers to those who wait for them.
private final class Receiver: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let lock = NSLock()
    /// By the task itself: the numbers of tasks are those of their session.
    private var transfers: [ObjectIdentifier: Transfer] = [:]

    func begin(_ transfer: Transfer, _ timeout: Duration, _ continuation: Transfer.Continuation) {
        lock.withLock { transfers[ObjectIdentifier(transfer.task)] = transfer }
        if !transfer.begin(timeout, continuation) {
            lock.withLock { _ = transfers.removeValue(forKey: ObjectIdentifier(transfer.task)) }
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let transfer = lock.withLock { transfers[ObjectIdentifier(dataTask)] }
        completionHandler(transfer?.accepts(response) == false ? .cancel : .allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let transfer = lock.withLock { transfers[ObjectIdentifier(dataTask)] }
        transfer?.take(data, behind: session.delegateQueue.operationCount)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        lock.withLock { transfers.removeValue(forKey: ObjectIdentifier(task)) }?.end(error)
    }
}

/// One request, whose answer someone waits for.
private final class Transfer: @unchecked Sendable {
    typealias Continuation = CheckedContinuation<XportcnResponse, any Error>

    let task: URLSessionDataTask
    private static let mostWaiting = 10_000
    private let maxBytes: Int
    private let lock = NSLock()
    private var continuation: Continuation?
    /// Ends a request that takes too long. `Task.sleep` would be kept in memory until its time, also when it is cancelled.
    private var timer: (any DispatchSourceTimer)?
    private var body = Data()
    private var isCancelled = false

    init(_ task: URLSessionDataTask, _ maxBytes: Int) {
        self.task = task
        self.maxBytes = maxBytes
    }

    /// Sends it; false if it was cancelled before.
    func begin(_ timeout: Duration, _ continuation: Continuation) -> Bool {
        let begins = lock.withLock {
            guard !isCancelled else { return false }
            self.continuation = continuation
            let timer = DispatchSource.makeTimerSource()
            timer.schedule(deadline: .now() + .milliseconds(Int(clamping: timeout.milliseconds)))
            timer.setEventHandler { [weak self] in
                self?.giveUp(TransportFailure(.timeout, maybeSent: true, detail: "no whole answer in time"))
            }
            timer.resume()
            self.timer = timer
            return true
        }
        if begins {
            task.resume()
        } else {
            let failure = TransportFailure(.other, maybeSent: false, detail: "cancelled before it was sent")
            continuation.resume(throwing: failure)
        }
        return begins
    }

    func cancel() {
        lock.withLock { isCancelled = true }
        giveUp(TransportFailure(.other, maybeSent: true, detail: "cancelled"))
    }

    /// Whether the body can be read, by what it is compressed with: `URLSession` unpacks more than was asked for.
    func accepts(_ response: URLResponse) -> Bool {
        let encodings = (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "content-encoding") ?? ""
        let names = encodings.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            .filter { !$0.isEmpty && $0 != "identity" }
        if let unknown = names.first(where: { $0 != "gzip" && $0 != "x-gzip" }) {
            return refuse("the body is compressed as `\(unknown)`, which was not asked for")
        }
        return names.count < 2 || refuse("the body is compressed \(names.count) times")
    }

    private func refuse(_ detail: String) -> Bool {
        giveUp(TransportFailure(.broken, maybeSent: true, detail: detail))
        return false
    }

    /// Takes a piece of the body. `URLSession` reads on while pieces wait, and a piece of one byte costs three thousand.
    func take(_ data: Data, behind waiting: Int) {
        if waiting > Self.mostWaiting {
            giveUp(TransportFailure(.broken, maybeSent: true, detail: "the body comes in pieces that are too small"))
            return
        }
        let isTooLarge = lock.withLock {
            guard continuation != nil else { return false }
            guard body.count + data.count <= maxBytes else { return true }
            body.append(data)
            return false
        }
        if isTooLarge {
            giveUp(TransportFailure(.tooLarge, maybeSent: true, detail: "more than \(maxBytes) bytes"))
        }
    }

    /// Ends the wait at once: what `URLSession` still does, as looking for a name, may take longer.
    private func giveUp(_ failure: TransportFailure) {
        finish(.failure(failure))
        task.cancel()
    }

    func end(_ error: (any Error)?) {
        if let error {
            finish(.failure(failed(error)))
        } else if let answer = task.response as? HTTPURLResponse {
            finish(.success(response(answer, lock.withLock { body })))
        } else {
            finish(.failure(TransportFailure(.broken, maybeSent: true, detail: "the answer is not HTTP")))
        }
    }

    private func finish(_ result: Result<XportcnResponse, any Error>) {
        let continuation = lock.withLock {
            timer?.cancel()
            timer = nil
            body = Data()
            defer { self.continuation = nil }
            return self.continuation
        }
        continuation?.resume(with: result)
    }
}

private func response(_ answer: HTTPURLResponse, _ body: Data) -> XportcnResponse {
    let headers = answer.allHeaderFields.compactMap { name, value in
        (name as? String).map { (name: $0, value: "\(value)") }
    }
    return XportcnResponse(status: answer.statusCode, headers: headers, body: body)
}
