import { expect, test } from 'vitest';
import { choose, describeComposing, eventually } from './compose-stage.ts';

describeComposing('forms that the application opens', (stage) => {
  test('a form of text: required, too short, sent', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await choose(one, '/form');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Tell us' });
    await dialog.getByText('private').waitFor();
    await page.keyboard.type('abc');
    await dialog.getByLabel('Story').fill('');
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await dialog.getByText('Must be between 5 and 20 in length.').waitFor();
    await dialog.getByText('This field is required.').waitFor();
    await one.expectAccessible();
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
    await dialog.getByLabel('Title').fill('abcdefgh');
    await dialog.getByLabel('Story').fill('Once\nupon');
    await dialog.getByLabel('Title').press('Enter');
    expect(await stage.heard('form form')).toEqual({ title: 'abcdefgh', story: 'Once\nupon', extra: '' });
    await eventually(() => dialog.count()).toBe(0);
  });

  test('a form that failed keeps what was typed, and can be sent again; Escape closes it', async () => {
    await using one = await stage.visit();
    const { page } = one;
    const begin = async () => {
      await choose(one, '/form');
      await page.keyboard.press('Enter');
      await page.getByLabel('Title').waitFor();
    };
    await begin();
    await page.keyboard.press('Escape');
    await eventually(() => page.getByRole('dialog').count()).toBe(0);
    // Whoever goes on typing is in the message box again, and it hears them.
    await page.keyboard.press('h');
    await eventually(() => page.getByRole('textbox', { name: /^Message/ }).inputValue()).toBe('h');
    await page.keyboard.press('Backspace');
    await begin();
    await page.getByLabel('Title').fill('A title');
    stage.app.silent = true;
    await page.getByRole('button', { name: 'Submit' }).click();
    await stage.heard('form form');
    stage.town.clock.advance(3_100);
    await page.getByText('Something went wrong. Try again.').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('A title');
    await one.expectAccessible();
    stage.app.silent = false;
    await page.getByRole('button', { name: 'Submit' }).click();
    await eventually(() => page.getByRole('dialog').count()).toBe(0);
    expect(stage.app.heard.filter(({ what }) => what === 'form form')).toHaveLength(2);
  });

  test('a form of selects', async () => {
    await using one = await stage.visit();
    const { page } = one;
    await choose(one, '/selects');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Choose' });
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await eventually(() => dialog.getByText('This field is required.').count()).toBe(3);
    await one.expectAccessible();
    const pick = async (field: string, ...names: string[]) => {
      await dialog.getByRole('button', { name: new RegExp(`^${field}`) }).click();
      for (const name of names) await page.getByRole('option', { name: new RegExp(name) }).click();
      const done = page.getByRole('button', { name: 'Done' });
      if (await done.isVisible()) await done.click();
    };
    await pick('Mood', 'calm', 'low');
    await pick('Somebody', 'Cleo');
    await pick('Role', 'Moderator');
    await pick('Place', 'circle');
    await pick('Anybody', 'Ben', 'Ida');
    await one.expectAccessible();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    const role = [...stage.town.guild.roles.values()].find(({ name }) => name === 'Moderator')?.id;
    expect(await stage.heard('form selects')).toEqual({
      mood: ['calm', 'low'],
      somebody: [stage.town.person('cleo').id],
      role: [role],
      place: [stage.town.channel('#circle').id],
      anybody: [stage.town.person('ben').id, stage.town.person('ida').id],
    });
  });

  test('a form of radio buttons, checkboxes and files, at a phone’s width in the light', async () => {
    await using one = await stage.visit({ width: 390, height: 780, dark: false });
    const { page } = one;
    await choose(one, '/ticks');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Tick' });
    await dialog.getByRole('checkbox', { name: 'The tuesday' }).uncheck();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await eventually(() => dialog.getByText('This field is required.').count()).toBe(3);
    await one.expectAccessible();
    await dialog.getByRole('radio', { name: /The slow/ }).check();
    await dialog.getByRole('checkbox', { name: 'The monday' }).check();
    await dialog.getByRole('checkbox', { name: 'The friday' }).check();
    expect(await dialog.getByRole('checkbox', { name: 'The tuesday' }).isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: /I have read the rules/ }).check();
    const file = { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('1') };
    await dialog.getByLabel('Proof').setInputFiles(file);
    await dialog.getByLabel('Proof').setInputFiles({ ...file, name: 'two.txt' });
    await one.expectAccessible();
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(scrolls).toBe(false);
    await dialog.getByRole('button', { name: 'Submit' }).click();
    expect(await stage.heard('form ticks')).toEqual({
      pace: 'slow',
      days: ['monday', 'friday'],
      read: true,
      proof: ['one.txt', 'two.txt'],
    });
  });
});
