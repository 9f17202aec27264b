// The Slack workspace: rooms, messages, forms.
import { Region, get, post, tell, toast, tried } from './wire.js';
import { controls } from './blocks.js';
import { held, refill, values } from './fields.js';

const byId = (id) => document.getElementById(id);

/** slack makes the workspace work; pointed is told which record a message is about. */
export function slack(pointed) {
  const state = { room: 'channel', read: new Map() };
  const face = byId('face');
  const region = new Region('slack', () => `slack?as=${face.value}&room=${state.room}`, () => {
    follow();
    unread();
  });
  const act = async (wish) => {
    const outcome = await tried(() => post('act', { as: face.value, ...wish }));
    if (outcome?.notice) toast(outcome.notice);
    return outcome;
  };

  /** follow brings a message that has come into view; redrawn ones stay where they are. */
  function follow() {
    const all = [...region.place.querySelectorAll('.message')].sort((a, b) => a.dataset.ts - b.dataset.ts);
    const last = all.at(-1);
    if (!last || last.dataset.ts === state.last) return;
    const first = state.last === null;
    state.last = last.dataset.ts;
    if (first || last.parentElement.matches('.room')) toLast(region.place);
    else last.scrollIntoView({ block: 'nearest' });
    if (first) return;
    last.classList.add('fresh');
    tell(`New in Slack: ${last.querySelector('.bk-block').textContent}`, 'slack-column');
  }

  /** unread marks direct messages that were not looked at. */
  function unread() {
    const count = Number(region.place.querySelector('.room').dataset.direct);
    if (state.room === 'direct') state.read.set(face.value, count);
    byId('room-direct').classList.toggle('unread', count > (state.read.get(face.value) || 0));
  }

  async function enter(room) {
    state.room = room;
    for (const tab of document.querySelectorAll('[data-room]')) {
      const chosen = tab.dataset.room === room;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen) region.place.setAttribute('aria-labelledby', tab.id);
    }
    byId('typed').hidden = room === 'home';
    region.text = null;
    region.place.scrollTop = 0;
    state.last = null;
    if (room === 'home') await act({ do: 'home' });
    await region.refresh();
  }

  document.querySelector('.rooms').addEventListener('click', (event) => {
    const tab = event.target.closest('[data-room]');
    if (tab) enter(tab.dataset.room);
  });
  document.querySelector('.rooms').addEventListener('keydown', (event) => {
    const tabs = [...document.querySelectorAll('[data-room]')];
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length];
    next.focus();
    enter(next.dataset.room);
  });
  const become = () => {
    byId('face-what').textContent = face.selectedOptions[0].dataset.what;
    enter(state.room);
    modal.refresh();
  };
  face.addEventListener('change', become);

  byId('typed').addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = byId('typed-text').value.trim();
    if (!text) return;
    const room = region.place.querySelector('.room').dataset.channel;
    byId('typed-text').value = '';
    await act({ do: text.startsWith('/') ? 'command' : 'post', room, text });
  });
  region.place.addEventListener('submit', async (event) => {
    event.preventDefault();
    const input = event.target.querySelector('input');
    const message = event.target.closest('[data-ts]');
    if (!input.value.trim()) return;
    const text = input.value;
    input.value = '';
    await act({ do: 'reply', room: message.dataset.channel, message: message.dataset.ts, text });
  });
  for (const kind of ['click', 'focusin']) {
    region.place.addEventListener(kind, (event) => {
      const reference = event.target.closest('.message')?.textContent.match(/TC-\d{4}-\d{5,}/);
      if (reference) pointed(reference[0]);
    });
  }
  controls(region.place, act);
  const modal = form(act, () => face.value);
  become();
  return { refresh: () => Promise.all([region.refresh(), modal.refresh()]), enter };
}

/** toLast scrolls to the last message, and to its beginning where it is long. */
function toLast(place) {
  const last = place.querySelector('.room > .message:last-child');
  place.scrollTop = place.scrollHeight;
  if (last && last.offsetHeight > place.clientHeight) last.scrollIntoView({ block: 'start' });
}

/** form is the form that somebody has open. */
function form(act, as) {
  const dialog = byId('modal');
  const inside = byId('modal-form');
  let text = '';
  let turn = 0;

  async function refresh() {
    const mine = turn += 1;
    const answer = await get(`modal?as=${as()}`);
    const next = answer.ok ? await answer.text() : '';
    if (mine !== turn || next === text) return;
    text = next;
    draw();
  }

  function draw() {
    const kept = held(inside);
    const focus = document.activeElement?.closest?.('[data-block]')?.dataset.block;
    inside.innerHTML = text;
    if (!text.trim()) {
      if (dialog.open) dialog.close();
      return;
    }
    refill(inside, kept);
    if (!dialog.open) dialog.showModal();
    const block = focus && inside.querySelector(`[data-block="${CSS.escape(focus)}"]`);
    (block || inside).querySelector('.bk-field, .bk-search input, .bk-ticks input, footer button')?.focus();
  }

  /** lacks says of each field that must be filled in and is not, and whether there is any. */
  function lacks() {
    const empty = {};
    for (const block of inside.querySelectorAll('.bk-input')) {
      const field = block.querySelector('[data-act="hold"]');
      if (field && !block.querySelector('[data-optional]') && values(field).length === 0) empty[block.dataset.block] = 'Please fill this in.';
    }
    show(empty);
    return Object.keys(empty).length > 0;
  }

  function show(errors) {
    for (const place of inside.querySelectorAll('.bk-input .bk-error')) {
      const words = errors[place.closest('[data-block]').dataset.block];
      place.textContent = words || '';
      place.hidden = !words;
    }
    const first = inside.querySelector('.bk-input .bk-error:not([hidden])');
    first?.closest('.bk-input').querySelector('.bk-field, input')?.focus();
    first?.scrollIntoView({ block: 'nearest' });
  }

  inside.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (document.activeElement?.getAttribute('role') === 'combobox') return; // Enter there chooses
    const send = inside.querySelector('[type="submit"]');
    if (send?.getAttribute('aria-busy') || lacks()) return;
    const fields = {};
    for (const field of inside.querySelectorAll('.bk-input [data-act="hold"]')) {
      fields[field.closest('[data-block]').dataset.block] = values(field);
    }
    send?.setAttribute('aria-busy', 'true');
    const outcome = await act({ do: 'submit', fields });
    send?.removeAttribute('aria-busy');
    if (outcome?.errors) show(outcome.errors);
    await refresh();
  });
  const close = async () => {
    await act({ do: 'close' });
    await refresh();
  };
  inside.addEventListener('click', (event) => { if (event.target.closest('[data-modal="close"]')) close(); });
  dialog.addEventListener('cancel', (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    close();
  });
  controls(inside, act);
  return { refresh };
}
