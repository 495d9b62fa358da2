import { expect, test } from 'vitest';
import type { Visit } from './browser.ts';
import { boxOf, choose, describeComposing, eventually } from './compose-stage.ts';

const option = ({ page }: Visit, name: string) =>
  page
    .getByRole('group', { name: /^Command/ })
    .getByLabel(new RegExp(`^${name}`))
    .first();
const add = ({ page }: Visit, name: string) => page.getByRole('button', { name: `Add the option ${name}` }).click();

describeComposing('commands', (stage) => {
  test('the picker shows what this person may use, and finds it by name', async () => {
    await using one = await stage.visit();
    const { page } = one;
    const names = () => page.getByRole('option').locator('.choice-label').allTextContents();
    await boxOf(one).fill('/');
    await eventually(names).toContain('/circle people add');
    expect(await names()).not.toContain('/guarded');
    await one.expectAccessible();
    await boxOf(one).fill('/circle o');
    await eventually(names).toEqual(['/circle open']);
    await page.keyboard.press('Escape');
    await eventually(names).toEqual([]);
    await one.actAs('Mo');
    await boxOf(one).fill('/gua');
    await eventually(names).toEqual(['/guarded']);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await stage.heard('/guarded');
  });

  test('options: choices, autocomplete, and on from one to the next by the keyboard alone', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await choose(one, '/feel');
    await eventually(() => page.getByRole('option').count()).toBe(5);
    await page.keyboard.type('gru');
    await eventually(() => page.getByRole('option').allTextContents()).toEqual(['GRUMPINESS']);
    await one.expectAccessible();
    await page.keyboard.press('Enter');
    await eventually(() => page.getByRole('option').allTextContents()).toEqual(['Softly', 'Loudly']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await stage.heard('/feel')).toEqual({ feeling: 'grumpiness', how: 'l' });
    await one.message('Ran feel.').waitFor();
  });

  test('every kind of option arrives as what it is', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await choose(one, '/all');
    await page.keyboard.type('words');
    const pick = async (name: string, typed: string) => {
      await add(one, name);
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
    };
    await add(one, 'number');
    await page.keyboard.type('0.5');
    await pick('sure', 'tr');
    await pick('who', 'cle');
    await pick('where', 'circle');
    await pick('role', 'mod');
    await pick('anybody', 'mo');
    await option(one, 'file').waitFor({ state: 'detached' });
    await add(one, 'file');
    await page
      .locator('[data-option=file] input')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
    await one.expectAccessible();
    await page.getByRole('button', { name: 'Run /all' }).click();
    expect(await stage.heard('/all')).toEqual({
      text: 'words',
      number: 0.5,
      sure: true,
      who: stage.town.person('cleo').id,
      where: stage.town.channel('#circle').id,
      role: [...stage.town.guild.roles.values()].find(({ name }) => name === 'Moderator')?.id,
      anybody: stage.town.person('mo').id,
      file: 'a.txt',
    });
  });

  test('what does not fit is said as in Discord, and is not sent', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await choose(one, '/all');
    const problem = page.locator('.compose-float .field-problem');
    await page.keyboard.press('Enter');
    await eventually(() => problem.textContent()).toContain('This option is required. Specify a value.');
    await page.keyboard.type('ab');
    await eventually(() => problem.textContent()).toContain('at least 3');
    await page.keyboard.type('c');
    await add(one, 'number');
    await page.keyboard.type('many');
    await page.keyboard.press('Enter');
    await eventually(() => problem.textContent()).toContain('Input a valid number.');
    await option(one, 'number').fill('7');
    await eventually(() => problem.textContent()).toContain('less than or equal to 1');
    await add(one, 'who');
    await page.keyboard.type('nobody');
    await page.getByText('No options match your search.').waitFor();
    await page.getByRole('button', { name: 'Run /all' }).click();
    await one.expectAccessible();
    expect(stage.app.heard).toEqual([]);
    await page.getByRole('button', { name: 'Remove the option who' }).click();
    await option(one, 'number').fill('1');
    await page.keyboard.press('Enter');
    expect(await stage.heard('/all')).toEqual({ text: 'abc', number: 1 });
  });

  test('one types on into an optional option that helps one, or leaves it out', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await choose(one, '/lean');
    await page.keyboard.type('sha');
    await eventually(() => page.getByRole('option').allTextContents()).toEqual(['SHAME']);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await stage.heard('/lean')).toEqual({ word: 'shame' });
    stage.app.heard.length = 0;
    await choose(one, '/lean');
    await eventually(() => page.getByRole('option').count()).toBe(5);
    await one.expectAccessible();
    await page.keyboard.press('Enter');
    expect(await stage.heard('/lean')).toEqual({});
    await boxOf(one).fill('/lean joy');
    await page.keyboard.press('Enter');
    await eventually(() => option(one, 'word').inputValue()).toBe('joy');
  });

  test('a command that one may not use is not posted for all to read', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await boxOf(one).fill('/guarded');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'You cannot use /guarded here.' }).waitFor();
    await one.expectAccessible();
    expect(await boxOf(one).inputValue()).toBe('/guarded');
    await boxOf(one).fill('/shrug and smile');
    await page.keyboard.press('Enter');
    await stage.said('#support', '/shrug and smile');
    await expect(page.locator('.messages').getByText('/guarded').count()).resolves.toBe(0);
  });

  test('a command can be left again, and a subcommand be run', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await choose(one, '/circle people');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await eventually(() => boxOf(one).inputValue()).toBe('/circle people add');
    await choose(one, '/circle people');
    await page.keyboard.type('ben');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await stage.heard('/circle')).toEqual({ people: true, add: true, who: stage.town.person('ben').id });
  });

  test('a command that somebody mentioned is taken up by a press', async () => {
    const circle = [...stage.town.world.commands.values()].find(({ name }) => name === 'circle');
    await stage.town.person('ben').says('#support', `Try </circle open:${circle?.id}>`);
    await using one = await stage.visit();
    await one.message('Try').getByRole('button', { name: '/circle open' }).click();
    await one.page.getByRole('group', { name: 'Command /circle open' }).waitFor();
    await one.expectAccessible();
    await one.page.keyboard.press('Enter');
    expect(await stage.heard('/circle')).toEqual({ open: true });
  });
});
