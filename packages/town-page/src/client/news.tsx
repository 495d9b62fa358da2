/** Says new messages aloud to those who listen to the page, and shows for a moment who got a direct message. */
import { useEffect, useState } from 'preact/hooks';
import type { Part } from './go.ts';
import { mailFor } from './state.ts';
import type { Channel } from './types.ts';

const shownMs = 8_000;

export function News({ state, go, here }: Part & { here: Channel | undefined }) {
  const { world, host } = state;
  const last = here && state.messages.get(here.id)?.at(-1);
  const [spoken, setSpoken] = useState('');
  const [mailed, setMailed] = useState<string>();
  const newest = state.mail.at(-1);
  const [known, setKnown] = useState(newest?.message);

  useEffect(() => {
    if (!last || last.author.id === world.me.id || Date.now() - Date.parse(last.timestamp) > 5_000) return;
    const who = world.people.get(last.author.id)?.name ?? last.author.username;
    setSpoken(`${who}: ${last.content || 'a new message'}`);
  }, [last?.id]);

  useEffect(() => {
    if (newest === undefined || newest.message === known) return;
    setKnown(newest.message);
    if (newest.to === world.me.id && newest.channel === here?.id) return;
    setMailed(newest.to);
    const timer = setTimeout(() => setMailed(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [newest?.message]);

  const to = mailed === undefined ? undefined : host.cast.find(({ id }) => id === mailed);
  const isUnread = to !== undefined && mailFor(state, to.id) > 0;
  const isMe = to?.id === world.me.id;
  return (
    <>
      <p class="sr-only" role="status">
        {spoken}
      </p>
      <div role="status">
        {to && isUnread && newest && (
          <p class="mail-news">
            <b>{isMe ? `You have a new direct message, ${to.name}.` : `${to.name} has a new direct message.`}</b>{' '}
            <button
              type="button"
              class="link"
              onClick={() => {
                setMailed(undefined);
                go.as(to.id, newest.channel);
                go.change({ t: 'mark', message: newest.message });
                go.change({ t: 'pane', pane: 'talk' });
              }}
            >
              {isMe ? 'Read it' : `Read it as ${to.name}`}
            </button>
          </p>
        )}
      </div>
    </>
  );
}
