/** Components in a real browser: everything that an application can lay out is drawn, and what is pressed arrives. */
import { readFile } from 'node:fs/promises';
import { ComponentType, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { picture, stage, v2 } from './stage.ts';

describeInBrowser('components of a message', (open) => {
  const on = stage(open);

  test('draws what an application lays out', async () => {
    const form = new FormData();
    const file = (name: string, text: string, type: string) => new File([text], name, { type });
    form.set('files[0]', file('lake.svg', picture, 'image/svg+xml'));
    form.set('files[1]', file('notes.txt', 'Some notes', 'text/plain'));
    const media = { url: 'attachment://lake.svg' };
    const components = [
      {
        type: ComponentType.Container,
        accent_color: 0x5b8c85,
        components: [
          { type: ComponentType.TextDisplay, content: '### Inside' },
          { type: ComponentType.Separator, spacing: 2 },
          {
            type: ComponentType.Section,
            components: [{ type: ComponentType.TextDisplay, content: 'Beside a picture' }],
            accessory: { type: ComponentType.Thumbnail, media, description: 'A small lake' },
          },
          {
            type: ComponentType.Section,
            components: [{ type: ComponentType.TextDisplay, content: 'Beside a button' }],
            accessory: { type: ComponentType.Button, style: 2, label: 'Change', custom_id: 'change' },
          },
          {
            type: ComponentType.MediaGallery,
            items: [
              { media, description: 'A lake' },
              { media, description: 'A hidden lake', spoiler: true },
              { media: { url: 'https://elsewhere.example/a.png' }, description: 'A sea' },
            ],
          },
          { type: ComponentType.File, file: { url: 'attachment://notes.txt' } },
        ],
      },
      {
        type: ComponentType.Container,
        spoiler: true,
        components: [{ type: ComponentType.TextDisplay, content: 'Not at once' }],
      },
    ];
    form.set('payload_json', JSON.stringify({ flags: v2, components }));
    const sent = await fetch(`${on.town.api}/v10/channels/${on.town.channel('#support').id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${on.town.token}` },
      body: form,
    });
    expect(sent.status, await sent.clone().text()).toBe(200);

    await using visit = await on.look();
    const { last, page } = visit;
    await last.getByRole('heading', { name: 'Inside' }).waitFor();
    expect(await last.locator('.container-accent').evaluate((one) => one.getAttribute('style'))).toContain('#5b8c85');
    expect(await last.locator('hr.separator-large').count()).toBe(1);
    const small = last.getByRole('img', { name: 'A small lake' });
    await expect.poll(() => small.evaluate((one) => (one as { naturalWidth?: number }).naturalWidth)).toBe(320);

    await last.getByRole('button', { name: 'A lake, larger' }).click();
    await page.getByRole('dialog', { name: 'A lake' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

    const hidden = last.locator('[inert]').getByRole('img', { name: 'A hidden lake' });
    expect(await hidden.count()).toBe(1);
    await last.getByRole('button', { name: 'Spoiler: show the picture' }).click();
    await expect.poll(() => hidden.count()).toBe(0);
    expect(await last.getByRole('link', { name: /A sea on elsewhere.example/ }).count()).toBe(1);

    const download = page.waitForEvent('download');
    await last.getByRole('link', { name: /notes.txt/ }).click();
    expect((await download).suggestedFilename()).toBe('notes.txt');
    expect(await readFile(await (await download).path(), 'utf8')).toBe('Some notes');

    await last.getByRole('button', { name: 'Spoiler: show the message' }).click();
    await last.getByText('Not at once').waitFor();
    await visit.expectAccessible('.messages');
  });

  test('buttons of every style: what is pressed arrives, and waits until it is answered', async () => {
    const button = (label: string, more: object) => ({ type: ComponentType.Button, label, ...more });
    const row = {
      type: ComponentType.ActionRow,
      components: [
        button('One', { style: 1, custom_id: 'one' }),
        button('Two', { style: 2, custom_id: 'two', emoji: { name: '✏️' } }),
        button('Three', { style: 3, custom_id: 'three' }),
        button('Four', { style: 4, custom_id: 'four', disabled: true }),
        button('Five', { style: 5, url: 'https://a.example' }),
      ],
    };
    await on.laysOut(row);
    await using visit = await on.look();
    const { last, page, button: named } = visit;

    expect(await named('Four').isDisabled()).toBe(true);
    expect(await last.getByRole('link', { name: /^Five/ }).getAttribute('href')).toBe('https://a.example');
    const press = on.used();
    await named('Two').click();
    const arrived = await press;
    expect(arrived.customId).toBe('two');
    expect(arrived.user.id).toBe(on.ben.id);
    expect(await named('Two').getAttribute('aria-busy')).toBe('true');
    expect(await named('One').getAttribute('aria-disabled')).toBe('true');
    // The button that was pressed goes away: the focus stays in the message.
    const { components } = { components: [{ type: ComponentType.TextDisplay, content: 'You pressed two' }] };
    await arrived.update({ components, flags: v2 } as never);
    await last.getByText('You pressed two').waitFor();
    await expect.poll(() => last.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('ArrowUp');
  });

  test('says so when the application does not answer, and can be pressed again', async () => {
    await on.sends({
      content: 'Press it',
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }],
    });
    await using visit = await on.look();
    const first = on.used();
    await visit.button('Go').click();
    await first;
    await on.town.clock.advance(3_100);
    expect(await visit.last.getByRole('alert').textContent()).toBe('This interaction failed');
    const again = on.used();
    await visit.button('Go').click();
    await (await again).reply('Here I am');
    await visit.message('Here I am').waitFor();
    expect(await visit.page.getByText('This interaction failed').count()).toBe(0);
  });

  const select = (type: ComponentType, more: object = {}) => ({
    type: ComponentType.ActionRow,
    components: [{ type, custom_id: 'choice', placeholder: 'Choose', ...more }],
  });
  const options = (...labels: string[]) =>
    labels.map((label) => ({ label, value: `v-${label}`, description: `It is ${label}` }));

  test('a select of words, by the keyboard', async () => {
    await on.laysOut(
      select(ComponentType.StringSelect, {
        options: [{ label: 'Sad', value: 's', default: true }, ...options('Angry', 'Afraid')],
      }),
    );
    await using visit = await on.look();
    const choice = on.used();
    await visit.button('Choose: Sad').focus();
    await visit.page.keyboard.press('ArrowDown');
    const list = visit.page.getByRole('listbox', { name: 'Choose' });
    expect(await list.getByRole('option', { selected: true }).textContent()).toContain('Sad');
    await visit.expectAccessible('.choices');
    await visit.page.keyboard.type('afr');
    await visit.page.keyboard.press('Enter');
    const arrived = await choice;
    expect(arrived.isStringSelectMenu() && arrived.values).toEqual(['v-Afraid']);
    await arrived.deferUpdate();
    const shown = visit.button('Choose: Afraid');
    await shown.waitFor();
    expect(await shown.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
  });

  test('a select of several: between its least and its most, sent when it is closed', async () => {
    const labels = Array.from({ length: 12 }, (_, at) => `Word ${at + 1}`);
    await on.laysOut(select(ComponentType.StringSelect, { options: options(...labels), min_values: 2, max_values: 3 }));
    await using visit = await on.look();
    const { page } = visit;
    await visit.button('Choose').click();
    const choice = on.used();
    await page.keyboard.type('word 1');
    await page.keyboard.press('Enter');
    await page.getByText('Choose at least 2').waitFor();
    for (const label of ['Word 10', 'Word 11']) await page.getByRole('option', { name: label }).click();
    expect(await page.getByRole('option', { name: 'Word 12' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('option', { name: 'Word 12' }).click({ force: true });
    await page.getByRole('button', { name: 'Done' }).click();
    const arrived = await choice;
    expect(arrived.isStringSelectMenu() && arrived.values).toEqual(['v-Word 1', 'v-Word 10', 'v-Word 11']);
    await arrived.deferUpdate();
    await visit.button('Choose: Word 1, Word 10, Word 11').waitFor();
  });

  test('selects of people, roles, channels, and people or roles', async () => {
    const role = on.town.addRole(on.town.guild, 'Listeners', 0n);
    await using visit = await on.look();
    const { page } = visit;
    const chooses = async (row: object, ...names: string[]) => {
      const id = await on.laysOut(row);
      const choice = on.used();
      await page.locator(`[data-message="${id}"]`).getByRole('button', { name: 'Choose', exact: true }).click();
      const all = await page.getByRole('option').allTextContents();
      for (const name of names) await page.getByRole('option', { name }).click();
      if (names.length > 1) await page.getByRole('button', { name: 'Done' }).click();
      const arrived = await choice;
      await arrived.deferUpdate();
      return { all, values: arrived.isAnySelectMenu() ? arrived.values : [], arrived };
    };
    const people = await chooses(select(ComponentType.UserSelect, { max_values: 2 }), 'Ana', 'Mo');
    expect(people.values).toEqual([on.ana.id, on.town.person('mo').id]);
    expect(people.arrived.isUserSelectMenu() && people.arrived.users.first()?.username).toBe('ana');
    expect((await chooses(select(ComponentType.RoleSelect), 'Listeners')).values).toEqual([role]);
    const channels = await chooses(select(ComponentType.ChannelSelect, { channel_types: [0] }), 'general');
    expect(channels.values).toEqual([on.town.channel('#general').id]);
    expect(channels.all.join()).not.toContain('stories');
    const mixed = await chooses(select(ComponentType.MentionableSelect, { max_values: 2 }), 'Ana', 'Listeners');
    expect(mixed.values).toEqual([on.ana.id, role]);
  });

  test('a select that had nothing chosen is taken back when it fails, and a disabled one does not open', async () => {
    await on.laysOut(
      select(ComponentType.UserSelect),
      select(ComponentType.RoleSelect, { custom_id: 'off', placeholder: 'Off', disabled: true }),
    );
    await using visit = await on.look();
    expect(await visit.button('Off').isDisabled()).toBe(true);
    const choice = on.used();
    await visit.button('Choose').click();
    await visit.page.getByRole('option', { name: 'Ana' }).click();
    await choice;
    await on.town.clock.advance(3_100);
    await visit.last.getByRole('alert').waitFor();
    await visit.button('Choose').waitFor();
  });

  test('an answer for one person: nobody else sees it, and it can be dismissed', async () => {
    await on.bot.application.commands.create({ name: 'feel', description: 'Feels' });
    on.onCommand((interaction) => interaction.reply({ content: 'Between us', flags: MessageFlags.Ephemeral }));
    await using visit = await on.look();
    await on.ben.runs('/feel', {}, { in: '#support' });
    const answer = visit.message('Between us');
    await answer.getByText('Only you can see this').waitFor();
    expect(await answer.innerText()).toMatch(/Ben\s+used\s+\/feel/);
    await visit.expectAccessible('.messages');
    await visit.actAs('Ana');
    await expect.poll(() => answer.count()).toBe(0);
    await visit.actAs('Ben');
    await answer.getByRole('button', { name: 'Dismiss message' }).click();
    await expect.poll(() => answer.count()).toBe(0);
  });

  test('an answer that takes time', async () => {
    await on.bot.application.commands.create({ name: 'feel', description: 'Feels' });
    let end = async () => {};
    on.onCommand(async (interaction) => {
      await interaction.deferReply();
      end = async () => void (await interaction.editReply('Done thinking'));
    });
    await using visit = await on.look();
    const running = on.ben.runs('/feel', {}, { in: '#support' });
    await visit.page.getByText('lamp is thinking…').waitFor();
    await end();
    await running;
    await visit.message('Done thinking').waitFor();
    expect(await visit.page.getByText('is thinking').count()).toBe(0);
  });

  test('at the width of a phone, in the light', async () => {
    await on.writes(`A long word: ${'a'.repeat(200)} and \`\`\`\n${'b'.repeat(300)}\n\`\`\``);
    await on.laysOut(
      {
        type: ComponentType.Container,
        accent_color: 0x5b8c85,
        components: [
          {
            type: ComponentType.Section,
            components: [{ type: ComponentType.TextDisplay, content: 'Words that go on for a while, beside a button' }],
            accessory: { type: ComponentType.Button, style: 2, label: 'Change what is above', custom_id: 'change' },
          },
          select(ComponentType.UserSelect, { max_values: 3 }),
        ],
      },
      {
        type: ComponentType.ActionRow,
        components: [1, 2, 3, 4].map((style) => ({ type: 2, style, label: `Button ${style}`, custom_id: `${style}` })),
      },
    );
    await using visit = await on.look({ width: 390, height: 800, dark: false, hasTouch: true });
    const { last, page } = visit;
    await last.waitFor();
    expect(await page.locator('.messages').evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    for (const one of await last.locator('.press, .choose-button').all())
      expect((await one.boundingBox())?.height).toBeGreaterThanOrEqual(40);
    await visit.expectAccessible('.messages');
    await last.getByRole('button', { name: 'Choose' }).tap();
    const list = await page.locator('.choices').boundingBox();
    expect(list && list.x >= 0 && list.x + list.width <= 390).toBe(true);
    for (const option of await page.getByRole('option').all())
      expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(40);
    await visit.expectAccessible('.choices');
  });
});
