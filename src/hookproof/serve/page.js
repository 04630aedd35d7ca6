"use strict";
// Whatever strangers sent becomes text (textContent, createTextNode), never markup.
const HEIGHT = 54, MOST = 20000, FIRST = 200, MORE = 2000;
const given = (name) => document.querySelector("meta[name=" + name + "]").content;
const token = given("token");
const at = (id) => document.getElementById(id);
const list = at("list"), rows = at("rows"), filter = at("filter"), pane = at("detail");
let captures = [], known = new Map(), facts = {}, picked = 0, source = null, asked = 0, unseen = 0, shownAt = "";

function make(name, options, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(options || {})) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "title" || key === "type" || key === "value" || key === "placeholder" || key === "checked" || key === "id" || key === "hidden") node[key] = value;
    else node.setAttribute(key, value);
  }
  for (const one of inside.flat()) if (one !== null && one !== undefined) node.append(one);
  return node;
}
function toast(text) {
  const node = at("toast");
  node.textContent = text; node.classList.add("on");
  clearTimeout(toast.timer); toast.timer = setTimeout(() => node.classList.remove("on"), 2600);
}
async function copy(text, what) {
  try { await navigator.clipboard.writeText(text); toast(what + " copied"); }
  catch (error) { window.prompt("Copy it from here:", text); }
}
const pad = (number, width = 2) => String(number).padStart(width, "0");
function clock(seconds) {
  const when = new Date(seconds * 1000), today = new Date().toDateString() === when.toDateString();
  const time = pad(when.getHours()) + ":" + pad(when.getMinutes()) + ":" + pad(when.getSeconds());
  return today ? time : pad(when.getMonth() + 1) + "-" + pad(when.getDate()) + " " + time;
}
function tone(one) {
  if (one.status === null || one.status >= 500) return "bad";
  return one.status >= 400 ? "warn" : "good";
}
const signs = {
  "valid": ["good", "signed"], "wrong": ["bad", "wrong signature"], "missing": ["bad", "no signature"],
  "unreadable": ["bad", "unreadable signature"], "published secret": ["warn", "published secret"],
  "not checked": ["dim", "not checked"], "not signed": ["dim", "vendor signs nothing"],
};
function nameOf(one) {
  const slash = one.callback.indexOf("/");
  if (slash < 0) return [make("span", {}, one.method + " " + one.url)];
  return [one.callback.slice(slash + 1), make("span", {}, "  " + one.callback.slice(0, slash))];
}
function rowOf(one, index) {
  const [kind, word] = signs[one.signature] || ["dim", one.signature];
  const said = one.told || (one.answer ? "answered " + one.answer : one.url);
  const node = make("div", { class: "row" + (one.id === picked ? " picked" : ""), role: "option", "aria-selected": one.id === picked, "data-id": one.id },
    make("div", {},
      make("span", { class: "name" }, nameOf(one)),
      make("span", { class: kind, title: "Signature" }, word),
      make("span", { class: "chip " + tone(one) }, one.status === null ? "none" : String(one.status))),
    make("div", {},
      make("span", { class: "time" }, "#" + one.id + "  " + clock(one.at)),
      make("span", { class: "said " + one.worst }, said),
      one.findings > 1 ? make("span", { class: one.worst }, "+" + (one.findings - 1)) : null));
  node.style.transform = "translateY(" + index * HEIGHT + "px)";
  return node;
}
function paint(force) {
  const first = Math.max(0, Math.floor(list.scrollTop / HEIGHT) - 8);
  const last = Math.min(captures.length, first + Math.ceil((list.clientHeight || 800) / HEIGHT) + 16);
  const mark = first + ":" + last;
  if (!force && mark === shownAt) return;
  shownAt = mark;
  rows.style.height = captures.length * HEIGHT + "px";
  const parts = [];
  for (let index = first; index < last; index++) parts.push(rowOf(captures[index], index));
  rows.replaceChildren(...parts);
  at("count").textContent = captures.length.toLocaleString() + (captures.length >= MOST ? "+" : "");
  at("empty").hidden = captures.length > 0;
  if (!captures.length) paintEmpty();
}
function paintEmpty() {
  if (filter.value) {
    at("empty").replaceChildren(make("p", {}, make("strong", {}, "Nothing here holds “" + filter.value + "”.")),
      make("p", {}, "Each word has to stand somewhere in a capture: name, path, status, headers, body or findings."));
    return;
  }
  at("empty").replaceChildren(
    make("p", {}, make("strong", {}, "Waiting for the first callback.")),
    make("p", {}, "Let the vendor, or a tunnel, call this address:"),
    make("code", { class: "block" }, facts.address || ""),
    make("p", {}, "Or send one yourself, in a second terminal:"),
    make("code", { class: "block" }, facts.send || ""),
    make("p", { class: "dim" }, facts.checked || ""));
}
function take(one) {
  const before = known.get(one.id);
  if (before) { Object.assign(before, one); return false; }
  known.set(one.id, one);
  if (!captures.length || captures[0].id < one.id) captures.unshift(one);
  else captures.splice(captures.findIndex((other) => other.id < one.id), 0, one);
  if (captures.length > MOST) known.delete(captures.pop().id);
  return true;
}
let waiting = [], planned = false;
function arrive(one) {
  waiting.push(one);
  if (planned) return;
  planned = true;
  setTimeout(() => {
    planned = false;
    const away = list.scrollTop > HEIGHT / 2;
    let fresh = 0;
    for (const each of waiting.splice(0)) { if (take(each)) fresh++; if (each.id === picked) open(picked, true); }
    if (away && fresh) { list.scrollTop += fresh * HEIGHT; unseen += fresh; }
    at("fresh").hidden = !(away && unseen);
    at("fresh").textContent = unseen + " new";
    paint(true);
    if (!picked && fresh && window.innerWidth > 760) open(captures[0].id, true);
  }, 60);
}
function watch(after) {
  if (source) source.close();
  source = new EventSource("/events?after=" + after + "&q=" + encodeURIComponent(filter.value));
  source.onopen = () => { at("live").textContent = "live"; at("live").classList.add("on"); };
  source.onerror = () => { at("live").textContent = "reconnecting"; at("live").classList.remove("on"); };
  source.onmessage = (event) => arrive(JSON.parse(event.data));
  // More than anybody sees came at once.
  source.addEventListener("many", () => { clearTimeout(filter.timer); filter.timer = setTimeout(() => load(), 1000); });
}
async function load(first) {
  const number = ++asked;
  const query = "/api/captures?q=" + encodeURIComponent(filter.value);
  const answer = first || await (await fetch(query + "&limit=" + FIRST)).json();
  if (number !== asked) return;
  captures = answer.captures; facts = answer.facts;
  known = new Map(captures.map((one) => [one.id, one]));
  at("address").textContent = facts.address;
  at("where").textContent = facts.about;
  list.scrollTop = 0; unseen = 0; at("fresh").hidden = true;
  paint(true);
  watch(captures.length ? captures[0].id : answer.latest);
  const wanted = Number(location.hash.slice(1));
  if (wanted && !picked) open(wanted);
  else if (!picked && captures.length && window.innerWidth > 760) open(captures[0].id, true);
  // The first screen is there; the rest follows, piece by piece.
  for (let more = answer.more; more && captures.length < MOST;) {
    await new Promise((ready) => requestAnimationFrame(() => setTimeout(ready)));
    const last = captures[captures.length - 1].id;
    const rest = await (await fetch(query + "&limit=" + MORE + "&before=" + last)).json();
    if (number !== asked) return;
    for (const one of rest.captures) if (!known.has(one.id)) { known.set(one.id, one); captures.push(one); }
    more = rest.more;
    paint(true);
  }
}
async function open(id, quietly) {
  picked = id;
  paint(true);
  const answer = await fetch("/api/captures/" + id);
  if (picked !== id) return;
  const one = await answer.json();
  if (!answer.ok) { pane.replaceChildren(make("p", { class: "dim" }, one.error)); return; }
  const panel = pane.querySelector(".panel");
  const same = pane.dataset.id === String(id);
  pane.dataset.id = id;
  pane.replaceChildren(...sections(one));
  if (same && panel) pane.querySelector(".actions").after(panel);
  if (!same) pane.scrollTop = 0;
  if (!quietly) { history.replaceState(null, "", "#" + id); document.body.classList.add("one"); }
}
function* sections(one) {
  yield make("button", { id: "back", onclick: back }, "‹ All captures");
  const [kind, word] = signs[one.signature] || ["dim", one.signature];
  yield make("div", { class: "lead" }, make("h2", {}, one.callback || one.method + " " + one.url),
    make("span", { class: "chip " + tone(one) }, one.status === null ? "no answer" : "answered " + one.status),
    make("span", { class: "chip " + kind }, word));
  yield make("div", { class: "facts" }, ["#" + one.id, new Date(one.at * 1000).toLocaleString(), one.method + " " + one.url, one.size.toLocaleString() + " bytes", ...(one.answer ? ["answered " + one.answer] : [])].join(" · "));
  yield make("div", { class: "actions" },
    make("button", { class: "main", onclick: () => replayPanel(one) }, "Replay"),
    make("button", { onclick: () => curl(one) }, "Copy as curl"),
    make("button", { onclick: () => fixture(one) }, "Save as fixture"));
  const signing = one.found.filter((each) => each.signature), others = one.found.filter((each) => !each.signature);
  if (others.length) { yield make("h3", {}, "Findings"); yield* others.map(findingOf); }
  if (signing.length) { yield make("h3", {}, "Signature"); yield* signing.map(findingOf); }
  yield make("h3", {}, "Payload");
  yield tree(one);
  yield make("h3", {}, "Headers");
  yield make("table", {}, make("tbody", {}, one.headers.map(([name, value]) => make("tr", {}, make("td", {}, name), make("td", {}, value)))));
  yield make("h3", {}, "Raw body");
  const text = one.raw.text !== undefined ? one.raw.text : "No UTF-8; Base64 of the bytes:\n" + one.raw.base64;
  yield make("pre", {}, text + (one.raw.cut ? "\n… cut" : ""));
}
function findingOf(one) {
  const page = /^(https?:\/\/\S+)/.exec(one.source);
  const link = page ? make("a", { href: page[1], target: "_blank", rel: "noopener noreferrer" }, "the vendor's page " + one.source.slice(page[1].length)) : null;
  return make("div", { class: "finding " + one.severity },
    make("div", { class: "code " + one.severity }, one.severity + "  " + one.code),
    one.where ? make("div", { class: "where" }, one.where) : null,
    make("div", {}, one.message), one.hint ? make("div", { class: "hint" }, one.hint) : null, link);
}
function tree(one) {
  if (one.lines.length === 1 && one.lines[0][3] === "word" && one.lines[0][2] === "null") return make("div", { class: "tree dim" }, "The body could not be read; see below what came.");
  const marked = new Map(one.found.map((each) => [each.where, each]));
  return make("div", { class: "tree" }, one.lines.filter((line, index) => index || line[2]).map(([depth, key, value, kind, where, note]) => {
    const found = where ? marked.get(where) : undefined;
    const quoted = kind === "text" ? JSON.stringify(value) : value;
    const node = make("div", { class: "d" + Math.min(depth || 1, 7) + (found ? " wrong " + found.severity : ""), title: found ? found.code + ": " + found.message : where },
      key === null ? null : make("span", { class: "key" }, key + ": "),
      make("span", { class: { text: "t", number: "n", word: "w" }[kind] || "dim" }, quoted),
      note ? make("span", { class: "tag" }, note) : null);
    return node;
  }));
}
async function act(one, name, wish) {
  const answer = await fetch("/api/captures/" + one.id + "/" + name, { method: "POST", headers: { "X-Hookproof-Token": token, "Content-Type": "application/json" }, body: JSON.stringify(wish || {}) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error || "it was refused: " + answer.status);
  return said;
}
async function curl(one) {
  try { await copy((await act(one, "curl")).line, "The command"); } catch (error) { toast(error.message); }
}
async function fixture(one) {
  try { const said = await act(one, "fixture"); toast("Saved as " + said.file + (said.about ? ", " + said.about : "")); } catch (error) { toast(error.message); }
}
function replayPanel(one) {
  const before = pane.querySelector(".panel");
  if (before) { before.remove(); return; }
  let kept = "";
  try { kept = localStorage.getItem("replay-to") || ""; } catch (error) { kept = ""; }
  const url = make("input", { type: "url", placeholder: "http://127.0.0.1:3000/callbacks", value: facts.forward || kept, "aria-label": "Where to send it" });
  const verbatim = make("input", { type: "checkbox", id: "verbatim" });
  const outcome = make("div", { class: "outcome" });
  const send = async () => {
    outcome.textContent = "sending…"; outcome.className = "outcome dim";
    try {
      try { localStorage.setItem("replay-to", url.value); } catch (error) { /* a private window keeps nothing */ }
      const said = await act(one, "replay", { url: url.value, as_captured: verbatim.checked });
      outcome.textContent = said.told; outcome.className = "outcome " + (said.ok ? "good" : "bad");
    } catch (error) { outcome.textContent = error.message; outcome.className = "outcome bad"; }
  };
  url.addEventListener("keydown", (event) => { if (event.key === "Enter") send(); });
  pane.querySelector(".actions").after(make("div", { class: "panel" }, url,
    make("label", {}, verbatim, " byte by byte, with the old signature"), make("button", { class: "main", onclick: send }, "Send"), outcome));
  url.focus();
}
function back() { document.body.classList.remove("one"); history.replaceState(null, "", location.pathname); list.focus(); }
function step(by) {
  const index = captures.findIndex((one) => one.id === picked) + by;
  const next = captures[Math.max(0, Math.min(captures.length - 1, index))];
  if (!next) return;
  const top = captures.indexOf(next) * HEIGHT;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + HEIGHT - list.clientHeight;
  open(next.id, window.innerWidth <= 760);
}
rows.addEventListener("click", (event) => { const row = event.target.closest(".row"); if (row) open(Number(row.dataset.id)); });
list.addEventListener("scroll", () => { if (list.scrollTop < HEIGHT) { unseen = 0; at("fresh").hidden = true; } paint(false); }, { passive: true });
window.addEventListener("resize", () => paint(true));
at("fresh").addEventListener("click", () => { list.scrollTop = 0; });
at("address").addEventListener("click", () => copy(facts.address, "The address"));
filter.addEventListener("input", () => { clearTimeout(filter.timer); filter.timer = setTimeout(() => load(), 150); });
document.addEventListener("keydown", (event) => {
  if (event.target instanceof HTMLInputElement) { if (event.key === "Escape") event.target.blur(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { event.preventDefault(); filter.focus(); }
  else if (event.key === "j" || event.key === "ArrowDown") { event.preventDefault(); step(1); }
  else if (event.key === "k" || event.key === "ArrowUp") { event.preventDefault(); step(-1); }
  else if (event.key === "Escape") back();
  else if (event.key === "Enter" && picked) open(picked);
});
load(JSON.parse(given("first")));
