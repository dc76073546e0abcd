// The pages: their pictures are loaded when they come near, and only anew when they look different.

import { byId, el, get, recall, remember } from "./dom.js";

const LOADING = 3;      // pictures at a time; a browser has six connections to one server, and one is for events
const KEPT = 24;        // pictures that stay loaded
const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];
const MARGIN = 24;

const root = byId("pages");
const sheets = new Map();        // page id -> Sheet
let order = [];                  // Sheets in the order of the report
let zoom = Number(recall("zoom")) || 0;   // 0 fits the window
let scale = 1;                   // CSS pixels per point
let loading = 0;
let revision = 0;
let follow = recall("follow") === "yes";
let onPick = () => {};
let onPlace = () => {};

class Sheet {
  constructor(id) {
    this.id = id;
    this.key = null;
    this.shownKey = null;        // of the picture that is shown
    this.shownScale = 0;
    this.regions = null;
    this.isNear = false;
    this.isLoading = false;
    this.picture = el("img", { alt: "", draggable: "false" });
    this.overlay = el("div", { class: "overlay" });
    this.outline = el("div", { class: "outline", hidden: true });
    this.paper = el("div", { class: "paper" }, this.picture, this.outline, this.overlay);
    this.caption = el("p", { class: "label", "aria-hidden": "true" });
    this.element = el("div", { class: "page", role: "group" }, this.paper, this.caption);
    this.element.dataset.id = id;
    this.paper.addEventListener("mousemove", event => this.hover(event));
    this.paper.addEventListener("mouseleave", () => { this.outline.hidden = true; });
    this.paper.addEventListener("click", event => this.pick(event));
  }

  update([, key, label, width, height]) {
    Object.assign(this, { key, label, width, height });
    this.element.setAttribute("aria-label", `Page ${label}`);
    this.picture.alt = `Page ${label}`;
    this.caption.textContent = label;
    this.paper.style.setProperty("--w", width);
    this.paper.style.setProperty("--h", height);
  }

  // CSS pixels per point: a page that is wider than others is shown smaller where all are fitted to the window.
  get scale() {
    return zoom ? scale : Math.min(scale, Math.max(0.2, (root.clientWidth - 2 * MARGIN) / this.width));
  }

  applyScale() {
    this.paper.style.setProperty("--own", this.scale);
  }

  // Whether its picture is not the one that belongs here.
  needsPicture() {
    return this.key !== this.shownKey || Math.abs(wantedScale(this) / this.shownScale - 1) > 0.02;
  }

  async load() {
    const key = this.key, wanted = wantedScale(this);
    const picture = new Image();
    picture.draggable = false;
    picture.alt = this.picture.alt;
    picture.src = `picture?${new URLSearchParams({ key, scale: wanted.toFixed(3) })}`;
    try { await picture.decode(); } catch { return false; }
    if (sheets.get(this.id) !== this) return false;
    picture.alt = `Page ${this.label}`;
    this.picture.replaceWith(picture);
    this.picture = picture;
    this.shownKey = key;
    this.shownScale = wanted;
    return true;
  }

  release() {
    const blank = el("img", { alt: this.picture.alt });
    this.picture.replaceWith(blank);
    this.picture = blank;
    this.shownKey = null;
    this.shownScale = 0;
  }

  async findRegions() {
    if (this.regions?.key === this.key) return this.regions;
    const key = this.key;
    const found = await get("regions", { key });
    if (!found || key !== this.key) return null;
    this.regions = { key, ...found };
    this.placeNumbers();
    return this.regions;
  }

  // A button over each number; one over several that share a box, such as those of a chart.
  placeNumbers() {
    const boxes = new Map();
    for (const [left, top, right, bottom, fact, text] of this.regions.facts) {
      const place = [left, top, right, bottom].join();
      if (!boxes.has(place)) boxes.set(place, { left, top, right, bottom, facts: [] });
      if (!boxes.get(place).facts.some(each => each.fact === fact)) boxes.get(place).facts.push({ fact, text });
    }
    const size = box => (box.right - box.left) * (box.bottom - box.top);
    const sorted = [...boxes.values()].sort((one, other) => size(other) - size(one));
    const buttons = sorted.map(box => {
      const text = box.facts.length === 1 ? box.facts[0].text : `${box.facts.length} numbers`;
      const button = el("button", {
        type: "button", class: "number", tabindex: "-1", "aria-label": `${text}: show its source`, title: text,
        onclick: event => { event.stopPropagation(); markPicked(button); onPick({ facts: box.facts, sheet: this }); },
      });
      button.box = box;
      this.place(button, box.left - 1.5, box.top - 1.5, box.right + 1.5, box.bottom + 1.5);
      return button;
    });
    // in the order of reading for keys and screen readers; later ones are drawn above, so sizes decide by z-index
    buttons.forEach((button, index) => { button.style.zIndex = index + 1; });
    buttons.sort((one, other) => one.box.top - other.box.top || one.box.left - other.box.left);
    this.overlay.replaceChildren(...buttons);
  }

