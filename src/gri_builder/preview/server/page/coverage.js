// The coverage panel: which disclosures are answered, and what is missing.

import { byId, counted, el } from "./dom.js";

const NAMES = { covered: "covered", partial: "partial", omitted: "omitted", missing: "missing", "not-required": "not required" };
const VERDICTS = { holds: "holds", open: "open", unclear: "unclear", author: "only you can know" };

let coverage = null;
let goToLabel = () => {};

export function setCoverage(values) {
  coverage = values;
  fill();
}

function fill() {
  if (!coverage) {
    byId("coverage-shown").textContent = "The report can't be assessed at the moment.";
    return;
  }
  const claimed = coverage.claimed;
  const totals = coverage.totals.map(each => el("li", { class: each.option === claimed ? "claimed" : null },
    el("strong", { text: `${each.covered} of ${each.required}` }),
    el("span", { text: `${each.option || "required"}: covered` }),
    el("span", { class: "muted", text: [each.partial && `${each.partial} partial`, each.omitted && `${each.omitted} omitted`, `${each.missing} missing`].filter(Boolean).join(", ") })));
  const criteria = coverage.criteria.filter(each => !claimed || each.option === claimed);
  byId("coverage-head").replaceChildren(
    el("p", { class: "muted", text: coverage.framework }),
    el("ul", { class: "totals" }, ...totals),
    el("details", { class: "why" },
      el("summary", { text: `${counted(criteria.filter(each => each.verdict === "holds").length, "criterion", "criteria")} of ${criteria.length} ${claimed ? `for ${claimed} ` : ""}hold` }),
      el("ul", { class: "criteria" }, ...criteria.map(each => el("li", {},
        el("span", { class: `badge ${each.verdict}`, text: VERDICTS[each.verdict] ?? each.verdict }), " ", each.summary,
        each.needs.length ? el("span", { class: "muted", text: `: ${each.needs.join(", ")}` }) : null)))));
  const words = byId("coverage-words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const status = byId("coverage-status").value;
  const rows = coverage.rows.filter(each => (!status || each.status === status || (status === "open" && ["missing", "partial"].includes(each.status)))
    && words.every(word => `${each.id} ${each.title}`.toLowerCase().includes(word)));
  byId("coverage-shown").textContent = rows.length === 0 && status === "open" && !words.length
    ? "Nothing is missing or partial." : `${rows.length} of ${coverage.rows.length} disclosures shown`;
  byId("coverage-list").replaceChildren(...rows.map(makeRow));
}

function makeRow(row) {
  const missing = row.missing.length ? `missing: ${row.missing.join(", ")}` : "";
  return el("li", { class: "disclosure" },
    el("div", { class: "line" }, el("strong", { text: row.id }), el("span", { class: `badge ${row.status}`, text: NAMES[row.status] ?? row.status })),
    el("div", { text: row.title }),
    missing && el("div", { class: "muted", text: missing }),
    ...row.omissions.map(each => el("div", { class: "muted", dir: "auto", text: `omitted${each.part ? ` (${each.part})` : ""}: ${each.reason}${each.explanation ? `. ${each.explanation}` : ""}` })),
    row.unclear && el("div", { class: "muted", text: row.unclear }),
    row.pages.length ? el("div", { class: "pages-of" }, "Page ", ...row.pages.flatMap((label, index) => [index ? ", " : "",
      el("button", { type: "button", class: "link", text: label, "aria-label": `Page ${label}`, onclick: () => goToLabel(label) })])) : null);
}

byId("coverage-words").addEventListener("input", fill);
byId("coverage-status").addEventListener("change", fill);

export function connect(handlers) {
  goToLabel = handlers.goToLabel;
}
