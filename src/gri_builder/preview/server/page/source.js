// The source panel: the lines of a file, and where a number comes from.

import { byId, counted, el, get, recall, remember } from "./dom.js";

const EDITORS = {
  vscode: ["VS Code", (path, line) => `vscode://file${path}:${line}`],
  vscodium: ["VSCodium", (path, line) => `vscodium://file${path}:${line}`],
  cursor: ["Cursor", (path, line) => `cursor://file${path}:${line}`],
  zed: ["Zed", (path, line) => `zed://file${path}:${line}`],
  idea: ["JetBrains", (path, line) => `idea://open?file=${path}&line=${line}`],
};

let goToNumber = () => {};

const select = byId("editor");
select.append(...Object.entries(EDITORS).map(([id, [name]]) => el("option", { value: id, text: name })));
select.value = EDITORS[recall("editor")] ? recall("editor") : "vscode";
select.addEventListener("change", () => remember("editor", select.value));

// Links that open a file at a line in the editor, and copy its place.
export function placeTools(file, line, where) {
  const text = line ? `${file}:${line}` : file;
  const copy = el("button", { type: "button", class: "small", text: "Copy" , "aria-label": `Copy ${text}`, onclick: async () => {
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "Not copied";
    }
    setTimeout(() => { copy.textContent = "Copy"; }, 1500);
  } });
  const [name, address] = EDITORS[select.value];
  const path = where ? encodeURI(where.startsWith("/") ? where : `/${where}`) : null;
  return el("p", { class: "tools-row" }, el("code", { class: "place", text }), copy,
    path && el("a", { class: "small button", href: address(path, line ?? 1), text: `Open in ${name}` }));
}

// The lines around a place; `mark` is [start, width] in its line, where it is known.
export function excerptLines(found, mark = null) {
  if (!found?.lines.length) return el("p", { class: "muted", text: "This file can't be shown as text." });
  const rows = found.lines.map((text, index) => {
    const number = found.first + index, isHere = number === found.line;
    const code = el("code", { dir: "auto" });
    if (isHere && mark && mark[1] > 0 && mark[0] < text.length) {
      code.append(text.slice(0, mark[0]), el("mark", { text: text.slice(mark[0], mark[0] + mark[1]) }), text.slice(mark[0] + mark[1]));
    } else code.textContent = text || " ";
    return el("li", { value: number, class: isHere ? "here" : null, "aria-current": isHere ? "true" : null }, code);
  });
  return el("ol", { class: "excerpt", "aria-label": `Lines of ${found.file}` }, ...rows);
}

export async function fetchSource(file, line) {
  return get("source", { file, line: line ?? 1 });
}

const body = byId("source-body");
let asked = 0;
let current = () => {};          // shows again what is shown

async function fill(make) {
  const mine = asked += 1;
  const parts = await make();
  if (mine === asked) body.replaceChildren(...parts.filter(Boolean));
}

// Shows again what is shown, after a change; `move` returns where a line is by now.
export function refresh(move) {
  current(move);
}

export function showLine(file, line) {
  current = move => showLine(file, line ? move(file, line) : line);
  return fill(async () => {
    const found = await fetchSource(file, line);
    return [
      el("h2", { text: file.split("/").at(-1) }),
      placeTools(file, line, found?.where),
      found ? excerptLines(found) : el("p", { class: "muted", text: "The file is not in the report folder any more." }),
    ];
  });
}

export function showFacts(facts) {
  current = () => {};
  return facts.length === 1 ? showFact(facts[0].fact) : fill(async () => [
    el("h2", { text: counted(facts.length, "number") }),
    el("ul", { class: "rows" }, ...facts.map(({ fact, text }) => el("li", {},
      el("button", { type: "button", class: "row", onclick: () => showFact(fact) },
        el("strong", { text }), el("span", { class: "muted", text: fact }))))),
  ]);
}

export function showFact(key) {
  current = () => showFact(key);
  return fill(async () => {
    const fact = await get("fact", { key });
    if (!fact) return [el("h2", { text: key }), el("p", { class: "muted", text: "There is no such fact any more." })];
    const line = fact.line ?? null;
    const isText = fact.file && line !== null;
    const found = isText ? await fetchSource(fact.file, line) : null;
    return [
      el("p", { class: "muted", text: fact.title, dir: "auto" }),
      el("h2", { class: "value" }, fact.value, " ", el("span", { class: "unit", text: fact.unit })),
      el("p", {}, el("code", { text: fact.key })),
      el("dl", {}, ...pairs(fact.rows)),
      fact.source.length ? el("h3", { text: "Where it comes from" }) : null,
      fact.file ? placeTools(fact.file, line, fact.where) : null,
      fact.source.length ? el("dl", {}, ...pairs(fact.source.filter(([name]) => name !== "File" && name !== "Line"))) : null,
      found?.lines.length ? excerptLines(found) : null,
      fact.inputs.length ? el("h3", { text: "Calculated from" }) : null,
      fact.inputs.length ? el("ul", { class: "rows" }, ...fact.inputs.map(each => el("li", {},
        el("button", { type: "button", class: "row", onclick: () => showFact(each.key) },
          el("strong", { text: each.value || "–" }), el("span", { class: "muted", text: each.key }))))) : null,
      el("h3", { text: fact.places.length ? `Printed in ${counted(fact.places.length, "place")}` : "Printed nowhere" }),
      el("ul", { class: "rows" }, ...fact.places.map(each => el("li", {},
        el("button", { type: "button", class: "row", onclick: () => goToNumber(each.page) },
          el("strong", { text: each.text, dir: "auto" }),
          el("span", { class: "muted", text: [`page ${each.label}`, each.section].filter(Boolean).join(" · ") }))))),
    ];
  });
}

const pairs = rows => rows.flatMap(([name, text]) => [el("dt", { text: name }),
  el("dd", { dir: "auto", class: name === "SHA-256" || name === "Query" || name === "Formula" ? "code" : null, text })]);

export function connect(handlers) {
  goToNumber = handlers.goToNumber;
}
