/** The few REST answers that a bot needs to log in, to register its commands and to write a note. */

export type Answer = { status: number; json: object };
type Rule = (ids: string[], body: string, where: Where) => Answer;
type Where = { self: string; port: number };

const ok = (json: object): Answer => ({ status: 200, json });

const rules: [pattern: RegExp, rule: Rule][] = [
  [
    /^GET \/gateway\/bot$/,
    (_, __, { port }) =>
      ok({
        url: `ws://127.0.0.1:${port}`,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 },
      }),
  ],
  [/^GET \/users\/@me$/, (_, __, { self }) => ok({ id: self, username: 'attune', discriminator: '0001', bot: true })],
  [
    /^GET \/(?:oauth2\/)?applications\/@me$/,
    (_, __, { self }) => ok({ id: self, name: 'attune', flags: 1 << 19, bot: { id: self }, description: '' }),
  ],
  [/^GET \/applications\/\d+\/commands$/, () => ok([])],
  [
    /^PUT \/applications\/\d+\/commands$/,
    (_, body, { self }) =>
      ok(
        (JSON.parse(body) as object[]).map((command, index) => ({
          ...{ id: String(1e17 + index), application_id: self, version: '1', default_member_permissions: null },
          ...command,
        })),
      ),
  ],
  [
    /^GET \/channels\/(\d+)\/messages\/(\d+)$/,
    ([channel_id = '', id = '']) => ok(message({ id, channel_id, content: 'i cannot sleep and i feel so alone' })),
  ],
  [/^GET \/channels\/\d+\/messages$/, () => ok([])],
  [/^POST \/users\/@me\/channels$/, (_, body) => ok({ id: recipient(body), type: 1, recipients: [] })],
  [
    /^POST \/channels\/(\d+)\/messages$/,
    ([channel_id = '']) => ok(message({ id: channel_id, channel_id, content: '' })),
  ],
  [/^POST \/interactions\/\d+\/[^/]+\/callback$/, () => ({ status: 204, json: {} })],
];

/** @param route method, a blank, and the path below `/api/v10` */
export function answer(route: string, body: string, where: Where): Answer {
  for (const [pattern, rule] of rules) {
    const found = pattern.exec(route);
    if (found) return rule(found.slice(1), body, where);
  }
  return { status: 404, json: { message: '404: Not Found', code: 0 } };
}

const recipient = (body: string) => (JSON.parse(body) as { recipient_id: string }).recipient_id;

const message = (fields: { id: string; channel_id: string; content: string }) => ({
  ...fields,
  author: { id: '100000000000000001', username: 'poster', discriminator: '0', avatar: null, global_name: null },
  ...{ type: 0, tts: false, pinned: false, flags: 0, mention_everyone: false, edited_timestamp: null },
  ...{ mentions: [], mention_roles: [], attachments: [], embeds: [], timestamp: new Date().toISOString() },
});
