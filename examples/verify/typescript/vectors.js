// Holds the reader to a pack of vectors: node vectors.js PACK

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Reader, Rejected } from "./reader.js";
import { isObject } from "./signature.js";

const pack = process.argv[2];
const read = (name) => JSON.parse(readFileSync(join(pack, name), "utf8"));

function* leaves(value, path = "") {
  const inner = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  const escaped = (name) => name.replaceAll("~", "~0").replaceAll("/", "~1");
  for (const [name, one] of inner) yield* leaves(one, `${path}/${escaped(name)}`);
  if (!inner.length) yield [path, leaf(value)];
}

function leaf(value) {
  if (typeof value === "string") return ["text", value];
  if (typeof value === "number" || typeof value === "bigint") return ["number", `${value}`];
  return [typeof value === "object" && value ? "empty" : "word", JSON.stringify(value)];
}

function outcome(reader, one) {
  try {
    const body = Buffer.from(one.body, "base64");
    const { callback, dedupeKey, payload } = reader.receive(one.method, one.url, one.headers, body);
    const values = Object.fromEntries(leaves(payload));
    return { accepted: true, callback, dedupe_key: dedupeKey, values };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return { accepted: false, kind: error.kind, reason: error.reason };
  }
}

/** Digits are compared as texts, other numbers as doubles. */
function normal({ values, ...rest }) {
  const number = (text) => (/^-?[0-9]+$/.test(text) ? text : `${Number(text)}`);
  const entries = Object.entries(values ?? {}).map(([at, [kind, text]]) =>
    [at, kind, kind === "number" ? number(text) : text].join(" "));
  return { ...rest, values: entries.sort() };
}

const index = read("index.json"), rules = read(index.rules);
let count = 0, wrong = 0;
for (const { file } of index.areas) {
  const { area, secrets, vectors } = read(file);
  for (const one of vectors) {
    const options = { acceptUnsigned: one.accept_unsigned, now: () => index.moment };
    const got = normal(outcome(new Reader(rules, [area], secrets, options), one));
    count += 1;
    if (!isDeepStrictEqual(got, normal(one.expect))) {
      wrong += 1;
      console.log("WRONG", one.name, JSON.stringify(got).slice(0, 300));
    }
  }
}
console.log(`${count} vectors, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
