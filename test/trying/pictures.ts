/** What the README shows of every command: each is made by hand on the page, and says which part of it is pictured. */
import type { Locator, Page } from 'playwright-core';
import { sentences } from '../sentences.ts';

type Picture = (page: Page) => Promise<Locator[]>;

/** Somebody in a channel, or with the bot. */
const stand = async (page: Page, name: string, channel = 'general') => {
  await page.getByRole('radio', { name: new RegExp(`^${name}\\b`) }).check({ force: true });
  await page.locator('.my-dms', { hasText: `${name}’s privacy` }).waitFor({ state: 'attached' });
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('button', { name: channel }).first().click();
  await page.getByRole('heading', { level: 2, name: channel }).waitFor();
};
const messages = (page: Page) => page.locator('.messages > li [data-message]');

/** The newest message, once there is one more than there was. */
async function brings(page: Page, act: () => Promise<void>): Promise<Locator> {
  const before = await messages(page).count();
  await act();
  await messages(page).nth(before).waitFor();
  await page.locator('.sending').waitFor({ state: 'detached' });
  return messages(page).last();
}

/** Runs a command, with options as one types them. */
async function run(page: Page, command: string, options: Record<string, string> = {}): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Message/ });
  await box.fill(`/${command}`);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.slash-name').waitFor();
  for (const [name, typed] of Object.entries(options)) {
    const field = page.locator(`[data-option="${name}"] input`);
    if ((await field.count()) === 0) await page.getByRole('button', { name: `Add the option ${name}:` }).click();
    await field.fill(typed);
    await page.getByRole('option', { name: typed }).first().click();
  }
  await page.getByRole('button', { name: `Run /${command}` }).click();
}

const slash =
  (who: string, command: string, options?: Record<string, string>): Picture =>
  async (page) => {
    await stand(page, who);
    return [await brings(page, () => run(page, command, options))];
  };

/** Opens the menu of somebody's first message in #support, with its Apps. */
async function openApps(page: Page, who: string, of: string): Promise<void> {
  await stand(page, who, 'support');
  const message = messages(page).filter({ has: page.locator('.message-author', { hasText: of }) });
  await message.first().press('Enter');
  await page.getByRole('menuitem', { name: 'Apps' }).press('ArrowRight');
}

const inMenu =
  (who: string, of: string, file: string): Picture =>
  async (page) => {
    const name = sentences(`commands/${file}.yaml`)('name');
    await openApps(page, who, of);
    return [await brings(page, () => page.getByRole('menuitem', { name }).click())];
  };

const fill = async (page: Page, ...texts: string[]) => {
  const fields = page.getByRole('dialog').getByRole('textbox');
  for (const [at, text] of texts.entries()) await fields.nth(at).fill(text);
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

const [demo, need, practice] = [
  sentences('demo.yaml'),
  sentences('commands/need.yaml'),
  sentences('commands/practice.yaml'),
];

/** By the unit's name in `commands/`; `note` is what comes in a direct message. */
export const pictures: Record<string, Picture> = {
  async note(page) {
    await stand(page, 'Ben', 'Attune');
    const note = messages(page)
      .filter({ hasText: sentences('note.yaml')('heading') })
      .last();
    await note.waitFor();
    return [note];
  },
  reflect: slash('Cleo', 'reflect', { feeling: 'grief' }),
  'find-words': inMenu('Cleo', 'Ana', 'find-words'),
  missed: inMenu('Ana', 'Ben', 'missed'),
  thank: inMenu('Ana', 'Ben', 'thank'),
  explain: slash('Cleo', 'explain', { topic: 'Feeling felt' }),
  async need(page) {
    const asked = { [need('want.name')]: need('wants.company'), [need('presence.name')]: 'True' };
    await stand(page, 'Ana');
    await run(page, 'need', asked);
    const line = messages(page).filter({ has: page.getByRole('button', { name: need('here') }) });
    await line.waitFor();
    return [line];
  },
  async draft(page) {
    await stand(page, 'Ben');
    return [
      await brings(page, async () => {
        await run(page, 'draft');
        await page.getByRole('dialog').waitFor();
        await fill(page, `${demo('reply')}. i'm so sorry`, demo('post'));
      }),
    ];
  },
  landing: inMenu('Ben', 'Ben', 'landing'),
  async practice(page) {
    const about = {
      [practice('topic.name')]: practice('topics.animals'),
      [practice('difficulty.name')]: practice('levels.1'),
    };
    await stand(page, 'Cleo');
    const panel = await brings(page, () => run(page, 'practice', about));
    await panel.getByRole('button', { name: practice('buttons.feel') }).click();
    await fill(page, 'a bit lost');
    await panel.getByRole('button', { name: practice('buttons.answer') }).click();
    await fill(page, "i'm here. what is it like at home tonight?");
    await panel.getByText(practice('another')).waitFor();
    return [panel];
  },
  nudges: slash('Cleo', 'nudges'),
  crisis: slash('Ana', 'crisis', { country: 'Ireland' }),
  privacy: slash('Ana', 'privacy'),
  help: slash('Ana', 'help'),
  setup: slash('Mo', 'setup'),
  insights: slash('Mo', 'insights'),
  prompts: slash('Mo', 'prompts list'),
  async 'take-back'(page) {
    await stand(page, 'Cleo');
    const panel = await brings(page, () => run(page, 'explain', { topic: 'Feeling felt' }));
    const shared = await brings(page, () => panel.getByRole('button', { name: 'Share here' }).click());
    await shared.press('Enter');
    await page.getByRole('menuitem', { name: 'Apps' }).press('ArrowRight');
    await page.getByRole('menuitem', { name: sentences('commands/take-back.yaml')('name') }).focus();
    return [page.locator('.menu')];
  },
};
