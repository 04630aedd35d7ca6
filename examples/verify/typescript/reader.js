// Verifies and reads callbacks by rules.json. Node 18 or newer, without any package.

import { readBody, readJson } from "./body.js";
import { Request, isObject, verdict } from "./signature.js";

/** kind: invalid-signature (answer 401) or malformed (400); reason: a word for your log. */
export class Rejected extends Error {
  constructor(kind, reason) {
    super(`${kind}: ${reason}`);
    Object.assign(this, { kind, reason });
  }
}

/** Reads the callbacks of some areas. Make one, and give it each request. */
export class Reader {
  /** @param {any} rules @param {string[]} areas @param {string[]} secrets
   * @param {{acceptUnsigned?: boolean, now?: () => number}} options now is in seconds */
  constructor(rules, areas, secrets, options = {}) {
    this.forms = rules.signatures;
    this.known = rules.callbacks.filter((one) => areas.includes(one.area));
    this.secrets = secrets;
    this.acceptUnsigned = options.acceptUnsigned ?? false;
    this.now = options.now ?? (() => Date.now() / 1000);
  }

  /** The event in a request; throws Rejected and nothing else.
   * @param {string} method @param {string} url @param {[string, string][]} headers
   * @param {Uint8Array} body the raw bytes, before anything has parsed them */
  receive(method, url, headers, body) {
    const [payload, isForm] = this.payload(headers, body);
    const request = new Request(method, url, headers, body, payload);
    const found = this.known.filter((one) => one.named.every((place) => isNamed(request, place)));
    const wanted = (proof) => found.find((one) => this.proof(one, request) === proof);
    const rule = wanted("valid") ?? (this.acceptUnsigned ? wanted("unsigned") : undefined);
    if (!rule) return this.unknown(found, request);
    this.holdToNow(rule, request);
    if (isForm) for (const name in payload) payload[name] = typed(rule, name, payload[name]);
    const key = rule.dedupe.map((place) => request.at(place));
    for (const path of rule.nested) openText(payload, path);
    return event(rule.callback, payload, body, key);
  }

  payload(headers, body) {
    let read;
    try {
      read = readBody(headers, body);
    } catch (error) {
      const isSize = error.message === "too-large";
      throw new Rejected("malformed", isSize ? "too-large" : "unreadable");
    }
    if (!isObject(read[0])) throw new Rejected("malformed", "no-object");
    return read;
  }

  proof(rule, request) {
    const forms = this.forms[rule.signature];
    if (!forms.length) return "unsigned";
    const found = forms.flatMap((form) => this.secrets.map((one) => verdict(form, one, request)));
    return ["valid", "wrong", "unreadable", "missing"].find((one) => found.includes(one)) ?? "wrong";
  }

  /** The event of a name that the rules do not have, of a sender who is proved. */
  unknown(found, request) {
    if (found.length) throw new Rejected("invalid-signature", this.proof(found[0], request));
    const proofs = this.known.map((one) => this.proof(one, request));
    const isUnsigned = this.acceptUnsigned && proofs.every((one) => one === "unsigned");
    if (!isUnsigned && !proofs.includes("valid")) throw new Rejected("invalid-signature", "wrong");
    return event("", request.payload, request.body, []);
  }

  holdToNow({ moment }, request) {
    const text = moment ? String(request.at(moment)) : "";
    if (!/^[0-9]{1,16}$/.test(text)) return;
    const seconds = Number(text) / (moment.unit === "milliseconds" ? 1000 : 1);
    const isStale = Math.abs(seconds - this.now()) > moment.tolerance;
    if (isStale) throw new Rejected("invalid-signature", "stale");
  }
}

/** The same event has the same dedupeKey each time that it is sent; "" where none is known. */
function event(callback, payload, raw, key) {
  const isKnown = key.some((part) => part !== undefined && part !== null);
  return { callback, payload, raw, dedupeKey: isKnown ? json([callback, ...key]) : "" };
}

function json(value) {
  if (typeof value === "bigint") return `${value}`;
  if (Array.isArray(value)) return `[${value.map(json)}]`;
  const pairs = isObject(value) && Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs ? `{${pairs.map((pair) => pair.map(json).join(":"))}}` : JSON.stringify(value ?? null);
}

function isNamed(request, place) {
  const value = request.at(place);
  return place.values.length ? place.values.includes(value) : value !== undefined && value !== null;
}

/** A field of a form as what the page documents. */
function typed(rule, name, text) {
  const isNumber = rule.numbers.includes(name) && /^-?(0|[1-9][0-9]{0,99})$/.test(text);
  const isWord = rule.booleans.includes(name) && /^(true|false)$/.test(text);
  return isNumber || isWord ? readJson(text) : text;
}

/** Puts what a text holds as JSON in its place; what is none is left. */
function openText(payload, path) {
  const [name, ...way] = [...path].reverse();
  const holder = way.reverse().reduce((value, one) => (isObject(value) ? value[one] : undefined), payload);
  if (!isObject(holder) || typeof holder[name] !== "string") return;
  try {
    holder[name] = readJson(holder[name]);
  } catch {
    // It stays the text that it is.
  }
}
