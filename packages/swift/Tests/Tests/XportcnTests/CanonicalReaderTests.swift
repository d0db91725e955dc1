import Foundation
import Testing

@testable import Xportcn

/// What is read of the core's JSON, beside what `JSONDecoder` reads of it.
@Suite struct CanonicalReaderTests {
    @Test(arguments: [
        "12.5", "2024-08-01T12:00:00.250+08:00", "张三 🇨🇳\u{2028}/\" \\ \u{0} \n\t\r\u{8}\u{c}",
    ])
    func everyFieldOfEveryReplyIsRead(_ text: String) async throws {
        for type in callTypes {
            try compareFilled(type, with: text)
            // Other tests measure time.
            await Task.yield()
        }
    }

    /// `JSONEncoder` gives members no order, and escapes more than the core does.
    private func compareFilled<Call: XportcnCall>(_ type: Call.Type, with text: String) throws {
        let json = try JSONEncoder().encode(try Call.Response(from: Filled(text: text)))
        #expect(try read(Call.Response.self, core: json) == JSONDecoder().decode(Call.Response.self, from: json))
        #expect(try read(JSONValue.self, core: json) == JSONDecoder().decode(JSONValue.self, from: json))
    }

    @Test(arguments: [
        "0", "-0", "-12", "9007199254740993", "18446744073709551616", "1.5", "-1.0", "1e3", "1.25E-2", "1e300", "true",
        "false", "null", #""""#, #""\u0041\ud83d\ude00\/\"\\\b\f\n\r\t\u4e2d""#, "[]", "{}", " [ 1 , [ ] , { } ] ",
        #"{"a":{"b":[null,{"c":"]}"}]},"\u0061\n":"{","":0}"#, #"[[[["x"]],"y"],"z"]"#, "[\"\u{FEFF}\u{10FFFF}\"]",
        #"{"a":1,"b":2,"a":3}"#,
    ])
    func anyJSONIsReadAsItIs(_ json: String) throws {
        let expected = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
        #expect(try read(JSONValue.self, core: json) == expected)
        #expect(try read(JSONValue?.self, core: json) ?? .null == expected)
    }

    @Test func halvesOfSurrogatesAreSigns() throws {
        #expect(try read(String.self, core: #""a\ud83d-\ude00\uzzzz""#) == "a\u{FFFD}-\u{FFFD}\u{FFFD}")
    }

    @Test func listsAndDictionariesAreReadByTheirOwnCode() throws {
        #expect(try read([String: [Int8?]].self, core: #"{"a":[1,null,-7],"b":[]}"#) == ["a": [1, nil, -7], "b": []])
        #expect(try read([Double].self, core: "[0.5,-3,1e2]") == [0.5, -3, 100])
        #expect(try read(Bool?.self, core: "null") == nil)
    }

    @Test(arguments: ["[256]", "[-1]", "[1.5]", #"["1"]"#, "[true]", "[null]", "[[]]", #"{"a":1}"#, "1"])
    func whatDoesNotFitIsAMismatch(_ json: String) {
        #expect(throws: DecodingError.self) { try read([UInt8].self, core: json) }
    }

    @Test func whatIsNotWholeIsRefusedOrReadAndNeverBeyondItsEnd() async throws {
        let whole = Array(#"{"data":[{"name":"a\"\u00e9","id":12.5,"ok":true},[],{}],"none":null}"#.utf8)
        for end in whole.indices {
            _ = try? read(JSONValue.self, core: Data(whole[..<end]))
            _ = try? read(Alibaba.ProductOfferPage.self, core: Data(whole[..<end]))
            await Task.yield()
            for byte in #""\{}[]:, 0nu"#.utf8 {
                var damaged = whole
                damaged[end] = byte
                _ = try? read(JSONValue.self, core: Data(damaged))
                _ = try? read(Alibaba.ProductOfferPage.self, core: Data(damaged))
            }
        }
        for broken in ["", " ", "[", "{", "]", "[}", "[]]", "\"", #""\"#, "}{"] {
            #expect(throws: DecodingError.self, "\(broken)") { try read([Int].self, core: broken) }
        }
    }

    @Test func aPlaceHasAPathOfNamesAndNumbers() throws {
        let json = Data(#"{"a":1,"list":[{},{"x":[],"at":{"b":2}}]}"#.utf8)
        try json.withUnsafeBytes { bytes in
            let read = try CanonicalJSON(bytes.bindMemory(to: UInt8.self))
            let last = read.tokens.count - 1
            #expect(read.path(to: last).map(\.stringValue) == ["list", "Index 1", "at", "b"])
            #expect(read.path(to: last).map(\.intValue) == [nil, 1, nil, nil])
            #expect(read.path(to: 0).isEmpty)
        }
    }
}
