<?php
// Holds the reader to a pack of vectors: php vectors.php PACK

declare(strict_types=1);

require __DIR__ . '/reader.php';

function leaves(mixed $value, string $path = ''): array
{
    $inner = $value instanceof ArrayObject ? $value->getArrayCopy() : $value;
    if (!is_array($inner)) {
        $isNumber = is_int($value) || is_float($value) || $value instanceof Digits;
        $kind = $isNumber ? 'number' : (is_string($value) ? 'text' : 'word');
        $text = is_float($value) || $kind === 'word' ? var_export($value, true) : (string) $value;
        return [$path => [$kind, strtr($text, $kind === 'word' ? ['NULL' => 'null'] : [])]];
    }
    $found = $inner ? [] : [$path => ['empty', is_array($value) ? '[]' : '{}']];
    foreach ($inner as $name => $one) {
        $escaped = str_replace(['~', '/'], ['~0', '~1'], (string) $name);
        $found += leaves($one, "$path/$escaped");
    }
    return $found;
}

/** Digits are compared as texts, other numbers as doubles; in no order. */
function normal(array $outcome): array
{
    isset($outcome['values']) && ksort($outcome['values'], SORT_STRING);
    foreach ($outcome['values'] ?? [] as $path => [$kind, $text]) {
        if ($kind === 'number' && !preg_match('/^-?[0-9]+$/D', $text)) {
            $outcome['values'][$path] = [$kind, (float) $text];
        }
    }
    return $outcome;
}

function outcome(Reader $reader, array $one): array
{
    try {
        $body = base64_decode($one['body']);
        $event = $reader->receive($one['method'], $one['url'], $one['headers'], $body);
    } catch (Rejected $error) {
        return ['accepted' => false, 'kind' => $error->kind, 'reason' => $error->reason];
    }
    return ['accepted' => true, 'callback' => $event->callback, 'dedupe_key' => $event->dedupeKey,
        'values' => leaves($event->payload)];
}

$read = fn (string $name) => json_decode(file_get_contents("$argv[1]/$name"), true);
$index = $read('index.json');
$rules = $read($index['rules']);
[$count, $wrong] = [0, 0];
foreach ($index['areas'] as ['file' => $file]) {
    ['area' => $area, 'secrets' => $secrets, 'vectors' => $vectors] = $read($file);
    foreach ($vectors as $one) {
        $reader = new Reader($rules, [$area], $secrets, $one['accept_unsigned'], fn () => $index['moment']);
        $got = normal(outcome($reader, $one));
        $count++;
        if ($got !== normal($one['expect'])) {
            $wrong++;
            echo "WRONG $one[name] ", substr(json_encode($got), 0, 300), "\n";
        }
    }
}
echo "$count vectors, $wrong wrong\n";
exit($wrong ? 1 : 0);
