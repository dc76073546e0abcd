for (const form of document.querySelectorAll("form")) {
  const rows = [...document.getElementById(form.dataset.table).tBodies[0].rows];
  const output = form.querySelector("output");
  const show = () => {
    const wanted = form.elements.words.value.trim().toLowerCase();
    const state = form.elements.state.value;
    let count = 0;
    for (const row of rows) {
      const matches = (!state || row.dataset.state.split(" ").includes(state))
        && row.textContent.toLowerCase().includes(wanted);
      row.hidden = !matches;
      count += matches;
    }
    output.textContent = `${count} of ${rows.length} shown`;
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("submit", event => event.preventDefault());
  form.hidden = false;
  show();
}
