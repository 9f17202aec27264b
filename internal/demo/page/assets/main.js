import { listen } from './wire.js';
import { mail } from './mail.js';
import { record } from './record.js';
import { slack } from './slack.js';
import { clock, tabs, theme, tour } from './top.js';

theme();
tabs();
const theMail = mail();
const theRecord = record();
const theSlack = slack((reference) => theRecord.show(reference));
const theClock = clock((reference) => theRecord.show(reference, '.coming'));
const theTour = tour((box) => theMail.show(box));

const regions = {
  mail: () => theMail.refresh(),
  slack: () => theSlack.refresh(),
  record: () => theRecord.refresh(),
  clock: () => theClock.refresh(),
  tour: async () => {
    const reference = await theTour.arrived();
    if (reference) theRecord.show(reference);
    theMail.refresh();
  },
};

let late;
/** refresh draws the regions that changed, and all a little later: what was set off may still be at work. */
function refresh(changed) {
  for (const region of changed) regions[region]?.();
  clearTimeout(late);
  late = setTimeout(() => { for (const region of ['mail', 'slack', 'record', 'clock']) regions[region](); }, 1200);
}

refresh(['mail', 'record', 'clock']);
listen(refresh, Object.keys(regions));
