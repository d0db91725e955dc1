import Foundation

/// On Linux `URLSession` asks the environment for proxies, and cannot be told otherwise.
///
/// - Throws: ``TransportFailure`` if a proxy would carry what is to go through none.
func refuseProxy(to url: URL) throws {
    #if canImport(FoundationNetworking)
        let environment = ProcessInfo.processInfo.environment
        let host = (url.host ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
        let scheme = (url.scheme ?? "").lowercased()
        // curl takes HTTP_PROXY for what a web server got from outside.
        let names = (scheme == "http" ? ["http_proxy"] : ["https_proxy", "HTTPS_PROXY"]) + ["all_proxy", "ALL_PROXY"]
        guard let name = names.first(where: { environment[$0]?.isEmpty == false }) else { return }
        let kept = (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "").lowercased()
            .split(whereSeparator: { $0 == "," || $0 == " " })
        guard !kept.contains("*"), !kept.contains(where: { $0 == host || $0 == "[\(host)]" }) else { return }
        throw TransportFailure(
            .other, maybeSent: false,
            detail: "the proxy of \(name) would get what is for this machine: add \(host) to no_proxy")
    #endif
}
