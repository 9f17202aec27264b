// The record: fields and the words of the letter behind them.
import { Region } from './wire.js';

/** record makes the column of the record work. */
export function record() {
  let reference = '';
  const region = new Region('record', () => `record?ref=${reference}`);
  const show = async (wanted, part) => {
    if (wanted !== reference) region.place.scrollTop = 0;
    reference = wanted;
    await region.refresh();
    if (part) region.place.querySelector(part)?.scrollIntoView({ block: 'start' });
  };
  region.place.addEventListener('change', (event) => { if (event.target.id === 'ref') show(event.target.value); });

  /** light shows which words belong to which fields; shown brings the first of them into view. */
  const light = (fields, shown) => {
    const lit = (has) => fields.some((field) => has.includes(field));
    const letter = region.place.querySelector('.letter');
    let first = null;
    for (const words of region.place.querySelectorAll('mark')) {
      const on = lit(words.dataset.fields.split(' '));
      words.classList.toggle('lit', on);
      if (on) first ||= words;
    }
    if (first && shown) letter.scrollTop = first.offsetTop - letter.clientHeight / 3;
    for (const field of region.place.querySelectorAll('[data-field]')) field.classList.toggle('lit', lit([field.dataset.field]));
  };
  const over = (event) => {
    const field = event.target.closest('[data-field]');
    const words = event.target.closest('mark');
    light(field ? [field.dataset.field] : words?.dataset.fields.split(' ') || [], Boolean(field));
  };
  region.place.addEventListener('pointerover', over);
  region.place.addEventListener('focusin', over);
  region.place.addEventListener('focusout', () => light([], false));
  region.place.addEventListener('pointerleave', () => light([], false));
  return { refresh: () => region.refresh(), show };
}
