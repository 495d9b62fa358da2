/** Components in a real browser: everything that an application can lay out is drawn, and what is pressed arrives. */
import { readFile } from 'node:fs/promises';
import { ComponentType, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { picture, select, stage, v2 } from './stage.ts';

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

  test('an answer stays in sight when it is shorter than what it replaces, and more was said below', async () => {
    const lines = (n: number) => ({ type: ComponentType.TextDisplay, content: 'A line\n'.repeat(n) });
    const [button] = [{ type: ComponentType.Button, style: 1, label: 'Shorten', custom_id: 'shorten' }];
    await on.laysOut(lines(50), { type: ComponentType.ActionRow, components: [button] });
    await on.laysOut(lines(25));
    await using visit = await on.look({ width: 390, height: 700 });
    const pressed = on.used();
    await visit.page.getByRole('button', { name: 'Shorten' }).press('Enter');
    const components = [{ type: ComponentType.TextDisplay, content: 'Short now' }];
    await (await pressed).update({ components, flags: v2 } as never);
    const isSeen = () =>
      visit.message('Short now').evaluate((it) => {
        const room = it.closest('.scroller')?.getBoundingClientRect();
        const { top, bottom } = it.getElementsByTagName('article')[0]?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
        return room !== undefined && top >= room.top - 1 && bottom <= room.bottom + 1;
      });
    await expect.poll(isSeen).toBe(true);
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
