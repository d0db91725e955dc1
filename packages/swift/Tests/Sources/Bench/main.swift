import Foundation

// The package beside its peers, in one run: Bench INPUTS. Exits with 1 if a budget is missed. A further argument names the
// work of a process of its own: see Fresh.swift.

let inputs = URL(fileURLWithPath: CommandLine.arguments[1])

if CommandLine.arguments.count > 2 {
    try await work(CommandLine.arguments[2])
    exit(0)
}
// First, while the process is small: so it tells of small growth.
let kept = try await memory()
var rows = try await reading("1 KB", "reply_1k.json", rounds: 3000, budget: 1)
rows += try await reading("24 KB", "reply_24k.json", rounds: 600, budget: 0.7)
rows += try await reading("1 MB", "reply_1m.json", rounds: 40, budget: 0.7)
rows += try await reading("10 MB", "reply_10m.json", rounds: 7, budget: 0.7)
rows += try await requests()
rows += try fresh()
rows.append(kept)
for row in rows { try row.print() }
exit(rows.allSatisfy(\.ok) ? 0 : 1)
