// The preview: what the server sends, and what keys and buttons do.

import { byId, counted, el, post, recall, remember } from "./dom.js";
import * as coverage from "./coverage.js";
import * as findings from "./findings.js";
import * as pages from "./pages.js";
import * as source from "./source.js";
import * as work from "./work.js";

const TABS = ["findings", "gaps", "coverage", "work", "source"];
let status = { report: "", draft: true, busy: true };
let errors = 0;
let isConnected = false;

// ---- panel ----

function openTab(name, isFocused = false) {
  for (const each of TABS) {
    const isOpen = each === name, tab = byId(`tab-${each}`);
    tab.setAttribute("aria-selected", String(isOpen));
    tab.tabIndex = isOpen ? 0 : -1;
    byId(each).hidden = !isOpen;
  }
  if (isFocused) byId(`tab-${name}`).focus();
  remember("tab", name);
}

const openedTab = () => TABS.find(each => !byId(each).hidden);

function showPanel(isShown) {
  document.body.classList.toggle("alone", !isShown);
  byId("toggle").setAttribute("aria-expanded", String(isShown));
  remember("panel", isShown ? "yes" : "no");
}

const isPanelShown = () => !document.body.classList.contains("alone");

for (const name of TABS) byId(`tab-${name}`).addEventListener("click", () => openTab(name));
document.querySelector(".tabs").addEventListener("keydown", event => {
  const by = { ArrowRight: 1, ArrowLeft: -1, Home: -9, End: 9 }[event.key];
  if (!by) return;
  const here = TABS.indexOf(openedTab());
  openTab(TABS[Math.abs(by) === 9 ? (by < 0 ? 0 : TABS.length - 1) : (here + by + TABS.length) % TABS.length], true);
  event.preventDefault();
  event.stopPropagation();
});

// ---- notices ----

const notices = new Map();

function notice(id, content) {
  notices.get(id)?.remove();
  notices.delete(id);
  if (!content) return;
  const { kind, text, action, isFinal, short } = content;
  const made = el("div", { class: `notice ${kind ?? ""}`, role: kind === "error" ? "alert" : "status" },
    el("p", { dir: "auto", text }), action,
    isFinal && el("button", { type: "button", class: "icon", "aria-label": "Close this message", text: "×", onclick: () => notice(id, null) }));
  notices.set(id, made);
  byId("notices").append(made);
  if (short) setTimeout(() => { if (notices.get(id) === made) notice(id, null); }, 6000);
}

const say = content => notice("said", { ...content, isFinal: true });

// ---- what the server sends ----

function showStatus() {
  const text = !isConnected ? "Connecting …" : status.busy ? "Making pages …" : errors && !status.draft ? counted(errors, "error")
    : status.is_kept ? "Last good pages" : status.shown_draft ? "Draft, up to date" : "Final, up to date";
  byId("status").textContent = text;
  byId("status").dataset.state = !isConnected || status.busy ? "busy" : status.is_kept || status.problem ? "kept" : "good";
  document.body.classList.toggle("kept", status.is_kept);
  byId("report").textContent = status.report;
  document.title = `${errors ? `(${errors}) ` : ""}${status.report} – preview`;
  for (const radio of document.getElementsByName("mode")) radio.checked = radio.value === (status.draft ? "draft" : "final");
  const what = status.draft ? "the report" : "the final report";
  notice("kept", status.is_kept && !status.gone && { kind: "caution", text: errors
    ? `${counted(errors, "error")} in ${what}: the last good pages are shown.` : "The last good pages are shown.",
    action: errors ? el("button", { type: "button", class: "small", text: "Show findings", onclick: () => { showPanel(true); openTab("findings", true); } }) : null });
  notice("problem", status.problem && { kind: "error", text: status.problem[0].toUpperCase() + status.problem.slice(1) });
  notice("gone", status.gone && { kind: "caution", text: "There is no report.yaml in the folder at the moment; the last pages stay until it is back." });
}

function showBuild(build) {
  byId("build").disabled = build.state === "running";
  byId("build").textContent = build.state === "running" ? "Building …" : "Final PDF";
  if (build.state === "running") return notice("build", null);
  if (build.state === "done") {
    return notice("build", { kind: "good", isFinal: true, text: `${build.files[0]} is built: ${counted(build.pages, "page")}, in ${build.folder}`,
      action: el("a", { class: "button small", href: "built.pdf", target: "_blank", rel: "noopener", text: "Open the PDF" }) });
  }
  const text = build.problem ?? `The final report was not built: ${counted(build.findings.length, "error")}. What was in the output folder is unchanged.`;
  const list = build.findings.slice(0, 5).map(each => el("li", { dir: "auto", text: `${each.where.file}${each.where.line ? `:${each.where.line}` : ""}: ${each.message}` }));
  return notice("build", { kind: "error", isFinal: true, text, action: el("div", {}, el("ul", {}, ...list),
    build.findings.length > 5 && el("p", { text: `and ${build.findings.length - 5} more` }),
    build.findings.length && el("button", { type: "button", class: "small", text: "Show the final report's findings", onclick: () => { setDraft(false); showPanel(true); openTab("findings", true); } })) });
}

