// Findings and gaps: grouped, filtered; one that is opened shows its source line and what to do.

import { byId, counted, el, get, post } from "./dom.js";
import { excerptLines, fetchSource, placeTools } from "./source.js";

const NAMES = { error: "error", warning: "warning", info: "note" };
const WEIGHT = { error: 0, warning: 1, info: 2 };
const AT_ONCE = 60;              // findings of a group that are shown before one asks for all

let findings = [];
let gaps = [];
let say = () => {};
const opened = new Set();        // ids of findings that are open, kept over changes
const wholeGroups = new Set();

const identify = each => [each.rule, each.where.file, each.where.line ?? "", each.where.cell ?? "", each.message].join("|");

const place = ({ file, line, sheet, cell, page, label }) => {
  if (cell) return `${file} · ${sheet ? `${sheet}!` : ""}${cell}`;
  if (page) return `${file} · page ${label ?? page}`;
  return line ? `${file}:${line}` : file;
};

export function setFindings(values) {
  findings = values;
  const errors = values.filter(each => each.severity === "error").length;
  badge("findings-count", values.length, errors ? "error" : "");
  fill("findings");
  return errors;
}

export function setGaps(values) {
  gaps = values;
  badge("gaps-count", values.length, "");
  fill("gaps");
}

function badge(id, number, kind) {
  byId(id).textContent = number || "";
  byId(id).dataset.kind = kind;
}

function chosen(panel) {
  const words = byId(`${panel}-words`).value.toLowerCase().split(/\s+/).filter(Boolean);
  const severity = panel === "findings" ? byId("findings-severity").value : "";
  return (panel === "findings" ? findings : gaps).filter(each => (!severity || each.severity === severity)
    && words.every(word => `${each.message} ${place(each.where)} ${each.rule} ${each.title} ${each.disclosure ?? ""}`.toLowerCase().includes(word)));
}

function fill(panel) {
  const all = panel === "findings" ? findings : gaps;
  const shown = chosen(panel);
  const nothing = panel === "findings" ? "No findings." : "No gaps: nothing is missing.";
  byId(`${panel}-shown`).textContent = !all.length ? nothing
    : shown.length === all.length ? (panel === "findings" ? summary(all) : counted(all.length, "gap")) : `${shown.length} of ${all.length} shown`;
  const by = panel === "findings" && byId("findings-group").value === "file" ? "file" : "rule";
  const groups = new Map();
  for (const each of shown) {
    const name = by === "file" ? each.where.file : each.rule;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(each);
  }
  const worst = group => Math.min(...group.map(each => WEIGHT[each.severity]));
  const sorted = [...groups].sort(([one, first], [other, second]) => by === "rule" ? worst(first) - worst(second) : 0);
  const focused = document.activeElement?.closest(`#${panel}-list .finding`)?.dataset.id;
  const top = byId(panel).scrollTop;
  byId(`${panel}-list`).replaceChildren(...sorted.map(([name, group]) => makeGroup(panel, by, name, group)));
  byId(panel).scrollTop = top;
  if (focused) {
    const again = [...byId(`${panel}-list`).querySelectorAll(".finding")].find(each => each.dataset.id === focused);
    again?.querySelector(".head").focus({ preventScroll: true });
  }
}

function summary(all) {
  const parts = Object.keys(NAMES).map(severity => [severity, all.filter(each => each.severity === severity).length]);
  return parts.filter(([, number]) => number).map(([severity, number]) => counted(number, NAMES[severity])).join(", ");
}

function makeGroup(panel, by, name, group) {
  const id = `${panel}-${by}-${name}`;
  const first = group.toSorted((one, other) => WEIGHT[one.severity] - WEIGHT[other.severity])[0];
  const list = wholeGroups.has(id) ? group : group.slice(0, AT_ONCE);
  return el("section", { class: "group" },
    el("h2", {}, panel === "findings" && el("span", { class: `badge ${first.severity}`, text: NAMES[first.severity] }), " ",
      by === "rule" ? first.title || name : name, " ", el("span", { class: "muted", text: group.length > 1 ? `× ${group.length}` : "" })),
    el("ul", { class: "rows" }, ...list.map(each => makeItem(each, by))),
    group.length > list.length && el("button", { type: "button", class: "small", text: `Show all ${group.length}`,
      onclick: () => { wholeGroups.add(id); fill(panel); } }));
}

