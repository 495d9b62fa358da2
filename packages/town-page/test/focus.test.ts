/** Where the focus goes when what had it is taken away. */
import { ComponentType } from 'discord.js';
import { expect, test } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { stage } from './stage.ts';

describeInBrowser('the focus', (open) => {
  const on = stage(open);

  test('a form whose answer takes away the button that opened it leaves the focus at the message', async () => {
    await on.laysOut({
      type: ComponentType.ActionRow,
      components: [{ type: ComponentType.Button, style: 1, label: 'Go', custom_id: 'go' }],
    });
    await using visit = await on.look();
    const pressed = on.used();
    await visit.button('Go').press('Enter');
    const sent = on.used();
    await (await pressed).showModal({
      title: 'Tell us',
      custom_id: 'form',
      components: [
        {
          type: ComponentType.ActionRow,
          components: [{ type: ComponentType.TextInput, style: 1, label: 'Story', custom_id: 'story' }],
        },
      ],
    });
    await visit.page.getByLabel('Story').fill('Once');
    await visit.page.keyboard.press('Enter');
    const components = [{ type: ComponentType.TextDisplay, content: 'Told' }];
    await (await sent).update({ components } as never);
    await visit.message('Told').waitFor();
    await expect.poll(() => visit.page.getByRole('dialog').count()).toBe(0);
    await expect
      .poll(() => visit.page.evaluate(() => document.activeElement?.getAttribute('data-message') !== null))
      .toBe(true);
    expect(await visit.page.evaluate(() => document.activeElement?.textContent)).toContain('Told');
  });
});
