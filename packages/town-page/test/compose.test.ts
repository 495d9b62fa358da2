import { expect, test, vi } from 'vitest';
import { boxOf, describeComposing, eventually } from './compose-stage.ts';

describeComposing('messages, menus and dialogs', (stage) => {
  test('Enter sends, Shift+Enter begins a line, mentions and emoji are picked by the keyboard', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await boxOf(one).click();
    await page.keyboard.type('Hello @be');
    await eventually(() => page.getByRole('option').allTextContents()).toEqual([expect.stringContaining('Ben')]);
    await one.expectAccessible();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('see #gen');
    await page.keyboard.press('Tab');
    await page.keyboard.type(':thumbsu');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const ben = stage.town.person('ben').id;
    await stage.said('#support', `Hello <@${ben}> \nsee <#${stage.town.channel('#general').id}> 👍`);
    await eventually(() => boxOf(one).inputValue()).toBe('');
  });

  test('a too long text is counted and not sent; a draft stays in its channel', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await boxOf(one).fill('x'.repeat(2003));
    await eventually(() => page.locator('.composer .counter').textContent()).toContain('-3');
    await page.keyboard.press('Enter');
    await eventually(() => page.getByRole('alert').filter({ hasText: '2,000' }).count()).toBe(1);
    expect(stage.latest('#support')).toBeUndefined();
    await one.goTo('general');
    await eventually(() => boxOf(one).inputValue()).toBe('');
    await one.goTo('support');
    await eventually(async () => (await boxOf(one).inputValue()).length).toBe(2003);
  });

  test('replies with and without a ping; Escape cancels; ArrowUp edits, Escape leaves, Enter saves', async () => {
    await stage.town.person('ben').says('#support', 'I am here');
    await using one = await stage.visit();
    const { page } = one;
    const reply = async () => {
      await one.message('I am here').getByRole('article').click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Reply' }).click();
    };
    await reply();
    await page.keyboard.press('Escape');
    await eventually(() => page.getByText('Replying to').count()).toBe(0);
    await reply();
    await one.expectAccessible();
    await page.getByRole('button', { name: 'Ben will be pinged' }).click();
    await boxOf(one).fill('Thank you');
    await page.keyboard.press('Enter');
    await stage.said('#support', 'Thank you');
    expect(stage.latest('#support')).toMatchObject({ mentions: [], type: 19 });
    await one.message('Thank you').waitFor();

    await page.keyboard.press('ArrowUp');
    const edit = page.getByRole('textbox', { name: 'Edit message' });
    await eventually(() => edit.inputValue()).toBe('Thank you');
    await page.keyboard.press('Escape');
    await eventually(() => edit.count()).toBe(0);
    await boxOf(one).click();
    await page.keyboard.press('ArrowUp');
    await edit.fill('Thank you @Ben');
    await one.expectAccessible();
    await page.keyboard.press('Enter');
    await stage.said('#support', `Thank you <@${stage.town.person('ben').id}>`);
    expect(stage.latest('#support')?.edited_timestamp).not.toBeNull();
  });

  test('nobody writes where they may not', async () => {
    const role = stage.town.guild.id;
    const bits = (1n << 10n) | (1n << 16n);
    stage.town.setRolePermissions(stage.town.guild, role, bits);
    await using one = await stage.visit();
    const why = one.page.getByText('You do not have permission to send messages in this channel.');
    await why.waitFor();
    expect(await boxOf(one).count()).toBe(0);
    await one.expectAccessible();
  });

  test('a file goes with a message', async () => {
    await using one = await stage.visit();
    const { page } = one;
    const file = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('dear you') };
    await page.getByLabel('Files of the message').setInputFiles([file, { ...file, name: 'second.txt' }]);
    await page.getByRole('button', { name: 'Remove second.txt' }).click();
    await one.expectAccessible();
    await page.getByRole('button', { name: 'Send message' }).click();
    await vi.waitFor(() =>
      expect(stage.latest('#support')?.attachments).toMatchObject([{ filename: 'letter.txt', size: 8 }]),
    );
  });

  test('the menu of a message: the apps, a thread, a forward, a pin for those who may', async () => {
    await stage.town.person('ana').says('#support', 'my dog died');
    await using one = await stage.visit();
    const { page } = one;
    const menu = () => one.message('my dog died').getByRole('article').click({ button: 'right' });
    await menu();
    expect(await page.getByRole('menuitem', { name: 'Pin message' }).count()).toBe(0);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('menuitem', { name: 'Look closer' }).waitFor();
    await one.expectAccessible();
    await page.keyboard.press('Enter');
    expect(await stage.heard('Look closer')).toBe('my dog died');

    await menu();
    await page.getByRole('menuitem', { name: 'Forward' }).click();
    await page.getByRole('button', { name: 'Forward', exact: true }).click();
    await page.getByText('Choose where to.').waitFor();
    await one.expectAccessible();
    await page.getByRole('button', { name: /^Forward to/ }).click();
    await page.getByRole('option', { name: /general/ }).click();
    await page.getByRole('button', { name: 'Forward', exact: true }).click();
    await vi.waitFor(() => expect(stage.latest('#general')?.message_snapshots).toHaveLength(1));

    await one.goTo('support');
    await menu();
    await page.getByRole('menuitem', { name: 'Create thread' }).click();
    await one.expectAccessible();
    await page.getByLabel('Thread name').fill('For Rex');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Message For Rex' }).waitFor();

    await one.actAs('Mo');
    await one.goTo('support');
    await menu();
    await page.getByRole('menuitem', { name: 'Pin message' }).click();
    await vi.waitFor(() =>
      expect(
        [...(stage.town.world.messages.get(stage.town.channel('#support').id)?.values() ?? [])][0]?.wire.pinned,
      ).toBe(true),
    );
  });

  test('a private thread, for those who are invited', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await page.getByRole('button', { name: 'New thread' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create thread' }).click();
    await dialog.getByText('A thread needs a name.').waitFor();
    await dialog.getByLabel('Thread name').fill('Just us');
    await dialog.getByRole('checkbox', { name: /Private thread/ }).check();
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('option', { name: 'Ben' }).click();
    await one.expectAccessible();
    await page.getByRole('button', { name: 'Done' }).click();
    await dialog.getByRole('button', { name: 'Create thread' }).click();
    await page.getByRole('textbox', { name: 'Message Just us' }).waitFor();
    const thread = [...stage.town.world.channels.values()].find(({ name }) => name === 'Just us');
    expect(thread?.type).toBe(12);
    expect([...(thread?.thread?.members.keys() ?? [])]).toEqual([
      stage.town.person('ana').id,
      stage.town.person('ben').id,
    ]);
  });

  test('a post in a forum, with its limits', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await one.goTo('stories');
    await page.getByRole('button', { name: 'New post' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Post', exact: true }).click();
    await dialog.getByText('A post needs a title.').waitFor();
    await dialog.getByText('A post needs a message.').waitFor();
    await one.expectAccessible();
    await dialog.getByLabel('Title').fill('y'.repeat(120));
    expect((await dialog.getByLabel('Title').inputValue()).length).toBe(100);
    await dialog.getByLabel('Title').fill('A long week');
    await dialog.getByRole('button', { name: 'Grief' }).click();
    await dialog.getByLabel('Message').fill('It was long.');
    await dialog.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByRole('textbox', { name: 'Message A long week' }).waitFor();
    const tag = stage.town.channel('#stories').tags.find(({ name }) => name === 'Grief');
    expect([...stage.town.world.channels.values()].find(({ name }) => name === 'A long week')?.thread?.tags).toEqual([
      tag?.id,
    ]);
  });

  test('the emoji picker, by the keyboard', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await page.getByRole('button', { name: 'Emoji', exact: true }).click();
    await page.getByRole('dialog', { name: 'Choose an emoji' }).waitFor();
    await one.expectAccessible();
    await page.keyboard.type('mending');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await stage.said('#support', '❤️‍🩹');
  });
});
