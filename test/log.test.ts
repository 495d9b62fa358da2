import { DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { errorFields } from '#log';

const secret = 'my dog died';

describe('what the log tells of an error', () => {
  it('is name, code, status and route of a Discord error, without bodies, ids or tokens', () => {
    const error = new DiscordAPIError(
      { code: 50007, message: secret },
      50007,
      403,
      'POST',
      'https://discord.com/api/v10/webhooks/123456789012345678/aVeryLongToken/messages/%40original?x=1',
      { files: undefined, body: { content: secret } },
    );
    const told = errorFields(error);
    expect(told).toMatchObject({ name: 'DiscordAPIError[50007]', code: 50007, status: 403 });
    expect(told.route).toBe('POST /api/v10/webhooks/:id/:token/messages/%40original');
    expect(JSON.stringify(told)).not.toMatch(/dog|aVeryLong|123456789/);
  });

  it('is the code of an error of PostgreSQL, without the row that it is about', () => {
    const told = errorFields(Object.assign(new Error(secret), { code: '23505', detail: secret, where: secret }));
    expect(told).toMatchObject({ name: 'Error', code: '23505' });
    expect(JSON.stringify(told)).not.toContain('dog');
  });

  it.each([
    new Error(secret),
    Object.assign(new Error(secret), { name: secret, code: secret }),
    new TypeError(secret, { cause: secret }),
    secret,
    { message: secret },
    null,
  ])('holds no message: %#', (error) => {
    expect(JSON.stringify(errorFields(error))).not.toContain('dog');
  });
});
