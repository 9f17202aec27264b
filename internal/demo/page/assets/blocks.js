// The controls of Block Kit: what is pressed and chosen.
import { address, values } from './fields.js';
import { search } from './search.js';

/** confirmed asks what is to be asked before a control acts. */
function confirmed(control) {
  const question = control.nextElementSibling;
  if (!question?.matches('dialog.bk-question')) return Promise.resolve(true);
  return new Promise((answer) => {
    const decide = (event) => {
      const pressed = event.target.closest('[data-answer]');
      if (event.type === 'click' && !pressed) return;
      question.removeEventListener('click', decide);
      question.removeEventListener('cancel', decide);
      question.close();
      answer(pressed?.dataset.answer === 'yes');
    };
    question.addEventListener('click', decide);
    question.addEventListener('cancel', decide);
    question.showModal();
  });
}

/** controls makes what is drawn within a place work; act does what is wished. */
export function controls(place, act) {
  place.addEventListener('click', async (event) => {
    const control = event.target.closest('[data-act]');
    if (!control || control.dataset.act === 'hold' || control.getAttribute('aria-busy')) return;
    const menu = control.closest('details.bk-menu');
    const where = address(control);
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
    if (!await confirmed(menu || control)) return;
    control.setAttribute('aria-busy', 'true');
    if (control.dataset.act === 'press') await act({ do: 'press', ...where, value: control.dataset.value });
    else await act({ do: 'choose', ...where, values: [control.dataset.value] });
    control.removeAttribute('aria-busy');
  });
  place.addEventListener('change', (event) => {
    const field = event.target.closest('[data-act="hold"]');
    if (!field || (field.closest('.bk-input') && !field.closest('[data-dispatch]'))) return;
    if (event.target.getAttribute('role') === 'combobox') return; // only what is chosen counts
    act({ do: 'choose', ...address(field), values: values(field) });
  });
  search(place, act);
  menus(place);
}

/** menus lets the arrow keys move within a menu, and closes it when one leaves. */
function menus(place) {
  place.addEventListener('keydown', (event) => {
    const menu = event.target.closest('details.bk-menu');
    if (!menu) return;
    const entries = [...menu.querySelectorAll('[role="menuitem"]')];
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === 'Escape') {
      menu.open = false;
      menu.querySelector('summary').focus();
    } else if (to !== undefined) {
      event.preventDefault();
      menu.open = true;
      entries[(to + entries.length) % entries.length].focus();
    }
  });
  place.addEventListener('focusout', (event) => {
    const menu = event.target.closest?.('details.bk-menu');
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener('click', (event) => {
    for (const menu of place.querySelectorAll('details.bk-menu[open]')) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  place.addEventListener('toggle', (event) => {
    if (event.target.matches?.('details.bk-menu[open]')) room(event.target);
  }, true);
}

/** room opens a menu upwards where there is no room below it. */
function room(menu) {
  const list = menu.querySelector('.bk-list');
  const within = menu.closest('.scroll, dialog')?.getBoundingClientRect();
  menu.classList.remove('upwards', 'leftwards');
  if (!within) return;
  const box = list.getBoundingClientRect();
  menu.classList.toggle('upwards', box.bottom > within.bottom && menu.getBoundingClientRect().top - within.top > box.height);
  menu.classList.toggle('leftwards', box.right > within.right);
}
