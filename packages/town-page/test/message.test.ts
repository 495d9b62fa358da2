/** Messages in a real browser: what people and applications write is drawn, and can be used as far as one may. */
import { expect, test } from 'vitest';
import { describeInBrowser } from './browser.ts';
import { picture, stage } from './stage.ts';

describeInBrowser('a message', (open) => {
  const on = stage(open);

  test('draws every form of text', async () => {
    const forms = [
      '# First',
      '## Second',
      '### Third',
      '**bold** *italic* __under__ ~~struck~~ `code` [masked](https://a.example/b) https://c.example',
      '> quoted',
      '- one',
      '  - deeper',
      '1. number',
      '-# small',
      '```ts\nconst a = "<b>";\n```',
      '<b>no</b>',
    ];
    await on.writes(forms.join('\n'));
    await using visit = await on.look();
    const { last } = visit;
    for (const [level, words] of Object.entries({ 1: 'First', 2: 'Second', 3: 'Third' }))
      expect(await last.locator(`h3.md-h${level}`).textContent()).toBe(words);
    for (const [tag, words] of Object.entries({
      strong: 'bold',
      em: 'italic',
      u: 'under',
      s: 'struck',
      'code.md-code': 'code',
      blockquote: 'quoted',
      'ul > li > ul > li': 'deeper',
      'ol > li': 'number',
      small: 'small',
      pre: 'const a = "<b>";',
    }))
      expect(await last.locator(tag).textContent(), tag).toBe(words);
    const masked = last.getByRole('link', { name: 'masked' });
    expect(await masked.getAttribute('href')).toBe('https://a.example/b');
    expect(await masked.getAttribute('title')).toBe('https://a.example/b');
    expect(await masked.getAttribute('rel')).toContain('noopener');
    expect(await last.getByText('<b>no</b>').count()).toBe(1);
    await visit.expectAccessible('.messages');
  });

  test('names people, roles, channels, commands and moments', async () => {
    const command = await on.bot.application.commands.create({ name: 'feel', description: 'Feels' });
    const role = on.town.addRole(on.town.guild, 'Listeners', 0n);
    const at = Math.floor(Date.now() / 1000);
    await on.writes(
      `<@${on.ben.id}> <@&${role}> <#${on.town.channel('#general').id}> </feel:${command.id}> <t:${at - 7200}:R> <t:${at}:F> @everyone`,
    );
    await using visit = await on.look();
    const { last, page } = visit;
    await expect.poll(() => last.locator('.md').innerText()).toMatch(/@Ben @Listeners #general \/feel 2 hours ago/);
    expect(await last.getAttribute('class')).toContain('message-mentions');
    expect(await last.locator('time.md-time').first().getAttribute('title')).toMatch(/day/);
    await last.getByRole('button', { name: '/feel' }).click();
    await expect.poll(() => page.getByText('/feel').count()).toBeGreaterThan(1);
    await last.getByRole('button', { name: '#general' }).click();
    await page.getByRole('region', { name: 'Messages in #general' }).waitFor();
  });

  test('a link to a message leads to it', async () => {
    const said = await on.ana.says('#general', 'Here it was said');
    const to = `https://discord.com/channels/${on.town.guild.id}/${said.channel_id}/${said.id}`;
    await on.writes(`About [her words](${to}) and ${to}`);
    await using visit = await on.look();
    await visit.button('#general › message').waitFor();
    await visit.button('her words').click();
    await visit.page.getByRole('region', { name: 'Messages in #general' }).getByText('Here it was said').waitFor();
    await expect.poll(() => visit.page.locator('.message-marked').count()).toBe(1);
  });

  test('hides a spoiler until it is pressed', async () => {
    await on.writes('it is ||the butler||');
    await using visit = await on.look();
    const spoiler = visit.last.getByRole('button', { name: 'Spoiler: press to show' });
    await spoiler.focus();
    await visit.page.keyboard.press('Enter');
    await expect.poll(() => spoiler.count()).toBe(0);
    expect(await visit.last.locator('.md-open').textContent()).toBe('the butler');
  });

  test('answers, edits, reactions, deletions', async () => {
    const post = await on.ana.says('#support', 'It is **hard** today');
    const reply = await on.ben.repliesTo(post, 'I hear you');
    await on.ana.reacts(reply, '❤️');
    await using visit = await on.look();
    const answer = visit.message('I hear you');
    await answer.getByRole('button', { name: /Answers @?Ana It is hard today/ }).waitFor();
    await on.ben.edits(reply, 'I hear you, Ana');
    await answer.getByText('(edited)').waitFor();
    const heart = answer.getByRole('button', { name: '❤️, 1 reaction', exact: true });
    expect(await heart.getAttribute('aria-pressed')).toBe('false');
    await heart.click();
    const both = answer.getByRole('button', { name: '❤️, 2 reactions' });
    await both.waitFor();
    expect(await both.getAttribute('aria-pressed')).toBe('true');
    await both.click();
    await heart.waitFor();
    await on.ana.deletes(post);
    await answer.getByText('Original message was deleted').waitFor();
    await on.ben.deletes(reply);
    await expect.poll(() => answer.count()).toBe(0);
  });

  test("threads, forwards and Discord's own messages", async () => {
    const post = await on.ana.says('#support', 'A long story');
    await on.ana.startsThread(post, 'The story');
    await on.ana.startsThread('#support', 'Another one');
    await on.ana.forwards(await on.ana.says('#general', 'Said elsewhere'), '#support');
    await on.town.person('mo').pins(post);
    await using visit = await on.look();
    await visit.message('Said elsewhere').getByText('Forwarded').waitFor();
    await visit.message('Mo pinned a message').waitFor();
    await visit.message('Ana started a thread:').getByRole('button', { name: 'Another one' }).waitFor();
    await visit.page
      .getByRole('button', { name: /^The story/ })
      .first()
      .click();
    await visit.page.getByRole('region', { name: 'Messages in The story' }).getByText('A long story').waitFor();
  });

  test('pictures and files that people send, and cards', async () => {
    await on.ben.says('#support', 'Look', {
      files: [
        { name: 'lake.svg', type: 'image/svg+xml', bytes: picture },
        { name: 'SPOILER_sea.svg', type: 'image/svg+xml', bytes: picture },
        { name: 'notes.txt', type: 'text/plain', bytes: 'Some notes' },
      ],
    });
    await on.sends({
      embeds: [
        {
          title: 'A card',
          url: 'https://a.example',
          color: 0xe67e22,
          description: 'With **words**',
          fields: [{ name: 'One', value: '1', inline: true }],
          footer: { text: 'Its foot' },
        },
      ],
    });
    await using visit = await on.look();
    const sent = visit.message('Look');
    await sent.getByRole('button', { name: 'lake.svg, larger' }).waitFor();
    await sent.getByRole('button', { name: 'Spoiler: show the picture' }).click();
    await sent.getByRole('button', { name: 'SPOILER_sea.svg, larger' }).waitFor();
    await sent.getByText('10 bytes').waitFor();
    const card = visit.page.locator('.embed');
    expect(await card.getByRole('link', { name: 'A card' }).getAttribute('href')).toBe('https://a.example');
    expect(await card.locator('strong').textContent()).toBe('words');
    expect(await card.locator('dt').textContent()).toBe('One');
    expect(await card.innerText()).toContain('Its foot');
  });

  test('has actions by the mouse and by the keyboard, as far as one may', async () => {
    await on.ana.says('#support', 'From Ana');
    await on.ben.says('#support', 'From Ben');
    await using visit = await on.look();
    const { page } = visit;
    const actions = async (text: string) => {
      await visit.message(text).locator('article').hover();
      const names = await page.getByRole('group', { name: 'Message actions' }).getByRole('button').all();
      return Promise.all(names.map((one) => one.getAttribute('aria-label')));
    };
    expect(await actions('From Ana')).toEqual(['Add reaction', 'Reply', 'More']);
    expect(await actions('From Ben')).toEqual(['Add reaction', 'Edit', 'More']);
    await page.mouse.move(5, 5);
    await visit.message('From Ben').locator('article').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    expect(
      await visit
        .message('From Ana')
        .locator('article')
        .evaluate((one) => one === one.ownerDocument.activeElement),
    ).toBe(true);
  });
});
