// The fields of Block Kit: where they stand and what they hold.

/** address says where a control stands. */
export function address(control) {
  const around = (name) => control.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) || '';
  const view = around('view');
  return {
    view, message: view ? '' : around('ts'), room: view ? '' : control.closest('[data-channel]')?.dataset.channel || '',
    block: around('block'), action: around('control'),
  };
}

/** values are what a field holds. */
export function values(field) {
  if (field.classList.contains('bk-ticks')) return [...field.querySelectorAll('input:checked')].map((tick) => tick.value);
  if (field.classList.contains('bk-search')) return [...field.querySelectorAll('.bk-chip')].map((chip) => chip.dataset.value);
  if (field.type === 'datetime-local' && field.value) return [String(Date.parse(`${field.value}Z`) / 1000)];
  return field.value ? [field.value] : [];
}

/** held remembers what the fields of a form hold, by block and action. */
export function held(place) {
  const kept = new Map();
  for (const field of place.querySelectorAll('[data-act="hold"]')) {
    const where = address(field);
    const chips = [...field.querySelectorAll('.bk-chip')].map((chip) => chip.cloneNode(true));
    kept.set(`${where.view} ${where.block} ${where.action}`, { values: values(field), raw: field.value, chips });
  }
  return kept;
}

/** refill gives the fields what they held, as Slack does where a form is redrawn. */
export function refill(place, kept) {
  for (const field of place.querySelectorAll('[data-act="hold"]')) {
    const where = address(field);
    const was = kept.get(`${where.view} ${where.block} ${where.action}`);
    if (!was) continue;
    if (field.classList.contains('bk-ticks')) {
      for (const tick of field.querySelectorAll('input')) tick.checked = was.values.includes(tick.value);
    } else if (field.classList.contains('bk-search')) {
      field.querySelector('.bk-chips').replaceChildren(...was.chips);
    } else {
      field.value = was.raw;
    }
  }
}
