// The bar above the columns: the tour, the clock, light and dark, the tabs of a tablet.
import { Region, get, post, toast, tried } from './wire.js';

const byId = (id) => document.getElementById(id);
const pauseBetween = 7000; // milliseconds, to read along

/** tour sends the sample letters; sent is told from which mailbox. */
export function tour(sent) {
  const next = byId('tour-next');
  const play = byId('tour-play');
  let sentLast = null; // the letter whose outcome is awaited
  let playing = false;
  let timer;

  async function send() {
    next.disabled = true;
    const stop = await tried(() => post('tour', {}));
    if (stop) {
      sentLast = stop;
      byId('tour-said').textContent = `Letter ${stop.number} of ${stop.of}: ${stop.title}`;
      next.textContent = 'Next letter';
      if (!playing) play.textContent = 'Play the rest';
      await sent(stop.box);
    }
    const over = !stop || stop.number === stop.of;
    next.disabled = over;
    play.disabled = over;
    if (over) setPlaying(false);
  }

  function setPlaying(on) {
    playing = on;
    play.setAttribute('aria-pressed', String(on));
    play.textContent = on ? 'Pause' : 'Play the rest';
    clearTimeout(timer);
    if (on) send();
  }

  next.addEventListener('click', send);
  play.addEventListener('click', () => setPlaying(!playing));

  /** arrived is told that a mail has its outcome. */
  async function arrived() {
    const answer = await get('tour');
    const { became, reference } = answer.ok ? await answer.json() : {};
    if (!became) return '';
    const which = sentLast ? `Letter ${sentLast.number} of ${sentLast.of}: ${sentLast.title}` : 'Your mail';
    byId('tour-said').textContent = `${which} – ${became}`;
    sentLast = null;
    clearTimeout(timer);
    if (playing) timer = setTimeout(send, pauseBetween);
    return reference;
  }
  return { arrived };
}

/** clock makes the clock work; rung is told on which record something was due. */
export function clock(rung) {
  const region = new Region('clock', () => 'clock');
  document.querySelector('.pushes').addEventListener('click', async (event) => {
    const push = event.target.closest('[data-push]');
    if (!push) return;
    const done = await tried(() => post('clock', { to: push.dataset.push }));
    region.refresh();
    if (!done) return;
    toast(`It is ${done.now}.${done.reference ? ` Something is due on ${done.reference}.` : ''}`);
    if (done.reference) rung(done.reference);
  });
  setInterval(() => region.refresh(), 15000);
  return region;
}

/** theme lets one choose between light and dark. */
export function theme() {
  const root = document.documentElement;
  const kept = localStorage.getItem('verbale-theme');
  if (kept) root.dataset.theme = kept;
  byId('theme').addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    localStorage.setItem('verbale-theme', root.dataset.theme);
  });
}

/** tabs shows one column at a time where there is no room for three. */
export function tabs() {
  const choose = (id) => {
    document.body.dataset.column = id;
    for (const tab of document.querySelectorAll('[data-tab]')) {
      tab.setAttribute('aria-pressed', String(tab.dataset.tab === id));
      if (tab.dataset.tab === id) tab.classList.remove('news');
    }
  };
  document.querySelector('.tabs').addEventListener('click', (event) => {
    const tab = event.target.closest('[data-tab]');
    if (tab) choose(tab.dataset.tab);
  });
  choose('slack-column');
}
