// Reads bodies strictly: JSON, forms, percent-encoded JSON. Whatever is wrong is an Error.
// JSON.parse cannot be used: it rounds integers beyond 2^53 and takes a key twice.

const BYTES = 16 * 1024 * 1024, DEPTH = 128, DIGITS = 4300;
const FORM = /^[A-Za-z_][A-Za-z0-9_.\-[\]%]*=/;
const SCALAR = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null/y;

/** What a body holds, and whether it is a form.
 * @param {[string, string][]} headers @param {Uint8Array} raw @returns {[any, boolean]} */
export function readBody(headers, raw) {
  if (raw.length > BYTES) throw new Error("too-large");
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  const start = text.replace(/^[ \t\r\n]+/, "").slice(0, 200);
  if (!/^[{[]/.test(start)) {
    const type = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    if (type.toLowerCase().includes("x-www-form-urlencoded")) return [readForm(text), true];
    if (/^%7b/i.test(start)) return [readJson(percentDecoded(text.trim())), false];
    if (FORM.test(start)) return [readForm(text), true];
  }
  return [readJson(text), false];
}

function readForm(text) {
  const fields = Object.create(null);
  for (const pair of text.replace(/[\r\n]+$/, "").split("&").filter(Boolean)) {
    const [name, value] = cut(pair, "=").map(percentDecoded);
    if (name in fields || /^\s*%7b/i.test(value)) throw new Error("a field twice, or encoded twice");
    fields[name] = value;
  }
  return fields;
}

/** A text before a mark and after it. */
export function cut(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + mark.length)];
}

const percentDecoded = (text) => decodeURIComponent(text.replaceAll("+", " "));

/** A value: integers beyond 2^53 are a bigint, objects have no prototype.
 * @param {string} text @returns {any} */
export function readJson(text) {
  let at = 0;
  const blanks = () => { while (" \t\n\r".includes(text[at] ?? "x")) at++; };
  const take = (mark) => { blanks(); return text[at] === mark && ++at > 0; };
  const fail = () => { throw new Error(`not JSON at ${at}`); };
  const need = (mark) => take(mark) || fail();

  function value(depth) {
    blanks();
    if (text[at] === '"') return string();
    if (depth >= DEPTH && /[{[]/.test(text[at])) fail();
    if (take("{")) return object(depth + 1);
    if (take("[")) return array(depth + 1);
    SCALAR.lastIndex = at;
    const found = SCALAR.exec(text);
    if (!found) fail();
    at = SCALAR.lastIndex;
    const [word, fraction, exponent] = found;
    if (/^[tfn]/.test(word)) return JSON.parse(word);
    if (fraction || exponent) return Number.isFinite(Number(word)) ? Number(word) : fail();
    if (word.length > DIGITS + Number(word[0] === "-")) fail();
    return Number.isSafeInteger(Number(word)) ? Number(word) : BigInt(word);
  }

  function string() {
    let end = at + 1;
    while (text[end] !== '"' && end < text.length) end += text[end] === "\\" ? 2 : 1;
    const read = JSON.parse(text.slice(at, end + 1));
    if (/\p{Surrogate}/u.test(read)) fail(); // half a character
    at = end + 1;
    return read;
  }

  function object(depth) {
    const fields = Object.create(null);
    if (take("}")) return fields;
    do {
      blanks();
      if (text[at] !== '"') fail();
      const name = string();
      if (name in fields) fail(); // a key twice
      need(":");
      fields[name] = value(depth);
    } while (take(","));
    need("}");
    return fields;
  }

  function array(depth) {
    const items = [];
    if (take("]")) return items;
    do items.push(value(depth)); while (take(","));
    need("]");
    return items;
  }

  const read = value(0);
  blanks();
  return at === text.length ? read : fail();
}
