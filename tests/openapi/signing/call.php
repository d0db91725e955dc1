<?php

// Sends a signed request, and prints the reply: GLUE URL SECRET BODY.
[, $glue, $url, $secret, $body] = $argv;
require $glue;

$headers = ['content-type: application/json'];
foreach (xportcn_headers('sandbox-key', $secret, 'sandbox-user') as $name => $value) {
    $headers[] = "$name: $value";
}
$request = ['method' => 'POST', 'header' => $headers, 'content' => $body];
echo file_get_contents($url, false, stream_context_create(['http' => $request]));