function makeItem(finding, by) {
  const id = identify(finding);
  const details = el("div", { class: "details", hidden: true });
  const head = el("button", { type: "button", class: "row head", "aria-expanded": "false" },
    el("span", { class: "message", dir: "auto" },
      by === "file" && el("span", { class: `badge ${finding.severity}`, text: NAMES[finding.severity] }), by === "file" && " ", finding.message),
    el("span", { class: "muted", text: [place(finding.where), finding.disclosure].filter(Boolean).join(" · ") }));
  const item = el("li", { class: "finding" }, head, details);
  item.dataset.id = id;
  item.accept = finding.accept;
  const open = async isOpen => {
    head.setAttribute("aria-expanded", String(isOpen));
    details.hidden = !isOpen;
    if (isOpen) opened.add(id);
    else opened.delete(id);
    if (isOpen && !details.childElementCount) details.append(...(await explain(finding)).filter(Boolean));
  };
  head.addEventListener("click", () => open(details.hidden));
  if (opened.has(id)) open(true);
  return item;
}

async function explain(finding) {
  const { file, line } = finding.where;
  const [found, rule] = await Promise.all([fetchSource(file, line), get("rule", { id: finding.rule })]);
  const start = finding.where.column ? finding.where.column - 1 : finding.start;
  return [
    placeTools(file, line, found?.where),
    line && found ? excerptLines(found, finding.where.column ? [start, finding.width] : null) : null,
    finding.hint && el("p", { class: "help", dir: "auto" }, el("strong", { text: "Help: " }), finding.hint),
    finding.accept && el("p", {}, el("button", { type: "button", class: "primary small", text: `Accept ${finding.accept}`, title: "a", onclick: () => accept(finding.accept) }),
      " ", el("span", { class: "muted", text: "adds it to 'numbers' in report.yaml" })),
    rule && el("details", { class: "why" }, el("summary", { text: `What '${finding.rule}' means` }), el("p", { text: rule.why }),
      rule.good && el("p", { class: "muted", text: "Right:" }), rule.good && el("pre", { tabindex: "0", text: rule.good })),
  ];
}

export async function accept(number) {
  const answer = await post("accept", { number });
  say(answer.problem ? { kind: "error", text: `${number} was not accepted: ${answer.problem}` }
    : { kind: "good", text: `${number} is accepted: ${answer.file}:${answer.line}`, short: true });
}

// Keys in a list of findings; returns whether the key meant something here.
export function handleKey(event) {
  const item = document.activeElement?.closest(".finding");
  const list = document.activeElement?.closest("#panel")?.querySelector("[role=tabpanel]:not([hidden]) .list");
  if (!list) return false;
  if (event.key === "ArrowDown" || event.key === "ArrowUp" || event.key === "j" || event.key === "k") {
    if (document.activeElement.closest("input, select, .excerpt, pre")) return false;
    const heads = [...list.querySelectorAll(".finding > .head")];
    const by = event.key === "ArrowDown" || event.key === "j" ? 1 : -1;
    const here = item ? heads.indexOf(item.firstElementChild) : by > 0 ? -1 : 0;
    heads[Math.max(0, Math.min(heads.length - 1, here + by))]?.focus();
    return heads.length > 0;
  }
  if (event.key === "a" && item) {
    if (item.accept) accept(item.accept);
    else say({ kind: "", text: "This finding is not about a typed number; nothing was accepted.", short: true });
    return true;
  }
  return false;
}

byId("findings-words").addEventListener("input", () => fill("findings"));
for (const id of ["findings-severity", "findings-group"]) byId(id).addEventListener("change", () => fill("findings"));
byId("gaps-words").addEventListener("input", () => fill("gaps"));

export function connect(handlers) {
  say = handlers.say;
}
