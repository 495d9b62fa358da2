import { type MessageComponentInteraction, PermissionsBitField } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { mayWriteHere } from '#panels/share';

/** As much of a press as sharing looks at. Whole presses: test/commands/{reflect,explain}.test.ts. */
function press(
  permissions: (keyof typeof PermissionsBitField.Flags)[],
  place: 'channel' | 'thread' | 'unknown' | 'dm',
) {
  const channel = place === 'unknown' || place === 'dm' ? null : { isThread: () => place === 'thread' };
  return {
    user: { id: '1' },
    channel,
    inGuild: () => place !== 'dm',
    memberPermissions: new PermissionsBitField(permissions),
  } as unknown as MessageComponentInteraction;
}

describe('sharing', () => {
  it.each([
    ['a channel', press(['SendMessages'], 'channel'), true],
    ['a channel in which only threads are open', press(['SendMessagesInThreads'], 'channel'), false],
    ['a thread', press(['SendMessagesInThreads'], 'thread'), true],
    ['a thread that is closed to them', press(['SendMessages'], 'thread'), false],
    ['a private thread that the bot does not know', press(['SendMessagesInThreads'], 'unknown'), true],
    ['such a thread that is closed to them', press(['SendMessages'], 'unknown'), false],
    ['anywhere, as an administrator', press(['Administrator'], 'channel'), true],
    ['direct messages', press([], 'dm'), true],
  ])('%s', (_, pressed, may) => expect(mayWriteHere(pressed)).toBe(may));
});
