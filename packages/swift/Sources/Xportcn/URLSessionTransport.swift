import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends with `URLSession`. Calls that read share connections; each call that writes has one of its own, because
/// `URLSession` sends a GET once more if a connection that was kept turns out to be closed.
public final class URLSessionTransport: XportcnTransport {
    private let configuration: Configured
    private let receiver = Receiver()
    private let session: URLSession

    /// A transport with its own connections.
    ///
    /// - Parameter configuration: For proxies and the like. Without one, nothing is stored, and 64 calls may be under way
    ///   at once.
    public init(configuration: URLSessionConfiguration? = nil) {
        self.configuration = Configured(configuration)
        session = self.configuration.session(receiver)
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    /// Gives the answer.
    public func send(_ request: XportcnRequest, timeout: Duration, maxBytes: Int) async throws -> XportcnResponse {
        guard let url = URL(string: request.url) else {
            throw TransportFailure(.other, maybeSent: false, detail: "the address is none")
        }
        var sent = URLRequest(url: url)
        sent.httpMethod = request.method
        sent.httpBody = request.body
        sent.timeoutInterval = max(1, Double(timeout.milliseconds) / 1000)
        for (name, value) in request.headers {
            sent.setValue(value, forHTTPHeaderField: name)
        }
        guard request.isWrite else {
            return try await answer(to: sent, session, timeout, maxBytes)
        }
        let session = configuration.session(receiver)
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

    init(_ given: URLSessionConfiguration?) {
        if let given {
            settings = given.copy() as? URLSessionConfiguration ?? given
        } else {
            settings = .ephemeral
            settings.httpMaximumConnectionsPerHost = 64
            settings.urlCache = nil
            settings.httpCookieStorage = nil
            settings.httpShouldSetCookies = false
        }
    }

    func session(_ receiver: Receiver) -> URLSession {
        URLSession(configuration: settings, delegate: receiver, delegateQueue: nil)
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

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        lock.withLock { transfers[ObjectIdentifier(dataTask)] }?.take(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        lock.withLock { transfers.removeValue(forKey: ObjectIdentifier(task)) }?.end(error)
    }
}

/// One request, whose answer someone waits for.
private final class Transfer: @unchecked Sendable {
    typealias Continuation = CheckedContinuation<XportcnResponse, any Error>

    let task: URLSessionDataTask
    private let maxBytes: Int
    private let lock = NSLock()
    private var continuation: Continuation?
    /// Ends a request that takes too long. `Task.sleep` would be kept in memory until its time, also when it is cancelled.
    private var timer: (any DispatchSourceTimer)?
    private var body = Data()
    private var isCancelled = false
    /// Why it was given up.
    private var failure: TransportFailure?

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
        task.cancel()
    }

    func take(_ data: Data) {
        let isTooLarge = lock.withLock {
            guard body.count + data.count <= maxBytes else { return true }
            body.append(data)
            return false
        }
        if isTooLarge {
            giveUp(TransportFailure(.tooLarge, maybeSent: true, detail: "more than \(maxBytes) bytes"))
        }
    }

    private func giveUp(_ failure: TransportFailure) {
        lock.withLock { self.failure = self.failure ?? failure }
        task.cancel()
    }

    func end(_ error: (any Error)?) {
        let (continuation, body, given) = lock.withLock {
            timer?.cancel()
            timer = nil
            defer { self.continuation = nil }
            return (self.continuation, self.body, self.failure)
        }
        if let given {
            continuation?.resume(throwing: given)
        } else if let error {
            continuation?.resume(throwing: failed(error))
        } else if let answer = task.response as? HTTPURLResponse {
            continuation?.resume(returning: response(answer, body))
        } else {
            let nothing = TransportFailure(.broken, maybeSent: true, detail: "the answer is not HTTP")
            continuation?.resume(throwing: nothing)
        }
    }
}

private func response(_ answer: HTTPURLResponse, _ body: Data) -> XportcnResponse {
    let headers = ["content-type", "date", "retry-after"].compactMap { name in
        answer.value(forHTTPHeaderField: name).map { (name: name, value: $0) }
    }
    return XportcnResponse(status: answer.statusCode, headers: headers, body: body)
}

/// What an error of `URLSession` says about the request. Its own words are left out: they may hold the address.
private func failed(_ error: any Error) -> TransportFailure {
    guard let error = error as? URLError else {
        return TransportFailure(.other, maybeSent: true, detail: "\(type(of: error))")
    }
    let (kind, maybeSent): (TransportFailure.Kind, Bool) =
        switch error.code {
        case .timedOut: (.timeout, true)
        case .cannotFindHost, .dnsLookupFailed: (.dns, false)
        case .cannotConnectToHost: (.connect, false)
        case .networkConnectionLost: (.reset, true)
        case .notConnectedToInternet, .dataNotAllowed, .internationalRoamingOff: (.connect, true)
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            (.tls, false)
        case .badServerResponse, .cannotParseResponse, .cannotDecodeContentData, .cannotDecodeRawData,
            .zeroByteResource:
            (.broken, true)
        case .badURL, .unsupportedURL: (.other, false)
        // Linux has no code for it, only curl's words.
        case .unknown where error.localizedDescription.hasPrefix("SSL certificate problem"): (.tls, false)
        default: (.other, true)
        }
    return TransportFailure(kind, maybeSent: maybeSent, detail: "URLError \(error.code.rawValue)")
}
