#!/usr/bin/env bash
# Receives what the platform pushes, and sends a message to try it:  pushed.sh [PORT]
set -euo pipefail
port=${1:-9000}
trap 'kill "$listener"' EXIT

# region pushed
# Verifies each message, answers at once, and prints it as a line of JSON.
xportcn listen --port "$port" --remember ids.txt >messages.jsonl &
listener=$!
# endregion
for _ in {1..100}; do
    (exec 3<>/dev/tcp/127.0.0.1/"$port") 2>/dev/null && break
    sleep 0.1
done

# region signed
xportcn trigger ORDER_PAY_SUCCESS --to "http://127.0.0.1:$port" --set orderId=3305075341149134260
# endregion
until [ -s messages.jsonl ]; do sleep 0.1; done
jq -r 'select(.duplicate | not) | "\(.id) \(.push) \(.body.orderId)"' messages.jsonl
