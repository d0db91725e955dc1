#!/usr/bin/env bash
# Many calls at once, within the platform's limit:  many.sh <IDS
set -euo pipefail

# region many
# One id a line; 8 calls are under way. Each starts a program of its own: for thousands, take a language.
xargs -P 8 -I{} sh -c 'xportcn call taobao.product.get itemId={} | jq -r "\"{} \(.title)\""'
# endregion
