<?php
// Verifies and reads callbacks by rules.json. PHP 8.1 or newer, without any package.

declare(strict_types=1);

require_once __DIR__ . '/body.php';
require_once __DIR__ . '/signature.php';

/** kind: invalid-signature (answer 401) or malformed (400); reason: a word for your log. */
final class Rejected extends Exception
{
    public function __construct(public readonly string $kind, public readonly string $reason)
    {
        parent::__construct("$kind: $reason");
    }
}

/** The same event has the same dedupeKey each time that it is sent; "" where none is known. */
final class Event
{
    public function __construct(
        public readonly string $callback,
        public readonly ArrayObject $payload,
        public readonly string $raw,
        public readonly string $dedupeKey,
    ) {}
}

/** Reads the callbacks of some areas. Make one, and give it each request. */
final class Reader
{
    private readonly array $known;

    /** rules is what rules.json holds, as arrays; now gives seconds. */
    public function __construct(
        private readonly array $rules,
        array $areas,
        private readonly array $secrets,
        private readonly bool $acceptUnsigned = false,
        private readonly ?Closure $now = null,
    ) {
        $isKnown = fn ($one) => in_array($one['area'], $areas, true);
        $this->known = array_values(array_filter($rules['callbacks'], $isKnown));
    }

    /** The event in a request: headers as pairs, the body as raw bytes. Throws Rejected alone. */
    public function receive(string $method, string $url, array $headers, string $body): Event
    {
        try {
            [$payload, $isForm] = Body::read($headers, $body);
        } catch (Unreadable $error) {
            throw new Rejected('malformed', $error->getMessage());
        }
        if (!$payload instanceof ArrayObject) {
            throw new Rejected('malformed', 'no-object');
        }
        $request = new Request($method, $url, $headers, $body, $payload);
        $found = array_filter($this->known, fn ($rule) => self::isNamed($rule, $request));
        $rule = $this->first($found, 'valid', $request);
        $rule ??= $this->acceptUnsigned ? $this->first($found, 'unsigned', $request) : null;
        if ($rule === null) {
            return $this->unknown(array_values($found), $request);
        }
        $this->holdToNow($rule, $request);
        foreach ($isForm ? $payload->getArrayCopy() : [] as $name => $text) {
            $payload[$name] = self::typed($rule, (string) $name, $text);
        }
        $key = array_map(fn ($place) => $request->at($place)[0], $rule['dedupe']);
        array_map(fn ($path) => self::openText($payload, $path), $rule['nested']);
        $isKnown = array_filter($key, fn ($part) => $part !== null) !== [];
        $text = $isKnown ? self::json([$rule['callback'], ...$key]) : '';
        return new Event($rule['callback'], $payload, $body, $text);
    }

    private function first(array $rules, string $proof, Request $request): ?array
    {
        foreach ($rules as $rule) {
            if ($this->proof($rule, $request) === $proof) {
                return $rule;
            }
        }
        return null;
    }

    private function proof(array $rule, Request $request): string
    {
        $found = [];
        foreach ($this->rules['signatures'][$rule['signature']] as $form) {
            foreach ($this->secrets as $secret) {
                $found[] = (new Signature($form, $secret))->verdict($request);
            }
        }
        $told = array_intersect(['valid', 'wrong', 'unreadable', 'missing'], $found);
        $isUnsigned = $this->rules['signatures'][$rule['signature']] === [];
        return reset($told) ?: ($isUnsigned ? 'unsigned' : 'wrong');
    }

    /** The event of a name that the rules do not have, of a sender who is proved. */
    private function unknown(array $found, Request $request): Event
    {
        if ($found) {
            throw new Rejected('invalid-signature', $this->proof($found[0], $request));
        }
        $proofs = array_unique(array_map(fn ($one) => $this->proof($one, $request), $this->known));
        $isUnsigned = $this->acceptUnsigned && array_values($proofs) === ['unsigned'];
        if (!$isUnsigned && !in_array('valid', $proofs, true)) {
            throw new Rejected('invalid-signature', 'wrong');
        }
        return new Event('', $request->payload, $request->body, '');
    }

    private static function isNamed(array $rule, Request $request): bool
    {
        foreach ($rule['named'] as $place) {
            $value = $request->at($place)[0];
            $value = is_float($value) && floor($value) === $value ? (int) $value : $value;
            if ($place['values'] ? !in_array($value, $place['values'], true) : $value === null) {
                return false;
            }
        }
        return true;
    }

    private function holdToNow(array $rule, Request $request): void
    {
        $moment = $rule['moment'];
        $value = $moment ? $request->at($moment)[0] : null;
        if (!is_scalar($value) || !preg_match('/^[0-9]{1,16}$/D', (string) $value)) {
            return;
        }
        $seconds = (int) $value / ($moment['unit'] === 'milliseconds' ? 1000 : 1);
        $now = $this->now ? ($this->now)() : microtime(true);
        if (abs($seconds - $now) > $moment['tolerance']) {
            throw new Rejected('invalid-signature', 'stale');
        }
    }

    /** A field of a form as what the page documents. */
    private static function typed(array $rule, string $name, string $text): mixed
    {
        $isNumber = in_array($name, $rule['numbers'], true)
            && preg_match('/^-?(0|[1-9][0-9]{0,99})$/D', $text);
        $isWord = in_array($name, $rule['booleans'], true) && preg_match('/^(true|false)$/D', $text);
        return $isNumber || $isWord ? Body::exact($text) : $text;
    }

    private static function json(mixed $value): string
    {
        if ($value instanceof ArrayObject) {
            $fields = $value->getArrayCopy();
            ksort($fields, SORT_STRING);
            $pair = fn ($name, $one) => self::json((string) $name) . ':' . self::json($one);
            return '{' . implode(',', array_map($pair, array_keys($fields), $fields)) . '}';
        }
        if (is_array($value)) {
            return '[' . implode(',', array_map(self::json(...), $value)) . ']';
        }
        $plain = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;
        return $value instanceof Digits ? $value->text : json_encode($value, $plain);
    }

    /** Puts what a text holds as JSON in its place; what is none is left. */
    private static function openText(ArrayObject $fields, array $path): void
    {
        $value = $fields[$path[0]] ?? null;
        if (count($path) > 1) {
            $value instanceof ArrayObject && self::openText($value, array_slice($path, 1));
        } elseif (is_string($value)) {
            try {
                $fields[$path[0]] = Body::json($value);
            } catch (Unreadable) {
                // It stays the text that it is.
            }
        }
    }
}