  place(element, left, top, right, bottom) {
    element.style.left = `${100 * left / this.width}%`;
    element.style.top = `${100 * top / this.height}%`;
    element.style.width = `${100 * (right - left) / this.width}%`;
    element.style.height = `${100 * (bottom - top) / this.height}%`;
  }

  blockAt(event) {
    if (!this.regions) return null;
    const area = this.paper.getBoundingClientRect();
    const x = (event.clientX - area.left) / area.width * this.width;
    const y = (event.clientY - area.top) / area.height * this.height;
    let best = null;
    for (const block of this.regions.blocks) {
      const [left, top, right, bottom] = block;
      if (x < left - 4 || x > right + 4 || y < top - 2 || y > bottom + 2) continue;
      const size = (right - left) * (bottom - top);
      if (!best || size < best.size) best = { size, block };
    }
    return best?.block ?? null;
  }

  hover(event) {
    const block = event.target.closest(".number") ? null : this.blockAt(event);
    this.outline.hidden = !block;
    if (block) {
      this.place(this.outline, block[0] - 4, block[1] - 3, block[2] + 4, block[3] + 3);
      this.outline.dataset.at = `${block[4]}:${block[5]}`;
    }
  }

  pick(event) {
    const block = this.blockAt(event);
    if (block) this.pickBlock(block);
  }

  pickBlock(block) {
    markPicked(null);
    this.outline.hidden = false;
    this.place(this.outline, block[0] - 4, block[1] - 3, block[2] + 4, block[3] + 3);
    this.outline.dataset.at = `${block[4]}:${block[5]}`;
    onPick({ file: block[4], line: block[5], sheet: this });
  }
}

function markPicked(button) {
  root.querySelector(".number.picked")?.classList.remove("picked");
  button?.classList.add("picked");
}

const wantedScale = sheet => sheet.scale * devicePixelRatio;

// ---- size ----

function fitScale() {
  const widths = order.map(each => each.width).sort((one, other) => one - other);
  const common = widths[Math.floor(widths.length / 2)] ?? 595;
  return Math.max(0.2, Math.min(1.5, (root.clientWidth - 2 * MARGIN) / common));
}

function applyScale() {
  const anchor = findAnchor();
  scale = zoom || fitScale();
  order.forEach(each => each.applyScale());
  restore(anchor);
  schedule();
}

export function resize(step) {
  if (step === 0) zoom = 0;
  else if (step > 0) zoom = STEPS.find(each => each > scale * 1.01) ?? STEPS.at(-1);
  else zoom = STEPS.findLast(each => each < scale * 0.99) ?? STEPS[0];
  remember("zoom", zoom);
  applyScale();
}

// ---- loading ----

const observer = new IntersectionObserver(entries => {
  for (const entry of entries) {
    const sheet = sheets.get(Number(entry.target.dataset.id));
    if (sheet) sheet.isNear = entry.isIntersecting;
  }
  schedule();
}, { root, rootMargin: "60% 0px" });

// Visible pages first, from the place that is read; then those next to them.
function distance(sheet) {
  const area = root.getBoundingClientRect(), own = sheet.paper.getBoundingClientRect();
  const isVisible = own.bottom > area.top && own.top < area.bottom;
  const middle = Math.abs((own.top + own.bottom - area.top - area.bottom) / 2);
  return isVisible ? middle / 1e4 : 1 + middle;
}

