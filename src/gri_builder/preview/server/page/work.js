// The work panel: who owes what, asking data owners, taking their workbooks back, approving.

import { byId, counted, el, post, recall, remember } from "./dom.js";

const NAMES = { missing: "missing", error: "error", changed: "changed", "to approve": "to approve", approved: "approved" };
const OPEN = ["missing", "error", "changed"];

let work = null;
let say = () => {};
let showLine = () => {};

export function setWork(values) {
  work = values;
  fill();
}

const isToDo = task => OPEN.includes(task.state) || (task.state === "to approve" && work.required) || task.late;

function isChosen(task, owner) {
  const state = byId("work-state").value;
  const words = byId("work-words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = state === "all" || (state === "" ? isToDo(task) : state === "late" ? task.late : task.state === state);
  return fits && words.every(word => `${task.name} ${task.title} ${owner} ${task.missing.join(" ")}`.toLowerCase().includes(word));
}

function fill() {
  if (!work) return;
  const all = work.owners.flatMap(owner => owner.tasks);
  const toDo = all.filter(isToDo);
  byId("work-count").textContent = toDo.length || "";
  byId("work-count").dataset.kind = all.some(task => task.late) ? "error" : "";
  const groups = work.owners.map(owner => [owner.name, owner.tasks.filter(task => isChosen(task, owner.name))]).filter(([, tasks]) => tasks.length);
  const shown = groups.reduce((sum, [, tasks]) => sum + tasks.length, 0);
  const late = all.filter(task => task.late).length;
  byId("work-shown").textContent = !shown && byId("work-state").value === "" && !byId("work-words").value
    ? "Nothing is to do." : `${shown} of ${counted(all.length, "series or answer", "series and answers")} shown${late ? `, ${late} late` : ""}`;
  const focused = document.activeElement?.closest("#work-list [data-id]")?.dataset.id;
  byId("work-list").replaceChildren(...groups.map(([name, tasks]) => el("section", { class: "group" },
    el("h2", { dir: "auto" }, name || "No owner", " ", el("span", { class: "muted", text: `× ${tasks.length}` })),
    el("ul", { class: "rows" }, ...tasks.map(makeTask)))));
  if (focused) byId("work-list").querySelector(`[data-id="${CSS.escape(focused)}"] button`)?.focus({ preventScroll: true });
}

function makeTask(task) {
  const canApprove = task.state === "to approve" || task.state === "changed";
  const item = el("li", { class: "disclosure" },
    el("div", { class: "line" },
      el("button", { type: "button", class: "link", text: task.name, "aria-label": `Show where ${task.name} is written`, onclick: () => showLine(task.file, task.line) }),
      el("span", { class: `badge ${task.state.replace(" ", "-")}`, text: task.late ? `${NAMES[task.state]}, late` : NAMES[task.state] })),
    el("div", { dir: "auto", text: task.title }),
    task.due && el("div", { class: "muted", text: `due ${task.due}` }),
    task.missing.length > 0 && el("div", { class: "muted", dir: "auto", text: `missing: ${task.missing.slice(0, 8).join(", ")}${task.missing.length > 8 ? `, and ${task.missing.length - 8} more` : ""}` }),
    task.approved && el("div", { class: "muted", dir: "auto", text: `approved by ${task.approved}` }),
    ...task.changes.slice(0, 6).map(([what, before, now]) => el("div", { class: "muted", dir: "auto", text: `${what}: ${before || "new"} → ${now || "gone"}` })),
    canApprove && el("div", {}, el("button", { type: "button", class: "small", text: task.state === "changed" ? "Approve again" : "Approve",
      "aria-label": `Approve ${task.name}`, onclick: () => approve(task) })));
  item.dataset.id = `${task.kind} ${task.name}`;
  return item;
}

async function approve(task) {
  const name = byId("approver").value.trim();
  if (!name) {
    byId("approver").focus();
    say({ kind: "caution", text: "Write your name under “Approved by” first.", short: true });
    return;
  }
  const answer = await post("approve", { keys: [task.id], by: name, language: task.language });
  if (!report(answer, `${task.name} is approved by ${name}.`)) return;
  remember("approver", name);
}

// Says what an action did; returns whether it did anything.
function report(answer, sentence) {
  const errors = (answer.findings ?? []).filter(each => each.severity === "error");
  const problem = answer.problem ?? (errors.length ? errors.map(each => each.message).join("; ") : null);
  if (problem) say({ kind: "error", text: problem[0].toUpperCase() + problem.slice(1) });
  else if (sentence) say({ kind: "good", text: sentence, short: true });
  return !problem;
}

async function busy(button, task) {
  button.disabled = true;
  try {
    return await task();
  } finally {
    button.disabled = false;
  }
}

byId("ask").addEventListener("click", () => busy(byId("ask"), async () => {
  const answer = await post("ask");
  report(answer, "");
  showResult([...(answer.files?.length ? [el("p", { text: `${counted(answer.files.length, "workbook is", "workbooks are")} written; send each to its owner:` }),
    el("ul", {}, ...answer.files.map(file => el("li", {}, el("code", { dir: "auto", text: file }))))] : []), ...notes(answer)]);
}));

byId("take").addEventListener("click", () => byId("returned").click());
byId("returned").addEventListener("change", () => busy(byId("take"), async () => {
  const files = [...byId("returned").files];
  byId("returned").value = "";
  await take(files);
}));

async function take(files) {
  for (const [index, file] of files.entries()) {
    const where = new URLSearchParams({ name: file.name, first: index ? "no" : "yes" });
    let answer;
    try {
      answer = await (await fetch(`returned?${where}`, { method: "POST", body: file })).json();
    } catch {
      answer = { problem: `'${file.name}' could not be sent` };
    }
    if (!report(answer, "")) return;
  }
  if (!files.length) return;
  const found = await post("collect", { keep: false });
  if (found.problem) report(found, "");
  showCollection(found);
}

function showCollection(found) {
  const brought = found.collection;
  const parts = [];
  if (brought) {
    parts.push(el("p", { text: `${counted(brought.changed.length, "value is", "values are")} new or changed, ${brought.same} as before, ${brought.open} still open.` }));
    if (brought.changed.length) {
      const head = el("tr", {}, ...["Figure", "Before", "Now", "Change", "Owner"].map(text => el("th", { scope: "col", text })));
      const rows = brought.changed.map(each => el("tr", {}, el("th", { scope: "row", dir: "auto", title: each.place }, each.title, el("div", { class: "muted", text: each.key })),
        el("td", { text: each.old }), el("td", { text: each.new }), el("td", { text: each.change }), el("td", { dir: "auto", text: each.owner })));
      parts.push(el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "New and changed values" },
        el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows))));
    }
    for (const each of brought.disagreements) {
      parts.push(el("p", { class: "caution", dir: "auto", text: `${each.key}: ${each.sides.map(side => `${side.owner || side.file} says ${side.returned}`).join("; ")}` }));
    }
  }
  parts.push(...notes(found));
  if (brought?.changed.length) {
    parts.push(el("p", { class: "tools-row" },
      el("button", { type: "button", class: "small", text: `Put ${counted(brought.changed.length, "value", "values")} into the report`, onclick: async () => {
        const done = await post("collect", { keep: true });
        if (done.problem) return report(done, "");
        say({ kind: "good", text: `${counted(done.collection.changed.length, "value is", "values are")} in the report.`, short: true });
        return showResult(notes(done));
      } }),
      el("button", { type: "button", class: "small", text: "Leave it", onclick: () => showResult([]) })));
  }
  showResult(parts);
}

const notes = found => (found.findings ?? []).map(each => el("p", { class: each.severity === "error" ? "caution" : "muted", dir: "auto",
  text: `${each.where.file}${each.where.cell ? ` ${each.where.cell}` : each.where.line ? `:${each.where.line}` : ""}: ${each.message}${each.hint ? `; ${each.hint}` : ""}` }));

function showResult(parts) {
  byId("work-result").replaceChildren(...parts);
}

byId("work-words").addEventListener("input", fill);
byId("work-state").addEventListener("change", fill);
byId("approver").value = recall("approver") ?? "";

export function connect(handlers) {
  ({ say, showLine } = handlers);
}
