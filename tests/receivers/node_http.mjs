// A receiver for Node, written from the vendors' pages alone, with nothing but node: modules.
//
// It takes JSON, percent-encoded JSON and forms, checks the SHA-1 over the sorted strings or the
// HMAC over the body, and the fields that the pages list. A wrong signature gets 401, a malformed
// body 400. It prints its port.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { env, stdout } from "node:process";

const SECRET = Buffer.from(env.CALLBACK_SECRET);
const MOST_BYTES = 1024 * 1024;
const NUMBER = /^[0-9]+$/;

class Malformed extends Error {}

function want(condition, what) {
  if (!condition) throw new Malformed(what);
}

const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string";
const isNumber = (value) => isText(value) && NUMBER.test(value);
const isWhole = (most) => (value) => Number.isInteger(value) && value >= 0 && value <= most;
const isUrl = (value) => isText(value) && Buffer.byteLength(value) <= 1024;

function sameText(one, other) {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

// The fields of a body, in whichever documented form it came.
function readFields(raw, contentType) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
    if (contentType.startsWith("application/x-www-form-urlencoded")) {
      return Object.fromEntries(new URLSearchParams(text));
    }
    if (text.startsWith("%")) text = decodeURIComponent(text.replaceAll("+", " "));
    const fields = JSON.parse(text);
    want(isObject(fields), "no object");
    return fields;
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed("unreadable");
  }
}

function nested(text) {
  want(isText(text), "no nested text");
  try {
    const found = JSON.parse(text);
    want(isObject(found), "nested, no object");
    return found;
  } catch {
    throw new Malformed("nested text is no JSON");
  }
}

// SHA-1 over secret, timestamp and nonce, sorted as strings.
function isSorted(fields) {
  const upper = "Event" in fields;
  const names = upper ? ["Signature", "Timestamp", "Nonce"] : ["signature", "timestamp", "nonce"];
  const [signature, ...inputs] = names.map((name) => fields[name]);
  if (!isText(signature) || !inputs.every(isText)) return false;
  const parts = [SECRET, ...inputs.map((input) => Buffer.from(input))].sort(Buffer.compare);
  return sameText(signature, createHash("sha1").update(Buffer.concat(parts)).digest("hex"));
}

// HMAC over the bytes as they came. No page says how the SHA-1 digest is written, so both ways
// are taken; the SHA-256 digest is Base64.
function isKeyed(raw, headers) {
  const keyed = (name, encoding) => createHmac(name, SECRET).update(raw).digest(encoding);
  if (isText(headers.sign)) return sameText(headers.sign, keyed("sha256", "base64"));
  const given = headers.signature;
  return isText(given) && ["hex", "base64"].some((how) => sameText(given, keyed("sha1", how)));
}

function check(fields, rules) {
  for (const [name, rule] of Object.entries(rules)) want(rule(fields[name]), name);
}

function checkRecord(fields) {
  const sent = { appid: isNumber, timestamp: isNumber, nonce: isNumber };
  check(fields, { ...sent, begin_time: isNumber, end_time: isNumber, replay_url: isUrl });
  want(isText(fields.stream_alias) && Buffer.byteLength(fields.stream_alias) <= 255, "stream_alias");
  const extra = nested(fields.extra_params);
  want(typeof extra.Duration === "number", "Duration");
}

function checkCompose(fields) {
  check(fields, { appid: isNumber, timestamp: isNumber, nonce: isNumber, replay_url: isUrl });
  want(isText(fields.task_id), "task_id");
}

function checkProcedure(fields) {
  check(fields, { appid: isNumber, timestamp: isNumber, nonce: isNumber, task_id: isText });
  want(["SUCCESS", "FAILED"].includes(fields.status), "status");
  if (fields.status === "SUCCESS") {
    const transcode = nested(fields.extra_params).media?.transcode;
    want(Array.isArray(transcode) && transcode.every(isObject), "transcode");
  } else {
    want([undefined, null, "", "{}"].includes(fields.extra_params), "extra_params");
  }
}

function checkTranscodeStop(fields) {
  check(fields, { Appid: isNumber, Timestamp: isNumber, Nonce: isNumber, TaskId: isText });
  want(Number.isInteger(fields.Sequence) && Number.isInteger(fields.StopReason), "numbers");
  want(["TranscodeStopped", "TranscodeStarted"].includes(fields.Status), "Status");
}

function checkRecording(fields) {
  // Beyond 2^53 a number of this language is near enough: nothing here is looked up by it.
  const large = isWhole(2 ** 64);
  check(fields, { BizID: isWhole(2 ** 32 - 1), TaskID: large, Timestamp: large });
  check(fields, { RoomID: isText, UserID: isText, RecordMode: isWhole(1), EventType: isWhole(3) });
  want(isObject(fields.Detail), "Detail");
  check(fields.Detail, { SeqNo: large, FileName: isText });
}

const CHECKS = new Map([
  ["record", checkRecord],
  ["compose", checkCompose],
  ["procedure", checkProcedure],
  ["transcode_stop", checkTranscodeStop],
]);

function answer(raw, headers) {
  const fields = readFields(raw, headers["content-type"] ?? "");
  const event = fields.event ?? fields.Event;
  if (event === undefined && "BizID" in fields) {
    if (!isKeyed(raw, headers)) return [401, "bad signature"];
    checkRecording(fields);
    return [200, '{"code":0}'];
  }
  want(CHECKS.has(event), "event");
  if (!isSorted(fields)) return [401, "bad signature"];
  CHECKS.get(event)(fields);
  return [200, "1"];
}

function safeAnswer(raw, headers) {
  try {
    return answer(raw, headers);
  } catch (error) {
    if (error instanceof Malformed) return [400, `malformed: ${error.message}`];
    throw error;
  }
}

async function handle(request, response) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > MOST_BYTES) {
      response.writeHead(413, { Connection: "close" }).end("too large");
      return;
    }
    pieces.push(piece);
  }
  let reply = [500, "crashed"];
  try {
    reply = safeAnswer(Buffer.concat(pieces), request.headers);
  } finally {
    const [status, body] = reply;
    response.writeHead(status, { "Content-Length": Buffer.byteLength(body) }).end(body);
  }
}

const server = createServer((request, response) => {
  handle(request, response).catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => stdout.write(`${server.address().port}\n`));
