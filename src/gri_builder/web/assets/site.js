"use strict";
// Search, the filter of the content index, cards of figures, appearance. Pages can be read without any of it.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;
  const own = document.currentScript;
  const assets = own && own.dataset.assets;
  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  // Data: a script beside the pages, since pages opened from a disk may fetch nothing; or an element of this page.
  const loading = {};
  const load = (name) => loading[name] ??= new Promise((resolve, reject) => {
    const element = $(`#_data-${name}`);
    if (element) return resolve(JSON.parse(element.textContent));
    const script = make("script", undefined, { src: `${assets}${name}.js` });
    script.onload = () => resolve(window.griData[name]);
    script.onerror = reject;
    document.head.append(script);
  });

  // Words are compared without case, diacritics and ligatures; "ue" finds "ü" too.
  const LETTERS = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ı: "i", "’": "'", "‑": "-", "\u00a0": " " };
  const fold = (text) => text.toLowerCase().replace(/[ßøæœłđı’‑\u00a0]/g, (c) => LETTERS[c])
    .normalize("NFKD").replace(/[\u0300-\u036f\u00ad]/g, "");
  const variants = (word) => [...new Set([word, word.replace(/([aou])e/g, "$1")])];

  // -- deep links: the anchors are those of the PDF, whatever page is asked for -------------------------------------
  const follow = async () => {
    const name = decodeURIComponent(location.hash.slice(1));
    if (!name || document.getElementById(name)) return reveal(document.getElementById(name));
    const file = name.startsWith("_fact-") ? await findFigures(name) : (await load("anchors"))[name];
    const here = location.pathname.split("/").pop() || "index.html";
    if (file && file !== here) location.replace(file + location.hash);
  };
  // A figure may be listed on the page of another chapter, or of its own.
  const findFigures = async (name) => {
    const { facts, series } = await load("facts");
    const key = Object.keys(facts).find((each) => `_fact-${each.trim().split(/\s+/).join("-")}` === name);
    return key && series[facts[key][0]][2];
  };
  const reveal = (element) => {
    for (let each = element; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  };
  addEventListener("hashchange", follow);
  follow();

  // The same report in another language has the same anchors.
  for (const link of $$("a[hreflang]")) {
    link.addEventListener("click", () => { if (!/^#_(?!fact-)/.test(location.hash)) link.hash = location.hash; });
  }

  // -- appearance ----------------------------------------------------------------------------------------------------
  const keep = (value) => { try { localStorage.setItem("appearance", value); } catch { /* kept for this page only */ } };
  try { const kept = localStorage.getItem("appearance"); if (kept) root.dataset.appearance = kept; } catch { /* none */ }
  const isDark = () => (root.dataset.appearance
    || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  for (const button of $$("[data-appearance]:not(html)")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.appearance = isDark() ? "light" : "dark";
      button.setAttribute("aria-pressed", String(isDark()));
      keep(root.dataset.appearance);
    });
  }

  // -- tables that fit need no stop of the Tab key -------------------------------------------------------------------
  const fit = (region) => {
    const scrolls = region.scrollWidth > region.clientWidth;
    region.toggleAttribute("data-scrolls", scrolls);
    if (scrolls) region.tabIndex = 0; else region.removeAttribute("tabindex");
  };
  const observer = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target.closest(".scroll"))));
  for (const region of $$(".scroll")) for (const each of [region, ...region.children]) observer.observe(each);

  // -- search --------------------------------------------------------------------------------------------------------
  const dialog = $("#_search");
  const input = $("#_search-words"), results = $("#_search-results"), count = $("#_search-count");
  const SHOWN = 40, AROUND = 70;
  const search = (entries, text) => {
    const words = fold(text).split(/\s+/).filter(Boolean).map(variants);
    if (!words.length) return [];
    const found = [], phrase = fold(text).trim();
    for (const entry of entries) {
      entry.folded ??= [fold(entry[2]), fold(entry[4]), fold(entry[1])];
      const [title, body, anchor] = entry.folded;
      let score = (title.includes(phrase) ? 20 : 0) + (body.includes(phrase) ? 20 : 0);
      const all = words.every((forms) => forms.some((word) => {
        const part = (title.includes(word) ? 20 : 0) + (anchor.includes(word) ? 10 : 0) + (body.includes(word) ? 4 : 0)
          + (new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "u").test(`${title} ${body}`) ? 3 : 0);
        score += part;
        return part > 0;
      }));
      if (all) found.push([score, entry]);
    }
    return found.sort((one, other) => other[0] - one[0]).map(([, entry]) => entry);
  };
  // Marks the words in an excerpt; folded text has other lengths, so each letter is folded by itself.
  const excerpt = (text, words) => {
    const starts = [], letters = [];
    [...text].forEach((letter, place) => { for (const each of fold(letter)) { letters.push(each); starts.push(place); } });
    const folded = letters.join(""), source = [...text];
    const spans = words.flat().flatMap((word) => {
      const at = folded.indexOf(word);
      return at < 0 ? [] : [[starts[at], starts[at + word.length - 1] + 1]];
    }).sort((one, other) => one[0] - other[0]);
    const middle = spans.length ? spans[0][0] : 0;
    const before = Math.max(0, middle - AROUND), after = Math.min(source.length, middle + 2 * AROUND);
    const space = before ? source.indexOf(" ", before) + 1 : 0;
    const first = space && space <= middle ? space : before;
    const cut = after < source.length ? source.lastIndexOf(" ", after) : after;
    const last = cut > middle ? cut : after;
    const line = make("p");
    let place = first;
    if (first) line.append("… ");
    for (const [start, end] of spans) {
      if (start < place || end > last) continue;
      line.append(source.slice(place, start).join(""), make("mark", source.slice(start, end).join("")));
      place = end;
    }
    line.append(source.slice(place, last).join(""));
    if (last < source.length) line.append(" …");
    return line;
  };
  // The code of a disclosure leads to its answer, which is an anchor.
  const findCode = (text, entries, anchors) => {
    const code = text.trim().toUpperCase().replace(/^GRI\s+/, "");
    if (!/^([A-Z0-9]+-)?[A-Z]*\d+$/.test(code)) return [];
    const name = anchors[code] || /^\d/.test(code) ? code : Object.keys(anchors).find((each) => each.endsWith(`-${code}`)) || code;
    const file = anchors[name] || (document.getElementById(name) ? "" : undefined);
    const page = entries.find((entry) => entry[0] === file);
    return file === undefined || !page ? [] : [[file, name, name, file ? page[3] : name, ""]];
  };
  const show = async () => {
    const text = input.value;
    const [entries, anchors] = await Promise.all([load("search"), load("anchors")]);
    if (text !== input.value) return;
    const found = [...findCode(text, entries, anchors), ...search(entries, text)];
    const words = fold(text).split(/\s+/).filter(Boolean).map(variants);
    results.replaceChildren(...found.slice(0, SHOWN).map((entry) => {
      const [file, anchor, title, chapter, body] = entry;
      const item = make("li");
      item.append(make("a", title, { href: `${file}${anchor ? `#${encodeURIComponent(anchor)}` : file ? "" : "#_content"}` }));
      if (chapter !== title) item.append(make("span", chapter, { class: "chapter" }));
      item.append(excerpt(body, words));
      return item;
    }));
    count.textContent = !words.length ? "" : found.length
      ? count.dataset.found.replace("{number}", String(found.length)) : count.dataset.none;
  };
  if (dialog && dialog.showModal) {
    for (const button of $$('[data-open="search"]')) {
      button.hidden = false;
      button.addEventListener("click", () => { dialog.showModal(); input.focus(); load("search"); load("anchors"); });
    }
    $("[data-close]", dialog).addEventListener("click", () => dialog.close());
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); dialog.close(); }
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("#_search-results a")) dialog.close();
    });
  }

  // -- the filter of the content index -------------------------------------------------------------------------------
  const form = $("#_index-filter");
  if (form) {
    form.hidden = false;
    const rows = $$("tr[data-topic]"), total = $("#_filter-count");
    const filter = () => {
      const words = fold(form.elements.words.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        row.folded ??= fold(row.textContent);
        const fits = ["topic", "status", "assured"].every((name) => {
          const wanted = form.elements[name].value;
          return !wanted || row.dataset[name] === wanted;
        }) && words.every((word) => row.folded.includes(word));
        row.hidden = !fits;
        shown += fits;
      }
      for (const body of $$(".index tbody")) body.hidden = !$("tr[data-topic]:not([hidden])", body);
      for (const section of $$(".index-section")) section.hidden = !$("tr[data-topic]:not([hidden])", section);
      total.textContent = total.dataset.found.replace("{number}", String(shown)).replace("{total}", String(rows.length));
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    filter();
  }

  // -- cards of figures ----------------------------------------------------------------------------------------------
  const card = $("#_fact"), body = $("#_fact-body");
  if (card && card.showPopover) {
    let opener = null;
    const facts = $$("a.fact");
    for (const fact of facts) {
      fact.setAttribute("role", "button");
      fact.setAttribute("aria-haspopup", "dialog");
    }
    // In a table one figure is reached by Tab, the others by the arrow keys.
    for (const table of $$("table")) {
      const inside = $$("a.fact", table);
      inside.forEach((fact, place) => { fact.tabIndex = place ? -1 : 0; });
    }
    const place = (fact) => {
      const at = fact.getBoundingClientRect(), width = card.offsetWidth, height = card.offsetHeight;
      const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), Math.max(8, innerWidth - width - 8));
      const below = at.bottom + 8;
      const top = below + height > innerHeight - 8 ? Math.max(8, at.top - height - 8) : below;
      card.style.left = `${left}px`;
      card.style.top = `${top}px`;
    };
    const write = (data, key) => {
      const [series, label, pairs, pdf, page] = data.facts[key];
      const [title, about] = data.series[series];
      const part = make("div");
      part.append(make("p", title, { class: "fact-title" }), make("p", label, { class: "fact-label" }));
      const list = make("dl");
      for (const [name, text] of [...pairs, ...about]) list.append(make("dt", name), make("dd", text));
      part.append(list);
      if (pdf) { const line = make("p"); line.append(make("a", page, { href: pdf })); part.append(line); }
      return part;
    };
    const open = async (fact) => {
      let data;
      try { data = await load("facts"); } catch { location.href = fact.href; return; }
      const keys = fact.closest("[data-fact]").dataset.fact.split("\n").filter((key) => data.facts[key]);
      if (!keys.length) return;
      body.replaceChildren(...keys.map((key) => write(data, key)));
      $("#_fact-more").href = fact.href;
      opener = fact;
      card.showPopover();
      place(fact);
      $("[data-close-fact]", card).focus({ preventScroll: true });
    };
    document.addEventListener("click", (event) => {
      const fact = event.target.closest && event.target.closest("a.fact");
      if (!fact || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      open(fact);
    });
    document.addEventListener("keydown", (event) => {
      const fact = event.target.closest && event.target.closest("a.fact");
      if (!fact) return;
      if (event.key === " ") { event.preventDefault(); open(fact); }
      const table = fact.closest("table");
      const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
      if (!table || !steps) return;
      event.preventDefault();
      const next = move(table, fact, getComputedStyle(table).direction === "rtl" ? [-steps[0], steps[1]] : steps);
      if (next) { fact.tabIndex = -1; next.tabIndex = 0; next.focus(); }
    });
    const move = (table, fact, [across, down]) => {
      const all = $$("a.fact", table);
      if (across) return all[all.indexOf(fact) + across];
      const cell = fact.closest("td,th"), rows = $$("tr", table);
      for (let row = rows.indexOf(cell.parentElement) + down; rows[row]; row += down) {
        const found = rows[row].cells[cell.cellIndex] && $("a.fact", rows[row].cells[cell.cellIndex]);
        if (found) return found;
      }
      return null;
    };
    $("[data-close-fact]", card).addEventListener("click", () => card.hidePopover());
    $("#_fact-more").addEventListener("click", () => card.hidePopover());
    card.addEventListener("toggle", (event) => {
      if (event.newState === "closed" && opener) {
        if (card.contains(document.activeElement) || document.activeElement === document.body) opener.focus();
        opener = null;
      }
    });
    addEventListener("scroll", () => { if (opener) place(opener); }, { passive: true });
  }
  // Escape closes the contents of a narrow screen.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#_contents") location.hash = "#_content";
  });
})();
