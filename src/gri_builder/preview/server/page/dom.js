// Elements, requests and small helpers. All text goes into the page as text, never as markup.

export const byId = id => document.getElementById(id);

export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "text") made.textContent = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter(each => each !== null && each !== undefined && each !== false));
  return made;
}

export async function get(path, values) {
  const answer = await fetch(`${path}?${new URLSearchParams(values)}`);
  return answer.ok ? answer.json() : null;
}

// Returns the answer, or {problem: sentence}.
export async function post(path, values = {}) {
  try {
    const answer = await fetch(path, { method: "POST", body: JSON.stringify(values) });
    return await answer.json();
  } catch {
    return { problem: "the preview does not answer; is it still running?" };
  }
}

export const counted = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

export function remember(key, value) {
  try { localStorage.setItem(`preview-${key}`, value); } catch { /* a browser that keeps nothing */ }
}

export function recall(key) {
  try { return localStorage.getItem(`preview-${key}`); } catch { return null; }
}
