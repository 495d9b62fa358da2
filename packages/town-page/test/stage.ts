/** A town with a real client in it, and its page, for tests of what is drawn. */

import { openTown, type Town } from '@attune/town';
import { ask, type LoggedIn, logIn, next } from '@attune/town/test/client';
import {
  type ChatInputCommandInteraction,
  ComponentType,
  Events,
  type MessageComponentInteraction,
  MessageFlags,
} from 'discord.js';
import { afterEach, beforeEach, expect } from 'vitest';
import { type Page, type PageOptions, servePage } from '#serve';
import type { How, Open } from './browser.ts';

export const v2 = MessageFlags.IsComponentsV2;
export const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="320" height="200" fill="teal"/></svg>';

/** A select in a row of its own. */
export const select = (type: ComponentType, more: object = {}) => ({
  type: ComponentType.ActionRow,
  components: [{ type, custom_id: 'choice', placeholder: 'Choose', ...more }],
});

/** Opens a town with its page before each test; gives what the tests do in it. */
export function stage(open: Open, more: Partial<PageOptions> = {}) {
  let town: Town;
  let page: Page;
  let bot: LoggedIn;
  beforeEach(async () => {
    town = await openTown({ bot: 'Lamp' });
    bot = await logIn(town);
    page = await servePage(town, {
      title: 'The town',
      about: 'A town to test in',
      cast: ['Ana', 'Ben', 'Mo'].map((name) => ({ name, part: 'somebody' })),
      ...more,
    });
  });
  afterEach(async () => {
    await bot.client.destroy();
    await town.close();
  });

  const support = () => town.channel('#support').id;
  const sends = async (body: object): Promise<string> => {
    const { status, body: made } = await ask(town, 'POST', `/channels/${support()}/messages`, body);
    expect(made, JSON.stringify(made)).toMatchObject({ channel_id: support() });
    expect(status).toBe(200);
    return made.id;
  };

  return {
    get town() {
      return town;
    },
    get bot() {
      return bot.client;
    },
    get page() {
      return page;
    },
    get ana() {
      return town.person('ana');
    },
    get ben() {
      return town.person('ben');
    },
    /** Looks at #support as Ben. */
    async look(how?: How) {
      const visit = await open(town.origin, how);
      await visit.actAs('Ben');
      await visit.goTo('support');
      await visit.page.getByRole('region', { name: 'Messages in #support' }).waitFor();
      const last = visit.page.locator('[data-message]').last();
      return { ...visit, last, button: (name: string) => last.getByRole('button', { name, exact: true }) };
    },
    /** The application's own messages in #support. */
    sends,
    writes: (content: string) => sends({ content }),
    laysOut: (...components: object[]) => sends({ flags: v2, components }),
    /** The next press or choice that arrives at the application. */
    used: () => next<MessageComponentInteraction>(bot.client, Events.InteractionCreate),
    onCommand: (answer: (interaction: ChatInputCommandInteraction) => unknown) =>
      bot.client.on(Events.InteractionCreate, (interaction) => {
        if (interaction.isChatInputCommand()) answer(interaction);
      }),
  };
}
