const forms = [...document.querySelectorAll("form")];
for (const form of forms) {
  const all = [...document.getElementById(form.dataset.table).tBodies[0].rows];
  const rows = all.filter(row => row.className !== "pictures");
  const output = form.querySelector("output");
  const choices = [...form.querySelectorAll("select")];
  const show = () => {
    const wanted = form.elements.words.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const matches = row.textContent.toLowerCase().includes(wanted) && choices.every(each =>
        !each.value || (row.dataset[each.name] || "").split(" ").includes(each.value));
      row.hidden = !matches;
      count += matches;
      const next = row.nextElementSibling;
      if (next && next.className === "pictures") next.hidden = !matches;
    }
    output.textContent = `${count} of ${rows.length} shown`;
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("keydown", event => { if (event.key === "Escape") form.reset(); });
  form.hidden = false;
  show();
}
// A table that is shown as cards keeps its meaning for screen readers.
const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
for (const each of document.querySelectorAll("table, thead, tbody, tr, td, th"))
  each.setAttribute("role", roles[each.tagName] || (each.scope === "row" ? "rowheader" : "columnheader"));
const keys = document.querySelector(".keys");
keys.hidden = !forms.length;
document.addEventListener("keydown", event => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typing || !keys.querySelector("input").checked) return;
  event.preventDefault();
  const near = forms.find(form => form.closest("section").getBoundingClientRect().bottom > 80) || forms[0];
  near.elements.words.focus();
});
const pictures = [...document.querySelectorAll("details")];
let closed = [];
addEventListener("beforeprint", () => { closed = pictures.filter(each => !each.open); closed.forEach(each => { each.open = true; }); });
addEventListener("afterprint", () => closed.forEach(each => { each.open = false; }));
