<?php
// PHP as its own server runs it: php -S 127.0.0.1:PORT receiver.php

// The JSON object in a body, null where there is none; numbers of any length keep their digits.
function read(string $body): ?object
{
    $fields = json_decode($body, false, 512, JSON_BIGINT_AS_STRING);
    return is_object($fields) ? $fields : null;
}

// SHA-1 over secret, timestamp and nonce, sorted as strings; it stands in the body.
function zego(string $body): array
{
    $fields = read($body);
    if ($fields === null) {
        return [400, 'no JSON object'];
    }
    $signature = $fields->signature ?? null;
    $inputs = [$fields->timestamp ?? null, $fields->nonce ?? null];
    foreach ($inputs as $one) {
        if (!is_string($one) && !is_int($one)) {
            return [401, 'not signed'];
        }
    }
    if (!is_string($signature)) {
        return [401, 'not signed'];
    }
    $parts = [getenv('ZEGO_SECRET'), ...array_map('strval', $inputs)];
    sort($parts, SORT_STRING);
    // The one event whose answer is read.
    $answer = ($fields->event ?? null) === 'before_send_msg' ? '{"result":0}' : '1';
    return hash_equals(sha1(implode('', $parts)), $signature) ? [200, $answer] : [401, 'wrong signature'];
}

// HMAC-SHA-256 over the body as it came, as Base64; it stands in the header Sign.
function trtc(string $body): array
{
    $expected = base64_encode(hash_hmac('sha256', $body, getenv('TRTC_SECRET'), true));
    return signed($body, $_SERVER['HTTP_SIGN'] ?? '', $expected);
}

// HMAC-SHA-256 over the body as it came, as hex; it stands in Agora-Signature-V2.
function agora(string $body): array
{
    $expected = hash_hmac('sha256', $body, getenv('AGORA_SECRET'));
    return signed($body, $_SERVER['HTTP_AGORA_SIGNATURE_V2'] ?? '', $expected);
}

function signed(string $body, string $given, string $expected): array
{
    if (!hash_equals($expected, $given)) {
        return [401, 'wrong signature'];
    }
    return read($body) === null ? [400, 'no JSON object'] : [200, '{"code":0}'];
}

$routes = ['/zego' => 'zego', '/trtc' => 'trtc', '/agora' => 'agora'];
$route = $routes[parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)] ?? null;
if ($route === null || $_SERVER['REQUEST_METHOD'] !== 'POST') {
    http_response_code($route === null ? 404 : 405);
    return;
}
[$status, $text] = $route(file_get_contents('php://input'));
http_response_code($status);
header('Content-Type: text/plain');
echo $text;
