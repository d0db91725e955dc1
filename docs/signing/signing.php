<?php

/** The five headers of a request, by name; new ones for each attempt. */
function xportcn_headers(string $accessKey, string $accessSecret, string $userId): array
{
    $timestamp = (string) time();
    $nonce = bin2hex(random_bytes(16));
    return [
        'access-key' => $accessKey,
        'timestamp' => $timestamp,
        'nonce-str' => $nonce,
        'user-id' => $userId,
        'signature' => strtoupper(md5($accessKey . $timestamp . $nonce . $accessSecret)),
    ];
}
