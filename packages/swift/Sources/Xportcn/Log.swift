import Foundation

#if canImport(os)
    import os

    private let logger = Logger(subsystem: "xportcn", category: "replies")

    /// The system's log.
    @Sendable func systemLog(_ line: String) {
        logger.warning("\(line, privacy: .public)")
    }
#else
    /// The standard error.
    @Sendable func systemLog(_ line: String) {
        FileHandle.standardError.write(Data("xportcn: \(line)\n".utf8))
    }
#endif
