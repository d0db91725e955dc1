import Foundation
import Xportcn
import XportcnCore

// This package behind the lines of `tests/conformance`: one JSON object in, one out.
while let line = readLine() {
    var answer: JSONValue
    do {
        answer = try await operate(parsed(line))
    } catch let error as XportcnError {
        answer = ["error": try parsed(json(error))]
    } catch CoreError.Failed(let error) {
        answer = ["error": try parsed(error)]
    }
    try FileHandle.standardOutput.write(contentsOf: Data((try json(answer) + "\n").utf8))
}
