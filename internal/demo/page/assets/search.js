// Fields in which one types to find what can be chosen (WAI-ARIA, combobox pattern).
import { address, values } from './fields.js';

let numbered = 0;

/** search makes the search fields within a place work. */
export function search(place, act) {
  const field = (event) => event.target.closest?.('.bk-search');
  place.addEventListener('click', (event) => {
    if (event.target.getAttribute('role') === 'combobox') offer(field(event), act);
  });
  place.addEventListener('input', (event) => {
    if (event.target.getAttribute('role') === 'combobox') offer(field(event), act);
  });
  place.addEventListener('focusout', (event) => {
    const of = field(event);
    if (of && !of.contains(event.relatedTarget)) hide(of);
  });
  place.addEventListener('keydown', (event) => {
    if (event.target.getAttribute('role') === 'combobox') keys(field(event), event, act);
  });
  place.addEventListener('mousedown', (event) => {
    const option = event.target.closest('.bk-search [role="option"]');
    if (!option) return;
    event.preventDefault(); // the focus stays in the field
    choose(option.closest('.bk-search'), option, act);
  });
  place.addEventListener('click', (event) => {
    const drop = event.target.closest('.bk-drop');
    if (!drop) return;
    event.preventDefault();
    const of = field(event);
    drop.closest('.bk-chip').remove();
    of.querySelector('input').focus();
    told(of, act);
  });
}

const listOf = (of) => of.querySelector('[role="listbox"]');
const shown = (of) => [...listOf(of).querySelectorAll('[role="option"]')].filter((option) => !option.hidden);

/** offer shows what fits what was typed: of the options that are there, or of those that the app has. */
async function offer(of, act) {
  const typed = of.querySelector('input').value.trim();
  if ('external' in of.dataset) {
    const turn = of.dataset.turn = String(Number(of.dataset.turn || 0) + 1);
    await new Promise((soon) => { setTimeout(soon, 150); });
    if (turn !== of.dataset.turn || !of.isConnected) return;
    const outcome = await act({ do: 'suggest', ...address(of), text: typed });
    if (turn !== of.dataset.turn || !of.contains(document.activeElement)) return;
    listOf(of).replaceChildren(...(outcome?.options || []).map(({ Label, Value }) => {
      const option = document.createElement('span');
      Object.assign(option, { textContent: Label, tabIndex: -1 });
      option.setAttribute('role', 'option');
      option.dataset.value = Value;
      return option;
    }));
  } else {
    for (const option of listOf(of).querySelectorAll('[role="option"]')) {
      option.hidden = !option.textContent.toLowerCase().includes(typed.toLowerCase());
    }
  }
  const none = shown(of).length === 0;
  listOf(of).hidden = none;
  of.querySelector('input').setAttribute('aria-expanded', String(!none));
}

function hide(of) {
  of.dataset.turn = String(Number(of.dataset.turn || 0) + 1);
  listOf(of).hidden = true;
  const input = of.querySelector('input');
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function keys(of, event, act) {
  const options = shown(of);
  const at = options.findIndex((option) => option.classList.contains('active'));
  if (event.key === 'Escape' && !listOf(of).hidden) {
    event.preventDefault();
    event.stopPropagation();
    hide(of);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (at >= 0) choose(of, options[at], act);
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (options.length === 0 || listOf(of).hidden) {
      offer(of, act);
      return;
    }
    const next = options[(at + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length];
    options[at]?.classList.remove('active');
    next.classList.add('active');
    next.id ||= `option-${numbered += 1}`;
    event.target.setAttribute('aria-activedescendant', next.id);
    next.scrollIntoView({ block: 'nearest' });
  }
}

function choose(of, option, act) {
  const chips = of.querySelector('.bk-chips');
  if (!('several' in of.dataset)) chips.replaceChildren();
  if (!values(of).includes(option.dataset.value)) {
    const chip = document.createElement('span');
    chip.className = 'bk-chip';
    chip.dataset.value = option.dataset.value;
    const words = document.createElement('span');
    words.textContent = option.textContent;
    const drop = document.createElement('button');
    Object.assign(drop, { type: 'button', className: 'bk-drop', textContent: '×' });
    drop.setAttribute('aria-label', `Remove ${option.textContent}`);
    chip.append(words, drop);
    chips.append(chip);
  }
  of.querySelector('input').value = '';
  hide(of);
  told(of, act);
}

/** told tells the app what is chosen, where it is to hear of it. */
function told(of, act) {
  if (of.closest('.bk-input') && !of.closest('[data-dispatch]')) return;
  act({ do: 'choose', ...address(of), values: values(of) });
}
