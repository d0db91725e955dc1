#!/usr/bin/env bash
# The first call. The account is in the environment: XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID.
set -euo pipefail

# region first
xportcn call taobao.product.get itemId=672991141190 | jq -r '"\(.title) \(.skuList | length) variants"'
# endregion