function schedule() {
  const near = order.filter(each => each.isNear);
  for (const sheet of near.filter(each => each.regions?.key !== each.key && !each.isFinding)) {
    sheet.isFinding = true;
    sheet.findRegions().finally(() => { sheet.isFinding = false; });
  }
  const waiting = near.filter(each => !each.isLoading && each.needsPicture())
    .map(each => [distance(each), each]).sort((one, other) => one[0] - other[0]);
  // pictures that are not visible wait until all visible ones are there
  const isBusy = order.some(each => each.isLoading);
  for (const [far, sheet] of waiting) {
    if (loading >= LOADING || (far >= 1 && isBusy)) break;
    loading += 1;
    sheet.isLoading = true;
    sheet.load().then(done => {
      loading -= 1;
      sheet.isLoading = false;
      if (done || sheet.key !== null) announce();
      if (done) schedule();
      else setTimeout(schedule, 300);
    });
  }
  const loaded = order.filter(each => each.shownKey && !each.isNear);
  if (loaded.length > KEPT) {
    const here = order.indexOf(currentSheet());
    loaded.sort((one, other) => Math.abs(order.indexOf(other) - here) - Math.abs(order.indexOf(one) - here));
    loaded.slice(0, loaded.length - KEPT).forEach(each => each.release());
  }
  announce();
}

// Says which revision can be seen, once all visible pages show it.
function announce() {
  const missing = order.some(each => each.isNear && each.key !== each.shownKey && distance(each) < 1);
  if (missing || document.documentElement.dataset.shown === String(revision)) return;
  const shown = revision;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.documentElement.dataset.shown = shown;
  }));
}

// ---- place ----

export function currentSheet() {
  const area = root.getBoundingClientRect();
  const line = area.top + Math.min(area.height / 3, 240);
  return order.find(each => each.element.getBoundingClientRect().bottom > line) ?? order.at(-1) ?? null;
}

// What is read: the page, and the block nearest to the upper third of the window.
function findAnchor() {
  const sheet = currentSheet();
  if (!sheet) return null;
  const area = root.getBoundingClientRect(), own = sheet.paper.getBoundingClientRect();
  const line = Math.min(area.height / 3, 240), top = own.top - area.top;
  const anchor = { id: sheet.id, index: order.indexOf(sheet), share: top / own.height, key: sheet.key, block: null };
  if (root.scrollTop < 8) return { ...anchor, atTop: true };
  let best = Infinity;
  for (const block of sheet.regions?.key === sheet.key ? sheet.regions.blocks : []) {
    const y = top + block[1] * sheet.scale;
    const size = (block[2] - block[0]) * (block[3] - block[1]) / 1e7;
    if (Math.abs(y - line) + size < best) {
      best = Math.abs(y - line) + size;
      anchor.block = { file: block[4], line: block[5], y };
    }
  }
  return anchor;
}

function restore(anchor) {
  if (!anchor || anchor.atTop) return;
  const sheet = sheets.get(anchor.id) ?? order[Math.min(anchor.index, order.length - 1)];
  if (!sheet) return;
  const area = root.getBoundingClientRect(), own = sheet.paper.getBoundingClientRect();
  root.scrollTop += own.top - area.top - anchor.share * own.height;
}

// Where a line is after the file was edited.
export function moveLine(line, shifts) {
  for (const [first, after, moved] of shifts ?? []) {
    if (line >= after) line += moved;
    else if (line > first) line = Math.max(first, Math.min(line, after + moved));
  }
  return line;
}

// Puts the block that was read where it was in the window, also if it is on another page by now.
async function restoreBlock(anchor, shifts) {
  if (!anchor?.block || anchor.atTop) return;
  const line = moveLine(anchor.block.line, shifts[anchor.block.file]);
  const here = order.findIndex(each => each.id === anchor.id);
  if (here < 0 || order[here].key === anchor.key) return;
  const top = root.scrollTop;
  for (const sheet of [order[here], order[here + 1], order[here - 1]].filter(Boolean)) {
    const regions = await sheet.findRegions();
    const block = regions?.blocks.find(each => each[4] === anchor.block.file && each[5] === line);
    if (!block) continue;
    if (Math.abs(root.scrollTop - top) > 2) return;   // somebody has scrolled in the meantime
    const area = root.getBoundingClientRect(), own = sheet.paper.getBoundingClientRect();
    root.scrollTop += own.top - area.top + block[1] * sheet.scale - anchor.block.y;
    return;
  }
}

export function goTo(sheet, isSmooth = false, top = 0) {
  if (!sheet) return;
  const area = root.getBoundingClientRect(), own = sheet.paper.getBoundingClientRect();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const to = root.scrollTop + own.top - area.top - MARGIN / 2 + Math.max(0, top * sheet.scale - area.height / 3);
  root.scrollTo({ top: to, behavior: isSmooth && !calm ? "smooth" : "instant" });
}

// Goes to a page by its printed number, else by its place.
export function goToLabel(text) {
  const wanted = text.trim().toLowerCase();
  const sheet = order.find(each => each.label.toLowerCase() === wanted) ?? order[Number(wanted) - 1];
  goTo(sheet);
  return Boolean(sheet);
}

