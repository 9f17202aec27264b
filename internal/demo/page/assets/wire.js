// What the page says to its server, and hears from it.

/** get asks the server for something; its answer is not ok where there is none. */
export async function get(path) {
  return fetch(path).catch(() => ({ ok: false, text: async () => '' }));
}

/** post sends what is done and gives what came of it; it throws what went wrong. */
export async function post(path, body, raw = false) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: raw ? {} : { 'Content-Type': 'application/json' },
    body: raw ? body : JSON.stringify(body),
  }).catch(() => { throw new Error('The demo does not answer.'); });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}

/** toast tells something in passing. */
export function toast(words) {
  const place = document.getElementById('toast');
  place.textContent = words;
  place.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { place.hidden = true; }, 7000);
}

/** tell says to who listens to the page that something has come, and marks the tab of a column that is not shown. */
export function tell(words, column) {
  document.getElementById('heard').textContent = words;
  const tab = document.querySelector(`[data-tab="${column}"]`);
  tab.classList.toggle('news', tab.getAttribute('aria-pressed') === 'false');
}

/** tried does something and tells what went wrong. */
export async function tried(doing) {
  try {
    return await doing();
  } catch (wrong) {
    toast(wrong.message);
    return null;
  }
}

/** A Region is a part of the page that the server draws. It is drawn again only where
 * it changed, and keeps what is open, what has the focus and how far it is scrolled. */
export class Region {
  constructor(id, address, drawn = () => {}) {
    this.place = document.getElementById(id);
    this.address = address;
    this.drawn = drawn;
    this.folds = new Map();
    this.text = null;
    this.place.addEventListener('toggle', (event) => {
      const key = event.target.dataset?.keep;
      if (key) this.folds.set(key, event.target.open);
    }, true);
  }

  /** refresh draws the region as it is now. What is being typed or asked there is not disturbed: it waits. */
  async refresh() {
    if (this.busy()) {
      this.place.addEventListener('focusout', () => setTimeout(() => this.refresh(), 50), { once: true });
      return;
    }
    const turn = this.turn = (this.turn || 0) + 1;
    const answer = await get(this.address());
    const text = await answer.text();
    if (turn !== this.turn) return;
    if (!answer.ok) {
      if (text) toast(text.trim());
      return;
    }
    if (text === this.text) return;
    this.text = text;
    this.replace(text);
  }

  busy() {
    const typing = this.place.querySelector('form input:focus, form textarea:focus');
    return Boolean(this.place.querySelector('dialog[open]') || (typing && typing.value));
  }

  replace(text) {
    const focus = mark(this.place);
    const top = this.place.scrollTop;
    const inner = new Map([...this.place.querySelectorAll('[data-scroll]')].map((part) => [part.dataset.scroll, part.scrollTop]));
    this.place.innerHTML = text;
    for (const fold of this.place.querySelectorAll('details[data-keep]')) {
      const open = this.folds.get(fold.dataset.keep);
      if (open !== undefined) fold.open = open;
    }
    this.place.scrollTop = top;
    for (const part of this.place.querySelectorAll('[data-scroll]')) part.scrollTop = inner.get(part.dataset.scroll) || 0;
    if (focus) find(this.place, focus)?.focus({ preventScroll: true });
    this.drawn();
  }
}

/** mark tells the focused control of a region from all others there. */
function mark(place) {
  const control = document.activeElement;
  return place.contains(control) && control !== place ? describe(control) : null;
}

function find(place, was) {
  if (was.id) return document.getElementById(was.id);
  return [...place.querySelectorAll(was.tag)].find((control) => {
    const now = describe(control);
    return Object.keys(now).every((key) => now[key] === was[key]);
  });
}

function describe(control) {
  const around = (name) => control.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) || '';
  return {
    id: control.id, tag: control.tagName, ts: around('ts'), block: around('block'), action: around('control'), keep: around('keep'),
    value: control.dataset.value || '', field: control.dataset.field || '',
  };
}

/** listen calls back with the names of what changed, and with all of them after a break. */
export function listen(changed, all) {
  const source = new EventSource('events');
  const away = document.getElementById('away');
  source.onmessage = (event) => changed(event.data.split(' '));
  source.onerror = () => {
    if (!away.hidden) return;
    away.hidden = false;
    away.textContent = 'The demo does not answer. If it has ended, start it again and open the address that it prints then.';
  };
  source.onopen = () => {
    if (!away.hidden) changed(all);
    away.hidden = true;
    away.textContent = '';
  };
}