function listen() {
  const events = new EventSource("events");
  const on = (topic, handle) => events.addEventListener(topic, event => handle(JSON.parse(event.data)));
  on("status", value => { status = value; showStatus(); });
  on("pages", value => {
    pages.show(value);
    source.refresh((file, line) => pages.moveLine(line, value.shifts?.[file]));
  });
  on("findings", value => { errors = findings.setFindings(value); showStatus(); });
  on("gaps", value => findings.setGaps(value));
  on("coverage", value => coverage.setCoverage(value));
  on("work", value => work.setWork(value));
  on("build", showBuild);
  events.onopen = () => { isConnected = true; notice("lost", null); showStatus(); };
  events.onerror = () => {
    isConnected = false;
    showStatus();
    notice("lost", { kind: "caution", text: "The preview does not answer. If it was ended, start 'gri-builder serve' again and open the address that it prints." });
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

// ---- buttons ----

async function setDraft(isDraft) {
  const answer = await post("show", { draft: isDraft });
  if (answer.problem) say({ kind: "error", text: answer.problem });
}

function setFollow(isOn) {
  pages.setFollow(isOn);
  byId("follow").checked = isOn;
}

for (const radio of document.getElementsByName("mode")) radio.addEventListener("change", () => setDraft(radio.value === "draft"));
byId("follow").addEventListener("change", event => setFollow(event.target.checked));
byId("previous").addEventListener("click", () => pages.step(-1));
byId("next").addEventListener("click", () => pages.step(1));
byId("smaller").addEventListener("click", () => pages.resize(-1));
byId("larger").addEventListener("click", () => pages.resize(1));
byId("fit").addEventListener("click", () => pages.resize(0));
byId("toggle").addEventListener("click", () => showPanel(!isPanelShown()));
byId("help").addEventListener("click", () => byId("keys").showModal());
byId("build").addEventListener("click", async () => {
  const answer = await post("build");
  if (answer.problem) say({ kind: "error", text: answer.problem });
});
byId("go").addEventListener("submit", event => {
  event.preventDefault();
  if (pages.goToLabel(byId("page").value)) byId("pages").focus({ preventScroll: true });
  else say({ kind: "caution", text: `There is no page '${byId("page").value}'.`, short: true });
});
byId("page").addEventListener("focus", event => event.target.select());
document.querySelectorAll(".filters").forEach(form => form.addEventListener("submit", event => event.preventDefault()));

// ---- keys ----

const KEYS = {
  j: () => pages.step(1), ArrowRight: () => pages.step(1), k: () => pages.step(-1), ArrowLeft: () => pages.step(-1),
  g: () => byId("page").focus(), n: () => pages.stepNumber(1), N: () => pages.stepNumber(-1),
  b: () => pages.stepBlock(1), B: () => pages.stepBlock(-1),
  "+": () => pages.resize(1), "=": () => pages.resize(1), "-": () => pages.resize(-1), "0": () => pages.resize(0),
  d: () => setDraft(!status.draft), f: () => setFollow(!pages.isFollowing()), p: () => showPanel(!isPanelShown()),
  "?": () => byId("keys").showModal(),
  "/": () => { showPanel(true); if (openedTab() === "source") openTab("findings"); byId(`${openedTab()}-words`).focus(); },
};
TABS.forEach((name, index) => { KEYS[index + 1] = () => { showPanel(true); openTab(name, true); }; });

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  const isTyping = event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea");
  if (event.key === "Escape") {
    if (event.target.type === "search" && event.target.value) {
      event.target.value = "";
      event.target.dispatchEvent(new Event("input"));
    } else byId("pages").focus({ preventScroll: true });
    event.preventDefault();
    return;
  }
  if (isTyping) return;
  if (event.target.matches("[type=radio]") && event.key.startsWith("Arrow")) return;
  if (findings.handleKey(event) || KEYS[event.key]?.() !== undefined || KEYS[event.key]) event.preventDefault();
});

// ---- start ----

function pick({ facts, file, line }) {
  showPanel(true);
  openTab("source");
  if (facts) source.showFacts(facts);
  else source.showLine(file, line);
}

pages.connect({ pick, place: label => { if (document.activeElement !== byId("page")) byId("page").value = label; } });
source.connect({ goToNumber: pages.goToNumber });
findings.connect({ say });
coverage.connect({ goToLabel: pages.goToLabel });
work.connect({ say, showLine: (file, line) => { openTab("source"); source.showLine(file, line); } });
if (TABS.includes(recall("tab")) && recall("tab") !== "source") openTab(recall("tab"));
if (recall("panel") === "no") showPanel(false);
setFollow(pages.isFollowing());
listen();
