# frozen_string_literal: true

require 'digest'
require 'securerandom'

# The five headers of a request, by name; new ones for each attempt.
def xportcn_headers(access_key, access_secret, user_id)
  timestamp = Time.now.to_i.to_s
  nonce = SecureRandom.hex(16)
  {
    'access-key' => access_key,
    'timestamp' => timestamp,
    'nonce-str' => nonce,
    'user-id' => user_id,
    'signature' => Digest::MD5.hexdigest(access_key + timestamp + nonce + access_secret).upcase
  }
end
