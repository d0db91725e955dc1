import Foundation

/// What a frame of the core says: what has happened, for those who listen, and what is to be done.
struct NextStep {
    /// A list, as JSON; empty if nothing is to be told.
    let events: String
    let work: Work

    enum Work {
        case send(XportcnRequest, timeout: Duration)
        case wait(Duration)
        case done(Data, ReplyFacts, Course)
        /// With the error, as JSON.
        case failed(String, Course)
    }

    /// How a call went that is over.
    struct Course {
        let attempts: Int
        let duration: Duration
    }

    /// Reads a frame.
    ///
    /// - Parameters:
    ///   - parameters: As they were given to the core, which does not give them back.
    ///   - isDirect: Whether requests must go through no proxy.
    init(_ frame: String, _ parameters: [UInt8], isDirect: Bool) {
        var frame = frame
        self = frame.withUTF8 { bytes in
            var told = FrameReader(bytes)
            let kind = told.number()
            return NextStep(events: told.text(), work: Work(kind, &told, parameters, isDirect))
        }
    }

    private init(events: String, work: Work) {
        self.events = events
        self.work = work
    }
}

extension NextStep.Work {
    /// The members stand in the order of the frame's.
    fileprivate init(_ kind: Int, _ told: inout FrameReader, _ parameters: [UInt8], _ isDirect: Bool) {
        switch kind {
        case 0:
            let isWrite = told.flag()
            let timeout = told.duration()
            let (method, url, body) = (told.text(), told.text(), told.data(given: parameters))
            let headers = (0..<told.number()).map { _ in (name: told.text(), value: told.text()) }
            let request = XportcnRequest(
                method: method, url: url, headers: headers, body: body, isWrite: isWrite, isDirect: isDirect)
            self = .send(request, timeout: timeout)
        case 1:
            self = .wait(told.duration())
        case 2:
            let course = NextStep.Course(attempts: told.number(), duration: told.duration())
            let (requestId, message, developId) = (told.maybe(), told.maybe(), told.maybe())
            let data = told.data() ?? Data()
            let warnings = (0..<told.number()).map { _ in
                ReplyWarning(path: told.text(), expected: told.text(), found: told.text())
            }
            let facts = ReplyFacts(
                requestId: requestId, message: message, developId: developId, warnings: warnings)
            self = .done(data, facts, course)
        default:
            let course = NextStep.Course(attempts: told.number(), duration: told.duration())
            self = .failed(told.text(), course)
        }
    }
}
