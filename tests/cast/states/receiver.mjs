// The same in Node: node receiver.mjs NAME PORT FILE. See receiver.py.

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { argv } from "node:process";

const [, , name, port, file] = argv;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const load = (from = file) =>
  existsSync(from) ? JSON.parse(readFileSync(from)) : { tasks: {}, events: [], count: 0 };
const save = (state, to = file) => {
  writeFileSync(`${to}.new`, JSON.stringify(state));
  renameSync(`${to}.new`, to);
};

function read(body) {
  const { Event, Status, TaskId: task, Sequence: seq, Nonce: nonce } = JSON.parse(body);
  const kind = Event.endsWith("stop") ? "stop" : Status.replace("Transcode", "").toLowerCase();
  return { task, kind, seq, nonce, key: `${task}:${seq}` };
}

function apply(state, event) {
  state.events.push(event.key);
  state.count += 1;
  const task = (state.tasks[event.task] ??= { status: "", seq: 0 });
  if (event.seq > task.seq) Object.assign(task, { status: event.kind, seq: event.seq });
}

function once(event, enter = apply) {
  const state = load();
  if (state.events.includes(event.key)) return false;
  enter(state, event);
  save(state);
  return true;
}

// One after the other, for what waits in between.
let last = Promise.resolve();
const inTurn = (work) => (last = last.then(work, work));

const correct = {
  "js-plain": { take: (event) => once(event) && 200 },
  "js-folding": {
    take: (event) => once(event) && 200,
    state: () => ({ seen: load().events.sort() }),
  },
  "js-conflict": { take: (event) => (once(event) ? 200 : 409) },
  "js-in-turn": {
    take: (event) =>
      inTurn(async () => {
        await pause(30);
        once(event);
        return 200;
      }),
  },
};

const faulty = {
  "js-last-write-wins": {
    take(event) {
      once(event, (state, one) => {
        apply(state, one);
        state.tasks[one.task] = { status: one.kind, seq: one.seq };
      });
      return 200;
    },
  },
  "js-duplicate-row": {
    take(event) {
      const state = load();
      apply(state, event);
      save(state);
      return 200;
    },
  },
  "js-stop-before-start": {
    take(event) {
      if (event.kind === "stop" && !(event.task in load().tasks)) return 200;
      once(event);
      return 200;
    },
  },
  "js-lost-update": {
    async take(event) {
      const state = load();
      if (state.events.includes(event.key)) return 200;
      await pause(30);
      apply(state, event);
      save(state);
      return 200;
    },
  },
  "js-twins": {
    async take(event) {
      if (load().events.includes(event.key)) return 200;
      await pause(30);
      const state = load();
      apply(state, event);
      save(state);
      return 200;
    },
  },
  "js-half-write": {
    async take(event) {
      const seen = load(`${file}.seen`);
      if (seen.events.includes(event.key)) return 200;
      save({ ...seen, events: [...seen.events, event.key] }, `${file}.seen`);
      await pause(250);
      once(event);
      return 200;
    },
  },
  "js-marks-first": {
    take(event) {
      const state = load();
      if (state.events.includes(event.key)) return 200;
      if (event.kind !== "started" && !(event.task in state.tasks)) {
        state.events.push(event.key);
        save(state);
        return 500;
      }
      once(event);
      return 200;
    },
  },
};

const { take, state = load } = { ...correct, ...faulty }[name];

const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const reply = (status, body = "") => response.writeHead(status).end(body);
  if (request.method === "GET") return reply(200, JSON.stringify(state()));
  if (request.method === "OPTIONS") return reply(204);
  if (request.url === "/reset") {
    for (const one of [file, `${file}.seen`]) rmSync(one, { force: true });
    return reply(200);
  }
  return reply((await take(read(Buffer.concat(pieces)))) || 200);
});
// The one before was killed, and may still hold the port for a moment.
server.on("error", () => setTimeout(() => server.listen(Number(port), "127.0.0.1"), 50));
server.listen(Number(port), "127.0.0.1");
