# frozen_string_literal: true

# Sends a signed request, and prints the reply: GLUE URL SECRET BODY.

require 'net/http'

glue, url, secret, body = ARGV
require glue

headers = xportcn_headers('sandbox-key', secret, 'sandbox-user').merge('content-type' => 'application/json')
print Net::HTTP.post(URI(url), body, headers).body
