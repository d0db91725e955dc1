#!/usr/bin/env bash
# Tests of a program that orders, against the sandbox.
set -euo pipefail
cd "$(dirname "$0")"

# region tests
# A platform on this machine, which loses the answer to the first payment.
lost=endpoint=taobao.order.purchase_pay,kinds=reset,when=after,count=1
xportcn sandbox --port 0 --fault "$lost" >sandbox.txt &
trap "kill $!" EXIT
until [ -s sandbox.txt ]; do sleep 0.1; done

XPORTCN_BASE_URL=$(sed -n 's/^listening on //p' sandbox.txt)
export XPORTCN_BASE_URL XPORTCN_ACCESS_KEY=sandbox-key XPORTCN_ACCESS_SECRET=sandbox-secret XPORTCN_USER_ID=sandbox-user
./order.sh test-1

# What was really done: one order, paid once.
curl --silent --fail "$XPORTCN_BASE_URL/sandbox/ledger" | jq -e '[.entries[].action] == ["created", "paid"]'
# endregion
