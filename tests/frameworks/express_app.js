// Express, with the raw body.
"use strict";

const express = require("express");
const checks = require("./checks.js");

const app = express();
app.use(express.raw({ type: () => true, limit: "1mb" }));
// A request without a body leaves none behind.
const body = (request) => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));

app.post("/zego", (request, response) => {
  const [status, text] = checks.zego(body(request));
  response.status(status).send(text);
});
app.post("/trtc", (request, response) => {
  const [status, text] = checks.trtc(body(request), request.get("Sign"));
  response.status(status).send(text);
});
app.post("/agora", (request, response) => {
  const [status, text] = checks.agora(body(request), request.get("Agora-Signature-V2"));
  response.status(status).send(text);
});
app.listen(Number(process.env.PORT), "127.0.0.1");
