import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends with `URLSession`. Calls that read share connections; each call that writes has one of its own, because
/// `URLSession` sends a request once more if a connection that was kept turns out to be closed.
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
            return try await receive(session.dataTask(with: sent), timeout, maxBytes)
        }
        let session = configuration.session(receiver)
        defer { session.finishTasksAndInvalidate() }
        return try await receive(session.dataTask(with: sent), timeout, maxBytes)
    }

    /// Waits for the answer, and no longer than the timeout.
    private func receive(_ task: URLSessionDataTask, _ timeout: Duration, _ maxBytes: Int) async throws
        -> XportcnResponse
    {
        try await withThrowingTaskGroup(of: XportcnResponse.self) { group in
            group.addTask { [receiver] in
                try await withTaskCancellationHandler {
                    try await withCheckedThrowingContinuation { continuation in
                        receiver.begin(task, maxBytes, continuation)
                    }
                } onCancel: {
                    task.cancel()
                }
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                throw TransportFailure(.timeout, maybeSent: true, detail: "no whole answer in time")
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else {
                throw TransportFailure(.other, maybeSent: true, detail: "no answer")
            }
            return answer
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

/// Takes the parts of answers, and no more of each than it may have.
private final class Receiver: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private struct Transfer {
        let continuation: CheckedContinuation<XportcnResponse, any Error>
        let maxBytes: Int
        var body = Data()
        var isTooLarge = false
    }

    private let lock = NSLock()
    /// By the task itself: the numbers of tasks are those of their session.
    private var transfers: [ObjectIdentifier: Transfer] = [:]

    func begin(
        _ task: URLSessionDataTask, _ maxBytes: Int, _ continuation: CheckedContinuation<XportcnResponse, any Error>
    ) {
        lock.withLock {
            transfers[ObjectIdentifier(task)] = Transfer(continuation: continuation, maxBytes: maxBytes)
        }
        task.resume()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = lock.withLock {
            let key = ObjectIdentifier(dataTask)
            guard var transfer = transfers.removeValue(forKey: key) else { return false }
            transfer.isTooLarge = transfer.body.count + data.count > transfer.maxBytes
            if !transfer.isTooLarge {
                transfer.body.append(data)
            }
            transfers[key] = transfer
            return transfer.isTooLarge
        }
        if isTooLarge {
            dataTask.cancel()
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let transfer = lock.withLock({ transfers.removeValue(forKey: ObjectIdentifier(task)) }) else { return }
        if transfer.isTooLarge {
            let detail = "more than \(transfer.maxBytes) bytes"
            transfer.continuation.resume(throwing: TransportFailure(.tooLarge, maybeSent: true, detail: detail))
        } else if let error {
            transfer.continuation.resume(throwing: failure(of: error))
        } else if let answer = task.response as? HTTPURLResponse {
            transfer.continuation.resume(returning: response(answer, transfer.body))
        } else {
            let nothing = TransportFailure(.broken, maybeSent: true, detail: "the answer is not HTTP")
            transfer.continuation.resume(throwing: nothing)
        }
    }
}

private func response(_ answer: HTTPURLResponse, _ body: Data) -> XportcnResponse {
    let headers = ["date", "retry-after"].compactMap { name in
        answer.value(forHTTPHeaderField: name).map { (name: name, value: $0) }
    }
    return XportcnResponse(status: answer.statusCode, headers: headers, body: body)
}

/// What an error of `URLSession` says about the request. Its own words are left out: they may hold the address.
private func failure(of error: any Error) -> TransportFailure {
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
        default: (.other, true)
        }
    return TransportFailure(kind, maybeSent: maybeSent, detail: "URLError \(error.code.rawValue)")
}
