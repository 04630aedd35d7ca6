// Verifies the signature of a request by a form of rules.json.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { cut } from "./body.js";

/** A request as it came: headers as pairs, the body as bytes and as what was read from it. */
export class Request {
  constructor(method, url, headers, body, payload) {
    Object.assign(this, { method, url, headers, body, payload });
  }

  /** All texts at a place beside the body. */
  texts(place) {
    let found;
    if (place.in === "query") {
      const query = cut(cut(this.url, "#")[0], "?")[1].split("&");
      const pairs = query.map((pair) => cut(pair, "=").map(unquoted));
      found = pairs.filter(([name]) => name === place.field);
    } else {
      const wanted = place.field.toLowerCase();
      found = this.headers.filter(([name]) => name.toLowerCase() === wanted);
    }
    found = found.map(([, value]) => value);
    if (!place.pair) return found;
    const pairs = found.flatMap((text) => text.split(place.separator)).map((one) => one.trim());
    const start = `${place.pair}=`;
    return pairs.filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
  }

  /** What stands at a place, undefined where nothing does. */
  at(place) {
    if (place.in !== "body") return this.texts(place)[0];
    const step = (value, name) => (isObject(value) ? value[name] : undefined);
    return place.path.reduce(step, this.payload);
  }
}

export const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function unquoted(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** valid, wrong, unreadable or missing; of signatures side by side none that is there may be wrong. */
export function verdict(form, secret, request) {
  const found = [form, ...form.beside].map((one) => alone(one, secret, request));
  const there = found.filter((one) => one !== "missing");
  return there.find((one) => one !== "valid") ?? there[0] ?? "missing";
}

function alone(form, secret, request) {
  const { place } = form, given = request.at(place);
  if (given === undefined) return "missing";
  if (typeof given !== "string" || !given) return "unreadable";
  if (form.token) return tokenVerdict(form, secret, given, request.body);
  const pieces = form.pieces.map((one) => piece(one, form, secret, request));
  if (pieces.includes(undefined)) return "unreadable";
  if (form.sorted) pieces.sort(Buffer.compare);
  const between = Buffer.from(form.separator);
  const message = Buffer.concat(pieces.flatMap((one, at) => (at ? [between, one] : [one])));
  const digest = digestOf(form, secret, message);
  const texts = place.pair ? request.texts(place) : [given];
  const claimed = form.several ? texts.flatMap((text) => text.split(form.several)) : texts;
  const right = form.encodings.map((encoding) => form.prefix + written(digest, encoding));
  return claimed.some((one) => right.some((other) => same(one, other))) ? "valid" : "wrong";
}

/** The bytes of a piece; undefined for a value that is neither a text nor an integer. */
function piece(rule, form, secret, request) {
  if (rule.kind === "body") return Buffer.from(request.body);
  if (rule.kind === "secret") return key(form.secret, secret);
  if (rule.kind === "value") {
    const value = request.at(rule.place);
    const isInteger = typeof value === "bigint" || Number.isInteger(value);
    return typeof value === "string" || isInteger ? Buffer.from(String(value)) : undefined;
  }
  if (rule.kind === "form") {
    const pairs = [...new URLSearchParams(Buffer.from(request.body).toString())];
    return Buffer.from(pairs.sort(([a], [b]) => (a < b ? -1 : 1)).flat().join(""));
  }
  return Buffer.from({ literal: rule.text, method: request.method, url: request.url }[rule.kind]);
}

function key(rule, secret) {
  const bare = secret.startsWith(rule.prefix) ? secret.slice(rule.prefix.length) : secret;
  return Buffer.from(bare, rule.encoding === "text" ? "utf8" : rule.encoding);
}

function digestOf(form, secret, message) {
  const hash = form.hmac ? createHmac(form.hash, key(form.secret, secret)) : createHash(form.hash);
  return hash.update(message).digest();
}

function written(digest, encoding) {
  if (encoding === "percent-base64") return encodeURIComponent(digest.toString("base64"));
  return digest.toString(encoding);
}

function same(one, other) {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A JSON Web Token is right where its end is, and its claim of the body's digest. */
function tokenVerdict(form, secret, token, body) {
  const [head, claims, end, ...more] = token.split("."), rule = form.token;
  const known = opened(claims ?? ""), isToken = end !== undefined && !more.length;
  const alg = `HS${form.hash.slice(3)}`;
  if (!isToken || !Object.keys(known).length || opened(head).alg !== alg) return "unreadable";
  const right = written(digestOf(form, secret, `${head}.${claims}`), "base64url");
  const held = written(createHash(rule.hash).update(body).digest(), rule.encoding);
  return same(end, right) && known[rule.claim] === held ? "valid" : "wrong";
}

function opened(part) {
  try {
    const value = JSON.parse(Buffer.from(part, "base64url").toString());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
