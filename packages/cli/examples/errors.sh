#!/usr/bin/env bash
# What can go wrong, and what to do:  errors.sh ORDER
set -euo pipefail

# region errors
status=0
xportcn call taobao.order.purchase_pay orderId="$1" --ticket lost.json >paid.json || status=$?
case $status in
0) echo "accepted" ;;
1) echo "the platform says no" ;;
2) echo "a wrong request; nothing was sent" ;;
*) if [ -s lost.json ]; then xportcn recover lost.json; else echo "no answer; later it may work"; fi ;;
esac
# endregion
