// Fastify, with the raw body.
"use strict";

const fastify = require("fastify");
const checks = require("./checks.js");

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser("*", { parseAs: "buffer" }, (request, body, done) => done(null, body));
const body = (request) => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));

app.post("/zego", (request, reply) => {
  const [status, text] = checks.zego(body(request));
  reply.code(status).send(text);
});
app.post("/trtc", (request, reply) => {
  const [status, text] = checks.trtc(body(request), request.headers.sign);
  reply.code(status).send(text);
});
app.post("/agora", (request, reply) => {
  const [status, text] = checks.agora(body(request), request.headers["agora-signature-v2"]);
  reply.code(status).send(text);
});
app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) });