export const goToNumber = number => goTo(order[number - 1]);

export function step(by) {
  const here = order.indexOf(currentSheet());
  goTo(order[Math.max(0, Math.min(order.length - 1, here + by))]);
}

// ---- numbers and blocks by keys ----

let picked = null;

export async function stepNumber(by) {
  const current = document.activeElement?.classList.contains("number") ? document.activeElement : null;
  let sheet = current ? sheets.get(Number(current.closest(".page").dataset.id)) : currentSheet();
  for (let tries = 0; sheet && tries < order.length; tries += 1) {
    await sheet.findRegions();
    const buttons = [...sheet.overlay.children];
    const next = current && sheet.overlay.contains(current)
      ? buttons[buttons.indexOf(current) + by] : buttons.at(by > 0 ? 0 : -1);
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
      return;
    }
    sheet = order[order.indexOf(sheet) + by];
  }
}

export async function stepBlock(by) {
  let sheet = picked && sheets.get(picked.id) && isVisible(sheets.get(picked.id)) ? sheets.get(picked.id) : currentSheet();
  let place = picked?.id === sheet?.id && picked.key === sheet?.key ? picked.place + by : by > 0 ? 0 : -1;
  for (let tries = 0; sheet && tries < order.length; tries += 1) {
    const regions = await sheet.findRegions();
    const blocks = [...regions?.blocks ?? []].sort((one, other) => one[1] - other[1] || one[0] - other[0]);
    const block = blocks.at(place);
    if (block && (place >= 0 || by < 0) && place < blocks.length) {
      picked = { id: sheet.id, key: sheet.key, place: place < 0 ? blocks.length + place : place };
      if (picked.place === 0 && by < 0) picked.place = 0;
      goTo(sheet, false, block[1]);
      sheet.pickBlock(block);
      return;
    }
    sheet = order[order.indexOf(sheet) + by];
    place = by > 0 ? 0 : -1;
  }
}

function isVisible(sheet) {
  return distance(sheet) < 1;
}

// ---- what is shown ----

export function show({ revision: number, pages, changed, edited, shifts }) {
  const isFirst = revision === 0, isLater = revision === number;   // a later step of the same answer
  const anchor = findAnchor();
  revision = number;
  const old = new Set(sheets.keys());
  order = pages.map(values => {
    const sheet = sheets.get(values[0]) ?? new Sheet(values[0]);
    sheets.set(sheet.id, sheet);
    old.delete(sheet.id);
    sheet.update(values);
    return sheet;
  });
  for (const id of old) {
    observer.unobserve(sheets.get(id).element);
    sheets.get(id).element.remove();
    sheets.delete(id);
  }
  byId("empty")?.remove();
  let before = root.firstElementChild;
  for (const sheet of order) {
    if (sheet.element === before) before = before.nextElementSibling;
    else {
      root.insertBefore(sheet.element, before);
      observer.observe(sheet.element);
    }
  }
  byId("count").textContent = order.at(-1)?.label ?? "–";
  byId("count").title = `${order.length} pages`;
  scale = zoom || fitScale();
  order.forEach(each => each.applyScale());
  restore(anchor);
  if (!isFirst) {
    if (!isLater) order.forEach(each => each.element.classList.remove("changed"));
    changed.forEach(id => flash(sheets.get(id)));
    const target = sheets.get(edited?.id ?? (isLater ? null : changed[0]));
    if (follow && target) goTo(target, false, edited?.top ?? 0);
    else restoreBlock(anchor, shifts ?? {});
  }
  for (const sheet of order) sheet.isNear ||= distance(sheet) < 1;
  schedule();
  tellPlace();
}

function flash(sheet) {
  if (!sheet || sheet.element.classList.contains("changed")) return;
  sheet.element.offsetWidth;                 // starts the animation anew
  sheet.element.classList.add("changed");
}

export function setFollow(isOn) {
  follow = isOn;
  remember("follow", isOn ? "yes" : "no");
}

export const isFollowing = () => follow;

function tellPlace() {
  const sheet = currentSheet();
  if (sheet) onPlace(sheet.label);
}

let telling = false;
root.addEventListener("scroll", () => {
  if (telling) return;
  telling = true;
  requestAnimationFrame(() => { telling = false; tellPlace(); });
}, { passive: true });

new ResizeObserver(() => { if (order.length) applyScale(); }).observe(root);
matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", schedule);

export function connect(handlers) {
  onPick = handlers.pick;
  onPlace = handlers.place;
}
