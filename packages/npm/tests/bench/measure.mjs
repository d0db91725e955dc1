// The package beside its peers, on the same bytes: one row of JSON for each case. Exits with 1 if a budget is missed. The
// argument is the folder that tests/bench/inputs.py wrote.

import { calls } from "./calls.mjs";
import { parts } from "./parts.mjs";
import { firstCall, imports, memory, peak } from "./processes.mjs";
import { replies } from "./replies.mjs";
import { missed } from "./rows.mjs";

const inputs = process.argv[2];

replies(inputs);
calls(inputs);
parts(inputs);
imports();
firstCall();
peak(inputs);
memory();
process.exit(missed() ? 1 : 0);
