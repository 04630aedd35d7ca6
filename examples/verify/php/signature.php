<?php
// Verifies the signature of a request by a form of rules.json.

declare(strict_types=1);

/** A request as it came: headers as pairs; payload is what was read from the body. */
final class Request
{
    public function __construct(
        public readonly string $method,
        public readonly string $url,
        public readonly array $headers,
        public readonly string $body,
        public readonly ArrayObject $payload,
    ) {}

    /** All texts at a place beside the body. */
    public function texts(array $place): array
    {
        $found = [];
        if ($place['in'] === 'query') {
            $query = explode('?', explode('#', $this->url)[0], 2)[1] ?? '';
            foreach (explode('&', $query) as $pair) {
                [$name, $value] = array_map('rawurldecode', [...explode('=', $pair, 2), '']);
                $name === $place['field'] && $found[] = $value;
            }
        } else {
            foreach ($this->headers as [$name, $value]) {
                strcasecmp($name, $place['field']) === 0 && $found[] = $value;
            }
        }
        if (!isset($place['pair'])) {
            return $found;
        }
        $values = [];
        foreach ($found as $text) {
            foreach (explode($place['separator'], $text) as $pair) {
                [$name, $value] = [...explode('=', trim($pair), 2), null];
                $name === $place['pair'] && $value !== null && $values[] = $value;
            }
        }
        return $values;
    }

    /** What stands at a place, and whether anything does. */
    public function at(array $place): array
    {
        if ($place['in'] !== 'body') {
            $texts = $this->texts($place);
            return [$texts[0] ?? null, $texts !== []];
        }
        [$value, $isThere] = [$this->payload, true];
        foreach ($place['path'] as $name) {
            $isThere = $value instanceof ArrayObject && $value->offsetExists($name);
            $value = $isThere ? $value[$name] : null;
        }
        return [$value, $isThere];
    }
}

final class Signature
{
    public function __construct(private readonly array $form, private readonly string $secret) {}

    /** valid, wrong, unreadable or missing; of signatures side by side none there may be wrong. */
    public function verdict(Request $request): string
    {
        $found = [$this->alone($request)];
        foreach ($this->form['beside'] as $one) {
            $found[] = (new self($one, $this->secret))->alone($request);
        }
        $there = array_values(array_diff($found, ['missing']));
        return array_values(array_diff($there, ['valid']))[0] ?? $there[0] ?? 'missing';
    }

    private function alone(Request $request): string
    {
        $place = $this->form['place'];
        [$given, $isThere] = $request->at($place);
        if (!$isThere) {
            return 'missing';
        }
        if (!is_string($given) || $given === '') {
            return 'unreadable';
        }
        if ($this->form['token']) {
            return $this->tokenVerdict($given, $request->body);
        }
        $pieces = array_map(fn ($rule) => $this->piece($rule, $request), $this->form['pieces']);
        if (in_array(null, $pieces, true)) {
            return 'unreadable';
        }
        $this->form['sorted'] && usort($pieces, 'strcmp');
        $digest = $this->digest(implode($this->form['separator'], $pieces));
        $several = $this->form['several'];
        $claimed = isset($place['pair']) ? $request->texts($place) : [$given];
        $claimed = $several === '' ? $claimed : explode($several, $given);
        foreach ($claimed as $one) {
            foreach ($this->form['encodings'] as $encoding) {
                $right = $this->form['prefix'] . self::written($digest, $encoding);
                if (hash_equals($right, $one)) {
                    return 'valid';
                }
            }
        }
        return 'wrong';
    }

    /** The bytes of a piece; null for a value that is neither a text nor an integer. */
    private function piece(array $rule, Request $request): ?string
    {
        switch ($rule['kind']) {
            case 'value':
                $value = $request->at($rule['place'])[0];
                $isSignable = is_string($value) || is_int($value) || $value instanceof Digits;
                return $isSignable ? (string) $value : null;
            case 'form':
                $pairs = str_replace('=', "\0", explode('&', $request->body));
                $pairs = array_map('urldecode', $pairs);
                usort($pairs, 'strcmp');
                return str_replace("\0", '', implode('', $pairs));
            case 'secret':
                return $this->key();
        }
        return $rule['text'] ?? ['body' => $request->body, 'method' => $request->method,
            'url' => $request->url][$rule['kind']];
    }

    private function key(): string
    {
        ['encoding' => $encoding, 'prefix' => $prefix] = $this->form['secret'];
        $hasPrefix = str_starts_with($this->secret, $prefix);
        $bare = $hasPrefix ? substr($this->secret, strlen($prefix)) : $this->secret;
        $decoded = ['base64' => fn () => base64_decode($bare, true), 'hex' => fn () => hex2bin($bare)];
        return isset($decoded[$encoding]) ? ($decoded[$encoding]() ?: $bare) : $bare;
    }

    private function digest(string $message): string
    {
        $hash = $this->form['hash'];
        return $this->form['hmac']
            ? hash_hmac($hash, $message, $this->key(), true)
            : hash($hash, $message, true);
    }

    private static function written(string $digest, string $encoding): string
    {
        $base64 = base64_encode($digest);
        return match ($encoding) {
            'hex' => bin2hex($digest),
            'base64' => $base64,
            'base64url' => rtrim(strtr($base64, '+/', '-_'), '='),
            'percent-base64' => rawurlencode($base64),
        };
    }

    /** A JSON Web Token is right where its end is, and its claim of the body's digest. */
    private function tokenVerdict(string $token, string $body): string
    {
        $parts = explode('.', $token);
        $claims = self::opened($parts[1] ?? '');
        $alg = 'HS' . substr($this->form['hash'], 3);
        if (count($parts) !== 3 || !$claims || (self::opened($parts[0])['alg'] ?? null) !== $alg) {
            return 'unreadable';
        }
        $rule = $this->form['token'];
        $right = self::written($this->digest("$parts[0].$parts[1]"), 'base64url');
        $held = self::written(hash($rule['hash'], $body, true), $rule['encoding']);
        $holds = ($claims[$rule['claim']] ?? null) === $held;
        return hash_equals($right, $parts[2]) && $holds ? 'valid' : 'wrong';
    }

    private static function opened(string $part): array
    {
        $value = json_decode((string) base64_decode(strtr($part, '-_', '+/'), true), true);
        return is_array($value) ? $value : [];
    }
}
