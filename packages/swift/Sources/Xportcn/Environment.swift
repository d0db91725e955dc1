import Foundation

extension XportcnClient {
    /// A client of the account that the environment has: ``Configuration/fromEnv()``.
    ///
    /// - Throws: ``XportcnError/config(_:)`` names the setting that is missing or wrong.
    public static func fromEnv(transport: any XportcnTransport = URLSessionTransport()) throws -> XportcnClient {
        try XportcnClient(configuration: .fromEnv(), transport: transport)
    }
}

extension XportcnClient.Configuration {
    /// The account that the environment has, with the usual settings: `XPORTCN_ACCESS_KEY`, `XPORTCN_ACCESS_SECRET` and
    /// `XPORTCN_USER_ID`, and where they are set, `XPORTCN_BASE_URL`, and the paths of the JSON file that `XPORTCN_PATHS` names.
    ///
    /// - Throws: ``XportcnError/config(_:)`` names the setting that is missing or cannot be read.
    public static func fromEnv() throws -> Self {
        try from(ProcessInfo.processInfo.environment)
    }

    /// As ``fromEnv()``, from variables that are given.
    static func from(_ variables: [String: String]) throws -> Self {
        func required(_ field: String, _ name: String) throws -> String {
            guard let value = variables[name] else {
                throw wrong(field, "is not given: set \(name) in the environment")
            }
            return value
        }
        var configuration = Self(
            accessKey: try required("accessKey", "XPORTCN_ACCESS_KEY"),
            accessSecret: try required("accessSecret", "XPORTCN_ACCESS_SECRET"),
            userId: try required("userId", "XPORTCN_USER_ID"))
        configuration.baseUrl = variables["XPORTCN_BASE_URL"]
        configuration.paths = try variables["XPORTCN_PATHS"].map(paths)
        return configuration
    }

    private static func paths(_ file: String) throws -> [String: String] {
        guard let body = FileManager.default.contents(atPath: file) else {
            throw wrong("paths", "names \(file), which cannot be read")
        }
        guard let paths = try? JSONDecoder().decode([String: String].self, from: body) else {
            throw wrong("paths", "names \(file), which is no JSON object of texts")
        }
        return paths
    }
}

private func wrong(_ field: String, _ reason: String) -> XportcnError {
    .config(.init(field: field, reason: reason, text: "the setting `\(field)` \(reason)", isRetryable: false))
}

/// What requests say of the program that makes them, with the name of this package behind its own.
func userAgent(_ given: String?) -> String {
    [given, "xportcn-swift/\(packageVersion)"].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
}
