<?php
// Reads bodies strictly: JSON, forms, percent-encoded JSON. What is wrong is an Unreadable.
// json_decode cannot be used alone: it takes a key twice, and {} for a list.

declare(strict_types=1);

final class Unreadable extends Exception {}

/** An integer that PHP has no number for. */
final class Digits implements Stringable
{
    public function __construct(public readonly string $text) {}

    public function __toString(): string
    {
        return $this->text;
    }
}

final class Body
{
    private const BYTES = 16 * 1024 * 1024, DEPTH = 128, DIGITS = 4300;
    private const SCALAR = '/\G(?:-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null)/';
    private int $at = 0;

    private function __construct(private readonly string $text) {}

    /** What a body holds, and whether it is a form. @return array{mixed, bool} */
    public static function read(array $headers, string $raw): array
    {
        if (strlen($raw) > self::BYTES) {
            throw new Unreadable('too-large');
        }
        $start = ltrim($raw, " \t\r\n");
        if (preg_match('/^[{[]/', $start)) {
            return [self::json($raw), false];
        }
        $types = array_filter($headers, fn ($one) => strtolower($one[0]) === 'content-type');
        if (stripos(reset($types)[1] ?? '', 'x-www-form-urlencoded') !== false) {
            return [self::form($raw), true];
        }
        if (preg_match('/^%7b/i', $start)) {
            return [self::json(self::percentDecoded(trim($raw))), false];
        }
        $isForm = preg_match('/^[A-Za-z_][A-Za-z0-9_.\-[\]%]*=/', $start) === 1;
        return [$isForm ? self::form($raw) : self::json($raw), $isForm];
    }

    private static function form(string $raw): ArrayObject
    {
        $fields = new ArrayObject();
        foreach (array_filter(explode('&', rtrim($raw, "\r\n")), 'strlen') as $pair) {
            [$name, $value] = array_map(self::percentDecoded(...), explode('=', "$pair=", 2));
            $value = str_contains($pair, '=') ? substr($value, 0, -1) : $value;
            if (isset($fields[$name]) || preg_match('/^\s*%7b/i', $value)) {
                throw new Unreadable('unreadable');
            }
            $fields[$name] = $value;
        }
        return $fields;
    }

    private static function percentDecoded(string $text): string
    {
        $decoded = urldecode($text);
        if (preg_match('/%(?![0-9A-Fa-f]{2})/', $text) || !preg_match('//u', $decoded)) {
            throw new Unreadable('unreadable');
        }
        return $decoded;
    }

    /** A value: objects are ArrayObject, integers beyond 64 bits are Digits. */
    public static function json(string $text): mixed
    {
        $reader = new self($text);
        $value = preg_match('//u', $text) ? $reader->value(0) : $reader->fail();
        $reader->blanks();
        return $reader->at === strlen($text) ? $value : $reader->fail();
    }

    private function fail(): never
    {
        throw new Unreadable('unreadable');
    }

    private function peek(): string
    {
        return $this->text[$this->at] ?? '';
    }

    private function blanks(): void
    {
        $this->at += strspn($this->text, " \t\r\n", $this->at);
    }

    private function take(string $mark): bool
    {
        $this->blanks();
        $found = $this->peek() === $mark;
        $this->at += (int) $found;
        return $found;
    }

    private function need(string $mark): void
    {
        $this->take($mark) || $this->fail();
    }

    private function value(int $depth): mixed
    {
        $this->blanks();
        $mark = $this->peek();
        if ($mark === '"') {
            return $this->text();
        }
        if (($mark === '{' || $mark === '[') && $depth >= self::DEPTH) {
            $this->fail();
        }
        if ($this->take('{')) {
            return $this->object($depth + 1);
        }
        return $this->take('[') ? $this->list($depth + 1) : $this->scalar();
    }

    private function scalar(): int|float|bool|Digits|null
    {
        preg_match(self::SCALAR, $this->text, $found, 0, $this->at) || $this->fail();
        $this->at += strlen($found[0]);
        if (isset($found[1])) {
            return is_finite((float) $found[0]) ? (float) $found[0] : $this->fail();
        }
        $isLong = strlen(ltrim($found[0], '-')) > self::DIGITS;
        return $isLong ? $this->fail() : self::exact($found[0]);
    }

    /** The value of a word, or of digits. */
    public static function exact(string $text): int|bool|Digits|null
    {
        $value = json_decode($text);
        return is_float($value) && $text !== '-0' ? new Digits($text) : ($text === '-0' ? 0 : $value);
    }

    private function text(): string
    {
        $start = $this->at++;
        while (($this->at += strcspn($this->text, '"\\', $this->at)) && $this->peek() === '\\') {
            $this->at += 2;
        }
        $this->at++;
        $read = json_decode(substr($this->text, $start, $this->at - $start));
        return is_string($read) ? $read : $this->fail();
    }

    private function object(int $depth): ArrayObject
    {
        $fields = new ArrayObject();
        if ($this->take('}')) {
            return $fields;
        }
        do {
            $this->blanks();
            $name = $this->peek() === '"' ? $this->text() : $this->fail();
            $fields->offsetExists($name) && $this->fail();
            $this->need(':');
            $fields[$name] = $this->value($depth);
        } while ($this->take(','));
        $this->need('}');
        return $fields;
    }

    private function list(int $depth): array
    {
        $items = [];
        if ($this->take(']')) {
            return $items;
        }
        do {
            $items[] = $this->value($depth);
        } while ($this->take(','));
        $this->need(']');
        return $items;
    }
}
