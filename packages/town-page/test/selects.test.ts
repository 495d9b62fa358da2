/** Selects in a real browser: every kind of them, by mouse and by keyboard. */
import { ComponentType } from 'discord.js';
import { expect, test } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { select, stage } from './stage.ts';

describeInBrowser('selects of a message', (open) => {
  const on = stage(open);

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
});
