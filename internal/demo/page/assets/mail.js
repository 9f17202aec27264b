// The mailboxes, and mails that are written or dropped.
import { Region, post, tell, toast, tried } from './wire.js';

const byId = (id) => document.getElementById(id);

/** mail makes the mailboxes work. */
export function mail() {
  let box = '';
  let newest = null;
  let looked = null; // how many mails each mailbox had when it was last shown
  const region = new Region('mail', () => `mail?box=${encodeURIComponent(box)}`, () => {
    const mail = region.place.querySelector('.mail.received');
    if (mail && mail.dataset.keep !== newest) tell(`New mail: ${mail.querySelector('.subject').textContent}`, 'mail-column');
    newest = mail?.dataset.keep || null;
    looked = elsewhere(region.place, looked);
  });
  const show = (address) => {
    if (address) box = address;
    region.place.scrollTop = 0;
    return region.refresh();
  };
  region.place.addEventListener('change', (event) => { if (event.target.id === 'box') show(event.target.value); });
  byId('elsewhere-show').addEventListener('click', (event) => show(event.target.value));
  const write = compose(show);
  byId('write').addEventListener('click', () => write({ from: officialOf(region.place) }));
  region.place.addEventListener('click', (event) => {
    const answer = event.target.closest('[data-answer-to]');
    if (!answer) return;
    const subject = answer.dataset.subject;
    const quoted = answer.closest('.mail').querySelector('.body').textContent.replace(/^/gm, '> ');
    write({
      from: answer.dataset.from, subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
      body: `\n\n${quoted}`, answers: answer.dataset.answerTo,
    });
  });
  dropped(show, write);
  return { refresh: () => region.refresh(), show };
}

/** elsewhere tells of new mail in mailboxes that are not shown, and gives what was looked at: all
 * there was when the page was opened, then what is shown. */
function elsewhere(place, before) {
  const looked = before || new Map();
  const boxes = [...place.querySelectorAll('#box option')];
  const received = (box) => Number(box.dataset.received);
  for (const box of boxes) if (box.selected || !before) looked.set(box.value, received(box));
  const fresh = boxes.filter((box) => received(box) > (looked.get(box.value) || 0)).sort((a, b) => b.dataset.last - a.dataset.last);
  for (const box of fresh) box.textContent = `• ${box.value}`;
  const [last] = fresh;
  byId('elsewhere').hidden = !last;
  if (last) Object.assign(byId('elsewhere-show'), { textContent: last.value, value: last.value });
  byId('elsewhere-more').textContent = fresh.length > 1 ? `and ${fresh.length - 1} more` : '';
  return looked;
}

/** officialOf is who writes from the mailbox that is shown. */
function officialOf(place) {
  return place.querySelector('.mail.sent .head dd')?.textContent || place.querySelector('#box')?.value || '';
}

/** compose makes the window in which a mail is written; it gives what opens it. */
function compose(sent) {
  const dialog = byId('compose');
  const form = byId('compose-form');
  const attached = byId('attached');
  let answers = '';
  let file = null;

  const attach = (document) => {
    file = document;
    attached.hidden = !document;
    attached.querySelector('span').textContent = document?.name || '';
  };
  const open = (mail) => {
    for (const name of ['from', 'subject', 'body']) {
      if (mail[name] || name !== 'from') form.elements[name].value = mail[name] || '';
    }
    answers = mail.answers || '';
    byId('sample').value = '';
    byId('sample-row').hidden = Boolean(answers || mail.file);
    byId('compose-error').hidden = true;
    attach(mail.file || null);
    dialog.showModal();
    form.elements.body.focus();
    form.elements.body.setSelectionRange(0, 0);
  };

  byId('sample').addEventListener('change', (event) => {
    const { from, subject, body } = event.target.selectedOptions[0].dataset;
    if (!from) return;
    Object.assign(form.elements.from, { value: from });
    Object.assign(form.elements.subject, { value: subject });
    Object.assign(form.elements.body, { value: body });
  });
  attached.querySelector('button').addEventListener('click', () => attach(null));
  byId('compose-close').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { from, subject, body } = Object.fromEntries(new FormData(form));
    try {
      const document = file && { filename: file.name, document: await base64(file) };
      const done = await post('mail', { from, subject, body, answers, ...document });
      dialog.close();
      await sent(done.box);
    } catch (wrong) {
      byId('compose-error').textContent = wrong.message;
      byId('compose-error').hidden = false;
    }
  });
  return open;
}

function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

/** dropped takes files: a mail is sent as it is, a document goes with a mail. */
function dropped(show, write) {
  const column = byId('mail-column');
  const take = async (file) => {
    if (!file) return;
    if (file.name.toLowerCase().endsWith('.eml')) {
      const done = await tried(async () => post('drop', await file.arrayBuffer(), true));
      if (!done) return;
      toast(`${file.name} is on its way to the desk.`);
      await show(done.box);
      return;
    }
    write({ file, subject: file.name.replace(/\.[^.]+$/, ''), body: 'Dear colleagues,\n\nPlease find our letter attached.\n' });
  };
  byId('file').addEventListener('change', (event) => {
    take(event.target.files[0]);
    event.target.value = '';
  });
  for (const kind of ['dragover', 'dragenter']) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      column.classList.toggle('dragged', column.contains(event.target));
    });
  }
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) column.classList.remove('dragged'); });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    column.classList.remove('dragged');
    take(event.dataTransfer.files[0]);
  });
}
