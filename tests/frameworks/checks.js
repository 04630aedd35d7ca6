// What the Node receivers share: the three products' signatures, from the vendors' pages alone.
"use strict";

const { createHash, createHmac, timingSafeEqual } = require("node:crypto");

const same = (one, other) => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const read = (body) => {
  try {
    const fields = JSON.parse(body.toString("utf8"));
    return fields !== null && typeof fields === "object" && !Array.isArray(fields) ? fields : null;
  } catch {
    return null;
  }
};

// SHA-1 over secret, timestamp and nonce, sorted as strings; it stands in the body.
exports.zego = (body) => {
  const fields = read(body);
  if (!fields) return [400, "no JSON object"];
  const { signature, timestamp, nonce } = fields;
  const given = [timestamp, nonce].every((one) => ["string", "number"].includes(typeof one));
  if (typeof signature !== "string" || !given) return [401, "not signed"];
  const parts = [process.env.ZEGO_SECRET, String(timestamp), String(nonce)].sort();
  const expected = createHash("sha1").update(parts.join("")).digest("hex");
  // The one event whose answer is read.
  const answer = fields.event === "before_send_msg" ? '{"result":0}' : "1";
  return same(signature, expected) ? [200, answer] : [401, "wrong signature"];
};

// HMAC-SHA-256 over the body as it came, as Base64; it stands in the header Sign.
exports.trtc = (body, sign) =>
  signed(body, sign, createHmac("sha256", process.env.TRTC_SECRET).update(body).digest("base64"));

// HMAC-SHA-256 over the body as it came, as hex; it stands in Agora-Signature-V2.
exports.agora = (body, sign) =>
  signed(body, sign, createHmac("sha256", process.env.AGORA_SECRET).update(body).digest("hex"));

const signed = (body, sign, expected) => {
  if (typeof sign !== "string" || !same(sign, expected)) return [401, "wrong signature"];
  return read(body) ? [200, '{"code":0}'] : [400, "no JSON object"];
};
